"""Workbooks as spreadsheet programs write them, and as they come out of both readers."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from auditkit.tables import opening
from auditkit.tables.careful_xlsx import read_careful
from auditkit.tables.fast_xlsx import read_fast
from auditkit.tables.guard import Verdict, judge
from auditkit.tables.opening import open_book
from auditkit.tables.table import LIMITS, ErrorCell, NoValue
from tests.tables.made import DATES, WORKBOOK, row, sheet, text, workbook


def opened(path: Path):
    book, problems = open_book(path)
    assert book is not None, problems
    return book


def verdict(path: Path) -> Verdict:
    with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
        return judge(stream, archive, path.stat().st_size, LIMITS)


def both(path: Path):
    """What either reader gives; the careful one as it is asked to when the fast one gives up."""
    return read_fast(path, verdict(path)), read_careful(path, LIMITS)


def squared(rows) -> list[list[object]]:
    """Without blanks at the ends, which readers see differently."""
    found = [[None if value == "" and value.__class__ is str else value for value in each] for each in rows]
    for each in found:
        while each and each[-1] is None:
            each.pop()
    while found and not found[-1]:
        found.pop()
    return found


# -- what stands in cells --------------------------------------------------------------------------------------------


def test_pain_27__errors_and_formulas_without_a_value__ok(tmp_path):
    rows = row(
        1,
        '<c r="A1" t="e"><v>#N/A</v></c>',
        '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="C1"><f>A2+1</f></c>',
        '<c r="D1"><f>A2+1</f><v></v></c>',
        '<c r="E1"><f>1+1</f><v>2</v></c>',
        '<c r="F1" t="str"><f>""</f><v></v></c>',
        '<c r="G1" t="str"><f>"Yes"</f><v>Yes</v></c>',
    )
    path = workbook(tmp_path / "b.xlsx", sheet(rows), {"xl/styles.xml": DATES})
    for sheets in both(path):
        (found,) = squared(sheets[0].rows)
        assert [each.__class__ for each in found[:4]] == [ErrorCell, ErrorCell, NoValue, NoValue]
        assert found[:2] == ["#N/A", "#DIV/0!"]
        assert found[4:] == [2, None, "Yes"]


def test_pain_27__an_error_that_the_fast_reader_does_not_know__ok(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "x"), '<c r="B1" t="e"><v>#SPILL!</v></c>')))
    assert not verdict(path).careful
    (found,) = opened(path).sheets[0].rows
    assert found == ["x", "#SPILL!"]
    assert found[1].__class__ is ErrorCell


def test_pain_27__a_formula_behind_more_blanks_than_anybody_writes__left_to_the_other_reader(tmp_path):
    cell = f'<c r="B1">{" " * 2000}<f>1+1</f></c>'
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "x"), cell)))
    assert verdict(path).careful
    (found,) = opened(path).sheets[0].rows
    assert found[1].__class__ is NoValue


def test_a_file_that_changes_after_it_was_judged__read_as_it_was_judged(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "judged"))))
    judged = verdict(path)
    workbook(path, sheet(row(1, text("A1", "put there later"))))
    assert squared(read_fast(path, judged)[0].rows) == [["judged"]]


@pytest.mark.parametrize(
    "cell", ['<c t="e" r="B1"><v>#REF!</v></c>', "<c r='B1' t='e'><v>#REF!</v></c>", '<c t="e"><v>#REF!</v></c>']
)
def test_pain_27__an_error_written_unusually__ok(cell, tmp_path):
    (found,) = opened(workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "x"), cell)))).sheets[0].rows
    assert found[1] == "#REF!"
    assert found[1].__class__ is ErrorCell


def test_pain_27__formulas_without_a_value_at_the_end__not_cut_off(tmp_path):
    book = Workbook()
    book.active.append(["Visit", "clean"])
    book.active["B9"] = "=1+1"
    book.save(tmp_path / "b.xlsx")
    rows = opened(tmp_path / "b.xlsx").sheets[0].rows
    assert len(rows) == 9
    assert rows[8][1].__class__ is NoValue


def test_pain_21__dates_times_and_the_1904_epoch__ok(tmp_path):
    for epoch in (None, CALENDAR_MAC_1904):
        book = Workbook()
        if epoch is not None:
            book.epoch = epoch
        book.active.append([datetime(2026, 8, 20, 10, 31), date(2026, 8, 20), time(10, 31), 46254.5])  # noqa: DTZ001
        book.save(tmp_path / "b.xlsx")
        read = opened(tmp_path / "b.xlsx")
        assert read.date1904 is (epoch is not None)
        for sheets in both(tmp_path / "b.xlsx"):
            moment, day, clock, number = sheets[0].rows[0]
            assert moment == datetime(2026, 8, 20, 10, 31)  # noqa: DTZ001
            assert str(day)[:10] == "2026-08-20"
            assert clock == time(10, 31)
            assert number == 46254.5


def test_pain_20__a_date_that_was_typed_as_a_code__comes_as_a_date(tmp_path):
    """What Excel makes of `1-2`: the text is lost; whoever asks for an answer is told."""
    cell = '<c r="A1" s="1"><v>46054</v></c>'
    (found,) = opened(workbook(tmp_path / "b.xlsx", sheet(row(1, cell)), {"xl/styles.xml": DATES})).sheets[0].rows
    assert str(found[0])[:10] == "2026-02-01"


def test_pain_24__merged_cells__the_first_holds_the_value(tmp_path):
    book = Workbook()
    book.active["A1"], book.active["C1"] = "over two", "x"
    book.active.merge_cells("A1:B2")
    book.save(tmp_path / "b.xlsx")
    for sheets in both(tmp_path / "b.xlsx"):
        assert squared(sheets[0].rows) == [["over two", None, "x"]]


def test_pain_25__hidden_sheets_and_charts__known_as_such(tmp_path):
    book = Workbook()
    book.active.title = "shown"
    book.create_sheet("hidden").sheet_state = "hidden"
    book.create_sheet("deeper").sheet_state = "veryHidden"
    book.create_chartsheet("picture").add_chart(BarChart())
    book.save(tmp_path / "b.xlsx")
    fast, careful = both(tmp_path / "b.xlsx")
    assert [(each.name, each.hidden) for each in fast][:3] == [("shown", False), ("hidden", True), ("deeper", True)]
    assert [(each.name, each.hidden) for each in careful] == [("shown", False), ("hidden", True), ("deeper", True)]
    assert opened(tmp_path / "b.xlsx").sheet("picture").rows == []


def test_rows_out_of_order_and_gaps__every_cell_at_its_place(tmp_path):
    rows = row(5, text("B5", "b"), text("A5", "a")) + row(3, text("A3", "three"))
    path = workbook(tmp_path / "b.xlsx", sheet(rows))
    for sheets in both(path):
        assert squared(sheets[0].rows) == [[], [], ["three"], [], ["a", "b"]]


def test_another_spelling_of_the_same_xml__ok(tmp_path):
    """Some libraries write `x:row` for `row`."""
    plain = sheet(row(1, text("A1", "x"), '<c r="B1" t="e"><v>#N/A</v></c>', '<c r="C1"><f>1+1</f></c>'))
    prefixed = plain.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    (found,) = opened(workbook(tmp_path / "b.xlsx", prefixed)).sheets[0].rows
    assert found == ["x", "#N/A", ""]
    assert [each.__class__ for each in found[1:]] == [ErrorCell, NoValue]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251"])
def test_a_sheet_in_another_encoding__ok(encoding, tmp_path):
    """The fast reader knows UTF-8 only: it finds no row in UTF-16 and says nothing."""
    xml = sheet(row(1, text("A1", "Да"))).replace("UTF-8", encoding).encode(encoding)
    assert opened(workbook(tmp_path / "b.xlsx", xml)).sheets[0].rows == [["Да"]]


def test_two_parts_of_one_name__ok(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "first"))))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", sheet(FAR_SECOND))
    assert opened(path).sheets[0].rows[0] == ["second"]


FAR_SECOND = row(1, text("A1", "second")) + row(1_048_576, text("XFD1048576", "far"))


def test_a_workbook_without_its_relations__error(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "x"))), {"xl/_rels/workbook.xml.rels": ""})
    book, problems = open_book(path)
    assert book is None
    assert [each.code for each in problems] == ["F111"]


def test_a_date1904_written_in_words__ok(tmp_path):
    head = WORKBOOK.replace("<sheets>", "<workbookPr date1904='true'/><sheets>")
    assert opened(workbook(tmp_path / "b.xlsx", sheet(""), {"xl/workbook.xml": head})).date1904


# -- the two readers agree, whatever stands in the cells ---------------------------------------------------------------

WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufffe\uffff"), max_size=12
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 6)),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),  # noqa: DTZ001
    WORDS.filter(lambda words: not words.startswith("=") and words.strip() == words and "_x" not in words),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(VALUES, max_size=5), max_size=6))
def test_both_readers_give_the_same(rows):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.xlsx"
        book = Workbook()
        for each in rows:
            book.active.append(each)
        book.save(path)
        fast, careful = both(path)
        assert squared(fast[0].rows) == squared(careful[0].rows) == squared(dated(rows))


def dated(rows):
    """Midnight is no time of day: both readers give the date alone."""
    return [[each.date() if isinstance(each, datetime) and each.time() == time() else each for each in r] for r in rows]


def test_a_fresh_form_is_read_fast(tmp_path, monkeypatch):
    """Nothing in a form of ours is strange to the guard, so that reading one takes a few thousandths of a second."""
    from auditkit.definitions.library import Library, shipped_folder
    from auditkit.forms.blank import Blank
    from auditkit.forms.workbook.writing import write_form

    checklist = Library([shipped_folder()]).get("phone-etiquette")
    assert checklist is not None
    write_form(Blank([checklist], language="kk", visit_id="V1"), tmp_path / "form.xlsx")
    assert not verdict(tmp_path / "form.xlsx").careful

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the careful reader was asked")

    monkeypatch.setattr("auditkit.tables.careful_xlsx.read_careful", never)
    assert opening.open_book(tmp_path / "form.xlsx")[0] is not None
