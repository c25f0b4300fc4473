"""A deletion that is killed at any moment: nothing goes that is not written down, and a second call finishes it."""

from __future__ import annotations

import csv
import hashlib
import itertools
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.definitions.programme import load_programme
from auditkit.intake.kept import KeptFile
from auditkit.results.store import Store
from auditkit.run.purging import deleting
from tests.run.made import PROGRAMME, programme, report
from tests.run.test_kills import killed

RULES = "people: [{name: Ann, role: approver}]\nretention: {photo: 30, submissions: 30}\n"
COMMAND = ("purge", "--yes", "--by", "Ann")
KILLS = int(os.environ.get("AUDITKIT_KILLS", "6"))
WORDS = "She was rude"


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    folder = programme(tmp_path / "acme", programme=PROGRAMME + RULES)
    for number in range(1, 4):
        words = {"comments": {"greets": WORDS}}
        report(folder, f"W1/V{number}", "B01", {"greets": "no" if number % 2 else "yes"}, **words)
        path = folder / f"evidence/W1/V{number}/a.jpg"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"%d" % number)
    report(folder, "W2/V9", "B01", comments={"greets": WORDS})
    ran(folder, "run", "--wave", "W1")
    return folder


def ran(folder: Path, *words: str) -> None:
    result = CliRunner().invoke(application(), [words[0], "-p", str(folder), *words[1:]]) if words[0] != "run" else (
        CliRunner().invoke(application(), ["run", str(folder), *words[1:]]))  # fmt: skip
    assert result.exit_code < 2, result.output


def scores(folder: Path) -> list[tuple[Any, ...]]:
    with Store(folder / ".auditkit/results").open(["W1", "W2"]) as tables:
        return list(
            tables.ask("SELECT key, fate, reason, score_num, score_den, hash_submission FROM visits ORDER BY 1")
        )


def originals(folder: Path) -> dict[str, str]:
    """What may go, with its hash."""
    paths = [*folder.glob("visits/*/*.json"), *folder.glob("evidence/*/*/*")]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def written(folder: Path) -> set[tuple[str, str]]:
    path = folder / "purges.csv"
    if not path.exists():
        return set()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {(each["file"], each["sha256"]) for each in csv.DictReader(lines)}


def nothing_lost(folder: Path, first: dict[str, str]) -> None:
    """What is gone was written down before, and of a report its answers are there, whole."""
    gone = {name: sha256 for name, sha256 in first.items() if not (folder / name).exists()}
    assert gone.items() <= written(folder)
    for name in gone:
        if name.startswith("visits/"):
            kept = KeptFile(folder / f"{name}.kept", name)
            assert len(list(kept.readings())) == 1
            assert kept.problems == ()
    home, problems = load_programme(folder)
    assert home is not None, problems


def all_gone(folder: Path, before: list[tuple[Any, ...]], first: dict[str, str]) -> None:
    assert originals(folder) == {}
    assert written(folder) == set(first.items())
    with (folder / "purges.csv").open(encoding="utf-8-sig") as lines:
        assert len(lines.readlines()) == 1 + len(first)
    assert scores(folder) == before
    assert not list(folder.rglob("*.part"))
    import duckdb

    for path in (folder / ".auditkit/results").glob("*.parquet"):
        assert WORDS not in str(duckdb.read_parquet(str(path)).fetchall())


class Killed(BaseException):
    """What nothing catches."""


@contextmanager
def stopped_at(moment: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], bool]]:
    """The process ends before its n-th step on the disk, or (every other moment) right after it."""
    counts = itertools.count()
    hit = False

    def step(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any, **more: Any) -> Any:
            nonlocal hit
            if next(counts) == moment:
                hit = True
                raise Killed
            done = real(*given, **more)
            if next(counts) == moment:
                hit = True
                raise Killed
            return done

        return wrapped

    with monkeypatch.context() as patch:
        for name in ("keep", "append", "_forget"):
            patch.setattr(deleting, name, step(getattr(deleting, name)))
        patch.setattr(os, "replace", step(os.replace))
        patch.setattr(Path, "unlink", step(Path.unlink))
        yield lambda: hit


@pytest.mark.slow
def test_every_moment__the_next_call_finishes(acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, _ = load_programme(acme)
    assert home is not None
    before, first = scores(acme), originals(acme)
    moments = 0
    for moment in itertools.count():
        folder = tmp_path / "one"
        shutil.copytree(acme, folder)
        own, _ = load_programme(folder)
        assert own is not None
        with stopped_at(moment, monkeypatch) as hit:
            try:
                who = deleting.Who("Ann", "2026-11-28T10:00:00+05:00")
                deleting.delete(own, own.programme.waves, date(2026, 11, 28), who)
            except Killed:
                pass
        nothing_lost(folder, first)
        if not hit():
            break
        moments += 1
        if moment % 12 == 0:  # the whole command takes a second
            ran(folder, *COMMAND)
            all_gone(folder, before, first)
        elif moment % 12 == 6:
            ran(folder, "run", "--wave", "W1")
            assert scores(folder) == before
        shutil.rmtree(folder)
    assert moments > 30


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_kill_9__the_next_call_finishes(acme: Path, tmp_path: Path) -> None:
    before, first = scores(acme), originals(acme)
    dice = random.Random(6)  # noqa: S311  no secret
    for at in range(KILLS // 3):
        folder = tmp_path / f"one{at}"
        shutil.copytree(acme, folder)
        for _ in range(3):
            killed(folder, dice.uniform(0.6, 2.0), *COMMAND)
            nothing_lost(folder, first)
        ran(folder, *COMMAND)
        all_gone(folder, before, first)
