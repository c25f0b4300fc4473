"""How wide a text runs in the typeface of our workbooks, and how many lines it takes; knows nothing else."""

from __future__ import annotations

from functools import lru_cache

# Advance widths of Arial (and Liberation Sans, which has the same), in em, rounded to 1/100.
_CLASSES = {
    0.22: "'ijlįĵĺļłſіј‘’",
    0.28: "|¦ !,./:;I[\\]ft\xa0·ÌÍÎÏìíîïĨĩĪīĬĭĮİıţŧțІЇї·",
    0.29: "ľ",
    0.33: "()-`r{}¡¨²³´¸¹ŀŕŗř“”„",
    0.37: '•"ªºгѓ',
    0.40: "ť*°",
    0.46: "ĳкќзт",
    0.47: "^",
    0.50: "JcksvxyzçýÿćĉċčĴķĸśŝşšŷźżžșЈсухѕў",
    0.53: "эєчьв",
    0.54: "¶ЃГпя",
    0.55: "¯±÷нџ",
    0.56: "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþāăąđēĕėęěĝğġģĥħĹĻĽĿŁńņňŋōŏőũūŭůűųаеийорѐёђћѝ–",
    0.58: "бц+<=>~¬µ×ЌКдл−",
    0.61: "ŉЗFTZ¿ßøŢŤŦŹŻŽȚТ",
    0.66: "ďъЎУБЛЬ",
    0.67: "ҒҚҮҰ&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞĀĂĄĒĔĖĘĚĶŚŜŞŠŶŸȘЀЁЅАВЕРХЧж",
    0.69: "Дм",
    0.72: "CDHNRUwÇÐÑÙÚÛÜĆĈĊČĎĐĤĦŃŅŇŊŔŖŘŨŪŬŮŰŲŵЄЍЏИЙНПСЭЯы",
    0.75: "ҢҺӘ©®ĲЦю",
    0.78: "ӨФGOQÒÓÔÕÖØĜĞĠĢŌŎŐО",
    0.82: "Ъшњфщ",
    0.83: "Mm¼½¾М",
    0.89: "ЋЂ%æЫ",
    0.94: "љЖШWœŴЩ",
    1.01: "ÆŒ—…ЊЮ",
    1.02: "@",
    1.07: "Љ№",
}
BOLD = 1.08
"""Bold runs wider by about so much."""
CHARACTER = 5.25
"""Points in one unit of column width: a digit of 10-point Arial, 7 pixels."""
SAFETY = 1.03
"""Screens set letters on whole pixels, a little wider than print."""
PADDING = 5.0
"""Points that a cell keeps free at its sides."""


class _Widths(dict[str, float]):
    """A letter outside the table: as wide as a usual small one below U+0600, a full square beyond."""

    def __missing__(self, letter: str) -> float:
        width = 0.60 if letter < "\u0600" else 1.0
        self[letter] = width
        return width


_WIDTHS = _Widths({letter: width for width, letters in _CLASSES.items() for letter in letters})


@lru_cache(maxsize=8192)
def text_width(text: str, size: float = 10, *, bold: bool = False) -> float:
    """Points that one line of text takes at a font size in points."""
    return sum(map(_WIDTHS.__getitem__, text)) * size * (BOLD if bold else 1)


@lru_cache(maxsize=8192)
def lines_of(text: str, width: float, size: float = 10, *, bold: bool = False) -> int:
    """How many lines a wrapped text takes in `width` units of column width; at least 1."""
    room = max(width * CHARACTER - PADDING, size) / (size * SAFETY * (BOLD if bold else 1))
    return sum(_lines(part, room) for part in text.split("\n"))


def _lines(text: str, room: float) -> int:
    """Greedy filling, as spreadsheets do it; a word longer than the line is broken. `room` in em."""
    if sum(map(_WIDTHS.__getitem__, text)) <= room:
        return 1
    lines, used = 1, 0.0
    for word in text.split(" "):
        long = sum(map(_WIDTHS.__getitem__, word))
        if used and used + 0.28 + long > room:
            lines, used = lines + 1, 0.0
        if long > room:
            extra = int(long / room)
            lines, used = lines + extra, long - extra * room
        else:
            used += long + (0.28 if used else 0.0)
    return lines
