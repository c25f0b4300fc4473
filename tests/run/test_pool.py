"""Work over processes: in order, and alive whatever a piece does to its worker."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time

import pytest

from auditkit.run import pool
from auditkit.run.pool import Died, Work, each, processes_to_use

STARTED: list[str] = []


def start(word: str) -> None:
    STARTED.append(word)


def do(piece: int | str) -> object:
    """What a piece does is written on it."""
    match piece:
        case "dies":
            faulthandler.disable()  # the death is meant
            os.abort()
        case "leaves":
            os._exit(3)
        case "is killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "never ends":
            time.sleep(600)
        case "who":
            return os.getpid()
        case "started":
            return tuple(STARTED)
    return piece * 2


def results(pieces: list[object], processes: int | None = 2, alone_below: int = 4) -> list[object]:
    work: Work[object, object] = Work(start, ("begun",), do)
    found = list(each(work, pieces, processes=processes, alone_below=alone_below))
    assert [piece for piece, _ in found] == pieces
    return [result for _, result in found]


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 3, 50, 400])
def test_every_piece_in_the_order_given(processes, count):
    assert results(list(range(count)), processes) == [number * 2 for number in range(count)]


def test_few_pieces__done_here():
    assert set(results(["who"] * 3, 2, alone_below=10)) == {os.getpid()}
    assert os.getpid() not in set(results(["who"] * 12, 2, alone_below=10))


def test_start__once_in_every_process():
    before = len(STARTED)
    # A forked worker has what began here before it; one that was started anew (beside threads) has its own alone.
    forks = sys.platform.startswith("linux") and threading.active_count() == 1
    assert {len(words) for words in results(["started"] * 20)} == {before + 1 if forks else 1}
    assert len(STARTED) == before


@pytest.mark.parametrize("deed", ["dies", "leaves", "is killed"])
@pytest.mark.parametrize("at", [0, 37, 99])
def test_a_piece_that_kills_its_worker__is_one_dead_piece(deed, at):
    pieces: list[object] = list(range(100))
    pieces[at] = deed
    found = results(pieces)
    assert found[at] == Died("killed")
    assert [result for number, result in enumerate(found) if number != at] == [n * 2 for n in range(100) if n != at]


def test_many_that_kill_their_workers__each_is_one_dead_piece():
    pieces: list[object] = [number if number % 7 else "dies" for number in range(80)]
    found = results(pieces, 3)
    assert [n for n, result in enumerate(found) if result == Died("killed")] == list(range(0, 80, 7))
    assert all(result == n * 2 for n, result in enumerate(found) if n % 7)


def test_all_kill_their_workers__and_still_everything_comes_back():
    assert results(["dies"] * 12) == [Died("killed")] * 12


def test_a_piece_that_never_ends_beside_one_that_dies__given_up(monkeypatch):
    monkeypatch.setattr(pool, "SECONDS_ALONE", 0.5)
    monkeypatch.setattr(pool, "CHUNK", 2)
    pieces: list[object] = ["dies", 1, 2, 3, 4, 5]
    assert results(pieces) == [Died("killed"), 2, 4, 6, 8, 10]
    context = pool._context()
    work: Work[object, object] = Work(start, ("begun",), do)
    assert pool._isolated(context, work, "never ends") == Died("timeout")


def test_nobody_reads_to_the_end__nothing_hangs():
    work: Work[object, object] = Work(start, ("begun",), do)
    found = each(work, list(range(2000)), processes=2, alone_below=4)
    assert next(iter(found)) == (0, 0)
    found.close()  # type: ignore[attr-defined]


def test_processes__as_many_as_asked():
    assert processes_to_use(3) == 3
    assert processes_to_use(0) == 1
    assert processes_to_use(None) == max(1, os.cpu_count() or 1)
