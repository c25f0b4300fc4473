"""What branches do about findings, and plans that come back by mail: taken like every other workbook."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.locales import LANGUAGES, say
from tests.run.made import PROGRAMME, programme, report

COPY = "reports/W1/branches/{}.xlsx"
COLUMNS = {"measure": 10, "owner": 11, "due": 12, "status": 13}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programme(tmp_path, programme=PROGRAMME)
    report(tmp_path, "W1/V1", "B01", {"greets": "no", "smiles": "no"})
    report(tmp_path, "W1/V2", "B02", {"thanks": "no"})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    call("run")
    return tmp_path


def call(*words: object) -> Any:
    result = CliRunner().invoke(application(), [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def back(cells: Mapping[int, Mapping[str, Any]], language: str = "en") -> Any:
    """Take B01's copy with these cells of the sheet of findings filled in."""
    book = load_workbook(COPY.format("B01"))
    ws = book[say(language, "reports.sheet.findings")]
    for row, said in cells.items():
        for name, value in said.items():
            ws.cell(row, COLUMNS[name]).value = value
    book.save("back.xlsx")
    return call("take", "back.xlsx")


def kept() -> list[tuple[str, ...]]:
    path = Path("actions.csv")
    if not path.is_file():
        return []
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    return [tuple(row[1:]) for row in rows[1:]]


def findings(branch: str, language: str = "en") -> list[tuple[Any, ...]]:
    ws = load_workbook(COPY.format(branch))[say(language, "reports.sheet.findings")]
    return [tuple(cell.value for cell in row[9:13]) for row in ws.iter_rows(min_row=4, max_row=5)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_and_back__in_every_language(home: Path, language: str) -> None:
    head, *rows = (home / "branches.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{head},language", *(f"{row},{language}" for row in rows)]
    (home / "branches.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    call("run")
    talk, done = say(language, "reports.measure.talk"), say(language, "reports.status.in_progress")
    result = back({4: {"measure": talk, "owner": "A. Example", "due": datetime(2026, 6, 12), "status": done}}, language)  # noqa: DTZ001
    assert result.exit_code == 0, result.output
    assert "1" in result.output
    assert kept() == [("W1", "B01", "desk", "greets", "talk", "A. Example", "2026-06-12", "in_progress")]
    # It stands in the branch's next copy, and only there.
    written = [Path(each).name for each in json.loads(call("run", "--json").stdout)["written"]]
    assert written == ["B01.xlsx"]
    assert findings("B01", language)[0] == (talk, "A. Example", datetime(2026, 6, 12), done)  # noqa: DTZ001
    # Taken again it is known; changed, it is a further line.
    assert ": 1" in call("take", "back.xlsx").output
    assert len(kept()) == 1
    back({4: {"status": say(language, "reports.status.done")}}, language)
    assert [row[-1] for row in kept()] == ["in_progress", "done"]


def test_own_words__are_kept_and_a_day_may_be_typed() -> None:
    result = back({4: {"measure": "-Move the desk", "due": "12.06.2026"}, 5: {"status": "done"}})
    assert result.exit_code == 0, result.output
    assert kept() == [
        ("W1", "B01", "desk", "greets", "'-Move the desk", "", "2026-06-12", "open"),
        ("W1", "B01", "desk", "smiles", "", "", "", "done"),
    ]
    call("run")
    assert findings("B01") == [
        ("-Move the desk", None, datetime(2026, 6, 12), "open"),  # noqa: DTZ001
        (None, None, None, "done"),
    ]


def test_nothing_filled_in__nothing_is_taken() -> None:
    assert back({}).exit_code == 0
    assert kept() == []


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [({"due": "soon"}, "R223", "L4"), ({"due": "31.02.2026"}, "R223", "L4"), ({"status": "perhaps"}, "R224", "M4")],
)
def test_refused__by_its_cell_while_the_others_are_taken(cells: dict[str, str], code: str, cell: str) -> None:
    result = back({4: cells, 5: {"owner": "A"}})
    assert result.exit_code == 1
    assert f"back.xlsx[Findings and actions!{cell}]: error {code}" in result.output, result.output
    assert [row[3] for row in kept()] == ["smiles"]


def test_plan__takes_the_place_of_the_old_one_which_is_kept(home: Path) -> None:
    (home / "shoppers.csv").write_text("code\nK1\nK2\n", encoding="utf-8")
    assert call("plan", "W2").exit_code == 0
    own = home / "plan" / "W2.xlsx"
    before = own.read_bytes()
    book = load_workbook(own)
    ws = book.worksheets[0]
    ws["F2"], ws["H2"], ws["I2"] = "K1", date(2026, 6, 10), date(2026, 6, 12)
    book.save("from mail.xlsx")
    result = call("take", "from mail.xlsx")
    assert result.exit_code == 0, result.output
    assert "visits: 3; changed: 1" in result.output
    assert own.read_bytes() == Path("from mail.xlsx").read_bytes()
    (old,) = (home / "plan" / "kept").iterdir()
    assert old.read_bytes() == before
    assert "changed: 0" in call("take", "from mail.xlsx").output
    assert len(list((home / "plan" / "kept").iterdir())) == 1


def test_plan__with_an_error_is_not_taken_and_says_the_cell(home: Path) -> None:
    call("plan", "W2")
    before = (home / "plan" / "W2.xlsx").read_bytes()
    book = load_workbook("plan/W2.xlsx")
    book.worksheets[0]["B2"] = "B99"
    book.save("mail.xlsx")
    result = call("take", "mail.xlsx")
    assert result.exit_code == 1
    assert "mail.xlsx" in result.output
    assert "B2" in result.output
    assert (home / "plan" / "W2.xlsx").read_bytes() == before
    (home / "plan" / "W2.xlsx").unlink()
    (home / "plan" / "W2.csv").write_text("visit,branch\nX1,B01\n", encoding="utf-8")
    book.worksheets[0]["B2"] = "B01"
    book.save("mail.xlsx")
    assert "R225" in call("take", "mail.xlsx").output
