"""What the shoppers report of each visit: by dice, except where the story has planted something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import NamedTuple

from auditkit.demo import story
from auditkit.demo.answering import Answers, Manner, agree_on_rivals, answer_all
from auditkit.demo.comments import notes_for
from auditkit.demo.plan import Visit
from auditkit.model.checklist import Checklist, Verdict
from auditkit.model.items import AnyItem, Choice, YesNo
from auditkit.model.visit import NO, YES, Outcome, Source, Submission, Value
from auditkit.scoring import score

LENIENCY = 0.3
"""What is left of the misses that a lenient shopper should have written down."""
_TRIES = 20


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
    """The first answers that score as the story wants it: the critical item not met, and a few others."""
    cover = _cover(visit, checklist.checklist, checklist.version)
    good = manner._replace(quality=1.0)
    for attempt in range(_TRIES):
        dice = Random(f"{visit.seed}/{checklist.checklist}/{attempt}")  # noqa: S311
        faultless = answer_all(checklist, dice, good, visit.start) | {story.CRITICAL_ITEM: YES}
        for missed in _misses(checklist, faultless):
            answers = faultless | dict(missed)
            found = score(checklist, cover.model_copy(update={"answers": answers}))
            if str(found.shown) == story.CRITICAL_SCORE and found.verdict is Verdict.FAIL:
                return answers
    raise LookupError(f"{checklist.checklist} gives no {story.CRITICAL_SCORE} with {story.CRITICAL_ITEM} not met")


def _misses(checklist: Checklist, answers: Answers) -> Iterator[tuple[tuple[str, Value], ...]]:
    """Two answers to be worse than they are, else one."""
    worse = [
        (item.id, other)
        for _, item in checklist.walk_items()
        if item.scored and item.id in answers and item.id != story.CRITICAL_ITEM
        for other in _worse(item, answers[item.id])
    ]
    yield from combinations(worse, 2)
    yield from ((one,) for one in worse)


def _worse(item: AnyItem, answer: Value) -> Iterator[Value]:
    if isinstance(item, YesNo):
        if answer in (YES, NO):
            yield NO if answer == YES else YES
    elif isinstance(item, Choice):
        best = max(option.credit for option in item.options)
        yield from (option.id for option in item.options if option.credit < best)


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
