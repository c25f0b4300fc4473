"""A form from its making to its score: form, check, score, explain."""

import json
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

CHECKLIST = """
checklist: till
version: 1.0.0
title: {en: Till, ru: Касса}
grades:
  - {grade: good, at_least: 75, verdict: pass}
  - {grade: weak, verdict: fail}
sections:
  - id: till
    title: {en: At the till, ru: На кассе}
    items:
      - {id: greets, text: {en: Greets first?, ru: Здоровается первым?}}
      - {id: names, text: {en: Says the sum?, ru: Называет сумму?}}
      - {id: bag, text: {en: Offers a bag?, ru: Предлагает пакет?}, not_applicable: true}
      - {id: thanks, text: {en: Says thank you?, ru: Благодарит?}, comment: not_met, critical: fail}
"""
RU = ("Да", "Да", "Не возникло", "Нет")


@pytest.fixture(autouse=True)
def till(tmp_path):
    (tmp_path / "checklists" / "till").mkdir(parents=True)
    (tmp_path / "checklists" / "till" / "checklist.yaml").write_text(CHECKLIST, encoding="utf-8")


def filled(path, answers, comment=""):
    """The form as a shopper sends it back: answers from top to bottom, cover filled."""
    book = load_workbook(path)
    cover, sheet = book.worksheets[:2]
    for row in cover.iter_rows():
        if row[0].value in ("Date of the visit", "Дата визита"):
            row[1].value = "2026-05-04"
    for row, answer in zip(range(5, 9), answers, strict=True):
        sheet.cell(row, 4, answer)
    sheet.cell(8, 5, comment)
    book.save(path)


def test_form__is_an_empty_form_that_check_sends_back(auditkit):
    made = auditkit("form", "till", "-o", "f.xlsx", "--branch", "B07", "--shopper", "K7")
    assert made.code == 0
    assert "Visit code: B07-" in made.out
    checked = auditkit("check", "f.xlsx")
    assert checked.code == 1
    assert checked.out.count("error S101") == 4
    assert "f.xlsx[Till!D5]" in checked.out.replace("\n", "")
    assert "Received: 1 (files: 1): returned to be completed 1." in checked.out


def test_form__is_never_written_over(auditkit):
    assert auditkit("form", "till", "-o", "f.xlsx").code == 0
    again = auditkit("form", "till", "-o", "f.xlsx")
    assert (again.code, "--force" in again.err) == (2, True)
    assert auditkit("form", "till", "-o", "f.xlsx", "--force").code == 0


def test_form_of_an_unknown_checklist__names_the_nearest(auditkit):
    said = auditkit("form", "phone-etiquete", "-o", "f.xlsx")
    assert said.code == 2
    assert "D150" in said.err
    assert "phone-etiquette" in said.err


def test_russian_form__scored_and_explained_to_the_cell(auditkit):
    auditkit("form", "till", "-o", "f.xlsx", "-l", "ru", "--branch", "B07", "--visit", "V-1")
    filled("f.xlsx", ("Да", "Нет", "Нет", "Нет"), "Молча отдал чек.")
    scored = auditkit("score", "f.xlsx")
    assert scored.code == 0, scored
    assert "25.0" in scored.out
    assert "▲ critical: Says thank you?" in scored.out
    assert "“Молча отдал чек.”" in scored.out
    assert "f.xlsx[Касса!D8]" in scored.out
    explained = auditkit("explain", "f.xlsx", "1.4", "-l", "ru")
    assert explained.code == 0
    assert "f.xlsx[Касса!D8]: «Нет» → Нет → " in explained.out
    by_id = json.loads(auditkit("explain", "f.xlsx", "thanks", "--json").out)
    assert [each["item"]["id"] for each in by_id[0]["items"]] == ["thanks"]


def test_score_json__has_every_item_on_demand_and_the_sum(auditkit):
    auditkit("form", "till", "-o", "f.xlsx", "--branch", "B07", "--visit", "V-1")
    filled("f.xlsx", ("Yes", "Yes", "Yes", "Yes"))
    found = json.loads(auditkit("score", "f.xlsx", "--json", "--items").out)
    assert found["counts"]["received"] == found["counts"]["accepted"] == 1
    (visit,) = found["visits"]
    assert (visit["visit"], visit["score"], visit["verdict"], len(visit["items"])) == ("V-1", "100.0", "pass", 4)


def test_fail_under__exit_1_below_the_mark_only(auditkit):
    auditkit("form", "till", "-o", "f.xlsx", "--branch", "B07")
    filled("f.xlsx", ("Yes", "No", "Yes", "Yes"))
    assert auditkit("score", "f.xlsx", "--fail-under", "75").code == 0
    assert auditkit("score", "f.xlsx", "--fail-under", "75,1").code == 1
    assert auditkit("score", "f.xlsx", "--fail-under", "good").code == 2


def test_score_output__writes_branch_and_network_workbooks(auditkit):
    auditkit("form", "till", "-o", "f.xlsx", "--branch", "../B:07")
    filled("f.xlsx", ("Yes", "No", "Yes", "Yes"))
    assert auditkit("score", "f.xlsx", "-o", "out").code == 0
    names = {path.name for path in Path("out").iterdir()}
    assert "_network.xlsx" in names
    (branch,) = names - {"_network.xlsx"}
    assert not set('/:<>"|?*') & set(branch)


def test_explain__what_is_not_there(auditkit):
    auditkit("form", "till", "-o", "f.xlsx", "--branch", "B07")
    filled("f.xlsx", ("Yes", "No", "Yes", "Yes"))
    said = auditkit("explain", "f.xlsx", "9.9")
    assert (said.code, "R110" in said.err) == (2, True)
    said = auditkit("explain", "nothing.xlsx")
    assert said.code == 2
    assert "D401" in said.err


def test_a_folder_of_files_without_any__says_so(auditkit, tmp_path):
    (tmp_path / "empty").mkdir()
    said = auditkit("check", "empty")
    assert (said.code, "there are no files in empty" in said.err) == (2, True)


def test_a_folder_that_cannot_be_listed__never_left_out(auditkit, tmp_path, monkeypatch):
    (tmp_path / "wave" / "inner").mkdir(parents=True)
    auditkit("form", "till", "-o", "wave/f.xlsx")
    listed = os.scandir

    def scandir(path):
        if Path(path).name == "inner":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    said = auditkit("check", "wave")
    assert (said.code, "inner: this folder cannot be listed" in said.err) == (2, True)


def test_a_language_that_is_not_spoken__refused(auditkit):
    assert auditkit("check", "x.xlsx", "-l", "fr").code == 2


def test_a_time_zone_that_is_not__refused(auditkit):
    auditkit("form", "till", "-o", "f.xlsx")
    said = auditkit("score", "f.xlsx", "--time-zone", "Asia/Almati")
    assert (said.code, "Asia/Almaty" in said.err) == (2, True)


# -- a whole wave, and briefs ---------------------------------------------------------------------------------------


def test_wave__all_forms_and_briefs_of_the_demo(auditkit, tmp_path):
    from auditkit.demo.making import make_demo

    make_demo(tmp_path / "demo")
    said = auditkit("form", "--wave", "2026-Q2", "-p", "demo")
    assert said.code == 0
    assert "34 forms and 34 briefs of wave 2026-Q2" in said.out
    assert "D455" in said.err
    assert (
        tmp_path / "demo" / "forms" / "2026-Q2" / "K1" / "K1-Q2-0101 appearance premises conflict-handling.xlsx"
    ).is_file()
    again = auditkit("form", "--wave", "2026-Q2", "-p", "demo")
    assert "68 were there already" in again.out
    assert auditkit("brief", "call", "-o", "b.html", "-p", "demo", "-l", "pl").code == 0
    assert "Czy w sobotę jest otwarte?" in (tmp_path / "b.html").read_text(encoding="utf-8")
    assert auditkit("brief", "demo/scenarios/counter.yaml", "-o", "c.html").code == 0


def test_without_a_name__the_visit_s_code(auditkit, tmp_path):
    assert auditkit("form", "premises", "--visit", "K7/Q3").code == 0
    assert auditkit("form", "premises", "--to", "xlsform").code == 0
    assert auditkit("form", "premises", "--to", "page", "--branch", "B07").code == 0
    names = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert [name.partition("-")[0] for name in names] == ["B07", "K7_Q3", "premises.xlsx"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["form"], "name a checklist"),
        (["form", "premises", "-o", "x.xlsx", "--to", "stone"], "there is no such form"),
        (["form", "premises", "-o", "x.doc"], "ends in .xlsx"),
        (["form", "premises", "-o", "gone/x.xlsx"], "there is no folder gone"),
        (["form", "--wave", "W1"], "D401"),
        (["brief", "call", "-o", "b.doc"], "ends in .html or .pdf"),
        (["brief", "call", "-o", "b.html"], "D401"),
    ],
)
def test_what_cannot_be_written__said(auditkit, words, told):
    said = auditkit(*words)
    assert said.code == 2
    assert told in said.err
    assert "Traceback" not in said.err
