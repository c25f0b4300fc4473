"""A definition begun: what nobody can know but its author is marked TODO, and all else explained where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.definitions.documents import Keys
from auditkit.definitions.yaml_text import page_of
from auditkit.editing.foreign.asked import plain
from auditkit.editing.foreign.naming import Names
from auditkit.locales import say
from auditkit.whole import write_whole

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_MOST = 100


class Beginning(NamedTuple):
    """What was asked."""

    id: str
    title: str
    sections: Sequence[str]
    mark: Decimal
    """Percent from which the standard is met."""
    language: str


def is_id(text: str) -> bool:
    """Whether a checklist can be called this."""
    return bool(_ID.fullmatch(text))


def percent(text: str) -> Decimal | None:
    """A number from 0 to 100, `None` where it is none."""
    found = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*%?\s*", text)
    number = Decimal(found[1].replace(",", ".")) if found else None
    return number if number is not None and number <= _MOST else None


def begin(asked: Beginning, path: Path) -> None:
    """Write the definition, whole or not at all."""
    page = page_of(*_definition(asked))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, page.text.encode())


def _definition(asked: Beginning) -> tuple[dict[str, Any], dict[Keys, list[str]]]:
    language = asked.language
    names, sections = Names(), []
    for at, title in enumerate([each.strip() for each in asked.sections if each.strip()] or [asked.title], 1):
        id_ = names.of(title, number=str(at), kind="s")
        sections.append({"id": id_, "title": title, "items": _items(id_)})
    data: dict[str, Any] = {
        "checklist": asked.id,
        "version": "0.1.0",
        "language": language,
        "title": asked.title,
        "about": "TODO",
        "status": "draft",
        "responsible": [{"name": "TODO"}],
        "min_coverage": "60",
        "grades": [
            {"grade": "met", "title": say(language, "editing.new_met"), "at_least": plain(asked.mark),
             "verdict": "pass", "no_critical_failed": "true"},
            {"grade": "not_met", "title": say(language, "editing.new_not_met"), "verdict": "fail"},
        ],
        "sections": sections,
    }  # fmt: skip
    dates = ["announced_on: 2027-01-11", "in_force_from: 2027-02-01", "counts_for_pay_from: 2027-08-01"]
    first: Keys = ("sections", 0, "items")
    comments: dict[Keys, list[str]] = {
        (): [say(language, "editing.new_head")],
        ("version",): [say(language, "editing.new_version")],
        ("status",): [say(language, "editing.new_status")],
        ("responsible",): [say(language, "editing.new_dates"), *dates, say(language, "editing.new_responsible")],
        ("grades",): [say(language, "editing.new_grades")],
        (*first, 0): [say(language, "editing.new_yes_no")],
        (*first, 1): [say(language, "editing.new_choice")],
    }
    return data, comments


def _items(section: str) -> list[dict[str, Any]]:
    levels = (("best", "1"), ("middle", "0.5"), ("worst", "0"))
    return [
        {"id": f"{section}_1", "text": "TODO?", "anchors": {"met": "TODO", "not_met": "TODO"}, "source": "TODO"},
        {
            "id": f"{section}_2",
            "kind": "choice",
            "text": "TODO?",
            "options": [{"id": id_, "text": "TODO", "credit": credit} for id_, credit in levels],
            "source": "TODO",
        },
    ]
