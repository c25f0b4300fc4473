"""Messages in English, Russian, Kazakh, Polish and Romanian; knows nothing of what they are about."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru", "kk", "pl", "ro")
NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша", "pl": "Polski", "ro": "Română"}
"""What each language calls itself."""


@cache
def catalogue(language: str) -> Mapping[str, str | dict[str, str]]:
    """All messages of one language: the files of `locales/LANGUAGE/*.json` in one mapping, keys unique over them."""
    found: dict[str, str | dict[str, str]] = {}
    folder = Path(__file__).parent / language
    for part in sorted(folder.iterdir()):
        if part.name.endswith(".json"):
            found.update(json.loads(part.read_text(encoding="utf-8")))
    return found


def nearest_language(language: str) -> str:
    """The language we speak that a tag such as `pl-PL` means, else English."""
    short = language.replace("_", "-").partition("-")[0].lower()
    return short if short in LANGUAGES else "en"


def say(language: str, key: str, /, **params: object) -> str:
    """The message under a key, with `{names}` filled in; a message with plural forms is chosen by `n`.

    A key that a language lacks is said in English; a key that no language has is a programming error. A fact may come
    in several languages (`text` and `text@ru`); a part in `[[…]]` is left out where a fact in it is empty.
    """
    spoken = nearest_language(language)
    message = catalogue(spoken).get(key)
    if message is None:
        spoken, message = "en", catalogue("en")[key]
    if isinstance(message, dict):
        message = message.get(_plural(spoken, params.get("n", 0))) or message["other"]
    if "{" not in message:
        return message
    facts = _Facts(params, nearest_language(language))
    if "[[" in message:
        message = _OPTIONAL.sub(lambda part: part[1] if all(facts[n] for n in _NAMES.findall(part[1])) else "", message)
    return message.format_map(facts)


def has(key: str) -> bool:
    """Whether there is such a message."""
    return key in catalogue("en")


_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")
_NAMES = re.compile(r"\{(\w+)")


class _Facts(dict[str, object]):
    """The facts of a message in one language; one that the caller did not give shows as nothing, never a traceback."""

    def __init__(self, facts: Mapping[str, object], language: str) -> None:
        super().__init__(facts)
        self._language = language

    def __getitem__(self, name: str) -> object:
        return self.get(f"{name}@{self._language}") or self.get(name, "")


def plural_kinds(language: str) -> tuple[str, ...]:
    """The plural forms of a language in the CLDR's order: `one`, `few`, `many`, `other` in Russian."""
    from babel import Locale  # 25 ms; most runs never need a plural

    tags = Locale(nearest_language(language)).plural_form.tags | {"other"}
    return tuple(kind for kind in ("zero", "one", "two", "few", "many", "other") if kind in tags)


def plural_kind(language: str, number: int | Decimal) -> str:
    """Which of them a number takes."""
    from babel import Locale

    exact = number.normalize() if isinstance(number, Decimal) else number
    return str(Locale(nearest_language(language)).plural_form(exact))


def _plural(language: str, count: object) -> str:
    return plural_kind(language, count if isinstance(count, int) else _whole(str(count)))


def _whole(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else 0
