"""Every command that writes, stopped at any moment: nothing is half-written, and the next call ends as a first one."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from auditkit.cli.main import GROUPS
from tests.run.lossless import NOT_WRITING, WRITING, copied, halves, outcome, prepared
from tests.run.made import call, python, report, tree

KILLS = int(os.environ.get("AUDITKIT_KILLS", "1"))
"""Of every command; `AUDITKIT_KILLS=200 pytest tests/run/test_nothing_lost.py` takes hours."""
BEGUN = (
    "import sys, signal; sys.argv[0] = 'auditkit'; from auditkit.cli.start import main; {before}"
    "print('begun', flush=True); main()"
)


class Fresh(NamedTuple):
    outcome: dict[str, object]
    seconds: float


_FRESH: dict[str, Fresh] = {}
PROBLEM = re.compile(r"\b[A-Z]\d{3}\b")

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there"), pytest.mark.slow]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    os.environ.pop("AUDITKIT_LANGUAGE", None)
    return prepared(tmp_path_factory.mktemp("source") / "Программа 2026 (проба)")


@pytest.fixture
def home(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # and back, wherever a test goes
    return copied(source, tmp_path / source.name)


@pytest.fixture
def fresh(name: str, source: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Fresh:
    """What the command leaves that nobody disturbs; reckoned once for all tests."""
    if name not in _FRESH:
        folder = copied(source, tmp_path_factory.mktemp("fresh") / source.name)
        monkeypatch.chdir(folder)
        start = time.monotonic()
        call(*WRITING[name].words)
        _FRESH[name] = Fresh(outcome(folder), time.monotonic() - start + 0.3)
    return _FRESH[name]


def begun(folder: Path, words: tuple[str, ...], before: str = "") -> subprocess.Popen[str]:
    """A command that is at work just now."""
    process = python(folder, "-c", BEGUN.format(before=before), *words)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def after(process: subprocess.Popen[str], seconds: float, signal_: int) -> tuple[int, str]:
    """How a command ended that got a signal after so many seconds, and what it said of it."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal_)
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def test_the_table__has_every_command() -> None:
    known = {command.words[0] for command in WRITING.values()} | set(NOT_WRITING)
    assert known == {command for commands in GROUPS.values() for command in commands}


EVERY = [name for name in WRITING if KILLS > 1 or name != "demo"]
"""A demo takes as long as all the others."""


def moments(name: str, longest: float, count: int = KILLS) -> Iterator[float]:
    dice = random.Random(name)  # noqa: S311  no secret
    for _ in range(count):
        yield dice.uniform(0, longest)


def disturbed(name: str, home: Path, fresh: Fresh, disturb: Callable[[Path, float], None]) -> None:
    """Disturb a command again and again: what is there is whole at every time, and the end is as without."""
    command, before = WRITING[name], outcome(home)
    for moment in moments(name, fresh.seconds):
        disturb(home, moment)
        for file, said in outcome(home).items():
            if not file.endswith(".part"):
                assert said in (before.get(file), fresh.outcome.get(file)) or command.grows, file
    if command.grows:
        grown(home, before)
        return
    os.chdir(home)
    call(*command.words)
    assert halves(home) == []
    assert outcome(home) == fresh.outcome


def grown(home: Path, before: dict[str, object]) -> None:
    """Of what only grows there is all or nothing, once for every time that it was called."""
    from auditkit.definitions.programme import load_programme
    from auditkit.run.release.manifest import damaged, releases_of

    loaded, problems = load_programme(home)
    assert loaded is not None, problems
    decided, released = loaded.decisions.every, releases_of(home, "W1")
    assert [each.number for each in decided] == list(range(1, len(decided) + 1))
    assert damaged(home, "W1") == []
    assert [each.number for each in released] == list(range(1, len(released) + 1))
    moving = ["decisions.csv", "releases/", "reports/"]
    if not decided and not released:
        # Reports that bear the mark of a release which never came to be are written anew.
        call("run", home, "--wave", "W1")
        moving[-1] = "reports/W2"
    now = outcome(home)
    left = {file for file in before if not file.startswith(tuple(moving))}
    assert {file: now.get(file) for file in left} == {file: before[file] for file in left}


@pytest.mark.parametrize("name", EVERY)
def test_killed__nothing_half_written_and_the_next_one_carries_on(name: str, home: Path, fresh: Fresh) -> None:
    def kill(folder: Path, moment: float) -> None:
        after(begun(folder, WRITING[name].words), moment, signal.SIGKILL)

    disturbed(name, home, fresh, kill)


@pytest.mark.parametrize("name", ["run", "decide", "import", "returns", "export --to csv", "form --wave"])
def test_interrupted__one_sentence_and_nothing_left(name: str, home: Path, fresh: Fresh) -> None:
    def interrupt(folder: Path, moment: float) -> None:
        code, said = after(begun(folder, WRITING[name].words), moment, signal.SIGINT)
        assert "Traceback" not in said
        if code == 130:
            assert said.count("Stopped.") == 1
        assert not [file for file in halves(folder) if file != "new/demo.part"]
        assert not list(folder.glob(".auditkit/batch-*"))

    disturbed(name, home, fresh, interrupt)


@pytest.mark.parametrize("name", EVERY)
def test_a_full_disk__a_problem_and_nothing_half_written(name: str, home: Path, fresh: Fresh) -> None:
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); "

    def fill(folder: Path, _: float) -> None:
        size = random.Random(f"size {name}").choice([0, 100, 1500])  # noqa: S311  no secret
        process = begun(folder, WRITING[name].words, limited.format(size))
        out, said = process.communicate(timeout=120)
        assert "Traceback" not in said
        assert "fault of its own" not in said
        if outcome(folder) != fresh.outcome:
            assert process.returncode in (1, 2), (out, said)
            assert PROBLEM.search(said + out), (out, said)
        assert not [file for file in halves(folder) if file != "new/demo.part"]

    disturbed(name, home, fresh, fill)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Nothing can be written into the folder: for root, whom no right binds, it is mounted so."""
    if os.geteuid() != 0:
        every = [folder, *(each for each in folder.rglob("*") if each.is_dir())]
        for each in every:
            each.chmod(0o555)
        yield
        for each in every:
            each.chmod(0o755)
        return
    if shutil.which("mount") is None or not mounted("--bind", folder, folder):
        pytest.skip("root, and nothing can be mounted")
    try:
        assert mounted("-o", "remount,ro,bind", folder)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)  # noqa: S603, S607


def mounted(*words: object) -> bool:
    return subprocess.run(["mount", *map(str, words)], capture_output=True, check=False).returncode == 0  # noqa: S603, S607


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ("review", "demo")])
def test_a_folder_that_may_not_be_written__a_problem_and_nothing_changes(name: str, home: Path) -> None:
    before = tree(home)
    with closed(home):
        process = begun(home, WRITING[name].words)
        out, said = process.communicate(timeout=120)
    assert process.returncode in (1, 2), said
    assert "Traceback" not in said
    assert "fault of its own" not in said
    assert PROBLEM.search(said + out), (out, said)
    assert tree(home) == before


@pytest.mark.parametrize("moment", [0.4, 0.8])
def test_interrupted_among_many_files__heard_by_one_and_at_once(home: Path, moment: float) -> None:
    for number in range(2000):
        report(home, f"W1/N{number}", "B01")
    process = begun(home, ("run", "--processes", "2"))
    time.sleep(moment)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    start = time.monotonic()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.strip() == "Stopped. Nothing half-written is left; the same command carries on."
    assert time.monotonic() - start < 30


def test_the_parent_alone_is_killed__its_workers_end_too(home: Path) -> None:
    for number in range(2000):
        report(home, f"W1/N{number}", "B01")
    process = begun(home, ("run", "--processes", "3"))
    time.sleep(1.0)
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=30)  # as long as one of them holds our end of the pipe, this waits
    assert call("run", home).exit_code < 2
