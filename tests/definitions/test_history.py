"""history.csv: scores of earlier years, read with errors by cell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.run.made import CHECKLIST, PROGRAMME, programme

from auditkit.definitions.programme import ProgrammeFolder, load_programme
from auditkit.model.past import PastScore

BRANCHES = "code,name\n007,One\nB02,Two\n"
TWO = PROGRAMME.replace("checklists: [desk]", "checklists: [desk, premises]")
Read = Callable[..., tuple[ProgrammeFolder | None, list[str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def load(
        history: str, plan: str = PROGRAMME, checklist: str = CHECKLIST
    ) -> tuple[ProgrammeFolder | None, list[str]]:
        if not (tmp_path / "checklists").exists():
            programme(tmp_path, branches=BRANCHES, programme=plan, checklist=checklist)
        if history:
            (tmp_path / "history.csv").write_text(history, encoding="utf-8")
        folder, problems = load_programme(tmp_path)
        return folder, [f"{p.code} {p.place} {p.value}".rstrip() for p in problems]

    return load


def test_waves__in_the_order_in_which_they_first_stand(read: Read) -> None:
    home, problems = read(
        "branch;wave;score;n\n007;2024 spring;81,5;4\n007;2023;70;\nB02;2024 autumn;90;\nB02;2023;0;2\n"
    )
    assert problems == []
    assert home is not None
    assert home.history.waves == ("2024 spring", "2023", "2024 autumn")
    assert home.history.of("007") == (
        PastScore("007", "2024 spring", Decimal("81.5"), "", 4), PastScore("007", "2023", Decimal(70)),
    )  # fmt: skip
    assert [each.wave for each in home.history.of("B02")] == ["2023", "2024 autumn"]
    assert home.history.of("B03") == ()


def test_history__every_fault_by_its_cell(read: Read) -> None:
    home, problems = read(
        "branch,wave,score,checklist,n\n"
        "B20,2024,81,,\n"
        "B02,,81,,\n"
        "B02,w2,81,,\n"
        "B02,2024,,,\n"
        "B02,2023,good,,\n"
        "B02,2023,100.01,,\n"
        "B02,2022,4.2,,\n"
        "B02,2022,4.2,,\n"
        "B02,2022,80,premises,\n"
        "B02,2022,80,desks,\n"
        "B02,2021,80,,1.5\n"
        "B02,2020,80,,1e99999999\n"
        "B02,2019,-1e99999999,,0\n"
        "B02,W1,81,,\n",
        plan=TWO,
    )
    assert home is None
    assert sorted(problems) == [
        "D422 history.csv[C6] good",
        "D480 history.csv[A2] B20",
        "D490 history.csv[B3]",
        "D491 history.csv[B15] W1",
        "D491 history.csv[B4] w2",
        "D492 history.csv[C5]",
        "D493 history.csv[B7] 2023",
        "D493 history.csv[B9] 2022",
        "D494 history.csv[D11] desks",
        "D495 history.csv[C14] -1e99999999",
        "D495 history.csv[C7] 100.01",
        "D496 history.csv[E12] 1.5",
        "D496 history.csv[E13] 1e99999999",
        "D496 history.csv[E14] 0",
    ]


def test_a_single_checklist__is_the_branch_as_a_whole(read: Read) -> None:
    assert read("branch,wave,score,checklist\nB02,2024,80,desk\nB02,2024,81,\n")[1] == ["D493 history.csv[B3] 2024"]


def test_points__are_on_no_scale_of_100(read: Read) -> None:
    points = CHECKLIST.replace("title: Desk\n", "title: Desk\nscoring: points\n", 1).replace("    weight: 60\n", "")
    points = (
        points.replace("    weight: 40\n", "").split("grades:")[0]
        + "sections:"
        + points.split("sections:")[1].replace("    weight: 60\n", "")
    )
    home, problems = read("branch,wave,score\nB02,2024,138.25\n", checklist=points)
    assert problems == []
    assert home is not None
    assert home.history.every[0].score == Decimal("138.25")


def test_sheet__of_the_workbook(read: Read, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("History")
    for row in (["branch", "wave", "score"], [7, 2024, 81.25]):
        sheet.append(row)
    book.save(tmp_path / "programme.xlsx")
    home, problems = read("")
    assert problems == ["D481 programme.xlsx[History!A2] 7"]
    assert home is not None
    assert home.history.every == (PastScore("007", "2024", Decimal("81.25")),)
