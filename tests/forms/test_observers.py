"""Forms of checklists that no shopper fills, and every kind of form of every shipped checklist."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest

from auditkit.definitions.library import Library, shipped_folder
from auditkit.forms.blank import Blank
from auditkit.forms.layout import footer_of, rows_of
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.reading import read_file
from auditkit.model.asked import missing_items
from auditkit.model.items import DERIVED
from auditkit.model.judging import Observer
from auditkit.model.observers import SHOPPER, eyes_for
from auditkit.scoring import score
from tests.forms.person import Form

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
    assert path.stat().st_size > 2000


def test_eyes__are_the_shopper_s_unless_a_shopper_sees_nothing_of_it() -> None:
    assert eyes_for([shipped("appearance"), shipped("conflict-handling")]) == SHOPPER
    assert eyes_for([shipped("manager-observation")]) == (*SHOPPER, Observer.MANAGER)
    assert Blank([shipped("complaint-process")]).seen_by == SHOPPER


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
    made = score(checklist, reading.submission)
    assert (made.n_scored, made.score) == (2, Fraction(75))


def test_footer__says_that_nobody_has_read_the_translation() -> None:
    checklist = shipped("appearance")
    assert footer_of(checklist, "en") == "Appearance of staff · version 1.0.0"
    assert footer_of(checklist, "ru").endswith("версия 1.0.0 · перевод не проверен носителем языка")
    read = checklist.model_copy(update={"reviewed_by": {"ru": "A. Example"}})
    assert footer_of(read, "ru").endswith("версия 1.0.0")
