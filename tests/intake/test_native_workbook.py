"""Our own form as it comes back from people: sorted, copied, merged, renamed, saved by other programs, half broken."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from auditkit.forms.blank import Blank
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.checks import check
from auditkit.intake.reading import FileReading, read_file
from auditkit.model.visit import NOT_APPLICABLE
from tests.forms.person import Form
from tests.verify.sheets import Shelf, checklist_from

DESK = """
    checklist: desk
    version: 1.0.0
    title: Desk
    defaults: {not_applicable: true}
    sections:
      - id: meet
        title: Meeting
        items:
          - {id: greets, text: Greets the customer?}
          - {id: badge, text: Wears a badge?, comment: not_met}
          - id: offers
            kind: multi
            text: What was offered?
            options: [{id: drink, text: Drink, credit: 0.5}, {id: seat, text: Seat, credit: 0.5}]
      - id: part
        title: Parting
        items:
          - {id: waited, kind: number, text: How long was the wait?, unit: minutes, lowest: 0, highest: 60,
             bands: [{up_to: 5, credit: 1}, {credit: 0}]}
          - {id: tidy, kind: scale, text: How tidy is it?, min: 1, max: 5}
          - {id: left_at, kind: timestamp, text: When did it end?, required: false}
          - {id: words, kind: text, text: What else?, required: false}
"""
GIVEN = {"greets": "yes", "badge": "no", "offers": ("drink",), "waited": 4, "tidy": 3}


class Desk:
    """The form of one small checklist, filled in, then handled by somebody."""

    def __init__(self, folder: Path, language: str = "en", **more: object) -> None:
        self.folder = folder
        self.checklist = checklist_from(folder, DESK)
        write_form(Blank([self.checklist], language=language, visit_id="V1", branch="B07"), folder / "empty.xlsx")
        self.form = Form(folder / "empty.xlsx", language)
        self.form.fill_cover(**more)
        self.form.answer(self.checklist, GIVEN)
        self.form.put(self.checklist, "badge", "No badge at all", 5)
        self.sheet = self.form.sheet(self.checklist)

    def row(self, key: str) -> int:
        return self.form.row(self.checklist, key)

    def read(self, **options: object) -> FileReading:
        path = self.form.save(self.folder / "form.xlsx")
        return read_file(path, Shelf(self.checklist), name="form.xlsx", **options)

    def submission(self):
        (reading,) = self.read().readings
        assert reading.problems == ()
        return reading.submission

    def problems(self) -> list[tuple[str, str, str]]:
        found = self.read()
        each = [*found.problems, *(p for reading in found.readings for p in reading.problems)]
        return [(p.code, str(p.place), p.value) for p in each]


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_a_form_as_it_was_filled__ok(desk):
    submission = desk.submission()
    assert submission.answers == {**GIVEN, "waited": 4}
    assert submission.comments == {"badge": "No badge at all"}
    assert submission.cells["badge"] == f"Desk!D{desk.row('badge')}"
    assert submission.source.reader == "workbook"
    assert submission.place("tidy").cell == f"D{desk.row('tidy')}"


# -- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reverse", [True, False])
def test_pain_24__sorted_rows__ok(desk, reverse):
    """Sorted by the question, the title and the headers with it: nothing stands where it stood."""
    by_question = lambda row: str(row[1] or row[0] or "")  # noqa: E731
    desk.form.rearrange(desk.sheet, lambda rows: sorted(rows, key=by_question, reverse=reverse))
    assert desk.submission().answers == GIVEN


def test_pain_24__sorted_rows__in_a_long_form_with_the_mark_far_down__ok(tmp_path):
    items = ", ".join(f"{{id: q{n:03}, text: 'Question {n:03}?'}}" for n in range(120))
    head = "checklist: long\nversion: 1.0.0\ntitle: Long\n"
    yaml = f"{head}sections: [{{id: s, title: S, items: [{items}]}}]\n"
    checklist = checklist_from(tmp_path, yaml)
    write_form(Blank([checklist], visit_id="V"), tmp_path / "e.xlsx")
    form = Form(tmp_path / "e.xlsx", "en")
    form.answer(checklist, {"q007": "yes"})
    form.rearrange(form.sheet(checklist), lambda rows: rows[::-1])
    (reading,) = read_file(form.save(tmp_path / "f.xlsx"), Shelf(checklist)).readings
    assert reading.submission.answers == {"q007": "yes"}


def test_pain_24__rows_and_columns_inserted__ok(desk):
    badge = desk.row("badge")

    def with_a_row_and_a_column(rows):
        inserted = [*rows[: badge - 1], [None] * 9, *rows[badge - 1 :]]
        return [[row[0], None, *row[1:]] for row in inserted]

    desk.form.rearrange(desk.sheet, with_a_row_and_a_column)
    submission = desk.submission()
    assert submission.answers == GIVEN
    assert submission.cells["badge"] == f"Desk!E{badge + 1}"


def test_pain_24__a_column_between_answers_and_the_hidden_one__found_by_its_headers(desk):
    notes = ["my own notes" if at == 2 else None for at in range(100)]
    desk.form.rearrange(desk.sheet, lambda rows: [[*r[:5], note, *r[5:]] for r, note in zip(rows, notes, strict=False)])
    submission = desk.submission()
    assert (submission.answers, submission.comments) == (GIVEN, {"badge": "No badge at all"})


def test_pain_24__the_column_of_answers_gone__error(desk):
    desk.form.rearrange(desk.sheet, lambda rows: [[*row[:3], None, *row[4:]] for row in rows])
    assert ("S207", "form.xlsx[Desk]", "Desk") in desk.problems()


def test_pain_24__a_copied_row_that_says_the_same__ok(desk):
    last = desk.sheet.max_row + 1
    for column in range(1, 10):
        desk.sheet.cell(last, column).value = desk.sheet.cell(desk.row("greets"), column).value
    assert desk.submission().answers == GIVEN


def test_pain_24__a_copied_row_that_says_something_else__error(desk):
    last = desk.sheet.max_row + 1
    for column in range(1, 10):
        desk.sheet.cell(last, column).value = desk.sheet.cell(desk.row("greets"), column).value
    desk.sheet.cell(last, 4).value = "No"
    first = f"Desk!D{desk.row('greets')}"
    (reading,) = desk.read().readings
    (found,) = reading.problems
    assert (found.code, str(found.place), found.value) == ("S202", f"form.xlsx[Desk!D{last}]", "No")
    assert (found.params["item"], found.params["other"]) == ("1.1", first)


def test_pain_24__a_copied_tick_that_says_something_else__error(desk):
    last = desk.sheet.max_row + 1
    desk.sheet.cell(last, 7).value, desk.sheet.cell(last, 4).value = "offers/drink", "No"
    assert desk.problems() == [("S202", f"form.xlsx[Desk!D{last}]", "No")]


def test_pain_24__merged_cells__the_rows_below_are_missing_and_named(desk):
    first, second = desk.row("waited"), desk.row("tidy")
    desk.sheet.merge_cells(start_row=first, end_row=second, start_column=4, end_column=4)
    (reading,) = desk.read().readings
    assert "tidy" not in reading.submission.answers
    missing = [each for each in check(reading.submission, desk.checklist) if each.code == "S101"]
    assert [str(each.place) for each in missing] == [f"form.xlsx[Desk!D{second}]"]


def test_pain_24__words_in_a_row_of_no_question__said(desk):
    below = desk.sheet.max_row + 2
    desk.sheet.cell(below, 4).value = "by the way, the lift was broken"
    assert desk.problems() == [("S212", f"form.xlsx[Desk!D{below}]", "by the way, the lift was broken")]


def test_a_row_of_another_checklist__said(desk):
    desk.sheet.cell(desk.row("tidy"), 7).value = "tidiness"
    (reading,) = desk.read().readings
    assert [(each.code, each.value) for each in reading.problems] == [("S201", "tidiness")]


# -- cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("greets", "YES.", "yes"),
        ("greets", "дa", "yes"),  # pain 22: the last letter is a Latin one
        ("greets", "✓", "yes"),  # pain 23
        ("greets", "x", "yes"),
        ("greets", "v", "yes"),
        ("greets", "+", "yes"),
        ("greets", 1, "yes"),
        ("greets", True, "yes"),
        ("greets", False, "no"),
        ("greets", "Да", "yes"),  # pain 14: another language than the form's
        ("greets", "N/A", NOT_APPLICABLE),  # pain 16: in a form of ours, in English
        ("waited", "4,5", "4.5"),  # pain 19
        ("waited", "4 minutes", "4"),
        ("waited", "4", "4"),
        ("waited", 4.25, "4.25"),
        ("tidy", "4 / 5", 4),
        ("tidy", 4.0, 4),
        ("tidy", "4", 4),
    ],
)
def test_pain_14_16_19_22_23__spellings_in_a_form__ok(desk, key, typed, meant):
    desk.sheet.cell(desk.row(key), 4).value = typed
    assert str(desk.submission().answers[key]) == str(meant)


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("greets", "-", "S301"),  # pain 16: no, blank and 'not applicable' alike
        ("greets", "maybe", "S301"),
        ("greets", datetime(2026, 2, 1), "S302"),  # noqa: DTZ001  pain 20: what Excel makes of 1-2
        ("waited", datetime(2026, 2, 1), "S302"),  # noqa: DTZ001
        ("waited", "closed", "S303"),  # pain 17
        ("waited", "1,234", "S309"),
        ("waited", 600, "S311"),
        ("waited", "9" * 100_000, "S303"),
        ("tidy", "87%", "S304"),
        ("tidy", 6, "S304"),
        ("tidy", "4,5", "S304"),
        ("greets", "#N/A", "S310"),  # pain 27
        ("left_at", "10:31", "S312"),
        ("left_at", "some day", "S307"),
    ],
)
def test_pain_16_17_19_20_27__no_answers__error(desk, key, typed, code):
    row = desk.row(key)
    desk.sheet.cell(row, 4).value = typed
    (reading,) = desk.read().readings
    (found,) = reading.problems
    assert (found.code, str(found.place)) == (code, f"form.xlsx[Desk!D{row}]")
    assert found.params["item"] == desk.checklist.numbers[key]
    assert key not in reading.submission.answers
    # What nobody understands is said once: it is not missing as well.
    assert "S101" not in {each.code for each in check(reading.submission, desk.checklist)}


def test_pain_27__a_formula_without_a_stored_value__error(desk):
    for key in ("greets", "offers/seat"):
        desk.sheet.cell(desk.row(key), 4).value = '=IF(1=1,"Yes","No")'
    found = desk.problems()
    assert [(code, place) for code, place, _ in found] == [
        ("S209", f"form.xlsx[Desk!D{desk.row('greets')}]"),
        ("S209", f"form.xlsx[Desk!D{desk.row('offers/seat')}]"),
    ]


def test_pain_21__dates_as_text_in_several_orders(desk):
    for typed in (
        "20.08.2026 10:31",
        "2026-08-20 10:31",
        "20 августа 2026 г. 10:31",
        "Aug 20, 2026 10:31 AM",
        46254.438194444,
    ):
        desk.sheet.cell(desk.row("left_at"), 4).value = typed
        assert desk.submission().answers["left_at"].replace(second=0) == datetime(2026, 8, 20, 10, 31)  # noqa: DTZ001


def test_pain_21__an_ambiguous_date__error_with_its_cell(desk):
    row = desk.row("left_at")
    desk.form.fill_cover(visit_date=None)
    desk.sheet.cell(row, 4).value = "03/04/2026 10:31"
    assert desk.problems() == [("S308", f"form.xlsx[Desk!D{row}]", "03/04/2026 10:31")]
    (reading,) = desk.read(date_order="mdy").readings
    assert reading.submission.answers["left_at"] == datetime(2026, 3, 4, 10, 31)  # noqa: DTZ001


def test_pain_21__an_ambiguous_date__settled_by_the_others(desk):
    desk.form.fill_cover(visit_date="13/04/2026")
    desk.sheet.cell(desk.row("left_at"), 4).value = "03/04/2026 10:31"
    submission = desk.submission()
    assert submission.visit_date == date(2026, 4, 13)
    assert submission.answers["left_at"] == datetime(2026, 4, 3, 10, 31)  # noqa: DTZ001


def test_pain_21__an_ambiguous_date_on_the_cover__error(desk):
    desk.form.fill_cover(visit_date="03/04/2026")
    ((code, place, value),) = desk.problems()
    assert (code, value) == ("S308", "03/04/2026")
    assert place.startswith("form.xlsx[Visit!B")


def test_pain_21__the_1904_epoch__ok(tmp_path):
    desk = Desk(tmp_path)
    desk.form.book.epoch = CALENDAR_MAC_1904
    desk.form.fill_cover(visit_date=44792)  # a serial in a cell that is no date
    desk.sheet.cell(desk.row("left_at"), 4).value = 44792.5
    desk.sheet.cell(desk.row("left_at"), 4).number_format = "General"
    rows = {desk.form.cover.cell(n, 3).value: n for n in range(1, 20)}
    desk.form.cover.cell(rows["visit_date"], 2).number_format = "General"
    submission = desk.submission()
    assert submission.visit_date == date(2026, 8, 20)
    assert submission.answers["left_at"] == datetime(2026, 8, 20, 12)  # noqa: DTZ001


def test_ticks__none_of_them_and_some__error(desk):
    desk.form.put(desk.checklist, "offers", "None of these")
    ((code, _, value),) = desk.problems()
    assert (code, value) == ("S313", "None of these")


def test_ticks__no_beside_every_one__is_none(desk):
    for option in ("drink", "seat"):
        desk.sheet.cell(desk.row(f"offers/{option}"), 4).value = "No"
    assert desk.submission().answers["offers"] == ()
    desk.sheet.cell(desk.row("offers/seat"), 4).value = None
    assert "offers" not in desk.submission().answers


def test_ticks__neither_yes_nor_no__error(desk):
    desk.sheet.cell(desk.row("offers/seat"), 4).value = "perhaps"
    assert desk.problems() == [("S206", f"form.xlsx[Desk!D{desk.row('offers/seat')}]", "perhaps")]


def test_ticks__written_into_the_questions_own_cell__ok(desk):
    desk.sheet.cell(desk.row("offers"), 4).value = "Seat; Drink"
    assert desk.submission().answers["offers"] == ("drink", "seat")


# -- sheets -----------------------------------------------------------------------------------------------------------


def test_pain_25__renamed_and_extra_sheets__ok(desk):
    desk.sheet.title = "моя анкета"
    desk.form.cover.title = "первый лист"
    desk.form.book.create_sheet("notes", 0)["A1"] = "notes of my own"
    submission = desk.submission()
    assert submission.answers == GIVEN
    assert submission.cells["tidy"].startswith("моя анкета!D")


def test_pain_25__hidden_sheets_of_a_form__read_all_the_same(desk):
    desk.form.book.create_sheet("note")
    desk.sheet.sheet_state = "hidden"
    desk.form.cover.sheet_state = "veryHidden"
    desk.form.book.active = desk.form.book["note"]
    submission = desk.submission()
    assert (submission.branch, submission.answers) == ("B07", GIVEN)


def test_pain_25__a_copied_sheet__two_reports_of_one_visit(desk):
    copy = desk.form.book.copy_worksheet(desk.sheet)
    copy.cell(desk.row("greets"), 4).value = "No"
    found = desk.read()
    assert [each.submission.answers["greets"] for each in found.readings] == ["yes", "no"]
    assert {each.submission.visit_id for each in found.readings} == {"V1"}


def test_pain_25__only_the_cover_left__error(desk):
    desk.form.book.remove(desk.sheet)
    assert desk.problems() == [("S210", "form.xlsx", "form.xlsx")]


def test_pain_25__the_cover_gone__said_and_named_by_the_file(desk):
    desk.form.book.remove(desk.form.cover)
    (reading,) = desk.read().readings
    assert [each.code for each in reading.problems] == ["S208"]
    assert (reading.submission.visit_id, reading.submission.branch) == ("form", "")


def test_pain_25__two_covers__error_where_they_differ(desk):
    copy = desk.form.book.copy_worksheet(desk.form.cover)
    assert desk.submission().branch == "B07"
    rows = {copy.cell(n, 3).value: n for n in range(1, 20)}
    copy.cell(rows["branch"], 2).value = "B08"
    ((code, place, _),) = desk.problems()
    assert (code, place) == ("S211", "form.xlsx[Visit]")


def test_pain_25__an_older_version_of_the_form__read_with_that_version(tmp_path):
    desk = Desk(tmp_path)
    newer = checklist_from(tmp_path, DESK.replace("1.0.0", "2.0.0").replace("id: tidy", "id: neat"))
    path = desk.form.save(tmp_path / "form.xlsx")
    (reading,) = read_file(path, Shelf(newer, desk.checklist)).readings
    assert reading.submission.version == "1.0.0"
    assert reading.submission.answers == GIVEN
    (reading,) = read_file(path, Shelf(newer), name="form.xlsx").readings
    assert reading.submission is None
    assert reading.visit_hint == "V1"
    (found,) = reading.problems
    assert (found.code, found.value, str(found.place)) == ("S203", "desk@1.0.0", "form.xlsx[Desk]")


def test_pain_25__a_form_of_another_text_of_the_same_version__said(tmp_path):
    desk = Desk(tmp_path)
    path = desk.form.save(tmp_path / "form.xlsx")
    changed = checklist_from(tmp_path, DESK.replace("Wears a badge?", "Does the employee wear a badge?"))
    (reading,) = read_file(path, Shelf(changed)).readings
    assert [each.code for each in reading.problems] == ["S204"]
    assert reading.submission.answers == GIVEN


def test_a_workbook_that_is_no_form__asks_for_a_mapping(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Visit", "Branch"])
    book.save(tmp_path / "t.xlsx")
    found = read_file(tmp_path / "t.xlsx", Shelf(), name="t.xlsx")
    assert [(each.code, str(each.place)) for each in found.problems] == [("S230", "t.xlsx")]


# -- the cover


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("visit_date", "yesterday"),
        ("visit_date", "#N/A"),
        ("start", "morning"),
        ("end", "25:99"),
        ("outcome", "so so"),
        ("attempts", "many"),
        ("attempts", -1),
        ("attempts", 1.5),
        ("staff_on_duty", "1e9"),
        ("minutes_to_first_contact", "long"),
        ("branch", datetime(2026, 2, 1)),  # noqa: DTZ001  pain 20: a code 1-2 that was taken for a date
        ("branch", "=VLOOKUP(1,A1:B2,2)"),
        ("shopper", time(1, 2)),
    ],
)
def test_pain_20_27__a_cover_that_can_t_be_read__error(tmp_path, field, typed):
    desk = Desk(tmp_path, **{field: typed})
    row = next(n for n in range(1, 20) if desk.form.cover.cell(n, 3).value == field)
    if typed == "#N/A":
        desk.form.cover.cell(row, 2).data_type = "e"
    (reading,) = desk.read().readings
    (found,) = reading.problems
    assert (found.code, str(found.place), found.params["field"]) == ("S205", f"form.xlsx[Visit!B{row}]", field)
    assert found.params["field@ru"] not in ("", field)


def test_a_visit_without_a_code__named_by_branch_shopper_and_begin(tmp_path):
    desk = Desk(tmp_path, visit_id=None, shopper="K7")
    assert desk.submission().visit_id == "B07 K7 2026-08-20T10:31:00"
    desk.form.fill_cover(visit_id=None, shopper=None)
    assert desk.submission().visit_id == "form"


def test_a_branch_code_that_excel_took_for_a_number__as_its_digits(tmp_path):
    assert Desk(tmp_path, branch=7).submission().branch == "7"


def test_times_with_and_without_an_offset__never_compared(tmp_path):
    submission = Desk(tmp_path, start="10:31+03:00", end="09:00").submission()
    assert submission.start.tzinfo is not None
    assert submission.end == datetime(2026, 8, 20, 9)  # noqa: DTZ001
