"""The form in the hands of LibreOffice: saved by it, printed by it, counted by it."""

# ruff: noqa: S603, S607 - it starts the program that it is about

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from auditkit.forms.blank import Blank
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.reading import read_file
from auditkit.locales import LANGUAGES
from tests.forms.person import LIBRARY, SHIPPED, answers_for, filled, shipped
from tests.forms.test_workbook import HOSTILE, digits

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:"


@pytest.fixture(scope="module", autouse=True)
def _office() -> None:
    if shutil.which("soffice") is None:
        reason = "soffice is not installed: forms cannot be saved by LibreOffice"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def saved_by_office(paths: list[Path], kind: str, folder: Path) -> list[Path]:
    """All of them in one start of the program; files of this kind beside one another in `folder`."""
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=300)
    return [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]


def test_saved_by_libreoffice__the_same_answers_and_scores(tmp_path):
    checklists = [shipped(name) for name in SHIPPED]
    paths = [
        filled(tmp_path, checklists, language, seed, f"form-{language}.xlsx") for seed, language in enumerate(LANGUAGES)
    ]
    (tmp_path / "office").mkdir()
    for seed, path in enumerate(saved_by_office(paths, "xlsx", tmp_path / "office")):
        ours, theirs = (read_file(each, LIBRARY, name="form.xlsx") for each in (paths[seed], path))
        assert ours.sha256 != theirs.sha256
        assert theirs.problems == ours.problems == ()
        assert len(theirs.readings) == len(SHIPPED)
        for checklist, one, other in zip(checklists, ours.readings, theirs.readings, strict=True):
            assert one.problems == other.problems == ()
            assert other.submission.answers == answers_for(checklist, seed)
            assert other.submission.cells == one.submission.cells
            assert (other.submission.start, other.submission.end) == (one.submission.start, one.submission.end)
            assert other.submission.visit_date == one.submission.visit_date
            assert digits(checklist, other.submission) == digits(checklist, one.submission)


def test_hostile_words__shown_as_they_are(tmp_path):
    checklist = shipped("appearance")
    paths = []
    for at, words in enumerate(HOSTILE):
        paths.append(tmp_path / f"form{at}.xlsx")
        write_form(Blank([checklist], visit_id=words, branch=words, shopper=words), paths[-1])
    (tmp_path / "office").mkdir()
    kind = "csv:Text - txt - csv (StarCalc):124,34,76"
    for words, path in zip(HOSTILE, saved_by_office(paths, kind, tmp_path / "office"), strict=True):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter="|"))
        shown = [row[1].strip() for row in rows if row[:1] in (["Branch code"], ["Your code"])]
        assert shown == [words.strip()] * 2


# -- as pages ------------------------------------------------------------------------------------------------------


def _chosen_heights(path: Path, folder: Path) -> dict[str, list[float]]:
    """Points of every row that LibreOffice finds enough. It looks only when it reads its own format, so twice."""
    free = folder / f"free-{path.name}"
    with ZipFile(path) as source, ZipFile(free, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, re.sub(rb' ht="[^"]*" customHeight="1"', b"", data) if "worksheets" in name else data)
    (once,) = saved_by_office([free], "fods", folder)
    (folder / "twice").mkdir(exist_ok=True)
    (twice,) = saved_by_office([once], "fods", folder / "twice")
    document = ET.parse(twice).getroot()  # noqa: S314  LibreOffice wrote it just now
    style, table = f"{_OFFICE}style:1.0}}", f"{_OFFICE}table:1.0}}"
    heights = {
        each.get(f"{style}name", ""): _points(properties.get(f"{style}row-height", "0pt"))
        for each in document.iter(f"{style}style")
        for properties in each.iter(f"{style}table-row-properties")
    }
    found: dict[str, list[float]] = {}
    for each in document.iter(f"{table}table"):
        rows = found.setdefault(each.get(f"{table}name", ""), [])
        for row in each.iter(f"{table}table-row"):
            count = min(int(row.get(f"{table}number-rows-repeated", "1")), 1000)
            rows += [heights[row.get(f"{table}style-name", "")]] * count
    return found


def _points(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0}[unit]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_as_high_as_their_words_need(language, tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(Blank([shipped(name) for name in SHIPPED], language=language, visit_id="K7-Q3-0412", branch="B07"), path)
    enough = _chosen_heights(path, tmp_path)
    short = []
    for sheet in load_workbook(path).worksheets:
        for number in range(1, sheet.max_row + 1) if sheet.sheet_state == "visible" else ():
            height = sheet.row_dimensions[number].height
            if height is not None and height + 0.5 < enough[sheet.title][number - 1]:
                short.append((sheet.title, number, height, enough[sheet.title][number - 1]))
    assert short == []


@pytest.mark.parametrize("language", ["ru", "pl"])
def test_printed__every_question_is_there_and_nothing_hidden(language, tmp_path):
    checklists = [shipped(name) for name in SHIPPED]
    write_form(Blank(checklists, language=language, visit_id="K7-Q3-0412"), tmp_path / "form.xlsx")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: pages cannot be read")
    (pdf,) = saved_by_office([tmp_path / "form.xlsx"], "pdf", tmp_path)
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    printed = re.sub(r"[\s\u00ad]+", "", done.stdout.decode())
    for checklist in checklists:
        for _, item in checklist.walk_items():
            if item.seen_by.value.startswith("shopper") and item.kind not in ("deadline", "duration"):
                assert re.sub(r"\s+", "", item.text.said(language)) in printed, item.id
    assert "auditkit:" not in printed
