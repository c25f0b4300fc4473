"""JSON and JSON lines, taken exactly or refused with the line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from auditkit.tables.json_table import Refused, parse
from auditkit.tables.opening import open_book
from auditkit.tables.table import Limits


def opened(folder: Path, text: str | bytes, name: str = "visits.json"):
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return open_book(folder / name, name=name)


@pytest.mark.parametrize(
    ("text", "code", "place", "value"),
    [
        ('{\n "a": 1,\n "a": 2}', "F121", "visits.json", "a"),
        ('[{"b": {"a": 1, "a": 1}}]', "F121", "visits.json", "a"),
        ('{"a": NaN}', "F122", "visits.json", "NaN"),
        ('{"a": -Infinity}', "F122", "visits.json", "-Infinity"),
        ('{"a": 1e999999999}', "F122", "visits.json", "1e999999999"),
        ('{"a": 1e-999999999}', "F122", "visits.json", "1e-999999999"),
        ('{"a": ' + "9" * 5000 + "}", "F122", "visits.json", ""),
        ('{"a": 1,\n "b": }', "F120", "visits.json:2:7", "}"),
        ('{"a": 1', "F120", "visits.json:1:8", ""),
        ("[" * 100_000, "F123", "visits.json", ""),
        ("[" * 80 + "]" * 80, "F123", "visits.json", ""),
        ('{"a":' * 100 + "1" + "}" * 100, "F123", "visits.json", ""),
    ],
    ids=lambda each: str(each)[:20],
)
def test_json__error(text, code, place, value, tmp_path):
    book, (found,) = opened(tmp_path, text)
    assert book is None
    assert (found.code, str(found.place)) == (code, place)
    assert value in found.value


def test_json__numbers_are_what_was_written(tmp_path):
    book, _ = opened(tmp_path, '{"a": 0.1, "b": 12345678901234567890, "c": 1.50, "d": 1e300}')
    assert book is not None
    assert book.data == {"a": Decimal("0.1"), "b": 12345678901234567890, "c": Decimal("1.50"), "d": Decimal("1e300")}
    assert isinstance(book.data["a"], Decimal)


def test_json__too_large_to_be_held__error_unless_it_is_lines(tmp_path):
    for name, text, code in (
        ("v.json", json.dumps([{"a": n} for n in range(99)]), "F114"),
        ("v.jsonl", '{"a": 1}\n' * 99, None),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        book, problems = open_book(tmp_path / name, limits=Limits(unpacked=500))
        assert [each.code for each in problems] == ([code] if code else [])
        assert (book is None) == (code is not None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_json__encodings(encoding, tmp_path):
    book, problems = opened(tmp_path, '{"comment": "Нет, бейджа не было, и никто не поздоровался"}'.encode(encoding))
    assert book is not None, problems
    assert book.data["comment"].startswith("Нет, бейджа")


def test_json__a_table_whose_header_begins_with_a_bracket__is_a_table(tmp_path):
    book, problems = opened(tmp_path, "[Q1] clean;[Q2] light\nyes;no\n", "visits.csv")
    assert book is not None, problems
    assert list(book.sheets[0].rows) == [["[Q1] clean", "[Q2] light"], ["yes", "no"]]
    assert [each.code for each in opened(tmp_path, "[Q1] clean", "visits.json")[1]] == ["F120"]


def test_lines__as_a_table(tmp_path):
    lines = '{"visit": 1, "clean": "yes"}\n\n{"visit": 2, "tags": ["a", "b"]}\n{"late": {"x": 1}}\n'
    book, _ = opened(tmp_path, lines, "visits.jsonl")
    assert book is not None
    assert book.kind == "jsonl"
    assert list(book.sheets[0].rows) == [
        ["visit", "clean", "tags", "late"],
        [1, "yes", None, None],
        [],
        [2, None, "a; b", None],
        [None, None, None, '{"x": 1}'],
    ]


def test_lines__a_key_that_comes_first_in_the_last_line__is_a_column(tmp_path):
    text = '{"visit": 1}\n' * 1500 + '{"visit": 2, "clean": "no"}\n'
    book, _ = opened(tmp_path, text, "visits.jsonl")
    assert book is not None
    rows = list(book.sheets[0].rows)
    assert rows[0] == ["visit", "clean"]
    assert rows[-1] == [2, "no"]


def test_lines__a_broken_one_does_not_hide_those_behind_it(tmp_path):
    text = '{"visit": 1, "clean": "yes"}\n{"visit": 2, "clean": NaN}\n{"visit": 3,}\n{"visit": 4, "clean": "no"}\n'
    book, problems = opened(tmp_path, text, "visits.jsonl")
    assert book is not None, problems
    assert list(book.sheets[0].rows)[1:] == [[1, "yes"], [], [], [4, "no"]]
    assert [(fault.reason, fault.line) for fault in book.data.faults()] == [("number", 2), ("syntax", 3)]


def test_parse__names_the_key_that_is_there_twice():
    with pytest.raises(Refused) as caught:
        parse('{"x": 1, "y": 2, "y": 3}')
    assert (caught.value.reason, caught.value.detail) == ("duplicate", "y")
