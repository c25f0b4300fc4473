"""What came in and what became of it: the sum is checked before the reader's eyes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from auditkit.analysis.network_shapes import FileProblem, NetworkFigures, NotAccepted, Quality
from auditkit.analysis.shapes import Context
from auditkit.locales import has, say
from auditkit.problems import REGISTER, Severity
from auditkit.reports import wording
from auditkit.reports.network_summary import footer
from auditkit.reports.sheets import BLANK, Cell, Row, Sheet, heading, paragraph, title

WIDTHS = (46.0, 20.0, 24.0, 50.0)
COLUMNS = len(WIDTHS)
_MOST_REASONS = 3
_LONG = 200


def quality_sheet(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """Received by fate, then everything that is in no mean with its reason, then every problem with its place."""
    quality = figures.quality
    rows = [title(say(language, "reports.sheet.quality"), COLUMNS)]
    rows.append(paragraph(say(language, "reports.quality_about"), COLUMNS, "quiet"))
    rows += [*_fates(quality, language), *_not_accepted(quality, language, context), *_problems(quality, language)]
    return Sheet(
        say(language, "reports.sheet.quality"), WIDTHS, tuple(rows), landscape=True,
        footer=footer(figures, language, context),
    )  # fmt: skip


def _fates(quality: Quality, language: str) -> Iterator[Row]:
    count_title = Cell(say(language, "reports.col.count"), "header_right")
    yield Row((Cell(say(language, "reports.col.fate"), "header"), count_title, Cell(None, "header", span=2)))
    for fate, count in quality.by_fate:
        yield Row((Cell(fate_text(fate, language)), Cell(count, "number"), Cell(None, span=2)))
    yield Row((Cell(say(language, "reports.received"), "total"), Cell(quality.received, "total_number"),
               Cell(sum_text(quality, language), "total", span=2)))  # fmt: skip


def fate_text(fate: str, language: str) -> str:
    """A fate in words."""
    return wording.label_text(language, f"reports.fate.{fate}")


def sum_text(quality: Quality, language: str) -> str:
    """The sum in figures, and whether it is right."""
    counts = [count for _, count in quality.by_fate]
    key = "reports.sum_holds" if sum(counts) == quality.received else "reports.sum_fails"
    return say(language, key, parts=" + ".join(map(str, counts)), total=quality.received)


def _not_accepted(quality: Quality, language: str, context: Context) -> Iterator[Row]:
    yield BLANK
    yield heading(say(language, "reports.not_accepted"), COLUMNS)
    if not quality.not_accepted:
        yield paragraph(say(language, "reports.all_accepted"), COLUMNS)
        return
    yield _titles(language, "file", "visit", "fate", "reason")
    for each, visit in zip(quality.not_accepted, visit_texts(quality, language, context), strict=True):
        yield Row((Cell(each.file), Cell(visit), Cell(fate_text(each.fate, language)),
                   Cell(reason_text(quality, each, language))))  # fmt: skip


def visit_texts(quality: Quality, language: str, context: Context) -> Iterator[str]:
    """The code of each that was not accepted; with the checklist's name where several of one visit are listed."""
    often = Counter(each[:2] for each in quality.not_accepted)
    for each in quality.not_accepted:
        if often[each[:2]] > 1 and each.checklist:
            name = wording.checklist_title(context, each.checklist, each.version, language)
            yield " · ".join(filter(None, (each.visit, name)))
        else:
            yield each.visit


def reason_text(quality: Quality, one: NotAccepted, language: str) -> str:
    """Why something is in no mean, in words: the errors of the file itself, or what it was replaced or held by."""
    if "; " in one.reason and all(has(f"reports.reason.{part.partition(' ')[0]}") for part in one.reason.split("; ")):
        return " ".join(reason_text(quality, one._replace(reason=part), language) for part in one.reason.split("; "))
    word, _, what = one.reason.partition(" ")
    if one.fate == "not_carried_out":
        return wording.label_text(language, f"reports.outcome.{word}")
    if has(f"reports.reason.{word}"):
        if word == "proof_missing":
            what = wording.label_text(language, f"reports.proof.{what}")
        return say(language, f"reports.reason.{word}", what=what)
    said = dict.fromkeys(
        problem_text(each, language, advise=False)
        for each in quality.problems
        if each.severity == Severity.ERROR and _stands_in(each.place, one.file)
    )
    if not said:
        return wording.label_text(language, f"reports.reason.{word}") if word else ""
    return "; ".join(list(said)[:_MOST_REASONS]) + (" …" if len(said) > _MOST_REASONS else "")


def _stands_in(place: str, source: str) -> bool:
    """Whether a place lies in a file, or in the row of one (`wave.csv:12`)."""
    file, _, row = source.rpartition(":")
    if not (file and row.isdigit()):
        return re.fullmatch(rf"{re.escape(source)}([\[:].*)?", place) is not None
    return re.fullmatch(rf"{re.escape(file)}(\[(.*!)?[A-Z]*{row}\]|:{row}(:.*)?)", place) is not None


def _problems(quality: Quality, language: str) -> Iterator[Row]:
    yield BLANK
    yield heading(say(language, "reports.problems"), COLUMNS)
    if not quality.problems:
        yield paragraph(say(language, "reports.no_problems"), COLUMNS)
        return
    yield _titles(language, "place", "code", "value", "problem")
    for each in quality.problems:
        code = f"{wording.label_text(language, f'reports.term.{each.severity}')} {each.code}"
        value = each.value if len(each.value) <= _LONG else ""  # a long one stands in the sentence beside it
        yield Row((Cell(each.place), Cell(code), Cell(value), Cell(problem_text(each, language))))


def _titles(language: str, *keys: str) -> Row:
    return Row(tuple(Cell(say(language, f"reports.col.{key}"), "header") for key in keys))


def problem_text(each: FileProblem, language: str, *, advise: bool = True) -> str:
    """What is wrong and what to do, in this language; a code without a message is said in its card's words."""
    params = {"value": each.value, **dict(each.params)}
    if has(f"{each.code}.says"):
        said = say(language, f"{each.code}.says", **params)
        if not (advise and has(f"{each.code}.do")):
            return said
        stop = "" if said.endswith((".", "!", "?", "…")) else "."
        return f"{said}{stop} {say(language, f'{each.code}.do', **params)}"
    card = REGISTER.get(each.code)
    return f"{card.finds} {card.mend}" if card else each.code
