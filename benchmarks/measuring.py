"""How a benchmark measures: CPU of a command with its children, and peak memory summed over its processes (Linux)."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

LIBRARIES = ("typer", "pydantic", "openpyxl", "python-calamine", "pandas", "duckdb", "PyYAML", "rich")


class Row(NamedTuple):
    """One line of the table: what was measured, ours, the yardstick of the same run, ours over it, its bound."""

    what: str
    ours: str
    yardstick: str
    ratio: float
    bound: float | None = None
    """`None`: nobody set one."""
    unit: str = ""
    """Of ratio and bound, where they are no ratio."""

    def line(self) -> str:
        """As a line of the Markdown table."""
        target = "" if self.bound is None else f"≤ {_shown(self.bound)}{self.unit}"
        verdict = "" if self.bound is None else "yes" if self.ratio <= self.bound else "**no**"
        return (
            f"| {self.what} | {self.ours} | {self.yardstick} | {_shown(self.ratio)}{self.unit} | {target} | {verdict} |"
        )


def _shown(number: float) -> str:
    return f"{number:.3g}" if number < 100 else f"{number:.0f}"


HEAD = "| what | ours | yardstick | measured | target | held |\n|---|---|---|---|---|---|"


def cpu_of(command: Sequence[str], *, cwd: Path | None = None, ok: tuple[int, ...] = (0, 1)) -> float:
    """User and system seconds of a command and of all its children that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in ok:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def medians(works: Sequence[Callable[[], float]], times: int) -> list[float]:
    """The median of several runs of each, taken in turn so that a drifting machine is fair to all."""
    runs = [[work() for work in works] for _ in range(times)]
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def cpu_here(work: Callable[[], object]) -> float:
    """CPU seconds that a function takes in this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def peak_memory(command: Sequence[str], *, cwd: Path | None = None) -> float:
    """MB: the sum over the command's processes of each one's peak resident size."""
    running = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks: dict[int, int] = {}
    while running.poll() is None:
        for pid in _family(running.pid):
            peaks[pid] = max(peaks.get(pid, 0), _high_water(pid))
        time.sleep(0.02)
    if running.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")
    return sum(peaks.values()) / 1024


def _family(root: int) -> list[int]:
    found = [root]
    for pid in found:
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _high_water(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


def machine() -> str:
    """What the figures were taken on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        model = next((x.split(":", 1)[1].strip() for x in cpuinfo.read_text().splitlines() if "model name" in x), model)
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{os.cpu_count()} processors ({model}), {platform.system()} {platform.release().split('-')[0]}, "
        f"CPython {platform.python_version()}; {libraries}"
    )


def auditkit(*arguments: str) -> list[str]:
    """The command line of the program in this environment."""
    return [str(Path(sys.executable).with_name("auditkit")), *arguments]


def script(name: str, *arguments: str) -> list[str]:
    """The command line of a script beside this one."""
    return [sys.executable, str(Path(__file__).with_name(f"{name}.py")), *arguments]
