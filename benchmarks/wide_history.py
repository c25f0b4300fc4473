"""A history in one wide csv: a row a visit, a column for each of 40 answers, a programme folder around it."""

from __future__ import annotations

import csv
import shutil
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.checklist import (
    DAYS,
    NAME,
    SEED,
    WAVE,
    WAVES,
    branch_rows,
    checklist_data,
    code_of,
    programme_data,
    put_yaml,
)

BRANCHES, ITEMS = 500, 40


def wide_checklist() -> dict[str, Any]:
    """The first 40 of the 60 items, in four sections; without the comments, which have no column."""
    data = checklist_data()
    sections = [{**each, "items": [_silent(item) for item in each["items"]]} for each in data["sections"][:4]]
    assert sum(len(each["items"]) for each in sections) == ITEMS
    return {**data, "sections": sections}


def _silent(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key != "comment"}


class WideProgramme:
    """A programme folder with one file: a csv of so many visits at 500 branches."""

    def __init__(self, folder: Path, visits: int) -> None:
        self.folder = folder
        self.table = folder / "visits" / WAVE / "history.csv"
        self.table.parent.mkdir(parents=True)
        definition = folder / "checklists" / NAME / "checklist.yaml"
        definition.parent.mkdir(parents=True)
        put_yaml(definition, wide_checklist())
        data = programme_data()
        put_yaml(folder / "programme.yaml", {**data, "rules": {"columns": {f"{WAVE}/*.csv": "history.yaml"}}})
        self.mapping = folder / "columns" / "history.yaml"
        self.mapping.parent.mkdir()
        put_yaml(self.mapping, _mapping())
        (folder / "branches.csv").write_text(branch_rows(BRANCHES), encoding="utf-8")
        self._write(visits)

    def _write(self, visits: int) -> None:
        items = [item for section in wide_checklist()["sections"] for item in section["items"]]
        dice = Random(f"{SEED}/wide")
        with self.table.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["visit", "branch", "shopper", "date", *(item["id"] for item in items)])
            for number in range(visits):
                day = WAVES[WAVE] + timedelta(days=dice.randrange(DAYS))
                head = [f"V{number + 1:06}", code_of(number % BRANCHES), f"K{1 + number % 50:02}", day.isoformat()]
                rows.writerow([*head, *(_answer(item, dice) for item in items)])

    def forget(self) -> None:
        """As before the first run."""
        for name in (".auditkit", "reports"):
            shutil.rmtree(self.folder / name, ignore_errors=True)


def _mapping() -> dict[str, Any]:
    return {"checklist": NAME, "visit": "visit", "branch": "branch", "shopper": "shopper", "date": "date"}


def _answer(item: dict[str, Any], dice: Random) -> str:
    """Nine in ten are good; every fourth question may not apply."""
    if item["not_applicable"] and dice.random() < 0.2:
        return "not applicable"
    good = dice.random() < 0.9
    kind = item.get("kind", "yes_no")
    if kind == "choice":
        return "at_once" if good else dice.choice(("soon", "late", "nobody"))
    if kind == "scale":
        return "5" if good else str(dice.randint(1, 4))
    return "yes" if good else "no"
