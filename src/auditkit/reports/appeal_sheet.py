"""The sheet on which a branch objects: every report and everything that was missed in it, with room for what happened.

It says nothing by which a shopper could be known: reports are named by a reference in a hidden column.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.analysis.shapes import BranchFigures, Context, ItemLine, VisitFigure
from auditkit.figures import date_text, day_text
from auditkit.locales import say
from auditkit.model.publication import Objected, Publication
from auditkit.reports import wording
from auditkit.reports.keyed import keyed
from auditkit.reports.sheets import BLANK, Cell, DropDown, Row, Sheet, header, paragraph

MARK = "auditkit:appeal:"
"""In the hidden column of the title, with wave and branch behind."""
COLUMNS = ("number", "criterion", "answer", "happened", "evidence", "name", "date", "outcome")
ASKED = ("happened", "evidence", "name", "date")
WIDTHS = (7.0, 34.0, 20.0, 40.0, 24.0, 18.0, 12.0, 26.0)
_WIDTHS = (*WIDTHS, 2.0)


def appeal_sheet(figures: BranchFigures, language: str, context: Context) -> Sheet | None:
    """`None` where nothing may be appealed and nothing was."""
    known = context.publication
    if known is None:
        return None
    asks = known.is_preliminary and known.appeal_until is not None
    blocks = [list(_visit(visit, known, asks=asks, language=language, context=context)) for visit in figures.visits]
    if not asks and not any(blocks):
        return None
    name, width = say(language, "reports.sheet.appeal"), len(COLUMNS)
    branch, wave = wording.branch_title(figures.branch), wording.wave_title(figures.wave, context, language)
    until = date_text(known.appeal_until, language) if known.appeal_until is not None else ""
    about = say(language, "reports.appeal_about", until=until) if asks else say(language, "reports.appeal_over")
    rows = [
        keyed(
            (Cell(f"{name} · {branch}", "title", span=width),),
            f"{MARK}{figures.wave.id}#{figures.branch.code}",
            _WIDTHS,
        ),
        paragraph(about, width, "quiet"),
        BLANK,
        header([say(language, f"reports.col.{key}") for key in COLUMNS]),
    ]
    top = len(rows)
    rows += [row for block in blocks for row in block]
    dates = COLUMNS.index("date") + 1
    drops = (DropDown(dates, top + 1, max(len(rows), top + 1), (), title=say(language, "reports.col.date"),
                      message=say(language, "reports.date_wanted")),) if asks else ()  # fmt: skip
    return Sheet(
        name, _WIDTHS, tuple(rows), header=top, landscape=True, drop_downs=drops, footer=f"{branch} · {wave}",
        hidden_columns=(width + 1,),
    )  # fmt: skip


def _visit(visit: VisitFigure, known: Publication, *, asks: bool, language: str, context: Context) -> Iterator[Row]:
    """The report as a whole, then what was missed in it."""
    if visit.fate != "accepted":
        return
    missed = [line for line in visit.items if line.met in ("partly_met", "not_met")]
    wanted: list[ItemLine | None] = [None, *missed] if asks else []
    for line in (None, *visit.items):
        if line not in wanted and (visit.reference, line.item.id if line else "") in known.objected:
            wanted.append(line)
    if not wanted:
        return
    name = wording.checklist_title(context, visit.checklist, visit.version, language)
    day = day_text(visit.day, visit.part_of_day, language, week_only=visit.week_only)
    if None not in wanted:
        yield Row((Cell(f"{name} · {day}", "band", span=len(COLUMNS)),))
    for line in wanted:
        objected = known.objected.get((visit.reference, line.item.id if line else ""))
        if line is None:
            said: tuple[Cell, ...] = (
                Cell(f"{name} · {day}. {say(language, 'reports.appeal_whole')}", "group", span=3),
            )
        else:
            answer = wording.seen_text(line.item, line.answer, line.met, language)
            said = (Cell(line.number, "strong"), Cell(line.item.text.said(language)), Cell(answer))
        key = visit.reference, line.item.id if line else ""
        yield keyed((*said, *_room(objected, language, asks=asks)), key, _WIDTHS)


def _room(objected: Objected | None, language: str, *, asks: bool) -> tuple[Cell, ...]:
    if objected is not None:
        outcome = say(language, f"reports.appeal_{objected.outcome}")
        told = f"{outcome}: {objected.reason}" if objected.reason else outcome
        return Cell(objected.words), Cell(""), Cell(""), Cell(""), Cell(told, "strong")
    look, day = ("fill", "fill_date") if asks else ("text", "text")
    return Cell(None, look), Cell(None, look), Cell(None, look), Cell(None, day, "date" if asks else ""), Cell("")
