"""Ids for what has none: from a code that stands beside it, from its words, or from its number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_DULL = frozenset(
    re.findall(
        r"\w+",
        "a an the is are was were did does do has have had of to in on at by and or for with that this there it its "
        "be been if you your any all",
    )
)
_MOST_WORDS, _LONGEST = 4, 40
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


class Names:
    """Ids of one checklist; none comes twice."""

    def __init__(self, reserved: Collection[str] = ()) -> None:
        self._reserved = reserved
        self._taken: set[str] = set()
        self._count = 0

    def of(self, text: str, *, code: str = "", number: str = "", kind: str = "q") -> str:
        """An id for a text: its code where that is one, its words where they are Latin, else kind and number."""
        plain = re.sub(r"[\s.]+", "_", code.strip())
        wanted = plain if _ID.fullmatch(plain) else slug(text)
        if not wanted:
            wanted = f"{kind}{re.sub(r'[^0-9A-Za-z]+', '_', number).strip('_') or self._count + 1}"
        self._count += 1
        if wanted in self._reserved:
            wanted = f"{kind}_{wanted}"
        found, at = wanted, 2
        while found in self._taken:
            found, at = f"{wanted}_{at}", at + 1
        self._taken.add(found)
        return found


def slug(text: str, join: str = "_") -> str:
    """The words of a text that mean something, as an id; empty where it is not in Latin letters."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]s?\b", "", text).replace("ł", "l").replace("Ł", "L"))
    letters = sum(char.isalpha() for char in text)
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    if sum(map(len, words)) < letters / 2:
        return ""
    telling = [word for word in words if word not in _DULL] or words
    found = join.join(telling[:_MOST_WORDS])[:_LONGEST].strip("_-")
    return found if found[:1].isalpha() else ""
