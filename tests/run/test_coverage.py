"""A visit in which too little was seen is held: coverage counts items, whatever they weigh."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from auditkit.run.programme import run

from .made import programme, report

CHECKLIST = """
checklist: desk
version: 1.0.0
title: Desk
min_coverage: 60
defaults: {not_applicable: true}
sections:
  - id: a
    title: A
    items:
      - {id: one, text: One?, weight: 9}
      - {id: two, text: Two?}
      - {id: three, text: Three?}
      - {id: four, text: Four?, required: false}
      - {id: five, text: Five?, weight: 0}
      - {id: extra, text: Extra?, bonus: true}
      - {id: fact, kind: text, text: What else?}
"""
ALL = dict.fromkeys(("one", "two", "three", "four", "five", "extra"), "yes")


def rows(folder: Path) -> list[dict[str, Any]]:
    """The rows of `visits` that a run left, by visit."""
    found = duckdb.read_parquet(str(next((folder / ".auditkit" / "results").rglob("visits*.parquet"))))
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize(
    ("given", "fate", "reason"),
    [
        ({}, "accepted", ""),
        ({"one": "not_observed", "five": "not_observed"}, "accepted", ""),  # 3 of 5
        ({"one": "not_observed", "four": None}, "accepted", ""),  # a blank that may be is one of the five
        ({"one": "not_observed", "four": None, "two": "not_observed"}, "held", "coverage"),  # 2 of 5
        ({"one": "not_observed", "two": "not_applicable", "three": "not_applicable"}, "accepted", ""),  # 2 of 3
        ({"one": "not_observed", "two": "not_observed", "three": "not_applicable"}, "held", "coverage"),  # 2 of 4
        ({"one": "not_observed", "five": "not_observed", "extra": "not_observed"}, "accepted", ""),  # no bonus
        (dict.fromkeys(ALL, "not_applicable"), "accepted", ""),  # nothing came up
    ],
)
def test_coverage(tmp_path: Path, given: dict[str, Any], fate: str, reason: str) -> None:
    programme(tmp_path, checklist=CHECKLIST)
    answers = {name: answer for name, answer in {**ALL, **given}.items() if answer is not None}
    path = report(tmp_path, "W1/V1", "B01")
    written = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**written, "answers": answers}), encoding="utf-8")
    assert run(tmp_path, processes=1).done
    (row,) = rows(tmp_path)
    assert (row["fate"], row["reason"]) == (fate, reason)
