"""Workbooks through calamine: a thousandth of a second a form, sheet by sheet as they are asked for."""

from __future__ import annotations

import re
import zipfile
from functools import partial
from pathlib import Path

from auditkit.tables.guard import Verdict
from auditkit.tables.table import CellValue, Row, Sheet

_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:]+)=\"([^\"]*)\"")


def read_fast(path: Path, archive: zipfile.ZipFile, verdict: Verdict) -> tuple[Sheet, ...]:
    """The sheets, each read when its rows are asked for. Raises what calamine raises."""
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(str(path))
    odd = _odd_by_place(archive, verdict) if verdict.odd else {}
    return tuple(
        Sheet(
            meta.name,
            hidden=meta.visible != SheetVisibleEnum.Visible,
            read=partial(_rows, workbook, place, odd.get(place, {})),
        )
        for place, meta in enumerate(workbook.sheets_metadata)
    )


def _rows(workbook: object, place: int, odd: dict[tuple[int, int], CellValue]) -> list[Row]:
    rows: list[Row] = workbook.get_sheet_by_index(place).to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    for (row, column), value in odd.items():
        if row <= len(rows):
            cells = rows[row - 1]
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = value
    return rows


def _odd_by_place(archive: zipfile.ZipFile, verdict: Verdict) -> dict[int, dict[tuple[int, int], CellValue]]:
    """The guard knows parts, the reader knows sheets in their order: the workbook's relations join them."""
    relations = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = attributes.get(b"Target", b"").decode().lstrip("/")
        relations[attributes.get(b"Id", b"")] = target if target.startswith("xl/") else f"xl/{target}"
    found = {}
    for place, tag in enumerate(_SHEET.findall(archive.read("xl/workbook.xml"))):
        attributes = dict(_ATTRIBUTE.findall(tag))
        part = next((relations.get(value, "") for name, value in attributes.items() if name.endswith(b":id")), "")
        if part in verdict.odd:
            found[place] = verdict.odd[part]
    return found
