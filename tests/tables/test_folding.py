"""When two spellings are the same to a reader."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.tables.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Да", "дa"),  # the last letter is a Latin one
        ("Тесты", "Tecты"),
        ("КОНТАКТ", "KOHTAKT"),
        ("Yes", "  YES. "),
        ("Not\u00a0applicable", "not applicable"),
        ("y\u200bes", "yes"),
        ("ye\u00ads", "yes"),
        ("\ufeffyes", "yes"),
        ("No\nanswer", "no answer"),
        ("Żadne z tych", unicodedata.normalize("NFD", "żadne z tych")),
        ("Й", unicodedata.normalize("NFD", "й")),
        ("Braşov", "brașov"),
        ("ţară", "țară"),
        ("don’t know", "don't know"),
        ("a – b", "a - b"),
        ("Ｙｅｓ", "yes"),
    ],
)
def test_pain_11_22__look_alikes_and_unseen_signs__the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Да", "Нет"), ("yes", "yet"), ("Иә", "Ия"), ("1", "11"), ("+", "-")])
def test_what_differs__differs(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
