"""Every criterion over the whole network, the most costly first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditkit.analysis.certainty import ItemChange
from auditkit.analysis.network_shapes import ItemFigure, NetworkFigures
from auditkit.analysis.shapes import Context
from auditkit.figures import rounded
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.network_summary import footer
from auditkit.reports.sheets import Cell, Row, Sheet, header, paragraph, score_form, title

WIDTHS = (7.0, 45.0, 19.0, 20.0, 9.5, 10.0, 11.0, 10.0, 12.0, 11.0, 11.5, 11.5, 11.5, 12.0)
_KEYS = ("number", "criterion", "checklist", "section", "lost", "scored", "met", "partly", "not_met", "not_applicable",
         "not_observed", "risen", "fallen", "adjusted")  # fmt: skip
_CHANGE = _KEYS[-3:]
_PLACES = 2


def items_sheet(figures: NetworkFigures, language: str, context: Context) -> Sheet:
    """Points lost and how often each criterion was met, partly met, not met, or could not be scored."""
    moved = any(each.change for each in figures.items)
    said = {"checklist": len(figures.checklists) > 1, **dict.fromkeys(_CHANGE, moved)}
    kept = [at for at, key in enumerate(_KEYS) if said.get(key, True)]
    widths = tuple(WIDTHS[at] for at in kept)
    rows = [title(say(language, "reports.sheet.items"), len(kept))]
    rows.append(paragraph(say(language, "reports.items_about"), len(kept), "quiet"))
    if moved:
        count = sum(each.change is not None and each.change.beyond for each in figures.items)
        rows.append(paragraph(say(language, "reports.items_changed", n=count), len(kept), "quiet"))
    numbers = range(_KEYS.index("lost") - (not said["checklist"]), len(kept))
    rows.append(header((say(language, f"reports.col.{_KEYS[at]}") for at in kept), numbers))
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
        *_change(each.change),
    )


def _change(change: ItemChange | None) -> Iterator[Cell]:
    """Branches where it rose and fell, and the adjusted p; an arrow where that is more than chance explains."""
    if change is None:
        yield from (Cell("–", "number_quiet") for _ in _CHANGE)
        return
    up, down = change.beyond and change.risen > change.fallen, change.beyond and change.risen < change.fallen
    yield Cell(f"↑ {change.risen}" if up else change.risen, "number")
    yield Cell(f"↓ {change.fallen}" if down else change.fallen, "number")
    yield Cell(rounded(Fraction(change.q), 3), "number_strong" if change.beyond else "number", score_form(3))
