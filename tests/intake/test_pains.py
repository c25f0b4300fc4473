"""The thirty pains that real files bring, each through the whole reading of a table with a mapping.

What concerns our own form and JSON is tried beside their readers, under the same numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from auditkit.intake.reading import FileReading, read_file
from auditkit.model.visit import NOT_APPLICABLE
from tests.tables.made import DATES, row, sheet, text, workbook
from tests.verify.sheets import SHARED, Shelf, as_csv, as_xlsx, checklist_from, mapping
from tests.verify.sheets import read as read_table

HALL = """
    checklist: hall
    version: 1.0.0
    title: {en: Hall, ru: Зал}
    defaults: {not_applicable: true}
    sections:
      - id: greeting
        title: {en: Greeting, ru: Приветствие}
        items:
          - id: greeted
            text: {en: "Did staff greet you?", ru: "Поздоровались ли с вами?", pl: "Czy Państwa powitano?"}
          - id: offered
            kind: multi
            required: false
            text: {en: What was offered?, ru: Что предложили?}
            options:
              - {id: drink, text: {en: A drink, ru: Напиток}, credit: 0.5}
              - {id: seat, text: {en: "A seat, if free", ru: Место}, credit: 0.5}
      - id: rest
        title: Rest
        items:
          - {id: tidy, kind: scale, required: false, text: How tidy is it?, max: 10, min: 0}
          - {id: minutes, kind: number, required: false, text: How many minutes?, unit: minutes, lowest: 0,
             bands: [{up_to: 5, credit: 1}, {credit: 0}]}
          - {id: ended, kind: timestamp, required: false, text: When did it end?}
"""
COLUMNS = "checklist: hall\nvisit: Visit\nbranch: Branch\n"


@pytest.fixture
def hall(tmp_path):
    return checklist_from(tmp_path, HALL)


def read(path: Path, hall, columns: str = COLUMNS, **options: object) -> FileReading:
    return read_file(path, Shelf(hall), columns=mapping(columns), name=path.name, **options)


def answers(found: FileReading) -> list[dict[str, object]]:
    assert [each for each in told(found) if each[0] not in QUIET] == []
    return [each.submission.answers for each in found.readings]


QUIET = {"C104", "C106", "C116"}
"""Notes: columns that nothing uses, items without a column, no date in the mapping."""


def told(found: FileReading) -> list[tuple[str, str, str]]:
    every = [*found.problems, *(each for one in found.readings for each in one.problems)]
    return [(each.code, str(each.place), each.value) for each in every]


def wrong(found: FileReading) -> list[tuple[str, str, str]]:
    return [each for each in told(found) if each[0] not in QUIET]


def written(folder: Path, data: bytes | str, name: str = "visits.csv") -> Path:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder / name


def cells(folder: Path, rows: Sequence[Sequence[object]], name: str = "visits.xlsx", **more: object) -> Path:
    book = Workbook()
    if "epoch" in more:
        book.epoch = more["epoch"]  # type: ignore[assignment]
    for each in rows:
        book.active.append(each)
    book.save(folder / name)
    return folder / name


RUSSIAN = "Код;Филиал;Поздоровались ли с вами?\r\n1;Главная улица;Да\r\n2;Вокзал;Нет\r\n"
IN_RUSSIAN = "checklist: hall\nvisit: Код\nbranch: Филиал\n"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_pain_01__separators(separator, tmp_path, hall):
    path = written(tmp_path, "Visit;Branch;greeted\n1;B07;yes\n".replace(";", separator))
    assert answers(read(path, hall)) == [{"greeted": "yes"}]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1251", "koi8-r", "cp866", "utf-16"])
def test_pain_02_03_04__encodings(encoding, tmp_path, hall):
    text_ = RUSSIAN.replace(";", "\t") if encoding == "utf-16" else RUSSIAN
    found = read(written(tmp_path, text_.encode(encoding)), hall, IN_RUSSIAN)
    assert answers(found) == [{"greeted": "yes"}, {"greeted": "no"}]
    assert found.readings[0].submission.branch == "Главная улица"


def test_pain_03__cp1250(tmp_path, hall):
    data = "Nr;Placówka;Czy Państwa powitano?\r\n1;Łódź;Tak\r\n".encode("cp1250")
    found = read(written(tmp_path, data), hall, "checklist: hall\nvisit: Nr\nbranch: Placówka\n")
    assert answers(found) == [{"greeted": "yes"}]
    assert found.readings[0].submission.branch == "Łódź"


def test_pain_05__sep_line(tmp_path, hall):
    found = read(written(tmp_path, "sep=;\r\nVisit;Branch;greeted\r\n1;B07;yes\r\n"), hall)
    assert answers(found) == [{"greeted": "yes"}]
    assert found.readings[0].submission.cells["greeted"] == "C2", "as Excel counts"


def test_pain_06__cr_alone(tmp_path, hall):
    assert answers(read(written(tmp_path, "Visit;Branch;greeted\r1;B07;yes\r2;B08;no\r"), hall)) == [
        {"greeted": "yes"},
        {"greeted": "no"},
    ]


def test_pain_07__line_breaks_in_cells(tmp_path, hall):
    data = 'Visit;Branch;"Did staff\ngreet you?";clean - comment\n1;B07;yes;"first\nsecond"\n2;B08;no;\n'
    found = read(written(tmp_path, data), hall, f"{COLUMNS}facts: [clean - comment]\n")
    assert answers(found) == [{"greeted": "yes"}, {"greeted": "no"}]
    assert found.readings[0].submission.facts == {"clean - comment": "first\nsecond"}


def test_pain_08__two_header_rows(tmp_path, hall):
    data = "Visit;Branch;What was offered?;\n;;A drink;A seat, if free\n1;B07;A drink;\n2;B08;;A seat, if free\n"
    found = read(written(tmp_path, data), hall, f"{COLUMNS}header: [1, 2]\nitems: {{absent: not_asked}}\n")
    assert [each["offered"] for each in answers(found)] == [("drink",), ("seat",)]


def test_pain_09__no_header__refused(tmp_path, hall):
    found = read(written(tmp_path, "17;B07;yes\n18;B08;no\n"), hall)
    assert found.readings == ()
    assert [(code, place) for code, place, _ in wrong(found)] == [("C101", "visits.csv:1")]


def test_pain_10__duplicate_headers__refused_until_said_which(tmp_path, hall):
    path = written(tmp_path, "Visit;Branch;greeted;greeted\n1;B07;yes;no\n")
    found = read(path, hall)
    assert ("C103", "visits.csv[C1]", "greeted") in told(found)
    second = f"{COLUMNS}items: {{each: {{greeted: {{header: greeted, nth: 2}}}}}}\n"
    assert answers(read(path, hall, second)) == [{"greeted": "no"}]


@pytest.mark.parametrize(
    "header",
    [
        "greeted ",
        "\u00a0greeted",
        '"greeted\n"',
        "GREETED",
        "Did staff  greet\u00a0you?",
        "Did staff greet уou?",
        "gre\u200beted",
    ],
)
def test_pain_11_22__headers_with_blanks_breaks_and_look_alikes(header, tmp_path, hall):
    assert answers(read(written(tmp_path, f"Visit;Branch;{header}\n1;B07;yes\n"), hall)) == [{"greeted": "yes"}]


@pytest.mark.parametrize("header", ["greeting/greeted", "greeting-greeted", "form/greeting/greeted"])
def test_pain_12__group_prefixes(header, tmp_path, hall):
    assert answers(read(written(tmp_path, f"Visit;Branch;{header}\n1;B07;yes\n"), hall)) == [{"greeted": "yes"}]


@pytest.mark.parametrize("typed", ["drink", "A drink", "Напиток", "1. A drink", "A DRINK."])
def test_pain_13_14__labels_or_codes_in_any_language(typed, tmp_path, hall):
    found = read(written(tmp_path, f"Visit;Branch;greeted;Что предложили?\n1;B07;yes;{typed}\n"), hall)
    assert answers(found)[0]["offered"] == ("drink",)


@pytest.mark.parametrize(
    "typed",
    ["drink seat", "A drink, A seat, if free", "A drink; A seat, if free;", "A seat, if free\nA drink", "seat|drink"],
)
def test_pain_15__several_answers_in_one_cell(typed, tmp_path, hall):
    path = cells(tmp_path, [["Visit", "Branch", "greeted", "offered"], ["1", "B07", "yes", typed]])
    assert answers(read(path, hall))[0]["offered"] == ("drink", "seat")


def test_pain_15__a_column_an_option(tmp_path, hall):
    data = "Visit;Branch;greeted;offered/drink;offered/seat\n1;B07;yes;1;0\n2;B08;yes;0;0\n3;B08;yes;;\n"
    assert [each.get("offered") for each in answers(read(written(tmp_path, data), hall))] == [("drink",), (), None]


def test_pain_16__not_applicable_blank_and_dashes(tmp_path, hall):
    """`n/a` is 'not applicable' in one source and 'skipped' in another: the mapping says; a dash means nothing."""
    rows = "1;B07;n/a;8\n2;B07;;8\n3;B07;-;8\n4;B07;Н/П;8\n5;B07;not applicable;8\n"
    path = written(tmp_path, f"Visit;Branch;greeted;tidy\n{rows}")
    found = read(path, hall)
    assert wrong(found) == [
        ("S301", "visits.csv[C2]", "n/a"),
        ("S301", "visits.csv[C4]", "-"),
        ("S301", "visits.csv[C5]", "Н/П"),
    ]
    assert [each.submission.answers.get("greeted") for each in found.readings] == [None] * 4 + [NOT_APPLICABLE]
    source = f"{COLUMNS}spellings: {{not_applicable: [n/a, Н/П]}}\nitems: {{blank: not_observed}}\n"
    path = written(tmp_path, "Visit;Branch;greeted;tidy\n1;B07;N/A;8\n2;B07;;8\n3;B07;н/п.;8\n")
    assert [each["greeted"] for each in answers(read(path, hall, source))] == [
        NOT_APPLICABLE,
        "not_observed",
        NOT_APPLICABLE,
    ]


def test_pain_17__words_in_number_cells(tmp_path, hall):
    path = written(tmp_path, "Visit;Branch;greeted;minutes\n1;B07;yes;Closed\n2;B07;yes;4\n")
    assert wrong(read(path, hall)) == [("S303", "visits.csv[D2]", "Closed")]
    columns = f"{COLUMNS}items: {{each: {{minutes: {{values: {{Closed: not_applicable}}}}}}}}\n"
    assert answers(read(path, hall, columns))[0]["minutes"] == NOT_APPLICABLE


def test_pain_18__labels_with_points(tmp_path, hall):
    path = written(tmp_path, "Visit;Branch;greeted;offered\n1;B07;Yes (100.00);A drink (50.00)\n2;B07;No (0,00);\n")
    assert [each["greeted"] for each in answers(read(path, hall))] == ["yes", "no"]


@pytest.mark.parametrize(
    ("header", "typed", "meant"),
    [
        ("minutes", "4,5", "4.5"),
        ("minutes", "4.5", "4.5"),
        ("minutes", " 4 ", "4"),
        ("minutes", "1 234,5", "1234.5"),
        ("minutes", "1\u202f234", "1234"),
        ("minutes", "0,1", "0.1"),
        ("tidy", "8 / 10", "8"),
        ("tidy", "8/10", "8"),
        ("tidy", "8,0", "8"),
    ],
)
def test_pain_19__numbers_as_text(header, typed, meant, tmp_path, hall):
    path = written(tmp_path, f"Visit;Branch;greeted;{header}\n1;B07;yes;{typed}\n")
    assert str(answers(read(path, hall))[0][header]) == meant


def test_pain_19__percent_is_no_step_of_a_scale_unless_said(tmp_path, hall):
    path = written(tmp_path, "Visit;Branch;greeted;tidy\n1;B07;yes;87%\n")
    assert wrong(read(path, hall)) == [("S304", "visits.csv[D2]", "87%")]


def test_pain_19__a_number_of_two_meanings__error(tmp_path, hall):
    path = written(tmp_path, "Visit;Branch;greeted;minutes\n1;B07;yes;1,234\n")
    assert wrong(read(path, hall)) == [("S309", "visits.csv[D2]", "1,234")]
    assert str(answers(read(path, hall, f"{COLUMNS}decimal: ','\n"))[0]["minutes"]) == "1.234"


def test_pain_19__numbers_of_a_workbook__at_fifteen_digits(tmp_path, hall):
    path = cells(tmp_path, [["Visit", "Branch", "greeted", "minutes"], ["1", "B07", "yes", 0.1 + 0.2]])
    assert str(answers(read(path, hall))[0]["minutes"]) == "0.3"


def test_pain_20__a_code_that_became_a_date__error(tmp_path, hall):
    moment = datetime(2026, 2, 1)  # noqa: DTZ001
    path = cells(
        tmp_path, [["Visit", "Branch", "greeted", "tidy"], ["1", "B07", "yes", moment], ["2", "B07", moment, 8]]
    )
    assert [(code, place) for code, place, _ in wrong(read(path, hall))] == [
        ("S302", "visits.xlsx[Sheet!D2]"),
        ("S302", "visits.xlsx[Sheet!C3]"),
    ]


def test_pain_20__a_branch_code_that_became_a_date__error(tmp_path, hall):
    path = cells(tmp_path, [["Visit", "Branch", "greeted"], ["1", datetime(2026, 2, 1), "yes"]])  # noqa: DTZ001
    found = read(path, hall)
    assert [(code, place) for code, place, _ in wrong(found)] == [("C107", "visits.xlsx[Sheet!B2]")]
    assert found.readings[0].submission.branch == ""


DATED = f"{COLUMNS}start: When\n"
MOMENT = datetime(2026, 8, 20, 10, 31)  # noqa: DTZ001  local to the branch


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-08-20 10:31", MOMENT),
        ("2026-08-20T10:31:00", MOMENT),
        ("20.08.2026 10:31", MOMENT),
        ("20/08/2026 10:31", MOMENT),
        ("08/20/2026 10:31 AM", MOMENT),
        ("20 августа 2026 г., 10:31", MOMENT),
        ("20 sierpnia 2026 10:31", MOMENT),
        ("Aug 20, 2026, 10:31 AM", MOMENT),
        ("46254.438194444445", None),
        ("2026-08-20T10:31:00Z", datetime(2026, 8, 20, 10, 31, tzinfo=UTC)),
        ("2026/08/20 1:31:00 PM GMT+3", datetime(2026, 8, 20, 10, 31, tzinfo=UTC)),
        ("2026-08-20T10:31:00.000+00:00", datetime(2026, 8, 20, 10, 31, tzinfo=UTC)),
    ],
)
def test_pain_21__dates_as_text(typed, meant, tmp_path, hall):
    found = read(written(tmp_path, f"Visit;Branch;greeted;When\n1;B07;yes;{typed}\n"), hall, DATED)
    if meant is None:
        assert wrong(found) == [("C107", "visits.csv[D2]", typed)], "a serial is a number in a text file"
    else:
        assert wrong(found) == []
        assert found.readings[0].submission.start == meant


def test_pain_21__serials_and_the_1904_epoch(tmp_path, hall):
    for more, serial in (({}, 46254.5), ({"epoch": CALENDAR_MAC_1904}, 44792.5)):
        rows = [["Visit", "Branch", "greeted", "When", "ended"], ["1", "B07", "yes", serial, serial]]
        found = read(cells(tmp_path, rows, **more), hall, DATED)
        assert answers(found)[0]["ended"] == datetime(2026, 8, 20, 12)  # noqa: DTZ001
        assert found.readings[0].submission.start == datetime(2026, 8, 20, 12)  # noqa: DTZ001


def test_pain_21__ambiguous__settled_by_the_files_other_dates_or_a_problem(tmp_path, hall):
    two = "Visit;Branch;greeted;When\n1;B07;yes;03/04/2026 10:31\n2;B07;yes;{}\n"
    settled = read(written(tmp_path, two.format("13/04/2026 10:31")), hall, DATED)
    assert settled.readings[0].submission.start.date() == date(2026, 4, 3)
    settled = read(written(tmp_path, two.format("04/13/2026 10:31")), hall, DATED)
    assert settled.readings[0].submission.start.date() == date(2026, 3, 4)
    open_ = read(written(tmp_path, two.format("05/06/2026 10:31")), hall, DATED)
    assert [(code, place) for code, place, _ in wrong(open_)] == [
        ("S308", "visits.csv[D2]"),
        ("S308", "visits.csv[D3]"),
    ]
    told_ = read(written(tmp_path, two.format("05/06/2026 10:31")), hall, DATED, date_order="mdy")
    assert told_.readings[0].submission.start.date() == date(2026, 3, 4)


@pytest.mark.parametrize(
    "typed", ["дa", "Дa", "ДА", "да.", "YES", "yеs", "Иә", "TAK", "da", "✓", "✔", "+", "x", "v", "1"]
)
def test_pain_14_22_23__yes_in_every_spelling(typed, tmp_path, hall):
    found = read(written(tmp_path, f"Visit;Branch;greeted\n1;B07;{typed}\n"), hall)
    assert answers(found) == [{"greeted": "yes"}]


def test_pain_24__merged_and_blank_rows(tmp_path, hall):
    path = cells(tmp_path, [["Visit", "Branch", "greeted"], ["1", "B07", "yes"], [], ["2", None, "no"], [None] * 3])
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.active.merge_cells("B2:B4")
    book.save(path)
    found = read(path, hall)
    assert [each.submission.branch for each in found.readings] == ["B07", ""], (
        "a merged cell is one cell: never filled down"
    )
    assert [each.submission.source.row for each in found.readings] == [2, 4]


def test_pain_24__copied_rows__two_reports(tmp_path, hall):
    found = read(written(tmp_path, "Visit;Branch;greeted\n1;B07;yes\n1;B07;yes\n1;B07;no\n"), hall)
    assert [each.submission.source.row for each in found.readings] == [2, 3, 4]


def test_pain_25__sheets_renamed_extra_and_hidden(tmp_path, hall):
    table = "| Visit | Branch | greeted |\n| 1 | B07 | yes |"
    path = as_xlsx(tmp_path, {"cover": "| x |", "Ответы (2)": table})
    assert [code for code, _, _ in wrong(read(path, hall, f"{COLUMNS}sheet: Answers\n"))] == ["C108"]
    assert answers(read(path, hall, f"{COLUMNS}sheet: ответы (2)\n")) == [{"greeted": "yes"}]
    assert answers(read(path, hall, f"{COLUMNS}sheet: 2\n")) == [{"greeted": "yes"}]


def test_pain_26__used_range_too_big_and_too_small(tmp_path, hall):
    head = row(1, text("A1", "Visit"), text("B1", "Branch"), text("C1", "greeted"))
    rows = "".join(row(n, text(f"A{n}", n), text(f"B{n}", "B07"), text(f"C{n}", "yes")) for n in range(2, 52))
    far = row(1_048_576, '<c r="XFD1048576" s="1"/>')
    for data in (sheet(head + rows + far), sheet(head + rows, '<dimension ref="A1"/>')):
        found = read(workbook(tmp_path / "v.xlsx", data, {"xl/styles.xml": DATES}), hall)
        assert len(answers(found)) == 50


def test_pain_27__formulas_without_a_value_and_errors(tmp_path, hall):
    rows = [["Visit", "Branch", "greeted", "tidy"], ["1", "B07", "=1+1", "#N/A"], ["=A2", "=B2", "yes", 8]]
    found = read(cells(tmp_path, rows), hall)
    assert [(code, place) for code, place, _ in wrong(found)] == [
        ("S310", "visits.xlsx[Sheet!C2]"),
        ("S310", "visits.xlsx[Sheet!D2]"),
        ("C107", "visits.xlsx[Sheet!A3]"),
        ("C107", "visits.xlsx[Sheet!B3]"),
    ]


def test_pain_27__an_error_as_text(tmp_path, hall):
    found = read(written(tmp_path, "Visit;Branch;greeted\n1;#REF!;#N/A\n"), hall)
    assert [(code, place) for code, place, _ in wrong(found)] == [
        ("C107", "visits.csv[B2]"),
        ("S310", "visits.csv[C2]"),
    ]


def test_pain_27__a_tick_that_is_a_formula_without_a_value__no_blank(tmp_path, hall):
    rows = [["Visit", "Branch", "greeted", "offered/drink", "offered/seat"], ["1", "B07", "yes", "=1", 0]]
    found = read(cells(tmp_path, rows), hall)
    assert [(code, place) for code, place, _ in wrong(found)] == [("S310", "visits.xlsx[Sheet!D2]")]
    assert "offered" not in found.readings[0].submission.answers


def test_pain_30__a_published_score_that_its_answers_do_not_give(tmp_path, hall):
    path = as_csv(tmp_path, "| Visit | Branch | greeted | Final |\n| 1 | B07 | yes | 100 |\n| 2 | B07 | no | 50 |")
    columns = f"{COLUMNS}published: {{final: Final}}\n"
    (one,) = read_table(path, columns, hall).verified().disagreeing
    assert (str(one.place), one.published) == ("visits.csv[D3]", "50")


# -- a row, an object, a line an answer ------------------------------------------------------------------------------


def test_long_tables__the_same_pains(tmp_path, hall):
    data = "код;вопрос;ответ\r\n1;Поздоровались ли с вами?;дa\r\n1;How tidy is it? ;8 / 10\r\n2;greeted;-\r\n"
    columns = "layout: long\nchecklist: hall\nvisit: код\nbranch: {always: B07}\nlong: {item: вопрос, answer: ответ}\n"
    found = read(written(tmp_path, data.encode("cp1251")), hall, columns)
    assert found.readings[0].submission.answers == {"greeted": "yes", "tidy": 8}
    assert wrong(found) == [("S301", "visits.csv[C4]", "-")]


def test_json_lines_through_a_mapping__a_broken_line_is_one_lost_and_named(tmp_path, hall):
    lines = [json.dumps({"Visit": "1", "Branch": "B07", "greeted": True}), '{"Visit": "2",', json.dumps(MAYBE)]
    found = read(written(tmp_path, "\n".join(lines), "v.jsonl"), hall)
    assert [each.submission.visit_id if each.submission else None for each in found.readings] == ["1", "3", None]
    assert [each.submission.source.row for each in found.readings[:2]] == [1, 3]
    assert found.readings[0].submission.cells == {"greeted": "1:greeted"}
    assert wrong(found) == [
        ("S301", "v.jsonl[3:greeted]", "maybe"),
        ("F120", "v.jsonl:2:15", ""),
    ]


MAYBE = {"Visit": "3", "Branch": "B07", "greeted": "maybe"}


def test_json_through_a_mapping__what_is_no_object_is_one_lost_and_named(tmp_path, hall):
    found = read(written(tmp_path, json.dumps([MAYBE | {"greeted": "yes"}, "note", None, MAYBE]), "v.json"), hall)
    assert [each.submission is not None for each in found.readings] == [True, True, False, False]
    assert wrong(found) == [
        ("S301", "v.json[[3].greeted]", "maybe"),
        ("S225", "v.json[[1]]", '"note"'),
        ("S225", "v.json[[2]]", "null"),
    ]


@pytest.mark.parametrize("data", [MAYBE, [MAYBE], {"results": [MAYBE], "count": 1}])
def test_json_through_a_mapping__an_object_is_named_by_its_place(data, tmp_path, hall):
    found = read(written(tmp_path, json.dumps(data), "v.json"), hall)
    assert wrong(found) == [("S301", "v.json[[0].greeted]", "maybe")]
    assert found.readings[0].submission.source.row == 1


@pytest.mark.parametrize("data", ["Visit;Branch;greeted\n", "Visit;Branch;greeted\n;;\n\n", "\ufeff"])
def test_a_table_without_a_row__error(data, tmp_path, hall):
    found = read(written(tmp_path, data), hall)
    assert found.readings == ()
    assert any(code in ("S231", "C101", "F103") for code, _, _ in told(found)), told(found)


@pytest.mark.skipif(not (SHARED / "dialects").exists(), reason="the sample exports are not beside the project")
@pytest.mark.parametrize("path", sorted((SHARED / "dialects").glob("*")), ids=lambda path: path.name)
def test_sample_exports__no_mapping_no_guess_and_no_fault(path, hall):
    found = read_file(path, Shelf(hall), name=path.name)
    assert {code for code, _, _ in told(found)} <= {"S230", "S225", "S203"}
    assert told(found) != []


def test_every_pain_has_its_test():
    """Thirty of them, each named by its number in a test somewhere."""
    folder = Path(__file__).parent.parent
    names = re.findall(r"def test_pain_([\d_]+?)__", "".join(p.read_text("utf-8") for p in folder.rglob("test_*.py")))
    assert {int(number) for name in names for number in name.split("_")} == set(range(1, 31))
