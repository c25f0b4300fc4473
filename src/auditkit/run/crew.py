"""Processes that are started while this one is still small, for the work that takes much memory."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Self, TypeVar

from auditkit.run.unheard import deaf, unheard

R = TypeVar("R")


class Lost(OSError):  # noqa: N818  it is what became of a piece, more often given than raised
    """A process of the crew died at its work: out of memory, or killed from outside."""


class Crew:
    """Some processes that wait for work. A fork takes over what its parent holds, so they are started early.

    Until they are started, or with a `count` below 2, everything is done here.
    """

    def __init__(self, count: int) -> None:
        self._count = count if count > 1 else 0
        self._ends: list[Connection] = []
        self._processes: list[BaseProcess] = []

    def start(self) -> None:
        """Start the processes, unless they run."""
        if self._ends:
            return
        forks = sys.platform.startswith("linux") and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if forks else "spawn")
        for _ in range(self._count):
            ours, theirs = context.Pipe()
            # A fork holds its elder siblings' pipes too: left open, they would never see the end of the run.
            others = [*self._ends, ours] if forks else []
            process = context.Process(target=_serve, args=(theirs, others), daemon=True)  # type: ignore[attr-defined]
            with unheard():
                process.start()
            theirs.close()
            self._ends.append(ours)
            self._processes.append(process)

    def call(self, function: Callable[..., R], *args: Any) -> R:
        """What a function (importable by name) gives, done by the first of the crew; what it raises is raised here."""
        if not self._ends:
            return function(*args)
        self._ends[0].send((function, args, False))
        return _received(self._ends[0])  # type: ignore[no-any-return]

    def each(
        self, start: tuple[Callable[..., None], tuple[Any, ...]], function: Callable[[Any], R], pieces: Sequence[Any]
    ) -> Iterator[tuple[Any, R | Lost]]:
        """Every piece with what became of it, in no order; `start` is called once in each process that takes part."""
        if not self._ends:
            start[0](*start[1])
            yield from ((piece, function(piece)) for piece in pieces)
            return
        left = list(reversed(pieces))
        busy: dict[Connection, Any] = {}
        for end in self._ends[: len(left)]:
            end.send((*start, True))
            _received(end)
            _give(end, function, left, busy)
        while busy:
            for end in [each for each in wait(list(busy)) if isinstance(each, Connection)]:
                piece = busy.pop(end)
                try:
                    result = _received(end)
                except Lost as lost:
                    yield piece, lost
                    continue
                _give(end, function, left, busy)
                yield piece, result
        # Nobody is left to do these.
        yield from ((piece, Lost("killed")) for piece in reversed(left))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.join(5)
            if process.is_alive():
                process.kill()


def _give(end: Connection, function: Callable[[Any], Any], left: list[Any], busy: dict[Connection, Any]) -> None:
    if left:
        busy[end] = left.pop()
        end.send((function, (busy[end],), False))


def _received(end: Connection) -> Any:
    try:
        fine, result = end.recv()
    except (EOFError, ConnectionError) as error:
        raise Lost("killed") from error
    if not fine:
        raise result
    return result


def _serve(end: Connection, others: Sequence[Connection]) -> None:
    deaf()
    for other in others:
        other.close()
    while True:
        try:
            function, args, stays = end.recv()
        except EOFError:
            return
        try:
            answer = (True, function(*args))
        except Exception as error:  # noqa: BLE001  raised again where the work was given out
            answer = (False, error)
        end.send(answer)
        # Rows and cells lie in circles: without this, those of many pieces would be held at once.
        del function, args, answer
        gc.collect()
        if stays:
            # What is here now is needed for every piece: it is not looked through after each of them.
            gc.freeze()
