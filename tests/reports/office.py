"""What LibreOffice makes of a workbook: its pages as text, and the row heights that it would choose itself."""

# ruff: noqa: S603, S607, S314 - it starts the programs it is about, and parses what they wrote for it

from __future__ import annotations

import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import ZipFile

import pytest

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0}


def needed() -> None:
    """Skip, saying why, where LibreOffice or pdftotext is not installed; in CI that is a failure."""
    absent = [name for name in ("soffice", "pdftotext") if shutil.which(name) is None]
    if absent:
        reason = f"{' and '.join(absent)} not installed: workbooks cannot be looked at as pages"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def converted(path: Path, kind: str) -> Path:
    profile = path.parent / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=180)
    return path.with_suffix(f".{kind}")


def resaved(path: Path) -> None:
    """Opened and saved by LibreOffice, in the same place."""
    folder = path.parent / ".office"
    profile = ["soffice", f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}", "--headless"]
    command = [*profile, "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    before = path.read_bytes()
    (folder / path.name).replace(path)
    assert path.read_bytes() != before
    shutil.rmtree(folder)


def pages(pdf: Path) -> list[str]:
    """The text of every page in drawing order: a cell's lines stand together."""
    found = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return found.stdout.decode().split("\f")[:-1]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]+", "", text)


def without_heights(path: Path) -> Path:
    """A copy whose rows have no height of their own, so that LibreOffice chooses one."""
    copy = path.with_name("free-" + path.name)
    with ZipFile(path) as source, ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb' ht="[^"]*" customHeight="1"', b"", data)
            target.writestr(name, data)
    return copy


def chosen_heights(path: Path, sheet: str) -> list[float]:
    """Points of every row that LibreOffice finds enough for its wrapped texts."""
    document = ET.parse(converted(without_heights(path), "fods")).getroot()
    styles = {
        each.get(f"{_STYLE}name", ""): _points(properties.get(f"{_STYLE}row-height", "0pt"))
        for each in document.iter(f"{_STYLE}style")
        for properties in each.iter(f"{_STYLE}table-row-properties")
    }
    table = next(each for each in document.iter(f"{_TABLE}table") if each.get(f"{_TABLE}name") == sheet)
    heights: list[float] = []
    for row in table.iter(f"{_TABLE}table-row"):
        count = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        heights += [styles[row.get(f"{_TABLE}style-name", "")]] * min(count, 1000)
    return heights


def _points(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()  # type: ignore[union-attr]
    return float(number) * _POINTS[unit]
