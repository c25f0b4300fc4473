"""Which rows of a table are visits, how a field is put together, and what is said of what is left over."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta, timezone

import pytest

from auditkit.definitions.columns import columns_from
from tests.verify.sheets import as_csv, as_xlsx, checklist_from, read

FORM = """
    checklist: hall
    version: 1.0.0
    title: Hall
    defaults: {not_applicable: true}
    sections: [{id: A, title: All, items: [{id: clean, text: The hall is clean}, {id: light, text: The lights are on}]}]
"""
COLUMNS = "checklist: hall\nvisit: Visit\nbranch: Branch\n"


@pytest.fixture
def hall(tmp_path):
    return checklist_from(tmp_path, FORM)


def said(found, *codes: str) -> list[tuple[str, str, str]]:
    return [(each.code, each.value, str(each.place)) for each in found.problems if each.code in codes]


TABLE = """
    | Visit | Branch | Status   | clean | light |
    | 1     | b      | Approved | yes   | no    |
    | 2     | b      | Test     | yes   | yes   |
    | Visit | Branch | Status   | clean | light |
    | 3     | b      |          | no    | no    |
    | Total | 3      |          |       |       |
"""


@pytest.mark.parametrize(
    ("rule", "visits", "left"),
    [
        ("skip: {Status: Test, Visit: Tot*}", ["1", "3"], "3, 4, 6"),
        ("keep: {Status: approved}", ["1"], "3, 4, 5, 6"),
        ("keep: {Status: [Approved, '']}\nskip: {Visit: Total}", ["1", "3"], "3, 4, 6"),
        ("skip: [{column: {letter: C}, is_not: [Approved, Test]}]", ["1", "2"], "4, 5, 6"),
    ],
)
def test_rows_that_are_no_visits__left_out_and_counted(tmp_path, hall, rule, visits, left):
    found = read(as_csv(tmp_path, TABLE), f"{COLUMNS}{rule}\n", hall)
    assert [each.submission.visit_id for each in found.readings] == visits
    assert said(found, "C115", "C102", "C117") == [("C115", left, "visits.csv:1")]


def test_a_row_that_answers_nothing__one_problem(tmp_path, hall):
    found = read(as_csv(tmp_path, TABLE), f"{COLUMNS}skip: {{Status: Test}}\n", hall)
    assert said(found, "C117") == [("C117", "", "visits.csv:6")]
    total = found.readings[-1].submission
    assert (total.visit_id, total.answers) == ("Total", {})


def test_the_column_of_a_rule_that_is_not_there__error(tmp_path, hall):
    found = read(as_csv(tmp_path, TABLE), f"{COLUMNS}skip: {{State: Test}}\n", hall)
    assert ("C102", "State", "visits.csv:1") in said(found, "C102")


@pytest.mark.parametrize(
    "yaml",
    [
        "skip: [{column: Status}]",
        "skip: [{column: Status, is: a, is_not: b}]",
        "time_zone: Mars/Olympus",
        "encoding: cp99999",
        "published: {final: {header: Total, take: '(['}}",
    ],
)
def test_mappings__error(yaml):
    columns, problems = columns_from(f"checklist: hall\n{yaml}\n")
    assert columns is None
    assert [each.code for each in problems] == ["C120"]
    assert problems[0].place.line == 2


@pytest.mark.parametrize(
    ("yaml", "known"),
    [
        ("published: {final: Total, final_as: {decimal: 1}}", "decimals"),
        ("published: {final: {headr: Total}}", "header"),
        ("visit: {join: [A, {hedar: b}]}", "header"),
        ("items: {each: {clean: {colum: x}}}", "column"),
    ],
)
def test_an_unknown_key_inside__the_nearest_is_named(yaml, known):
    columns, problems = columns_from(f"checklist: hall\n{yaml}\n")
    assert columns is None
    assert [(each.code, each.params["known"]) for each in problems] == [("D110", known)]


def test_codes_without_their_zeros__filled_up(tmp_path, hall):
    path = as_xlsx(
        tmp_path,
        {"S": "| Visit | Branch | clean | light |\n| 1 | 71 | yes | no |\n| 2 | B9 | yes | no |"},
        numbers=True,
    )
    found = read(path, COLUMNS.replace("branch: Branch", "branch: {header: Branch, digits: 4}"), hall)
    assert [each.submission.branch for each in found.readings] == ["0071", "B9"]


def test_joined__blank_parts_are_left_out(tmp_path, hall):
    path = as_csv(tmp_path, "| Shop | Till | clean | light |\n| S1 | 3 | yes | no |\n| S2 | | yes | no |")
    columns = "checklist: hall\nvisit: {join: [Shop, {letter: B}], between: '-'}\nbranch: Shop\n"
    found = read(path, columns, hall)
    assert [each.submission.visit_id for each in found.readings] == ["S1-3", "S2"]
    assert "C104" not in found.codes


def test_one_cell_for_the_whole_sheet(tmp_path, hall):
    table = "| Wave | W7 | | |\n| Visit | Branch | clean | light |\n| 1 | b | yes | no |"
    found = read(as_csv(tmp_path, table), f"{COLUMNS}header: 2\nwave: {{cell: B1, take: 'W(\\d)'}}\n", hall)
    assert found.readings[0].submission.wave == "7"


def test_a_cell_with_an_encoding_of_its_own(tmp_path, hall):
    path = tmp_path / "visits.csv"
    path.write_bytes("Visit;Branch;clean;light\n1;Ñandú;yes;no\n".encode("cp850"))
    found = read(path, f"encoding: cp850\n{COLUMNS}", hall)
    assert found.readings[0].submission.branch == "Ñandú"


def test_any_number__other_words_stay_problems(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | clean | light | Score  |
        | 1     | b      | yes   | no    | 50,0 % |
        | 2     | b      | yes   | no    | 3 / 4  |
        | 3     |        |       |       | shut   |
        | 4     | b      | yes   | no    | ??     |
        """,
    )
    outcome = "outcome: {header: Score, values: {shut: closed, <number>: done}}\n"
    found = read(path, COLUMNS + outcome, hall)
    assert [each.submission.outcome.value for each in found.readings] == ["done", "done", "closed", "done"]
    assert said(found, "C114", "C117") == [("C114", "??", "visits.csv[E5]")]


def test_header_patterns__dashes_inside_a_question(tmp_path):
    desk = checklist_from(
        tmp_path,
        FORM.replace("The hall is clean", "Check-in – quick").replace("The lights are on", "Check-in"),
    )
    path = as_csv(tmp_path, "| Visit | Branch | Desk - Check-in - quick | Desk - Check-in |\n| 1 | b | yes | no |")
    found = read(path, f'{COLUMNS}items: {{answer: "* - {{text}}"}}\n', desk)
    assert found.answers() == {"clean": "yes", "light": "no"}
    assert not {"C103", "C104", "C105"} & set(found.codes)


def test_columns_of_points__are_no_answers(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | clean | clean pts | light | light pts |\n| 1 | b | yes | 1 | no | 0 |")
    columns = f'{COLUMNS}items: {{answer: "{{id}}*"}}\npublished: {{items: "{{answer}} pts"}}\n'
    found = read(path, columns, hall)
    assert "C103" not in found.codes
    assert found.verified().agrees


def test_unused_columns__one_note_with_their_letters(tmp_path, hall):
    path = as_csv(
        tmp_path,
        "| Visit | Branch | clean | light | Weather | A very long header " + "x" * 80 + " |\n| 1 | b | yes | no | | |",
    )
    ((_, value, _),) = said(read(path, COLUMNS, hall), "C104")
    assert value.startswith("E Weather; F A very long header")
    assert value.endswith("…")


# -- dates ---------------------------------------------------------------------------------------------------------

TWO_DATES = f"{COLUMNS}date: Day\nhanded_in: Sent\n"


def test_each_column_has_its_own_order_of_day_and_month(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | Day        | Sent             | clean | light |
        | 1     | b      | 03/04/2026 | 04/05/2026 10:00 | yes   | no    |
        | 2     | b      | 13/04/2026 | 04/14/2026 10:00 | yes   | no    |
        """,
    )
    first = read(path, TWO_DATES, hall).readings[0].submission
    assert (first.visit_date, first.handed_in) == (date(2026, 4, 3), datetime(2026, 4, 5, 10))  # noqa: DTZ001


def test_a_column_without_evidence__goes_by_the_others(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | Day        | Sent       | clean | light |
        | 1     | b      | 03/04/2026 | 04/04/2026 | yes   | no    |
        | 2     | b      | 05/04/2026 | 25/04/2026 | yes   | no    |
        """,
    )
    assert read(path, TWO_DATES, hall).readings[0].submission.visit_date == date(2026, 4, 3)


def test_a_column_of_both_orders__settled_by_nothing(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | Day        | clean | light |
        | 1     | b      | 13/04/2026 | yes   | no    |
        | 2     | b      | 04/14/2026 | yes   | no    |
        | 3     | b      | 05/04/2026 | yes   | no    |
        """,
    )
    found = read(path, f"{COLUMNS}date: Day\n", hall)
    assert [each.submission.visit_date for each in found.readings] == [date(2026, 4, 13), date(2026, 4, 14), None]
    assert said(found, "S308") == [("S308", "05/04/2026", "visits.csv[C4]")]


def test_iso_dates_beside_others__settle_nothing(tmp_path, hall):
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | Day        | clean | light |
        | 1     | b      | 2026-04-13 | yes   | no    |
        | 2     | b      | 05/04/2026 | yes   | no    |
        """,
    )
    found = read(path, f"{COLUMNS}date: Day\n", hall)
    assert said(found, "S308") == [("S308", "05/04/2026", "visits.csv[C3]")]


def test_real_dates_beside_texts_that_could_be_none__doubted(tmp_path, hall):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Visit", "Branch", "Day", "clean", "light"])
    book.active.append(["1", "b", date(2026, 3, 4), "yes", "no"])
    book.active.append(["2", "b", "13/04/2026", "yes", "no"])
    book.save(tmp_path / "visits.xlsx")
    found = read(tmp_path / "visits.xlsx", f"{COLUMNS}date: Day\n", hall)
    assert said(found, "C122") == [("C122", "Day", "visits.xlsx[Sheet!C1]")]
    book.active.append(["3", "b", date(2026, 4, 25), "yes", "no"])
    book.save(tmp_path / "visits.xlsx")
    assert said(read(tmp_path / "visits.xlsx", f"{COLUMNS}date: Day\n", hall), "C122") == []


def test_times_of_a_tool__in_the_zone_that_the_mapping_names(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | Started | clean | light |\n| 1 | b | 2026-05-01 23:30 | yes | no |")
    local = read(path, f"{COLUMNS}start: Started\n", hall).readings[0].submission
    assert (local.start.tzinfo, local.visit_date) == (None, date(2026, 5, 1))
    zoned = read(path, f"{COLUMNS}start: Started\ntime_zone: Asia/Almaty\n", hall).readings[0].submission
    assert zoned.start == datetime(2026, 5, 1, 23, 30, tzinfo=timezone(timedelta(hours=5)))
    assert zoned.visit_date is None, "the day is the branch's, and its zone is not known here"


def test_an_instant_in_the_column_of_dates__is_a_start(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | When | clean | light |\n| 1 | b | 2026-05-01T23:30:00Z | yes | no |")
    submission = read(path, f"{COLUMNS}date: When\n", hall).readings[0].submission
    assert submission.visit_date is None
    assert submission.start.isoformat() == "2026-05-01T23:30:00+00:00"


def test_no_date_anywhere__one_note_and_none_a_visit(tmp_path, hall):
    from auditkit.intake.checks import check

    found = read(as_csv(tmp_path, "| Visit | Branch | clean | light |\n| 1 | b | yes | no |"), COLUMNS, hall)
    assert said(found, "C116") == [("C116", "", "visits.csv:1")]
    assert check(found.readings[0].submission, hall) == ()
    dated = read(as_csv(tmp_path, "| Visit | Branch | Day | clean | light |\n| 1 | b | | yes | no |"),
                 f"{COLUMNS}date: Day\n", hall)  # fmt: skip
    assert [each.code for each in check(dated.readings[0].submission, hall)] == ["S107"]


def test_closed_without_a_branch__nothing_to_say(tmp_path, hall):
    from auditkit.intake.checks import check

    path = as_csv(tmp_path, "| Visit | Branch | clean | light | How |\n| 1 | | | | closed |\n| 2 | | yes | no | done |")
    found = read(path, f"{COLUMNS}outcome: How\n", hall)
    first, second = (each.submission for each in found.readings)
    assert check(first, hall) == ()
    assert [each.code for each in check(second, hall)] == ["S112"]


def test_a_cell_that_nobody_understands__is_no_blank_besides(tmp_path, hall):
    from auditkit.intake.checks import check

    found = read(as_csv(tmp_path, "| Visit | Branch | clean | light |\n| 1 | b | hmm | |"), COLUMNS, hall)
    assert [each.code for each in found.readings[0].problems] == ["S301"]
    assert [(each.code, each.params["item"]) for each in check(found.readings[0].submission, hall)] == [("S101", "1.2")]


def test_what_comes_again_and_again__read_alike_and_wrong_in_each_of_its_rows(tmp_path, hall):
    table = """
        | Visit | Branch | Date       | Staff | clean | light |
        | 1     | b      | 2026-05-04 | 3     | yes   | no    |
        | 2     | b      | 04/05/2026 | three | yes   | no    |
        | 3     |        | 2026-05-04 | 3     | yes   | what  |
        | 4     | b      | 04/05/2026 | three | yes   |       |
        | 1     | b      | 2026-05-04 | 3     | yes   | no    |
    """
    columns = f"{COLUMNS}date: Date\nstaff_on_duty: Staff\n"
    found = read(as_csv(tmp_path, table), columns, hall)
    told = [each.submission for each in found.readings]
    assert [each.visit_id for each in told] == ["1", "2", "3", "4", "1"]
    assert [each.branch for each in told] == ["b", "b", "", "b", "b"]
    assert [each.visit_date for each in told] == [date(2026, 5, 4), None, date(2026, 5, 4), None, date(2026, 5, 4)]
    assert [each.staff_on_duty for each in told] == [3, None, 3, None, 3]
    wrong = [(each.code, str(each.place)) for reading in found.readings for each in reading.problems]
    ambiguous = [place for code, place in wrong if place.startswith("visits.csv[C")]
    assert ambiguous == ["visits.csv[C3]", "visits.csv[C5]"]
    assert [place for _, place in wrong if place.startswith("visits.csv[D")] == ["visits.csv[D3]", "visits.csv[D5]"]


def test_cells_of_a_row__a_mapping_like_any_other(tmp_path, hall):
    table = "| Visit | Branch | clean | light |\n| 1 | b | yes | no |\n| 2 | b | yes | |"
    found = [each.submission for each in read(as_csv(tmp_path, table), COLUMNS, hall).readings]
    assert [each.cells for each in found] == [{"clean": "C2", "light": "D2"}, {"clean": "C3", "light": "D3"}]
    assert (list(found[1].cells), found[1].cells.get("other"), "other" in found[1].cells) == (
        ["clean", "light"],
        None,
        False,
    )
    for each in found:
        assert each.model_dump(mode="json")["cells"] == dict(each.cells)
        assert pickle.loads(pickle.dumps(each)) == each  # noqa: S301  what this very line pickled
        assert each.place("light").cell == each.cells["light"]
