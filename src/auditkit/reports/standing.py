"""How a version of a standard stands: its status, its three dates, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.figures import date_text
from auditkit.locales import say
from auditkit.model.checklist import Checklist, Responsible


def standing_of(checklist: Checklist, language: str) -> Iterator[tuple[str, str]]:
    """Name and value of each; a date that is not known is left out."""
    yield say(language, "reports.fact.version"), f"{checklist.checklist} {checklist.version}"
    yield say(language, "reports.fact.status"), say(language, f"reports.status.{checklist.status}")
    for key in ("announced_on", "in_force_from", "counts_for_pay_from"):
        if (day := getattr(checklist, key)) is not None:
            yield say(language, f"reports.fact.{key}"), date_text(day, language)
    if checklist.responsible:
        people = "; ".join(_person(each, checklist, language) for each in checklist.responsible if each.name)
        yield say(language, "reports.fact.responsible"), people or say(language, "reports.fact.not_named")


def _person(person: Responsible, checklist: Checklist, language: str) -> str:
    """Name, role, and the block or the position that is meant."""
    block = next((each.title.said(language) for each in checklist.walk_sections() if each.id == person.block), "")
    position = checklist.position_title(person.position, language) if person.position else ""
    return ", ".join(filter(None, (person.name, person.role, block, position)))
