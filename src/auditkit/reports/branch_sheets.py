"""A branch's workbook of one wave as neutral sheets."""

from __future__ import annotations

from auditkit.analysis.shapes import BranchFigures, Context
from auditkit.reports.appeal_sheet import appeal_sheet
from auditkit.reports.findings_sheet import findings_sheet
from auditkit.reports.method_sheet import method_sheet
from auditkit.reports.publishing import marked
from auditkit.reports.sheets import Sheet
from auditkit.reports.summary_sheet import summary_sheet
from auditkit.reports.visits_sheet import visits_sheet


def branch_sheets(figures: BranchFigures, language: str, context: Context) -> tuple[Sheet, ...]:
    """Summary, Findings and actions, Appeal (where the wave is released), Visits, How it was scored."""
    sheets = (
        summary_sheet(figures, language, context),
        findings_sheet(figures, language, context),
        appeal_sheet(figures, language, context),
        visits_sheet(figures, language, context),
        method_sheet(figures, language, context),
    )
    return marked([each for each in sheets if each is not None], context, language)
