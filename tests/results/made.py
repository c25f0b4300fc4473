"""A small checklist, submissions answered on it, and the tables of what they score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from auditkit.model.checklist import Checklist
from auditkit.model.programme import Branch, Programme
from auditkit.model.score import Hashes, VisitScore
from auditkit.model.visit import Source, Submission
from auditkit.results.batch import in_memory
from auditkit.results.engine import Tables
from auditkit.results.keys import key_of
from auditkit.results.rows import Came, Rows, rows_of
from auditkit.scoring import score

HASHES = Hashes("d" * 64, "s" * 64, "", "p" * 64, "", "1")


def checklist(id_: str = "desk", version: str = "1.0.0", **more: Any) -> Checklist:
    return Checklist.model_validate(
        {
            "checklist": id_,
            "version": version,
            "title": "Desk",
            "dimensions": {"care": "Care"},
            "grades": [
                {"grade": "good", "at_least": 75, "verdict": "pass", "no_critical_failed": True},
                {"grade": "weak", "verdict": "fail"},
            ],
            "sections": [
                {
                    "id": "meet",
                    "title": "Meet",
                    "weight": 60,
                    "items": [
                        {"id": "greets", "text": "Greets?", "dimension": "care"},
                        {"id": "waits", "text": "Minutes?", "kind": "number", "unit": "min", "not_applicable": True,
                         "bands": [{"up_to": 5, "credit": 1}, {"up_to": 10, "credit": "0.5"}, {"credit": 0}]},
                        {"id": "names", "text": "Gives name?", "severity": "major"},
                    ],
                },
                {
                    "id": "part",
                    "title": "Part",
                    "weight": 40,
                    "items": [
                        {"id": "data", "text": "Keeps data?", "critical": "fail", "severity": "critical"},
                        {"id": "thanks", "text": "Thanks?", "dimension": "care", "weight": 2},
                    ],
                },
            ],
            **more,
        }
    )  # fmt: skip


GOOD = {"greets": "yes", "waits": "3", "names": "yes", "data": "yes", "thanks": "yes"}


def submission(
    visit_id: str, branch: str, answers: Mapping[str, Any] | None = None, on: Checklist | None = None, **more: Any
) -> Submission:
    """Everything that is not named was answered well."""
    from decimal import Decimal

    of = on or checklist()
    given = {**GOOD, **(answers or {})}
    if given["waits"] not in ("not_applicable", "not_observed"):
        given["waits"] = Decimal(given["waits"])
    wave = more.pop("wave", "W1")
    return Submission.model_validate(
        {
            "visit_id": visit_id,
            "checklist": of.checklist,
            "version": of.version,
            "branch": branch,
            "shopper": "K7",
            "visit_date": date(2026, 5, 4),
            "start": datetime(2026, 5, 4, 10, 15),  # noqa: DTZ001  local to the branch
            "staff_on_duty": 9,
            "answers": {name: value for name, value in given.items() if value is not None},
            "cells": {name: f"D{at}" for at, name in enumerate(given, 4)},
            "wave": wave,
            "source": Source(file=f"visits/{wave}/{visit_id}-{of.checklist}.xlsx", sheet="Form", sha256="f" * 64),
            **more,
        }
    )


def rows(of: Submission, on: Checklist | None = None) -> Rows:
    made = on or checklist()
    result: VisitScore = score(made, of)
    came = Came(of.wave or "W1", of.source.file, of.source.sha256, HASHES)
    return rows_of(key_of(of), of, result, made, came)


def tables(
    submissions: Iterable[Submission],
    checklists: Sequence[Checklist] = (),
    fates: Mapping[str, str] | None = None,
) -> Tables:
    """Tables of these submissions; `fates`: visit id → fate, accepted where it is not named."""
    known = {(each.checklist, each.version): each for each in checklists or (checklist(),)}
    made = list(submissions)
    decided = [(key_of(s), (fates or {}).get(s.visit_id, "accepted"), "") for s in made]
    return in_memory((rows(s, known[s.checklist, s.version]) for s in made), (), decided)


class Shelf:
    """Definitions by id and version."""

    def __init__(self, *checklists: Checklist) -> None:
        self.known = {(each.checklist, each.version): each for each in checklists or (checklist(),)}

    def get(self, id_: str, version: str | None = None) -> Checklist | None:
        if version is not None:
            return self.known.get((id_, version))
        return next((each for (name, _), each in reversed(self.known.items()) if name == id_), None)


def programme(**more: Any) -> Programme:
    return Programme.model_validate(
        {
            "programme": "acme",
            "name": "Acme",
            "waves": [
                {"id": "W1", "from": "2026-05-01", "to": "2026-05-31"},
                {"id": "W2", "from": "2026-06-01", "to": "2026-06-30"},
                {"id": "W3", "from": "2026-07-01", "to": "2026-07-31"},
            ],
            "checklists": [{"checklist": "desk"}],
            "grades": [
                {"grade": "fine", "at_least": 80, "verdict": "pass"},
                {"grade": "poor", "verdict": "fail"},
            ],
            **more,
        }
    )


BRANCHES = {code: Branch(code=code, name=name, region=region) for code, name, region in (
    ("B01", "Oak Street", "North"), ("B02", "Elm Street", "North"), ("B03", "Ash Street", "South"),
)}  # fmt: skip
