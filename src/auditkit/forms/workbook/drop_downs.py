"""What a spreadsheet offers and checks while somebody types: lists of answers, numbers, dates, times."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from auditkit.locales import say

if TYPE_CHECKING:
    from openpyxl import Workbook

_LONGEST_HINT = 250
"""Signs of the words beside a cell; Excel takes 255."""


class Lists:
    """Drop-downs: every distinct list stands once in a hidden sheet, since an inline one breaks over 255 characters."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._columns: dict[tuple[str, ...], int] = {}
        self._rules: dict[tuple[int, tuple[str, ...], str], Any] = {}

    def offer(self, sheet: Any, cell: str, choices: tuple[str, ...], language: str, *, how: str = "") -> None:
        """Offer these words in a cell; with `how`, something else may be typed as well, and it says what."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        column = self._columns.setdefault(choices, len(self._columns) + 1)
        rule = self._rules.get((id(sheet), choices, how))
        if rule is None:
            letter = get_column_letter(column)
            rule = DataValidation("list", formula1=f"lists!${letter}$1:${letter}${len(choices)}", allow_blank=True)
            rule.showErrorMessage, rule.showDropDown = not how, False
            if how:
                rule.showInputMessage, rule.prompt = True, how[:_LONGEST_HINT]
            else:
                rule.errorTitle, rule.error = say(language, "forms.choose_title"), say(language, "forms.choose")
            sheet.add_data_validation(rule)
            self._rules[id(sheet), choices, how] = rule
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
    _check(sheet, cells, "date", ("greaterThan", "36526", None), say(language, "forms.check_date"))


def check_times(sheet: Any, cells: Sequence[str], language: str) -> None:
    """Warn where these cells hold no time of day."""
    _check(sheet, cells, "time", ("between", "0", "0.999999"), say(language, "forms.check_time"))


def check_counts(sheet: Any, cells: Sequence[str], language: str) -> None:
    """Warn where these cells hold no number from 0 on."""
    _check(sheet, cells, "decimal", ("greaterThanOrEqual", "0", None), say(language, "forms.check_number"))


def check_numbers(sheet: Any, cell: str, lowest: Decimal | None, highest: Decimal | None, language: str) -> None:
    """Warn where a cell holds no number, or one that can only be a slip of the pen."""
    low, high = (str(lowest) if lowest is not None else "-1E+15"), (str(highest) if highest is not None else "1E+15")
    _check(sheet, [cell], "decimal", ("between", low, high), say(language, "forms.check_number"))


def _check(sheet: Any, cells: Sequence[str], kind: Any, bounds: tuple[Any, str, str | None], error: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    operator, first, second = bounds
    rule = DataValidation(kind, operator=operator, formula1=first, formula2=second, allow_blank=True)
    # A warning, not a refusal: words are answers too, and intake understands more than a spreadsheet does.
    rule.errorStyle, rule.showErrorMessage = "warning", True
    rule.error = error
    for cell in cells:
        rule.add(cell)
    sheet.add_data_validation(rule)
