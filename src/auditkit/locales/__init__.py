"""Messages in English, Russian, Kazakh, Polish and Romanian; knows nothing of what they are about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru", "kk", "pl", "ro")


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

    A key that a language lacks is said in English; a key that no language has is a programming error.
    """
    spoken = nearest_language(language)
    message = catalogue(spoken).get(key)
    if message is None:
        spoken, message = "en", catalogue("en")[key]
    if isinstance(message, dict):
        message = message.get(_plural(spoken, params.get("n", 0))) or message["other"]
    return message.format_map(_Shown(params)) if "{" in message else message


def has(key: str) -> bool:
    """Whether there is such a message."""
    return key in catalogue("en")


class _Shown(dict[str, object]):
    """A fact that a message names but the caller did not give shows as nothing, never as a traceback."""

    def __missing__(self, key: str) -> str:
        return ""


def _plural(language: str, count: object) -> str:
    from babel import Locale  # 25 ms; most runs never need a plural

    number = count if isinstance(count, int) else int(str(count)) if str(count).lstrip("-").isdigit() else 0
    return str(Locale(language).plural_form(number))
