"""The network's workbook of one wave as neutral sheets."""

from __future__ import annotations

from auditkit.analysis.network_shapes import NetworkFigures
from auditkit.analysis.shapes import Context
from auditkit.reports.heatmap_sheet import heatmap_sheet
from auditkit.reports.items_sheet import items_sheet
from auditkit.reports.network_summary import network_summary
from auditkit.reports.publishing import marked
from auditkit.reports.quality_sheet import quality_sheet
from auditkit.reports.ranking_sheet import ranking_sheet
from auditkit.reports.regions_sheet import regions_sheet
from auditkit.reports.sheets import Sheet


def network_sheets(figures: NetworkFigures, language: str, context: Context) -> tuple[Sheet, ...]:
    """Summary, Ranking, Heatmap, Items, Regions where any are known, Data quality."""
    regions = [regions_sheet(figures, language, context)] if any(each.region for each in figures.regions) else []
    sheets = (
        network_summary(figures, language, context),
        ranking_sheet(figures, language, context),
        heatmap_sheet(figures, language, context),
        items_sheet(figures, language, context),
        *regions,
        quality_sheet(figures, language, context),
    )
    return marked(sheets, context, language)
