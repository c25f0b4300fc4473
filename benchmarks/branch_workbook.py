"""A branch workbook against the plain openpyxl script: CPU of alternating runs in one process."""

# ruff: noqa: E402, SLF001 - the path to the fixtures comes first, and what is remembered is forgotten on purpose

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "tests" / "reports")]

import made
import plain_openpyxl

from auditkit.reports import excel, widths, wording

ROUNDS = 15
LIMIT = 0.9


def cpu(work: Callable[[], object]) -> float:
    """Seconds of this process's CPU for one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def branch(target: Path) -> None:
    """A branch workbook with no text known from the one before."""
    for remembered in (excel._safe, widths.lines_of, widths.text_width, wording._answer_text):
        remembered.cache_clear()
    excel.write_branch(made.branch_figures("en", 10), target, "en", made.context())


def measure() -> tuple[float, float]:
    """Median CPU seconds: (branch workbook, plain script)."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "branch.xlsx"
        runs: list[Callable[[], object]] = [
            lambda: branch(target),
            plain_openpyxl.write,
        ]
        for run in runs:
            run()  # imports and prepared styles: paid once for all branches of a run
        times = [[cpu(run) for run in runs] for _ in range(ROUNDS)]
    ours, plain = zip(*times, strict=True)
    return statistics.median(ours), statistics.median(plain)


if __name__ == "__main__":
    ours, plain = measure()
    ratio = ours / plain
    print(f"branch workbook {ours * 1000:.0f} ms, plain openpyxl {plain * 1000:.0f} ms")
    print(f"ratio {ratio:.2f}, at most {LIMIT}")
    sys.exit(ratio > LIMIT)
