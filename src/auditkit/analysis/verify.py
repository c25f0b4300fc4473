"""Published scores recomputed from their answers: which figures agree, which do not, and why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.verify_rules import RULES, Rescored, explained_by
from auditkit.analysis.verify_stated import Stated, ours_in, stated
from auditkit.intake.columns_published import FINAL, GRADE
from auditkit.intake.spelling_rules import key
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns, Published
from auditkit.model.programme import WorkingCalendar
from auditkit.model.score import ItemScore, VisitScore
from auditkit.model.visit import Outcome, State, Submission
from auditkit.problems import Place
from auditkit.scoring import score
from auditkit.scoring.grades import shown


class Finding(StrEnum):
    """What came of comparing one published figure."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NOT_CARRIED_OUT = "not_carried_out"
    """The file says so, and our outcome too: there is nothing to score."""
    UNREADABLE = "unreadable"
    """A text that the mapping gives no meaning to."""


@dataclass(frozen=True, slots=True)
class ItemBehind:
    """An item of a figure that disagrees, so that it can be added up by hand."""

    item: str
    state: State
    answer: str
    """As typed."""
    earned: Fraction
    possible: Fraction
    place: Place


@dataclass(frozen=True, slots=True)
class Compared:
    """One published figure beside ours."""

    finding: Finding
    visit_id: str
    checklist: str
    section: str
    """Id; '' for the visit's score, `@grade` for its grade."""
    place: Place
    published: str
    """As typed; '' is a blank cell."""
    ours: Fraction | None
    """Exact, in the scale of the published figure; `None`: nothing to score."""
    shown: str
    """Ours rounded to the digits of the published figure, or our grade."""
    difference: Fraction | None
    """Ours less published; `None` where one of them is no number."""
    why: tuple[str, ...] = ()
    """Rules under which ours would agree: keys of `verify_rules.RULES`."""
    items: tuple[ItemBehind, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of every published figure of a file or wave."""

    compared: tuple[Compared, ...]
    visits: int
    tolerance: Mapping[str, Decimal]
    """Checklist → by how much a figure may differ."""

    def count(self, finding: Finding, *, final: bool | None = None) -> int:
        """How many figures; `final`: only those of whole visits, or only those of sections."""
        return sum(
            1
            for each in self.compared
            if each.finding is finding and (final is None or (each.section == FINAL) is final)
        )

    @property
    def disagreeing(self) -> tuple[Compared, ...]:
        """Every figure that differs or cannot be read, in the order of the file."""
        return tuple(each for each in self.compared if each.finding in (Finding.DISAGREES, Finding.UNREADABLE))

    @property
    def explained(self) -> tuple[tuple[str, int], ...]:
        """Rule → how many disagreeing figures would agree under it, the best first."""
        found: dict[str, int] = {}
        for each in self.compared:
            for rule in each.why:
                found[rule] = found.get(rule, 0) + 1
        return tuple(sorted(found.items(), key=lambda pair: (-pair[1], RULES.index(pair[0]))))

    @property
    def agrees(self) -> bool:
        """Whether something was compared and nothing differs."""
        return bool(self.compared) and not self.disagreeing


Score = Callable[[Checklist, Submission], VisitScore]


class _Way(NamedTuple):
    """How one checklist's figures are compared."""

    checklist: Checklist
    published: Published
    score: Score


def verify(
    submissions: Iterable[Submission],
    checklists: Mapping[tuple[str, str], Checklist],
    columns: Columns,
    *,
    calendar: WorkingCalendar | None = None,
    time_zone: str = "UTC",
) -> Verification:
    """Every published section and visit score against ours.

    `checklists`: (id, version) → definition. Required blanks do not stop the comparison: they count as not observed,
    and the submission's own problems say that they are missing. Visits that were not carried out keep that outcome;
    where the file states section figures for them all the same, those are compared as if they had been.
    """

    def by_rule(checklist: Checklist, submission: Submission) -> VisitScore:
        return score(checklist, submission, calendar=calendar, time_zone=time_zone, accepted_as_is=True)

    by_id = {own.checklist.partition("@")[0]: own.published for own in columns.checklists if own.published}
    compared: list[Compared] = []
    visits = 0
    for submission in submissions:
        published = by_id.get(submission.checklist)
        checklist = checklists.get((submission.checklist, submission.version))
        if published is None or checklist is None or not submission.published:
            continue
        visits += 1
        compared += _visit(submission, _Way(checklist, published, by_rule))
    return Verification(tuple(compared), visits, {name: each.tolerance for name, each in by_id.items()})


def _visit(submission: Submission, way: _Way) -> Iterator[Compared]:
    done = submission.outcome is Outcome.DONE
    as_done = submission if done else submission.model_copy(update={"outcome": Outcome.DONE})
    result = way.score(way.checklist, as_done)
    found = [each for name in submission.published if (each := _figure(name, submission, result, way)) is not None]
    if any(each.finding is Finding.DISAGREES for each in found):
        rescored = Rescored(way.checklist, as_done, way.published, way.score)
        found = [_with_reasons(each, submission, result, rescored) for each in found]
    yield from found


def _figure(name: str, submission: Submission, result: VisitScore, way: _Way) -> Compared | None:
    typed = submission.published[name]
    if name == GRADE:
        return _grade(typed, submission, result, way.checklist)
    said = stated(typed, way.published)
    if said.nothing:
        return None
    ours = ours_in(name, result, way.checklist, way.published)
    finding = _finding(said, ours, way.published.tolerance)
    if submission.outcome is not Outcome.DONE and (name == FINAL or finding is Finding.UNREADABLE):
        finding = Finding.NOT_CARRIED_OUT if said.value is None else Finding.DISAGREES
        ours = None
    return Compared(
        finding,
        submission.visit_id,
        submission.checklist,
        name,
        _place(submission, name),
        typed,
        ours,
        "" if ours is None else f"{shown(ours, max(said.digits, 2), percent=False):f}",
        None if ours is None or said.value is None else ours - said.value,
    )


def _finding(said: Stated, ours: Fraction | None, tolerance: Decimal) -> Finding:
    if said.unreadable:
        return Finding.UNREADABLE
    if said.value is None or ours is None:
        return Finding.AGREES if said.value is None and ours is None and not said.closed else Finding.DISAGREES
    return Finding.AGREES if abs(ours - said.value) <= Fraction(tolerance) else Finding.DISAGREES


def _grade(typed: str, submission: Submission, result: VisitScore, checklist: Checklist) -> Compared | None:
    if not typed:
        return None
    done = submission.outcome is Outcome.DONE
    names = {
        key(word): row.grade
        for row in checklist.grades
        for word in (row.grade, *(row.title.words.values() if row.title else ()))
    }
    said = names.get(key(typed))
    same = said is not None and said == result.grade
    finding = Finding.AGREES if same else Finding.DISAGREES if said is not None else Finding.UNREADABLE
    return Compared(
        finding if done else Finding.NOT_CARRIED_OUT,
        submission.visit_id,
        submission.checklist,
        GRADE,
        _place(submission, GRADE),
        typed,
        None,
        (result.grade or "") if done else "",
        None,
    )


def _with_reasons(each: Compared, submission: Submission, result: VisitScore, rescored: Rescored) -> Compared:
    if each.finding is not Finding.DISAGREES or each.section == GRADE:
        return each
    why = explained_by(each.section, each.published, each.ours, submission, rescored)
    return Compared(
        each.finding,
        each.visit_id,
        each.checklist,
        each.section,
        each.place,
        each.published,
        each.ours,
        each.shown,
        each.difference,
        why,
        tuple(_behind(item, submission) for item in _items(each.section, result, rescored.checklist)),
    )


def _items(section: str, result: VisitScore, checklist: Checklist) -> Sequence[ItemScore]:
    if section == FINAL:
        return [item for item in result.items if item.state is not State.INFORMATIONAL]
    inside = next((each for each in checklist.walk_sections() if each.id == section), None)
    names = {section}
    waiting = list(inside.sections) if inside is not None else []
    while waiting:
        child = waiting.pop()
        names.add(child.id)
        waiting.extend(child.sections)
    return [item for item in result.items if item.section in names and item.state is not State.INFORMATIONAL]


def _behind(item: ItemScore, submission: Submission) -> ItemBehind:
    answer = submission.typed.get(item.item, str(submission.answers.get(item.item, "")))
    return ItemBehind(item.item, item.state, answer, item.earned, item.possible, submission.place(item.item))


def _place(submission: Submission, name: str) -> Place:
    cell = submission.published_cells.get(name)
    source = submission.source
    if cell is None:
        return Place(source.file, source.sheet, None, source.row)
    sheet, _, at = cell.rpartition("!")
    return Place(source.file, sheet or source.sheet, at)
