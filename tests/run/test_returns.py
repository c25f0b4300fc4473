"""What goes back to the shoppers of the demo's second wave, and of one that is made worse."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditkit.definitions.programme import load_programme
from auditkit.demo.making import make_demo
from auditkit.forms.blank import Remark
from auditkit.forms.workbook.writing import write_form
from auditkit.locales import LANGUAGES
from auditkit.run.marking import Copying, Marked
from auditkit.run.programme import run
from auditkit.run.returns import MESSAGE, message_of, write_returns

WAVE = "2026-Q2"
TODAY = date(2026, 9, 1)
HOW = Copying(write_form, ".xlsx")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    make_demo(folder)
    return folder


@pytest.fixture
def home(made, tmp_path):
    shutil.copytree(made, tmp_path / "demo")
    found, problems = load_programme(tmp_path / "demo")
    assert found is not None, problems
    return found


def counted(home) -> dict[str, int]:
    return dict(run(home.folder, wave=WAVE, today=TODAY).fates)


def test_demo__what_the_run_calls_returned(home):
    told = write_returns(home, WAVE, HOW, today=TODAY)
    copies = [each for marked in told.shoppers.values() for each in marked]
    assert len(copies) == counted(home)["returned"] > 0
    assert {each.path for each in copies} == {
        home.folder / "returns" / WAVE / each.shopper / f"{each.visit_id}.xlsx" for each in copies
    }
    for shopper, marked in told.shoppers.items():
        message = (told.folder / shopper / MESSAGE).read_bytes().decode("utf-8-sig")
        assert all(each.visit_id in message and each.path.name in message for each in marked)
        assert all(" ".join(line.split()) in message for each in marked for line in each.remarks)


def test_mended_and_handed_in__accepted_in_its_place(home):
    """As a person: open the copy, answer what is marked, put it into the inbox beside the first one."""
    before = counted(home)
    told = write_returns(home, WAVE, HOW, today=TODAY)
    (one,) = [each for marked in told.shoppers.values() for each in marked]
    book = load_workbook(one.path)
    mended = 0
    for sheet in book.worksheets[1:]:
        for row in range(4, sheet.max_row + 1):
            if str(sheet.cell(row, 3).value).startswith("▶ "):
                lists = {str(r.sqref): r for r in sheet.data_validations.dataValidation if r.type == "list"}
                rule = next(r for r in lists.values() if f"D{row}" in r)
                first = book["lists"][rule.formula1.split("!")[1].replace("$", "").split(":")[0]].value
                sheet.cell(row, 4).value = first
                mended += 1
    assert mended == len(one.remarks)
    book.save(home.folder / "visits" / WAVE / "mended.xlsx")
    after = counted(home)
    assert after["returned"] == before["returned"] - 1
    assert after["accepted"] == before["accepted"] + 1
    again = write_returns(home, WAVE, HOW, today=TODAY)
    assert again.shoppers == {}
    assert again.stale == [one.path]


def test_evidence_is_lacking__an_accepted_report_goes_back_for_it(home):
    report = next(
        each.submission.visit_id
        for path in sorted((home.folder / "visits" / WAVE).glob("*.xlsx"))
        for each in _readings(path, home)
        if each.submission is not None and each.problems == ()
    )
    lacking = {report: [Remark("", "", "The photo of the entrance is missing.")]}
    told = write_returns(home, WAVE, HOW, today=TODAY, evidence=lacking)
    found = [each for marked in told.shoppers.values() for each in marked if each.visit_id == report]
    assert [each.remarks for each in found] == [("The photo of the entrance is missing.",)]


def _readings(path, home):
    from auditkit.intake.reading import read_file

    return read_file(path, home.library).readings


def test_unknown_wave__said(home):
    told = write_returns(home, "2026-Q9", HOW)
    assert [(each.code, each.value) for each in told.problems] == [("R205", "2026-Q9")]
    assert not told.folder.exists()


def test_copies_that_are_there__left_alone(home):
    first = write_returns(home, WAVE, HOW, today=TODAY)
    first.copies[0].write_bytes(b"she fills on in it")
    second = write_returns(home, WAVE, HOW, today=TODAY)
    assert second.copies == []
    assert {each.why for marked in second.shoppers.values() for each in marked} == {"exists"}
    assert first.copies[0].read_bytes() == b"she fills on in it"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_message__whole_in_every_language(language, count):
    marked = [
        Marked(f"{n}.xlsx", f"V{n}", "K1", language, Path(f"V{n}.xlsx"), ("2.3 Words – what",)) for n in range(count)
    ]
    text = message_of(marked, "2026-Q2", language)
    assert text.count("2.3 Words – what") == count
    assert str(count) in text
    assert "{" not in text
