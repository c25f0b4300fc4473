"""What every item's reader knows: the spellings that hold in a file, compared in one folded form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from auditkit.intake.misread import Misread
from auditkit.intake.spelling_numbers import read_number, split_points, unnumbered
from auditkit.model.visit import Value
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue, ErrorCell, NoValue

Read = Value | Misread | None
"""`None` is a blank cell."""


def key(text: str) -> str:
    """The form in which spellings are compared: folded, without full stops or separators at its ends."""
    return fold(text).replace("\ufe0f", "").strip(" .;,:!\u2026")


@dataclass(frozen=True)
class Rules:
    """What reading one item's cells needs to know besides the cell and the item."""

    states: Mapping[str, str]
    """Key → `not_applicable`, `not_observed`."""
    yes_no: Mapping[str, str]
    never: frozenset[str]
    none: frozenset[str]
    order: str | None = None
    decimal: str | None = None
    date1904: bool = False
    day_is_enough: frozenset[str] = field(default_factory=frozenset)
    """Timestamps that are only reckoned with in days."""


def as_text(raw: CellValue) -> str:
    """A cell as its reader would see it: whole numbers without `.0`, dates in ISO form."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "true" if raw else "false"
    number = read_number(raw)
    if isinstance(number, Decimal):
        text = f"{number:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if raw is None else str(raw)


_ERRORS = frozenset(
    fold(error) for error in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#ERROR!", "#SPILL!")
)


def is_error(raw: CellValue) -> bool:
    """Whether a cell shows an error of its spreadsheet, or a formula whose result was never stored."""
    if isinstance(raw, (ErrorCell, NoValue)):
        return True
    return isinstance(raw, str) and raw.lstrip().startswith("#") and fold(raw) in _ERRORS


def state_of(raw: CellValue, common: Rules) -> str | None:
    """`not_applicable`, `not_observed`, or `None` where the cell says neither."""
    if not isinstance(raw, str):
        return common.states.get(key(as_text(raw))) if common.states else None
    found = common.states.get(key(raw) or fold(raw))
    if found is None:
        label, points = split_points(raw)
        bare = unnumbered(label)
        found = common.states.get(key(label)) if points is not None else None
        return found or (common.states.get(key(bare) or fold(bare)) if bare != label else None)
    return found
