"""Exports of survey tools, each read through a short mapping."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.verify.sheets import SHARED, as_csv, checklist_from, read

DIALECTS = SHARED / "dialects"
KOBO = SHARED / "kobo"

pytestmark = pytest.mark.skipif(not DIALECTS.exists(), reason="the sample exports are not beside the project")

FORM = """
    checklist: visit-form
    version: 1.0.0
    title: Visit form
    defaults: {not_applicable: true}
    sections:
      - id: greeting
        title: {en: Greeting, ru: Приветствие}
        items:
          - {id: greeted, text: {en: "Did staff greet you?", ru: "Поприветствовал ли вас сотрудник?"}}
          - {id: badge, text: {en: "Was a name badge visible?", ru: "Был ли виден бейдж?"}, required: false}
          - id: upsell
            kind: multi
            required: false
            text: {en: "What was offered?", ru: "Что предложили?"}
            options:
              - {id: drink, text: {en: Drink, ru: Напиток}, credit: 0.5}
              - {id: dessert, text: {en: Dessert, ru: Десерт}, credit: 0.5}
      - id: clean
        title: {en: Rate the hall, ru: Оцените зал}
        items:
          - {id: floor, kind: scale, required: false, text: {en: Floor, ru: Пол}}
          - {id: tables, kind: scale, required: false, text: {en: Tables, ru: Столы}}
          - {id: comment, kind: text, text: {en: Comment, ru: Комментарий}}
"""


@pytest.fixture
def form(tmp_path):
    return checklist_from(tmp_path, FORM)


def check(path: Path, columns: str, form, **expected):
    """Reads the first visit of a file and compares; nothing in the file may be a problem."""
    found = read(path, columns, form)
    assert [each for each in found.problems if each.code not in ("C104", "C106", "C116")] == []
    first = found.readings[0].submission
    for name, value in expected.items():
        assert (first.answers.get(name) if name in form.items_by_id else getattr(first, name)) == value, name
    return found


BOTH = ("drink", "dessert")
DAY = date(2026, 8, 20)
KOBO_COLUMNS = """
    checklist: visit-form
    visit: _uuid
    branch: [branch, Branch, Филиал]
    shopper: _submitted_by
    date: [visit_date, Visit date, Дата визита]
    start: start
    end: end
    handed_in: _submission_time
    spellings: {not_applicable: [na, Н/П, N/A]}
"""


@pytest.mark.parametrize(
    "name",
    ["kobo_xml_values.csv", "kobo_xml_hier.csv", "kobo_xml_summary_multi.csv", "kobo_xml_details_multi.csv",
     "kobo_labels_en.csv", "kobo_labels_ru.csv", "kobo_labels_ru_hier.csv", "kobo_xml_values.xlsx",
     "kobo_xml_hier.xlsx", "kobo_xml_details_multi.xlsx", "kobo_labels_ru_hier.xlsx"],
)  # fmt: skip
def test_kobo__ok(name, form):
    found = check(KOBO / name, KOBO_COLUMNS, form, greeted="yes", badge="no", upsell=BOTH, floor=5,
                  visit_id="90dd7750-f830-11e5-9070-7c7a9125d07d", visit_date=DAY, shopper="shopper_1")  # fmt: skip
    second = found.readings[1].submission
    assert second.answers == {"greeted": "not_applicable", "floor": 1}
    if name.endswith(".csv"):
        assert found.readings[0].submission.answers["comment"].startswith("=1+1")


def test_kobo_api__ok(form):
    columns = KOBO_COLUMNS.replace("_uuid", "meta/rootUuid")
    check(KOBO / "kobo_api_v2_data.json", columns, form, greeted="yes", upsell=BOTH, floor=5, branch="b01")


def test_odk_central__groups_joined_by_dashes(form):
    columns = """
        checklist: visit-form
        visit: KEY
        branch: branch
        shopper: SubmitterName
        start: start
        end: end
        handed_in: SubmissionDate
        date: visit_date
    """
    for name, offered in (("odk_central.csv", BOTH), ("odk_central_nogroups.csv", ("drink",))):
        check(DIALECTS / name, columns, form, greeted="yes", upsell=offered, floor=4, branch="b001", visit_date=DAY)


def test_google_forms__grids_and_many_answers(form):
    english = "checklist: visit-form\nbranch: Branch\nshopper: Email Address\nhanded_in: Timestamp\nstart: Timestamp\n"
    found = check(DIALECTS / "google_forms_en.csv", english, form, greeted="yes", upsell=BOTH, floor=4, tables=5)
    assert str(found.readings[0].submission.handed_in) == "2026-08-20 10:31:40+03:00"
    russian = "checklist: visit-form\nbranch: Филиал\nstart: Отметка времени\n"
    found = check(DIALECTS / "google_forms_ru.csv", russian, form, greeted="yes", floor=4, tables=5, visit_date=DAY)
    assert found.readings[0].submission.visit_id == "Главная улица/2026-08-20T10:31:40"
    assert "tables" not in found.readings[1].submission.answers


def test_microsoft_forms__ok(form):
    columns = """
        checklist: visit-form
        visit: ID
        branch: Branch
        start: Start time
        end: Completion time
        items: {each: {floor: Floor.Cleanliness (1-5)}}
    """
    found = check(DIALECTS / "ms_forms.xlsx", columns, form, greeted="yes", upsell=BOTH, floor=4, visit_date=DAY)
    assert found.readings[1].submission.answers == {"greeted": "no", "floor": 1}
    columns = "checklist: visit-form\nvisit: ID\nbranch: Branch\nstart: Start time\n"
    quiz = check(DIALECTS / "ms_forms_quiz.csv", columns, form, greeted="yes", visit_date=DAY)
    assert [each.value for each in quiz.problems if "Points - Branch" in each.value and "Total points" in each.value]


def test_survey_monkey__two_header_rows(form):
    columns = """
        checklist: visit-form
        header: [1, 2]
        visit: Respondent ID
        branch: Branch
        start: Start Date
        end: End Date
    """
    check(DIALECTS / "surveymonkey_two_header_rows.csv", columns, form, greeted="yes", upsell=BOTH, comment="Fine",
          visit_id="118011234567", branch="Main Street", visit_date=DAY)  # fmt: skip


def test_lime_survey__codes_and_labels(form):
    codes = """
        checklist: visit-form
        visit: id
        branch: G1Q1
        start: startdate
        handed_in: submitdate
        items:
          each:
            greeted: G1Q2
            upsell: {options: {drink: "G2Q1[SQ001]", dessert: "G2Q1[SQ002]"}}
            floor: {column: "G2Q2[SQ001]", values: {A4: 4, -oth-: not_observed}}
    """
    found = check(DIALECTS / "limesurvey_codes.csv", codes, form, greeted="yes", upsell=("drink",), floor=4)
    second = found.readings[1].submission
    assert second.answers == {"greeted": "no", "upsell": ("dessert",), "floor": "not_observed"}
    assert second.handed_in is None
    labels = "checklist: visit-form\nvisit: Response ID\nbranch: Branch\nstart: Date started\n"
    check(DIALECTS / "limesurvey_full.csv", labels, form, greeted="yes", upsell=("drink",), visit_id="7")


def test_survey_cto__codes_in_one_cell(form):
    columns = """
        checklist: visit-form
        visit: KEY
        branch: branch
        shopper: username
        start: starttime
        end: endtime
        items: {each: {upsell: {values: {1: drink, 2: dessert}}}}
    """
    check(DIALECTS / "surveycto_wide.csv", columns, form, greeted="yes", upsell=BOTH, floor=4, branch="b001")


@pytest.mark.parametrize(
    "name",
    ["ru_semicolon_utf8_bom.csv", "ru_semicolon_cp1251.csv", "ru_koi8r.csv", "ru_cp866.csv", "sep_line.csv",
     "mac_cr_only.csv", "ru_semicolon_utf16le_bom.txt"],
)  # fmt: skip
def test_encodings__ok(name, tmp_path):
    small = checklist_from(
        tmp_path,
        """
        checklist: small
        version: 1.0.0
        title: Малый
        language: ru
        defaults: {not_applicable: true}
        sections: [{id: A, title: Всё, items: [{id: one, text: Вопрос 1}, {id: two, text: Вопрос 2}]}]
        """,
    )
    columns = """
        checklist: small
        branch: Филиал
        date: Дата
        spellings: {not_applicable: [Н/П]}
        published: {final: Балл, scale: points}
    """
    found = read(DIALECTS / name, columns, small)
    first, second = (each.submission for each in found.readings)
    assert first.answers == {"one": "yes", "two": "not_applicable"}
    assert (first.branch, first.visit_date, first.published[""]) == ("Главная улица", DAY, "4,5")
    assert second.answers == {"one": "yes", "two": "no"}, "the letter a in the second yes is a Latin one"
    assert second.typed["one"] == "дa"
    assert second.branch == "Вокзал"
    assert [(each.code, each.value) for each in found.problems] == [("C107", "1-2")]


def test_safety_culture_items__long(tmp_path):
    small = checklist_from(
        tmp_path,
        """
        checklist: small
        version: 1.0.0
        title: Small
        sections:
          - id: A
            title: All
            items: [{id: site, kind: text, text: Client / Site}, {id: clean, text: Clean?, required: false}]
        """,
    )
    columns = """
        layout: long
        checklist: small
        visit: audit_id
        long: {item: label, answer: response, comment: comment}
        ignore: ["*"]
    """
    found = read(SHARED / "safetyculture" / "inspection_items.csv", columns, small)
    assert {each.submission.visit_id for each in found.readings} >= {"audit_1"}
    assert found.readings[0].submission.answers["site"] == "ABBA"
    assert {each.code for each in found.problems} == {"C112", "C116"}


def test_headers__spaces_line_breaks_and_look_alikes(tmp_path, form):
    path = as_csv(tmp_path, "| Branch\u00a0 | Did\u00a0staff  greet уou? |\n| B1 | Yes |")
    check(path, "checklist: visit-form\nbranch: branch\n", form, greeted="yes", branch="B1")
