"""A branch's workbook of one wave as neutral sheets."""

from __future__ import annotations

from auditkit.analysis.shapes import BranchFigures, Context
from auditkit.reports.findings_sheet import findings_sheet
from auditkit.reports.method_sheet import method_sheet
from auditkit.reports.sheets import Sheet
from auditkit.reports.summary_sheet import summary_sheet
from auditkit.reports.visits_sheet import visits_sheet


def branch_sheets(figures: BranchFigures, language: str, context: Context) -> tuple[Sheet, ...]:
    """Summary, Findings and actions, Visits, How it was scored."""
    return (
        summary_sheet(figures, language, context),
        findings_sheet(figures, language, context),
        visits_sheet(figures, language, context),
        method_sheet(figures, language, context),
    )
