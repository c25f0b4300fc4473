"""A programme folder is read whole, with errors by line and by cell."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from auditkit.definitions.programme import ProgrammeFolder, load_programme
from auditkit.definitions.starter import write_starter

YAML = """programme: acme
name: Acme
country: KZ
time_zone: Asia/Almaty
waves:
  - {id: 2026-Q1, from: 2026-01-01, to: 2026-01-03}
  - {id: 2026-Q2, from: 2026-01-04, to: 2026-01-04}
checklists: [mine]
"""
MINE = """checklist: mine
version: 1.0.0
title: Mine
sections:
  - {id: a, title: A, items: [{id: one, text: One}]}
"""
BRANCHES = "code,name,region,opened,channel\nB01,One,North,2020-05-01,mall\nB02,Two,South,01.06.2021,\n"
CALENDAR = (
    "country,date,working\nKZ,2026-01-01,no\nKZ,2026-01-02,no\nKZ,2026-01-03,no\nKZ,2026-01-04,yes\nPL,2026-01-04,no\n"
)

Read = Callable[..., tuple[ProgrammeFolder | None, list[str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def load(**files: str) -> tuple[ProgrammeFolder | None, list[str]]:
        whole = {"yaml": YAML, "branches": BRANCHES, "calendar": CALENDAR, **files}
        (tmp_path / "checklists" / "mine").mkdir(parents=True, exist_ok=True)
        (tmp_path / "checklists" / "mine" / "checklist.yaml").write_text(MINE)
        names = {"yaml": "programme.yaml", "branches": "branches.csv", "calendar": "calendar.csv"}
        for key, text in whole.items():
            if text:
                (tmp_path / names[key]).write_text(text, encoding="utf-8")
        folder, problems = load_programme(tmp_path)
        return folder, [f"{p.code} {p.place} {p.value}".rstrip() for p in problems]

    return load


def test_folder__ok(read: Read) -> None:
    folder, problems = read()
    assert problems == []
    assert folder is not None
    assert [wave.id for wave in folder.programme.waves] == ["2026-Q1", "2026-Q2"]
    assert folder.branches["B01"].more == {"channel": "mall"}
    assert folder.branches["B02"].opened == date(2021, 6, 1)
    assert folder.calendar.days == {date(2026, 1, day): day == 4 for day in range(1, 5)}
    assert folder.library.get("mine") is not None
    assert pickle.loads(pickle.dumps(folder)).sha256 == folder.sha256  # noqa: S301
    assert folder.programme.checklists[0].weight == Decimal(1)


def test_yaml__error(read: Read) -> None:
    text = """programme: acme
name: Acme
time_zone: Asia/Almaaty
country: kz
waves:
  - {id: 2026-Q2, from: 2026-04-01, to: 2026-03-30}
  - {id: 2026-Q3, from: 2026-07-01, to: 2026-09-30}
  - {id: 2026-Q3, from: 2026-09-30, to: 2026-12-31}
checklists: [mine, mina, {checklist: mine, version: 2.0.0, weigth: 2}]
rules: {review: never, columns: {"*.csv": survey.yaml}}
"""
    _, problems = read(yaml=text)
    assert problems == [
        "D408 programme.yaml:3:12 Asia/Almaaty",
        "D120 programme.yaml:4:10 kz",
        "D410 programme.yaml:6:41 2026-03-30",
        "D412 programme.yaml:8:10 2026-Q3",
        "D411 programme.yaml:8:25 2026-09-30",
        "D110 programme.yaml:9:60 weigth",
        "D114 programme.yaml:10:17 never",
    ]
    _, problems = read(yaml=text.replace("kz", "KZ").replace(", weigth: 2", "").replace("never", "all"))
    assert problems == [
        "D408 programme.yaml:3:12 Asia/Almaaty",
        "D425 programme.yaml:5:1 2026-01-01 … 2026-01-04",
        "D410 programme.yaml:6:41 2026-03-30",
        "D412 programme.yaml:8:10 2026-Q3",
        "D411 programme.yaml:8:25 2026-09-30",
        "D413 programme.yaml:9:20 mina",
        "D414 programme.yaml:9:38 mine",
        "D413 programme.yaml:9:53 mine 2.0.0",
        "D416 programme.yaml:10:41 survey.yaml",
    ]


def test_branches__error(read: Read) -> None:
    _, problems = read(
        branches="code;name;opened;closed;time_zone;open_days;latitude\n"
        "001;One;2020-05-01;2019-05-01;Asia/Almaty;mon-fri;43.2\n"
        "2;Two;03/04/2021;;Asia/Almati;weekdays;x\n"
        ";Three;;;;;\n"
        "001;Four;;;;daily;\n"
    )
    assert sorted(problems) == [
        "D404 branches.csv[A5] 001",
        "D405 branches.csv[A4]",
        "D406 branches.csv[A3] 2",
        "D407 branches.csv[C3] 03/04/2021",
        "D408 branches.csv[E3] Asia/Almati",
        "D409 branches.csv[F3] weekdays",
        "D421 branches.csv[D2] 2019-05-01",
        "D422 branches.csv[G3] x",
    ]


def test_branches_without_code__error(read: Read) -> None:
    _, problems = read(branches="Kode,name\nB01,One\n")
    assert problems == ["D403 branches.csv:1 code"]


def test_no_branches__error(read: Read) -> None:
    _, problems = read(branches="")
    assert problems == ["D402 branches.csv branches.csv"]


def test_calendar__error(read: Read) -> None:
    _, problems = read(
        calendar="country,date,working\nKZ,2026-01-01,no\nKZ,2026-01-01,yes\nKZ,soon,no\nKZ,2026-01-03,half\nKZ,2026-01-04,1\n"
    )
    assert sorted(problems) == [
        "D407 calendar.csv[B4] soon",
        "D417 calendar.csv[C5] half",
        "D418 calendar.csv[B3] 2026-01-01",
        "D419 calendar.csv[B2] 2026-01-02",
        "D425 programme.yaml:5:1 2026-01-01 … 2026-01-04",
    ]


def test_other_country__error(read: Read) -> None:
    _, problems = read(calendar="country,date,working\nPL,2026-01-01,no\n")
    assert problems == ["D420 calendar.csv KZ"]


def test_branch_calendar__ok(read: Read) -> None:
    folder, _ = read(yaml=YAML + "rules: {calendar: branch}\n", branches="code,open_days\nB01,sat-sun\nB02,\n")
    assert folder is not None
    own = folder.calendar_of("B01").days
    assert [day.day for day, works in own.items() if works] == [3, 4]
    assert folder.calendar_of("B02") is folder.calendar


def test_no_programme__error(tmp_path: Path) -> None:
    assert [p.code for p in load_programme(tmp_path)[1]] == ["D401"]


def test_workbook__ok(read: Read, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Branches"
    for row in (["code", "name", "opened"], ["007", "One", date(2020, 1, 1)], [12, "Two", None]):
        sheet.append(row)
    book.save(tmp_path / "programme.xlsx")
    folder, problems = read(branches="")
    assert problems == ["D406 programme.xlsx[Branches!A3] 12"]
    assert folder is not None
    assert folder.branches["007"].opened == date(2020, 1, 1)


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize(("country", "language"), [("KZ", "kk"), ("PL", "pl"), ("", "en"), ("RO", "ro"), ("RU", "ru")])
def test_starter__loads(tmp_path: Path, country: str, language: str, *, excel: bool) -> None:
    folder = tmp_path / "Сеть 1"
    written, problems = write_starter(folder, today=date(2026, 11, 24), country=country, language=language, excel=excel)
    assert problems == ()
    loaded, problems = load_programme(folder)
    assert problems == ()
    assert loaded is not None
    assert len(loaded.branches) == 3
    assert (loaded.managers.every, loaded.staff.every, loaded.history.every) == ((), (), ())
    tables = {"branches", "calendar", "managers", "staff", "history"}
    if excel:
        assert set(load_workbook(folder / "programme.xlsx").sheetnames) == tables | {"shoppers"}
    else:
        assert {path.stem for path in folder.glob("*.csv")} == tables
    assert loaded.calendar.days[date(2026, 12, 26)] is False
    assert loaded.calendar.days[date(2027, 3, 2)] is True
    assert (folder / "visits" / "2026-Q4").is_dir()
    before = {path: path.read_bytes() for path in written}
    again, problems = write_starter(folder, today=date(2026, 11, 24), country=country, language=language, excel=excel)
    assert (again, {p.code for p in problems}) == ((), {"D430"})
    assert before == {path: path.read_bytes() for path in written}


def test_starter_of_unknown_country__error(tmp_path: Path) -> None:
    written, problems = write_starter(tmp_path / "x", today=date(2026, 1, 1), country="KX")
    assert (written, [p.code for p in problems]) == ((), ["D431"])
    assert not (tmp_path / "x").exists()


def test_what_is_well_formed_is_proved_beside_what_is_not(read: Read) -> None:
    text = YAML.replace("time_zone: Asia/Almaty", "time_zone: Asia/Almatty\nlanguage: english")
    grades = "grades: [{grade: a, at_least: 75, verdict: pass, each_section_at_least: 50}, {grade: b, verdict: fail}]\n"
    _, problems = read(yaml=text + grades + "rules: {review: some}\n")
    assert [each.split()[0] for each in problems] == ["D408", "D120", "D426", "D114"]
