"""Every criterion over the whole network, the most costly first."""

from __future__ import annotations

from auditkit.analysis.shapes import Context, ItemFigure, NetworkFigures
from auditkit.figures import rounded
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.network_summary import footer
from auditkit.reports.sheets import Cell, Row, Sheet, header, paragraph, score_form, title

WIDTHS = (7.0, 45.0, 19.0, 20.0, 9.5, 10.0, 11.0, 10.0, 12.0, 11.0, 11.5)
_KEYS = ("number", "criterion", "checklist", "section", "lost", "scored", "met", "partly", "not_met", "not_applicable",
         "not_observed")  # fmt: skip
_PLACES = 2


def items_sheet(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """Points lost and how often each criterion was met, partly met, not met, or could not be scored."""
    kept = [at for at, key in enumerate(_KEYS) if key != "checklist" or len(figures.checklists) > 1]
    widths = tuple(WIDTHS[at] for at in kept)
    rows = [title(say(language, "reports.sheet.items"), len(kept))]
    rows.append(paragraph(say(language, "reports.items_about"), len(kept), "quiet"))
    rows.append(header((say(language, f"reports.col.{_KEYS[at]}") for at in kept), range(len(kept) - 7, len(kept))))
    top = len(rows)
    for each in figures.items:
        cells = _row(each, language, context)
        rows.append(Row(tuple(cells[at] for at in kept)))
    if not figures.items:
        rows.append(paragraph(say(language, "reports.nothing_scored"), len(kept)))
    return Sheet(
        say(language, "reports.sheet.items"), widths, tuple(rows), header=top, landscape=True,
        footer=footer(figures, language, context), frozen_columns=2,
    )  # fmt: skip


def _row(each: ItemFigure, language: str, context: Context) -> tuple[Cell, ...]:
    checklist = context.checklists.get((each.checklist, each.version))
    text = each.item.text.said(language)
    if each.item.critical:
        text = f"▲ {text} ({say(language, 'reports.severity.critical')})"
    counts = (each.scored, each.met, each.partly, each.not_met, each.not_applicable, each.not_observed)
    return (
        Cell(each.number, "strong"),
        Cell(text),
        Cell(wording.checklist_title(context, each.checklist, each.version, language), "note"),
        Cell(wording.section_title(checklist, each.section, language), "note"),
        Cell(rounded(each.lost, _PLACES), "number_strong", score_form(_PLACES)),
        *(Cell(count, "number") for count in counts),
    )
