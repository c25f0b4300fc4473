"""Definitions written in the test itself, read as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import Library
from auditkit.model.checklist import Checklist

Loaded = tuple[Checklist | None, list[str]]

HEAD = "checklist: x\nversion: 1.0.0\ntitle: X\n"


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Loaded]:
    """`load(yaml, **{"ru.yaml": …})`: the checklist, and `CODE line:column value` of each fault.

    A text without `checklist:` is put below a head of three lines.
    """

    def read(text: str, **others: str) -> Loaded:
        folder = tmp_path / "checklists"
        text = dedent(text).strip("\n") + "\n"
        files = {"x/checklist.yaml": text if "checklist:" in text else HEAD + text}
        files |= {name if "/" in name else f"x/{name}": dedent(other) for name, other in others.items()}
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        checklist, problems = load_checklist(folder / "x" / "checklist.yaml", Library([folder]), name="checklist.yaml")
        shown = []
        for each in problems:
            file = "" if each.place.file == "checklist.yaml" else f"{Path(each.place.file).name} "
            shown.append(f"{each.code} {file}{each.place.line}:{each.place.column} {each.value}".rstrip())
        return checklist, shown

    return read
