"""Published scores recomputed from their answers, figure by figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.verification import Compared, Finding, ItemBehind, Verification
from auditkit.analysis.verify_reasons import Figure, Reasons, final_of_sections
from auditkit.analysis.verify_rules import Rescored, Score
from auditkit.analysis.verify_stated import Stated, agree, most_in, ours_in, stated
from auditkit.analysis.verify_tested import Scored, tested
from auditkit.intake.columns_published import FINAL, GRADE, item_of, kind_of
from auditkit.intake.spelling_rules import key
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns
from auditkit.model.programme import WorkingCalendar
from auditkit.model.published import WRITTEN_KINDS, Kind, Published, Written
from auditkit.model.score import ItemScore, VisitScore
from auditkit.model.visit import Outcome, State, Submission
from auditkit.problems import Place
from auditkit.scoring import score
from auditkit.scoring.grades import shown

_MOST_DIGITS = 6


class _Way(NamedTuple):
    """How one checklist's figures are compared."""

    checklist: Checklist
    published: Published
    score: Score
    reasons: Reasons
    writings: Mapping[Kind, Written]

    def written(self, name: str) -> Written:
        """How a figure is written."""
        return self.writings[kind_of(name)]


def verify(
    submissions: Iterable[Submission],
    checklists: Mapping[tuple[str, str], Checklist],
    columns: Columns,
    *,
    calendar: WorkingCalendar | None = None,
    zone_of: Callable[[str], str] = lambda _: "UTC",
) -> Verification:
    """Every published figure against ours.

    `checklists`: (id, version) → definition. `zone_of`: branch → its time zone. Required blanks do not stop the
    comparison: they count as not observed, and the submission's own problems say that they are missing. Visits that
    were not carried out keep that outcome; where the file states figures for them all the same, those are compared
    as if they had been.
    """

    def by_rule(checklist: Checklist, submission: Submission) -> VisitScore:
        zone = zone_of(submission.branch)
        return score(checklist, submission, calendar=calendar, time_zone=zone, accepted_as_is=True)

    by_id = {own.checklist.partition("@")[0]: own.published for own in columns.checklists if own.published}
    ways: dict[tuple[str, str], _Way | None] = {}
    compared: list[tuple[Compared, Scored]] = []
    visits = shut = 0
    for submission in submissions:
        which = (submission.checklist, submission.version)
        if which not in ways:
            ways[which] = _way(by_id.get(submission.checklist), checklists.get(which), by_rule)
        way = ways[which]
        if way is None or not submission.published or _says_nothing(submission):
            continue
        visits += 1
        shut += submission.outcome is not Outcome.DONE
        compared += _visit(submission, way)
    return Verification(tuple(tested(compared)), visits, shut)


def _says_nothing(submission: Submission) -> bool:
    """A row of totals or notes; its reader has said that it answers nothing."""
    return submission.outcome is Outcome.DONE and not submission.answers and not submission.typed


def _way(published: Published | None, checklist: Checklist | None, by_rule: Score) -> _Way | None:
    if published is None or checklist is None:
        return None
    in_points = checklist.scoring == "points"
    writings = {kind: published.written(kind, in_points=in_points) for kind in WRITTEN_KINDS}
    return _Way(checklist, published, by_rule, Reasons(), writings)


def _visit(submission: Submission, way: _Way) -> Iterator[tuple[Compared, Scored]]:
    done = submission.outcome is Outcome.DONE
    as_done = submission if done else submission.model_copy(update={"outcome": Outcome.DONE})
    rescored = Rescored(way.checklist, as_done, way.score)
    result, scored = rescored.under(""), Scored(rescored, way.published, way.written)
    for name in submission.published:
        found = _figure(name, submission, result, way)
        if found is not None:
            yield _with_reasons(found, submission, rescored, way), scored


def _figure(name: str, submission: Submission, result: VisitScore, way: _Way) -> Compared | None:
    typed = submission.published[name]
    if name == GRADE:
        return _grade(typed, submission, result, way.checklist)
    written = way.written(name)
    said = stated(typed, written)
    if said.nothing or (said.unreadable and item_of(name)):
        # An answer without points behind it, `N/A` or a word, states no points.
        return None
    ours = _ours(name, submission, result, way)
    most = most_in(name, result, way.checklist) if said.most is not None and ours is not None else None
    finding = _finding(said, ours, written, most)
    if submission.outcome is not Outcome.DONE and (name == FINAL or finding is Finding.UNREADABLE):
        finding = Finding.NOT_CARRIED_OUT if said.value is None else Finding.DISAGREES
        ours = None
    return Compared(
        finding,
        submission.visit_id,
        submission.branch,
        submission.checklist,
        name,
        _place(submission, name),
        typed,
        ours,
        _shown(ours, said, most),
        None if ours is None or said.value is None else ours - said.value,
    )


def _ours(name: str, submission: Submission, result: VisitScore, way: _Way) -> Fraction | None:
    written = way.written(name)
    if name == FINAL and way.published.final_from == "sections":
        return final_of_sections(submission, way.checklist, result, way.published, written)
    return ours_in(name, result, way.checklist, written)


def _shown(ours: Fraction | None, said: Stated, most: Fraction | None) -> str:
    if ours is None:
        return ""
    text = f"{shown(ours, min(max(said.digits, 2), _MOST_DIGITS), percent=False):f}"
    return text if most is None else f"{text} / {shown(most, 2, percent=False).normalize():f}"


def _finding(said: Stated, ours: Fraction | None, written: Written, most: Fraction | None) -> Finding:
    if said.unreadable:
        return Finding.UNREADABLE
    if said.value is None or ours is None:
        return Finding.AGREES if said.value is None and ours is None and not said.closed else Finding.DISAGREES
    return Finding.AGREES if agree(ours, said, written) and most == said.most else Finding.DISAGREES


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
        submission.branch,
        submission.checklist,
        GRADE,
        _place(submission, GRADE),
        typed,
        None,
        (result.grade or "") if done else "",
        None,
    )


def _with_reasons(each: Compared, submission: Submission, rescored: Rescored, way: _Way) -> Compared:
    if each.finding is not Finding.DISAGREES or each.name == GRADE:
        return each
    items = _items(each.name, rescored.under(""), way.checklist)
    behind = tuple(_behind(item, submission) for item in items)
    if any(item.item in submission.typed and item.item not in submission.answers for item in items):
        return replace(each, items=behind, unread=True)
    written = way.written(each.name)
    figure = Figure(each.name, stated(each.published, written), each.ours, written)
    counting = [item.item for item in items if item.possible]
    return replace(each, why=way.reasons.of(figure, rescored, way.published, counting), items=behind)


def _items(name: str, result: VisitScore, checklist: Checklist) -> Sequence[ItemScore]:
    """The items that a figure is made of."""
    counted = [item for item in result.items if item.state is not State.INFORMATIONAL]
    if name == FINAL:
        return counted
    if item_of(name):
        return [item for item in counted if item.item == item_of(name)]
    inside = next((each for each in checklist.walk_sections() if each.id == name), None)
    names = {name}
    waiting = list(inside.sections) if inside is not None else []
    while waiting:
        child = waiting.pop()
        names.add(child.id)
        waiting.extend(child.sections)
    return [item for item in counted if item.section in names]


def _behind(item: ItemScore, submission: Submission) -> ItemBehind:
    answer = submission.answers.get(item.item, "")
    typed = submission.typed.get(item.item) or ("; ".join(answer) if isinstance(answer, tuple) else str(answer))
    return ItemBehind(item.item, item.state, typed, item.earned, item.possible, submission.place(item.item))


def _place(submission: Submission, name: str) -> Place:
    cell = submission.published_cells.get(name)
    source = submission.source
    if cell is None:
        return Place(source.file, source.sheet, None, source.row)
    sheet, _, at = cell.rpartition("!")
    return Place(source.file, sheet or source.sheet, at)
