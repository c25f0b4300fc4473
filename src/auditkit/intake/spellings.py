"""What people type, as the canonical answer of an item; every value of a column is understood once and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal

from auditkit.intake.misread import CELL_ERROR, DATE_INSTEAD, NOT_AN_ANSWER, misread
from auditkit.intake.spelling_kinds import number_reader, scale_reader, timestamp_reader
from auditkit.intake.spelling_numbers import read_number, split_points, unnumbered
from auditkit.intake.spelling_options import choice_reader, multi_reader
from auditkit.intake.spelling_rules import Read, Rules, as_text, is_error, key, state_of
from auditkit.intake.spelling_words import ABBREVIATIONS, MARKS, WORDS
from auditkit.model.checklist import Checklist, Spellings
from auditkit.model.items import AnyItem, Choice, Multi, NumberItem, Scale, Timestamp, YesNo
from auditkit.model.visit import NEVER, NO, NOT_APPLICABLE, NOT_OBSERVED, YES
from auditkit.problems import nearest
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue

_REMEMBERED = 20_000
"""Values of one item kept in mind; a column of free numbers must not grow without end."""


class _Nothing:
    """Not met yet; `None` is an answer: a blank."""


_NOTHING = _Nothing()


class Speller:
    """Reads the cells of one checklist's answers.

    `extra` are the spellings of the source (the mapping's). Without them the file is one of our own forms, and the
    short forms of the checklist's language hold too.
    """

    def __init__(
        self,
        checklist: Checklist,
        extra: Spellings | None = None,
        *,
        date_order: str | None = None,
        decimal: str | None = None,
        date1904: bool = False,
    ) -> None:
        self._items: Mapping[str, AnyItem] = checklist.items_by_id
        self.rules = _common(checklist, extra, date_order, decimal, date1904=date1904)
        self._memos: dict[str, dict[object, Read]] = {}
        self._readers: dict[str, Callable[[CellValue], Read]] = {}

    def read(self, item: str | AnyItem, raw: CellValue) -> Read:
        """The canonical answer, `None` for a blank, or what is wrong with it."""
        name = item if isinstance(item, str) else item.id
        memo = self._memos.get(name)
        if memo is None:
            memo = self._memos[name] = {}
        # 1, True and 1.0 are one dictionary key but not one answer.
        at = raw if raw.__class__ is str else (raw.__class__, raw)
        found = memo.get(at, _NOTHING)
        return self._first_time(name, raw, memo, at) if isinstance(found, _Nothing) else found

    def memo(self, item: str) -> dict[object, Read]:
        """What texts of this item have been read as so far: for loops that look into it themselves."""
        return self._memos.setdefault(item, {})

    def _first_time(self, item: str, raw: CellValue, memo: dict[object, Read], at: object) -> Read:
        reader = self._readers.get(item)
        if reader is None:
            reader = self._readers[item] = _reader(self._items[item], self.rules)
        found = _read(reader, raw)
        if len(memo) < _REMEMBERED:
            memo[at] = found
        return found


def _read(reader: Callable[[CellValue], Read], raw: CellValue) -> Read:
    if raw is None:
        return None
    if is_error(raw):
        return misread(CELL_ERROR)
    if isinstance(raw, str) and not fold(raw):
        return None
    return reader(raw)


def _common(
    checklist: Checklist, extra: Spellings | None, order: str | None, decimal: str | None, *, date1904: bool
) -> Rules:
    own = checklist.spellings
    short = ABBREVIATIONS.get(checklist.language, ()) if extra is None else ()
    more = (own,) if extra is None else (own, extra)
    return Rules(
        states=_table(
            (NOT_APPLICABLE, (*_words(NOT_APPLICABLE), *short)),
            (NOT_OBSERVED, _words(NOT_OBSERVED)),
            *((NOT_APPLICABLE, each.not_applicable) for each in more),
            *((NOT_OBSERVED, each.not_observed) for each in more),
        ),
        yes_no=_table(
            (YES, (*_words(YES), *MARKS[YES])),
            (NO, (*_words(NO), *MARKS[NO])),
            *((YES, each.yes) for each in more),
            *((NO, each.no) for each in more),
        ),
        never=frozenset(key(word) for word in _words(NEVER)),
        none=frozenset(key(word) for word in _words("none")),
        order=order,
        decimal=decimal,
        date1904=date1904,
        day_is_enough=_in_days_only(checklist.items_by_id.values()),
    )


def _words(what: str) -> tuple[str, ...]:
    return tuple(word for words in WORDS[what].values() for word in words)


def _table(*parts: tuple[str, Iterable[str]]) -> dict[str, str]:
    """Later parts win: what the source says stands above what is usual."""
    return {key(word) or fold(word): answer for answer, words in parts for word in words}


def _in_days_only(items: Iterable[AnyItem]) -> frozenset[str]:
    in_days: set[str] = set()
    in_hours: set[str] = set()
    for item in items:
        if item.kind == "duration":
            unit = item.unit.value
        elif item.kind == "deadline":
            unit = item.within.unit.value if item.within else "days" if item.same_day else "hours"
        else:
            continue
        ends = {item.from_, item.to, getattr(item, "promised", None)}
        (in_days if unit in ("days", "working_days") else in_hours).update(each for each in ends if each)
    return frozenset(in_days - in_hours)


def _reader(item: AnyItem, common: Rules) -> Callable[[CellValue], Read]:
    for kind, build in _BUILDERS:
        if isinstance(item, kind):
            return build(item, common)
    return lambda raw: _words_as_typed(raw, common)


def _yes_no(raw: CellValue, common: Rules) -> Read:
    if isinstance(raw, (date, time, timedelta)):
        return misread(DATE_INSTEAD)
    text = as_text(raw)
    bare = split_points(text)[0]
    for each in (text, bare, unnumbered(bare)):
        spelt = key(each) or fold(each)
        found = common.states.get(spelt) or common.yes_no.get(spelt)
        if found is not None:
            return found
    number = read_number(raw)
    if isinstance(number, Decimal) and number in (0, 1):
        return YES if number else NO
    return misread(NOT_AN_ANSWER, nearest=nearest(key(text), common.yes_no) if len(text) > 2 else "")


def _words_as_typed(raw: CellValue, common: Rules) -> Read:
    return state_of(raw, common) or as_text(raw).strip()


_BUILDERS: tuple[tuple[type[AnyItem], Callable[..., Callable[[CellValue], Read]]], ...] = (
    (YesNo, lambda _, common: lambda raw: _yes_no(raw, common)),
    (Choice, choice_reader),
    (Multi, multi_reader),
    (Scale, scale_reader),
    (NumberItem, number_reader),
    (Timestamp, timestamp_reader),
)
