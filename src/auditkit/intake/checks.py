"""A submission held against its checklist and the list of branches: everything that is wrong, at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from auditkit.intake import check_codes as code
from auditkit.locales import LANGUAGES, say
from auditkit.model.asked import asked_items, missing_items, unasked_answers
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Choice, Deadline, Duration, YesNo
from auditkit.model.judging import Asked
from auditkit.model.visit import GONE, NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, UNREACHED, Outcome, Submission, Value
from auditkit.problems import Place, Problem, nearest, problem

if TYPE_CHECKING:
    from auditkit.model.credits import Rules as Judging
    from auditkit.model.programme import Branch

_STATES = frozenset((NOT_APPLICABLE, NOT_OBSERVED))
_TABLES = ("wide", "long")
"""Readers that say themselves where a row answers nothing."""


def check(
    submission: Submission,
    checklist: Checklist,
    branches: Mapping[str, Branch] | None = None,
    today: date | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with a submission; `branches` and `today` are looked at where given. Errors send it back."""
    found = [*_visit(submission, today), *_branch(submission, branches)]
    if submission.outcome is not Outcome.DONE:
        # A form that holds questions for others than shoppers marks those as not asked; nobody answered anything.
        if any(answer != NOT_ASKED for answer in submission.answers.values()):
            ended = submission.outcome.value
            found.append(problem(code.NOT_DONE, submission.place(), ended, **_in_words(f"forms.outcome_{ended}")))
        return tuple(found)
    return (*found, *_answers(submission, checklist))


def _visit(submission: Submission, today: date | None) -> Iterator[Problem]:
    day = submission.visit_date or (submission.start.date() if submission.start else None)
    if day is None and not submission.source.undated:
        yield problem(code.NO_DATE, submission.place(), submission.visit_id)
    elif today is not None and day is not None and day > today:
        yield problem(code.FUTURE, submission.place(), day.isoformat())
    if submission.start and submission.end and _before(submission.end, submission.start):
        shown = f"{submission.start:%H:%M} – {submission.end:%H:%M}"
        yield problem(code.BACKWARDS, submission.place(), shown)


def _before(one: datetime, other: datetime) -> bool:
    # A time with an offset and one without can't be compared before the branch's zone is known.
    return (one.tzinfo is None) == (other.tzinfo is None) and one < other


def _branch(submission: Submission, branches: Mapping[str, Branch] | None) -> Iterator[Problem]:
    if not submission.branch:
        if submission.outcome is not Outcome.DONE and submission.outcome not in UNREACHED:
            return  # no branch gets a score from it
        yield problem(code.NO_BRANCH, submission.place(), submission.visit_id)
        return
    if branches is None:
        return
    branch = branches.get(submission.branch)
    if branch is None:
        near = _near_code(submission.branch, branches)
        # In a form somebody types the code; in a table a spreadsheet has taken the zeros from all of them.
        lost = submission.source.reader in _TABLES and near != submission.branch and near.endswith(submission.branch)
        digits = len(near) if lost and near.isdigit() else ""
        yield problem(code.UNKNOWN_BRANCH, submission.place(), submission.branch, nearest=near, digits=digits)
        return
    day = submission.visit_date
    if day is None or submission.outcome is Outcome.CLOSED:
        return
    if (branch.opened and day < branch.opened) or (branch.closed and day > branch.closed):
        yield problem(code.SHUT, submission.place(), day.isoformat(), branch=branch.code)


def _near_code(typed: str, branches: Mapping[str, Branch]) -> str:
    bare = typed.strip().lstrip("0").casefold()
    same = [name for name in branches if name.lstrip("0").casefold() == bare]
    return same[0] if len(same) == 1 else nearest(typed, branches)


def _answers(submission: Submission, checklist: Checklist) -> Iterator[Problem]:
    numbers, answers = checklist.numbers, submission.answers
    for name in _blank(submission, checklist):
        words = checklist.items_by_id[name].text.facts("text")
        yield problem(code.MISSING, submission.place(name), "", item=numbers[name], **words)
    for name in unasked_answers(checklist, answers, submission.position):
        yield problem(code.UNASKED, submission.place(name), _shown(submission, name), item=numbers[name])
    rules = _rules(checklist)
    # Most reports have a few of these, and nearly all of them are allowed.
    for item in rules.stateful if _refused(rules, answers) else ():
        answer = answers.get(item.id)
        if answer in _STATES and item.id in rules.refused[answer]:  # type: ignore[index]
            shown = _shown(submission, item.id)
            yield problem(code.NOT_ALLOWED, submission.place(item.id), shown, item=numbers[item.id])
    if answers and (rules.noted or rules.timed):
        asked = asked_items(checklist, answers, submission.position)
        for each in rules.noted:
            answer = answers.get(each.item.id)
            if answer is not None and (each.telling is None or answer in each.telling) and each.item.id in asked:
                yield from _notes(each, submission, numbers[each.item.id])
        yield from _order(rules, submission, numbers)


def _refused(rules: _Rules, answers: Mapping[str, Value]) -> bool:
    """Whether any answer is a state that its item cannot be in."""
    given = _STATES.intersection(answers.values())
    return any(state in map(answers.get, rules.refused[state]) for state in given)


def _blank(submission: Submission, checklist: Checklist) -> Iterator[str]:
    """Required items that are not answered; a cell that nobody understood is no blank, and is said already."""
    if submission.source.reader in _TABLES and not submission.answers and not submission.typed:
        return  # a row without any answer is one problem, not one an item
    for item in missing_items(checklist, submission.answers, submission.position):
        if item not in submission.typed:
            yield item


def _shown(submission: Submission, item: str) -> str:
    return submission.typed.get(item) or str(submission.answers.get(item, ""))


class _Noted(NamedTuple):
    """An item that may need a comment or evidence."""

    item: AnyItem
    judged_by: Judging | None
    """`None`: nothing that is answered can be 'not met'."""
    telling: frozenset[str] | None
    """The only answers after which something can be due; `None`: any answer may be one."""

    def fails(self, answer: Value) -> bool:
        """Whether scoring will call the answer not met. Derived items are answered by nobody."""
        if self.judged_by is None or answer in _STATES:
            return False
        from auditkit.model.credits import how_met

        judged = self.judged_by.judge(answer)
        return judged is not None and how_met(self.judged_by, judged.credit, self.item.not_met_at) == "not_met"


class _Rules:
    """What has to be looked at in every submission of a checklist, found once."""

    def __init__(self, checklist: Checklist) -> None:
        items = [item for _, item in checklist.walk_items()]
        self.stateful = [item for item in items if not (item.not_applicable and item.not_observed)]
        self.refused = {
            NOT_APPLICABLE: frozenset(item.id for item in items if not item.not_applicable),
            NOT_OBSERVED: frozenset(item.id for item in items if not item.not_observed),
        }
        """State → the items that cannot be in it."""
        self.timed = [item for item in items if isinstance(item, (Duration, Deadline))]
        self._noted = [i for i in items if i.comment.when is not Asked.NEVER or i.evidence.when is not Asked.NEVER]
        self._checklist = checklist

    @cached_property
    def noted(self) -> list[_Noted]:
        """Items that may need a comment or evidence; judged when the first answer is looked at."""
        return [_noted(item, self._checklist) for item in self._noted]


def _noted(item: AnyItem, checklist: Checklist) -> _Noted:
    # Not above: an empty form, which is checked most often by hand, asks for nothing of this.
    from auditkit.model.credits import how_met_by_answer
    from auditkit.model.credits import rules as judging

    found = _Noted(item, judging(item, checklist), None)
    if Asked.ALWAYS in (item.comment.when, item.evidence.when) or not isinstance(item, (YesNo, Choice)):
        return found
    told = how_met_by_answer(item, checklist)
    return found._replace(telling=frozenset(answer for answer, how in told.items() if how == "not_met"))


_KNOWN: dict[int, tuple[Checklist, _Rules]] = {}


def _rules(checklist: Checklist) -> _Rules:
    known = _KNOWN.get(id(checklist))
    if known is None:
        known = _KNOWN[id(checklist)] = (checklist, _Rules(checklist))
    return known[1]


def _notes(noted: _Noted, submission: Submission, number: str) -> Iterator[Problem]:
    item = noted.item
    failed = noted.fails(submission.answers[item.id])
    if _needed(item.comment.when, failed):
        comment = submission.comments.get(item.id, "").strip()
        if comment == GONE:
            pass  # there was one
        elif not comment:
            yield problem(code.COMMENT, submission.place(item.id), _shown(submission, item.id), item=number)
        elif len(comment) < item.comment.at_least:
            least = item.comment.at_least
            yield problem(code.SHORT, submission.place(item.id), comment, item=number, least=least)
    if _needed(item.evidence.when, failed) and not submission.evidence.get(item.id, "").strip():
        kind = item.evidence.kind
        words = _in_words(f"forms.evidence_{kind}")
        yield problem(code.EVIDENCE, submission.place(item.id), kind, item=number, **words)


def _needed(when: Asked, failed: bool) -> bool:  # noqa: FBT001  one of two things
    return when is Asked.ALWAYS or (when is Asked.NOT_MET and failed)


@cache
def _in_words(key: str) -> dict[str, str]:
    """The value of a problem as each language says it."""
    return {f"value@{language}": say(language, key) for language in LANGUAGES}


def _order(rules: _Rules, submission: Submission, numbers: Mapping[str, str]) -> Iterator[Problem]:
    for item in rules.timed:
        begun, ended = submission.answers.get(item.from_ or ""), submission.answers.get(item.to)
        if isinstance(begun, datetime) and isinstance(ended, datetime) and _before(ended, begun):
            shown = f"{begun:%Y-%m-%d %H:%M} > {ended:%Y-%m-%d %H:%M}"
            place: Place = submission.place(item.to)
            yield problem(code.ORDER, place, shown, item=numbers[item.id])
