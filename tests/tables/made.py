"""Workbooks part by part, as odd as no spreadsheet program would write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
ROOT = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK = (
    f'{HEAD}<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
TEXTS = f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
STYLES = f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/>'
DATES = (
    f'{HEAD}<styleSheet xmlns="{_SPREADSHEET}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def sheet(rows: str, before: str = "") -> str:
    """A sheet's XML around its rows."""
    return f'{HEAD}<worksheet xmlns="{_SPREADSHEET}">{before}<sheetData>{rows}</sheetData></worksheet>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def text(place: str, words: object) -> str:
    """A cell with words in it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def shared(*words: str, attributes: str = "") -> str:
    """A table of shared texts."""
    inside = "".join(f"<si><t>{word}</t></si>" for word in words)
    return f'{HEAD}<sst xmlns="{_SPREADSHEET}" {attributes}>{inside}</sst>'


def workbook(path: Path, sheet_xml: str | bytes, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """A workbook of one sheet; `parts` are added to the usual ones or stand in their place."""
    extra = parts or {}
    relations = RELATIONS.replace(
        "</Relationships>",
        (TEXTS if "xl/sharedStrings.xml" in extra else "")
        + (STYLES if "xl/styles.xml" in extra else "")
        + "</Relationships>",
    )
    types = TYPES.replace(
        "</Types>",
        "".join(
            f'<Override PartName="/xl/{kind}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
            for kind in ("sharedStrings", "styles")
            if f"xl/{kind}.xml" in extra
        )
        + "</Types>",
    )
    all_parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": relations,
        "xl/worksheets/sheet1.xml": sheet_xml,
        **extra,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in all_parts.items():
            archive.writestr(name, data)
    return path
