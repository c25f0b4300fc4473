"""Which encoding a text file is in: by its mark, by what its bytes can only be, else by what reads like words."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

SAMPLE = 256 * 1024
"""Bytes from the beginning of a file by which it is judged."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CYRILLIC, _LATIN = ("cp1251", "koi8-r", "cp866"), ("cp1250", "iso8859-2")
_FEW = 10
"""Letters that are whole for each one that is broken: so many, and the file is UTF-8."""
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўәғқңөұүһ")
_PAIRS = frozenset(
    (  # noqa: SIM905  a list of a hundred pairs would take a hundred lines
        "ли ни то ил от не ко ст ен ов по но ва пр ра на го ро ос ет во ал ка та ре со тр дн ие ру од ор ол ан ри уд "
        "те ом аз ть ве ло за об ик ак он до ле да сл ог ес ит ме ер ль ат им ны ед де вы ел ем нт ин бо ия тв мо ас "
        "чт ше че ла ся ис ок ск кл чи ой ам бы ви ди ич ми ег ты нн ив си ти эт ки хо ая ма ый ча др ар ну ей"
    ).split()
)
"""The commonest pairs of letters in Russian words, whatever their case: in a wrong encoding few of them are left."""
_ACCENTED = frozenset("ąćęłńóśźżăâîșțşţáéíôöüäčěřšťůýžđ")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = frozenset("«»„“”‘’–—…№°§\u00a0\u00ad")


class Text:
    """What the bytes of a text file tell before anybody knows its rows; goes through all of them once."""

    def __init__(self, head: bytes) -> None:
        self.encoding = encoding_of(head)
        self._marked = any(head.startswith(mark) for mark, _ in _MARKS)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._plain, self._quotes = self.encoding == "utf-8", 0
        self.go_on(head)

    def go_on(self, block: bytes) -> None:
        """The next bytes: letters outside ASCII may only come after pages of plain ones."""
        self._quotes += block.count(b'"')
        if self._plain:
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError:
                self._plain = False
                self.encoding = encoding_of(block)

    def said(self, encoding: str | None) -> None:
        """Somebody knows the encoding; a mark at the beginning still goes before."""
        if encoding is not None and not self._marked:
            self.encoding = encoding

    @property
    def quotes_differ(self) -> bool:
        """Whether a quotation mark may be left open; in UTF-16 the same byte is a part of letters."""
        return self._quotes % 2 == 1 or self.encoding.startswith("utf-16")


def encoding_of(head: bytes) -> str:
    """The encoding of a text that begins so."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if _upper_bytes(head[1::2]):
        return "utf-16-le"
    if _upper_bytes(head[0::2]):
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < SAMPLE)
    except UnicodeDecodeError:
        # Programs that cut texts at so many bytes leave half letters in files that are UTF-8 all the same.
        text = head.decode("utf-8", "replace")
        if len(text) - sum(map(str.isascii, text)) < _FEW * text.count("\ufffd"):
            return max((*_CYRILLIC, *_LATIN), key=lambda encoding: _likelihood(head, encoding))
    return "utf-8"


def _upper_bytes(half: bytes) -> bool:
    """Whether every second byte is the upper one of Latin and Cyrillic letters in UTF-16, separators among them."""
    return len(half) > 1 and half.count(0) > len(half) // 20 and sum(map(half.count, (0, 1, 4))) > len(half) * 9 // 10


def _likelihood(head: bytes, encoding: str) -> float:
    """How much of a text, decoded so, looks like words of the languages that the encoding is for."""
    text = head.decode(encoding, "replace")
    judged = _cyrillic if encoding in _CYRILLIC else _latin
    words = sum(judged(word) for word in set(_WORD.findall(text)) if not word.isascii())
    strange = sum(not (sign.isascii() or sign.isalpha() or sign in _SIGNS) for sign in set(text))
    return words - 2.0 * strange


def _cyrillic(word: str) -> float:
    if any(map(str.isascii, word)):
        return -3.0  # half of it Latin: an accented letter read as a Cyrillic one
    folded = word.casefold()
    known = sum(pair in _PAIRS for pair in map("".join, pairwise(folded)))
    foreign = sum(letter not in _RUSSIAN for letter in folded)
    return (0.5 if word.islower() else 0.2) + known - 2.0 * foreign - 1.5 * _turns(word)


def _latin(word: str) -> float:
    accents = [letter for letter in word.casefold() if not letter.isascii()]
    foreign = sum(letter not in _ACCENTED for letter in accents)
    # In a word that is all accents every letter was another alphabet's.
    bare = len(accents) == len(word) > 1
    return 1.0 - 2.0 * foreign - 1.5 * _turns(word) - (len(word) if bare else 0)


def _turns(word: str) -> int:
    """Capitals that follow a small letter: what words do not do."""
    return sum(one.islower() and other.isupper() for one, other in pairwise(word))
