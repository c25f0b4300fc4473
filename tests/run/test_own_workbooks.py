"""Whatever else the program writes as a workbook, laid among the reports: said by name, with what to do about it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from auditkit.locales import LANGUAGES, say
from tests.run.made import CHECKLIST, PROGRAMME, call, programme, report

PEOPLE = "people:\n  - {name: Ann, role: approver}\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programme(tmp_path / "home", programme=PROGRAMME + PEOPLE)
    report(tmp_path / "home", "W1/V1", "B01", {"thanks": "no"})
    report(tmp_path / "home", "W1/V2", "B02", {"greets": None})
    monkeypatch.chdir(tmp_path / "home")
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    return tmp_path / "home"


def laid_in(home: Path, files: dict[str, str], language: str) -> dict[str, tuple[str, str]]:
    """Kind → what a run says of its file, and what to do."""
    for kind, file in files.items():
        shutil.copyfile(home / file, home / "visits/W1" / f"{kind}.xlsx")
    found = json.loads(call("run", "-l", language, "--json").stdout)["problems"]
    return {
        Path(each["file"]).stem: (each["says"], each["do"])
        for each in found
        if each["code"] == "S213"
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_workbook_that_is_no_form__said_by_name(home: Path, language: str) -> None:
    said = ("-l", language)
    call("run", *said)
    call("review", "W1", *said)
    call("plan", "W1", "--visits", "1", *said)
    call("casefile", "B01", "W1", "-o", "case.xlsx", *said)
    call("export", "--to", "xlsx", "-o", "tables.xlsx")
    call("export", "checklists/desk/checklist.yaml", "-o", "desk.xlsx", *said)
    call("form", "checklists/desk/checklist.yaml", "--trial", "-o", "trial.xlsx", *said)
    call("init", "other", "--excel", *said)
    files = {
        "review": "review/W1.xlsx", "plan": "plan/W1.xlsx", "case": "case.xlsx", "tables": "tables.xlsx",
        "standard": "desk.xlsx", "trial": "trial.xlsx", "programme": "other/programme.xlsx",
        "branch": "reports/W1/branches/B01.xlsx", "network": "reports/W1/network.xlsx",
    }  # fmt: skip
    kinds = {**{each: each for each in files}, "case": "actions", "tables": "report", "branch": "actions",
             "network": "report"}  # fmt: skip
    assert laid_in(home, files, language) == {
        name: (
            say(language, "S213.says", what=say(language, f"own.{kind}_is")),
            say(language, f"own.{kind}_do"),
        )
        for name, kind in kinds.items()
    }


def test_an_appeal__known_by_its_mark(home: Path) -> None:
    book = Workbook()
    book.active["K1"] = "auditkit:appeal:W1#B01"
    book.save("appeal.xlsx")
    ((says, do),) = laid_in(home, {"appeal": "appeal.xlsx"}, "en").values()
    assert says == "this is a workbook of appeals, not the report of a visit"
    assert "auditkit take FILE" in do


def test_a_standard_that_is_called_trial__its_forms_are_forms(home: Path) -> None:
    Path("checklists/trial.yaml").write_text(CHECKLIST.replace("checklist: desk", "checklist: trial"), encoding="utf-8")
    call("form", "checklists/trial.yaml", "-o", "form.xlsx", "--visit", "V9", "--branch", "B01")
    assert laid_in(home, {"form": "form.xlsx"}, "en") == {}


def test_somebody_elses_workbook__is_not_taken_for_ours(home: Path) -> None:
    book = Workbook()
    book.active.append(["visit", "branch", "shopper", "result"])
    book.active.append(["V1", "B01", "K7", 80])
    book.create_sheet("Visits")
    book.save("foreign.xlsx")
    assert laid_in(home, {"foreign": "foreign.xlsx"}, "en") == {}
