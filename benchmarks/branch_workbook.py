"""A branch workbook against the plain openpyxl script: CPU of alternating runs in one process."""

# ruff: noqa: SLF001 - what is remembered is forgotten on purpose

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.reports import made

from auditkit import widths
from auditkit.reports import excel, wording
from benchmarks import plain_openpyxl
from benchmarks.measuring import cpu_here

LIMIT = 0.9
VISITS = 10


def branch(target: Path) -> None:
    """A branch workbook with no text known from the one before."""
    for remembered in (excel._safe, widths.lines_of, widths.text_width, wording._answer_text):
        remembered.cache_clear()
    excel.write_branch(made.branch_figures("en", VISITS), target, "en", made.context())


def measure(rounds: int = 15) -> tuple[float, float]:
    """Median CPU seconds: (branch workbook, plain script)."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "branch.xlsx"
        branch(target)  # imports and prepared styles: paid once for all branches of a run
        plain_openpyxl.write()
        times = [(cpu_here(lambda: branch(target)), cpu_here(plain_openpyxl.write)) for _ in range(rounds)]
    ours, plain = zip(*times, strict=True)
    return statistics.median(ours), statistics.median(plain)


if __name__ == "__main__":
    ours, plain = measure()
    print(f"branch workbook {ours * 1000:.0f} ms, plain openpyxl {plain * 1000:.0f} ms")
    print(f"ratio {ours / plain:.2f}, at most {LIMIT}")
