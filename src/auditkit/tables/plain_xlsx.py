"""Sheets of words, numbers and moments, from their XML row by row: a row that was met before is not read again.

Forms of one kind differ in few rows. Whatever is more than that (errors, seconds, formatted parts of a text, formulas
without a value, anything written as no common program writes it) is another reader's: `plain_rows` gives nothing then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from auditkit.tables.table import CellValue, Row

LARGEST = 300_000
"""Bytes of a sheet's XML: in a table no two rows are alike, and the fast reader is faster."""
_SHEET, _END = b"<sheetData>", b"</sheetData>"
_HEAD = re.compile(rb'r="([1-9]\d{0,2})"[^<>]{0,200}>')
_CELL = re.compile(
    rb"""<c r="([A-Z])([1-9]\d{0,2})"(?: s="(\d{1,5})")?(?: t="(s|n|str|inlineStr)")? ?(?:/>|"""
    rb""">(?:<is><t(?: xml:space="preserve")?>([^<]+)</t></is>|"""
    rb"""(?:<f(?: aca="false")?>[^<]{0,9000}</f>)?<v>([^<]+)</v>)</c>)"""
)
_NUMBER = re.compile(rb"-?\d{1,17}(?:\.\d{1,25})?(?:[eE][+-]?\d{1,2})?")
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
_MOMENTS = frozenset(map(str, range(14, 23)))
_NUMERIC_CODES = frozenset((b"General", b"@", b"0", b"0.00", b"0%", b"#,##0"))
_MOMENT_CODE = re.compile(rb"(?=[^ymdhs]*[ymdhs])(?:[ymdhs]|\\?[-/.: ])+")
"""Formats, built in and a file's own, under which a number is a number, or a date or time."""
_EPOCH, _FIRST, _LAST = datetime(1899, 12, 30), 61, 2_900_000  # noqa: DTZ001  a workbook knows no zones
"""Days before the first are counted in two ways, since 1900 had a 29 February in some programs."""
_HELD = 1_000_000
"""Bytes of rows that are remembered before all are forgotten: a larger memory finds hardly more of them again."""


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
        self.shown = _shown_by_style(styles)
        self.met: dict[bytes, _Met] = {}
        self.size = 0

    def row(self, data: bytes) -> _Met:
        """A row that is met for the first time."""
        found = self.met[data] = _read(data, self.shown)
        self.size += len(data)
        if self.size > _HELD:
            self.met.clear()
            self.size = 0
        return found


def plain_rows(data: bytes, styles: bytes, shared: bytes) -> list[Row] | None:
    """The rows of a sheet as the fast reader gives them; `None`: it is another reader's.

    `styles`, `shared`: the workbook's parts of these names, empty where it has none. Its days count from 1900.
    """
    begin, end = data.find(_SHEET), data.rfind(_END)
    if len(data) > LARGEST or begin < 0 or end < begin or data.find(b"<sheetData", begin + 1) >= 0:
        return None
    first, *chunks = data[begin + len(_SHEET) : end].split(b"<row ")
    if first:
        return None
    try:
        memory = _memory(styles)
        known = memory.met.get
        return _laid_out([known(chunk) or memory.row(chunk) for chunk in chunks], shared)
    except (_NotPlain, UnicodeDecodeError):
        return None


@lru_cache(maxsize=16)
def _memory(styles: bytes) -> _Memory:
    return _Memory(styles)


def _laid_out(met: Sequence[_Met], shared: bytes) -> list[Row]:
    while met and not met[-1].cells:
        met = met[:-1]
    width = max([len(each.cells) for each in met], default=0)
    blank: Row = [""] * width
    rows: list[Row] = []
    for number, cells, _ in met:
        if number <= len(rows):
            raise _NotPlain  # out of order
        while number > len(rows) + 1:
            rows.append(blank[:])
        rows.append(cells + blank[len(cells) :])
    if of_shared := [each for each in met if each.shared]:
        texts = _texts(shared)
        for number, _, places in of_shared:
            for column, place in places:
                if place >= len(texts):
                    raise _NotPlain
                rows[number - 1][column] = texts[place]
    return rows


def _read(data: bytes, shown: Mapping[bytes | None, type]) -> _Met:
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
            cells.append(_cell(kind, words, value, shown.get(style)))
    return _Met(int(head[1]), cells, tuple(shared))


def _cell(kind: bytes, words: bytes | None, value: bytes | None, shown: type | None) -> CellValue:
    if kind == b"inlineStr":
        return _words(words)
    # What a formula made is a text under this kind.
    return _words(value) if kind == b"str" else _value(value, shown)


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


def _value(raw: bytes | None, shown: type | None) -> CellValue:
    if raw is None or shown is None or not _NUMBER.fullmatch(raw):
        raise _NotPlain
    number = float(raw)
    return number if shown is float else _moment(number)


def _moment(number: float) -> CellValue:
    """A day, a time of day, or both; to the minute, as people write them: the other reader knows how to round more."""
    days = int(number)
    minutes = round((number - days) * 1440)
    exact = abs((number - days) * 1440 - minutes) < 1e-6 and minutes < 1440 and (minutes > 0 or number == days)
    if number < 0 or not exact or 0 < days < _FIRST or days > _LAST:
        raise _NotPlain
    if not days:
        return time(minutes // 60, minutes % 60)
    moment = _EPOCH + timedelta(days=days, minutes=minutes)
    return moment if minutes else moment.date()


@lru_cache(maxsize=2)
def _texts(shared: bytes) -> tuple[str, ...]:
    begin, *pieces = shared[: shared.rfind(b"</sst>")].split(b"<si>")
    found = [_TEXT.fullmatch(piece) for piece in pieces]
    if b"<si" in begin or not all(found):
        raise _NotPlain
    return tuple(_words(each[1]) for each in found if each is not None)


def _shown_by_style(styles: bytes) -> dict[bytes | None, type]:
    """Style of a cell → whether its number is shown as a number or as a moment; `None`: of a cell without a style."""
    formats = _FORMATS.search(styles)
    own = dict(_OWN_FORMAT.findall(styles))
    shown: dict[bytes | None, type] = {None: float}
    if formats is None or len(own) != len(_OWN_FORMATS.findall(styles)):
        return shown
    for place, attributes in enumerate(_FORMAT.findall(formats[1])):
        id_ = _FORMAT_ID.search(attributes)
        kind = _kind(id_[1] if id_ else b"0", own)
        if kind is not None:
            shown[str(place).encode()] = kind
    return shown


def _kind(id_: bytes, own: Mapping[bytes, bytes]) -> type | None:
    code = own.get(id_)
    if code in _NUMERIC_CODES or (code is None and id_.decode() in _NUMERIC):
        return float
    return date if (id_.decode() in _MOMENTS if code is None else _MOMENT_CODE.fullmatch(code)) else None
