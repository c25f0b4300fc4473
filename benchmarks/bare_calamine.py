"""The yardstick for reading: calamine alone over all workbooks of some folders, every sheet into plain lists."""

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook


def read(folder: Path) -> int:
    """Cells in all sheets of all workbooks."""
    cells = 0
    for path in sorted(folder.glob("*.xlsx")):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            cells += sum(map(len, book.get_sheet_by_name(name).to_python()))
    return cells


if __name__ == "__main__":
    print(sum(read(Path(each)) for each in sys.argv[1:]))
