"""A wave from its plan to its final release, by the commands of docs/wave.md, in an empty folder.

Every workbook that goes out is filled in twice: once as it is, once by LibreOffice, which writes it anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from auditkit.definitions.library import Library
from tests.docs.generated import ROOT
from tests.forms.person import Form
from tests.reports.office import needed, resaved
from tests.run.made import CHECKLIST, PROGRAMME, programme

PEOPLE = """people:
  - {name: Ann, role: editor}
  - {name: Bob, role: approver}
  - {name: Cid, role: appeals}
"""
Saved = Callable[[Path], None]
SHOPPERS = 'code,languages,agency\nK1,"en,ru",North Star\nK2,ru,\n'
STRICT = CHECKLIST.replace("title: Desk\n", "title: Desk\nmin_coverage: 80\n")
DAYS = {"W1-B01-1": date(2026, 5, 4), "W1-B01-2": date(2026, 5, 5), "W1-B02-1": date(2026, 5, 6),
        "W1-B02-2": date(2026, 5, 7), "W1-B03-1": date(2026, 5, 11), "W1-B03-2": date(2026, 5, 12)}  # fmt: skip
ANSWERS: dict[str, dict[str, str]] = {
    "W1-B01-1": {"thanks": "no"},
    "W1-B01-2": {},
    "W1-B02-1": {"greets": "not_observed"},  # too little seen
    "W1-B02-2": {"names": "no"},
    "W1-B03-1": {"greets": ""},  # a gap
}
"""Visit → what is not met; the last visit is never reported."""


@pytest.fixture(params=["as it is", pytest.param("LibreOffice", marks=[pytest.mark.libreoffice, pytest.mark.slow])])
def saved(request: pytest.FixtureRequest) -> Saved:
    """What becomes of a workbook on its way back."""
    if request.param == "as it is":
        return lambda path: None  # noqa: ARG005
    needed()
    return resaved


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "shoppers.csv").write_text(SHOPPERS, encoding="utf-8")
    return programme(tmp_path, programme=PROGRAMME + PEOPLE, checklist=STRICT)


def plan_filled(path: Path) -> None:
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=2):
        row[5].value = "K1" if row[0].value.endswith("1") else "K2"
        row[7].value = DAYS[row[0].value].isoformat()
    book.save(path)


def forms_filled(home: Path, saved: Saved) -> None:
    """Each shopper fills in her forms and sends them back into the wave's folder."""
    checklist = Library([home / "checklists"]).get("desk")
    assert checklist is not None
    (home / "visits/W1").mkdir(parents=True)
    for visit, other in ANSWERS.items():
        (path,) = (home / "forms/W1").rglob(f"{visit} *.xlsx")
        form = Form(path, "en" if visit.endswith("1") else "ru")
        form.fill_cover(visit_date=DAYS[visit], start=time(10, 0), end=time(10, 20))
        answers = {"greets": "yes", "names": "yes", "smiles": "yes", "thanks": "yes", **other}
        form.answer(checklist, {item: answer for item, answer in answers.items() if answer})
        form.book.save(home / "visits/W1" / path.name)
        saved(home / "visits/W1" / path.name)


def reviewed(path: Path, decisions: dict[str, tuple[str, str]], sheet: str, by: str) -> None:
    """`decisions`: what stands in the first cell of a row → decision, reason."""
    book = load_workbook(path)
    ws = book[sheet]
    ws["C4"] = by
    titles = [cell.value for cell in ws[6]]
    for row in ws.iter_rows(min_row=7):
        if row[0].value in decisions:
            what, why = decisions[row[0].value]
            row[titles.index("Decision")].value, row[titles.index("Reason")].value = what, why
    book.save(path)


def objected(path: Path) -> None:
    """B01's manager appeals, and says what is done about the finding."""
    book = load_workbook(path)
    for row in book["Appeal"].iter_rows(min_row=5):
        if row[0].value == "2.1":
            row[3].value, row[4].value, row[5].value = "She thanked, the recording has it", "Recording", "M. Manager"
    for row in book["Findings and actions"].iter_rows(min_row=4):
        if row[0].value == "2.1":
            row[9].value, row[10].value, row[12].value = "Talk with the team", "M. Manager", "in progress"
    book.save(path)


def test_from_plan_to_final_release(auditkit: Any, home: Path, saved: Saved) -> None:
    assert auditkit("plan", "W1", "--visits", "2").code == 0
    plan_filled(home / "plan/W1.xlsx")
    saved(home / "plan/W1.xlsx")
    assert auditkit("plan", "W1").code == 0
    assert auditkit("form", "--wave", "W1").code == 0
    forms_filled(home, saved)
    assert auditkit("run").code == 1  # one report has a gap
    told = json.loads(auditkit("status", "W1", "--on", "2026-05-20", "--json").out)
    assert {each["visit"]: each["state"] for each in told["visits"]} == {
        "W1-B01-1": "accepted", "W1-B01-2": "accepted", "W1-B02-1": "held", "W1-B02-2": "accepted",
        "W1-B03-1": "returned", "W1-B03-2": "overdue",
    }  # fmt: skip
    assert auditkit("returns", "W1").code == 0
    assert auditkit("status", "W1", "--on", "2026-05-20", "--remind").code == 0
    assert {path.name for path in (home / "reminders/W1").iterdir()} == {"K1.txt", "K2.txt"}
    assert auditkit("review", "W1").code == 0
    decided = {"W1-B02-1": ("accept", "Crowded"), "W1-B03-1": ("accept as it is", "Ill since")}
    reviewed(home / "review/W1.xlsx", decided, "Review", "Bob")
    saved(home / "review/W1.xlsx")
    assert auditkit("take", "review/W1.xlsx").code == 0
    assert auditkit("run").code == 0
    signed = ("--by", "Ann", "--approved-by", "Bob")
    assert auditkit("release", "W1", "--provisional", *signed).code == 0
    back = home / "B01.xlsx"
    back.write_bytes((home / "reports/W1/branches/B01.xlsx").read_bytes())
    objected(back)
    saved(back)
    taken = auditkit("take", "B01.xlsx")
    assert (taken.code, "decisions taken: 1; actions: 1" in taken.out) == (0, True), taken.err
    assert auditkit("review", "W1", "--force").code == 0
    reviewed(home / "review/W1.xlsx", {"3": ("leave out", "The recording has it")}, "Appeals", "Cid")
    saved(home / "review/W1.xlsx")
    assert auditkit("take", "review/W1.xlsx").code == 0
    moved = auditkit("run")
    assert "R257" in moved.err + moved.out
    assert auditkit("release", "W1", "--final", *signed).code == 0
    for name, index in (("W1-01-provisional", "80.0"), ("W1-02-final", "100.0")):
        again = auditkit("replay", name)
        assert (again.code, "5 of 5 results and 3 of 3 branch scores" in again.out) == (0, True), again.err
        published = json.loads((home / f"releases/{name}.json").read_text(encoding="utf-8"))
        assert published["branches"]["B01"][1] == index
    assert auditkit("casefile", "B01", "W1").code == 0
    assert "Nothing is past its time." in auditkit("purge").out  # nobody has said for how long anything is kept
    assert auditkit("purge", "--yes", "--by", "Ann").code == 0
    assert auditkit("plan", "W2", "--visits", "2").code == 0
    plan = load_workbook(home / "plan/W2.xlsx")
    for row in plan.worksheets[0].iter_rows(min_row=2):
        row[5].value, row[7].value = ("K1" if row[0].value.endswith("1") else "K2"), "2026-06-02"
    plan.save(home / "plan/W2.xlsx")
    saved(home / "plan/W2.xlsx")
    assert "D458" in auditkit("plan", "W2").err  # the same shoppers again within 90 days


def test_the_page__has_every_command_of_this_walk() -> None:
    page = (ROOT / "docs" / "wave.md").read_text(encoding="utf-8")
    said = re.findall(r"^auditkit (\w+)", page, re.MULTILINE)
    assert said == ["plan", "plan", "form", "run", "status", "returns", "status", "review", "take", "run", "release",
                    "take", "review", "take", "run", "release", "replay", "casefile", "purge", "purge",
                    "plan"]  # fmt: skip
