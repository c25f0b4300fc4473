"""Pieces that all terminal tables share: bars of block signs, quiet tables, lines that wrap under themselves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table

WIDE = 110
"""Columns of a terminal from which tables show more."""


def bar(shown: Decimal | None, width: int, *, ascii_only: bool = False) -> str:
    """A percentage as a bar of so many signs; nothing where nothing was scored."""
    if shown is None:
        return ""
    full, rest = ("#", ".") if ascii_only else ("█", "░")
    # Cut, not rounded: a full bar only for 100, an empty one only for 0.
    count = min(max(int(shown * width / 100), 0), width)
    if not count and shown > 0:
        count = 1
    return full * count + rest * (width - count)


def bar_width(console: Console) -> int:
    """How long bars are: more where there is room."""
    return 20 if console.width >= WIDE else 10


def plain_signs(console: Console) -> bool:
    """Whether the terminal's encoding has letters only."""
    return bool(console.options.ascii_only)


def table(*titles: str, right: tuple[int, ...] = ()) -> Table:
    """A table with a line under its titles and nothing else drawn; columns in `right` (from 0) are numbers.

    A column without a title, but for the first, holds bars: a torn one is none.
    """
    from rich import box
    from rich.table import Table

    made = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold", width=None
    )
    for at, title in enumerate(titles):
        numeric = at in right
        whole = numeric or bool(at and not title)
        made.add_column(title, justify="right" if numeric else "left", no_wrap=whole, vertical="top",
                        overflow="ellipsis" if whole else "fold")  # fmt: skip
    return made


def print_table(console: Console, titles: Sequence[str], rows: Sequence[Sequence[str]], right: tuple[int, ...]) -> None:
    """A long table of plain texts. Where all fits, its lines are put together here: rich takes many times as long."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(titles, *rows, strict=True)]
    made = table(*titles, right=right)
    if sum(widths) + 2 * (len(widths) - 1) <= console.width and all(widths) and all(map(_plain, rows)):
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        console.print(_Fitting(made, rows, widths, right))
        return
    for row in rows:
        made.add_row(*row)
    console.print(made)


def _plain(row: Sequence[str]) -> bool:
    """Whether every cell stands in one line as it is."""
    return all(cell.isprintable() and cell == cell.strip() for cell in row)


class _Fitting:
    """A table whose every row is one line: its head as rich draws it, and below it the rows."""

    def __init__(
        self, head: Table, rows: Sequence[Sequence[str]], widths: Sequence[int], right: tuple[int, ...]
    ) -> None:
        self._head = head
        self._rows = rows
        self._columns = [(width, at in right) for at, width in enumerate(widths)]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.cells import cell_len
        from rich.segment import Segment

        yield from console.render(self._head, options)
        for row in self._rows:
            parts = []
            for (width, at_the_right), cell in zip(self._columns, row, strict=True):
                blank = " " * (width - cell_len(cell))
                parts.append(blank + cell if at_the_right else cell + blank)
            yield Segment("  ".join(parts))
            yield Segment.line()


def heading(console: Console, text: str) -> None:
    """The title of a block, with air above."""
    from rich.text import Text

    console.print()
    console.print(Text(text, style="bold"))


def indented(console: Console, text: str, by: int = 2, style: str = "") -> None:
    """A text that wraps under its own beginning; no line ends in blanks."""
    from rich.text import Text

    for line in Text(text, style=style).wrap(console, console.width - by):
        line.rstrip()
        console.print(Text(" " * by).append_text(line))


def numbered(console: Console, number: str, text: str, style: str = "") -> None:
    """A criterion after its number, wrapping under its own beginning; what belongs to it stands 7 columns in."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid()
    grid.add_column(min_width=5, no_wrap=True)
    grid.add_column()
    grid.add_row(Text(f"{number} ", style=style), Text(text, style=style))
    console.print(Padding(grid, (0, 0, 0, 2), expand=False))
