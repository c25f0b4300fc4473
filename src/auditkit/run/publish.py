"""The reports of one wave: which of them must be written, and writing them over several processes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.run.crew import Crew, Lost

if TYPE_CHECKING:
    from auditkit.analysis.checklists import Compared
    from auditkit.analysis.network_shapes import NetworkFigures
    from auditkit.analysis.shapes import Context
    from auditkit.audience.comments import Comments
    from auditkit.definitions.programme import ProgrammeFolder
    from auditkit.model.action import Action
    from auditkit.model.publication import Publication
    from auditkit.results.engine import Tables

NOT_WRITTEN = declare(
    "R204",
    Severity.ERROR,
    finds="A report that could not be written.",
    why="The old one, if there is one, says what was true before.",
    mend="Close it where it is open (Excel locks open files), make room on the disk, and run again.",
)
PIECE = 60
"""Visits that a worker is given at a time, in whole branches."""


class Due(NamedTuple):
    """A branch's workbook that must be written."""

    code: str
    path: Path
    language: str
    visits: int = 0


class Beside(NamedTuple):
    """What reports say beside the figures: how far the wave is published, what branches do about their findings."""

    publication: Publication | None
    actions: Mapping[tuple[str, str, str], Action]
    """(branch, checklist, item) → what is done about it."""

    def of(self, branch: str) -> list[Action]:
        """What one branch does."""
        return [each for (code, *_), each in self.actions.items() if code == branch]


@dataclass(frozen=True)
class Desk:
    """What every branch's workbook is made with. Picklable."""

    files: Mapping[str, Sequence[Path]]
    """Table → Parquet files."""
    context: Context
    wave: str
    comments: Comments
    network: Compared
    """The means of the wave before."""


class Written(NamedTuple):
    """What became of one piece: the codes that are on disk, and what went wrong."""

    codes: tuple[str, ...]
    problems: tuple[Problem, ...]


def write_branches(crew: Crew, desk: Desk, due: Sequence[Due]) -> Iterator[tuple[int, Written]]:
    """Write what is due; (number of branches in the piece, what became of them)."""
    for piece, written in crew.each((_begin, (desk,)), _do, list(_pieces(due))):
        if isinstance(written, Lost):
            problems = tuple(problem(NOT_WRITTEN, Place(one.path.name), str(written)) for one in piece)
            yield len(piece), Written((), problems)
        else:
            yield len(piece), written


def _pieces(due: Sequence[Due]) -> Iterator[tuple[Due, ...]]:
    piece: list[Due] = []
    for one in due:
        if piece and sum(each.visits for each in piece) + one.visits > PIECE:
            yield tuple(piece)
            piece = []
        piece.append(one)
    if piece:
        yield tuple(piece)


_DESK: tuple[Desk, Tables] | None = None


def _begin(desk: Desk) -> None:
    global _DESK  # noqa: PLW0603  a worker process has one desk, given once
    _DESK = (desk, _open(desk.files))


_OPEN: tuple[Mapping[str, Sequence[Path]], Tables] | None = None


def _open(files: Mapping[str, Sequence[Path]]) -> Tables:
    """The tables, opened once a process."""
    from auditkit.results.engine import open_parquet

    global _OPEN  # noqa: PLW0603  a second DuckDB in one process would only cost memory
    if _OPEN is None or _OPEN[0] != files:
        close()
        _OPEN = (files, open_parquet(files))
    return _OPEN[1]


def close() -> None:
    """Let go of the tables that this process holds open."""
    global _OPEN  # noqa: PLW0603
    if _OPEN is not None:
        _OPEN[1].close()
        _OPEN = None


def _do(piece: tuple[Due, ...]) -> Written:
    from auditkit.analysis.branches import branch_figures
    from auditkit.audience.copies import branch_copy

    with without_numpy():
        from auditkit.reports.excel import write_branch

    assert _DESK is not None  # noqa: S101  _begin ran before any piece
    desk, tables = _DESK
    audience = branch_copy(desk.context, desk.comments)
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


class Prepared(NamedTuple):
    """The network's workbook on disk, the indexes that it shows, and the desk for the branches' workbooks."""

    desk: Desk
    scores: tuple[tuple[str, Decimal | None], ...]
    problems: tuple[Problem, ...]


def prepare(
    files: Mapping[str, Sequence[Path]],
    home: ProgrammeFolder,
    wave: str,
    path: Path,
    language: str,
    beside: Beside,
    ready: str = "",
) -> Prepared:
    """Write the network's workbook of a wave, and gather what every branch's workbook needs.

    `ready`: the key under which the network's page is kept, if it shall be.
    """
    from dataclasses import replace

    from auditkit.analysis.branches import network_before
    from auditkit.audience.copies import branch_copy, comments_of, employees_of, shoppers_of
    from auditkit.run.release.standing import covered

    with without_numpy():
        from auditkit.reports.excel import write_network

    tables = _open(files)
    figures, context = _network(tables, home, wave, beside)
    if ready:
        _keep_page(home, wave, ready, figures, context)
    problems: tuple[Problem, ...] = ()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_network(figures, path, language, context)
    except OSError as error:
        problems = (problem(NOT_WRITTEN, Place(path.name), error.strerror or str(error)),)
    scores = tuple((row.branch.code, row.index.shown) for row in figures.ranking)
    compared = network_before(tables, context, wave, current=beside.publication is not None)
    comments = comments_of(context, wave, home.decisions, shoppers_of(tables), employees_of(home.staff, home.managers))
    seen = replace(context, publication=covered(beside.publication, branch_copy(context, comments).words))
    return Prepared(Desk(files, seen, wave, comments, compared), scores, problems)


def prepare_page(
    files: Mapping[str, Sequence[Path]], home: ProgrammeFolder, wave: str, beside: Beside, ready: str
) -> None:
    """Keep the network's page, where no report must be written."""
    try:
        _keep_page(home, wave, ready, *_network(_open(files), home, wave, beside))
    finally:
        close()


def _network(tables: Tables, home: ProgrammeFolder, wave: str, beside: Beside) -> tuple[NetworkFigures, Context]:
    from dataclasses import replace

    from auditkit.analysis.contexts import context_for
    from auditkit.analysis.network import network_figures
    from auditkit.audience.copies import quality_copy

    context = replace(
        context_for(tables, home.library, home.programme, home.branches, home.history),
        publication=beside.publication,
        actions=beside.actions,
    )
    return network_figures(tables, context, wave, audience=quality_copy(context), visits=False), context


def _keep_page(home: ProgrammeFolder, wave: str, key: str, figures: NetworkFigures, context: Context) -> None:
    from auditkit.locales import nearest_language
    from auditkit.reports.terminal_network import page_of
    from auditkit.run.ready import Ready, keep
    from auditkit.run.waves import in_order

    language = home.programme.language
    said = nearest_language(language)
    # Without it, what is shown is reckoned when somebody asks.
    with suppress(OSError):
        keep(home.folder, key, Ready(wave, tuple(in_order(home)), language, said, page_of(figures, said, context)))


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
