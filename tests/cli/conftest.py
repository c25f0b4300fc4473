"""The program as a person calls it: every test runs a command in an empty folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application


class Said(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def auditkit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """A command in this process, in `tmp_path`; a fault of ours is raised here."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)

    def call(*words: object) -> Said:
        result = CliRunner().invoke(application(), [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Said]:
    """A command in a process of its own, as from a shell."""

    def call(*words: object, **env: str) -> Said:
        command = [sys.executable, "-m", "auditkit.cli.main", *map(str, words)]
        done = subprocess.run(  # noqa: S603  our own program
            command, cwd=tmp_path, capture_output=True, timeout=120, check=False, env={**os.environ, **env}
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call
