"""The network's wave as the texts that a terminal shows: all but what hangs on its width, ready to be drawn or kept."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from auditkit.reports.bars import WIDE, bar, bar_width, heading, indented, numbered, plain_signs, print_table

if TYPE_CHECKING:
    from rich.console import Console

BAR = 1
"""The column that is drawn, not written: how long bars are hangs on the terminal."""
NUMBERS = (0, 2, 3, 4, 5, 6)
"""Columns that stand at the right."""


class BranchLine(NamedTuple):
    """One branch."""

    name: str
    shown: str
    """The index that its bar shows, '' where there is none."""
    cells: tuple[str, ...]


class Missed(NamedTuple):
    """One of the criteria that cost most."""

    number: str
    text: str
    lost: str


class Page(NamedTuple):
    """Texts alone, in one language."""

    title: str
    wave: str
    head: str
    change: str
    """Since the wave before, and whether chance explains it; '' where there is none."""
    critical: str
    """'' where nothing critical failed."""
    branch: str
    """What branches are called."""
    titles: tuple[str, ...]
    narrow: tuple[int, ...]
    """The columns that say anything of any branch, on a terminal of 80 columns."""
    wide: tuple[int, ...]
    noise: str
    """How much of the table's differences is noise; '' where that cannot be said."""
    branches: tuple[BranchLine, ...]
    missed_title: str
    missed: tuple[Missed, ...]
    quality_title: str
    received: tuple[str, ...]
    not_accepted: tuple[str, ...]


def page_from(raw: list[Any]) -> Page:
    """A page that went through JSON. Raises ValueError or TypeError where it is none."""
    page = Page(*raw)
    return page._replace(
        titles=tuple(page.titles),
        narrow=tuple(page.narrow),
        wide=tuple(page.wide),
        branches=tuple(BranchLine(name, shown, tuple(cells)) for name, shown, cells in page.branches),
        missed=tuple(Missed(*each) for each in page.missed),
        received=tuple(page.received),
        not_accepted=tuple(page.not_accepted),
    )


def draw(console: Console, page: Page) -> None:
    """The page as wide as the terminal is."""
    from rich.text import Text

    console.print(Text(page.title, style="bold"))
    console.print(Text(page.wave, style="dim"))
    console.print(Text(page.head, style="bold"))
    if page.change:
        console.print(page.change)
    if page.critical:
        console.print(Text(page.critical, style="bold red"))
    _branches(console, page)
    if page.missed:
        heading(console, page.missed_title)
    for each in page.missed:
        numbered(console, each.number, each.text)
        indented(console, each.lost, 7, "dim")
    heading(console, page.quality_title)
    for line in page.received:
        console.print(line)
    for line in page.not_accepted:
        indented(console, line)


def _branches(console: Console, page: Page) -> None:
    wanted = page.wide if console.width >= WIDE else page.narrow
    width, ascii_only = bar_width(console), plain_signs(console)
    rows = []
    for each in page.branches:
        drawn = bar(Decimal(each.shown) if each.shown else None, width, ascii_only=ascii_only)
        rows.append([each.name, *(drawn if at == BAR else each.cells[at] for at in wanted)])
    right = tuple(place for place, at in enumerate(wanted, 1) if at in NUMBERS)
    console.print()
    if page.noise:
        console.print(page.noise)
    print_table(console, [page.branch, *(page.titles[at] for at in wanted)], rows, right)
