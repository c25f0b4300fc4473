"""Tables that are put together here are those that rich draws, sign by sign."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from auditkit.reports.bars import print_table, table

PARTS = (
    "",
    "a",
    "b b",
    " ",
    "Я",
    "會",
    "\xad",
    "e\u0302",
    "░█",
    "▲",
    "–",
    "%",
    "\n",
    "\t",
    "[b]",
    ":smile:",
    "91.5",
    "a  b",
)
CELLS = st.lists(st.sampled_from(PARTS), max_size=3).map("".join)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=5)


def console(width: int, *, coloured: bool) -> Console:
    return Console(
        file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False, force_terminal=coloured,
        color_system="truecolor" if coloured else None,
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(ROWS, st.integers(1, 5), st.sets(st.integers(0, 4)), st.integers(20, 60), st.booleans())
def test_table__as_rich_draws_it(drawn, columns, at_the_right, width, coloured):
    titles, *rows = [row[:columns] for row in drawn]
    right = tuple(sorted(at_the_right))
    ours, theirs = console(width, coloured=coloured), console(width, coloured=coloured)
    print_table(ours, titles, rows, right)
    whole = table(*titles, right=right)
    for row in rows:
        whole.add_row(*row)
    theirs.print(whole)
    assert ours.file.getvalue() == theirs.file.getvalue()
