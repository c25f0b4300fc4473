"""What branches' copies say of chance is as new as what they are made from, and no newer."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from auditkit.run.programme import run
from tests.run.made import PROGRAMME, call, programme, report

CODES = [f"B{at:02}" for at in range(1, 13)]
BRANCHES = "code,name\n" + "".join(f"{code},Branch {code}\n" for code in CODES)
WAVES = PROGRAMME.replace(
    "checklists:",
    "  - {id: W3, from: 2026-07-01, to: 2026-07-31}\npeople:\n  - {name: Ann, role: editor}\n"
    "  - {name: Bob, role: approver}\nchecklists:",
)
SIGNED = ("--by", "Ann", "--approved-by", "Bob")
LATER = {"visit_date": "2026-07-06"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every branch twice in W1, B01 and B02 once in each of the next waves."""
    programme(tmp_path, programme=WAVES, branches=BRANCHES)
    for code in CODES:
        report(tmp_path, f"W1/{code}a", code)
        report(tmp_path, f"W1/{code}b", code, {"smiles": "no"})
    for code in ("B01", "B02"):
        report(tmp_path, f"W2/{code}c", code)
        report(tmp_path, f"W3/{code}d", code, {"thanks": "no"}, **LATER)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    return tmp_path


def said(home: Path, wave: str, code: str = "B01") -> str:
    sheet = openpyxl.load_workbook(home / "reports" / wave / "branches" / f"{code}.xlsx").worksheets[0]
    texts = (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    return next((text for text in texts if "anywhere from" in text), "")


def names(done) -> list[str]:
    return sorted(path.name for path in done.written)


def test_open_wave__the_waves_before_tell_and_other_branches_copies_stay(home: Path) -> None:
    run(home, wave="W3", processes=1)
    # Visits lie 20 points apart: MSW 200 with 12 degrees of freedom, ± 2.179 × 14.14 around 60.
    assert (
        said(home, "W3") == "One visit: a snapshot. With many more visits the score could lie anywhere from 29 to 91."
    )
    for code in CODES[2:]:
        report(home, f"W3/{code}d", code, **LATER)
        report(home, f"W3/{code}e", code, {"thanks": "no"}, **LATER)
    assert names(run(home, wave="W3", processes=1)) == [*(f"{code}.xlsx" for code in CODES[2:]), "network.xlsx"]


def test_open_wave__a_correction_two_waves_before_rewrites_the_copies(home: Path) -> None:
    run(home, wave="W3", processes=1)
    before = said(home, "W3")
    for code in CODES[4:]:
        report(home, f"W1/{code}b", code)
    done = run(home, wave="W3", processes=1)
    assert names(done) == ["B01.xlsx", "B02.xlsx", "network.xlsx"]
    assert said(home, "W3") != before


def test_release__brings_what_the_wave_itself_tells(home: Path) -> None:
    run(home, wave="W1", processes=1)
    assert said(home, "W1") == ""
    assert call("release", "W1", "--provisional", *SIGNED).exit_code == 0
    assert said(home, "W1") == "2 visits. With many more visits the score could lie anywhere from 68 to 100."
    report(home, "W1/B12b", "B12")
    assert "B01.xlsx" in names(run(home, wave="W1", processes=1))
