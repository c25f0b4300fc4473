"""A small programme's folder, with reports as JSON files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from auditkit.cli.main import application

PROGRAMME = """
programme: acme
name: Acme
time_zone: Asia/Almaty
waves:
  - {id: W1, from: 2026-05-01, to: 2026-05-31}
  - {id: W2, from: 2026-06-01, to: 2026-06-30}
checklists: [desk]
grades:
  - {grade: fine, at_least: 80, verdict: pass}
  - {grade: poor, verdict: fail}
"""
CHECKLIST = """
checklist: desk
version: 1.0.0
title: Desk
grades:
  - {grade: good, at_least: 75, verdict: pass}
  - {grade: weak, verdict: fail}
sections:
  - id: meet
    title: Meet
    weight: 60
    items:
      - {id: greets, text: Greets the customer?}
      - {id: names, text: Says the name?, not_applicable: true}
      - {id: smiles, text: Smiles?}
  - id: part
    title: Part
    weight: 40
    items:
      - {id: thanks, text: Thanks the customer?}
"""
BRANCHES = "code,name,region\nB01,Oak Street,North\nB02,Elm Street,North\nB03,Ash Street,South\n"
GOOD = {"greets": "yes", "names": "yes", "smiles": "yes", "thanks": "yes"}


def programme(folder: Path, **more: str) -> Path:
    (folder / "checklists" / "desk").mkdir(parents=True)
    (folder / "checklists" / "desk" / "checklist.yaml").write_text(more.get("checklist", CHECKLIST), encoding="utf-8")
    (folder / "programme.yaml").write_text(more.get("programme", PROGRAMME), encoding="utf-8")
    (folder / "branches.csv").write_text(more.get("branches", BRANCHES), encoding="utf-8")
    return folder


def report(folder: Path, name: str, branch: str, answers: Mapping[str, Any] | None = None, **more: Any) -> Path:
    """`name`: `W1/V1`; the visit's code is the file's name unless it is given."""
    wave, _, visit = name.rpartition("/")
    path = folder / "visits" / wave / f"{visit}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {
        "visit_id": visit,
        "checklist": "desk",
        "version": "1.0.0",
        "branch": branch,
        "shopper": "K77",
        "visit_date": "2026-05-04" if wave.startswith("W1") else "2026-06-04",
        "staff_on_duty": 8,
        "answers": {} if "outcome" in more else {**GOOD, **(answers or {})},
        **more,
    }
    path.write_text(json.dumps({k: v for k, v in data.items() if v is not None}), encoding="utf-8")
    return path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its name, as bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def call(*words: object) -> Any:
    """What a command said and how it ended; never by a traceback."""
    result = CliRunner().invoke(application(), [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    """A command at work in a process of its own, in a group of its own."""
    return python(folder, "-m", "auditkit", *words)


def python(folder: Path, *words: str) -> subprocess.Popen[str]:
    quiet, pipe = subprocess.DEVNULL, subprocess.PIPE
    return subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, *words],
        cwd=folder,
        stdin=quiet,
        stdout=pipe,
        stderr=pipe,
        text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=60)
    return process.returncode
