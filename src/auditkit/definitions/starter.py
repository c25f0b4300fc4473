"""A new programme folder, ready to be filled: what `auditkit init` writes, and never over anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path

from auditkit.definitions import history, people
from auditkit.definitions.branches import is_time_zone
from auditkit.definitions.shelf import Shelf, shipped_folder
from auditkit.locales import say
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.whole import write_whole

EXISTS = declare(
    "D430",
    Severity.ERROR,
    finds="A file that `init` would have to overwrite.",
    why="What somebody wrote is never lost; nothing at all was written.",
    mend="Choose another folder, or move the file away.",
)
NO_COUNTRY = declare(
    "D431",
    Severity.ERROR,
    finds="A country whose public holidays are not known.",
    why="Working days would be wrong without a word.",
    mend="Use the two letters of ISO 3166: KZ, PL, RO, RU. Or leave it out: Saturdays and Sundays are free then.",
)
NOT_WRITTEN = declare(
    "D432",
    Severity.ERROR,
    finds="A folder that cannot be written to.",
    why="The programme could not be set up.",
    mend="Choose a folder of your own, and check free space and rights.",
)

FIRST = ("phone-etiquette", "conflict-handling", "premises", "appearance")
_ZONES = {"RU": "Europe/Moscow", "US": "America/New_York", "UA": "Europe/Kyiv"}
_EMPTY = {"managers": people.MANAGERS, "staff": people.STAFF, "history": history.COLUMNS}
_SHOPPERS = ("code", "languages", "city", "agency", "barred")
_BRANCHES = (("B001", "1", "Region A"), ("B002", "2", "Region A"), ("B003", "3", "Region B"))


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year, as the first waves are."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def id(self) -> str:
        """`2026-Q3`."""
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(1)

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


def write_starter(
    folder: Path, *, today: date, country: str = "", language: str = "en", excel: bool = False
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Write a programme that loads without a fault; the files written, or why none was.

    The waves are the quarter of `today` and the next one; the calendar covers their years and the year after.
    """
    country = country.strip().upper()
    quarters = (Quarter.of(today), Quarter.of(today).next)
    years = sorted({quarter.year for quarter in quarters} | {quarters[-1].year + 1})
    rows, found = calendar_rows(country, years)
    if found:
        return (), found
    contents = _contents(folder.name, quarters, rows, country=country, language=language, excel=excel)
    present = [name for name in contents if (folder / name).exists()]
    # What an earlier call had begun when it was stopped is what this one would write: it is carried on with.
    begun = len(present) < len(contents) and all(_holds(folder / name, contents[name]()) for name in present)
    if present and not begun:
        return (), tuple(problem(EXISTS, Place((folder / name).as_posix()), name) for name in present)
    try:
        for quarter in quarters:
            (folder / "visits" / quarter.id).mkdir(parents=True, exist_ok=True)
        return tuple(_write(folder / name, content()) for name, content in contents.items()), ()
    except OSError as error:
        return (), (problem(NOT_WRITTEN, Place(folder.as_posix()), error.strerror or type(error).__name__),)


def _contents(
    name: str, quarters: Sequence[Quarter], days: list[list[str]], *, country: str, language: str, excel: bool
) -> dict[str, Callable[[], bytes]]:
    branches = [["code", "name", "region", "city", "opened", "closed", "time_zone", "open_days"]]
    branches += [
        [code, say(language, "starter.branch", n=n), region, "", "", "", "", ""] for code, n, region in _BRANCHES
    ]
    calendar = [["country", "date", "working", "note"], *days]
    # To be filled in by whoever wants them; columns are those that are read.
    tables = {"branches": branches, "calendar": calendar, **{name: [list(titles)] for name, titles in _EMPTY.items()}}
    yaml = programme_text(name, quarters, country=country, language=language)
    out = {"programme.yaml": yaml.encode, "columns/README.md": (say(language, "starter.columns") + "\n").encode}
    if excel:
        from auditkit.definitions.starter_book import workbook

        tables["shoppers"] = [list(_SHOPPERS)]
        return {**out, "programme.xlsx": lambda: workbook(tables)}
    return {**out, **{f"{name}.csv": partial(_csv, rows) for name, rows in tables.items()}}


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    # Excel takes a csv without this mark for the machine's old 8-bit encoding.
    return text.getvalue().encode("utf-8-sig")


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return path


def calendar_rows(country: str, years: Sequence[int]) -> tuple[list[list[str]], tuple[Problem, ...]]:
    """Every day of these years as country, date, working (yes, no), name of the holiday."""
    import holidays

    if country and country not in (known := holidays.list_supported_countries(include_aliases=True)):
        return [], (
            problem(NO_COUNTRY, Place("--country"), country, known=nearest(country, known) or "KZ, PL, RO, RU"),
        )
    free = holidays.country_holidays(country, years=list(years)) if country else None
    rows = []
    day = date(years[0], 1, 1)
    while day.year <= years[-1]:
        works = free.is_working_day(day) if free is not None else day.weekday() < 5
        note = free.get(day, "") if free is not None else ""
        rows.append([country, day.isoformat(), "yes" if works else "no", str(note)])
        day += timedelta(1)
    return rows, ()


def time_zone_of(country: str) -> str:
    """The time zone that most of a country lives in, as far as it is known; `UTC` otherwise."""
    if country in _ZONES:
        return _ZONES[country]
    try:
        table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    except (ImportError, OSError):
        return "UTC"
    zones = [line.split("\t")[2] for line in table.splitlines() if line.startswith(f"{country}\t")]
    return next((zone for zone in zones if is_time_zone(zone)), "UTC")


def programme_text(name: str, quarters: Sequence[Quarter], *, country: str, language: str) -> str:
    """programme.yaml with comments in the reader's language."""

    def told(key: str) -> str:
        return "\n".join(f"# {line}" for line in say(language, f"starter.{key}").splitlines())

    shipped = [id_ for id_ in FIRST if id_ in Shelf([shipped_folder()]).ids()] or ["phone-etiquette"]
    waves = [f"  - {{id: {q.id}, from: {q.first}, to: {q.last}}}" for q in quarters]
    checklists = [f"  - {{checklist: {id_}, weight: 1}}" for id_ in shipped]
    return "\n".join([
        told("head"),
        f"programme: {_id(name)}",
        f"name: {say(language, 'starter.name')}",
        f"language: {language}",
        *([f"country: {country}"] if country else []),
        f"time_zone: {time_zone_of(country) if country else 'UTC'}",
        "",
        told("waves"),
        "waves:",
        *waves,
        "",
        told("checklists"),
        "checklists:",
        *checklists,
        "",
        told("grades"),
        "grades:",
        f"  - {{grade: excellent, title: {say(language, 'starter.excellent')}, at_least: 90, verdict: pass}}",
        f"  - {{grade: good, title: {say(language, 'starter.good')}, at_least: 75, verdict: pass}}",
        f"  - {{grade: weak, title: {say(language, 'starter.weak')}, verdict: fail}}",
        "",
        told("rules"),
        "rules:",
        "  review: auto",
        "  decimals: 1",
        "",
    ])  # fmt: skip


def _id(name: str) -> str:
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "_-") else "-" for c in name).strip("-_")
    return (kept if kept[:1].isalpha() else f"p-{kept}".rstrip("-"))[:64]
