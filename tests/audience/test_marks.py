"""What in a comment may tell who somebody is."""

from __future__ import annotations

import pytest

from auditkit.audience.marks import Kind, Marker, stem

MARKER = Marker.of(
    codes=["K7", "Agency-12"],
    names=["Алина Иванова", "Anna Kowalska", "Ержан", "Ion"],
    texts=["Oak Street", "Алматы", "Offers the Kaspi card?"],
)


def found(text: str) -> list[tuple[str, str]]:
    return [(mark.kind.value, mark.word) for mark in MARKER.marks(text)]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Nobody greeted me.", []),
        ("", []),
        ("K7 waited, agency-12 too", [("code", "K7"), ("code", "agency-12")]),
        # Forms of a name that is known.
        ("Обслуживала Алина", [("name", "Алина")]),
        ("Говорила с Алиной Ивановой", [("name", "Алиной"), ("name", "Ивановой")]),
        ("Rozmawiałam z Anną Kowalską.", [("name", "Anną"), ("name", "Kowalską")]),
        ("Ержанмен сөйлестім", [("name", "Ержанмен")]),
        ("Ericsson was offered", []),
        # Large within a sentence, and no word of the questions or the branches.
        ("The till was closed, so Bianca helped", [("perhaps_name", "Bianca")]),
        ("I went to Oak Street with the Kaspi card on Monday", []),
        ("VIP desk and a T-shirt", []),
        ("Nice. Bianca helped", []),
        ("- Bianca helped", []),
        # Descriptions in every language.
        ("A young woman with red hair", [("description", "young"), ("description", "woman"), ("description", "hair")]),
        ("Молодая девушка", [("description", "Молодая"), ("description", "девушка")]),
        ("бір жігіт келді", [("description", "жігіт")]),
        ("młoda blondynka", [("description", "młoda"), ("description", "blondynka")]),
        ("o fată cu ochelari", [("description", "fată"), ("description", "ochelari")]),
        ("Humankind, womanly, manual", []),
        # Times of the clock, and what is none.
        ("at 14:35 and 9:05", [("time", "14:35"), ("time", "9:05")]),
        ("в 14.35 пришла", [("time", "14.35")]),
        ("about 2.30 pm", [("time", "2.30 pm")]),
        ("la 14h35", [("time", "14h35")]),
        ("it cost 12.50, ratio 3:1, score 25:70", []),
        # How to reach somebody.
        ("write to a.b@example.kz", [("contact", "a.b@example.kz")]),
        ("+7 (701) 123-45-67", [("contact", "+7 (701) 123-45-67")]),
        ("receipt 12345", []),
    ],
)  # fmt: skip
def test_marks(text: str, marks: list[tuple[str, str]]) -> None:
    assert found(text) == marks


def test_masked__covers_only_the_kinds_asked_for() -> None:
    text = "At 14:35 Алина, a young woman, said: call K7"
    assert MARKER.masked(text, "•••") == "At ••• •••, a young woman, said: call •••"
    assert MARKER.masked(text, "•••", (Kind.CODE,)) == "At 14:35 Алина, a young woman, said: call •••"


def test_stem__of_a_short_name_is_the_name() -> None:
    assert [stem(name) for name in ("Анна", "Ann", "Ion", "Алия", "Ержан")] == ["анн", "ann", "ion", "али", "ержан"]
