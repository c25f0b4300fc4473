"""File names that every system can hold, made of whatever a code or title says."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LONGEST = 80
"""Characters of a name without its ending; folders have names too."""
_MOST_BYTES = 200
"""Letters outside Latin take up to four bytes, and a disk counts those."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ud800-\udfff]')
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")})


def fits(name: str) -> bool:
    """Whether every usual disk takes a name of this length."""
    return len(name.encode("utf-8", "surrogateescape")) <= 255


def safe_names(codes: Iterable[str]) -> dict[str, str]:
    """Code → file name without ending; no two alike on a disk that does not tell capitals apart.

    A code that is a good name is its own name; any other one gets a mark made of the code itself, so that the name
    does not depend on which other codes there are, unless two differ in capitals only.
    """
    wanted = sorted(set(codes))
    plain: dict[str, list[str]] = {}
    for code in wanted:
        plain.setdefault(_folded(code), []).append(code)
    return {code: _name(code, alone=len(plain[_folded(code)]) == 1) for code in wanted}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _name(code: str, *, alone: bool) -> str:
    clean = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", code)).strip(" .")[:LONGEST]
    clean = clean.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    if clean.partition(".")[0].strip().casefold() in _DEVICES:
        clean = "_" + clean
    if clean == code and clean and alone:
        return clean
    mark = hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{clean or '_'}-{mark}"
