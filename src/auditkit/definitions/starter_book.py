"""The tables of a new programme as one workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence


def workbook(tables: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """One sheet a table; every cell is text, so that a code keeps its zeros and a date its order."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                cell = sheet.cell(number, column, text or None)
                cell.number_format = "@"
                cell.data_type = "s" if text else cell.data_type
                if number == 1:
                    cell.font = Font(bold=True)
        for column, header in enumerate(rows[0], 1):
            widest = max([len(header), *(len(row[column - 1]) for row in rows[1:60])])
            sheet.column_dimensions[sheet.cell(1, column).column_letter].width = min(40, widest + 3)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
