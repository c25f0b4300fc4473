"""What each reader may see of a visit: how exactly its time, whether its shopper, and which words are masked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.shapes import Context
from auditkit.analysis.viewing import Attended, Seen

MASK = "•••"
_PARTS = ((5, "evening"), (12, "morning"), (14, "noon"), (18, "afternoon"), (24, "evening"))
"""Up to which hour of the day, as it is called; night counts as evening."""


def part_of_day(start: str, time_zone: str = "") -> str:
    """`morning`, `noon`, `afternoon`, `evening` of an ISO 8601 time; '' where there is none."""
    if not start:
        return ""
    moment = datetime.fromisoformat(start)
    if moment.tzinfo is not None and time_zone:
        from zoneinfo import ZoneInfo

        moment = moment.astimezone(ZoneInfo(time_zone))
    return next(name for until, name in _PARTS if moment.hour < until)


class QualityCopy:
    """The QA lead sees shoppers' codes; days and parts of the day like everybody."""

    def __init__(self, time_zones: Mapping[str, str]) -> None:
        self._time_zones = time_zones

    def visit(self, attended: Attended) -> Seen:
        """Day, part of day and shopper."""
        part = part_of_day(attended.start, self._time_zones.get(attended.branch, ""))
        return Seen(attended.day, part, week_only=False, shopper=attended.shopper)

    def words(self, text: str) -> str:
        """As it was written."""
        return text


class BranchCopy:
    """A branch sees neither shopper nor clock time; the day only where enough people were on duty to hide among."""

    def __init__(self, time_zones: Mapping[str, str], shoppers: Collection[str], min_group: int) -> None:
        self._time_zones = time_zones
        self._min_group = min_group
        self._plain = frozenset(code.casefold() for code in shoppers if code.isalnum())
        self._pattern = _pattern([code for code in shoppers if not code.isalnum()])
        self.words = lru_cache(maxsize=4096)(self._words)

    def visit(self, attended: Attended) -> Seen:
        """The week alone where the staff on duty is unknown or few."""
        staff = attended.staff_on_duty
        if staff is None or staff < self._min_group:
            return Seen(attended.day, "", week_only=True, shopper="")
        part = part_of_day(attended.start, self._time_zones.get(attended.branch, ""))
        return Seen(attended.day, part, week_only=False, shopper="")

    def _words(self, text: str) -> str:
        """With shoppers' codes masked."""
        if self._pattern is not None:
            text = self._pattern.sub(MASK, text)
        return _WORD.sub(self._masked, text) if self._plain else text

    def _masked(self, word: re.Match[str]) -> str:
        return MASK if word[0].casefold() in self._plain else word[0]


_WORD = re.compile(r"[^\W_]+")


def _pattern(codes: Collection[str]) -> re.Pattern[str] | None:
    """Any of these codes where it is a word of its own, the longest first."""
    ordered = sorted((code for code in codes if code.strip()), key=len, reverse=True)
    if not ordered:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, ordered))})(?![^\W_])", re.IGNORECASE)


def time_zones_of(context: Context) -> dict[str, str]:
    """Branch → its time zone, else the programme's."""
    general = context.programme.time_zone if context.programme else ""
    return {code: branch.time_zone or general for code, branch in context.branches.items()}


def shoppers_of(tables: Asked) -> list[str]:
    """The codes of all shoppers in the tables that can be told from ordinary words and numbers."""
    return sorted({shopper for *_, shopper in ask(tables, "seen") if is_telling(shopper)})


def is_telling(code: str) -> bool:
    """A single letter or a number of two digits stands in many comments and names nobody."""
    return len(code) > 2 or (len(code) == 2 and not code.isdigit())


def branch_copy(context: Context, shoppers: Collection[str]) -> BranchCopy:
    """What branches get."""
    rules = context.programme.rules if context.programme else None
    return BranchCopy(time_zones_of(context), shoppers, rules.min_group if rules else 5)


def quality_copy(context: Context) -> QualityCopy:
    """What the QA lead gets."""
    return QualityCopy(time_zones_of(context))
