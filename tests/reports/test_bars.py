"""Tables that are put together here are those that rich draws, sign by sign."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from auditkit.reports.bars import print_table, table

CELLS = st.text(alphabet="ab Я會­é̂░█▲–%\n\t[]:/", max_size=9) | st.sampled_from(
    ["91.5", "a b  c", "[b]x", ":smile:", " x"]
)


def console(width: int, *, coloured: bool) -> Console:
    return Console(
        file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False, force_terminal=coloured,
        color_system="truecolor" if coloured else None,
    )  # fmt: skip


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.tuples(
            st.lists(CELLS, min_size=n, max_size=n),
            st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=4),
            st.sets(st.integers(0, n - 1)),
        )
    ),
    st.integers(20, 60),
    st.booleans(),
)
def test_table__as_rich_draws_it(drawn, width, coloured):
    titles, rows, at_the_right = drawn
    right = tuple(sorted(at_the_right))
    ours, theirs = console(width, coloured=coloured), console(width, coloured=coloured)
    print_table(ours, titles, rows, right)
    whole = table(*titles, right=right)
    for row in rows:
        whole.add_row(*row)
    theirs.print(whole)
    assert ours.file.getvalue() == theirs.file.getvalue()
