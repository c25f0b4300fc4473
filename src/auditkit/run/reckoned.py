"""Files reckoned into tables that are gone afterwards, beside or without the results that a programme keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from auditkit.intake.inbox import Decided, Deciding, Incoming, settle
from auditkit.problems import Problem
from auditkit.results.batch import Batch, write_fates
from auditkit.run.files import Job, score_files
from auditkit.run.rows import Giving, file_rows

if TYPE_CHECKING:
    from auditkit.results.engine import Tables


class Settling(NamedTuple):
    """How fates are settled: whether every report waits, and what was decided of each."""

    review_all: bool = False
    decided: Deciding | None = None


AS_THEY_COME = Settling()


class Reckoned(NamedTuple):
    """What files gave."""

    tables: Tables
    incoming: list[Incoming]
    decided: Mapping[str, Decided]
    problems: list[Problem]


@contextmanager
def reckoned(
    job: Job,
    giving: Giving,
    paths: Sequence[Path],
    settling: Settling = AS_THEY_COME,
    *,
    processes: int | None = None,
    step: Callable[[], None] = lambda: None,
) -> Iterator[Reckoned]:
    """Files read, scored, settled and put into tables; `step` is called after every file."""
    incoming: list[Incoming] = []
    problems: list[Problem] = []
    with TemporaryDirectory(prefix="auditkit-") as name:
        folder = Path(name)
        with Batch(folder) as batch:
            for _, rows in score_files(job, paths, partial(file_rows, giving), processes=processes):
                batch.add(rows.texts, rows.items)
                incoming += [light.incoming for light in rows.lights]
                problems += rows.problems
                if not rows.part:
                    step()
        decided = settle(incoming, review_all=settling.review_all, decided=settling.decided)
        with settled(folder, ((key, each.fate.value, each.reason) for key, each in decided.items())) as tables:
            yield Reckoned(tables, incoming, decided, problems)


@contextmanager
def settled(folder: Path, fates: Iterable[tuple[str, str, str]]) -> Iterator[Tables]:
    """The tables of a batch, with the fates of its reports: key, fate, reason."""
    from auditkit.results.engine import open_batch

    write_fates(folder, fates)
    with open_batch(folder) as tables:
        yield tables
