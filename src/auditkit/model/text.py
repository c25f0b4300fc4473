"""A text in several languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LANGUAGES = ("en", "ru", "kk", "pl", "ro")
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
"""The code of a language: `en`, `kk`, `pt-BR`."""
OWN = ""
"""The key of a text whose language nobody named: that of the file it stands in."""

_CODE = re.compile(LANGUAGE)


class Text:
    """Words by language code; a bare string is in the language of the file it stands in."""

    __slots__ = ("words",)
    words: Mapping[str, str]

    def __init__(self, words: str | Mapping[str, str]) -> None:
        object.__setattr__(self, "words", {OWN: words} if isinstance(words, str) else dict(words))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a text is frozen")

    def __reduce__(self) -> tuple[type[Text], tuple[dict[str, str]]]:
        return Text, (dict(self.words),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.words == other.words

    def __hash__(self) -> int:
        return hash(frozenset(self.words.items()))

    def __repr__(self) -> str:
        return f"Text({dict(self.words)!r})"

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """In this language, else in the language of the definition (the first), never empty-handed."""
        words = self.words
        found = words.get(language) or words.get(language.partition("-")[0]) or words.get(OWN)
        return found if found is not None else next(iter(words.values()), "")

    def facts(self, name: str) -> dict[str, str]:
        """Every language of it as facts of a problem: `name`, `name@ru` …; the reader's is chosen when it is said."""
        plain = str(self)
        return {name: plain, **{f"{name}@{code}": words for code, words in self.words.items() if words != plain}}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def build(value: object) -> Text:
            if isinstance(value, Text):
                return value
            if isinstance(value, str) and value.strip():
                return cls(value)
            if isinstance(value, Mapping) and value and all(isinstance(w, str) and w.strip() for w in value.values()):
                strange = next((code for code in value if code != OWN and not _CODE.fullmatch(str(code))), None)
                if strange is not None:
                    raise PydanticCustomError("language", "no code of a language: {code}", {"code": strange})
                return cls(value)
            raise PydanticCustomError("text", "a text is words, or words by language code")

        return core_schema.no_info_plain_validator_function(
            build,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda text: dict(text.words)),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "propertyNames": {"pattern": LANGUAGE},
                    "additionalProperties": {"type": "string", "minLength": 1},
                },
            ]
        }
