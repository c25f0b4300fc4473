"""Numbers with their units in reports: counted as the language counts, with the remark that a band carries."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from auditkit.model.items import ItemWithDefaultKind, NumberItem
from auditkit.reports.expectation import expected_text
from auditkit.reports.wording import answer_text

MINUTES = NumberItem.model_validate({
    "id": "minutes",
    "kind": "number",
    "text": "How long?",
    "unit": {"en": "minutes", "ru": "минут"},
    "unit_forms": {"en": "minute | minutes", "ru": "минута | минуты | минут | минуты"},
    "bands": [
        {"up_to": 10, "credit": 1},
        {"up_to": 15, "credit": 1, "text": {"en": "on the long side", "ru": "долго"}},
        {"credit": 0},
    ],
})  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "language", "told"),
    [
        ("1", "en", "1 minute"),
        ("12", "en", "12 minutes: on the long side"),
        ("16", "en", "16 minutes"),
        ("3", "ru", "3 минуты"),
        ("12", "ru", "12 минут: долго"),
        ("21", "ru", "21 минута"),
    ],
)
def test_answer__tells_the_remark_of_its_band(answer: str, language: str, told: str) -> None:
    assert answer_text(MINUTES, answer, language) == told


def test_expected__is_the_best_band() -> None:
    assert expected_text(MINUTES, "en") == "up to 10 minutes"
    assert expected_text(MINUTES, "ru") == "не более 10 минут"


DEMERITS: list[tuple[dict[str, object], str, str]] = [
    ({"kind": "yes_no"}, "Yes", "No"),
    ({"kind": "yes_no", "inverted": True}, "No", "Yes"),
    ({"kind": "scale", "min": 1, "max": 5}, "5", "1"),
    ({"kind": "number", "unit": "km", "linear": {"full_at": 3, "none_at": 9}}, "3 km", "9 km"),
    ({"kind": "number", "unit": "km", "bands": [{"up_to": 3, "credit": 0}, {"credit": 5}]}, "over 3 km", "up to 3 km"),
    (
        {"kind": "choice", "options": [{"id": "a", "text": "A", "credit": 0}, {"id": "b", "text": "B", "credit": 5}]},
        "B",
        "A",
    ),
    ({"kind": "multi", "options": [{"id": "b", "text": "B", "credit": 5}]}, "B", "none of these"),
]


@pytest.mark.parametrize(("keys", "higher", "lower"), DEMERITS)
def test_expected__is_the_best_answer_of_either_direction(keys: dict[str, object], higher: str, lower: str) -> None:
    item = TypeAdapter(ItemWithDefaultKind).validate_python({"id": "x", "text": "X", **keys})
    assert expected_text(item, "en") == higher
    assert expected_text(item, "en", lower=True) == lower
