"""Scales, numbers and timestamps as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from auditkit.intake import misread as wrong
from auditkit.intake.misread import Misread, misread
from auditkit.intake.moments import AmbiguousDate, read_moment, read_time
from auditkit.intake.spelling_numbers import AmbiguousNumber, read_number, read_of, split_points
from auditkit.intake.spelling_rules import Read, Rules, key, state_of
from auditkit.model.items import NumberItem, Scale, Timestamp
from auditkit.model.visit import NEVER
from auditkit.tables.table import CellValue

_STEP_AND_WORDS = re.compile(r"\s*([+-]?\d+)\s*(?:[-–—=:.)]|\()\s*(?=\D)\S")
_NUMBER_THEN_UNIT = re.compile(r"\s*([+-]?[\d\s.,\u00a0\u202f]*\d)\s*([^\d].*)$", re.DOTALL)


def scale_reader(item: Scale, common: Rules) -> Callable[[CellValue], Read]:
    """A whole step: `4`, `4,0`, `4 / 5`, `4 - good`, or the words of a step."""
    labels = {key(word): step for step, text in (item.labels or {}).items() for word in text.words.values()}

    def read(raw: CellValue) -> Read:
        if isinstance(raw, (date, time, timedelta)):
            return misread(wrong.DATE_INSTEAD)
        if isinstance(raw, str):
            known = labels.get(key(raw), state_of(raw, common))
            if known is not None:
                return known
        step = _step(raw, item.max, common.decimal)
        if step is None or step != step.to_integral_value() or not item.min <= step <= item.max:
            return misread(wrong.NOT_ON_SCALE, lowest=item.min, highest=item.max)
        return int(step)

    return read


def _step(raw: CellValue, most: int, decimal: str | None) -> Decimal | None:
    raw = raw.strip(" .;,") if isinstance(raw, str) else raw
    number = read_number(raw, decimal)
    if isinstance(number, Decimal) and not (isinstance(raw, str) and raw.strip().endswith("%")):
        return number
    pair = read_of(raw)
    if pair is not None:
        return pair[0] if pair[1] == most else None
    if not isinstance(raw, str):
        return None
    number = read_number(split_points(raw)[0])
    if isinstance(number, Decimal):
        return number
    found = _STEP_AND_WORDS.match(raw)
    return Decimal(found[1]) if found else None


def number_reader(item: NumberItem, common: Rules) -> Callable[[CellValue], Read]:
    """An exact number, with or without its unit behind it, inside the item's limits."""
    words = [*item.unit.words.values(), *(item.unit_forms.words.values() if item.unit_forms else ())]
    units = frozenset(key(form) for word in words for form in word.split("|"))

    def read(raw: CellValue) -> Read:
        if isinstance(raw, (date, time, timedelta)):
            return misread(wrong.DATE_INSTEAD)
        state = state_of(raw, common)
        if state is not None:
            return state
        number = _with_unit(raw, units, item.highest, common.decimal)
        if isinstance(number, AmbiguousNumber):
            return misread(wrong.AMBIGUOUS_NUMBER)
        if number is None:
            return misread(wrong.NOT_A_NUMBER)
        return _inside(number, item)

    return read


def _with_unit(
    raw: CellValue, units: frozenset[str], highest: Decimal | None, decimal: str | None
) -> Decimal | AmbiguousNumber | None:
    number = read_number(raw, decimal)
    if number is not None or not isinstance(raw, str):
        return number
    pair = read_of(raw)
    if pair is not None:
        return pair[0] if pair[1] == highest else None
    bare = split_points(raw)[0]
    found = _NUMBER_THEN_UNIT.match(bare)
    if found is not None and key(found[2]) in units:
        return read_number(found[1], decimal)
    return read_number(bare, decimal)


def _inside(number: Decimal, item: NumberItem) -> Decimal | Misread:
    low, high = item.lowest, item.highest
    if (low is not None and number < low) or (high is not None and number > high):
        return misread(wrong.OUT_OF_RANGE, lowest="" if low is None else low, highest="" if high is None else high)
    return number


def timestamp_reader(item: Timestamp, common: Rules) -> Callable[[CellValue], Read]:
    """Date and time, a date alone where only days count, or `never`."""
    day_is_enough = item.id in common.day_is_enough

    def read(raw: CellValue) -> Read:
        if isinstance(raw, str) and key(raw) in common.never:
            return NEVER
        state = state_of(raw, common)
        return state if state is not None else _moment(raw, common, day_is_enough=day_is_enough)

    return read


def _moment(raw: CellValue, common: Rules, *, day_is_enough: bool) -> datetime | Misread:
    if isinstance(raw, (time, timedelta)) or (isinstance(raw, str) and read_time(raw) is not None):
        return misread(wrong.NO_TIME_OF_DAY)
    moment = read_moment(raw, common.order, date1904=common.date1904)
    if isinstance(moment, AmbiguousDate):
        return misread(wrong.DATE_ORDER)
    if moment is None:
        return misread(wrong.NOT_A_MOMENT)
    if moment.at is None and not day_is_enough:
        return misread(wrong.NO_TIME_OF_DAY)
    return moment.instant
