"""A form of 60 items as a workbook against the plain openpyxl script: CPU of alternating runs in one process."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from auditkit import widths
from auditkit.forms.blank import Blank
from auditkit.forms.workbook.writing import write_form
from auditkit.model.checklist import Checklist
from benchmarks import plain_openpyxl
from benchmarks.checklist import checklist_data
from benchmarks.measuring import cpu_here

LIMIT = 1.0


def measure(rounds: int = 15) -> tuple[float, float]:
    """Median CPU seconds: (form, plain script); no text's width known from the form before."""
    with tempfile.TemporaryDirectory() as folder:
        checklist = Checklist.model_validate(checklist_data())
        blank = Blank([checklist], visit_id="V000001", branch="B0001", wave="2026-Q3", shopper="K01")

        def form() -> None:
            for remembered in (widths.lines_of, widths.text_width):
                remembered.cache_clear()
            write_form(blank, Path(folder) / "form.xlsx")

        form()  # imports: paid once for all forms of a wave
        plain_openpyxl.write()
        times = [(cpu_here(form), cpu_here(plain_openpyxl.write)) for _ in range(rounds)]
    ours, plain = zip(*times, strict=True)
    return statistics.median(ours), statistics.median(plain)


if __name__ == "__main__":
    ours, plain = measure()
    print(f"form {ours * 1000:.0f} ms, plain openpyxl {plain * 1000:.0f} ms")
    print(f"ratio {ours / plain:.2f}, at most {LIMIT}")
