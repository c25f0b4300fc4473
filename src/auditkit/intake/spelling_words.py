"""What people write for the answers that every form shares, in five languages; the first of a list is the one shown."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "yes": {
        "en": ("Yes", "y", "yeah", "yep", "true", "t", "correct", "checked"),
        "ru": ("Да", "д", "истина", "верно", "есть"),
        "kk": ("Иә", "ия", "иа", "ақиқат"),
        "pl": ("Tak", "prawda"),
        "ro": ("Da", "adevărat"),
    },
    "no": {
        "en": ("No", "n", "nope", "false", "f", "unchecked"),
        "ru": ("Нет", "н", "ложь", "неверно"),
        "kk": ("Жоқ", "жок", "жалған"),
        "pl": ("Nie", "fałsz"),
        "ro": ("Nu", "fals"),
    },
    "not_applicable": {
        "en": (
            "Did not come up in this visit",
            "not applicable",
            "not_applicable",
            "does not apply",
            "did not come up",
        ),
        "ru": (
            "Неприменимо (не возникло в этом визите)",
            "неприменимо",
            "не применимо",
            "не возникло в этом визите",
            "не возникло",
        ),
        "kk": (
            "Қолданылмайды (бұл визитте болған жоқ)",
            "қолданылмайды",
            "бұл визитте болған жоқ",
        ),
        "pl": (
            "Nie dotyczy (nie wystąpiło podczas wizyty)",
            "nie dotyczy",
            "nie wystąpiło podczas wizyty",
            "nie wystąpiło",
        ),
        "ro": (
            "Nu se aplică (nu a fost cazul la această vizită)",
            "nu se aplică",
            "nu se aplica",
            "nu a fost cazul la această vizită",
            "nu a fost cazul",
        ),
    },
    # «не наблюдалось», «nie zaobserwowano», «байқалмады», neobservat are left out: people read them as 'no'.
    "not_observed": {
        "en": (
            "I could not see or hear it",
            "could not see or hear it",
            "not_observed",
            "not observed",
            "could not be assessed",
        ),
        "ru": ("Не удалось оценить", "невозможно оценить"),
        "kk": ("Бағалау мүмкін болмады",),
        "pl": ("Nie można było ocenić", "nie udało się ocenić"),
        "ro": ("Nu s-a putut evalua", "nu sa putut evalua"),
    },
    "never": {
        "en": ("Never", "not at all", "it never happened"),
        "ru": ("Никогда", "так и не произошло", "не произошло"),
        "kk": ("Ешқашан", "болған жоқ"),
        "pl": ("Nigdy", "wcale"),
        "ro": ("Niciodată", "niciodata", "deloc"),
    },
    "none": {
        "en": ("None of these", "none of the above", "none", "nothing", "nothing of these"),
        "ru": ("Ничего из этого", "ничего из перечисленного", "ни одно из перечисленных", "ничего"),
        "kk": ("Осылардың ешқайсысы", "ешқайсысы", "ештеңе"),
        "pl": ("Żadne z tych", "żadne z powyższych", "nic z tego", "nic", "żadne"),
        "ro": ("Niciuna dintre acestea", "niciunul dintre acestea", "nimic din acestea", "nimic", "niciuna"),
    },
}

MARKS: Mapping[str, tuple[str, ...]] = {
    "yes": ("✓", "✔", "☑", "✅", "√", "🗸", "+", "x", "v", "1"),
    "no": ("✗", "✘", "❌", "✕", "✖", "0"),
}
"""Signs in a yes/no column. A bare `-` is in neither: it stands for no, for blank and for not applicable alike."""

ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    "en": ("n/a", "n.a.", "na"),
    "ru": ("н/п",),
    "kk": (),
    "pl": ("n/d", "n.d.", "nd"),
    "ro": ("n/a",),
}
"""Short forms of 'not applicable', valid in a form of that language only: `н/д` is 'no data' in Russian and 'not
applicable' in Ukrainian, `n/a` is 'skipped' in old exports; a foreign file's mapping says what it means there."""


def plain_word(answer: str, language: str) -> str:
    """What a form of this language offers for `yes`, `no`, `not_applicable`, `not_observed`, `never`, `none`."""
    known = WORDS[answer]
    return known.get(language, known["en"])[0]
