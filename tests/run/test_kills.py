"""A run or a decision that is killed at any moment: nothing is half-written, and the next one carries on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.definitions.programme import load_programme
from auditkit.results.store import Store
from tests.run.made import PROGRAMME, ended, programme, report, started

KILLS = int(os.environ.get("AUDITKIT_KILLS", "8"))
"""200 of each took 140 seconds on two processors: `AUDITKIT_KILLS=200 pytest tests/run/test_kills.py`."""
PEOPLE = "people:\n  - {name: Ann, role: approver}\n"
LONGEST = 0.9
"""Seconds that a run of this programme takes, about."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")


def killed(folder: Path, after: float, *words: str) -> bool:
    """Whether it was still at work."""
    process = started(folder, *words)
    time.sleep(after)
    at_work = process.poll() is None
    if at_work:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return at_work


def outcome(folder: Path) -> tuple[dict[str, bytes], list[tuple[object, ...]]]:
    """Every report's bytes, and every row of the visits."""
    reports = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.glob("reports/**/*.xlsx"))}
    store = Store(folder / ".auditkit" / "results")
    with store.open(list(store.waves)) as tables:
        return reports, sorted(tables.ask("SELECT * FROM visits"), key=str)


def whole(folder: Path) -> None:
    """Whatever lies there can be opened."""
    for path in folder.glob("reports/**/*.xlsx"):
        assert ZipFile(path).testzip() is None
    home, problems = load_programme(folder)
    assert home is not None, problems


def test_runs_that_are_killed__the_next_one_carries_on(tmp_path: Path) -> None:
    folder = programme(tmp_path / "home", programme=PROGRAMME + PEOPLE)
    dice = random.Random(4)  # noqa: S311  no secret
    for number in range(12):
        report(folder, f"W1/V{number}", f"B0{number % 3 + 1}", {"greets": dice.choice(["yes", "no"])})
    hit = 0
    for at in range(KILLS):
        report(folder, f"W{at % 2 + 1}/N{at % 7}", f"B0{at % 3 + 1}", {"thanks": dice.choice(["yes", "no"])})
        hit += killed(folder, dice.uniform(0.05, LONGEST), "run", "--processes", str(at % 2 + 1))
        whole(folder)
    assert hit > KILLS // 4
    fresh = tmp_path / "fresh"
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns(".auditkit", "reports"))
    for each in (folder, fresh):
        assert CliRunner().invoke(application(), ["run", str(each), "--wave", "W1"]).exit_code < 2
    assert outcome(folder) == outcome(fresh)


def test_decisions_that_are_killed__whole_lines_only(tmp_path: Path) -> None:
    folder = programme(tmp_path, programme=PROGRAMME + PEOPLE)
    report(folder, "W1/V1", "B01")
    assert CliRunner().invoke(application(), ["run", str(folder)]).exit_code < 2
    dice = random.Random(5)  # noqa: S311  no secret
    words = ("decide", "exclude", "W1", "V1", "--by", "Ann", "--reason", "Because")
    before = 0
    for _ in range(max(6, KILLS // 4)):
        killed(folder, dice.uniform(0.2, 0.8), *words)
        home, problems = load_programme(folder)
        assert home is not None, problems
        assert len(home.decisions.every) in (before, before + 1)
        before = len(home.decisions.every)


def test_two_runs_at_once__both_end_and_agree(tmp_path: Path) -> None:
    folder = programme(tmp_path / "home")
    for number in range(12):
        report(folder, f"W1/V{number}", f"B0{number % 3 + 1}", {"greets": "no" if number % 2 else "yes"})
    pair = [started(folder, "run"), started(folder, "run")]
    assert [ended(each) for each in pair] == [0, 0]
    fresh = tmp_path / "fresh"
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns(".auditkit", "reports"))
    for each in (folder, fresh):
        CliRunner().invoke(application(), ["run", str(each)])
    assert outcome(folder) == outcome(fresh)
