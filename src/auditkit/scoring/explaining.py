"""Every step from the cell of an answer to the grade, as plain data in the order in which it is reckoned."""

from __future__ import annotations

from fractions import Fraction

from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist
from auditkit.model.credits import ZERO
from auditkit.model.items import Deadline, Duration
from auditkit.model.judging import Effect
from auditkit.model.programme import WorkingCalendar
from auditkit.model.score import ItemScore, SectionScore, VisitScore
from auditkit.model.visit import State, Submission
from auditkit.scoring.deadlines import Clock
from auditkit.scoring.effects import acting, lowest_grade_cap
from auditkit.scoring.entries import Row
from auditkit.scoring.explanation import Explanation, GradeStep, ItemStep, Move, SectionStep, Times
from auditkit.scoring.faults import Fault
from auditkit.scoring.grades import Failed, limits_of, skipped_by, why_not
from auditkit.scoring.losses import bonus_points, moved, points_lost
from auditkit.scoring.observe import Given, reckoned
from auditkit.scoring.plan import Plan, plan_of
from auditkit.scoring.visits import counting


def explain(
    checklist: Checklist,
    submission: Submission,
    visit: VisitScore,
    item: str | None = None,
    *,
    calendar: WorkingCalendar | None = None,
    time_zone: str = "UTC",
) -> Explanation:
    """How `visit` came of `submission`; with `item`, only that item and the sections around it are taken apart.

    `calendar` and `time_zone` as they were given to `score`: they tell the due times of deadlines.
    """
    plan = plan_of(checklist)
    lost, bonus = points_lost(checklist, visit), bonus_points(checklist, visit)
    given = Given(Clock(time_zone, calendar), submission.handed_in, frozenset(), accepted_as_is=False)
    items = tuple(
        _item(plan, checklist, submission, visit, one, (lost, bonus, given))
        for one in visit.items
        if item in (None, one.item)
    )
    return Explanation(
        visit_id=visit.visit_id,
        checklist=visit.checklist,
        version=visit.version,
        outcome=visit.outcome,
        rollup=_rollup(plan),
        items=items,
        sections=_sections(plan, checklist, visit, None if item is None else {step.section for step in items}),
        missing=visit.missing,
        full=visit.highest,
        lost=sum(lost.values(), ZERO),
        base=visit.base,
        bonus=sum(bonus.values(), ZERO),
        moves=_moves(plan, visit),
        score=visit.score,
        shown=visit.shown,
        grades=_grades(plan, visit),
        grade=visit.grade,
        verdict=visit.verdict,
        failed_by=_failed_by(visit),
        coverage=(visit.n_scored, _countable(visit)),
        not_applicable=(visit.n_not_applicable, _countable(visit) + visit.n_not_applicable),
    )


def _item(
    plan: Plan,
    checklist: Checklist,
    submission: Submission,
    visit: VisitScore,
    one: ItemScore,
    rest: tuple[dict[str, Fraction], dict[str, Fraction], Given],
) -> ItemStep:
    lost, bonus, given = rest
    row = plan.row_of[one.item]
    answer = submission.answers.get(one.item)
    typed = submission.typed.get(one.item, "" if answer is None else _written(answer))
    return ItemStep(
        item=row.item,
        number=checklist.numbers.get(one.item, ""),
        section=one.section,
        place=submission.place(one.item),
        typed=typed,
        answer=answer,
        state=one.state,
        met=one.met,
        credit=one.credit,
        best=None if row.rules is None else row.rules.best,
        weight=row.weight,
        earned=one.earned,
        possible=one.possible,
        share=next((s.share for s in visit.sections if s.section == one.section), ZERO),
        lost=lost.get(one.item, ZERO),
        bonus=bonus.get(one.item, ZERO),
        severity=one.severity,
        critical=one.critical,
        times=_times(plan, checklist, submission, row, given),
    )


def _written(answer: object) -> str:
    return "; ".join(answer) if isinstance(answer, tuple) else str(answer)


def _times(plan: Plan, checklist: Checklist, submission: Submission, row: Row, given: Given) -> Times | None:
    item = row.item
    if not isinstance(item, (Duration, Deadline)) or row.rules is None:
        return None
    asked = asked_items(checklist, submission.answers, submission.position)
    counted = {name: answer for name, answer in submission.answers.items() if name in asked and answer is not None}
    try:
        found = reckoned(plan, item, counted, asked, given)
    except Fault as fault:
        return Times(None, None, None, fault.code)
    except OverflowError:
        return None
    result = found.result.value if isinstance(found.result, State) else str(found.result)
    return Times(found.start, found.end, None if found.limit is None else found.limit.moment, result)


def _around(sections: tuple[SectionScore, ...], inner: set[str]) -> set[str]:
    """The sections named and all that stand around them."""
    parent_of = {one.section: one.parent for one in sections}
    found: set[str] = set()
    for name in inner:
        place = name
        while place and place not in found:
            found.add(place)
            place = parent_of.get(place, "")
    return found


def _rollup(plan: Plan) -> str:
    return "points" if not plan.percent else "items" if plan.pooled else "sections"


def _countable(visit: VisitScore) -> int:
    return visit.n_scored + visit.n_not_observed + visit.n_missing


def _sections(plan: Plan, checklist: Checklist, visit: VisitScore, inner: set[str] | None) -> tuple[SectionStep, ...]:
    """All sections, or those named in `inner` with what stands around them."""
    wanted = None if inner is None else _around(visit.sections, inner)
    return tuple(_section(plan, checklist, one) for one in visit.sections if wanted is None or one.section in wanted)


def _section(plan: Plan, checklist: Checklist, one: SectionScore) -> SectionStep:
    return SectionStep(
        one.section,
        one.parent,
        checklist.numbers.get("/" + one.section, ""),
        plan.by_id[one.section].weight,
        one.earned,
        one.possible,
        one.score,
        one.share,
    )


def _moves(plan: Plan, visit: VisitScore) -> tuple[Move, ...]:
    return tuple(
        Move(step.what, step.where, step.item, step.before, step.after, moved(plan, visit.sections, step))
        for step in visit.steps
    )


def _grades(plan: Plan, visit: VisitScore) -> tuple[GradeStep, ...]:
    """The rows tried from the top, each with what kept it from holding, down to the one given."""
    if visit.shown is None:
        return ()
    cap = lowest_grade_cap(plan, acting(visit.items))
    best = cap.effect.grade if cap is not None else None
    skipped = skipped_by(plan.grades, best)
    sections, limits = counting(plan, visit.sections), (limits_of(visit.items),)
    tried: list[GradeStep] = []
    for place, row in enumerate(plan.grades):
        failed = why_not(row, visit.shown, sections, limits)
        if place < skipped:
            failed = (Failed("skipped", best or "", row.grade), *failed)
        tried.append(GradeStep(row.grade, row.verdict, failed))
        if not failed:
            break
    return tuple(tried)


def _failed_by(visit: VisitScore) -> tuple[str, ...]:
    failing = {
        act.item for act in acting(visit.items) if act.effect.effect is not Effect.FLAG and not act.effect.keeps_verdict
    }
    return tuple(item for item in visit.critical_failed if item in failing)
