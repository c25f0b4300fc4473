"""What every form asks about the visit itself: its fields in their order, and what is known of them."""

from __future__ import annotations

from typing import NamedTuple

from auditkit.forms.blank import Blank
from auditkit.locales import say
from auditkit.model.checklist import positions_of
from auditkit.model.visit import Outcome, Submission


class Field(NamedTuple):
    """One line of the cover."""

    key: str
    role: str
    """How the value's cell looks; `fixed` is not to be changed."""
    choices: tuple[str, ...] = ()


def fields(blank: Blank) -> list[Field]:
    """The lines in their order."""
    outcomes = tuple(say(blank.language, f"forms.outcome_{outcome.value}") for outcome in Outcome)
    positions = tuple(title.said(blank.language) for title in positions_of(blank.checklists).values())
    found = [
        Field("visit_id", "fixed"),
        Field("branch", "fill"),
        Field("wave", "fixed"),
        Field("shopper", "fill"),
        Field("visit_date", "fill_date"),
        Field("start", "fill_time"),
        Field("end", "fill_time"),
        Field("outcome", "fill_list", outcomes),
        Field("attempts", "fill_list"),
        Field("customers_waiting", "fill_list"),
        Field("staff_on_duty", "fill_list"),
        Field("minutes_to_first_contact", "fill_list"),
    ]
    if positions and blank.employees != "none":
        found.append(Field("position", "fill", positions))
    if blank.employees == "named":
        found.append(Field("employee", "fill"))
    return found


def values_of(blank: Blank) -> dict[str, object]:
    """What is known of the visit: field → value."""
    known: dict[str, object] = {
        "visit_id": blank.visit_id,
        "branch": blank.branch,
        "wave": blank.wave,
        "shopper": blank.shopper,
    }
    first = next(iter(blank.filled.values()), None)
    if first is not None:
        known |= _of(first, blank.language)
        title = positions_of(blank.checklists).get(first.position or "")
        known["position"] = title.said(blank.language) if title is not None else first.position
    return known | dict(blank.typed)


def _of(submission: Submission, language: str) -> dict[str, object]:
    of = submission
    return {
        "visit_id": of.visit_id,
        "branch": of.branch,
        "wave": of.wave,
        "shopper": of.shopper,
        "visit_date": of.visit_date,
        "start": of.start.time() if of.start else None,
        "end": of.end.time() if of.end else None,
        "outcome": say(language, f"forms.outcome_{of.outcome.value}"),
        "attempts": of.attempts,
        "customers_waiting": of.customers_waiting,
        "staff_on_duty": of.staff_on_duty,
        "minutes_to_first_contact": of.minutes_to_first_contact,
        "employee": of.employee,
    }
