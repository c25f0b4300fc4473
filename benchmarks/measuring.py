"""How a benchmark measures: CPU of a command with its children, peak memory summed over its processes. Linux and macOS (memory: Linux)."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table: what was measured, ours, the yardstick in the same run, their ratio, the bound on it."""

    what: str
    ours: str
    yardstick: str
    ratio: float
    bound: float

    def line(self) -> str:
        verdict = "yes" if self.ratio <= self.bound else "NO"
        return f"| {self.what} | {self.ours} | {self.yardstick} | {self.ratio:.3g} | ≤ {self.bound:g} | {verdict} |"


HEAD = "| what | ours | yardstick | ratio | bound | held |\n|---|---|---|---|---|---|"


def cpu_of(command: Sequence[str], *, cwd: Path | None = None, ok: tuple[int, ...] = (0, 1)) -> float:
    """User and system seconds of a command and of all its children that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in ok:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median_cpu(commands: Sequence[Sequence[str]], times: int) -> list[float]:
    """The median of several runs of each command, taken in turn so that a drifting machine is fair to all."""
    runs = [[cpu_of(command) for command in commands] for _ in range(times)]
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
    return sum(peaks.values()) / 1024


def _family(root: int) -> list[int]:
    found = [root]
    for pid in found:
        try:
            tasks = Path(f"/proc/{pid}/task").iterdir()
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
    """What the figures were taken on, in a sentence."""
    import platform

    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        model = next((x.split(":", 1)[1].strip() for x in cpuinfo.read_text().splitlines() if "model name" in x), model)
    return f"{os.cpu_count()} processors ({model}), {platform.system()}, CPython {platform.python_version()}"


def auditkit(*arguments: str) -> list[str]:
    """The command line of the program in this environment."""
    return [str(Path(sys.executable).with_name("auditkit")), *arguments]
