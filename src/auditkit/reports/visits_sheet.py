"""Every item of every visit with its points, so that anybody can add the score up with a pencil."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.shapes import BranchFigures, Context, ItemLine, VisitFigure
from auditkit.figures import day_text, number_text, places_of, rounded, score_text
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.visit import Outcome, State
from auditkit.reports import adding_up, wording
from auditkit.reports.sheets import Cell, Row, Sheet, header, paragraph, score_form, title

WIDTHS = (7.0, 41.0, 21.0, 15.5, 9.5, 10.0, 10.0, 31.0)
COLUMNS = len(WIDTHS)
_KEYS = ("number", "criterion", "answer", "result", "earned", "possible", "lost", "words")
_NUMERIC = (4, 5, 6)
_LOST_PLACES = 2


class _Manner(NamedTuple):
    """What all rows of the sheet share."""

    language: str
    context: Context
    points: int
    """Decimal places of points."""
    words: dict[str, str]


def visits_sheet(figures: BranchFigures, language: str, context: Context) -> Sheet:
    """A block for every visit: its items by section with their sums, what moved the score, and the score."""
    lines = [line for visit in figures.visits for line in visit.items]
    places = places_of(value for line in lines for value in (line.earned, line.possible))
    manner = _Manner(language, context, places, _words(language))
    rows = [title(say(language, "reports.sheet.visits"), COLUMNS)]
    rows.append(paragraph(say(language, "reports.visits_about"), COLUMNS, "quiet"))
    rows.append(header((say(language, f"reports.col.{key}") for key in _KEYS), _NUMERIC))
    top = len(rows)
    for visit in figures.visits:
        rows += _visit(visit, manner)
    if not figures.visits:
        rows.append(paragraph(say(language, "reports.no_visits"), COLUMNS))
    footer = f"{wording.branch_title(figures.branch)} · {wording.wave_title(figures.wave, context, language)}"
    return Sheet(say(language, "reports.sheet.visits"), WIDTHS, tuple(rows), header=top, landscape=True, footer=footer)


def _words(language: str) -> dict[str, str]:
    """Results and states in words, looked up once for thousands of rows."""
    keys = ["met.met", "met.partly_met", "met.not_met", *(f"state.{state.value}" for state in State)]
    return {key.partition(".")[2]: say(language, f"reports.{key}") for key in keys}


def _visit(visit: VisitFigure, manner: _Manner) -> Iterator[Row]:
    language = manner.language
    checklist = manner.context.checklists.get((visit.checklist, visit.version))
    name = wording.checklist_title(manner.context, visit.checklist, visit.version, language)
    day = day_text(visit.day, visit.part_of_day, language, week_only=visit.week_only)
    who = f" · {visit.shopper}" if visit.shopper else ""
    yield Row((), 6)
    yield Row((
        Cell(f"{visit.visit_id} · {name} {visit.version} · {day}{who}", "band", span=4),
        Cell(outcome_text(visit, checklist, language), "band_number", span=4),
    ))  # fmt: skip
    if visit.file:
        yield paragraph(say(language, "reports.from_file", file=visit.file), COLUMNS, "quiet")
    if visit.items and checklist:
        yield from _items(visit, checklist, manner)
        yield from _total(visit, checklist, manner)


def outcome_text(visit: VisitFigure, checklist: Checklist | None, language: str) -> str:
    """`86.7% · Good · passed`, or what became of the visit where there is no score."""
    parts = []
    if visit.outcome is not Outcome.DONE:
        parts.append(say(language, f"reports.outcome.{visit.outcome.value}"))
    if visit.fate not in ("", "accepted") and visit.outcome is Outcome.DONE:
        parts.append(wording.label_text(language, f"reports.fate.{visit.fate}"))
    if visit.shown is not None:
        percent = checklist is None or checklist.scoring == "percent"
        parts.append(wording.shown_text(visit.shown, language, percent=percent))
    elif visit.outcome is Outcome.DONE:
        parts.append(say(language, "reports.not_scored"))
    parts.append(wording.level_text(checklist, visit.grade, visit.verdict, language))
    if visit.provisional:
        parts.append(say(language, "reports.provisional"))
    return " · ".join(part for part in parts if part)


def _items(visit: VisitFigure, checklist: Checklist, manner: _Manner) -> Iterator[Row]:
    paths = adding_up.paths(checklist)
    for section, lines in adding_up.by_section(visit.items, adding_up.own_sections(checklist)):
        path = paths.get(section, ())
        name = " › ".join(each.title.said(manner.language) for each in path) or section
        number = checklist.numbers.get("/" + section, "")
        yield _section(number, name, lines, _weight(path, manner.language), manner)
        for line in lines:
            yield _item(line, manner)


def _weight(path: Sequence[object], language: str) -> str:
    weights = [weight for each in path if (weight := getattr(each, "weight", None)) is not None]
    if not weights:
        return ""
    return say(language, "reports.weight", weight=" × ".join(number_text(weight, language) for weight in weights))


def _section(number: str, name: str, lines: Sequence[ItemLine], weight: str, manner: _Manner) -> Row:
    part = adding_up.sums(lines)
    scored = any(line.state is State.SCORED for line in lines)
    share = adding_up.ratio(part)
    result = say(manner.language, "reports.not_scored") if share is None else (
        f"{score_text(rounded(share, 1), manner.language)} / 100"
    )  # fmt: skip
    return Row((
        Cell(number, "group"), Cell(name, "group", span=2), Cell(result, "group"),
        _points(part.earned, manner, "group_number") if scored else Cell(None, "group"),
        _points(part.possible, manner, "group_number") if scored else Cell(None, "group"),
        _lost(part.lost, "group_number") if scored else Cell(None, "group"),
        Cell(weight, "group"),
    ))  # fmt: skip


def _item(line: ItemLine, manner: _Manner) -> Row:
    item, language = line.item, manner.language
    counts = line.possible or line.earned or line.state is State.SCORED
    if line.state is State.SCORED or line.state is State.INFORMATIONAL:
        result = manner.words.get(line.met or "", "")
    else:
        result = manner.words[line.state.value]
    missed = line.met == "not_met"
    if missed and item.critical:
        result = f"▲ {result}, {say(language, 'reports.severity.critical')}"
    return Row((
        Cell(line.number),
        Cell(item.text.said(language)),
        Cell(wording.seen_text(item, line.answer, line.met, language)),
        Cell(result, "strong" if missed else "text"),
        _points(line.earned, manner) if counts else Cell("–", "number_quiet"),
        _points(line.possible, manner) if counts else Cell("–", "number_quiet"),
        _lost(line.lost) if counts else Cell("–", "number_quiet"),
        Cell(wording.words(line.comment, language), "said"),
    ))  # fmt: skip


def _points(value: Fraction, manner: _Manner, look: str = "number") -> Cell:
    return Cell(rounded(value, manner.points), look, score_form(manner.points))


def _lost(value: Fraction, look: str = "number") -> Cell:
    return Cell(rounded(value, _LOST_PLACES), look, score_form(_LOST_PLACES))


def _total(visit: VisitFigure, checklist: Checklist, manner: _Manner) -> Iterator[Row]:
    language = manner.language
    total = adding_up.sums(visit.items)
    yield Row((
        Cell(None, "total"), Cell(say(language, "reports.sum"), "total", span=3),
        _points(total.earned, manner, "total_number"), _points(total.possible, manner, "total_number"),
        _lost(total.lost, "total_number"), Cell(_formula(total, checklist, language), "total"),
    ))  # fmt: skip
    if visit.score is None:
        return
    if moved := adding_up.rest(visit, checklist, total):
        yield _moved(say(language, "reports.step.rest"), ("+" if moved > 0 else "") + number_text(moved, language, 2))
    for what, where, before, after, item in visit.steps:
        yield _moved(
            _step(what, where, item, checklist, language),
            f"{number_text(before, language, 2)} → {number_text(after, language, 2)}",
        )
    level = outcome_text(visit, checklist, language)
    yield Row((Cell(None, "strong"), Cell(say(language, "reports.score"), "strong", span=6), Cell(level, "strong")))


def _formula(total: adding_up.Sums, checklist: Checklist, language: str) -> str:
    if checklist.scoring == "points":
        start = number_text(checklist.start, language)
        reached = number_text(Fraction(checklist.start) + total.earned, language, 2)
        return f"{start} + {number_text(total.earned, language, 2)} = {reached}"
    if not total.possible:
        return say(language, "reports.not_scored")
    return f"100 − {number_text(total.lost, language, 2)} = {number_text(100 - total.lost, language, 2)}"


def _moved(what: str, how: str) -> Row:
    return Row((Cell(None), Cell(what, "note", span=6), Cell(how, "note")))


def _step(what: str, where: str, item: str, checklist: Checklist, language: str) -> str:
    text = wording.label_text(language, f"reports.step.{what}")
    if where:
        text += f" ({wording.section_title(checklist, where, language)})"
    return f"{text}: {checklist.numbers.get(item, item)}" if item else text
