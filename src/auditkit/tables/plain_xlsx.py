"""Sheets of words and plain numbers, from their XML row by row: a row that was met before is not read again.

Forms of one kind differ in few rows. Whatever is more than that (dates, formulas, errors, formatted parts of a text,
anything written as no common program writes it) is left to the other readers: `plain_rows` gives nothing then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from auditkit.tables.table import CellValue, Row

LARGEST = 300_000
"""Bytes of a sheet's XML: in a table no two rows are alike, and the fast reader is faster."""
ROWS, COLUMNS = 999, 26
_SHEET, _END = b"<sheetData>", b"</sheetData>"
_HEAD = re.compile(rb'r="([1-9]\d{0,2})"[^<>]{0,200}>')
_CELL = re.compile(
    rb"""<c r="([A-Z])([1-9]\d{0,2})"(?: s="(\d{1,5})")?(?: t="(s|n|inlineStr)")? ?(?:/>|"""
    rb""">(?:<is><t(?: xml:space="preserve")?>([^<]+)</t></is>|<v>([^<]+)</v>)</c>)"""
)
_NUMBER = re.compile(rb"-?\d{1,17}(?:\.\d{1,17})?(?:[eE][+-]?\d{1,2})?")
_TEXT = re.compile(rb'<t(?: xml:space="preserve")?>([^<]+)</t></si>')
_ODD = re.compile(r"_x[0-9A-Fa-f]{4}_|&(?!amp;|lt;|gt;|quot;|apos;|#10;)|\r")
_SIGNS = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&#10;", "\n"), ("&amp;", "&"))
_FORMATS = re.compile(rb"<cellXfs[^<>]{0,100}>(.*?)</cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<xf\b([^<>]{0,400})>")
_FORMAT_ID, _OWN_FORMAT = (
    re.compile(rb'\bnumFmtId="(\d{1,5})"'),
    re.compile(rb'<numFmt numFmtId="(\d{1,5})" formatCode="([^"]{0,200})"'),
)
_OWN_FORMATS = re.compile(rb"<numFmt\b")
_NUMERIC = frozenset(map(str, (*range(5), *range(9, 14), *range(37, 41), 48, 49)))
_NUMERIC_CODES = frozenset((b"General", b"@", b"0", b"0.00", b"0%", b"#,##0"))
"""Formats, built in and a file's own, under which a number is a number, and no date or time."""
_HELD = 8_000_000
"""Bytes of rows that are remembered before all are forgotten."""


class _NotPlain(Exception):  # noqa: N818  a verdict
    """Something is more than words and plain numbers."""


class _Met(NamedTuple):
    """A row as it was read. `shared`: (column, place of its words in the table of shared texts)."""

    number: int
    cells: list[CellValue]
    """From column A to the last that is filled, '' between."""
    shared: tuple[tuple[int, int], ...]


class _Memory:
    """Rows of workbooks with the same styles, by their bytes."""

    def __init__(self, styles: bytes) -> None:
        self.numeric = _numeric(styles)
        self.met: dict[bytes, _Met] = {}
        self.size = 0

    def row(self, data: bytes) -> _Met:
        """A row, read only when it is met for the first time."""
        found = self.met.get(data)
        if found is None:
            found = _read(data, self.numeric)
            if self.size > _HELD:
                self.met.clear()
                self.size = 0
            self.met[data] = found
            self.size += len(data)
        return found


def plain_rows(data: bytes, styles: bytes, shared: bytes) -> list[Row] | None:
    """The rows of a sheet as the fast reader gives them; `None`: it is another reader's.

    `styles`, `shared`: the workbook's parts of these names, empty where it has none.
    """
    begin, end = data.find(_SHEET), data.rfind(_END)
    if len(data) > LARGEST or begin < 0 or end < begin or data.find(b"<sheetData", begin + 1) >= 0:
        return None
    first, *chunks = data[begin + len(_SHEET) : end].split(b"<row ")
    if first:
        return None
    try:
        memory = _memory(styles)
        return _laid_out([memory.row(chunk) for chunk in chunks], shared)
    except (_NotPlain, UnicodeDecodeError):
        return None


@lru_cache(maxsize=16)
def _memory(styles: bytes) -> _Memory:
    return _Memory(styles)


def _laid_out(met: Sequence[_Met], shared: bytes) -> list[Row]:
    while met and not met[-1].cells:
        met = met[:-1]
    width = max((len(each.cells) for each in met), default=0)
    texts = _texts(shared) if any(each.shared for each in met) else ()
    rows: list[Row] = []
    for number, cells, places in met:
        if number <= len(rows):
            raise _NotPlain  # out of order
        rows.extend([""] * width for _ in range(number - len(rows) - 1))
        row = [*cells, *[""] * (width - len(cells))]
        for column, place in places:
            if place >= len(texts):
                raise _NotPlain
            row[column] = texts[place]
        rows.append(row)
    return rows


def _read(data: bytes, numeric: frozenset[bytes]) -> _Met:
    head = _HEAD.match(data)
    if head is None:
        raise _NotPlain
    if data.endswith(b"/>") and head.end() == len(data):
        return _Met(int(head[1]), [], ())
    if not data.endswith(b"</row>"):
        raise _NotPlain
    cells: list[CellValue] = []
    shared: list[tuple[int, int]] = []
    # Everything between two cells, then what the pattern's groups caught: nothing may stand between them.
    parts = iter(_CELL.split(data[head.end() : -len(b"</row>")]))
    if next(parts):
        raise _NotPlain
    for letter, number, style, kind, words, value, between in zip(*[parts] * 7, strict=True):
        column = ord(letter) - ord("A")
        if between or number != head[1] or column < len(cells):
            raise _NotPlain
        if words is None and value is None:
            continue
        cells.extend([""] * (column - len(cells)))
        if kind == b"s":
            shared.append((column, _place(value)))
            cells.append("")
        else:
            cells.append(_words(words) if kind == b"inlineStr" else _number(value, style, numeric))
    return _Met(int(head[1]), cells, tuple(shared))


def _place(value: bytes | None) -> int:
    if value is None or not value.isdigit() or len(value) > 7:
        raise _NotPlain
    return int(value)


def _words(raw: bytes | None) -> str:
    if raw is None:
        raise _NotPlain
    text = raw.decode()
    if _ODD.search(text):
        raise _NotPlain
    for written, sign in _SIGNS if "&" in text else ():
        text = text.replace(written, sign)
    # Blanks at the ends stay or go by an attribute: the other reader knows.
    if not text or text != text.strip(" \t\r\n"):
        raise _NotPlain
    return text


def _number(value: bytes | None, style: bytes | None, numeric: frozenset[bytes]) -> float:
    if value is None or not _NUMBER.fullmatch(value) or (style is not None and style not in numeric):
        raise _NotPlain
    return float(value)


@lru_cache(maxsize=2)
def _texts(shared: bytes) -> tuple[str, ...]:
    begin, *pieces = shared[: shared.rfind(b"</sst>")].split(b"<si>")
    found = [_TEXT.fullmatch(piece) for piece in pieces]
    if b"<si" in begin or not all(found):
        raise _NotPlain
    return tuple(_words(each[1]) for each in found if each is not None)


def _numeric(styles: bytes) -> frozenset[bytes]:
    """The styles under which a number is shown as a number."""
    formats = _FORMATS.search(styles)
    own = dict(_OWN_FORMAT.findall(styles))
    if formats is None or len(own) != len(_OWN_FORMATS.findall(styles)):
        return frozenset()
    ids = [_FORMAT_ID.search(each) for each in _FORMAT.findall(formats[1])]
    known = ((str(at), each[1] if each else b"0") for at, each in enumerate(ids))
    return frozenset(
        at.encode() for at, id_ in known if (own[id_] in _NUMERIC_CODES if id_ in own else id_.decode() in _NUMERIC)
    )
