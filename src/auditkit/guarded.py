"""Texts in a csv that a spreadsheet would take for formulas: written with an apostrophe before them, and read back."""

from __future__ import annotations

import re

FORMULA = r"^'*[=+\-@\t\r\n]"
"""What is guarded, in the words that Python and DuckDB share. An apostrophe before a formula may be somebody's own: it
gets one more, so that taking one away always gives back what was written."""
_GUARDED = re.compile(FORMULA)
_BARED = re.compile(r"'+[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]\d+(?:[.,]\d+)?")


def guarded(text: str, *, numbers: bool = False) -> str:
    """A text as it is written into a csv. `numbers`: what is a number with a sign is left as one."""
    if not _GUARDED.match(text) or (numbers and _NUMBER.fullmatch(text)):
        return text
    return f"'{text}"


def bare(text: str) -> str:
    """A text of a csv as it was before it was guarded."""
    return text[1:] if _BARED.match(text) else text
