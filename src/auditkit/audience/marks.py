"""What in a shopper's words may tell who somebody is: names, codes, descriptions, numbers to call, times of the clock.

Marks are doubts for a person to look at, in any of our languages at once. What they miss stands in docs/deciding.md:
nicknames, names that nobody has listed at the begin of a sentence, and descriptions in other words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from auditkit.audience import descriptions


class Kind(StrEnum):
    """Why a word is marked."""

    NAME = "name"
    """Of staff, or a form of it."""
    CODE = "code"
    """Of a shopper or an employee."""
    TIME = "time"
    CONTACT = "contact"
    """A telephone number or an e-mail address."""
    DESCRIPTION = "description"
    """How somebody looks or speaks, how old: as telling as a name."""
    PERHAPS_NAME = "perhaps_name"
    """Written large within a sentence, and no word of the questions or the branches."""


MASKED = (Kind.NAME, Kind.CODE, Kind.TIME, Kind.CONTACT)
"""Never in a branch's copy, whatever was released."""


class Mark(NamedTuple):
    """One doubtful stretch of a text."""

    kind: Kind
    word: str
    start: int
    end: int


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TOKEN = re.compile(r"[^\W_]+")
_TIME = re.compile(
    r"(?<![\d:.,])(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?|h[0-5]\d)(?![\d:])"
    r"|(?<![\d:.,])(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)? ?[ap]\.?m\b\.?"
    r"|(?<=\bat )(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.,])|(?<=\bв )(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.,])"
    r"|(?<=\bo )(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.,])|(?<=\bla )(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.,])"
    r"|(?<=\bсағат )(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.,])|(?<=\bora )(?:[01]?\d|2[0-3])\.[0-5]\d(?![\d.,])",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])\+?\d(?:[ ()-]{0,2}\d){8,14}(?!\w)")
_LARGE = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december",
})  # fmt: skip
"""English days and months: large, and nobody's names. `May` is one."""
_ENDS = '.!?…:\n«»"“”„()[]-–—•;'
"""After these a large letter says nothing."""
_LONGEST_ENDING = 3
"""Letters by which a form of a name is longer than its stem: Anna, Anny, Annę; Иванов, Иванова, Ивановой."""


def stem(name: str) -> str:
    """What stays of a name in its other forms."""
    word = name.casefold()
    return word[:-1] if len(word) > 3 and word[-1] in "aeiouyąęăаеёиоуыьэюяәіөү" else word


@dataclass(frozen=True)
class Marker:
    """Knows the names and codes of a programme. Picklable."""

    codes: frozenset[str] = frozenset()
    """Casefolded; those that are one word."""
    long_codes: tuple[str, ...] = ()
    """With signs between, the longest first."""
    stems: frozenset[str] = frozenset()
    """Of names."""
    plain: frozenset[str] = frozenset()
    """Words that are nobody's name though they are written large: of questions, branches, cities."""

    @classmethod
    def of(cls, *, codes: Collection[str], names: Collection[str] = (), texts: Collection[str] = ()) -> Marker:
        """`texts`: whatever holds large words that are no names (branches, cities, questions)."""
        words = {word for name in names for word in _WORD.findall(name) if len(word) > 2}
        plain = {word.casefold() for text in texts for word in _WORD.findall(text)}
        return cls(
            frozenset(code.casefold() for code in codes if code.isalnum()),
            tuple(sorted({code for code in codes if code.strip() and not code.isalnum()}, key=len, reverse=True)),
            frozenset(stem(word) for word in words),
            frozenset(plain - {word.casefold() for word in words}),
        )

    def marks(self, text: str) -> list[Mark]:
        """Every doubtful stretch, by where it stands; none lies in another."""
        found: list[Mark] = []
        for mark in (*self._codes(text), *_matches(text), *self._names(text)):
            if not any(mark.start < each.end and each.start < mark.end for each in found):
                found.append(mark)
        return sorted(found, key=lambda mark: mark.start)

    def masked(self, text: str, mask: str, kinds: Collection[Kind] = MASKED) -> str:
        """The text with the marks of these kinds covered."""
        at, parts = 0, []
        for mark in self.marks(text):
            if mark.kind in kinds:
                parts += [text[at : mark.start], mask]
                at = mark.end
        return "".join((*parts, text[at:])) if at else text

    def _codes(self, text: str) -> Iterator[Mark]:
        pattern = _pattern(self.long_codes)
        if pattern is not None:
            yield from (Mark(Kind.CODE, each[0], *each.span()) for each in pattern.finditer(text))
        if self.codes:
            for each in _TOKEN.finditer(text):
                if each[0].casefold() in self.codes:
                    yield Mark(Kind.CODE, each[0], *each.span())

    def _names(self, text: str) -> Iterator[Mark]:
        for each in _WORD.finditer(text):
            word = each[0]
            if not word[0].isupper():
                continue
            if self._is_name(word):
                yield Mark(Kind.NAME, word, *each.span())
            elif self._may_be_name(word, text[: each.start()]):
                yield Mark(Kind.PERHAPS_NAME, word, *each.span())

    def _is_name(self, word: str) -> bool:
        folded = word.casefold()
        return any(
            folded[:size] in self.stems for size in range(max(3, len(folded) - _LONGEST_ENDING), len(folded) + 1)
        )

    def _may_be_name(self, word: str, before: str) -> bool:
        folded = word.casefold()
        if len(word) < 3 or not word[1:].isalpha() or not word[1:].islower():
            return False
        if folded in self.plain or folded in _LARGE:
            return False
        earlier = before.rstrip(" \t")
        return bool(earlier) and earlier[-1] not in _ENDS


def _matches(text: str) -> Iterator[Mark]:
    for kind, pattern in ((Kind.CONTACT, _CONTACT), (Kind.TIME, _TIME), (Kind.DESCRIPTION, descriptions.PATTERN)):
        yield from (Mark(kind, each[0], *each.span()) for each in pattern.finditer(text))


@lru_cache(maxsize=8)
def _pattern(codes: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of these codes where it is a word of its own."""
    if not codes:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, codes))})(?![^\W_])", re.IGNORECASE)
