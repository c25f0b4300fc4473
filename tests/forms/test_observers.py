"""Forms of checklists that no shopper fills, and every kind of form of every shipped checklist."""

from __future__ import annotations

from fractions import Fraction
from html import unescape
from importlib import import_module
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.definitions.library import Library, shipped_folder
from auditkit.forms.blank import Blank
from auditkit.forms.fields import values_of
from auditkit.forms.layout import footer_of, rows_of
from auditkit.forms.page.writing import data_of, write_page
from auditkit.forms.survey.xlsform import survey_of
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.reading import read_file
from auditkit.model.asked import asked_items, missing_items
from auditkit.model.items import DERIVED
from auditkit.model.judging import Observer
from auditkit.model.observers import SHOPPER, eyes_for
from auditkit.scoring import score
from tests.forms.person import Form
from tests.scoring import made

LIBRARY = Library([shipped_folder()])
WAYS = {
    "workbook": ("workbook.writing", "write_form", ".xlsx"),
    "page": ("page.writing", "write_page", ".html"),
    "xlsform": ("survey.xlsform", "write_xlsform", ".xlsx"),
    "print": ("paper.writing", "write_paper", ".html"),
}


def shipped(name: str):
    checklist = LIBRARY.get(name)
    assert checklist is not None
    return checklist


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", LIBRARY.ids())
def test_every_kind_of_form__of_every_checklist(name: str, way: str, tmp_path: Path) -> None:
    module, function, ending = WAYS[way]
    path = tmp_path / f"form{ending}"
    getattr(import_module(f"auditkit.forms.{module}"), function)(Blank([shipped(name)], "kk", "V1"), path)
    asked = [row.text for row in rows_of(shipped(name), "kk", eyes_for([shipped(name)])) if row.kind == "item"]
    assert asked
    if ending == ".html":
        shown = unescape(path.read_text(encoding="utf-8")).replace("\\u003c", "<")
    else:
        sheets = load_workbook(path).worksheets
        shown = "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    assert [text for text in asked if text not in shown] == []


def test_eyes__are_the_shopper_s_unless_a_shopper_sees_nothing_of_it() -> None:
    assert eyes_for([shipped("appearance"), shipped("conflict-handling")]) == SHOPPER
    assert eyes_for([shipped("manager-observation")]) == (*SHOPPER, Observer.MANAGER)
    assert Blank([shipped("complaint-process")]).seen_by == SHOPPER
    office = made.checklist(made.yes_no("filed", seen_by="office"))
    assert eyes_for([office]) == (*SHOPPER, Observer.OFFICE)


def test_manager_s_form__holds_every_item_and_comes_back_scored(tmp_path: Path) -> None:
    checklist = shipped("manager-observation")
    blank = Blank([checklist], "ru", "V1", "B07")
    shown = {row.key for row in rows_of(checklist, "ru", blank.seen_by) if row.kind == "item"}
    assert shown == {item.id for _, item in checklist.walk_items() if item.kind not in DERIVED}
    write_form(blank, tmp_path / "form.xlsx")
    form = Form(tmp_path / "form.xlsx", "ru")
    form.fill_cover()
    given = {"call_taken": "no", "complained": "no", "angry": "no", "clothes_clean": "one_flaw", "eats": "no"}
    while missing := missing_items(checklist, given):
        given |= {item: "not_observed" if checklist.items_by_id[item].not_observed else "no" for item in missing}
    form.answer(checklist, given)
    form.book.save(tmp_path / "back.xlsx")
    (reading,) = read_file(tmp_path / "back.xlsx", LIBRARY).readings
    assert reading.submission is not None
    assert reading.submission.answers == given
    found = score(checklist, reading.submission)
    assert (found.n_scored, found.score) == (2, Fraction(75))


def test_footer__says_that_nobody_has_read_the_translation() -> None:
    checklist = shipped("appearance")
    assert footer_of(checklist, "en") == "Appearance of staff · version 1.0.0"
    assert footer_of(checklist, "ru").endswith("версия 1.0.0 · перевод не проверен носителем языка")
    read = checklist.model_copy(update={"reviewed_by": {"ru": "A. Example"}})
    assert footer_of(read, "ru").endswith("версия 1.0.0")


NOT_READ = "перевод не проверен носителем языка"


def test_every_kind_of_form__says_that_nobody_has_read_the_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blank = Blank([shipped("appearance")], "ru", "V1")
    write_page(blank, tmp_path / "form.html")
    assert NOT_READ in (tmp_path / "form.html").read_text(encoding="utf-8")
    group = next(line for line in survey_of(blank).survey if line.name == "part__appearance")
    assert group.label[:2] == ("Appearance of staff", f"Внешний вид сотрудников ({NOT_READ})")
    said = CliRunner().invoke(application(), ["fill", "appearance", "-l", "ru", "-o", "v.json"], input="").output
    assert f"Внешний вид сотрудников: {NOT_READ}." in " ".join(said.split())
    assert NOT_READ not in CliRunner().invoke(application(), ["fill", "appearance", "-o", "w.json"], input="").output


def test_blank_form_of_a_manager__comes_back_marked(tmp_path: Path) -> None:
    write_form(Blank([shipped("manager-observation")], "en", "V1", "B07"), tmp_path / "form.xlsx")
    told = CliRunner().invoke(application(), ["check", str(tmp_path / "form.xlsx"), "--mark", str(tmp_path / "back")])
    assert told.exit_code == 1, told.output
    (marked,) = (tmp_path / "back").rglob("*.xlsx")
    shown = [cell.value for row in load_workbook(marked).worksheets[1].iter_rows() for cell in row]
    rows = rows_of(shipped("manager-observation"), "en", (Observer.MANAGER,))
    assert set(shown) >= {row.text for row in rows if row.kind == "item"}


def test_position__is_one_name_whatever_language_it_was_chosen_in(tmp_path: Path) -> None:
    checklist = shipped("car-dealership")
    write_form(Blank([checklist], "kk", "V1", "B07"), tmp_path / "form.xlsx")
    form = Form(tmp_path / "form.xlsx", "kk")
    form.fill_cover(position="Қабылдау қызметкері")
    form.answer(checklist, {"drive_date_set": "yes"})
    form.book.save(tmp_path / "back.xlsx")
    (reading,) = read_file(tmp_path / "back.xlsx", LIBRARY).readings
    said = reading.submission
    assert said is not None
    assert said.position == "reception"
    assert "reminded_drive" not in asked_items(checklist, said.answers, said.position)
    assert "reminded_drive" in asked_items(checklist, said.answers, checklist.position_named("сотрудник ПРОДАЖ"))
    again = Blank([checklist], "ru", "V1", "B07", filled={checklist.checklist: said})
    assert values_of(again)["position"] == "Сотрудник приёмной"
    assert data_of(again)["visit"]["position"] == "reception"
    assert ["reception", "Қабылдау қызметкері"] in [[name, title[2]] for name, title in data_of(again)["positions"]]
