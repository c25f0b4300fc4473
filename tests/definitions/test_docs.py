"""The examples of the documents are read without a fault."""

from __future__ import annotations

import re
from pathlib import Path

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import Library, shipped_folder
from auditkit.definitions.programme import load_programme
from auditkit.definitions.scenarios import load_scenario
from auditkit.problems import has_errors

DOCS = Path(__file__).parents[2] / "docs"


def blocks(name: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", (DOCS / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_definition__ok(tmp_path: Path) -> None:
    found = blocks("definitions.md")
    whole = next(block for block in found if block.startswith("checklist:"))
    russian = next(block for block in found if block.startswith("language: ru"))
    folder = tmp_path / "phone-etiquette"
    folder.mkdir()
    (folder / "checklist.yaml").write_text(whole, encoding="utf-8")
    (folder / "ru.yaml").write_text(russian, encoding="utf-8")
    checklist, problems = load_checklist(folder / "checklist.yaml", Library([tmp_path, shipped_folder()]))
    assert problems == ()
    assert checklist is not None
    assert checklist.grades[0].title is not None
    assert checklist.grades[0].title.said("ru") == "Отлично"


def test_short_item__ok(tmp_path: Path) -> None:
    short = next(block for block in blocks("definitions.md") if block.startswith("- id: greets"))
    head = "checklist: x\nversion: 1.0.0\ntitle: X\nsections:\n  - id: a\n    title: A\n    items:\n"
    path = tmp_path / "x.yaml"
    path.write_text(head + "".join(f"      {line}\n" for line in short.splitlines()), encoding="utf-8")
    assert load_checklist(path)[1] == ()


def test_programme__ok(tmp_path: Path) -> None:
    text = next(block for block in blocks("programme.md") if block.startswith("programme:"))
    (tmp_path / "programme.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "branches.csv").write_text("code;name\nB01;Аптека\n", encoding="cp1251")
    (tmp_path / "columns").mkdir()
    (tmp_path / "columns" / "survey.yaml").write_text("items: {}\n")
    folder, problems = load_programme(tmp_path)
    assert not has_errors(problems), problems
    assert folder is not None
    assert folder.branches["B01"].name == "Аптека"


def test_scenario__ok(tmp_path: Path) -> None:
    text = next(block for block in blocks("programme.md") if block.startswith("scenario:"))
    (tmp_path / "visit.yaml").write_text(text, encoding="utf-8")
    scenario, problems = load_scenario(tmp_path / "visit.yaml", Library([shipped_folder()]))
    assert problems == []
    assert scenario is not None
    assert [proof.at_least for proof in scenario.proof] == [1, 1, 2]
