"""Texts in a csv: no spreadsheet takes one for a formula, and every one comes back as it was."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.guarded import FORMULA, bare, guarded
from auditkit.results.engine import connect, quoted, rows_of

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
texts = st.one_of(st.text(), st.text(alphabet="'=+-@\t\r\n1.a"))


@given(texts, st.booleans())
def test_law__what_is_read_is_what_was_written(text: str, numbers: bool) -> None:
    assert bare(guarded(text, numbers=numbers)) == text


@given(texts)
def test_law__nothing_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).startswith(RISKY)


@given(st.lists(texts, min_size=1, max_size=4))
def test_law__through_a_file(row: list[str]) -> None:
    out = StringIO(newline="")
    csv.writer(out).writerow([guarded(each) for each in row])
    (read,) = csv.reader(StringIO(out.getvalue(), newline=""))
    assert [bare(each) for each in read] == row


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("-5", "'-5"), ("'=1", "''=1"), ("it's", "it's"), ("'quoted'", "'quoted'"), ("", "")],
)
def test_guarded(text: str, written: str) -> None:
    assert guarded(text) == written


@pytest.mark.parametrize("text", ["-5", "+0.5", "-12,25"])
def test_numbers_with_a_sign__left_where_they_are_wanted(text: str) -> None:
    assert guarded(text, numbers=True) == text
    assert guarded(text + "=", numbers=True) == f"'{text}="


def test_the_database_guards_the_same_texts() -> None:
    every = ["=1", "'=1", "''-a", "'a", "a=", "\t1", "\n=", "@", "ä", "", "'"]
    connection = connect()
    try:
        asked = ", ".join(f"regexp_matches({quoted(text)}, {quoted(FORMULA)})" for text in every)
        (found,) = rows_of(connection, f"SELECT {asked}")
    finally:
        connection.close()
    assert [guarded(text) != text for text in every] == list(found)
