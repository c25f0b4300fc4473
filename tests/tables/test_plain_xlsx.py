"""Sheets read straight from their XML: the same rows as the fast reader gives, or none at all."""

from __future__ import annotations

import random
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from python_calamine import CalamineWorkbook

from auditkit.tables import fast_xlsx, plain_xlsx
from auditkit.tables.guard import Verdict, judge
from auditkit.tables.opening import open_book
from auditkit.tables.plain_xlsx import plain_rows
from auditkit.tables.table import LIMITS
from tests.tables.made import DATES, row, shared, sheet, text, workbook

ONE = text("A1", "one")


def fast(path: Path, place: int = 0) -> list[list[object]]:
    """What calamine makes of a sheet, from A1 on."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(place).to_python(skip_empty_area=False)


def plain(path: Path, name: str = "xl/worksheets/sheet1.xml") -> list[list[object]] | None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        data, styles, words = (
            archive.read(part) if part in names else b"" for part in (name, "xl/styles.xml", "xl/sharedStrings.xml")
        )
    return plain_rows(data, styles, words)


def judged(path: Path) -> Verdict:
    with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
        return judge(stream, archive, path.stat().st_size, LIMITS)


def typed(rows: list[list[object]] | None) -> list[list[tuple[type, object]]] | None:
    return None if rows is None else [[(value.__class__, value) for value in each] for each in rows]


# -- what it reads ----------------------------------------------------------------------------------------------------

DAYS = ("46204", "0.5", "46204.75", "0")
PLAIN = {
    "words and numbers": row(1, ONE, '<c r="B1"><v>5</v></c>', '<c r="C1" t="n"><v>-2.50</v></c>'),
    "a gap between rows and cells": row(2, text("B2", "x")) + row(5, '<c r="D5"><v>1e3</v></c>'),
    "blank cells at the ends": row(1, ONE, '<c r="B1" s="0" />', '<c r="C1"/>') + row(2, '<c r="A2" s="0"/>'),
    "signs of XML": row(1, text("A1", "a &lt;b&gt; &amp;amp; &quot;c&quot; d&apos;s")),
    "lines": row(1, '<c r="A1" t="inlineStr"><is><t xml:space="preserve">one\ntwo</t></is></c>'),
    "a formula of words": row(1, '<c r="A1" t="str"><f>"a"</f><v>a &amp; b</v></c>'),
    "days and times": row(1, *(f'<c r="{at}1" s="1"><v>{v}</v></c>' for at, v in zip("ABCD", DAYS, strict=True))),
    "formulas with values": row(1, '<c r="A1"><f>1+1</f><v>2</v></c>', '<c r="B1"><f aca="false">A1</f><v>2</v></c>'),
    "a line break by its number": row(1, text("A1", "a&#10;b")),
    "letters of all kinds": row(1, text("A1", "Жауап бар ма? Да. ąęș 漢字")),
    "a row without cells": '<row r="1" ht="20" customHeight="1"/>' + row(2, text("A2", "x")),
    "nothing": "",
}


@pytest.mark.parametrize("cells", PLAIN.values(), ids=PLAIN)
def test_words_and_plain_numbers__as_the_fast_reader_gives_them(cells, tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(cells), {"xl/styles.xml": DATES})
    assert plain(path) is not None
    assert typed(plain(path)) == typed(fast(path))


def test_shared_texts__ok(tmp_path):
    cells = row(1, '<c r="A1" t="s"><v>1</v></c>', '<c r="C1" t="s"><v>0</v></c>') + row(
        2, '<c r="B2" t="s"><v>1</v></c>'
    )
    path = workbook(tmp_path / "b.xlsx", sheet(cells), {"xl/sharedStrings.xml": shared("no", "yes &amp; no")})
    assert plain(path) == fast(path) == [["yes & no", "", "no"], ["", "yes & no", ""]]


# -- what it leaves to others -----------------------------------------------------------------------------------------

NOT_PLAIN = {
    "a day that two programs count in two ways": row(1, '<c r="A1" s="1"><v>60</v></c>'),
    "seconds": row(1, '<c r="A1" s="1"><v>46204.00001</v></c>'),
    "a moment before all days": row(1, '<c r="A1" s="1"><v>-1</v></c>'),
    "a style that is not there": row(1, '<c r="A1" s="7"><v>5</v></c>'),
    "a formula without a value": row(1, '<c r="A1"><f>1+1</f><v></v></c>'),
    "a formula of no words": row(1, '<c r="A1" t="str"><f>""</f><v></v></c>'),
    "a shared formula": row(1, '<c r="A1"><f t="shared" si="0">1+1</f><v>2</v></c>'),
    "an error": row(1, '<c r="A1" t="e"><v>#N/A</v></c>'),
    "yes or no": row(1, '<c r="A1" t="b"><v>1</v></c>'),
    "parts of a text": row(1, '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'),
    "blanks at the ends": row(1, text("A1", " a ")),
    "nothing but blanks": row(1, text("A1", " ")),
    "an escape of the format": row(1, text("A1", "a_x000D_b")),
    "a sign by its number": row(1, text("A1", "a&#13;b")),
    "a line break at the end by its number": row(1, text("A1", "a&#10;")),
    "no number": row(1, '<c r="A1"><v>nan</v></c>'),
    "no place in the table of texts": row(1, '<c r="A1" t="s"><v>9</v></c>'),
    "a cell of another row": row(1, text("A2", "x")),
    "cells out of order": row(1, text("B1", "x"), text("A1", "y")),
    "the same cell twice": row(1, text("A1", "x"), text("A1", "y")),
    "rows out of order": row(2, text("A2", "x")) + row(1, text("A1", "y")),
    "a row twice": row(1, text("A1", "x")) + row(1, text("B1", "y")),
    "a cell without a place": row(1, '<c t="inlineStr"><is><t>x</t></is></c>'),
    "a row without a number": f"<row>{ONE}</row>",
    "single quotes": row(1, ONE).replace('"', "'"),
    "another prefix": row(1, ONE, '<x:c r="B1"><x:v>1</x:v></x:c>'),
    "a comment": row(1, ONE, "<!-- x -->"),
    "a far column": row(1, text("AA1", "x")),
    "a far row": row(1000, text("A1000", "x")),
    "blanks between rows": row(1, ONE) + "\n" + row(2, text("A2", "x")),
}


@pytest.mark.parametrize("cells", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_more_than_that__left_to_the_other_readers(cells, tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(cells), {"xl/styles.xml": DATES, "xl/sharedStrings.xml": shared("x")})
    assert plain(path) is None


@pytest.mark.parametrize("words", ["<r><t>a</t></r>", "<t>a</t><rPh sb='0' eb='1'><t>b</t></rPh>", "<t> a</t>", "<t/>"])
def test_shared_texts_of_parts__left_to_the_other_readers(words, tmp_path):
    table = shared("x").replace("<t>x</t>", words)
    cells = row(1, '<c r="A1" t="s"><v>0</v></c>')
    path = workbook(tmp_path / "b.xlsx", sheet(cells), {"xl/sharedStrings.xml": table})
    assert plain(path) is None
    assert open_book(path)[0] is not None


@pytest.mark.parametrize("whole", [0, 61, 46_000, 2_900_000])
def test_every_minute_of_a_day__as_the_fast_reader_gives_it(whole, tmp_path):
    cells = [f'<c r="{chr(65 + m % 24)}{m // 24 + 1}" s="1"><v>{whole + m / 1440!r}</v></c>' for m in range(1440)]
    rows = "".join(row(at + 1, *cells[24 * at : 24 * at + 24]) for at in range(60))
    path = workbook(tmp_path / "b.xlsx", sheet(rows), {"xl/styles.xml": DATES})
    assert plain(path) is not None
    assert typed(plain(path)) == typed(fast(path))


OWN_FORMATS = {
    "yyyy-mm-dd": True, "yyyy\\-mm\\-dd": True, "dd.mm.yyyy hh:mm": True, "h:mm": True,
    "[h]:mm": False, "-": False, "&quot;d&quot;": False, "0 d": False, "ss.000": False,
}  # fmt: skip


@pytest.mark.parametrize(("code", "read"), OWN_FORMATS.items())
def test_a_format_of_the_files_own__a_moment_only_where_the_fast_reader_sees_one(code, read, tmp_path):
    own = DATES.replace("<fonts", f'<numFmts count="1"><numFmt numFmtId="164" formatCode="{code}"/></numFmts><fonts')
    styles = {"xl/styles.xml": own.replace('numFmtId="14"', 'numFmtId="164"')}
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, '<c r="A1" s="1"><v>46204.5</v></c>')), styles)
    assert typed(plain(path)) == (typed(fast(path)) if read else None)


def test_days_from_1904__left_to_the_other_readers(tmp_path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append([date(2026, 7, 1)])
    book.save(tmp_path / "b.xlsx")
    assert not judged(tmp_path / "b.xlsx").rows
    opened, _ = open_book(tmp_path / "b.xlsx")
    assert opened is not None
    assert opened.sheets[0].rows == fast(tmp_path / "b.xlsx")


def test_a_number_format_that_the_file_makes_a_date__read_as_one(tmp_path):
    own = DATES.replace("<fonts", '<numFmts count="1"><numFmt numFmtId="4" formatCode="yyyy-mm-dd"/></numFmts><fonts')
    styles = own.replace('numFmtId="0"/>', 'numFmtId="4"/>')
    cells = sheet(row(1, '<c r="A1" s="0"><v>46204</v></c>'))
    path = workbook(tmp_path / "b.xlsx", cells, {"xl/styles.xml": styles})
    assert plain(path) == fast(path) == [[date(2026, 7, 1)]]
    assert plain(workbook(path, cells, {"xl/styles.xml": DATES})) == [[46204.0]]


@pytest.mark.parametrize("code", ["General", "@", "0", "0.00", "0%", "#,##0"])
def test_a_number_format_of_the_files_own_that_is_none_of_a_date__ok(code, tmp_path):
    own = DATES.replace("<fonts", f'<numFmts count="1"><numFmt numFmtId="164" formatCode="{code}"/></numFmts><fonts')
    styles = {"xl/styles.xml": own.replace('numFmtId="0"/>', 'numFmtId="164"/>')}
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, '<c r="A1" s="0"><v>0.5</v></c>')), styles)
    assert typed(plain(path)) == typed(fast(path)) == [[(float, 0.5)]]


def test_the_same_row_under_other_styles__read_anew(tmp_path):
    cells = sheet(row(1, '<c r="A1" s="1"><v>46204</v></c>'))
    number = DATES.replace('numFmtId="14"', 'numFmtId="1"')
    assert plain(workbook(tmp_path / "a.xlsx", cells, {"xl/styles.xml": number})) == [[46204.0]]
    assert plain(workbook(tmp_path / "b.xlsx", cells, {"xl/styles.xml": DATES})) == [[date(2026, 7, 1)]]
    assert plain(workbook(tmp_path / "a.xlsx", cells, {"xl/styles.xml": number})) == [[46204.0]]


def test_rows_given_away__changed_by_nobody(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, ONE)))
    first = plain(path)
    assert first is not None
    first[0].append("mine")
    assert plain(path) == [["one"]]


def test_many_rows__forgotten_when_they_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_xlsx, "_HELD", 2_000)
    for number in range(60):
        path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", f"{number} {'x' * 100}"))))
        assert plain(path) == [[f"{number} {'x' * 100}"]]
    assert plain_xlsx._memory(b"").size < 2_500


# -- whatever stands in a sheet ---------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=8),
    st.sampled_from([" a", "a\nb", "a_x000D_b", "&amp;", "<t>", "=1+1", "yes", "да"]),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001
    st.times(),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(VALUES, max_size=5), max_size=6), inline=st.booleans())
def test_any_sheet__as_the_fast_reader_gives_it_or_not_at_all(tmp_path_factory, rows, inline):
    path = tmp_path_factory.mktemp("plain") / "b.xlsx"
    book = Workbook(write_only=inline)
    made = book.create_sheet("S") if inline else book.worksheets[0]
    for values in rows:
        made.append(values)
    book.save(path)
    found = plain(path)
    if found is not None:
        assert typed(found) == typed(fast(path))


def test_sheets_of_both_readers__in_the_workbooks_order(tmp_path):
    book = Workbook()
    first = book.worksheets[0]
    first.append(["words"])
    book.create_sheet("truths").append(["a truth", True])
    book.create_sheet("more").append(["words again", 7])
    book.move_sheet("more", -2)
    path = tmp_path / "b.xlsx"
    book.save(path)
    verdict = judged(path)
    assert len(verdict.rows) == 2
    sheets = fast_xlsx.read_fast(path, verdict)
    assert [each.name for each in sheets] == ["more", "Sheet", "truths"]
    assert [typed(each.rows) for each in sheets] == [typed(fast(path, place)) for place in range(3)]


def test_sheets_of_this_reader_alone__named_and_hidden_as_the_workbook_says(tmp_path):
    book = Workbook()
    names = ["Q&A <1>", 'L\'\u00e9t\u00e9 "26"', "Опрос"]
    for name in names:
        book.create_sheet(name).append([name])
    book.remove(book.worksheets[0])
    book.worksheets[1].sheet_state = "hidden"
    book.worksheets[2].sheet_state = "veryHidden"
    path = tmp_path / "b.xlsx"
    book.save(path)
    verdict = judged(path)
    path.unlink()
    sheets = fast_xlsx.read_fast(path, verdict)
    assert [(each.name, each.rows, each.hidden) for each in sheets] == [
        (name, [[name]], at > 0) for at, name in enumerate(names)
    ]


def test_thousands_of_random_changes_to_a_sheet__never_other_rows(tmp_path):
    """A sheet that was damaged is read as the fast reader reads it, or by nobody here."""
    dice = random.Random(7)  # noqa: S311
    whole = sheet(
        row(1, ONE, '<c r="B1" s="0"><v>5</v></c>') + row(2, text("A2", "a &amp; b")) + row(4, text("C4", "x"))
    ).encode()
    same = 0
    for _ in range(1_500):
        data = bytearray(whole)
        at = dice.randrange(len(data))
        data[at : at + dice.randrange(3)] = bytes(dice.choice(b'<>/"=12AZct &;s') for _ in range(dice.randrange(3)))
        path = workbook(tmp_path / "b.xlsx", bytes(data), {"xl/styles.xml": DATES})
        found = plain(path)
        if found is None:
            continue
        try:
            expected = fast(path)
        except Exception:  # noqa: BLE001, S112  calamine refuses what stands around the cells; so does opening it
            continue
        assert typed(found) == typed(expected), bytes(data)
        same += 1
    assert same > 200
