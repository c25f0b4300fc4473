"""Forms that go back: check --mark, returns."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.forms.person import filled, shipped
from tests.run.made import programme, report


@pytest.fixture
def spoilt(tmp_path):
    """A form with one answer in words that are no answer."""
    path = filled(tmp_path, [shipped("premises")], "en", 3)
    book = load_workbook(path)
    book.worksheets[1]["D5"].value = "maybe"
    book.save(path)
    return path


def test_check_mark__writes_the_copy_and_says_so(auditkit, spoilt):
    said = auditkit("check", spoilt, "--mark", "back")
    assert said.code == 1
    assert "back/form.xlsx: 2 to mend" in said.out
    assert "1 form to send back, in back" in said.out
    assert "▶" in str(load_workbook("back/form.xlsx").worksheets[1]["C5"].value)
    again = auditkit("check", spoilt, "--mark", "back")
    assert "a marked copy of K7-Q3-0412 is there already" in again.out.replace("\n", " ")


def test_check_mark__nothing_to_mend(auditkit, tmp_path):
    said = auditkit("check", filled(tmp_path, [shipped("premises")], "en", 3), "--mark", "back")
    assert "nothing has to go back" in said.out


@pytest.mark.parametrize("more", [("--mark", "form.xlsx"), ("--mark", "back", "--to", "stone")])
def test_check_mark__refuses(auditkit, spoilt, more):
    said = auditkit("check", spoilt, *more)
    assert said.code == 2
    assert said.err.startswith("auditkit: --")


def test_returns__a_folder_a_shopper(auditkit, tmp_path):
    folder = programme(tmp_path / "acme")
    report(folder, "W1/V1", "B01")
    report(folder, "W1/V2", "B02", {"smiles": None}, shopper="K1")
    said = auditkit("returns", "W1", "-p", folder)
    assert said.code == 0
    assert "K1: 1 to send back, 1 things to mend" in said.out
    assert (folder / "returns" / "W1" / "K1" / "V2.xlsx").is_file()
    assert "V2" in (folder / "returns" / "W1" / "K1" / "message.txt").read_text(encoding="utf-8-sig")
    assert "nothing of wave W2 has to go back" in auditkit("returns", "W2", "-p", folder).out


def test_returns__a_wave_that_is_not(auditkit, tmp_path):
    said = auditkit("returns", "W7", "-p", programme(tmp_path / "acme"))
    assert (said.code, "R205" in said.err) == (2, True)
