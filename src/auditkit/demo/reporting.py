"""What the shoppers report of each visit: by dice, except where the story has planted something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from auditkit.demo import story
from auditkit.demo.answering import Answers, Manner, agree_on_rivals, answer_all
from auditkit.demo.comments import notes_for
from auditkit.demo.plan import Visit
from auditkit.model.checklist import Checklist, Verdict
from auditkit.model.visit import YES, Outcome, Source, Submission
from auditkit.scoring import score

LENIENCY = 0.3
"""What is left of the misses that a lenient shopper should have written down."""
_TRIES, _WITH = 20_000, 2
"""Findings that the visit with the critical one has at least, so that it looks like one."""


class Report(NamedTuple):
    """All that a visit gave: a submission a checklist."""

    visit: Visit
    submissions: tuple[Submission, ...]


def reports_of(visits: tuple[Visit, ...], checklists: Mapping[str, Checklist]) -> tuple[Report, ...]:
    """A report for every visit, in their order."""
    made: dict[str, Report] = {}
    for visit in visits:
        original = _copied_from(visit, made)
        made[visit.code] = _copy(visit, original) if original else _report(visit, checklists)
    return tuple(made.values())


def _last(visit: Visit) -> bool:
    return visit.wave == len(story.WAVES) - 1


def _copied_from(visit: Visit, made: Mapping[str, Report]) -> Report | None:
    if not (_last(visit) and visit.number == 1 and visit.place.code == story.COPIED[1]):
        return None
    return next(
        report
        for report in made.values()
        if (report.visit.wave, report.visit.number, report.visit.place.code) == (visit.wave, 1, story.COPIED[0])
    )


def _copy(visit: Visit, original: Report) -> Report:
    same = ("answers", "comments", "outcome", "customers_waiting", "staff_on_duty", "minutes_to_first_contact")
    taken = tuple(
        _cover(visit, each.checklist, each.version).model_copy(
            update={
                **{name: getattr(each, name) for name in same},
                "evidence": {
                    item: name.replace(original.visit.code, visit.code) for item, name in each.evidence.items()
                },
            }
        )
        for each in original.submissions
    )
    return Report(visit, taken)


def _report(visit: Visit, checklists: Mapping[str, Checklist]) -> Report:
    chosen = [checklists[name] for name in visit.checklists]
    outcome = _outcome(visit)
    covers = [_cover(visit, each.checklist, each.version, outcome) for each in chosen]
    if outcome is not Outcome.DONE:
        return Report(visit, tuple(covers))
    answered = [_answers(visit, each) for each in chosen]
    agree_on_rivals(answered)
    filled = [cover.model_copy(update={"answers": each}) for cover, each in zip(covers, answered, strict=True)]
    return Report(visit, tuple(_noted(visit, each, one) for each, one in zip(chosen, filled, strict=True)))


def _outcome(visit: Visit) -> Outcome:
    if _last(visit) and visit.place.code == story.CLOSED:
        return Outcome.CLOSED
    if _last(visit) and visit.place.code == story.UNANSWERED and visit.number == 3:
        return Outcome.NO_ANSWER
    return Outcome.DONE


def _cover(visit: Visit, checklist: str, version: str, outcome: Outcome = Outcome.DONE) -> Submission:
    dice = Random(f"{visit.seed}/cover")  # noqa: S311  dice of a made-up story
    done, called = outcome is Outcome.DONE, visit.number > 1
    staff = visit.place.staff + dice.randint(-1, 1)
    minutes = dice.randint(8, 14) if called else dice.randint(32, 48)
    waiting, contact = dice.randint(0, 5), Decimal(dice.randint(1, 9))
    told = dice.random() < (0.8 if called else 0.95)
    ended = visit.start + timedelta(minutes=minutes)
    return Submission(
        visit_id=visit.code,
        checklist=checklist,
        version=version,
        branch=visit.place.code,
        shopper=visit.shopper,
        wave=story.WAVES[visit.wave].id,
        outcome=outcome,
        visit_date=visit.start.date(),
        start=visit.start,
        end=ended if done else None,
        handed_in=ended + timedelta(hours=dice.randint(1, 20)),
        attempts=3 if outcome is Outcome.NO_ANSWER else None,
        language=visit.place.language,
        customers_waiting=waiting if done and not called else None,
        staff_on_duty=staff if done and told else None,
        minutes_to_first_contact=contact if done and not called else None,
        source=Source(file=""),
    )


def _answers(visit: Visit, checklist: Checklist) -> Answers:
    quality = visit.place.quality[visit.wave]
    if visit.shopper == story.LENIENT:
        quality = 1 - LENIENCY * (1 - quality)
    manner = Manner(visit.place.code, quality, shuns=visit.shopper == story.ABUSER)
    planted = _last(visit) and visit.place.code == story.CRITICAL and story.CRITICAL_ITEM in checklist.items_by_id
    if planted:
        return _critical(visit, checklist, manner)
    return answer_all(checklist, Random(f"{visit.seed}/{checklist.checklist}"), manner, visit.start)  # noqa: S311


def _critical(visit: Visit, checklist: Checklist, manner: Manner) -> Answers:
    """The first answers by the dice that score as the story wants it, with the critical item not met."""
    cover = _cover(visit, checklist.checklist, checklist.version)
    for attempt in range(_TRIES):
        dice = Random(f"{visit.seed}/{checklist.checklist}/{attempt}")  # noqa: S311
        answers = answer_all(checklist, dice, manner, visit.start) | {story.CRITICAL_ITEM: YES}
        found = score(checklist, cover.model_copy(update={"answers": answers}))
        missed = sum(each.met in ("not_met", "partly_met") for each in found.items)
        if str(found.shown) == story.CRITICAL_SCORE and found.verdict is Verdict.FAIL and missed >= _WITH:
            return answers
    raise LookupError(f"{checklist.checklist} gives no {story.CRITICAL_SCORE} with {story.CRITICAL_ITEM} not met")


def _noted(visit: Visit, checklist: Checklist, submission: Submission) -> Submission:
    dice = Random(f"{visit.seed}/{checklist.checklist}/words")  # noqa: S311
    notes = notes_for(checklist, submission, dice, visit.place.language)
    more: dict[str, object] = {"comments": notes.comments, "evidence": notes.evidence}
    if "attempts" in submission.answers:
        attempts = submission.answers["attempts"]
        more["attempts"] = int(attempts) if isinstance(attempts, Decimal) else None
    if "minutes" in submission.answers and isinstance(lasted := submission.answers["minutes"], Decimal):
        more["end"] = visit.start + timedelta(minutes=int(lasted))
    if submission.handed_in is not None:
        # Who waits for a call back hands in when it came.
        came = [moment for moment in submission.answers.values() if isinstance(moment, datetime)]
        more["handed_in"] = max([submission.handed_in, *(moment + timedelta(hours=2) for moment in came)])
    return submission.model_copy(update=more)
