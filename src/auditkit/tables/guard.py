"""Judges a workbook by its directory and its raw XML before any reader touches it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple

from auditkit.tables.container import Refused, packed, unpack, weigh
from auditkit.tables.plain_xlsx import plain_rows
from auditkit.tables.table import CellValue, ErrorCell, Limits, NoValue, Row, column_number

__all__ = ["Refused", "Verdict", "judge"]


class Verdict(NamedTuple):
    """How the workbook may be read."""

    careful: bool
    """The fast reader would allocate too much, or not understand it."""
    date1904: bool
    odd: dict[str, dict[tuple[int, int], CellValue]]
    """Part name → (row, column) → what stands in a cell that shows an error, or a formula without a stored value."""
    formulas: bool = False
    """Some part holds formulas."""
    book: bytes = b""
    relations: bytes = b""
    """The two parts that together say which sheet is which part."""
    archive: bytes = b""
    """The parts that were judged, not packed, where they are small enough to be held: read instead of the file."""
    rows: Mapping[str, list[Row]] = {}
    """Part name → the rows of a sheet that are read already."""


class _Part(NamedTuple):
    """What one sheet's XML says."""

    plain: bool
    """Every cell is written as all common programs write it, so that the numbers below are certain."""
    area: int
    """Cells from A1 to the farthest corner, filled or not: what the fast reader allocates."""
    cells: int
    odd: dict[tuple[int, int], CellValue]
    formulas: bool


_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _SHARED = "xl/styles.xml", "xl/sharedStrings.xml"
# Every repetition inside a tag is bounded and stops at the next tag: none of them runs over a long part twice.
_STRANGE_CELL = re.compile(
    rb'<c(?! r="[A-Z]{1,3}[1-9]\d{0,6}"(?: [\w:.]{1,20}="[^"<>]{0,100}"){0,8} ?/?>)(?=[>/\s])',
)
_TAME = 26 * 999
"""Cells of a sheet that ends before column AA and row 1000."""
_NOT_TAME = re.compile(rb"""<c(?! r="[A-Z][1-9]\d{0,2}"[^<>']{0,40}>)[>/\s]""")
"""A cell outside that, or not written as the common programs do: one look instead of eight."""
_FORMULA, _PREFIXED_FORMULA = re.compile(rb"<f[\s/>]"), re.compile(rb":f[\s/>]")
_PLACE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_WIDE = tuple((most, re.compile(rb'<c r="[A-Z]{%d}\d' % letters)) for letters, most in ((3, 18_278), (2, 702)))
_FAR = tuple((10**digits - 1, re.compile(rb'<c r="[A-Z]{1,3}\d{%d}"' % digits)) for digits in range(7, 2, -1))
_SHOWS_ERROR = re.compile(rb'\st="e"')
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,300}?\st="e"[^<>]{0,300}>\s*'
    rb"(?:<f\b[^<>]{0,500}(?:/>|>[^<]{0,9000}</f>)\s*)?<v>([^<]{0,60})</v>"
)
_VALUELESS = re.compile(rb"<f\b[^<>]{0,500}(?:/>|>[^<]{0,9000}</f>)\s*(<v\s*/>|<v></v>)?\s*</c>")
_ITS_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^<>]{0,300})>\s*')
_LONGEST_CELL = 1000
"""Bytes between the beginning of a cell and its formula."""
_WORDS = re.compile(rb'\st="str"')
_UNIQUE = re.compile(rb"\buniqueCount\s*=\s*[\"'](\d{1,30})")
_DEFINITION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}\?>\s*)?<[A-Za-z]")
_BEGINS = re.compile(rb"[\xef\xbb\xbf\xff\xfe\x00\s]*<")
_ENCODING = re.compile(rb"<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_DATE1904 = re.compile(rb"\bdate1904\s*=\s*[\"'](?:1|true)")
_SMALL_AREA = 8_000_000
"""Cells that may be allocated whatever is in them, over all sheets together."""
_HELD = 4_000_000
"""Bytes of all parts together; a large table is read from its file."""
_EMPTIEST = 3
"""A larger area is still read fast where one in so many of its cells is there."""


def judge(stream: BinaryIO, archive: zipfile.ZipFile, size: int, limits: Limits) -> Verdict:
    """Whether and how to read a workbook of `size` bytes; raises `Refused`. About 0.4 ms for a one-visit form."""
    entries = archive.infolist()
    weigh(entries, size, limits)
    names = archive.namelist()
    if _BOOK not in names:
        raise Refused("not_xlsx")
    seen = _Seen(entries)
    for entry, data in _parts(stream, entries):
        seen.take(entry, data)
    return seen.verdict()


class _Seen:
    """What the parts say, one after the other."""

    def __init__(self, entries: list[zipfile.ZipInfo]) -> None:
        # Two parts of one name: which of them a reader takes is its own affair, so only one and the same may look.
        self.careful, self.formulas = len({entry.filename for entry in entries}) < len(entries), False
        self.holds = sum(entry.file_size for entry in entries) <= _HELD
        self.held: dict[str, tuple[zipfile.ZipInfo, bytes]] = {}
        self.named = {_BOOK: b"", _RELATIONS: b"", _STYLES: b"", _SHARED: b""}
        self.rows: dict[str, list[Row]] = {}
        self.odd: dict[str, dict[tuple[int, int], CellValue]] = {}
        self.area = self.cells = 0

    def take(self, entry: zipfile.ZipInfo, data: bytes) -> None:
        """Look at a part; raises `Refused`."""
        _no_definitions(data)
        if not _readable(data):
            self.careful = True
        if self.holds:
            self.held[entry.filename] = entry, data
        elif b"sheetData" in data:
            self._sheet(entry.filename, data)
        if entry.filename in self.named:
            self.named[entry.filename] = data

    def _sheet(self, name: str, data: bytes) -> None:
        part = _sheet(data)
        self.careful, self.formulas = self.careful or not part.plain, self.formulas or part.formulas
        self.area, self.cells = self.area + part.area, self.cells + part.cells
        if part.odd:
            self.odd[name] = part.odd

    def verdict(self) -> Verdict:
        """Everything put together."""
        named = self.named
        date1904 = _DATE1904.search(named[_BOOK]) is not None
        for name, (_, data) in self.held.items():
            if b"sheetData" in data:
                rows = None if date1904 else plain_rows(data, named[_STYLES], named[_SHARED])
                if rows is None:
                    self._sheet(name, data)
                else:
                    self.rows[name] = rows
        careful = self.careful or (self.area > _SMALL_AREA and self.area > _EMPTIEST * self.cells)
        left = [each for name, each in self.held.items() if name not in self.rows]
        whole = packed(left) if left and not careful else b""
        return Verdict(careful, date1904, self.odd, self.formulas, named[_BOOK], named[_RELATIONS], whole, self.rows)


def _parts(stream: BinaryIO, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Everything that may be XML to a reader; each part is unpacked, so that each is known to be as long as it says."""
    for entry in entries:
        data = unpack(stream, entry)
        if _BEGINS.match(data) or b"sheetData" in data:
            yield entry, data


def _no_definitions(data: bytes) -> None:
    if _ROOT.match(data):
        return  # definitions stand before the root or nowhere: behind it they are no XML, and no reader heeds them
    text = data.replace(b"\0", b"") if b"\0" in data[:64] else data
    if _DEFINITION.search(text):
        raise Refused("doctype")


def _readable(data: bytes) -> bool:
    """Whether the fast reader understands it: it knows UTF-8 only, and believes what a table of texts says it holds."""
    if b"\0" in data[:64]:
        return False
    encoding = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    if encoding is not None and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        return False
    if b"uniqueCount" not in data:
        return True
    return all(int(unique) <= len(data) for unique in _UNIQUE.findall(data))


def _sheet(data: bytes) -> _Part:
    reckoned = _FORMULA.search(data) is not None
    tame = b"<sheetData" in data and _NOT_TAME.search(data) is None
    if tame and not reckoned and b't="e"' not in data:
        return _Part(plain=True, area=_TAME, cells=0, odd={}, formulas=False)
    formulas = reckoned or _PREFIXED_FORMULA.search(data) is not None
    if b"<sheetData" not in data or _STRANGE_CELL.search(data):
        return _Part(plain=False, area=0, cells=0, odd={}, formulas=formulas)
    shown = len(_SHOWS_ERROR.findall(data)) if b't="e"' in data else 0
    odd: dict[tuple[int, int], CellValue] = dict(_errors(data)) if shown else {}
    plain = len(odd) == shown
    if reckoned:
        valueless = _valueless(data)
        plain, odd = plain and valueless is not None, odd | (valueless or {})
    return _Part(plain, _TAME if tame else _area(data), 0 if tame else data.count(b'<c r="'), odd, formulas)


def _area(data: bytes) -> int:
    """Cells from A1 to the farthest corner: by the length of the names where that is little enough, else exactly."""
    rows = next((most for most, far in _FAR if far.search(data)), 99)
    columns = next((most for most, wide in _WIDE if wide.search(data)), 26)
    if rows * columns <= _SMALL_AREA // 4:
        return rows * columns
    letters, numbers = set(), 0
    for place in _PLACE.finditer(data):
        letters.add(place[1])
        numbers = max(numbers, int(place[2]))
    return numbers * max((column_number(name.decode()) for name in letters), default=0)


def _errors(data: bytes) -> Iterator[tuple[tuple[int, int], ErrorCell]]:
    for column, row, shown in _ERROR.findall(data):
        yield (int(row), column_number(column.decode())), ErrorCell(shown.decode("utf-8", "replace"))


def _valueless(data: bytes) -> dict[tuple[int, int], NoValue] | None:
    """Cells whose formula has no stored value; `None` where a formula stands in no cell that one can see."""
    found = {}
    for formula in _VALUELESS.finditer(data):
        # From the formula back: most cells have none, and looking at each of them takes ten times as long.
        at = data.rfind(b'<c r="', max(0, formula.start() - _LONGEST_CELL), formula.start())
        cell = _ITS_CELL.fullmatch(data, at, formula.start()) if at >= 0 else None
        if cell is None:
            return None
        # `=""` stores an empty text: that is a value.
        if not (formula[1] and _WORDS.search(cell[3])):
            found[int(cell[2]), column_number(cell[1].decode())] = NoValue("")
    return found
