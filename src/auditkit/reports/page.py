"""How a sheet prints and what its cells offer: A4, one page wide, lists that every program keeps."""

from __future__ import annotations

from typing import Any

from auditkit.reports.sheets import DropDown, Sheet

_MARGIN = 0.45
"""Inches."""


def set_page(ws: Any, sheet: Sheet) -> None:
    """Widths, print set-up, frozen panes, merged cells, footer of one sheet."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.dimensions import ColumnDimension

    for at, width in enumerate(sheet.widths, 1):
        letter = get_column_letter(at)
        hidden = at in sheet.hidden_columns
        ws.column_dimensions[letter] = ColumnDimension(ws, index=letter, width=width, customWidth=True, hidden=hidden)
    _print(ws, sheet)
    _merge(ws, sheet)
    ws.sheet_view.showGridLines = False
    if sheet.header or sheet.frozen_columns:
        ws.freeze_panes = f"{get_column_letter(sheet.frozen_columns + 1)}{sheet.header + 1}"
    if sheet.header:
        ws.print_title_rows = f"{sheet.header}:{sheet.header}"


def _print(ws: Any, sheet: Sheet) -> None:
    ws.page_setup.paperSize = 9  # A4
    ws.page_setup.orientation = "landscape" if sheet.landscape else "portrait"
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
    ws.sheet_properties.pageSetUpPr.fitToPage = True
    margins = ws.page_margins
    margins.left = margins.right = _MARGIN
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.65, 0.25, 0.3
    ws.oddFooter.left.text = sheet.footer.replace("&", "&&")
    ws.oddFooter.left.size = ws.oddFooter.right.size = 8
    ws.oddFooter.right.text = "&P / &N"
    for at, row in enumerate(sheet.rows, 1):
        if row.page_break:
            from openpyxl.worksheet.pagebreak import Break

            ws.row_breaks.append(Break(at))


def _merge(ws: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.cell_range import CellRange

    for number, row in enumerate(sheet.rows, 1):
        at = 1
        for cell in row.cells:
            if cell.span > 1:
                where = f"{get_column_letter(at)}{number}:{get_column_letter(at + cell.span - 1)}{number}"
                ws.merged_cells.ranges.add(CellRange(where))
            at += cell.span


def add_drop_downs(ws: Any, drop_downs: tuple[DropDown, ...], lists: dict[tuple[str, ...], str]) -> None:
    """Lists stand in a range of a hidden sheet: an inline one over 255 characters, or with a comma, breaks the file."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for drop in drop_downs:
        if drop.choices:
            name = lists.setdefault(drop.choices, f"list_{len(lists) + 1}")
            rule = DataValidation("list", formula1=name)
        else:
            rule = DataValidation("date", operator="greaterThan", formula1="36526")
        rule.allow_blank, rule.showDropDown, rule.showErrorMessage = True, False, True
        rule.errorStyle = "stop" if drop.strict else "warning"
        rule.errorTitle, rule.error = drop.title[:32] or None, drop.message[:255] or None
        letter = get_column_letter(drop.column)
        rule.add(f"{letter}{drop.first}:{letter}{drop.last}")
        ws.add_data_validation(rule)
