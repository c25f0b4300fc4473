from __future__ import annotations

import csv
import io
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.problems import Place, Problem, Severity
from auditkit.results import engine
from auditkit.results.batch import Batch, as_csv, in_memory, texts_of, write_fates
from auditkit.results.columns import ITEMS, PROBLEMS, SECTIONS, TABLES, VISITS
from auditkit.results.keys import canonical, key_of, plain, submission_hash
from auditkit.results.replay import Inputs, replay
from auditkit.results.rows import exact, problem_rows
from auditkit.results.store import Store
from tests.results.made import checklist, rows, submission, tables

NASTY = [
    "plain",
    "",
    " ",
    '"quoted", with commas; and \'more\'',
    "two\nlines",
    "two\r\nlines",
    "a lone\rreturn",
    "\\N",
    "NULL",
    "\\",
    '"',
    '""',
    ",",
    "=1+1",
    "tab\there",
    "ends with a quote\"",
    "кириллица, ә ғ қ, ąćę, șț, 😀",
    "\ufeffbom",
    "\u2028line separator",
    "x" * 40_000,
    "-- comment; DROP TABLE visits;",
    "$waves {name} %s",
]  # fmt: skip


def asked(made, table, *columns):
    return list(made.ask(f"SELECT {', '.join(columns)} FROM {table} ORDER BY ALL"))  # noqa: S608


@pytest.mark.parametrize("words", NASTY)
def test_comments__any_text_comes_back_as_it_was(words):
    with tables([submission("V1", "B01", comments={"greets": words})]) as made:
        assert asked(made, "items", "item", "comment")[1] == ("greets", words)


def test_comments__what_no_file_can_hold_is_replaced():
    with tables([submission("V1", "B01").model_copy(update={"comments": {"greets": "a\0b\ud800c"}})]) as made:
        assert asked(made, "items", "item", "comment")[1] == ("greets", "a\ufffdb?c")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30), min_size=1))
def test_any_texts__come_back(texts):
    made = [
        submission(f"V{at}", "B01").model_copy(update={"comments": {"greets": text}}) for at, text in enumerate(texts)
    ]
    with tables(made) as kept:
        found = dict(kept.ask("SELECT key, comment FROM items WHERE item = 'greets'"))
    assert found == {key_of(each): each.comments["greets"] for each in made}


def test_rows__have_the_declared_columns():
    (visit,), sections, items = rows(submission("V1", "B01", {"waits": "7"}))
    assert len(visit) == len(VISITS.columns) - 2
    assert {len(row) for row in sections} == {len(SECTIONS.columns)}
    assert {len(row) for row in items} == {len(ITEMS.columns)}
    (problem,) = problem_rows([Problem("S1", Severity.NOTE, Place("f"))], "k", "W1", "f")
    assert len(problem) == len(PROBLEMS.columns)


def test_dictionary__every_column_is_explained_once():
    for table in TABLES:
        assert len(set(table.names)) == len(table.names)
        assert all(len(column.doc) > 5 for column in table.columns)


def test_exact__numerator_and_denominator_in_lowest_terms_beside_the_readable_score():
    with tables([submission("V1", "B01", {"names": "no", "thanks": "no"})]) as made:
        (row,) = asked(made, "visits", "score_num", "score_den", "score")
    assert (row[0], row[1], str(row[2])) == ("160", "3", "53.300000")


def test_exact__numbers_beyond_64_bits_stay_exact():
    huge = Fraction(10**40 + 1, 3**50)
    assert Fraction(exact(huge)) == huge


@pytest.mark.parametrize(
    ("given_", "text"), [("2.50", "2.5"), ("100", "100"), ("1E+3", "1000"), ("-0", "0"), ("0.10", "0.1")]
)
def test_plain__one_number_has_one_text(given_, text):
    from decimal import Decimal

    assert plain(Decimal(given_)) == text


def test_canonical__several_options_and_none_of_them():
    assert (canonical(("a", "b")), canonical(()), canonical(None)) == ("a; b", "none", "")


def test_submission_hash__the_same_whichever_file_it_came_from_and_another_for_another_answer():
    from auditkit.model.visit import Source

    one = submission("V1", "B01")
    other = one.model_copy(update={"source": Source(file="x.csv", row=7), "comments": {"greets": "!"}})
    assert submission_hash(one) == submission_hash(other)
    assert submission_hash(one) != submission_hash(submission("V1", "B01", {"greets": "no"}))


def test_replay__the_same_inputs_give_the_same_row():
    of, made = submission("V1", "B01", {"waits": "7"}), checklist(source_hash="d" * 64)
    (row,), _, _ = rows(of, made)
    row = list(row)
    row[VISITS.names.index("hash_submission")] = submission_hash(of)
    now, differences = replay(row, Inputs(made, of))
    assert (list(now), differences) == (row, ())


def test_replay__another_answer_is_named_by_its_hash_first():
    of, made = submission("V1", "B01"), checklist(source_hash="d" * 64)
    (row,), _, _ = rows(of, made)
    _, differences = replay(row, Inputs(made, submission("V1", "B01", {"greets": "no"})))
    assert differences[0].column == "hash_submission"
    assert "score_num" in {each.column for each in differences}


def test_as_csv__is_csv():
    text = as_csv([("a,b", None, 'say "x"', 1)])
    assert list(csv.reader(io.StringIO(text))) == [["a,b", "", 'say "x"', "1"]]


def stored(folder, name, submissions, known=()):
    """A batch of these; `known`: submissions that stay beside them."""
    with Batch(folder / name) as batch:
        for each in submissions:
            batch.add(texts_of(rows(each)))
    write_fates(folder / name, [(key_of(each), "accepted", "") for each in (*submissions, *known)])
    return folder / name


def test_store__replaced_rows_and_removed_rows_are_gone_and_the_rest_stays(tmp_path):
    store = Store(tmp_path / "results")
    one, two, three = (submission(f"V{at}", f"B0{at}") for at in (1, 2, 3))
    store.update("W1", stored(tmp_path, "first", [one, two, three]))
    store.commit()
    other = submission("V1", "B01", {"greets": "no"})
    store = Store(tmp_path / "results")
    store.update("W1", stored(tmp_path, "second", [other], [three]))
    store.commit()
    with Store(tmp_path / "results").open(["W1"]) as made:
        assert asked(made, "visits", "visit_id", "score_num") == [("V1", "80"), ("V3", "100")]
        assert list(made.ask("SELECT branch, count(*) FROM items GROUP BY branch ORDER BY branch")) == [
            ("B01", 5), ("B03", 5),
        ]  # fmt: skip
    named = {path.name for path in (tmp_path / "results").glob("*.parquet")}
    assert len(named) == 4


def test_store__a_visit_that_moves_to_another_branch_leaves_the_first(tmp_path):
    store = Store(tmp_path / "results")
    kept = submission("V2", "B02")
    store.update("W1", stored(tmp_path, "first", [submission("V1", "B01"), kept]))
    store.update("W1", stored(tmp_path, "second", [submission("V1", "B03")], [kept]))
    with store.open(["W1"]) as made:
        for table in ("visits", "items", "sections"):
            assert list(made.ask(f"SELECT DISTINCT branch FROM {table} ORDER BY 1")) == [("B02",), ("B03",)]  # noqa: S608


def test_store__many_parts_hold_what_one_would(tmp_path, monkeypatch):
    from auditkit.results import store as module

    monkeypatch.setattr(module, "_PART", 10)
    many = [submission(f"V{at}", f"B{at % 5}") for at in range(20)]
    store = Store(tmp_path / "results")
    store.update("W1", stored(tmp_path, "first", many))
    before = {part.file for part in store.waves["W1"]["items"]}
    assert len(before) == 5
    change = submission("V7", "B2", {"greets": "no"})
    store.update("W1", stored(tmp_path, "second", [change], [each for each in many if each.visit_id != "V7"]))
    after = {part.file for part in store.waves["W1"]["items"]}
    assert len(before & after) == 4
    new = submission("V99", "A0")
    store.update("W1", stored(tmp_path, "third", [new], [*many]))
    with store.open(["W1"]) as made:
        assert list(made.ask("SELECT count(*), count(DISTINCT key) FROM items")) == [(105, 21)]
        found = dict(made.ask("SELECT key, answer FROM items WHERE item = 'greets'"))
    assert found[key_of(change)] == "no"


def test_store__damaged_manifest_is_no_manifest(tmp_path):
    store = Store(tmp_path)
    store.commit()
    for text in ("", "[]", '{"format": 1}', '{"format": 1, "waves": {"W1": {"visits": [["gone.parquet"]]}}}', "{"):
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        assert Store(tmp_path).waves == {}


def test_in_memory__nothing_stays_on_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with in_memory([rows(submission("V1", "B01"))], [], [(key_of(submission("V1", "B01")), "accepted", "")]) as made:
        assert list(tmp_path.iterdir()) == []
        assert asked(made, "visits", "visit_id") == [("V1",)]


def test_little_memory__a_statement_that_it_does_not_suffice_for_gets_more(tmp_path, monkeypatch):
    many = stored(tmp_path, "many", [submission(f"V{at:05}", f"B{at % 7}") for at in range(2000)])
    found = []
    for name, memory, more in (("enough", "200MB", ()), ("little", "1MB", ("4MB", "200MB"))):
        monkeypatch.setattr(engine, "MEMORY", memory)
        monkeypatch.setattr(engine, "MORE", more)
        store = Store(tmp_path / name)
        store.update("W1", many)
        with store.open(["W1"]) as made:
            found.append([list(made.ask(f"SELECT * FROM {table.name} ORDER BY ALL")) for table in TABLES])  # noqa: S608
    assert len(found[0][0]) == 2000
    assert found[0] == found[1]
    monkeypatch.setattr(engine, "MORE", ())
    with pytest.raises(duckdb.OutOfMemoryException):
        Store(tmp_path / "no more").update("W1", many)


def in_pieces(folder, name, submissions, cuts, known=()):
    """A batch whose items lie in several files."""
    with Batch(folder / name, cuts) as batch:
        for each in submissions:
            texts = texts_of(rows(each))
            batch.add({table: text for table, text in texts.items() if table != "items"}, {each.branch: texts["items"]})
    write_fates(folder / name, [(key_of(each), "accepted", "") for each in (*submissions, *known)])
    return folder / name


def test_store__a_batch_in_pieces_holds_what_one_file_would(tmp_path):
    many = [submission(f"V{at}", f"B{(at * 3) % 7}", {"greets": "no" if at % 3 else "yes"}) for at in range(20)]
    whole, cut = Store(tmp_path / "whole"), Store(tmp_path / "cut")
    whole.update("W1", stored(tmp_path, "one", many))
    cuts = ["A5", "B2", "B4", "B45", "C1"]  # before the first of them and behind the last of them is nothing
    cut.update("W1", in_pieces(tmp_path, "pieces", many, cuts))
    assert [part.first for part in cut.waves["W1"]["items"]] == ["", "B2", "B4", "B45"]
    same(whole, cut)
    # The second time some branches come anew, one of them from before the first part.
    again = [submission("V3", "B2", {"greets": "yes"}), submission("V50", "A1"), submission("V51", "Z9")]
    stay = [each for each in many if each.visit_id != "V3"]
    whole.update("W1", stored(tmp_path, "one-more", again, stay))
    cut.update("W1", in_pieces(tmp_path, "pieces-more", again, cuts, stay))
    same(whole, cut)


def same(one, other):
    for table in TABLES:
        with one.open(["W1"]) as first, other.open(["W1"]) as second:
            sql = f"SELECT * FROM {table.name} ORDER BY ALL"  # noqa: S608
            assert list(first.ask(sql)) == list(second.ask(sql))
