"""Measures everything that has a target for its speed, and prints the table: `python -m benchmarks.run`.

Every figure is CPU time (user and system, children included), the median of runs taken in turn with its yardstick's,
so that ratios mean something on a busy machine. It ends with 0 whatever the ratios are; `--quick` is a smoke test with
few files, whose ratios mean nothing.
"""

from __future__ import annotations

import argparse
import compileall
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import auditkit
from auditkit.definitions.shelf import shipped_folder
from benchmarks import branch_workbook, scoring_alone, throughput, workbook_form
from benchmarks.inputs import VISITS_A_BRANCH, Programme
from benchmarks.measuring import HEAD, Row, cpu_of, machine, medians, peak_memory, script
from benchmarks.measuring import auditkit as command


class Size(NamedTuple):
    """How much is measured, and how often."""

    branches: int
    few: int
    """Branches of the smaller run whose memory is measured."""
    many: int
    rounds: int
    slow_rounds: int
    """Of what takes minutes."""
    starts: int


FULL = Size(branches=200, few=500, many=2000, rounds=7, slow_rounds=3, starts=9)
QUICK = Size(branches=8, few=5, many=10, rounds=1, slow_rounds=1, starts=1)


def reading(size: Size, scratch: Path) -> Iterator[Row]:
    """Thousands of forms read, checked and scored, against two programs that only read."""
    programme = Programme(scratch / "reading", size.branches)
    count = size.branches * VISITS_A_BRANCH
    inbox = str(programme.inbox)

    def ours() -> float:
        return cpu_of(command("score", "--json", inbox), cwd=programme.folder)

    score, bare = medians([ours, lambda: cpu_of(script("bare_calamine", inbox))], size.rounds)
    what = f"`score --json` over {count:,} workbooks of 60 items"
    yield Row(what, f"{score:.2f} s", f"{bare:.2f} s, calamine reading them", score / bare, 2.5)
    score, pandas = medians([ours, lambda: cpu_of(script("bare_pandas", inbox))], size.slow_rounds)
    yield Row(what, f"{score:.2f} s", f"{pandas:.1f} s, pandas reading them", score / pandas, 1 / 3)


def scoring(size: Size, _scratch: Path) -> Iterator[Row]:
    """The sums alone."""
    one, loop, ratio = scoring_alone.measure(scoring_alone.ROUNDS if size is FULL else 3)
    yardstick = f"{loop * 1e6:.2f} µs, a loop of 40 look-ups and two additions"
    yield Row("scoring alone: a visit of 40 answers", f"{one * 1e6:.1f} µs", yardstick, ratio, scoring_alone.CEILING)


def running(size: Size, scratch: Path) -> Iterator[Row]:
    """A programme run for the first time, and again after one file changed."""
    programme = Programme(scratch / "running", size.branches)
    firsts, seconds = [], []
    for edition in range(1, size.slow_rounds + 1):
        programme.forget()
        firsts.append(cpu_of(command("run"), cwd=programme.folder))
        programme.change(edition)
        seconds.append(cpu_of(command("run"), cwd=programme.folder))
    first, second = (sorted(each)[len(each) // 2] for each in (firsts, seconds))
    visits = f"{size.branches * VISITS_A_BRANCH:,} visits at {size.branches} branches"
    yield Row(f"second `run` after one changed file, {visits}", f"{second:.2f} s",
              f"{first:.1f} s, the first with all workbooks", 100 * second / first, 5, " %")  # fmt: skip


def starting(size: Size, scratch: Path) -> Iterator[Row]:
    """Commands that a person waits for, against the smallest program with typer."""
    forms = [scratch / f"{folder.name}.xlsx" for folder in sorted(shipped_folder().iterdir()) if folder.is_dir()]
    for form in forms:
        cpu_of(command("form", form.stem, "--output", str(form)))

    def of(line: list[str]) -> Callable[[], float]:
        return lambda: cpu_of(line, cwd=scratch)

    checks = [of(command("check", str(form))) for form in forms]
    works = [of(command("--help")), of(script("floor", "--help")), of(script("floor", "one")), *checks]
    for work in works:
        work()
    help_, floor_help, floor, *checked = medians(works, size.starts)
    yield Row("`auditkit --help`", _ms(help_), f"{_ms(floor_help)}, the floor program's", help_ / floor_help, 1.5)
    slowest = max(checked)
    name = forms[checked.index(slowest)].stem
    yield Row(f"`auditkit check` of an empty form ({name}, the slowest of {len(forms)})", _ms(slowest),
              f"{_ms(floor)}, a command of the floor program", slowest / floor, 1.8)  # fmt: skip


def writing(size: Size, _scratch: Path) -> Iterator[Row]:
    """A branch's workbook and a shopper's form against a plain script."""
    ours, plain = branch_workbook.measure(15 if size is FULL else 2)
    yield Row("a branch workbook", _ms(ours), f"{_ms(plain)}, a plain openpyxl script", ours / plain,
              branch_workbook.LIMIT)  # fmt: skip
    ours, plain = workbook_form.measure(15 if size is FULL else 2)
    yield Row("a workbook form of 60 items", _ms(ours), f"{_ms(plain)}, the same script", ours / plain,
              workbook_form.LIMIT)  # fmt: skip


def filling(size: Size, _scratch: Path) -> Iterator[Row]:
    """The page form on a phone, as far as a desk can tell: its CPU slowed down."""
    from benchmarks import page_form

    kilobytes, ready = page_form.measure(7 if size is FULL else 1)
    what = f"a page form of {page_form.ITEMS} items in five languages"
    yield Row(what, f"{kilobytes:.0f} KB", "", kilobytes, page_form.LARGEST, " KB")
    yield Row(f"the same until it can be filled, CPU slowed {page_form.SLOWED} times", f"{ready:.0f} ms", "", ready,
              page_form.LONGEST, " ms")  # fmt: skip


def remembering(size: Size, scratch: Path) -> Iterator[Row]:
    """The memory of a whole run: at all, and as the number of workbooks grows."""
    peaks = []
    for branches in (size.few, size.many):
        programme = Programme(scratch / "memory", branches)
        peaks.append(peak_memory(command("run"), cwd=programme.folder))
        shutil.rmtree(programme.folder)
    few, many = (f"{branches * VISITS_A_BRANCH:,}" for branches in (size.few, size.many))
    shown = [f"{peak:.0f} MB" for peak in peaks]
    yield Row(f"peak memory of a run of {many} workbooks, all processes", shown[1], "", peaks[1], 500, " MB")
    yield Row(f"the same against a run of {few}", shown[1], shown[0], peaks[1] / peaks[0], 1.1)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


PARTS = {each.__name__: each for each in (reading, scoring, running, starting, writing, filling, remembering)}
THROUGHPUT = {each.__name__: each for each in (throughput.waves, throughput.history, throughput.deciding)}


def main() -> None:
    """Print the table as Markdown, line by line as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a smoke test: few files, every command once")
    parser.add_argument("--share", type=float, default=1, help="of the files of waves and history: 0.1 is a tenth")
    parser.add_argument("--rounds", type=int, help="of waves, history and deciding: how often each is measured")
    parser.add_argument(
        "--only", choices=(*PARTS, *THROUGHPUT), action="append", help="one part; may be given several times"
    )
    asked = parser.parse_args()
    # What pip does when it installs a wheel: without it every start would compile the program anew.
    compileall.compile_dir(Path(auditkit.__file__).parent, quiet=1)
    print(f"{machine()}.\n\n{HEAD}", flush=True)
    size, large = (QUICK, throughput.QUICK) if asked.quick else (FULL, throughput.FULL.asked(asked.share, asked.rounds))
    for name in asked.only or (*PARTS, *THROUGHPUT):
        print(f"{name} …", end="\r", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="auditkit-bench-") as scratch:
            rows = PARTS[name](size, Path(scratch)) if name in PARTS else THROUGHPUT[name](large, Path(scratch))
            for row in rows:
                print(row.line(), flush=True)


if __name__ == "__main__":
    main()
