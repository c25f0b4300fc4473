"""When two texts are the same to a reader: case, spaces, marks and look-alike letters are folded away for matching."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LOOK_ALIKES = str.maketrans(
    "авекмнорстухіјѕғԛԝ" + "ёşţьъ" + "–—‑’‘“”«»",
    "abekmhopctyxijsfqw" + "eșțьъ" + '---\'\'""""',
)
"""Cyrillic letters that look like Latin ones, and letters and marks that people take for each other."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
_ENDS = " \t.:;,"


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The form of a text in which it is compared; what was typed is kept elsewhere."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    joined = unicodedata.normalize("NFC", plain).translate(_LOOK_ALIKES)
    return _SPACES.sub(" ", joined).strip(_ENDS) or joined.strip()
