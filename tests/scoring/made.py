"""Small checklists and visits, written as short as a test needs them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from auditkit.model.checklist import Checklist
from auditkit.model.programme import WorkingCalendar
from auditkit.model.visit import Source, Submission


def yes_no(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "text": "Is it so?", "not_applicable": True, **more}


def choice(name: str, worth: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """`worth`: option → credit, or option → its whole definition."""
    options = [
        {"id": key, "text": key, **(credit if isinstance(credit, Mapping) else {"credit": credit})}
        for key, credit in worth.items()
    ]
    return yes_no(name, **{"kind": "choice", "options": options, **more})


def section(name: str, *items: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    key = "sections" if items and ("items" in items[0] or "sections" in items[0]) else "items"
    return {"id": name, "title": name, key: list(items), **more}


def checklist(*sections: Mapping[str, Any], **more: Any) -> Checklist:
    """A mapping that is no section is an item of a section `S`."""
    whole = [each for each in sections if "items" in each or "sections" in each]
    loose = [each for each in sections if each not in whole]
    given = [*whole, section("S", *loose)] if loose else whole
    return Checklist.model_validate({"checklist": "c", "version": "1.0.0", "title": "C", "sections": given, **more})


def visit(answers: Mapping[str, Any] | None = None, **more: Any) -> Submission:
    return Submission(
        visit_id="v",
        checklist="c",
        version="1.0.0",
        branch="B",
        answers=dict(answers or {}),
        source=Source(file="v.xlsx"),
        **more,
    )


PASS_FAIL = [
    {"grade": "good", "at_least": 75, "verdict": "pass"},
    {"grade": "weak", "verdict": "fail"},
]


def weekdays(first: date = date(2026, 1, 1), days: int = 365) -> WorkingCalendar:
    """Monday to Friday."""
    dates = [first + timedelta(days=n) for n in range(days)]
    return WorkingCalendar({day: day.weekday() < 5 for day in dates})
