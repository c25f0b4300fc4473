"""The yardstick for writing a workbook: a plain openpyxl script, 5 sheets, 400 rows x 8 styled cells, 2 charts."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

ROWS, COLUMNS, SHEETS = 400, 8, 5


def write() -> bytes:
    """One workbook, every cell given its font, fill, border and alignment the usual way."""
    book = Workbook()
    book.remove(book.worksheets[0])
    side = Side("thin", color="B8C2CC")
    fonts = [Font(name="Arial", size=9), Font(name="Arial", size=9, bold=True)]
    fills = [PatternFill("solid", fgColor="FFFFFF"), PatternFill("solid", fgColor="E4E9EE")]
    border = Border(left=side, right=side, top=side, bottom=side)
    alignments = [Alignment(horizontal=where, vertical="top", wrap_text=True) for where in ("right", "left")]
    for number in range(SHEETS):
        sheet = book.create_sheet(f"Sheet {number + 1}")
        for row in range(1, ROWS // SHEETS + 1):
            for column in range(1, COLUMNS + 1):
                text = column % 2
                value = f"Does the employee greet the customer, {row}?" if text else row * column / 7
                cell = sheet.cell(row, column, value)
                cell.font = fonts[row == 1]
                cell.fill = fills[row == 1]
                cell.border = border
                cell.alignment = alignments[text]
    for chart, anchor in ((BarChart(), "J2"), (LineChart(), "J20")):
        sheet = book.worksheets[0]
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=12), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=12))
        sheet.add_chart(chart, anchor)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


if __name__ == "__main__":
    print(len(write()))
