"""Results as tables for an analyst: every form holds the same rows, and says what each column means."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook

from auditkit.results.columns import EXPORTED
from tests.run.made import call, programme, report

NAMES = [table.name for table in EXPORTED]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programme(tmp_path)
    (tmp_path / "history.csv").write_text("branch,wave,score,n\nB02,2024,81.5,4\nB01,2023,100,\nB01,2024,70.25,\n")
    report(tmp_path, "W1/V1", "B01", {"thanks": "no"}, comments={"thanks": '=1+1 и «сказал», "so"\nнет'})
    report(tmp_path, "W1/V2", "B02", {"greets": None}, comments={"names": "-5 minutes"})
    report(tmp_path, "W2/V3", "B01")
    (tmp_path / "visits/W1/torn.xlsx").write_bytes(b"PK torn")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    call("run")
    return tmp_path


def exported(form: str, *more: str) -> dict[str, list[dict[str, str]]]:
    """Table → its rows, every value as text."""
    single = {"xlsx": "out/all.xlsx", "duckdb": "out/all.duckdb"}
    target = single.get(form, f"out/{form}")
    result = call("export", "--to", form, "-o", target, "--force", *more)
    assert result.exit_code == 0, result.output
    return {name: list(READERS[form](Path(target), name)) for name in NAMES}


def _csv(folder: Path, name: str):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _json(folder: Path, name: str):
    for row in json.loads((folder / f"{name}.json").read_text(encoding="utf-8")):
        yield {key: _text(value) for key, value in row.items()}


def _parquet(folder: Path, name: str):
    yield from _asked(duckdb.connect(), f"SELECT * FROM read_parquet('{folder / name}.parquet')")  # noqa: S608


def _duckdb(path: Path, name: str):
    with duckdb.connect(str(path), read_only=True) as connection:
        yield from _asked(connection, f"SELECT * FROM {name}")  # noqa: S608


def _xlsx(path: Path, name: str):
    titles, *rows = load_workbook(path)[name].iter_rows(values_only=True)
    for row in rows:
        yield {str(title): _text(value) for title, value in zip(titles, row, strict=True)}


def _asked(connection: Any, sql: str):
    found = connection.execute(sql)
    titles = [each[0] for each in found.description]
    for row in found.fetchall():
        yield {title: _text(value) for title, value in zip(titles, row, strict=True)}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()[:10]
    return f"{float(value):g}" if not isinstance(value, str) else value


READERS = {"csv": _csv, "json": _json, "parquet": _parquet, "duckdb": _duckdb, "xlsx": _xlsx}


def plain(tables: dict[str, list[dict[str, str]]]) -> dict[str, list[dict[str, str]]]:
    """Without what differs by form alone: zeros behind a point, the mark before a formula, the case of true."""
    numbers = {t.name: {c.name for c in t.columns if c.type.startswith(("DECIMAL", "INT"))} for t in EXPORTED}

    def same(table: str, name: str, text: str) -> str:
        if name in numbers[table] and text:
            return f"{float(text):g}"
        return text.removeprefix("'").lower() if text in ("True", "False") else text.removeprefix("'")

    return {
        table: [{name: same(table, name, value) for name, value in row.items()} for row in rows]
        for table, rows in tables.items()
    }


def test_every_form__the_same_rows_in_the_same_order() -> None:
    found = {form: plain(exported(form)) for form in READERS}
    assert {name: len(rows) for name, rows in found["csv"].items()} == {
        "visits": 4, "sections": 4, "items": 8, "problems": len(found["csv"]["problems"]), "history": 3,
    }  # fmt: skip
    for form in READERS:
        assert found[form] == found["csv"], form
    visit = next(row for row in found["csv"]["visits"] if row["visit_id"] == "V1")
    assert (visit["score_num"], visit["score_den"], visit["fate"]) == ("60", "1", "accepted")


def test_columns__are_those_of_the_dictionary() -> None:
    for form in ("csv", "json"):
        exported(form)
    lines = list(_csv(Path("out/csv"), "dictionary"))
    assert [(each["table"], each["column"]) for each in lines if each["column"]] == [
        (table.name, name) for table in EXPORTED for name in table.names
    ]
    assert all(each["meaning"] for each in lines)
    assert json.loads(Path("out/json/dictionary.json").read_text(encoding="utf-8")) == lines
    exported("duckdb")
    with duckdb.connect("out/all.duckdb", read_only=True) as connection:
        told = connection.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'visit_id'").fetchall()
    assert told[0][0].startswith("The visit; ")
    exported("xlsx")
    assert load_workbook("out/all.xlsx").sheetnames == ["dictionary", *NAMES]


def test_what_looks_like_a_formula__is_none() -> None:
    comments = {row["comment"] for row in exported("csv")["items"]}
    assert '\'=1+1 и «сказал», "so"\nнет' in comments
    exported("xlsx")
    cells = [cell for row in load_workbook("out/all.xlsx")["items"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=1+1")] == ["s"]
    assert Path("out/csv/items.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_one_wave__only_its_rows() -> None:
    assert {row["wave"] for row in exported("json", "--wave", "W2")["visits"]} == {"W2"}


def test_exact__no_digit_is_lost(home: Path) -> None:
    report(home, "W1/V5", "B03", {"greets": "no", "names": "no"})
    call("run")
    row = next(row for row in exported("parquet")["visits"] if row["visit_id"] == "V5")
    assert (row["score_num"], row["score_den"]) == ("60", "1")


@pytest.mark.parametrize(
    "words", ["--to pdf", "--to csv --wave W9", "--to csv -p elsewhere", "desk --to csv", "--to xlsx -o there.xlsx"]
)
def test_refused(words: str) -> None:
    Path("there.xlsx").touch()
    result = call("export", *words.split())
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_folder_with_something_in_it__is_not_written_into() -> None:
    Path("full").mkdir()
    Path("full/mine.txt").touch()
    assert call("export", "--to", "csv", "-o", "full").exit_code == 2
    assert call("export", "--to", "csv", "-o", "full", "--force").exit_code == 0
    assert Path("full/mine.txt").exists()


def test_more_rows_than_a_sheet__refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditkit.exports.tables.MOST_ROWS", 3)
    result = call("export", "--to", "xlsx", "-o", "x.xlsx")
    assert (result.exit_code, "E101" in result.stderr, Path("x.xlsx").exists()) == (2, True, False)


def test_manager__whoever_was_there_that_day_by_the_table_as_it_is_now(home: Path) -> None:
    def managers(form: str) -> dict[str, str]:
        return {row["visit_id"]: row["manager"] for row in exported(form)["visits"]}

    assert set(managers("csv").values()) == {""}
    (home / "managers.csv").write_text(
        "code,branch,from,to\nM1,B01,2026-01-01,2026-05-04\n=M2,B01,2026-05-05,\nM3,B02,2026-01-01,\nM4,B02,2026-05-04,\n"
    )
    for form in READERS:
        there = managers(form)
        # The torn file is a row without a visit; two managers of B02 on one day are none.
        assert {each: code.lstrip("'") for each, code in there.items()} == {
            "V1": "M1",
            "V2": "",
            "V3": "=M2",
            "": "",
        }, form
    (home / "managers.csv").write_text("code,branch,from,to\nM9,B01,2026-05-04,\nM8,B02,2026-05-04,2026-05-04\n")
    assert managers("json") == {"V1": "M9", "V2": "M8", "V3": "M9", "": ""}
    found = call("run")
    assert "M9" not in found.output
    assert managers("csv") == {"V1": "M9", "V2": "M8", "V3": "M9", "": ""}


def test_history__is_a_table_of_its_own_whichever_waves_are_exported() -> None:
    wanted = [
        {"place": "1", "wave": "2024", "branch": "B01", "checklist": "", "score": "70.25", "n": ""},
        {"place": "1", "wave": "2024", "branch": "B02", "checklist": "", "score": "81.5", "n": "4"},
        {"place": "2", "wave": "2023", "branch": "B01", "checklist": "", "score": "100", "n": ""},
    ]
    for form in READERS:
        assert plain(exported(form, "--wave", "W2"))["history"] == wanted, form
