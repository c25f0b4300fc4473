"""What a spreadsheet offers and checks while somebody types: lists of answers, dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from auditkit.locales import say

if TYPE_CHECKING:
    from openpyxl import Workbook


class Lists:
    """Drop-downs: every distinct list stands once in a hidden sheet, since an inline one breaks over 255 characters."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._columns: dict[tuple[str, ...], int] = {}
        self._rules: dict[tuple[int, tuple[str, ...]], Any] = {}

    def offer(self, sheet: Any, cell: str, choices: tuple[str, ...], language: str) -> None:
        """Offer these words in a cell."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        column = self._columns.setdefault(choices, len(self._columns) + 1)
        rule = self._rules.get((id(sheet), choices))
        if rule is None:
            letter = get_column_letter(column)
            rule = DataValidation("list", formula1=f"lists!${letter}$1:${letter}${len(choices)}", allow_blank=True)
            rule.showErrorMessage, rule.showDropDown = True, False
            rule.errorTitle, rule.error = say(language, "forms.choose_title"), say(language, "forms.choose")
            sheet.add_data_validation(rule)
            self._rules[id(sheet), choices] = rule
        rule.add(cell)

    def write(self) -> None:
        """Put the lists into their sheet."""
        sheet = self._workbook.create_sheet("lists")
        sheet.sheet_state = "hidden"
        for choices, column in self._columns.items():
            for row, word in enumerate(choices, 1):
                cell = sheet.cell(row, column, word)
                cell.data_type = "s"


def check_dates(sheet: Any, cells: Sequence[str], language: str) -> None:
    """Warn where these cells hold no date."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if not cells:
        return
    rule = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
    # A warning, not a refusal: words such as 'never' are answers too.
    rule.errorStyle, rule.showErrorMessage = "warning", True
    rule.error = say(language, "forms.check_date")
    for cell in cells:
        rule.add(cell)
    sheet.add_data_validation(rule)
