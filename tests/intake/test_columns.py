"""What a mapping finds in a table, and what it says where it does not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from auditkit.analysis import verify_rows
from auditkit.definitions.columns import columns_from
from auditkit.intake.proposing import propose
from auditkit.locales import LANGUAGES, has, say
from auditkit.problems import REGISTER
from auditkit.tables.opening import open_book
from tests.verify.sheets import as_csv, as_xlsx, checklist_from, mapping, read

FORM = """
    checklist: hall
    version: 1.0.0
    title: Hall
    defaults: {not_applicable: true}
    sections:
      - id: A
        title: All
        items:
          - {id: clean, text: The hall is clean}
          - {id: light, text: The lights are on}
          - {id: tip, kind: text, text: What else}
"""


@pytest.fixture
def hall(tmp_path):
    return checklist_from(tmp_path, FORM)


def places(found) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in found.problems]


COLUMNS = "checklist: hall\nvisit: Visit\nbranch: Branch\n"


def test_branch_codes__keep_their_zeros_and_are_taken_out(tmp_path, hall):
    table = "| Visit | Shop | The hall is clean | light |\n| 1 | 0071 - Main Street, Oldtown | yes | no |"
    columns = "checklist: hall\nvisit: Visit\nbranch: {starts_with: sho, take: '^(\\d+)'}\nwave: {always: W1}\n"
    first = read(as_csv(tmp_path, table), columns, hall).readings[0].submission
    assert (first.branch, first.wave, first.answers) == ("0071", "W1", {"clean": "yes", "light": "no"})
    assert first.cells == {"clean": "C2", "light": "D2"}
    assert first.source.row == 2


@pytest.mark.parametrize(
    "column",
    ["'Q7 Lights *'", "{contains: lights on}", "{matches: '^Q\\d+ Lights'}", "{letter: d}", "[Lampen, Q7  lights ON?]"],
)
def test_ways_to_name_a_column__ok(tmp_path, hall, column):
    table = "| Visit | Branch | clean | Q7 Lights on? |\n| 1 | b | yes | no |"
    columns = f"{COLUMNS}items: {{each: {{light: {column}}}}}\n"
    assert read(as_csv(tmp_path, table), columns, hall).answers()["light"] == "no"


def test_the_same_header_twice__error_until_it_is_said_which(tmp_path, hall):
    path = as_csv(
        tmp_path, "| Visit | Branch | clean | The lights are on | the lights are on. |\n| 1 | b | yes | no | yes |"
    )
    found = read(path, COLUMNS, hall)
    assert ("C103", "visits.csv[D1]") in places(found)
    assert "light" not in found.answers()
    second = f"{COLUMNS}items: {{each: {{light: {{header: The lights are on, nth: 2}}}}}}\n"
    assert read(path, second, hall).answers()["light"] == "yes"


def test_columns_and_items_left_over__named_with_the_nearest(tmp_path, hall):
    table = "| Visit | Branch | clean | The light are on | Weather |\n| 1 | b | yes | no | fine |"
    found = read(as_csv(tmp_path, table), COLUMNS, hall)
    facts = {(each.code, each.value): each.params for each in found.problems}
    assert facts["C104", "D The light are on; E Weather"]["n"] == "2"
    assert facts["C105", "light"]["nearest"] == "The light are on"
    assert ("C106", "tip") in facts
    ignoring = f"{COLUMNS}ignore: [Weather]\nitems: {{absent: not_asked}}\n"
    found = read(as_csv(tmp_path, table), ignoring, hall)
    assert {each.code for each in found.problems} == {"C104", "C106", "C116"}
    assert found.answers()["light"] == "not_asked"


def test_no_header__refused(tmp_path, hall):
    found = read(as_csv(tmp_path, "| 17 | B07 | yes | no |\n| 18 | B08 | no | no |"), COLUMNS, hall)
    assert len(found.readings) == 0
    assert places(found) == [("C101", "visits.csv:1")]
    letters = """
        checklist: hall
        first_row: 1
        visit: {letter: A}
        branch: {letter: B}
        items: {each: {clean: {letter: C}, light: {letter: D}}}
    """
    found = read(as_csv(tmp_path, "| 17 | B07 | yes | no |\n| 18 | B08 | no | no |"), letters, hall)
    assert [each.submission.visit_id for each in found.readings] == ["17", "18"]


def test_a_column_that_is_not_there__error(tmp_path, hall):
    found = read(as_csv(tmp_path, "| Visits | Branch | clean | light |\n| 1 | b | yes | no |"), COLUMNS, hall)
    (wrong,) = (each for each in found.problems if each.code == "C102")
    assert (wrong.value, wrong.params["nearest"]) == ("Visit", "Visits")


def test_sheets__by_name_hidden_ones_passed_over(tmp_path, hall):
    from openpyxl import load_workbook

    table = "| Visit | Branch | clean | light |\n| 1 | b | yes | no |"
    path = as_xlsx(tmp_path, {"old": "| x |\n| y |", "Answers": table})
    book = load_workbook(path)
    book["old"].sheet_state = "hidden"
    book.save(path)
    assert read(path, COLUMNS, hall).readings[0].submission.place("clean").cell == "C2"
    found = read(path, f"{COLUMNS}sheet: Answer\n", hall)
    assert [(each.code, each.params["nearest"]) for each in found.problems] == [("C108", "Answers")]


def test_blank__what_the_source_says(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | clean | light |\n| 1 | b | yes | |")
    assert read(path, COLUMNS, hall).answers() == {"clean": "yes"}
    rule = "items: {blank: not_observed, each: {light: {blank: not_applicable}}}\n"
    assert read(path, COLUMNS + rule, hall).answers()["light"] == "not_applicable"


def test_values__of_all_items_and_of_one(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | clean | light |\n| 1 | b | 2 pkt | no power today |")
    rule = "items: {values: {2 pkt: yes, 0 pkt: no}, each: {light: {values: {'no power*': not_applicable}}}}\n"
    found = read(path, COLUMNS + rule, hall)
    assert found.answers() == {"clean": "yes", "light": "not_applicable"}
    assert found.readings[0].submission.typed == {"clean": "2 pkt", "light": "no power today"}


def test_meanings_that_are_no_answers__error(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | clean | light |\n| 1 | b | yes | no |")
    common = "items: {points: {100: perfect, 0: no}, values: {ok: yes, good: great}}\n"
    found = read(path, COLUMNS + common, hall)
    assert [each.value for each in found.problems if each.code == "C110"] == ["great", "perfect"]
    found = read(path, COLUMNS + "items: {each: {clean: {values: {ok: fine}}, lights: {blank: missing}}}\n", hall)
    assert [each.value for each in found.problems if each.code == "C110"] == ["lights", "fine"]


def test_an_answer_that_nobody_understands__by_cell(tmp_path, hall):
    path = as_xlsx(tmp_path, {"S": "| Visit | Branch | clean | light |\n| 1 | b | hmm | n/a |\n| 2 | b | yes | no |"})
    found = read(path, COLUMNS, hall)
    wrong = [each for each in found.problems if each.code == "S301"]
    assert [(str(each.place), each.value) for each in wrong] == [
        ("visits.xlsx[S!C2]", "hmm"),
        ("visits.xlsx[S!D2]", "n/a"),
    ]
    assert len(found.readings) == 2


DATES = "checklist: hall\nvisit: Visit\nbranch: Branch\ndate: Day\n"


def test_date_order__settled_by_the_other_dates_of_the_file(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | Day        | clean | light |
        | 1     | b      | 03/04/2026 | yes   | no    |
        | 2     | b      | 13/04/2026 | yes   | no    |
        """,
    )
    assert read(path, DATES, hall).readings[0].submission.visit_date == date(2026, 4, 3)


def test_date_order__never_guessed(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | Day | clean | light |\n| 1 | b | 03/04/2026 | yes | no |")
    found = read(path, DATES, hall)
    assert ("S308", "visits.csv[C2]") in places(found)
    assert found.readings[0].submission.visit_date is None
    assert read(path, DATES, hall, date_order="mdy").readings[0].submission.visit_date == date(2026, 3, 4)
    assert read(path, DATES + "date_order: dmy\n", hall).readings[0].submission.visit_date == date(2026, 4, 3)


def test_dates_of_workbooks__serials_and_the_1904_epoch(tmp_path, hall):
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    for epoch, serial in ((None, 46254.5), (CALENDAR_MAC_1904, 44792.5)):
        book = Workbook()
        if epoch is not None:
            book.epoch = epoch
        book.active.append(["Visit", "Branch", "Start", "clean", "light"])
        book.active.append(["1", "b", serial, "yes", "no"])
        book.save(tmp_path / "dates.xlsx")
        found = read(tmp_path / "dates.xlsx", "checklist: hall\nvisit: Visit\nbranch: Branch\nstart: Start\n", hall)
        assert found.readings[0].submission.start == datetime(2026, 8, 20, 12)  # noqa: DTZ001  local


def test_outcomes__ok_and_error(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | clean | light | Status  |
        | 1     | b      | yes   | no    | fine    |
        | 2     | b      |       |       | shut    |
        | 3     | b      |       |       | refused |
        | 4     | b      | yes   | no    |         |
        | 5     | b      | yes   | no    | ???     |
        """,
    )
    columns = f"{COLUMNS}outcome: {{header: Status, values: {{shut: closed, fine: done}}}}\n"
    found = read(path, columns, hall)
    assert [each.submission.outcome.value for each in found.readings] == ["done", "closed", "refused", "done", "done"]
    assert ("C114", "visits.csv[E6]") in places(found)


def test_comments_evidence_facts_and_counts__kept(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | clean | clean - comment | clean_photo | light | Weather | Queue | Minutes |
        | 1     | b      | no    | Sand            | a.jpg       | yes   | rain    | 4     | 2,5     |
        """,
    )
    columns = f"{COLUMNS}facts: [Weather]\ncustomers_waiting: Queue\nminutes_to_first_contact: Minutes\n"
    first = read(path, columns, hall).readings[0].submission
    assert (first.comments, first.evidence, first.facts) == ({"clean": "Sand"}, {"clean": "a.jpg"}, {"Weather": "rain"})
    assert (first.customers_waiting, str(first.minutes_to_first_contact)) == (4, "2.5")


def test_json_lines__ok(tmp_path, hall):
    path = tmp_path / "visits.jsonl"
    path.write_text('{"Visit": "1", "Branch": "007", "clean": true, "light": 0}\n{"Visit": "2", "clean": "да"}\n')
    found = read(path, COLUMNS, hall)
    assert [each.submission.answers for each in found.readings] == [{"clean": "yes", "light": "no"}, {"clean": "yes"}]


def test_a_checklist_that_is_not_at_hand__error(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | clean |\n| 1 | b | yes |")
    found = read(path, COLUMNS.replace("hall", "hal@2.0.0"), hall)
    assert [each.submission for each in found.readings] in ([], [None])
    assert "C109" in found.codes


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("checklist: hall\nbranch: {take: '(['}\n", "C120"),
        ("checklist: hall\nlayout: long\n", "C120"),
        ("checklist: hall\noutcome: {header: S, values: {shut: shut}}\n", "C120"),
        ("checklist: hall\nbrunch: Shop\n", "D110"),
        ("checklist: hall\ndate_order: german\n", "D114"),
        ("checklist: hall\nitems: {blank: nothing}\n", "D114"),
        ("branch: Shop\n", "C121"),
        ("checklist: hall\nchecklist: hall\n", "D105"),
    ],
)
def test_mapping_files__error(yaml, code):
    columns, problems = columns_from(yaml)
    assert columns is None
    assert [each.code for each in problems] == [code]
    assert problems[0].place.line is not None


def test_mapping_without_a_checklist__the_only_one_is_meant(hall):
    columns, problems = columns_from("branch: Shop\n", [hall])
    assert problems == ()
    assert columns.checklists[0].checklist == "hall"


def test_propose__good_enough_to_run(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Nr wizyty | Oddział | Data       | The hall is clean | Lights are on? | Wynik |
        | 1         | 007     | 13.05.2026 | tak               | N/D            | 100   |
        | 2         | 008     | 14.05.2026 | nie               | hmm            | brak  |
        """.replace("Nr wizyty", "Numer wizyty"),
    )
    book, _ = open_book(path, name=path.name)
    proposal = propose(book, hall)
    assert proposal.items_left == ("tip",)
    assert proposal.columns_left == ()
    assert proposal.unread == (("light", "hmm"),)
    found = read(path, mapping(proposal.text), hall)
    first = found.readings[0].submission
    assert (first.visit_id, first.branch, first.visit_date) == ("1", "007", date(2026, 5, 13))
    assert first.answers == {"clean": "yes", "light": "not_applicable"}
    assert found.readings[1].submission.outcome.value == "closed"


def test_propose__long_and_two_header_rows(tmp_path, hall):
    path = as_csv(tmp_path, "| visit | branch | question | answer | comment |\n| 1 | b | clean | yes | ok |")
    book, _ = open_book(path, name=path.name)
    found = read(path, mapping(propose(book, hall).text), hall)
    assert found.answers() == {"clean": "yes"}


def test_messages__in_every_language():
    assert verify_rows.DIFFERS.code in REGISTER
    codes = [code for code in REGISTER if code[0] in "CV" or code.startswith("S3")]
    assert len(codes) > 30
    for code in codes:
        assert has(f"{code}.says"), code
        for language in LANGUAGES:
            for part in ("says", "do"):
                said = say(language, f"{code}.{part}", value="X")
                assert language == "en" or said != say("en", f"{code}.{part}", value="X"), (code, language)
