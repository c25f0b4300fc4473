"""The throughput of a year: waves of workbooks, a run after twenty new files, and a history in one wide csv."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks import deciding_alone
from benchmarks.checklist import WAVE, WAVES, code_of
from benchmarks.inputs import Programme
from benchmarks.measuring import Row, auditkit, cpu_of, medians, peak_memory, script
from benchmarks.wide_history import BRANCHES, ITEMS, WideProgramme

VISITS_A_WAVE, NEW_FILES = 4, 20
LINEAR = 1.1
"""Of the time a visit takes in the longer history, against the shorter one."""


class Size(NamedTuple):
    """How much of it is measured, and how often."""

    branches: int
    visits: int
    """Of the longer history; the shorter one has a tenth of them."""
    rounds: int
    slow_rounds: int

    def asked(self, share: float, rounds: int | None) -> Size:
        """The same with a share of the files, each measured so often."""
        size = self._replace(branches=max(NEW_FILES, int(self.branches * share)), visits=int(self.visits * share))
        return size if rounds is None else size._replace(rounds=rounds, slow_rounds=rounds)


FULL = Size(branches=500, visits=200_000, rounds=5, slow_rounds=3)
QUICK = Size(branches=24, visits=2_000, rounds=1, slow_rounds=1)


def waves(size: Size, scratch: Path) -> Iterator[Row]:
    """Three waves of workbooks: read and scored; run; run again with nothing new, and with twenty new files."""
    programme = Programme(scratch / "waves", size.branches, visits=VISITS_A_WAVE, waves=list(WAVES))
    inboxes = [str(each) for each in programme.inboxes]
    count = size.branches * VISITS_A_WAVE * len(WAVES)
    score, bare = medians(
        [
            lambda: cpu_of(auditkit("score", "--json", *inboxes), cwd=programme.folder),
            lambda: cpu_of(script("bare_calamine", *inboxes)),
        ],
        size.rounds,
    )
    what = f"`score --json` over {count:,} workbooks of 60 items in {len(WAVES)} waves"
    yield Row(what, f"{score:.2f} s", f"{bare:.2f} s, calamine reading them", score / bare, 2.2)
    times = [_runs(programme) for _ in range(size.slow_rounds)]
    first, nothing, reports, again = (statistics.median(column) for column in zip(*times, strict=True))
    begun = f"{first:.1f} s, the first with all {count:,} workbooks"
    yield Row("second `run` with nothing new", f"{nothing:.2f} s", begun, 100 * nothing / first, unit=" %")
    written = reports - nothing
    yield Row(f"`run` after {NEW_FILES} new files, without the {written:.2f} s of its {NEW_FILES + 1} reports",
              f"{again - written:.2f} s", begun, 100 * (again - written) / first, 2, " %")  # fmt: skip


def _runs(programme: Programme) -> tuple[float, float, float, float]:
    """The first, one with nothing new, one that only writes reports anew, and one after new files about the same."""
    programme.forget()
    first, nothing = programme.run(), programme.run()
    reports = programme.folder / "reports" / WAVE
    for name in ("network.xlsx", *(f"branches/{code_of(at)}.xlsx" for at in range(NEW_FILES))):
        (reports / name).unlink()
    written = programme.run()
    programme.arrive(NEW_FILES)
    return first, nothing, written, programme.run()


def history(size: Size, scratch: Path) -> Iterator[Row]:
    """A wide csv, its tables, and the network shown from them."""
    short, long = (WideProgramme(scratch / f"wide-{n}", n) for n in (size.visits // 10, size.visits))
    what = f"`score --json` over a csv of {size.visits:,} visits × {ITEMS} answers"
    score, bare, tenth = medians(
        [
            lambda: _score(long),
            lambda: cpu_of(script("bare_duckdb", str(long.table))),
            lambda: _score(short),
        ],
        size.slow_rounds,
    )
    yardstick = f"{bare:.2f} s, DuckDB reading it and counting the answers"
    yield Row(what, f"{score:.1f} s", yardstick, score / bare, 25)
    yield Row("the same against a tenth of the visits, a visit", f"{score:.1f} s", f"{tenth:.2f} s, the tenth",
              score / tenth / 10, LINEAR)  # fmt: skip
    peak = peak_memory(_scoring(long), cwd=long.folder)
    yield Row("its peak memory, all processes", f"{peak:.0f} MB", "", peak, 1000, " MB")
    shutil.rmtree(short.folder)
    yield from _tables(long, bare, size)


def _tables(long: WideProgramme, bare: float, size: Size) -> Iterator[Row]:
    line = script("until_tables", str(long.folder))
    taken = []
    for _ in range(size.slow_rounds):
        long.forget()
        taken.append(cpu_of(line))
    stored = statistics.median(taken)
    yield Row("a `run` of it as far as its tables on the disk", f"{stored:.1f} s", f"{bare:.2f} s, the same DuckDB",
              stored / bare, 25)  # fmt: skip
    long.forget()
    peak = peak_memory(line)
    yield Row("its peak memory, all processes", f"{peak:.0f} MB", "", peak, 1000, " MB")
    yield from _shown(long, size)


def _shown(long: WideProgramme, size: Size) -> Iterator[Row]:
    """The network as the run left it, and in another language, for which nothing is ready."""
    made = cpu_of(script("page_of_run", str(long.folder)))
    shown, other, floor = medians(
        [
            lambda: cpu_of(auditkit("show", "network"), cwd=long.folder),
            lambda: cpu_of(auditkit("show", "network", "-l", "ru"), cwd=long.folder),
            lambda: cpu_of(script("floor", "one")),
        ],
        size.rounds,
    )
    yardstick = f"{floor * 1000:.0f} ms, a command of the floor program"
    what = f"`show network` of {size.visits:,} visits at {BRANCHES} branches after a run"
    yield Row(what, f"{shown * 1000:.0f} ms", yardstick, shown / floor, 3)
    yield Row("the same in a language that the run did not make ready", f"{other * 1000:.0f} ms", yardstick,
              other / floor)  # fmt: skip
    yield Row("making it ready, by itself", f"{made * 1000:.0f} ms", yardstick, made / floor)


def _scoring(programme: WideProgramme) -> list[str]:
    return auditkit("score", "--json", "--columns", str(programme.mapping), str(programme.table))


def _score(programme: WideProgramme) -> float:
    return cpu_of(_scoring(programme), cwd=programme.folder)


def deciding(size: Size, scratch: Path) -> Iterator[Row]:
    """What it costs a visit to be held to the rules, and to what people decided."""
    writer = Programme(scratch / "deciding", 1).writer
    costs = deciding_alone.measure(writer, size.rounds)
    yardstick = f"{costs.scoring * 1e6:.1f} µs, scoring it"
    for what, cost in (
        ("marking and holding a visit of 60 items", costs.holding),
        ("settling its fate", costs.settling),
        ("the same and looking up decisions, one report in ten decided", costs.deciding),
    ):
        yield Row(what, f"{cost * 1e6:.1f} µs", yardstick, cost / costs.scoring)
