"""Who writes into a programme at the same time: each after the other, nothing lost, nothing left by who was killed."""

from __future__ import annotations

import csv
import errno
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from auditkit.whole import whole
from tests.run.made import PROGRAMME, call, ended, programme, python, report, started

BY = ("--by", "Ann", "--reason", "Because")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programme(tmp_path, programme=PROGRAMME + "people:\n  - {name: Ann, role: approver}\n")
    report(tmp_path, "W1/V1", "B01")
    report(tmp_path, "W1/V3", "B02")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    call("run")
    return tmp_path


def run() -> Any:
    return json.loads(call("run", "--json").stdout)


def decide(*words: object, code: int = 0) -> Any:
    result = call("decide", *words, *BY)
    assert result.exit_code == code, result.output
    return result


@contextmanager
def holding(home: Path, name: str = "decisions.lock") -> Iterator[subprocess.Popen[str]]:
    """Another process that has the lock, until it is killed."""
    lines = (
        "from pathlib import Path; import time",
        "from auditkit.run.alone import alone",
        f"with alone(Path({str(home / '.auditkit')!r}), {name!r}):",
        "    print('held', flush=True); time.sleep(60)",
    )
    process = python(home, "-c", "\n".join(lines))
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_somebody_who_held_the_lock_was_killed__nothing_stands_in_the_way(home: Path) -> None:
    with holding(home):
        pass
    decide("exclude", "W1", "V1")
    assert sorted(path.name for path in home.glob("decisions*")) == ["decisions.csv"]


def test_somebody_holds_the_lock_for_long__refused_and_nothing_lost(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditkit.run.appending.PATIENCE", 0.1)
    with holding(home):
        result = decide("exclude", "W1", "V1", code=2)
        assert "R235" in result.stderr
        assert not (home / "decisions.csv").exists()
    decide("exclude", "W1", "V1")


def test_the_lock_is_let_go_within_patience__waited_for(home: Path) -> None:
    with holding(home) as process:
        Timer(0.3, process.kill).start()
        decide("exclude", "W1", "V1")
    assert len(lines_of(home)) == 1


def test_two_who_decide_at_once__no_decision_is_lost_and_no_number_twice(home: Path) -> None:
    items = ("1.1", "1.2", "1.3", "2.1")
    pair = [started(home, "decide", "annul", "W1", "desk", item, *BY) for item in items]
    assert [ended(each) for each in pair] == [0] * len(items)
    lines = lines_of(home)
    assert [line["number"] for line in lines] == ["1", "2", "3", "4"]
    assert {line["item"] for line in lines} == {"greets", "names", "smiles", "thanks"}


def test_a_spreadsheet_saves_the_file_meanwhile__its_lines_are_not_lost(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide("exclude", "W1", "V1")
    path = home / "decisions.csv"
    kept = path.read_bytes()
    monkeypatch.setattr("auditkit.run.appending.whole", _saving_first(path, whole))
    result = decide("exclude", "W1", "V3", code=2)
    assert "R235" in result.stderr
    assert path.read_bytes() == kept + b"# saved\r\n"
    assert sorted(each.name for each in home.glob("decisions*")) == ["decisions.csv"]


def _saving_first(path: Path, real: Any) -> Any:
    @contextmanager
    def made(*words: Any, **more: Any) -> Iterator[Path]:
        with real(*words, **more) as part:
            path.write_bytes(path.read_bytes() + b"# saved\r\n")
            yield part

    return made


def test_a_disk_without_locks__decided_all_the_same_and_a_run_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("auditkit.run.alone._try", none)
    decide("exclude", "W1", "V1")
    assert [each["code"] for each in run()["problems"]].count("R295") == 1
    monkeypatch.undo()


def lines_of(home: Path) -> list[dict[str, str]]:
    with (home / "decisions.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
