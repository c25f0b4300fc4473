"""The first sheet of a form: which visit it is, when it was and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from auditkit.locales import say
from auditkit.model.visit import Outcome

if TYPE_CHECKING:
    from auditkit.forms.looks import Styles

COVER = "auditkit:cover"
"""Stands hidden in the cover's first row, so that a renamed sheet is still known."""
KEY_COLUMN = 3


class Field(NamedTuple):
    """One line of the cover."""

    key: str
    role: str
    """How the value's cell looks; `fixed` is not to be changed."""
    choices: tuple[str, ...] = ()


def fields(language: str, positions: Sequence[str]) -> list[Field]:
    """The lines in their order."""
    outcomes = tuple(say(language, f"forms.outcome_{outcome.value}") for outcome in Outcome)
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
    return [*found, Field("position", "fill", tuple(positions))] if positions else found


def write_cover(
    sheet: Any, styles: Styles, lines: list[Field], values: Mapping[str, object], language: str
) -> dict[str, int]:
    """Write the cover; field key → row."""
    styles.put(sheet, 1, 1, say(language, "forms.title"), "title")
    styles.put(sheet, 1, KEY_COLUMN, COVER, "hidden")
    styles.put(sheet, 2, 1, say(language, "forms.how"), "how")
    sheet.merge_cells("A2:B2")
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 24, 40
    rows = {}
    for row, field in enumerate(lines, 4):
        styles.put(sheet, row, 1, say(language, f"forms.{field.key}"), "label")
        styles.put(sheet, row, 2, values.get(field.key), field.role)
        styles.put(sheet, row, KEY_COLUMN, field.key, "hidden")
        sheet.row_dimensions[row].height = 22
        rows[field.key] = row
    return rows
