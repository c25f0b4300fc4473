"""What a run expects to read, and how it cuts it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definitions.programme import load_programme
from auditkit.run.discovery import Found
from auditkit.run.moved import load_seen
from auditkit.run.sizes import MOST_FILES, ROWS, cuts_of, expected_items
from auditkit.run.state import Remembered, save_memory
from tests.run.made import programme


@given(st.sets(st.text(min_size=1, max_size=3)), st.integers(0, 10**9))
def test_cuts__are_branches_in_order_and_few(codes, rows):
    branches = sorted(codes)
    cuts = cuts_of(branches, rows)
    assert cuts == sorted(set(cuts) & codes)
    assert len(cuts) < MOST_FILES
    assert rows >= ROWS or not cuts


def test_expected__a_table_by_its_size_and_a_file_of_another_kind_by_its_questions(tmp_path):
    home, _ = load_programme(programme(tmp_path))
    files = [Found("visits/W1/a.csv", 4000, 0), Found("visits/W1/b.XLSX", 9000, 0), Found("visits/W1/c.json", 900, 0)]
    assert expected_items(home, files) == 1000 + 4 + 4


@pytest.mark.parametrize("damage", ["", "[]", "{", '[1, [["visits/W1/a.json", 9, 9]]]', "[null, 3]"])
def test_seen__is_what_is_remembered_whatever_became_of_its_own_file(tmp_path, damage):
    memory = {f"visits/W1/{name}.json": Remembered(at, at + 5, "s", "i", (), ()) for at, name in enumerate("ab")}
    save_memory(tmp_path, "W1", memory)
    if damage:
        (tmp_path / "state" / "W1.seen.json").write_text(damage)
    assert load_seen(tmp_path, "W1") == {name: each[:2] for name, each in memory.items()}
    (tmp_path / "state" / "W1.seen.json").unlink()
    assert load_seen(tmp_path, "W1") == {name: each[:2] for name, each in memory.items()}
