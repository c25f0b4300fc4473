"""The branches of a programme, read from branches.csv or the sheet `branches` of programme.xlsx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from auditkit.definitions.calendars import weekdays
from auditkit.definitions.rows import Row, rows_of
from auditkit.model.programme import Branch
from auditkit.problems import Problem, Severity, declare, nearest

if TYPE_CHECKING:
    from auditkit.tables.table import Sheet

TWICE = declare(
    "D404",
    Severity.ERROR,
    finds="Two branches with the same code.",
    why="A visit that names the code could belong to either.",
    mend="Correct one of the codes, or delete the row that is there twice.",
)
NO_CODE = declare(
    "D405",
    Severity.ERROR,
    finds="A branch without a code.",
    why="Visits name the branch by its code.",
    mend="Write the code that shoppers and systems use.",
)
LOST_ZEROS = declare(
    "D406",
    Severity.WARNING,
    finds="Branch codes of digits only that differ in length, as if some had lost the zeros before them.",
    why="Excel turns 007 into 7 when a csv is opened; visits that say 007 then find no branch.",
    mend="Format the column as text and write the zeros again; codes with a letter (B007) are safe.",
)
TIME_ZONE = declare(
    "D408",
    Severity.ERROR,
    finds="A time zone that does not exist.",
    why="Deadlines are reckoned in the branch's local time.",
    mend="Use a name such as Asia/Almaty, Europe/Warsaw, Europe/Bucharest, Europe/Moscow.",
)
OPEN_DAYS = declare(
    "D409",
    Severity.ERROR,
    finds="Opening days that cannot be understood.",
    why="With `calendar: branch` they decide which days count.",
    mend="Write mon-fri, mon-sat, daily, or mon,wed,sat.",
)
CLOSED_FIRST = declare(
    "D421",
    Severity.ERROR,
    finds="A branch that closed before it opened.",
    why="No visit could fall into its time.",
    mend="Correct the dates.",
)

COLUMNS = (
    "code", "name", "region", "city", "opened", "closed", "formerly", "time_zone", "open_days", "opening_hours",
    "email", "language", "latitude", "longitude",
)  # fmt: skip
_TEXTS = ("name", "region", "city", "formerly", "time_zone", "open_days", "opening_hours", "email", "language")


def read_branches(file: str, sheet: Sheet, *, workbook: bool) -> tuple[dict[str, Branch], list[Problem]]:
    """Branches by code, in the order of the rows; a row with a fault is left out and said."""
    rows, typed, problems = rows_of(file, sheet, workbook=workbook, needs=("code",), known=COLUMNS)
    if problems:
        return {}, problems
    further = {key: name for key, name in typed.items() if key not in COLUMNS}
    found: dict[str, tuple[Branch, Row]] = {}
    for row in rows:
        branch = _branch(row, further, problems)
        if branch is None:
            continue
        if branch.code in found:
            problems.append(row.say(TWICE, "code", branch.code, first=found[branch.code][1].row, second=row.row))
        else:
            found[branch.code] = branch, row
    problems.extend(_lost_zeros([row for _, row in found.values()]))
    return {code: branch for code, (branch, _) in found.items()}, problems


def _branch(row: Row, further: dict[str, str], problems: list[Problem]) -> Branch | None:
    code = row.text("code")
    if not code:
        problems.append(row.say(NO_CODE, "code"))
        return None
    opened, closed = row.day("opened", problems), row.day("closed", problems)
    if opened and closed and closed < opened:
        problems.append(row.say(CLOSED_FIRST, "closed", closed, opened=opened))
    problems.extend(_checked(row))
    return Branch(
        code=code,
        opened=opened,
        closed=closed,
        latitude=row.number("latitude", problems),
        longitude=row.number("longitude", problems),
        more={name: row.text(key) for key, name in further.items() if row.text(key)},
        **{name: row.text(name) for name in _TEXTS},
    )


def _checked(row: Row) -> Iterator[Problem]:
    zone, days = row.text("time_zone"), row.text("open_days")
    if zone and not is_time_zone(zone):
        yield row.say(TIME_ZONE, "time_zone", zone, known=nearest_zone(zone))
    if days and weekdays(days) is None:
        yield row.say(OPEN_DAYS, "open_days", days)


def is_time_zone(name: str) -> bool:
    """Whether the tz database knows it."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def nearest_zone(name: str) -> str:
    """The time zone that a misspelt name may mean."""
    from zoneinfo import available_timezones

    zones: Iterable[str] = sorted(available_timezones())
    city = {zone.rpartition("/")[2]: zone for zone in zones}
    return nearest(name, zones) or city.get(nearest(name.rpartition("/")[2], city), "Asia/Almaty, Europe/Warsaw, UTC")


def _lost_zeros(rows: Sequence[Row]) -> list[Problem]:
    digits = [row for row in rows if row.text("code").isdigit()]
    longest = max((len(row.text("code")) for row in digits), default=0)
    short = [row for row in digits if len(row.text("code")) < longest]
    if not short:
        return []
    codes = ", ".join(row.text("code") for row in short[:5]) + (" …" if len(short) > 5 else "")
    return [short[0].say(LOST_ZEROS, "code", codes, full=short[0].text("code").zfill(longest))]
