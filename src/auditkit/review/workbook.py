"""The review workbook: a row a report, with a proposal, and room for decision and reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from auditkit.figures import date_text
from auditkit.locales import say
from auditkit.model.decision import OF_A_REPORT, What
from auditkit.reports.excel import write_workbook
from auditkit.reports.heights import row_height
from auditkit.reports.sheets import BLANK, Cell, DropDown, Row, Sheet, header, paragraph
from auditkit.review.waiting import Waiting
from auditkit.run.showing import Shown

PREFIX = "auditkit:review:"
"""In the hidden column of the title: wave and number of the latest decision (`2026-Q3#17`)."""
BY = "auditkit:by"
KEYS = ("visit", "checklist", "branch", "day", "shopper", "state", "why", "proposal", "decision", "reason")
_WIDTHS = (13.0, 16.0, 16.0, 11.0, 12.0, 14.0, 33.0, 13.0, 14.0, 26.0, 2.0)
DECISION, REASON, KEY = KEYS.index("decision"), KEYS.index("reason"), len(KEYS)
"""Columns from 0."""


def write_review(shown: Shown, found: Sequence[Waiting], path: Path, language: str) -> None:
    """Write it; the file appears whole or not at all."""
    write_workbook([review_sheet(shown, found, language)], path)


def review_sheet(shown: Shown, found: Sequence[Waiting], language: str) -> Sheet:
    """Everything that waits; whoever decides is named once above."""
    home, width = shown.home, len(KEYS)
    number = home.decisions.next_number - 1
    name = say(language, "review.sheet")
    wave = next(each for each in home.programme.waves if each.id == shown.wave)
    titled = wave.title.said(language) if wave.title else wave.id
    by = (Cell(say(language, "review.by"), "strong", span=2), Cell("", "fill", span=2))
    rows = [
        _keyed((Cell(f"{name} · {titled}", "title", span=width),), f"{PREFIX}{shown.wave}#{number}"),
        paragraph(say(language, "review.how"), width, "quiet"),
        BLANK,
        _keyed((*by, *(Cell("", "plain") for _ in range(width - 4))), BY),
        BLANK,
        header([say(language, f"review.col_{key}") for key in KEYS]),
    ]
    top = len(rows)
    rows += [_row(each, shown, language) for each in found]
    words = tuple(say(language, f"review.{what.value}") for what in OF_A_REPORT)
    people = tuple(each.name for each in home.programme.people)
    drops = [DropDown(DECISION + 1, top + 1, max(len(rows), top + 1), words)]
    drops += [DropDown(3, 4, 4, people, strict=False)] if people else []
    return Sheet(
        name,
        _WIDTHS,
        tuple(rows),
        header=top,
        landscape=True,
        drop_downs=tuple(drops),
        footer=f"{name} · {titled}",
        hidden_columns=(KEY + 1,),
    )


def _row(each: Waiting, shown: Shown, language: str) -> Row:
    report, own = each.report, each.report.incoming
    branch = shown.home.branches.get(report.branch)
    checklist = shown.home.library.get(own.checklist, report.version)
    texts = (
        own.visit_id,
        checklist.title.said(language) if checklist is not None else own.checklist,
        f"{report.branch} {branch.name}".strip() if branch is not None else report.branch,
        date_text(each.day, language) if each.day is not None else "",
        each.shopper,
        say(language, f"reports.fate.{report.fate.fate.value}"),
        each.why,
        say(language, f"review.{each.proposal.value}") if each.proposal is not None else "",
    )
    return _keyed((*(Cell(text) for text in texts), Cell("", "fill"), Cell("", "fill")), key_of(each))


def _keyed(cells: tuple[Cell, ...], key: str) -> Row:
    """A row with what only programs read behind it; as high as the seen cells ask for."""
    return Row((*cells, Cell(key, "quiet")), row_height(Row(cells), _WIDTHS))


def key_of(each: Waiting) -> str:
    """Visit, checklist, answers and file, by which a row is known wherever it is moved to."""
    own = each.report.incoming
    return json.dumps([own.visit_id, own.checklist, own.answers, own.file], ensure_ascii=False)


def words() -> dict[str, What]:
    """Every word for a decision in any of our languages, folded."""
    from auditkit.locales import LANGUAGES
    from auditkit.tables.folding import fold

    return {fold(say(code, f"review.{what.value}")): what for code in LANGUAGES for what in OF_A_REPORT}
