"""Judges a workbook by its directory and its raw XML before any reader touches it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from auditkit.tables.table import CellValue, ErrorCell, Limits, NoValue, column_number


class Refused(Exception):  # noqa: N818  a verdict, not an error of ours
    """The workbook is not opened; `reason` is `zip_bomb`, `entries`, `doctype`, `not_xlsx`, `damaged`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


class Verdict(NamedTuple):
    """How the workbook may be read."""

    careful: bool
    """The fast reader would allocate too much, or not understand it."""
    date1904: bool
    odd: dict[str, dict[tuple[int, int], CellValue]]
    """Part name → (row, column) → what stands in a cell that shows an error, or a formula without a stored value."""


_ROW = re.compile(rb"<row\b[^>]*?\br=\"(\d+)\"")
_WIDE = re.compile(rb"\br=\"([A-Z]{2,3})\d+\"")
_ERROR = re.compile(
    rb"<c\b[^>]*?\br=\"([A-Z]+)(\d+)\"[^>]*?\bt=\"e\"[^>]*>(?:<f\b[^>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)</v>"
)
_VALUELESS = re.compile(
    rb"<c\b[^>]*?\br=\"([A-Z]+)(\d+)\"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
MOST_CELLS_FAST = 8_000_000
"""The fast reader allocates the whole rectangle from A1 to the farthest cell."""


def judge(archive: zipfile.ZipFile, limits: Limits) -> Verdict:
    """Whether and how to read a workbook; raises `Refused`. About 0.2 ms for a one-visit form."""
    _weigh(archive.infolist(), limits)
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        raise Refused("not_xlsx")
    head = archive.read("xl/workbook.xml")
    _no_doctype(head)
    careful, odd = False, {}
    for name, data in _sheets(archive, names):
        _no_doctype(data)
        careful = careful or _too_far(data)
        found = dict(_odd_cells(data))
        if found:
            odd[name] = found
    return Verdict(careful, bool(re.search(rb"date1904=\"(?:1|true)\"", head)), odd)


def _weigh(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise Refused("entries", str(len(entries)))
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked or (unpacked > 1_000_000 and unpacked > limits.ratio * max(1, packed)):
        raise Refused("zip_bomb", str(unpacked // 1_000_000))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")


def _sheets(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, bytes]]:
    if "xl/sharedStrings.xml" in names:
        with archive.open("xl/sharedStrings.xml") as strings:
            _no_doctype(strings.read(1024))
    for name in names:
        if _SHEET.match(name):
            yield name, archive.read(name)


def _no_doctype(data: bytes) -> None:
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
        raise Refused("doctype")


def _too_far(data: bytes) -> bool:
    if b"<row" not in data:
        return b":row" in data  # another spelling of the same XML: only the careful reader knows it
    rows = max(map(int, _ROW.findall(data)), default=0)
    columns = max((column_number(name.decode()) for name in set(_WIDE.findall(data))), default=26)
    return rows * columns > MOST_CELLS_FAST


def _odd_cells(data: bytes) -> Iterator[tuple[tuple[int, int], CellValue]]:
    if b't="e"' in data:
        for column, row, shown in _ERROR.findall(data):
            yield (int(row), column_number(column.decode())), ErrorCell(shown.decode("utf-8", "replace"))
    if b"<f" in data:
        for column, row in _VALUELESS.findall(data):
            yield (int(row), column_number(column.decode())), NoValue("")
