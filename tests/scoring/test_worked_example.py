"""The worked example of docs/scoring.md comes out as that page says."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from auditkit.model.checklist import Checklist
from auditkit.scoring import bridge, points_lost, score

from .made import visit

PAGE = Path(__file__).parents[2] / "docs" / "scoring.md"


def blocks() -> list[Any]:
    """The fenced blocks of the page; every scalar is a string, as when a definition is read."""
    return [
        yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader makes strings only
        for block in re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    ]


def test_the_page_says_what_the_code_does() -> None:
    definition_data, answers, said = blocks()
    definition = Checklist.model_validate(definition_data)
    result = score(definition, visit(answers))
    lost = points_lost(definition, result)
    assert result.score == Fraction(said["score"])
    assert (str(result.shown), result.grade, str(result.verdict)) == (said["shown"], said["grade"], said["verdict"])
    assert result.base == Fraction(said["base"])
    assert {one.section: one.score for one in result.sections} == {k: Fraction(v) for k, v in said["sections"].items()}
    assert {k: v for k, v in lost.items() if v} == {k: Fraction(v) for k, v in said["lost"].items()}
    assert [-line.points for line in bridge(definition, result) if line.what == "deduct"] == [
        Fraction(said["deducted"])
    ]
