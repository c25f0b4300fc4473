"""The plan of a wave: written from the register, filled in by hand, held against the rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditkit.definitions.programme import load_programme
from auditkit.run.plan_checks import check_plan
from tests.run.made import PROGRAMME, call, programme, report

BRANCHES = (
    "code,name,region,open_days,closed\nB01,Oak,North,mon-fri,\nB02,Elm,North,,\nB03,Ash,South,,\n"
    "B04,Gone,South,,2026-01-01\n"
)
SHOPPERS = 'code,languages\nK1,ru\nK2,"kk,ru"\nK3,\n'
HEAD = "visit,branch,shopper,language,from,to\n"
ONE_AND_THE_SAME = (
    "V1,B01,K1,,2026-05-04,\nV2,B01,K1,,2026-05-06,\nV3,B02,K2,,2026-05-05,\nV4,B02,K3,,2026-05-07,\n"
    "V5,B03,K2,,2026-05-05,\nV6,B03,K3,,2026-05-07,\n"
)
GOOD = "V1,B01,K1,ru,2026-05-04,\nV2,B02,K2,kk,2026-05-05,\nV3,B03,K1,,2026-05-06,2026-05-08\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programme(tmp_path, branches=BRANCHES)
    (tmp_path / "plan").mkdir()
    (tmp_path / "shoppers.csv").write_text(SHOPPERS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    return tmp_path


def faults(rows: str, wave: str = "W1") -> list[tuple[str, str, str]]:
    """Code, value, and the branch or shopper meant."""
    Path(f"plan/{wave}.csv").write_text(HEAD + rows, encoding="utf-8")
    found, problems = load_programme(Path())
    assert found is not None, problems
    _, said, _ = check_plan(found, next(each for each in found.programme.waves if each.id == wave))
    return [(each.code, each.value, each.params.get("branch", each.params.get("shopper", ""))) for each in said]


def test_a_good_plan__nothing_to_say() -> None:
    assert faults(GOOD) == []
    assert call("plan", "W1").exit_code == 0


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (GOOD.replace("K2,kk", "K1,kk"), [("D459", "K1", "B02")]),
        (GOOD.replace("K2,kk", "K3,kk"), []),
        (GOOD.replace("V1,B01,K1,ru,2026-05-04,", "V1,B01,K1,ru,2026-05-09,2026-05-10"), [("D463", "V1", "B01")]),
        (GOOD.replace("V1,B01,K1,ru,2026-05-04,", "V1,B01,K1,ru,2026-05-09,2026-05-11"), []),
        (GOOD + "V4,B01,K2,,2026-05-12,\n", [("D462", "B01", "")]),
        (GOOD.replace("V3,B03,K1,,2026-05-06,2026-05-08\n", ""), [("D462", "B03", "")]),
        (
            ONE_AND_THE_SAME,
            [("D458", "K1", "B01"), ("D460", "B01", "K1"), ("D461", "K1", "B01")],
        ),
        ("V1,B01,,,2026-05-04,\nV2,B02,,,2026-05-04,\nV3,B03,,,2026-05-04,\n", []),
    ],
)
def test_rules__each_broken_one_with_who_breaks_it(rows: str, expected: list[tuple[str, str, str]]) -> None:
    assert faults(rows) == expected


def test_number_of_visits__as_the_programme_says(home: Path) -> None:
    (home / "programme.yaml").write_text(f"{PROGRAMME}rules: {{visits_per_branch: 2}}\n", encoding="utf-8")
    assert [each[:2] for each in faults(GOOD)] == [("D462", "B01"), ("D462", "B02"), ("D462", "B03")]


def test_rotation__over_waves_by_the_plan_before_they_are_reported() -> None:
    Path("plan/W1.csv").write_text(HEAD + GOOD, encoding="utf-8")
    later = "V7,B01,K1,,2026-06-04,\nV8,B02,K3,,2026-06-05,\nV9,B03,K2,,2026-06-08,\n"
    assert faults(later, "W2") == [("D458", "K1", "B01")]


def test_rotation__by_what_was_reported(home: Path) -> None:
    report(home, "W1/V1", "B02", shopper="K3")
    call("run")
    later = "V7,B01,K1,,2026-06-04,\nV8,B02,K3,,2026-06-05,\nV9,B03,K2,,2026-06-08,\n"
    assert faults(later, "W2") == [("D458", "K3", "B02")]


def test_no_plan__one_is_written_and_read_back(home: Path) -> None:
    result = call("plan", "W1", "--visits", "2")
    assert result.exit_code == 0
    book = load_workbook(home / "plan/W1.xlsx")
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[1], row[2]) for row in rows[:2]] == [("W1-B01-1", "B01", "Oak"), ("W1-B01-2", "B01", "Oak")]
    assert [row[1] for row in rows] == ["B01", "B01", "B02", "B02", "B03", "B03"]
    offered = {str(each.sqref) for each in sheet.data_validations.dataValidation}
    assert {"F2:F7", "G2:G7"} <= offered
    for row in sheet.iter_rows(min_row=2):
        row[5].value = "K1" if row[0].value.endswith("1") else "K2"
        row[7].value = "2026-05-04" if row[0].value.endswith("1") else "2026-05-05"
    book.save(home / "plan/W1.xlsx")
    again = call("plan", "W1")
    assert (again.exit_code, again.stderr) == (0, "")
    assert "visits planned: 6" in again.stdout
    assert call("plan", "W7").exit_code == 2


def test_errors_by_cell__end_with_1(home: Path) -> None:
    (home / "plan/W1.csv").write_text(HEAD + "V1,B99,K1,ru,2026-05-04,\n", encoding="utf-8")
    result = call("plan", "W1")
    assert (result.exit_code, "D450" in result.stderr) == (1, True)


def test_shoppers__are_read_from_a_sheet_of_the_programme_s_workbook_too(home: Path) -> None:
    from openpyxl import Workbook

    (home / "shoppers.csv").unlink(missing_ok=True)
    book = Workbook()
    book.worksheets[0].title = "branches"
    for row in [line.split(",") for line in (home / "branches.csv").read_text(encoding="utf-8").splitlines()]:
        book.worksheets[0].append(row)
    (home / "branches.csv").unlink()
    sheet = book.create_sheet("shoppers")
    for cells in (("code", "languages", "barred"), ("K1", "en, ru", "B02"), ("K1", "", "")):
        sheet.append(cells)
    book.save(home / "programme.xlsx")
    (home / "plan").mkdir(exist_ok=True)
    (home / "plan/W1.csv").write_text("branch,shopper\nB01,K1\nB03,K9\n", encoding="utf-8")
    told = call("plan", "W1").stderr
    assert "programme.xlsx[shoppers!A3]: error D453" in told, told
    assert "plan/W1.csv" in told
    assert "K9" in told
    # A sheet with nobody on it asks for nobody.
    sheet.delete_rows(2, 2)
    book.save(home / "programme.xlsx")
    assert "K9" not in call("plan", "W1").stderr
