"""A cell such as `Yes | No | NA`, `1.Yes (1)\\n2.No (0)` or `1-5` as the answers of a question; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from auditkit.editing.foreign import words as w


class Option(NamedTuple):
    """One answer."""

    text: str
    points: Decimal | None = None
    label: str = ""
    """What its column is called, where it has one."""

    @property
    def known_as(self) -> str:
        """The word by which it is told what it means."""
        return self.label or self.text


class Answers(NamedTuple):
    """What may be answered. `kind`: of an item, empty where nothing tells."""

    kind: str
    options: tuple[Option, ...] = ()
    span: tuple[int, int] | None = None
    """Of a scale."""
    not_applicable: bool = False
    inverted: bool = False
    anchors: tuple[str, str] | None = None
    """Of a yes/no question: what is seen when it is met, and when not."""


NOTHING = Answers("")

_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[a-zA-Zа-я])[.)]\s*(?=\S)")
_POINTS = re.compile(
    r"\s*(?:[(\[]\s*(?P<a>[-+]?\d+(?:[.,]\d+)?)\s*(?P<unit>%|[^\W\d]{0,8}\.?)\s*[)\]]|[=:]\s*(?P<b>[-+]?\d+(?:[.,]\d+)?)"
    r"\s*(?:%|[^\W\d]{0,8}\.?))\s*$"
)
_STEP = re.compile(r"^(?P<step>\d{1,2})\s*[-–—=:]\s*(?P<label>\D.*)$")
STEP = re.compile(r"^\s*(\d{1,2})\s*(?:[-–—=:.]\s*(\D.*))?$")
"""A step of a scale as a column's name: `3`, `4 - Excellent`."""
_SPAN = re.compile(r"^\D{0,20}?(\d{1,2})\s*(?:-|–|—|to|\.\.+|…|до|do)\s*(\d{1,3})\D{0,20}$", re.IGNORECASE)
_NA = re.compile(r"\bn\s*/\s*a\b|н/п|\bn/d\b", re.IGNORECASE)
_SAFE = "\x00"
_MOST = 60
_MARK = 2
"""Characters of a tick; longer ones say something."""


def answers_of(cell: str, kind: str = "") -> Answers:
    """The answers that a cell lists; `kind`: what the column of kinds says, empty where there is none."""
    said = next((name for name, names in w.KINDS.items() if w.is_one_of(kind, names)), "") if kind else ""
    plain = cell.strip()
    if not plain:
        return Answers(said if said not in ("choice", "multi", "scale") else "")
    if kind_named := next((name for name, names in w.KINDS.items() if w.is_one_of(plain, names)), ""):
        return Answers(kind_named if kind_named not in ("choice", "multi", "scale") else "")
    if span := _SPAN.match(plain):
        low, high = int(span[1]), int(span[2])
        if low < high <= 100 and high - low <= 10:
            return Answers("scale", span=(low, high))
    return _listed(_parts(plain), said)


def answers_in_columns(headers: Sequence[str], cells: Sequence[str]) -> Answers:
    """The answers that have a column each; what stands in them are points, words, or nothing yet."""
    steps = [STEP.match(header) for header in headers]
    if any(steps):
        return _steps_in_columns(headers, cells)
    named = [_take(header) for header in headers]
    if any(_is_words(cell) for cell in cells):
        # A level that says nothing of this question cannot be chosen for it, but for 'does not apply'.
        told = [(cell, name) for cell, name in zip(cells, named, strict=True) if cell or w.is_one_of(name[0], w.NA)]
        return _listed_options([Option(cell or label, points, label) for cell, (label, points) in told], "")
    given = [_number(cell) for cell in cells]
    points = [number for _, number in named] if all(each is None for each in given) else given
    return _listed_options([Option(label, each) for (label, _), each in zip(named, points, strict=True)], "")


def _steps_in_columns(headers: Sequence[str], cells: Sequence[str]) -> Answers:
    told: dict[int, str] = {}
    for header, cell in zip(headers, cells, strict=True):
        if found := STEP.match(header):
            told[int(found[1])] = cell if _is_words(cell) else (found[2] or "").strip()
    options = tuple(Option(label) for _, label in sorted(told.items())) if all(told.values()) else ()
    applicable = any(w.is_one_of(header, w.NA) for header in headers)
    return Answers("scale", options, (min(told), max(told)), applicable)


def _is_words(cell: str) -> bool:
    return len(cell) > _MARK and _number(cell) is None


def _number(text: str) -> Decimal | None:
    plain = text.strip().replace(",", ".").rstrip("%")
    return Decimal(plain) if re.fullmatch(r"[-+]?\d+(\.\d+)?", plain) else None


def _parts(cell: str) -> list[str]:
    safe = _NA.sub(lambda found: found[0].replace("/", _SAFE), cell)
    for sign in ("\n", "|", ";", ",", "/"):
        parts = [part.strip().replace(_SAFE, "/") for part in safe.split(sign)]
        parts = [part for part in parts if part]
        if len(parts) > 1:
            return parts
    return [cell.strip()]


def _take(part: str) -> tuple[str, Decimal | None]:
    """A part's words, and the points that stand behind them."""
    found = _POINTS.search(part)
    if found is None or found.start() == 0:
        return part.strip(" .:;"), None
    return part[: found.start()].strip(" .:;"), Decimal((found["a"] or found["b"]).replace(",", "."))


def _listed(parts: list[str], said: str) -> Answers:
    steps = [_STEP.match(part) for part in parts]
    if len(parts) > 1 and all(steps):
        return _scale([(int(each["step"]), each["label"].strip()) for each in steps if each], said)
    if len(parts) > 1 and all(part.isdigit() for part in parts):
        numbers = sorted(int(part) for part in parts)
        if numbers == list(range(numbers[0], numbers[-1] + 1)) and said not in ("choice", "multi"):
            return Answers("scale", span=(numbers[0], numbers[-1]))
    if len(parts) < 2 or len(parts) > _MOST:
        return NOTHING
    numbered = all(_NUMBERED.match(part) for part in parts)
    plain = [_NUMBERED.sub("", part) if numbered else part for part in parts]
    return _listed_options([Option(*_take(part)) for part in plain], said)


def _scale(steps: list[tuple[int, str]], said: str) -> Answers:
    numbers = [step for step, _ in steps]
    if sorted(numbers) != list(range(min(numbers), max(numbers) + 1)) or said in ("choice", "multi"):
        return _listed_options([Option(label, Decimal(step)) for step, label in steps], said)
    options = tuple(Option(label, Decimal(step)) for step, label in sorted(steps))
    return Answers("scale", options, (min(numbers), max(numbers)))


def _listed_options(options: list[Option], said: str) -> Answers:
    left = [each for each in options if not w.is_one_of(each.known_as, (*w.NA, *w.UNSEEN))]
    applicable = any(w.is_one_of(each.known_as, w.NA) for each in options)
    if len(left) == 2 and said != "multi" and (yes_no := _yes_no(left[0], left[1], applicable=applicable)):
        return yes_no
    if said not in ("choice", "multi") or len(left) > 2:
        numbers = [int(each.text) for each in left if each.text.isdigit()]
        if len(numbers) == len(left) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return Answers("scale", (), (numbers[0], numbers[-1]), applicable)
    if len(left) < 2:
        yes = bool(left) and w.is_one_of(left[0].known_as, w.YES)
        return Answers("yes_no", (), None, applicable) if yes else NOTHING
    return Answers("multi" if said == "multi" else "choice", tuple(left), None, applicable)


def _yes_no(first: Option, second: Option, *, applicable: bool) -> Answers | None:
    if w.is_one_of(first.known_as, w.NO) and w.is_one_of(second.known_as, w.YES):
        first, second = second, first
    if not (w.is_one_of(first.known_as, w.YES) and w.is_one_of(second.known_as, w.NO)):
        return None
    points = [each.points for each in (first, second) if each.points is not None]
    inverted = len(points) == 2 and points[1] > points[0]
    told = (second.text, first.text) if inverted else (first.text, second.text)
    anchors = told if first.label and _is_words(first.text) and _is_words(second.text) else None
    best = max(points, default=None)
    return Answers("yes_no", (Option(first.known_as, best),), None, applicable, inverted, anchors)


def worth(options: Sequence[Option]) -> tuple[Decimal | None, ...]:
    """What each answer earns of 1 where no points are given: by its words, else evenly from the first, the best, down.

    `None` for all where even steps would be no exact decimals.
    """
    known = [_level(each.known_as) for each in options]
    if all(level is not None for level in known) and len(set(known)) > 1:
        return tuple(known)
    best_last = known[-1] == 1 or known[0] == 0
    steps = len(options) - 1
    if steps not in (1, 2, 4, 5, 8, 10):
        return (None,) * len(options)
    evenly = [Decimal(steps - at) / steps for at in range(steps + 1)]
    return tuple(reversed(evenly)) if best_last else tuple(evenly)


def _level(text: str) -> Decimal | None:
    for words, level in ((w.PARTLY, "0.5"), ((*w.YES, *w.MET), "1"), ((*w.NO, *w.NOT_MET), "0")):
        if w.is_one_of(text, words):
            return Decimal(level)
    return None
