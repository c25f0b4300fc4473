"""Which visits the demo's shoppers make: who goes where, when, and in which format the report comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from auditkit.demo import story
from auditkit.demo.story import Place

IN_PERSON = ("appearance", "premises", "conflict-handling")
BY_PHONE = ("phone-etiquette",)
SURVEY, TABLE = "K5", "K3"
"""Who reports the calls of the last wave through a survey tool, and in a table of their own."""
_AT = (time(10, 20), time(12, 40), time(15, 10), time(16, 30))
_HOLIDAY = 11
"""Weekdays from the first of the second wave to the Feast of Sacrifice."""
_CALLED_AT = (time(9, 40), time(11, 5), time(14, 15), time(16, 50))


class Visit(NamedTuple):
    """One contact of a shopper with a branch."""

    wave: int
    """Place in `story.WAVES`."""
    place: Place
    number: int
    """1 at the counter, 2 and 3 by phone."""
    shopper: str
    start: datetime
    form: str
    """`workbook`, `json`, `survey`, `table`."""

    @property
    def code(self) -> str:
        """`K6-Q2-0302`: shopper, wave, branch and number; stands in the report and names its file."""
        return f"{self.shopper}-{story.WAVES[self.wave].short}-{self.place.code[1:]}{self.number:02}"

    @property
    def checklists(self) -> tuple[str, ...]:
        """What the visit is about."""
        return IN_PERSON if self.number == 1 else BY_PHONE

    @property
    def seed(self) -> str:
        """Of its dice."""
        return f"{story.SEED}/{self.code}"


def visits() -> Iterator[Visit]:
    """All visits of both waves, that to the closed branch among them."""
    for wave in range(len(story.WAVES)):
        for at, place in enumerate(story.BRANCHES):
            shut = wave > 0 and place.code == story.CLOSED
            day = _working_day(wave, at)
            yield Visit(wave, place, 1, story.COUNTER[wave][place.region], _moment(day, _AT[at % 4]), "workbook")
            if shut:
                continue
            for number, shopper in enumerate(story.CALLERS[wave][place.region], 2):
                called = _working_day(wave, at + 3 * number)
                start = _moment(called, _CALLED_AT[(at + number) % 4])
                yield Visit(wave, place, number, shopper, start, _form(wave, shopper, place))


def _form(wave: int, shopper: str, place: Place) -> str:
    if wave == 0:
        return "json" if shopper == SURVEY else "workbook"
    if shopper == story.LENIENT and place.code == story.CORRECTED:
        return "json"
    return {SURVEY: "survey", TABLE: "table"}.get(shopper, "workbook")


def _working_day(wave: int, count: int) -> datetime:
    """A day that many weekdays after the first of a wave; one of them is a public holiday in the second wave."""
    steps = count if count < _HOLIDAY else count + 1
    first = story.WAVES[wave].first
    weeks, left = divmod(first.weekday() + steps, 5)
    return datetime.combine(first, time()) + timedelta(weeks * 7 + left - first.weekday())


def _moment(day: datetime, at: time) -> datetime:
    return datetime.combine(day, at)
