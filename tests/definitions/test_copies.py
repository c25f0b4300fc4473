"""Copies that services make of a programme's files: named, and never read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.run.made import call, programme, report

from auditkit.definitions.decisions import COLUMNS
from auditkit.definitions.programme import load_programme

MARKS = (
    " (1)", " (Ann's conflicted copy 2026-05-04)", " (Конфликтующая копия с компьютера PC1 2026-05-04)",
    "-DESKTOP-AB12CD", "-LAPTOP-9XZ-2", ".sync-conflict-20260504-101500-ABCDEFG",
)  # fmt: skip
OWN = ("decisions.csv", "branches.csv", "programme.yaml", "plan/W1.csv", "checklists/desk/checklist.yaml")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    programme(tmp_path)
    report(tmp_path, "W1/V1", "B01")
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan/W1.csv").write_text("visit,branch\nV1,B01\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "decisions.csv").write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    return tmp_path


def copies(home: Path) -> list[tuple[str, str]]:
    loaded, problems = load_programme(home)
    assert loaded is not None
    return [(each.value, dict(each.facts)["own"]) for each in problems if each.code == "R297"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("own", OWN)
def test_a_copy_beside_a_file_that_is_read__said(home: Path, own: str, mark: str) -> None:
    assert copies(home) == []
    path = home / own
    copy = path.with_name(f"{path.stem}{mark}{path.suffix}")
    copy.write_bytes(path.read_bytes())
    assert copies(home) == [(copy.relative_to(home).as_posix(), own)]


@pytest.mark.parametrize(
    "name",
    ["branches-2025.csv", "plan/W2.csv", "plan/W10.csv", "checklists/desk/checklist-1.0.0.yaml", "notes (1).txt",
     "checklists/desk/checklist.ru.yaml"],
)  # fmt: skip
def test_a_file_of_its_own__is_no_copy(home: Path, name: str) -> None:
    (home / name).write_text("x", encoding="utf-8")
    assert copies(home) == []


def test_a_copied_release__is_no_release(home: Path) -> None:
    call("run")
    assert call("release", "W1", "--final", "--by", "Ann", "--approved-by", "Bob").exit_code == 0
    path = home / "releases/W1-01-final.json"
    (home / "releases/W1-01-final (1).json").write_bytes(path.read_bytes())
    assert len(call("release", "W1").stdout.splitlines()) == 1


def test_the_same_report_twice_under_visits__counts_once(home: Path) -> None:
    for name in ("V1 (1)", "V1.sync-conflict-20260504-101500-ABCDEFG"):
        (home / f"visits/W1/{name}.json").write_bytes((home / "visits/W1/V1.json").read_bytes())
    said = call("run").stdout
    assert "accepted 1 + duplicate 2" in " ".join(said.split())
