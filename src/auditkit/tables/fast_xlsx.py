"""Workbooks whose sheets are read already, or through calamine: at most a thousandth of a second a form."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.tables.guard import Verdict
from auditkit.tables.table import CellValue, Row, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_UNSURE = re.compile(rb"<!|&#")
_SIGNS = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def read_fast(path: Path, verdict: Verdict) -> tuple[Sheet, ...]:
    """The sheets, all read: what this reader does not like comes out here, where the other can take over.

    Raises what calamine raises, its panics included.
    """
    named = _named(verdict.book, verdict.relations) if verdict.odd or verdict.rows else None
    if named is not None and verdict.rows.keys() == {part for _, part, _ in named}:
        return tuple(Sheet(name, verdict.rows[part], hidden=hidden) for name, part, hidden in named)
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    archive = BytesIO(verdict.archive) if verdict.archive else None
    workbook = CalamineWorkbook.from_filelike(archive) if archive else CalamineWorkbook.from_path(str(path))
    known = workbook.sheets_metadata
    parts = [""] * len(known) if named is None else [part for _, part, _ in named]
    if len(parts) != len(known) or not {*verdict.odd, *verdict.rows} <= {*parts}:
        raise LookupError("a sheet that no relation leads to")
    sheets = []
    for place, (part, meta) in enumerate(zip(parts, known, strict=True)):
        if part in verdict.rows:
            rows = verdict.rows[part]
        else:
            # A sheet that is one chart has no rows, and asking for them is an error.
            rows = _rows(workbook, place, verdict.odd.get(part, {})) if meta.typ == SheetTypeEnum.WorkSheet else []
        sheets.append(Sheet(meta.name, rows, hidden=meta.visible != SheetVisibleEnum.Visible))
    return tuple(sheets)


def _rows(workbook: CalamineWorkbook, place: int, odd: dict[tuple[int, int], CellValue]) -> list[Row]:
    rows: list[Row] = list(workbook.get_sheet_by_index(place).to_python(skip_empty_area=False))  # type: ignore[arg-type]
    for (row, column), value in odd.items():
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = value
    return rows


@lru_cache(maxsize=16)
def _named(book: bytes, relations: bytes) -> tuple[tuple[str, str, bool], ...]:
    """Name, part and whether it is hidden of every sheet, in the workbook's order: the guard knows parts only."""
    if _UNSURE.search(book) or _UNSURE.search(relations):
        raise LookupError("more than one way to read it")
    targets = {}
    for tag in _RELATION.findall(relations):
        attributes = _attributes(tag)
        target = attributes.get(b"Target", b"").decode().lstrip("/")
        targets[attributes.get(b"Id", b"")] = target if target.startswith("xl/") else f"xl/{target}"
    found = []
    for tag in _SHEET.findall(book):
        attributes = _attributes(tag)
        part = next((targets.get(value, "") for name, value in attributes.items() if name.endswith(b":id")), "")
        name = attributes[b"name"].decode()
        for written, sign in _SIGNS if "&" in name else ():
            name = name.replace(written, sign)
        found.append((name, part, attributes.get(b"state", b"visible") != b"visible"))
    return tuple(found)


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}
