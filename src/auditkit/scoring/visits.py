"""One visit scored: its items, sections, score, grade and verdict, with every step between."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from auditkit.model.checklist import Checklist, Verdict
from auditkit.model.credits import HUNDRED, ZERO
from auditkit.model.judging import Effect
from auditkit.model.programme import WorkingCalendar
from auditkit.model.score import ItemScore, SectionScore, Step, VisitScore
from auditkit.model.visit import UNREACHED, Outcome, State, Submission
from auditkit.scoring.deadlines import Clock
from auditkit.scoring.effects import Acting, acting, lowest_grade_cap, on_visit
from auditkit.scoring.entries import COUNTS, CRITICAL, INCOMPLETE, PENDING, STRANGE, Entry, count_of
from auditkit.scoring.grades import Limits, first_that_holds, limits_of, shown, skipped_by
from auditkit.scoring.losses import base_of
from auditkit.scoring.observe import Given, observe, strange
from auditkit.scoring.plan import Plan, held, plan_of
from auditkit.scoring.rollup import Rolled, rolled

ENGINE = "1"
"""Recorded in every result; it moves whenever the same inputs could give another digit."""

NOBODY: frozenset[str] = frozenset()
_NO_LIMITS = (Limits(0, {}, None),)


def score(
    checklist: Checklist,
    submission: Submission,
    *,
    calendar: WorkingCalendar | None = None,
    time_zone: str = "UTC",
    annulled: frozenset[str] = NOBODY,
    accepted_as_is: bool = False,
) -> VisitScore:
    """One submission, scored with the checklist it names.

    `calendar`: needed where working days are counted. `time_zone`: of the branch, for times without an offset.
    `annulled`: items that a decision took out of this visit. `accepted_as_is`: a decision to score in spite of
    required blanks, which then count as not observed. Never raises for what an answer holds: see `problems`.
    """
    plan = plan_of(checklist)
    if submission.outcome is not Outcome.DONE:
        return _not_done(plan, checklist, submission)
    answers = submission.answers
    problems: tuple[tuple[str, str, str], ...] = ()
    if plan.direct and not annulled and not accepted_as_is:
        get = answers.get
        entries = [known[get(item)] for item, known in plan.lookups]
    else:
        given = Given(Clock(time_zone, calendar), submission.handed_in, annulled, accepted_as_is)
        entries, problems = observe(plan, checklist, submission, given)
    return _scored(plan, submission, entries, problems)


def _scored(
    plan: Plan, submission: Submission, entries: list[Entry], problems: tuple[tuple[str, str, str], ...]
) -> VisitScore:
    items: tuple[ItemScore, ...]
    items, sums, codes = zip(*entries, strict=True) if entries else ((), (), ())
    code = sum(codes)
    if code >= STRANGE and count_of(code, STRANGE):
        problems = (*problems, *strange(entries, submission.answers))
    complete = not (code >= INCOMPLETE and count_of(code, INCOMPLETE))
    acts = acting(items) if complete and code >= CRITICAL and count_of(code, CRITICAL) else ()
    roll = rolled(plan, items, sums, acts)
    base, value, steps = _moved(plan, items, roll, acts) if complete else (None, None, ())
    grade, display, verdict = _graded(plan, items, roll.sections, value, acts)
    cap = lowest_grade_cap(plan, acts) if acts and value is not None else None
    if cap is not None and value is not None:
        steps = (*steps, Step("cap_grade", "", value, value, cap.item))
    lowest, highest = _ends(plan, items)
    # In the order of its fields: by name it takes a tenth longer, and there are millions.
    return VisitScore(
        submission.visit_id,
        submission.checklist,
        submission.version,
        submission.outcome,
        value,
        display,
        base,
        lowest,
        highest,
        grade,
        verdict,
        _failed(acts) if acts else (),
        code >= PENDING,
        roll.sections if complete else _blanked(roll.sections),
        items,
        steps,
        *COUNTS[code],
        problems,
        () if complete else _missing(plan, items),
    )


def _moved(
    plan: Plan, items: Sequence[ItemScore], roll: Rolled, acts: Sequence[Acting]
) -> tuple[Fraction | None, Fraction | None, tuple[Step, ...]]:
    """Base, final score and all steps of a complete visit."""
    value = roll.value
    if value is None:
        return None, None, roll.steps
    base = base_of(plan, items, roll.sections) if plan.has_bonus or roll.steps else value
    kept: tuple[Step, ...] = ()
    if plan.pooled:
        # A mean of held sections needs no hold of its own.
        value, kept = held(plan, "", value)
    if not acts:
        return base, value, (*roll.steps, *kept)
    value, done = on_visit(plan, value, acts)
    return base, value, (*roll.steps, *kept, *done)


def _graded(
    plan: Plan,
    items: Sequence[ItemScore],
    sections: Sequence[SectionScore],
    value: Fraction | None,
    acts: Sequence[Acting],
) -> tuple[str | None, Decimal | None, Verdict | None]:
    failed = any(act.effect.effect is not Effect.FLAG and not act.effect.keeps_verdict for act in acts)
    if value is None:
        return None, None, Verdict.FAIL if failed else None
    display = shown(value, plan.decimals, plan.percent)
    if not plan.grades:
        return None, display, Verdict.FAIL if failed else None
    cap = lowest_grade_cap(plan, acts) if acts else None
    limits = (limits_of(items),) if acts or plan.looks_at_items else _NO_LIMITS
    skipped = skipped_by(plan.grades, cap.effect.grade) if cap is not None else 0
    row = first_that_holds(plan.rungs, display, counting(plan, sections), limits, skipped)
    verdict = Verdict.FAIL if failed else None if row is None else row.verdict
    return None if row is None else row.grade, display, verdict


def counting(plan: Plan, sections: Sequence[SectionScore]) -> dict[str, Decimal]:
    """The top-level sections that a grade's limits look at, as shown: those with a score and, weighed, a weight."""
    if not plan.looks_at_sections:
        return {}
    return {
        one.section: shown(one.score, plan.decimals, plan.percent)
        for one in sections
        if not one.parent and one.score is not None and (one.share or not plan.percent)
    }


def _failed(acts: Sequence[Acting]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(act.item for act in acts if act.effect.effect is not Effect.FLAG))


def _ends(plan: Plan, items: Sequence[ItemScore]) -> tuple[Fraction, Fraction]:
    if plan.percent:
        return ZERO, HUNDRED
    return (
        plan.start + sum((item.worst for item in items), ZERO),
        plan.start + sum((item.possible for item in items), ZERO),
    )


def _blanked(sections: Sequence[SectionScore]) -> tuple[SectionScore, ...]:
    """An incomplete visit is not scored, nor are its sections."""
    return tuple(one._replace(score=None, share=ZERO) for one in sections)


def _missing(plan: Plan, items: Sequence[ItemScore]) -> tuple[str, ...]:
    return tuple(
        row.item.id for row, item in zip(plan.rows, items, strict=True) if row.required and item.state is State.MISSING
    )


def _not_done(plan: Plan, checklist: Checklist, submission: Submission) -> VisitScore:
    """A visit that was not carried out, or that ended unreached: no items, and the result that the checklist names."""
    counts_as = checklist.unreached if submission.outcome in UNREACHED else "exclude"
    value = _zero(plan) if counts_as == "zero" else None
    grade, display, verdict = _graded(plan, (), (), value, ())
    lowest, highest = _ends(plan, ())
    return VisitScore(
        visit_id=submission.visit_id,
        checklist=submission.checklist,
        version=submission.version,
        outcome=submission.outcome,
        score=value,
        shown=display,
        base=value,
        lowest=lowest,
        highest=highest,
        grade=grade,
        verdict=Verdict.FAIL if counts_as == "fail" else verdict,
        critical_failed=(),
        provisional=False,
        sections=(),
        items=(),
        steps=() if value is None else (Step("unreached", "", value, value, ""),),
        n_scored=0,
        n_not_observed=0,
        n_missing=0,
        n_not_applicable=0,
    )


def _zero(plan: Plan) -> Fraction:
    """Nothing; where fewer points are better, the most that the checklist can give."""
    if not plan.lower:
        return ZERO
    return plan.start + sum(
        (row.weight * row.rules.worst for row in plan.rows if row.rules is not None and not row.item.bonus), ZERO
    )
