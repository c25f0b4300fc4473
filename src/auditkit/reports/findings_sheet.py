"""Every standard that was not fully met at a branch, with room for what is done about it."""

from __future__ import annotations

from datetime import date

from auditkit.analysis.shapes import BranchFigures, Context, FindingFigure
from auditkit.figures import places_of, rounded, share_text
from auditkit.locales import say
from auditkit.model.action import MEASURES, STATUSES, Action
from auditkit.reports import wording
from auditkit.reports.expectation import expected_text
from auditkit.reports.keyed import keyed
from auditkit.reports.sheets import Cell, DropDown, Row, Sheet, header, paragraph, score_form, title

WIDTHS = (6.5, 22.5, 18.5, 22.5, 8.5, 9.5, 15.0, 10.5, 10.5, 14.0, 12.5, 9.5, 10.5)
COLUMNS = len(WIDTHS)
KEYS = ("number", "criterion", "expected", "seen", "missed", "lost", "severity", "seen_before", "module",
         "measure", "owner", "due", "status")  # fmt: skip
_NUMERIC = (4, 5)
ASKED = ("measure", "owner", "due", "status")
MARK = "auditkit:actions:"
"""In the hidden column of the title, with wave and branch behind."""


def findings_sheet(figures: BranchFigures, language: str, context: Context) -> Sheet:
    """Critical first, then by points lost; measure, owner, due day and status are filled in by the branch."""
    mark = f"{MARK}{figures.wave.id}#{figures.branch.code}"
    rows = [keyed(title(say(language, "reports.sheet.findings"), COLUMNS).cells, mark, WIDTHS)]
    rows.append(paragraph(say(language, "reports.findings_about"), COLUMNS, "quiet"))
    rows.append(header((say(language, f"reports.col.{key}") for key in KEYS), _NUMERIC))
    top = len(rows)
    places = min(places_of(finding.lost for finding in figures.findings), 2)
    found = [_row(finding, figures, max(places, 1), language, context) for finding in figures.findings]
    widths = _widths(found)
    keys = ((finding.checklist, finding.item.id) for finding in figures.findings)
    rows += [keyed(row.cells, key, widths) for row, key in zip(found, keys, strict=True)]
    if not figures.findings:
        rows.append(
            paragraph(say(language, "reports.nothing_missed" if figures.index.n else "reports.nothing_scored"), COLUMNS)
        )
    drops = _drop_downs(top + 1, len(rows), figures, language, context) if figures.findings else ()
    footer = f"{wording.branch_title(figures.branch)} · {wording.wave_title(figures.wave, context, language)}"
    name = say(language, "reports.sheet.findings")
    return Sheet(
        name,
        (*widths, _HIDDEN),
        tuple(rows),
        header=top,
        landscape=True,
        drop_downs=drops,
        footer=footer,
        frozen_columns=2,
        hidden_columns=(COLUMNS + 1,),
    )


_WORDY = (1, 2, 3)
"""Columns of criterion, expected and seen, which share their room by what stands in them."""
_HIDDEN = 2.0
_LEAST_WIDTH, _SHORT, _LONG = 12.0, 15, 200


def _widths(rows: list[Row]) -> tuple[float, ...]:
    """Of the columns: short answers to long questions leave the questions the room."""
    lengths = [sorted(len(str(row.cells[at].value)) for row in rows) for at in _WORDY]
    if not all(lengths):
        return WIDTHS
    typical = [min(max(each[int(len(each) * 0.8)], _SHORT), _LONG) for each in lengths]
    whole = sum(WIDTHS[at] for at in _WORDY)
    spare = whole - _LEAST_WIDTH * len(_WORDY)
    own = {at: _LEAST_WIDTH + spare * each / sum(typical) for at, each in zip(_WORDY, typical, strict=True)}
    return tuple(round(own.get(at, width), 1) for at, width in enumerate(WIDTHS))


def _row(finding: FindingFigure, figures: BranchFigures, places: int, language: str, context: Context) -> Row:
    item = finding.item
    severity = wording.label_text(language, f"reports.severity.{finding.severity.value}")
    if finding.critical:
        severity = "▲ " + say(language, "reports.severity.critical")
    waves = ", ".join(wording.wave_title(wave, context, language) for wave in finding.waves_before)
    return Row((
        Cell(finding.number, "strong"),
        Cell(wording.item_text(finding, figures, language, context)),
        Cell(expected_text(item, language, lower=_lower(finding, context))),
        Cell(_seen(finding, language)),
        Cell(share_text(finding.missed, finding.asked, language), "number"),
        Cell(rounded(finding.lost, places), "number", score_form(places)),
        Cell(severity, "critical" if finding.critical else "text"),
        Cell(waves or say(language, "reports.first_time")),
        Cell(", ".join(item.trains)),
        *_done(context.actions.get((figures.branch.code, finding.checklist, item.id)), language),
    ))  # fmt: skip


def _done(action: Action | None, language: str) -> tuple[Cell, ...]:
    """What the branch said that it does, or room for it."""
    if action is None:
        open_ = say(language, "reports.status.open")
        return Cell(None, "fill"), Cell(None, "fill"), Cell(None, "fill_date", "date"), Cell(open_, "fill")
    measure = say(language, f"reports.measure.{action.measure}") if action.measure in MEASURES else action.measure
    due = date.fromisoformat(action.due) if action.due else None
    status = say(language, f"reports.status.{action.status}")
    return (
        Cell(measure or None, "fill"), Cell(action.owner or None, "fill"), Cell(due, "fill_date", "date"),
        Cell(status, "fill"),
    )  # fmt: skip


def _lower(finding: FindingFigure, context: Context) -> bool:
    """Whether fewer points are better on the finding's checklist."""
    found = context.checklists.get((finding.checklist, finding.version))
    return found is not None and found.direction == "lower_is_better"


def _seen(finding: FindingFigure, language: str) -> str:
    answer = wording.seen_text(finding.item, finding.answer, "not_met", language)
    return f"{answer}\n{wording.quoted(finding.comment, language)}" if finding.comment else answer


def _drop_downs(first: int, last: int, figures: BranchFigures, language: str, context: Context) -> tuple[DropDown, ...]:
    choose = say(language, "reports.choose")
    drops = [
        DropDown(10, first, last, tuple(say(language, f"reports.measure.{key}") for key in MEASURES), strict=False),
        DropDown(12, first, last, (), title=say(language, "reports.col.due"),
                 message=say(language, "reports.date_wanted")),
        DropDown(13, first, last, tuple(say(language, f"reports.status.{key}") for key in STATUSES),
                 title=say(language, "reports.col.status"), message=choose),
    ]  # fmt: skip
    if owners := _owners(figures, context):
        drops.append(DropDown(11, first, last, owners, strict=False))
    return tuple(drops)


def _owners(figures: BranchFigures, context: Context) -> tuple[str, ...]:
    """Those who answer for the standards in this workbook; another name may be typed."""
    found = (context.checklists.get((each.checklist, each.version)) for each in figures.checklists)
    names = (person.name for checklist in found if checklist for person in checklist.responsible)
    return tuple(dict.fromkeys(names))
