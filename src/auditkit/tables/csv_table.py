"""Separated text: separators and line ends as Excel and other programs really write them; streamed."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from auditkit.tables.encodings import SAMPLE
from auditkit.tables.table import Row, Sheet

_SEPARATORS = ";,\t|"


class Shape(NamedTuple):
    """How a text file is to be read."""

    encoding: str
    separator: str
    skip: int
    """Lines before the table: 1 where a first line says `sep=;`."""


def read_csv(path: Path, data_head: bytes, encoding: str) -> tuple[Sheet, Shape]:
    """The only sheet, its rows streamed anew at each asking, and how it was understood."""
    shape = shape_of(data_head[:SAMPLE], encoding)
    return Sheet("", Rows(path, shape)), shape


class Rows:
    """Rows of a text file; going through them again reads the file again, so that no size is too big.

    The first row is the one that a spreadsheet program shows as row 1: a line `sep=;` before it is none.
    """

    def __init__(self, path: Path, shape: Shape) -> None:
        self.path, self.shape = path, shape

    def __iter__(self) -> Iterator[Row]:
        reader: Iterator[Row] = csv.reader(self.lines(), delimiter=self.shape.separator)  # type: ignore[assignment]
        yield from reader

    def lines(self) -> Iterator[str]:
        """The lines with their ends: CR alone ends one too, and what stands inside quotation marks is kept as typed."""
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        with self.path.open(encoding=self.shape.encoding, errors="replace", newline="") as stream:
            for _ in range(self.shape.skip):
                next(stream, None)
            for line in stream:
                yield line.replace("\x00", "")


_END = "\x02end"


def unclosed(rows: Rows) -> int | None:
    """The line on which a quotation mark is opened that is closed nowhere; `None` where there is none."""
    reader = csv.reader(chain(rows.lines(), (_END,)), delimiter=rows.shape.separator)
    begun, before, last = 1, 0, [""]
    for row in reader:
        begun, before, last = before + 1, reader.line_num, row
    # An open quotation mark swallows the line that was put behind the last one.
    return None if last == [_END] else begun + rows.shape.skip


def shape_of(head: bytes, encoding: str) -> Shape:
    """Separator and a `sep=` line, from the beginning of a file."""
    text = head.decode(encoding, "ignore").removeprefix("\ufeff")
    first, _, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == len("sep=") + 1:
        return Shape(encoding, said[-1], 1)
    return Shape(encoding, _separator(first + "\n" + rest), 0)


def _separator(text: str) -> str:
    """The one that cuts the first rows into the same number of columns, the more rows and columns the better."""
    best, most = ",", (0.0, 0)
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        width, same = max(widths.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
        # Decimal commas cut all rows alike too, but not the headers above them.
        rank = (same / max(1, widths.total()), width)
        if width > 1 and rank > most:
            best, most = separator, rank
    return best
