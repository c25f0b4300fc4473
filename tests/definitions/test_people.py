"""managers.csv and staff.csv: stays read with errors by cell, and who was where on a day."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.run.made import CHECKLIST, programme

from auditkit.definitions.programme import ProgrammeFolder, load_programme
from auditkit.model.people import Stay, Stays

BRANCHES = "code,name\n007,One\n012,Two\nB03,Three\n"
POSITIONS = CHECKLIST.replace("title: Desk\n", "title: Desk\npositions: {cashier: {en: Cashier, ru: Кассир}}\n", 1)

Read = Callable[..., tuple[ProgrammeFolder | None, list[str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    programme(tmp_path, branches=BRANCHES, checklist=POSITIONS)

    def load(**tables: str | bytes) -> tuple[ProgrammeFolder | None, list[str]]:
        for name, text in tables.items():
            (tmp_path / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        folder, problems = load_programme(tmp_path)
        return folder, [f"{p.code} {p.place} {p.value}".rstrip() for p in problems]

    return load


def test_managers__by_day_with_both_ends_in(read: Read) -> None:
    home, problems = read(
        managers="code;name;branch;from;to;grade\n"
        "M1;A. Example;007;2026-01-01;31.05.2026;senior\n"
        "M2;B. Example;007;2026-06-01;;\n"
        "M1;A. Example;B03;2026-06-01;;\n"
    )
    assert problems == []
    assert home is not None
    at = [home.managers.only_at("007", date(2026, month, day)) for month, day in ((1, 1), (5, 31), (6, 1), (12, 31))]
    assert at == ["M1", "M1", "M2", "M2"]
    assert home.managers.only_at("007", date(2025, 12, 31)) == home.managers.only_at("007", None) == ""
    assert home.managers.only_at("012", date(2026, 6, 1)) == ""
    assert [stay.branch for stay in home.managers.of("M1")] == ["007", "B03"]
    assert home.managers.of("M1")[0].more == {"grade": "senior"}
    assert (home.managers.codes, home.managers.names) == (("M1", "M2"), ("A. Example", "B. Example"))
    assert pickle.loads(pickle.dumps(home)).managers == home.managers  # noqa: S301


def test_staff__read_with_position_by_id_or_title(read: Read) -> None:
    home, problems = read(
        staff="\ufeffcode\tname\tbranch\tposition\tfrom\tto\tlanguage\thired by\n"
        "E1\tИванова\t007\tкассир\t2026-01-01\t\tRU\tHQ\n"
        "E2\t\tB03\tcashier\t2026-01-01\t2026-02-01\t\t\n"
    )
    assert problems == []
    assert home is not None
    assert home.staff.every == (
        Stay("E1", "007", date(2026, 1, 1), None, "Иванова", "cashier", "ru", {"hired by": "HQ"}),
        Stay("E2", "B03", date(2026, 1, 1), date(2026, 2, 1), "", "cashier"),
    )


def test_staff__in_an_old_encoding(read: Read) -> None:
    home, problems = read(staff="code;name;branch;from\nE1;Иванова Жанна;B03;01.02.2026\n".encode("cp1251"))
    assert problems == []
    assert home is not None
    assert home.staff.names == ("Иванова Жанна",)


def test_managers__every_fault_by_its_cell(read: Read) -> None:
    home, problems = read(
        managers="code,name,branch,from,to\n"
        ",A,007,2026-01-01,\n"
        "M1,A,B04,2026-01-01,\n"
        "M1,A,,2026-01-01,\n"
        "M1,A,007,,\n"
        "M1,A,007,03/04/2026,\n"
        "M1,A,007,2026-03-01,2026-02-01\n"
        "M1,A,007,2026-01-01,spring\n"
        "M2,B,012,2026-01-01,2026-06-30\n"
        "M2,Bee,012,2026-06-30,\n"
        "M3,C,012,2026-12-01,\n"
    )
    assert home is None
    assert sorted(problems) == [
        "D407 managers.csv[D6] 03/04/2026",
        "D407 managers.csv[E8] spring",
        "D480 managers.csv[C3] B04",
        "D480 managers.csv[C4]",
        "D482 managers.csv[A2]",
        "D483 managers.csv[D5]",
        "D484 managers.csv[E7] 2026-02-01",
        "D485 managers.csv[B10] Bee",
        "D486 managers.csv[D10] 2026-06-30",
        "D487 managers.csv[D11] 2026-12-01",
    ]


def test_staff__every_fault_by_its_cell(read: Read) -> None:
    home, problems = read(
        staff="code,name,branch,position,from,to,language\n"
        "E1,Ann,007,cashier,2026-01-01,,de\n"
        "E1,ann,007,Кассир,2026-02-01,,\n"
        "E1,Ann,012,boss,2026-02-01,,\n"
        "E2,Bea,007,cashier,2026-02-01,,\n"
    )
    assert home is not None
    assert home.staff.every[0].language == ""
    assert sorted(problems) == [
        "D486 staff.csv[E3] 2026-02-01",
        "D488 staff.csv[D4] boss",
        "D489 staff.csv[G2] de",
    ]


def test_without_positions_in_the_checklists__any_position_will_do(read: Read, tmp_path: Path) -> None:
    (tmp_path / "checklists/desk/checklist.yaml").write_text(CHECKLIST, encoding="utf-8")
    _, problems = read(staff="code,branch,position,from\nE1,B03,boss,2026-01-01\n")
    assert problems == []


def test_codes_without_their_zeros__get_them_back_where_one_branch_can_be_meant(read: Read, tmp_path: Path) -> None:
    home, problems = read(
        managers="code,branch,from\nM1,7,2026-01-01\nM2,12,2026-01-01\nM3,7,2026-01-01\nM4,8,2026-01-01\n"
    )
    assert home is None
    assert sorted(problems) == [
        "D480 managers.csv[B5] 8",
        "D481 managers.csv[B2] 7, 12",
        "D487 managers.csv[C4] 2026-01-01",
    ]
    (tmp_path / "branches.csv").write_text("code\n07\n007\n", encoding="utf-8")
    assert "D480 managers.csv[B2] 7" in read()[1]


def test_sheets_of_the_workbook__are_read_as_the_files_are(read: Read, tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    stays = (["code", "name", "branch", "from", "to"], ["M1", "A", 7, date(2026, 1, 1), date(2026, 1, 31)])
    for name in ("Managers", "staff"):
        sheet = book.create_sheet(name)
        for row in stays:
            sheet.append(row)
    book.save(tmp_path / "programme.xlsx")
    home, problems = read()
    assert problems == ["D481 programme.xlsx[Managers!C2] 7", "D481 programme.xlsx[staff!C2] 7"]
    assert home is not None
    assert home.managers.only_at("007", date(2026, 1, 31)) == "M1"
    assert home.staff.of("M1")[0].to == date(2026, 1, 31)
    home, problems = read(managers="code,branch,from\nM9,007,2026-01-01\n", staff="code,branch,from\n")
    assert problems == []
    assert home is not None
    assert (home.managers.codes, home.staff.codes) == (("M9",), ())


def test_a_table_without_its_columns__error(read: Read) -> None:
    assert read(managers="who,branch\nM1,007\n")[1] == ["D403 managers.csv:1 code", "D403 managers.csv:1 from"]


DAYS = st.integers(0, 12).map(lambda n: date(2026, 1, 1) + timedelta(n))
STAYS = st.lists(
    st.builds(Stay, st.sampled_from("ABC"), st.sampled_from(("N", "S")), DAYS, st.one_of(st.none(), DAYS)), max_size=6
)


@given(STAYS)
def test_spans__say_the_same_as_asking_day_by_day(every: list[Stay]) -> None:
    stays = Stays(tuple(every))
    spans = list(stays.spans())
    for branch in ("N", "S"):
        for n in range(-1, 15):
            day = date(2026, 1, 1) + timedelta(n)
            there = {stay.code for stay in every if stay.branch == branch and stay.covers(day)}
            found = [span.code for span in spans if span.branch == branch and span.first <= day <= span.last]
            assert found == (sorted(there) if len(there) == 1 else [])
            assert stays.only_at(branch, day) == ("".join(there) if len(there) == 1 else "")
