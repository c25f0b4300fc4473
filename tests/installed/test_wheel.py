"""The program as it is installed, from a wheel in an environment of its own, working in an empty folder.

`AUDITKIT_INSTALLED` names that environment; without it the environment of the tests is taken, an editable one too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SHIPPED = ("appearance", "conflict-handling", "phone-etiquette", "premises")
Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def call(tmp_path: Path) -> Call:
    named = os.environ.get("AUDITKIT_INSTALLED")
    folder = Path(named) / "bin" if named else Path(sys.executable).parent
    found = shutil.which("auditkit", path=str(folder))
    if found is None:
        pytest.skip(f"there is no program auditkit in {folder}")

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": "", "PYTHONIOENCODING": "utf-8"}
        command = [found, *map(str, words)]
        return subprocess.run(  # noqa: S603  the program under test
            command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", timeout=300, check=False
        )

    return run


@pytest.mark.parametrize("checklist", SHIPPED)
@pytest.mark.parametrize("language", ["en", "ru", "kk", "pl", "ro"])
def test_shipped_checklists__found_and_made_into_forms(call: Call, checklist: str, language: str) -> None:
    made = call("form", checklist, "-o", "form.xlsx", "--language", language)
    assert (made.returncode, made.stderr) == (0, "")
    checked = call("check", "form.xlsx", "--json", "--language", language)
    assert checked.returncode == 1
    assert "S101" in {each["code"] for each in json.loads(checked.stdout)}


def test_paper_and_terminal__have_their_parts_and_words_with_them(call: Call, tmp_path: Path) -> None:
    made = call("form", "premises", "--to", "print", "-o", "form.html", "--language", "kk")
    assert (made.returncode, made.stderr) == (0, "")
    assert "break-inside: avoid" in (tmp_path / "form.html").read_text(encoding="utf-8")
    asked = call("fill", "premises", "-o", "report.json", "--language", "pl")
    assert (asked.returncode, asked.stderr) == (1, "")
    assert "Nic nie przepadło" in asked.stdout


def test_demo__from_nothing_to_workbooks(call: Call, tmp_path: Path) -> None:
    made = call("demo", "demo")
    assert made.returncode == 0, made.stderr
    assert "B07" in made.stdout
    assert len(list((tmp_path / "demo" / "reports" / "2026-Q2" / "branches").glob("*.xlsx"))) >= 10
    shown = call("show", "branch", "B07", "-p", "demo")
    assert "86.7" in shown.stdout
    assert call("show", "network", "-p", "demo", "--wave", "2026-Q1").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("init", "new", "--country", "RO", "-l", "ro"),
        ("schema", "checklist"),
        ("problem", "S101"),
        ("--version",),
        ("map", "--help"),
        ("verify", "--help"),
    ],
)
def test_other_commands__do_their_job(call: Call, words: tuple[str, ...]) -> None:
    done = call(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_own_checklist_in_the_folder__goes_before_a_shipped_one(call: Call, tmp_path: Path) -> None:
    own = tmp_path / "checklists" / "till"
    own.mkdir(parents=True)
    text = "checklist: till\nversion: 1.0.0\ntitle: Till\nsections:\n  - id: a\n    title: A\n    items:\n"
    (own / "checklist.yaml").write_text(text + "      - {id: greets, text: Greets first?}\n", encoding="utf-8")
    assert call("lint", "checklists").returncode in (0, 1)
    assert call("form", "till", "-o", "till.xlsx").returncode == 0
