"""Workbooks that bring a reader down, by intent or not: each is refused or read, and nothing ends the process."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest

from auditkit.tables.opening import open_book
from auditkit.tables.table import Limits
from tests.tables.made import DATES, RELATIONS, TYPES, WORKBOOK, row, shared, sheet, text, workbook

NOISE = random.Random(1)  # noqa: S311  any bytes will do
FAR = row(1, text("A1", "near")) + row(1_048_576, text("XFD1048576", "far"))


def refused(path: Path, limits: Limits | None = None) -> str:
    """The code with which a file is not opened."""
    book, problems = open_book(path, **({"limits": limits} if limits else {}))
    assert book is None
    (found,) = problems
    assert found.place.file == path.as_posix()
    return found.code


def rows_of(path: Path) -> list[list[object]]:
    book, problems = open_book(path)
    assert book is not None, problems
    return list(book.sheets[0].rows)


# -- the directory -------------------------------------------------------------------------------------------------


def test_zip_bomb__error(tmp_path):
    cells = sheet(row(1, text("A1", "x" * 40_000_000)))
    assert refused(workbook(tmp_path / "b.xlsx", cells)) == "F108"


def test_more_unpacked_than_allowed__error(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "x" * 3000))))
    assert refused(path, Limits(unpacked=2000)) == "F108"
    assert open_book(path, limits=Limits(unpacked=20_000))[0] is not None


def test_too_many_parts__error(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(""), {f"xl/media/{n}.txt": "x" for n in range(1001)})
    assert refused(path) == "F108"


def test_many_parts_of_one_word__ratio_of_a_small_file_is_no_matter(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "x" * 500_000))))
    assert rows_of(path) == [["x" * 500_000]]


def lying(path: Path, name: str, size: int) -> Path:
    """The directory says of one part that it is `size` bytes long."""
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(name.encode()))
    data[at + 24 : at + 28] = struct.pack("<I", size)
    path.write_bytes(data)
    return path


def test_a_directory_that_lies_about_a_part__error(tmp_path):
    texts = shared("y" * 5_000_000)
    path = workbook(tmp_path / "b.xlsx", sheet(""), {"xl/sharedStrings.xml": texts})
    assert refused(lying(path, "xl/sharedStrings.xml", 300)) == "F107"


def test_a_part_shorter_than_it_says__error(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "x"))))
    assert refused(lying(path, "xl/worksheets/sheet1.xml", 5_000)) == "F107"


def test_parts_over_one_another__error(tmp_path):
    """Fifield's bomb: every entry of the directory points at the same bytes."""
    words = NOISE.randbytes(4_000).hex()  # hardly packed, so that neither size nor ratio tells
    path = workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", words))))
    data = path.read_bytes()
    name = b"xl/worksheets/sheet1.xml"
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(name))
    entry = data[at : at + 46 + len(name)]
    many = b"".join(entry.replace(name, name[:-6] + f"{n:02}".encode() + b".xml") for n in range(60))
    directory = data[start:end] + many
    tail = bytearray(data[end:])
    count = struct.unpack("<H", tail[10:12])[0] + 60
    tail[8:16] = struct.pack("<HHI", count, count, len(directory))
    path.write_bytes(data[:start] + directory + bytes(tail))
    assert refused(path) == "F108"


def test_a_part_with_a_password__error(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(""))
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert refused(path) == "F104"


# -- definitions and entities -----------------------------------------------------------------------------------------

_TENFOLD = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{_TENFOLD}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def with_definitions(definitions: str, inside: str, comment: str = "") -> str:
    head, rest = sheet(row(1, text("A1", inside))).split("?>", 1)
    return f"{head}?>{comment}{definitions}{rest}"


@pytest.mark.parametrize(
    "xml",
    [
        with_definitions(BILLION, "&l9;"),
        with_definitions(OUTSIDE, "&secret;"),
        with_definitions(BILLION, "&l9;", comment=f"<!-- {'x' * 9000} -->"),
        with_definitions(BILLION, "&l9;").replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
    ids=["billion laughs", "external", "behind a long comment", "in UTF-16"],
)
def test_entities_in_a_sheet__error(xml, tmp_path):
    began = time.monotonic()
    assert refused(workbook(tmp_path / "b.xlsx", xml)) == "F109"
    assert time.monotonic() - began < 20


def test_entities_behind_the_root__heeded_by_no_reader(tmp_path):
    began = time.monotonic()
    xml = sheet(row(1, text("A1", "&l9;")), before=BILLION)
    assert refused(workbook(tmp_path / "b.xlsx", xml)) == "F111"
    book, _ = open_book(workbook(tmp_path / "c.xlsx", sheet(row(1, text("A1", "plain")), before=OUTSIDE)))
    assert book is None or book.sheets[0].rows[0] == ["plain"]
    assert time.monotonic() - began < 20


def test_entities_in_other_parts__error(tmp_path):
    head, rest = shared("x").split("?>", 1)
    path = workbook(tmp_path / "b.xlsx", sheet(""), {"xl/sharedStrings.xml": f"{head}?>{BILLION}{rest}"})
    assert refused(path) == "F109"


# -- what the fast reader would die of --------------------------------------------------------------------------------

ABORTING = {
    "one cell in the far corner": FAR,
    "rows without a number": f"<row>{text('A1', 'near')}{text('XFD1048576', 'far')}</row>",
    "a cell that is not of its row": row(1, text("A1", "near"), text("XFD1048576", "far")),
    "single quotes": FAR.replace('"', "'"),
    "another order of attributes": FAR.replace('<c r="XFD1048576" t=', '<c t="inlineStr" r="XFD1048576" x='),
    "blanks round the sign": FAR.replace('<c r="XFD1048576"', '<c r = "XFD1048576"'),
    "two blanks": FAR.replace('<c r="XFD1048576"', '<c  r="XFD1048576"'),
}


@pytest.mark.parametrize("rows", ABORTING.values(), ids=ABORTING)
def test_pain_26__used_range_too_big__ok(rows, tmp_path):
    """calamine allocates 17 thousand million cells for each of these and the process is gone."""
    found = rows_of(workbook(tmp_path / "b.xlsx", sheet(rows)))
    assert found[0][0] == "near"
    assert len(found) in (1, 1_048_576)
    assert found[-1][16_383] == "far"


def test_pain_26__used_range_too_big__where_sheets_hide__ok(tmp_path):
    path = workbook(
        tmp_path / "b.xlsx",
        sheet(""),
        {
            "xl/deep/er/strange.dat": sheet(FAR),
            "xl/_rels/workbook.xml.rels": RELATIONS.replace("worksheets/sheet1.xml", "deep/er/strange.dat"),
            "[Content_Types].xml": TYPES.replace("/xl/worksheets/sheet1.xml", "/xl/deep/er/strange.dat"),
        },
    )
    assert rows_of(path)[-1][-1] == "far"


def test_pain_26__used_range_too_big__over_many_sheets_together(tmp_path):
    """Each sheet alone is bearable; sixty of them would take sixty times as much."""
    many = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, 61))
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        f' Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, 61)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(2, 61)
    )
    wide = sheet(row(1, text("A1", "near")) + row(200_000, text("AA200000", "far")))
    path = workbook(
        tmp_path / "b.xlsx",
        wide,
        {
            **{f"xl/worksheets/sheet{n}.xml": wide for n in range(2, 61)},
            "xl/workbook.xml": WORKBOOK.replace('<sheet name="S" sheetId="1" r:id="rId1"/>', many),
            "xl/_rels/workbook.xml.rels": RELATIONS.split("<Relationship ")[0] + relations + "</Relationships>",
            "[Content_Types].xml": TYPES.replace("</Types>", overrides + "</Types>"),
        },
    )
    book, problems = open_book(path)
    assert book is not None, problems
    assert [sheet.rows[-1][-1] for sheet in book.sheets] == ["far"] * 60
    # One list stands for all the empty rows between.
    assert len({id(each) for each in book.sheets[0].rows}) == 3


def test_pain_26__used_range_claimed_by_the_dimension__ok(tmp_path):
    claims = '<dimension ref="A1:XFD1047677"/>'
    assert rows_of(workbook(tmp_path / "b.xlsx", sheet(row(1, text("A1", "x")), claims))) == [["x"]]


def test_pain_26__used_range_too_small__ok(tmp_path):
    rows = "".join(row(n, text(f"A{n}", n), text(f"B{n}", "y")) for n in range(1, 51))
    found = rows_of(workbook(tmp_path / "b.xlsx", sheet(rows, '<dimension ref="A1"/>')))
    assert len(found) == 50
    assert found[49] == ["50", "y"]


def test_a_table_of_texts_that_claims_too_much__read_all_the_same(tmp_path):
    path = workbook(
        tmp_path / "b.xlsx",
        sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')),
        {
            "xl/sharedStrings.xml": shared("yes", attributes='count="1" uniqueCount="4294967295"'),
            "xl/styles.xml": DATES,
        },
    )
    assert rows_of(path) == [["yes"]]


@pytest.mark.parametrize("place", ["A99999999999999", "ZZZZZZZ1", "A0", "a1"])
def test_cells_that_no_sheet_has__no_crash(place, tmp_path):
    book, problems = open_book(workbook(tmp_path / "b.xlsx", sheet(f"<row>{text(place, 'x')}</row>")))
    assert book is not None or [each.code for each in problems] == ["F111"]


def test_more_cells_than_are_read__error(tmp_path):
    # In the far corner, so that the careful reader counts them.
    path = workbook(tmp_path / "b.xlsx", sheet(FAR))
    assert refused(path, Limits(filled_cells=1)) == "F113"


def test_more_rows_than_a_sheet_has__error(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet("".join(row(n, text(f"A{n}", n)) for n in range(1, 12))))
    assert refused(path, Limits(filled_rows=10)) == "F113"
    assert open_book(path, limits=Limits(filled_rows=11))[0] is not None


def test_a_workbook_that_takes_too_long__error(tmp_path):
    path = workbook(tmp_path / "b.xlsx", sheet(FAR))
    assert refused(path, Limits(seconds=0.001)) == "F112"


@pytest.mark.parametrize(
    "tag", ['<c r="A1" t="e" ' + 'r="A1" ' * 60_000, "<c " * 300_000, '<c r="A1"><f ' + "x" * 1_000_000]
)
def test_tags_without_an_end__judged_in_no_time(tag, tmp_path):
    began = time.monotonic()
    # A picture beside it, so that the ratio is none of a bomb.
    path = workbook(tmp_path / "b.xlsx", sheet(tag), {"xl/media/image.png": NOISE.randbytes(60_000)})
    open_book(path, limits=Limits(seconds=5))
    assert time.monotonic() - began < 10
