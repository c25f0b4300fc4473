"""Names as people have them: Cyrillic, with spaces, as long as a disk takes; and the locks that programs put beside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.run.made import CHECKLIST, PROGRAMME, call, programme, report

PEOPLE = "people:\n  - {name: Ann, role: approver}\n  - {name: Bob, role: director}\n"
CODES = ("Отделение № 7, ул. Абая (центр)", "😀" * 70, "я" * 100)
LONGEST = ("x" * 250, "я" * 124, "отчёт о визите " + "б" * 110, "😀" * 62)
"""255 bytes at most, with `.json`."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Программа сервиса 2026 (черновик)"
    branches = "code,name,region\n" + "".join(f'"{code}",Oak,North\n' for code in CODES)
    critical = CHECKLIST.replace("{id: thanks,", "{id: thanks, critical: fail,")
    programme(folder, programme=PROGRAMME + PEOPLE, branches=branches, checklist=critical)
    for at, name in enumerate(LONGEST):
        report(folder, f"W1/{name}", CODES[at % 3], {"thanks": "no"}, visit_id=f"V{at} {CODES[at % 3]}")
    report(
        folder, "W1/V9", CODES[0], {"greets": None}, visit_id="Визит 9 " + "ж" * 100, shopper="Покупатель " + "к" * 90
    )
    monkeypatch.chdir(folder)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    assert call("run").exit_code < 2
    return folder


def test_every_branch_has_its_report(home: Path) -> None:
    assert len(list((home / "reports/W1/branches").iterdir())) == len(CODES)
    assert call("run").stdout.count("0 written") == 1


def test_what_is_written_about_them(home: Path) -> None:
    report(home, f"W1/{LONGEST[1]}", CODES[1], {"greets": None}, visit_id=f"V1 {CODES[1]}")
    for words in (
        ("run",),
        ("returns", "W1"),
        ("check", "visits/W1", "-c", "checklists/desk/checklist.yaml", "--mark", "marked"),
        ("check", "visits/W1", "-c", "checklists/desk/checklist.yaml", "--mark", "pages", "--to", "page"),
        ("plan", "W2", "--visits", "1"),
        ("form", "--wave", "W2"),
        ("status", "W1", "--alert"),
        ("casefile", CODES[1], "W1"),
        ("score", "visits/W1", "-c", "checklists/desk/checklist.yaml", "-o", "scored"),
        ("review", "W1"),
        ("release", "W1", "--provisional", "--by", "Ann", "--approved-by", "Bob"),
    ):
        result = call(*words)
        assert result.exit_code < 2, (words, result.output)
    for folder, least in (("marked", 2), ("pages", 2), ("returns/W1", 3), ("forms/W2", 3), ("alerts/W1", 3)):
        found = [path for path in (home / folder).rglob("*") if path.is_file()]
        assert len(found) >= least, folder
        assert all(len(path.name.encode()) <= 255 for path in found)
    assert not list(home.rglob("*.part"))


def test_a_mark_beside_an_open_file__is_no_report(home: Path) -> None:
    for name in ("~$V9.json", ".~lock.V9.json#", "V9.json.part", ".V9.json.swp"):
        (home / "visits/W1" / name).write_bytes(b"Ann")
    result = json.loads(call("run", "--json").stdout)
    assert result["files"] == len(LONGEST) + 1
    assert not [each for each in result["problems"] if "~" in each["file"] or ".part" in each["file"]]


@pytest.mark.parametrize("mark", ["~$decisions.csv", ".~lock.decisions.csv#"])
def test_decisions_are_open_in_a_spreadsheet__nothing_is_written_under_it(home: Path, mark: str) -> None:
    words = ("decide", "annul", "W1", "desk", "1.1", "--by", "Ann", "--reason", "Because")
    (home / mark).write_bytes(b"Ann")
    result = call(*words)
    assert result.exit_code == 2
    assert "R235" in result.stderr
    assert mark in result.stderr
    assert not (home / "decisions.csv").exists()
    (home / mark).unlink()
    assert call(*words).exit_code == 0
