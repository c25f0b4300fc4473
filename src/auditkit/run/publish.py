"""The reports of one wave: which of them must be written, and writing them over several processes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.run.pool import Died, Work, each

if TYPE_CHECKING:
    from auditkit.analysis.checklists import Compared
    from auditkit.analysis.shapes import Context
    from auditkit.results.engine import Tables

NOT_WRITTEN = declare(
    "R204",
    Severity.ERROR,
    finds="A report that could not be written.",
    why="The old one, if there is one, says what was true before.",
    mend="Close it where it is open (Excel locks open files), make room on the disk, and run again.",
)
PIECE = 4
"""Branches that a worker is given at a time."""
ALONE_BELOW = 4
"""Pieces that are not worth another process."""


class Due(NamedTuple):
    """A branch's workbook that must be written."""

    code: str
    path: Path
    language: str


@dataclass(frozen=True)
class Desk:
    """What every branch's workbook is made with. Picklable."""

    files: Mapping[str, Sequence[Path]]
    """Table → Parquet files."""
    context: Context
    wave: str
    shoppers: tuple[str, ...]
    network: Compared
    """The means of the wave before."""


class Written(NamedTuple):
    """What became of one piece: the codes that are on disk, and what went wrong."""

    codes: tuple[str, ...]
    problems: tuple[Problem, ...]


def write_branches(
    desk: Desk, due: Sequence[Due], processes: int | None, tables: Tables | None = None
) -> Iterator[tuple[int, Written]]:
    """Write what is due; (number of branches in the piece, what became of them).

    `tables`: open ones, for few branches that are written in this process.
    """
    pieces = [tuple(due[at : at + PIECE]) for at in range(0, len(due), PIECE)]
    work: Work[tuple[Due, ...], Written] = Work(_begin, (desk, tables), _do)
    for piece, written in each(work, pieces, processes=processes, alone_below=ALONE_BELOW):
        if isinstance(written, Died):
            problems = tuple(problem(NOT_WRITTEN, Place(one.path.name), written.cause) for one in piece)
            yield len(piece), Written((), problems)
        else:
            yield len(piece), written


_DESK: tuple[Desk, Tables] | None = None


def _begin(desk: Desk, tables: Tables | None) -> None:
    from auditkit.results.engine import open_parquet

    global _DESK  # noqa: PLW0603  a worker process has one desk, given once
    _DESK = (desk, tables if tables is not None else open_parquet(desk.files))


def _do(piece: tuple[Due, ...]) -> Written:
    from auditkit.analysis.branches import branch_figures
    from auditkit.audience import branch_copy

    with without_numpy():
        from auditkit.reports.excel import write_branch

    assert _DESK is not None  # noqa: S101  _begin ran before any piece
    desk, tables = _DESK
    audience = branch_copy(desk.context, desk.shoppers)
    by_code = {one.code: one for one in piece}
    figures = branch_figures(tables, desk.context, desk.wave, list(by_code), audience=audience, network=desk.network)
    codes: list[str] = []
    problems: list[Problem] = []
    for figure in figures:
        one = by_code[figure.branch.code]
        try:
            write_branch(figure, one.path, one.language, desk.context)
            codes.append(one.code)
        except OSError as error:
            problems.append(problem(NOT_WRITTEN, Place(one.path.name), error.strerror or str(error)))
    return Written(tuple(codes), tuple(problems))


@contextmanager
def without_numpy() -> Iterator[None]:
    """openpyxl imports numpy where it is installed, for cells that hold its numbers; ours never do, and it is slow."""
    if "numpy" in sys.modules:
        yield
        return
    sys.modules["numpy"] = None  # type: ignore[assignment]  # how Python itself marks a module as not there
    try:
        import openpyxl  # noqa: F401  looked for numpy once, and never again

        yield
    finally:
        del sys.modules["numpy"]


class Network(NamedTuple):
    """The network's workbook on disk, and the indexes that it shows."""

    scores: tuple[tuple[str, Decimal | None], ...]
    problems: tuple[Problem, ...]


def write_network_report(tables: Tables, context: Context, wave: str, path: Path, language: str) -> Network:
    """The network's workbook of a wave."""
    from auditkit.analysis.network import network_figures
    from auditkit.audience import quality_copy

    with without_numpy():
        from auditkit.reports.excel import write_network

    figures = network_figures(tables, context, wave, audience=quality_copy(context), visits=False)
    scores = tuple((row.branch.code, row.index.shown) for row in figures.ranking)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_network(figures, path, language, context)
    except OSError as error:
        return Network(scores, (problem(NOT_WRITTEN, Place(path.name), error.strerror or str(error)),))
    return Network(scores, ())


def removed(folder: Path, names: Iterable[str]) -> list[Path]:
    """Delete reports that nobody is due any more; those that are locked stay for the next run."""
    gone = []
    for name in names:
        path = folder / name
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError:
            continue
        gone.append(path)
    return gone
