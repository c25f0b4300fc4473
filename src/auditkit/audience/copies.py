"""The copies that are made: what the QA lead sees, and what a branch sees."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.shapes import Context
from auditkit.analysis.viewing import Attended, Said, Seen
from auditkit.audience.comments import Comments
from auditkit.audience.marks import Kind, Marker
from auditkit.model.decision import Decisions
from auditkit.model.people import Stays

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


class People(NamedTuple):
    """Employees: whom a branch's copy must not name."""

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


NOBODY = People()


def employees_of(staff: Stays, managers: Stays) -> People:
    """Staff by code and name, managers by name: no shopper knows their codes, which stand in no report."""
    return People(staff.codes, (*staff.names, *managers.names))


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

    def comment(self, said: Said) -> str:
        """As it was written."""
        return said.text


class BranchCopy:
    """A branch sees neither shopper nor clock time; the day only where enough people were on duty to hide among."""

    def __init__(self, time_zones: Mapping[str, str], min_group: int, comments: Comments) -> None:
        self._time_zones = time_zones
        self._min_group = min_group
        self._comments = comments
        self.words = lru_cache(maxsize=4096)(self._words)

    def visit(self, attended: Attended) -> Seen:
        """The week alone where the staff on duty is unknown or few."""
        staff = attended.staff_on_duty
        if staff is None or staff < self._min_group:
            return Seen(attended.day, "", week_only=True, shopper="")
        part = part_of_day(attended.start, self._time_zones.get(attended.branch, ""))
        return Seen(attended.day, part, week_only=False, shopper="")

    def _words(self, text: str) -> str:
        return self._comments.marker.masked(text, MASK, (Kind.CODE, Kind.NAME))

    def comment(self, said: Said) -> str:
        """What was released of it, with codes, names of staff, times and numbers to call masked."""
        return self._comments.marker.masked(self._comments.read(said), MASK)


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


def comments_of(
    context: Context, wave: str, decisions: Decisions, shoppers: Collection[str], people: People = NOBODY
) -> Comments:
    """The programme's rule for comments, the decisions on them, and who must not be named."""
    rules = context.programme.rules if context.programme else None
    named = rules is not None and rules.employees == "named"
    texts = [text for each in context.branches.values() for text in (each.code, each.name, each.city, each.region)]
    for checklist in context.checklists.values():
        said = [checklist.title, *(item.text for item in checklist.items_by_id.values())]
        texts += [words for text in said for words in text.words.values()]
    codes = {*shoppers, *(() if named else (code for code in people.codes if is_telling(code)))}
    marker = Marker.of(codes=codes, names=() if named else people.names, texts=texts)
    return Comments(wave, rules.comments if rules else "all", decisions, marker)


def branch_copy(context: Context, comments: Comments) -> BranchCopy:
    """What branches get."""
    rules = context.programme.rules if context.programme else None
    return BranchCopy(time_zones_of(context), rules.min_group if rules else 5, comments)


def quality_copy(context: Context) -> QualityCopy:
    """What the QA lead gets."""
    return QualityCopy(time_zones_of(context))
