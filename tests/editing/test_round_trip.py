"""A standard out into a workbook and back: the same, or the next version, or problems by cell."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import Library, shipped_folder
from auditkit.definitions.yaml_source import parse_yaml, read_yaml
from auditkit.definitions.yaml_text import page_of
from auditkit.editing.exporting import source_of
from auditkit.editing.keeping import keep
from auditkit.editing.reading import is_ours, read_draft
from auditkit.editing.workbook import write_workbook
from auditkit.tables.opening import open_book
from tests.forms.person import shipped

ALL = sorted(path.name for path in shipped_folder().iterdir() if path.is_dir())

TINY = """\
checklist: tiny
version: 1.2.0
title: A tiny one
grades:
  - {grade: good, title: Good, at_least: 70, verdict: pass, not_met_at_most: {major: 0}}
  - {grade: weak, verdict: fail}
dimensions: {care: Care}
defaults: {dimension: care, comment: not_met}
sections:
  - id: outer
    title: Outer
    weight: 60
    sections:
      - id: inner
        title: Inner
        defaults: {severity: major}
        items:
          - {id: plain, text: Is it plain?}
          - id: counts
            kind: number
            text: How many?
            unit: rings
            unit_forms: ring | rings
            guidance: Count the 1st one too.
            bands: [{up_to: 3, credit: 1, text: few}, {credit: 0}]
          - id: moods
            kind: scale
            text: "How is it? = 5"
            min: 1
            max: 3
            labels: {1: bad, 3: good}
          - id: when
            kind: timestamp
            text: When did it begin?
          - id: ended
            kind: timestamp
            text: When did it end?
          - id: took
            kind: duration
            text: How long?
            from: when
            to: ended
            unit: minutes
            bands: [{up_to: 5, credit: 1}, {credit: 0}]
  - id: last
    title: Last
    weight: 40
    items:
      - id: picks
        kind: choice
        text: Which one?
        applies_when: {item: plain, is: yes}
        options: [{id: one, text: One, credit: 1, critical: fail}, {id: two, text: Two, credit: 0}]
        source: [A1, A2]
"""
POLISH = """\
language: pl
translates: 1.2.0
reviewed_by: A. Example
title: Malutka
grades: {good: Dobrze}
dimensions: {care: Troska}
sections: {outer: Zewnętrzna}
items:
  plain: {text: Czy jest zwykłe?}
  counts: {unit: sygnały, bands: {3: mało}}
  moods: {labels: {1: źle}}
  picks: {options: {one: Jeden}}
"""


def _home(tmp_path, text=TINY, polish=POLISH):
    folder = tmp_path / "checklists" / "tiny"
    folder.mkdir(parents=True)
    (folder / "checklist.yaml").write_text(text, encoding="utf-8")
    (folder / "pl.yaml").write_text(polish, encoding="utf-8")
    return tmp_path / "checklists"


def _exported(folder, name, path):
    source, problems = source_of(Library([folder, shipped_folder()]), name)
    assert source is not None, problems
    write_workbook(source.data, source.words, path, "en")
    return path


def _draft(path):
    book, problems = open_book(path, name=path.name)
    assert book is not None, problems
    assert is_ours(book)
    return read_draft(book)


def _bare(checklist):
    return checklist.model_copy(update={"source_hash": ""})


@pytest.mark.parametrize("name", ALL)
def test_shipped__comes_back_as_it_was(name, tmp_path):
    path = _exported(tmp_path, name, tmp_path / "x.xlsx")
    draft = _draft(path)
    assert draft.problems == []
    back, problems = draft.loaded(Library([shipped_folder()]))
    assert (problems, _bare(back)) == ([], _bare(shipped(name)))


@pytest.mark.parametrize("name", ALL)
def test_yaml__says_what_it_said_and_knows_where(name):
    for path in (shipped_folder() / name).glob("*.yaml"):
        document, _ = read_yaml(path)
        page = page_of(document.data)
        again, problems = parse_yaml(page.text.encode(), path.name)
        assert again is not None, problems
        assert again.data == document.data
        for line, column, way in page.marks:
            assert page.way(line, column)[: len(way)] == way
            assert again.at(way) >= (line, column) or again.at(way, key=True).line == line


def test_everything_of_a_definition__comes_back(tmp_path):
    folder = _home(tmp_path)
    path = _exported(folder, "tiny", tmp_path / "x.xlsx")
    back, problems = _draft(path).loaded(Library([folder]))
    before, _ = load_checklist(folder / "tiny" / "checklist.yaml")
    assert problems == []
    assert _bare(back) == _bare(before)
    kept = keep(_draft(path), folder)
    assert (kept.paths, kept.after.version) == ((), "1.2.0")


def _changed(path, **cells):
    """Cells of Questions by `id__column`, or by what stands in `row` where there is no id."""
    book = load_workbook(path)
    sheet = book["Questions"]
    header = [cell.value for cell in sheet[1]]
    for key, value in cells.items():
        id_, _, column = key.rpartition("__")
        row = next(row for row in sheet.iter_rows(min_row=2) if id_ in (row[1].value, row[0].value))
        row[header.index(column)].value = value
    book.save(path)
    return path


def test_import__a_changed_weight_is_a_new_major_version_and_the_old_one_is_kept(tmp_path):
    folder = _home(tmp_path)
    path = _changed(_exported(folder, "tiny", tmp_path / "x.xlsx"), plain__weight=3)
    kept = keep(_draft(path), folder)
    assert (kept.before.version, kept.after.version, kept.stated) == ("1.2.0", "2.0.0", "1.2.0")
    assert [(each.key, each.field, each.before, each.after) for each in kept.changes] == [("plain", "weight", "1", "3")]
    names = sorted(each.name for each in (folder / "tiny").iterdir())
    assert names == ["checklist-1.2.0.yaml", "checklist.yaml", "pl-1.2.0.yaml", "pl.yaml"]
    library = Library([folder])
    assert library.get("tiny", "1.2.0").items_by_id["plain"].weight == 1
    assert library.get("tiny").items_by_id["plain"].weight == 3
    assert library.get("tiny").items_by_id["plain"].text.said("pl") == "Czy jest zwykłe?"


@pytest.mark.parametrize(
    ("cells", "version", "translates"),
    [
        ({"plain__en": "Is it quite plain?"}, "1.2.1", "1.2.0"),
        ({"plain__en": "Is it quite plain?", "plain__pl": "Czy jest całkiem zwykłe?"}, "1.2.1", "1.2.1"),
        ({"plain__pl": "Czy jest całkiem zwykłe?"}, "1.2.1", "1.2.1"),
    ],
)
def test_import__a_translation_that_stayed_behind_is_known_as_one(tmp_path, cells, version, translates):
    folder = _home(tmp_path)
    keep(_draft(_changed(_exported(folder, "tiny", tmp_path / "x.xlsx"), **cells)), folder)
    assert Library([folder]).get("tiny").version == version
    assert f"translates: {translates}\n" in (folder / "tiny" / "pl.yaml").read_text(encoding="utf-8")


def test_import__from_an_older_version_is_refused_with_what_to_do(tmp_path):
    folder = _home(tmp_path)
    path = _changed(_exported(folder, "tiny", tmp_path / "x.xlsx"), plain__weight=3)
    keep(_draft(path), folder)
    again = keep(_draft(_changed(path, plain__weight=4)), folder)
    assert [(each.code, each.value, str(each.place)) for each in again.problems] == [
        ("D507", "1.2.0", "x.xlsx[Checklist!B3]")
    ]
    assert again.paths == ()


def test_import__a_new_version_never_writes_over_a_file(tmp_path):
    folder = _home(tmp_path)
    (folder / "tiny" / "checklist-1.2.0.yaml").write_text(TINY, encoding="utf-8")
    path = _changed(_exported(folder, "tiny@1.2.0", tmp_path / "x.xlsx"), plain__weight=3)
    kept = keep(_draft(path), folder)
    assert ([each.code for each in kept.problems], kept.paths) == (["D506"], ())


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"plain__row": "qestion"}, "D500 Questions!A4 qestion"),
        ({"plain__weight": "two"}, "D115 Questions!F4 two"),
        ({"picks__kind": "choise"}, "D114 Questions!E20 choise"),
        ({"picks__applies_when": "{item: plian, is: yes}"}, "D210 Questions!N20 plian"),
        ({"picks__applies_when": "{item: plain"}, "D502 Questions!N20 {item: plain"),
        ({"plain__weight": "=A1/0"}, "D503 Questions!F4 =…"),
        ({"plain__weight": "#REF!"}, "D503 Questions!F4 #REF!"),
        ({"guidance__row": "met", "unit__row": "met"}, "D505 Questions!A7 met"),
        ({"one__credit": None}, "D112 Questions!A21 credit"),
        ({"plain__id": "took"}, "D201 Questions!B16 took"),
    ],
)
def test_import__what_is_wrong_is_said_of_its_cell(tmp_path, cells, said):
    folder = _home(tmp_path)
    kept = keep(_draft(_changed(_exported(folder, "tiny", tmp_path / "x.xlsx"), **cells)), folder)
    found = [f"{each.code} {each.place.sheet}!{each.place.cell} {each.value}".strip() for each in kept.problems]
    code, cell, *rest = said.split(" ", 2)
    assert any(
        each.startswith(code) and f" {cell}" in each and each.endswith(rest[0] if rest else "") for each in found
    ), found
    assert kept.paths == ()


def test_import__rows_moved_and_columns_turned_are_the_same_standard_in_another_order(tmp_path):
    folder = _home(tmp_path)
    path = _exported(folder, "tiny", tmp_path / "x.xlsx")
    book = load_workbook(path)
    sheet = book["Questions"]
    last = sheet.max_column
    sheet.move_range(f"B1:B{sheet.max_row}", cols=last)
    sheet.cell(1, last + 5, "remarks")
    sheet.cell(6, last + 5, "ask Anna")
    book.save(path)
    draft = _draft(path)
    assert [(each.code, each.value) for each in draft.problems] == [("D504", "remarks")]
    back, _ = draft.loaded(Library([folder]))
    assert list(back.items_by_id) == ["plain", "counts", "moods", "when", "ended", "took", "picks"]


def test_a_new_language__is_a_new_column(tmp_path):
    folder = _home(tmp_path)
    path = _exported(folder, "tiny", tmp_path / "x.xlsx")
    book = load_workbook(path)
    sheet = book["Questions"]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(1, len(header) + 1, "ro")
    sheet.cell(4, len(header) + 1, "Este simplu?")
    book.save(path)
    keep(_draft(path), folder)
    assert Library([folder]).get("tiny").items_by_id["plain"].text.said("ro") == "Este simplu?"
