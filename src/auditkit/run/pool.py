"""Work spread over processes, where a file that kills its worker is one dead file and not a dead batch."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from auditkit.run.unheard import deaf, end_with_parent, unheard

if TYPE_CHECKING:  # whoever works alone does not wait for them
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

P = TypeVar("P")
R = TypeVar("R")

ALONE_BELOW = 48
"""Fewer pieces than this are done in this process: starting others would cost more than it saves."""
CHUNK = 32
SECONDS_ALONE = 600.0
"""What a single piece may take once its batch has died: a table of millions of rows needs minutes."""


class Died(NamedTuple):
    """What stands in place of a result whose worker died or never came back."""

    cause: str
    """`killed` or `timeout`."""


@dataclass(frozen=True)
class Work(Generic[P, R]):
    """How a piece is done: `start(*args)` once in every worker, then `do(piece)`; both importable by name.

    `before()` is called here before the workers part: what it loads they have without loading it again.
    """

    start: Callable[..., None]
    args: tuple[object, ...]
    do: Callable[[P], R]
    before: Callable[[], None] | None = None


def processes_to_use(asked: int | None) -> int:
    """As many as asked, else one a processor."""
    return max(1, asked) if asked is not None else max(1, os.cpu_count() or 1)


def each(
    work: Work[P, R], pieces: Sequence[P], *, processes: int | None = None, alone_below: int = ALONE_BELOW
) -> Iterator[tuple[P, R | Died]]:
    """Every piece with its result, in the order given, whoever did it."""
    count = min(processes_to_use(processes), (len(pieces) + 1) // 2)
    if count <= 1 or len(pieces) < alone_below:
        return _here(work, pieces)
    return _spread(work, pieces, count)


def _here(work: Work[P, R], pieces: Sequence[P]) -> Iterator[tuple[P, R | Died]]:
    work.start(*work.args)
    for piece in pieces:
        yield piece, work.do(piece)


def _spread(work: Work[P, R], pieces: Sequence[P], count: int) -> Iterator[tuple[P, R | Died]]:
    from concurrent.futures import ProcessPoolExecutor

    size = max(1, min(CHUNK, len(pieces) // (count * 4) or 1))
    chunks = [pieces[at : at + size] for at in range(0, len(pieces), size)]
    context = _context()
    if work.before is not None:
        work.before()
    at = 0
    while at < len(chunks):
        with ProcessPoolExecutor(count, context, initializer=_start, initargs=(work,)) as pool:
            for results in _in_order(pool, chunks[at:], count * 8):
                yield from zip(chunks[at], results, strict=True)
                at += 1
        if at < len(chunks):
            # A worker died, at this chunk or one behind it: this one is done piece by piece, each in its own process.
            for piece in chunks[at]:
                alone = _isolated(context, work, piece)
                yield piece, alone
            at += 1


def _in_order(pool: ProcessPoolExecutor, chunks: Sequence[Sequence[Any]], ahead: int) -> Iterator[list[Any]]:
    """The results of the chunks one after the other; ends early where a worker dies.

    Only so many chunks are given out ahead, so that the results of a million files do not pile up in memory.
    """
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[Future[list[Any]]] = deque()
    given = 0
    try:
        for done in range(len(chunks)):
            while given < min(len(chunks), done + ahead):
                with unheard():  # it may start a process
                    waiting.append(pool.submit(_chunk, chunks[given]))
                given += 1
            yield waiting.popleft().result()
    except BrokenProcessPool:
        return
    except BaseException:
        # Somebody stopped the program, or wants no more: nobody waits for what was given out ahead.
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _context() -> BaseContext:
    import multiprocessing

    # A fork costs nothing and is safe only while this process has one thread.
    forks = sys.platform.startswith("linux") and threading.active_count() == 1
    return multiprocessing.get_context("fork" if forks else "spawn")


_WORK: Work[Any, Any] | None = None


def _start(work: Work[Any, Any]) -> None:
    global _WORK  # noqa: PLW0603  a worker process has one work, given once
    _WORK = work
    deaf()
    end_with_parent()
    work.start(*work.args)
    # All that is here now stays to the end: it is not looked through after every chunk.
    gc.collect()
    gc.freeze()


def _chunk(pieces: Sequence[Any]) -> list[Any]:
    assert _WORK is not None  # noqa: S101  _start ran before any chunk
    results = [_WORK.do(piece) for piece in pieces]
    gc.collect()
    return results


def _isolated(context: BaseContext, work: Work[P, R], piece: P) -> R | Died:
    reader, writer = context.Pipe(duplex=False)
    child = context.Process(target=_alone, args=(work, piece, writer))  # type: ignore[attr-defined]
    with unheard():
        child.start()
    writer.close()
    try:
        if not reader.poll(SECONDS_ALONE):
            return Died("timeout")
        result: R = reader.recv()
    except (EOFError, OSError):
        return Died("killed")
    else:
        return result
    finally:
        child.kill()
        child.join()
        reader.close()


def _alone(work: Work[P, R], piece: P, writer: Connection) -> None:
    deaf()
    work.start(*work.args)
    writer.send(work.do(piece))
    writer.close()
