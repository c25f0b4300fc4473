"""What is measured is about: a checklist of 60 items, waves, branches and the programme that has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

NAME, WAVE, SEED = "bench-service", "2026-Q3", 20260701
WAVES = {"2026-Q1": date(2026, 1, 1), "2026-Q2": date(2026, 4, 1), WAVE: date(2026, 7, 1)}
"""Wave → its first day; each has 90 days."""
SECTIONS, ITEMS_A_SECTION = 6, 10
DAYS = 90
_REGIONS = ("North", "South", "East", "West", "Centre")
_OPTIONS = (("at_once", "At once, within half a minute", "1"), ("soon", "Within two minutes", "0.75"),
            ("late", "Later than that", "0.25"), ("nobody", "Nobody came", "0"))  # fmt: skip


def checklist_data() -> dict[str, Any]:
    """60 items in 6 weighted sections: most yes/no, a choice and a scale in five, a comment wherever one is not met."""
    sections = [
        {
            "id": f"part_{number}",
            "title": f"Part {number} of the visit",
            "weight": 10 + 2 * number,
            "items": [_item(number, place) for place in range(1, ITEMS_A_SECTION + 1)],
        }
        for number in range(1, SECTIONS + 1)
    ]
    grades = [
        {"grade": "excellent", "title": "Excellent", "at_least": 90, "verdict": "pass", "no_critical_failed": True},
        {"grade": "good", "title": "Good", "at_least": 75, "verdict": "pass"},
        {"grade": "weak", "title": "Needs work", "verdict": "fail"},
    ]
    head = {"checklist": NAME, "version": "1.0.0", "language": "en", "title": "Service at the counter"}
    return {**head, "grades": grades, "sections": sections}


def _item(section: int, place: int) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"item_{section}_{place}",
        "text": f"Does the employee do what step {place} of part {section} asks, without being reminded of it?",
        "guidance": "Count what you saw and heard yourself. What a colleague did in the employee's place counts too.",
        "weight": 1 + place % 3,
        "not_applicable": place % 4 == 0,
        "severity": ("minor", "major")[place % 5 == 1],
        "trains": "service",
    }
    if place % 5 == 3:
        options = [{"id": name, "text": text, "credit": credit} for name, text, credit in _OPTIONS]
        return {**item, "kind": "choice", "text": f"How soon was step {place} of part {section} done?",
                "options": options, "comment": "not_met"}  # fmt: skip
    if place % 5 == 4:
        return {**item, "kind": "scale", "text": f"How well was step {place} of part {section} done, from 1 to 5?"}
    return {**item, "comment": "not_met"}


def branch_rows(count: int) -> str:
    """`branches.csv`."""
    rows = (f"{code_of(at)},Branch {at + 1},{_REGIONS[at % len(_REGIONS)]},City {at % 37}\n" for at in range(count))
    return "code,name,region,city\n" + "".join(rows)


def put_yaml(path: Path, data: dict[str, Any]) -> None:
    """A definition."""
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def programme_data(waves: Sequence[str] = (WAVE,)) -> dict[str, Any]:
    """`programme.yaml`."""
    days = ((wave, WAVES[wave], WAVES[wave] + timedelta(days=DAYS - 1)) for wave in waves)
    return {
        "programme": "bench",
        "name": "Bench",
        "language": "en",
        "time_zone": "Asia/Almaty",
        "waves": [{"id": wave, "from": first.isoformat(), "to": last.isoformat()} for wave, first, last in days],
        "checklists": [NAME],
        "grades": [{"grade": "good", "at_least": 75, "verdict": "pass"}, {"grade": "weak", "verdict": "fail"}],
    }


def code_of(branch: int) -> str:
    """`B0001`."""
    return f"B{branch + 1:04}"
