"""Rows put behind those of a csv that only grows; what is there stays byte for byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def behind(before: bytes, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The whole file with these rows at its end; where it is empty, with its header."""
    head = before.partition(b"\n")[0]
    text = io.StringIO()
    # Some programs write the file back with semicolons.
    lines = csv.writer(text, delimiter=";" if b";" in head else ",", lineterminator="\r\n")
    if not before:
        lines.writerow(columns)
    lines.writerows([plain(cell) for cell in row] for row in rows)
    joint = b"" if not before or before.endswith(b"\n") else b"\r\n"
    return (before or "\ufeff".encode()) + joint + text.getvalue().encode("utf-8")


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@")) else text


def as_meant(text: str) -> str:
    """The text as it was before `plain`."""
    return text.removeprefix("'") if text[1:2] in ("=", "+", "-", "@") else text
