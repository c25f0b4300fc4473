"""Separated text: encodings, separators and line ends as Excel and other programs really write them; streamed."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from auditkit.tables.table import Row, Sheet

SAMPLE = 256 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_COMMON = {
    "cyrillic": frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфәғқңөұүһі"),
    "latin": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîșțşţĂÂÎȘȚŞŢ"),
}
_CANDIDATES = (
    ("cp1251", "cyrillic"),
    ("koi8-r", "cyrillic"),
    ("cp866", "cyrillic"),
    ("cp1250", "latin"),
    ("iso8859-2", "latin"),
)
_SEPARATORS = ";,\t|"


class Shape(NamedTuple):
    """How a text file is to be read."""

    encoding: str
    separator: str
    skip: int
    """Lines before the table: 1 where a first line says `sep=;`."""


def read_csv(path: Path, data_head: bytes) -> tuple[Sheet, Shape]:
    """The only sheet, its rows streamed anew at each asking, and how it was understood."""
    shape = shape_of(data_head[:SAMPLE])
    return Sheet("", Rows(path, shape)), shape


class Rows:
    """Rows of a text file; going through them again reads the file again, so that no size is too big."""

    def __init__(self, path: Path, shape: Shape) -> None:
        self.path, self.shape = path, shape

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        with self.path.open(encoding=self.shape.encoding, errors="replace", newline="") as stream:
            lines = (line.replace("\x00", "") for line in _any_line_ends(stream))
            for _ in range(self.shape.skip):
                next(lines, None)
            yield from map(list, csv.reader(lines, delimiter=self.shape.separator))


def _any_line_ends(stream: io.TextIOBase) -> Iterator[str]:
    # newline="" keeps CRLF inside quotes as typed; a file whose lines end in CR alone comes as such lines too.
    yield from stream


def shape_of(head: bytes) -> Shape:
    """Encoding, separator and a `sep=` line, from the beginning of a file."""
    encoding = encoding_of(head)
    text = head.decode(encoding, "ignore")
    first, _, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == len("sep=") + 1:
        return Shape(encoding, said[-1], 1)
    return Shape(encoding, _separator(first + "\n" + rest), 0)


def encoding_of(head: bytes) -> str:
    """By its mark, else UTF-8 where that holds, else the one whose letters make the likeliest words."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    if len(head) > 3 and head[1::2].count(0) > len(head) // 5:
        return "utf-16-le"
    if len(head) > 3 and head[0::2].count(0) > len(head) // 5:
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return max(_CANDIDATES, key=lambda candidate: _likelihood(head, *candidate))[0]
    return "utf-8"


def _likelihood(head: bytes, encoding: str, alphabet: str) -> float:
    """Letters of the alphabet among the bytes that are not ASCII; capitals inside words and stray marks count against it."""
    text = head.decode(encoding, "replace")
    wanted = _COMMON[alphabet]
    score = 0.0
    before = " "
    for sign in text:
        if ord(sign) > 127:
            if sign.casefold() in wanted or sign in wanted:
                score += 1.0 if not (sign.isupper() and before.islower()) else -1.0
                if alphabet == "cyrillic" and sign.islower():
                    score += 0.5 if sign in "оеаинтсрвл" else 0.0
                # A lone accented letter between Latin ones is Polish or Romanian; a Cyrillic one is not.
                if alphabet == "cyrillic" and before.isascii() and before.isalpha():
                    score -= 2.5
            else:
                score -= 1.5
        before = sign
    return score


def _separator(text: str) -> str:
    """The one that cuts the first rows into the same number of columns, most of them."""
    best, most = ",", (0, 0)
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    for separator in _SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        if not widths:
            continue
        width, same = Counter(widths).most_common(1)[0]
        rank = (min(width, 2), same * width)
        if width > 1 and rank > most:
            best, most = separator, rank
    return best
