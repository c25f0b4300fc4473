"""The plan of a wave, read with every fault by its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.definitions.rows import Row
from auditkit.definitions.scenarios import Scenarios
from auditkit.definitions.shoppers import TWICE, languages_in, parts_of, plan_rows, read_shoppers
from auditkit.model.planning import Planned, Shopper
from auditkit.model.programme import Branch, Wave
from auditkit.problems import Problem, Severity, declare, nearest

NO_BRANCH = declare(
    "D450",
    Severity.ERROR,
    finds="A planned visit to a branch that branches.csv does not have, or to none.",
    why="Its report could be counted nowhere.",
    mend="Correct the code, or add the branch.",
)
NO_SHOPPER = declare(
    "D451",
    Severity.ERROR,
    finds="A planned visit by a shopper whom shoppers.csv does not have.",
    why="Nobody knows in which language the form should be, nor whether the visit is allowed.",
    mend="Correct the code, or add the shopper.",
)
NO_SCENARIO = declare(
    "D452",
    Severity.ERROR,
    finds="A planned visit with a scenario or checklist that the programme does not have.",
    why="No form can be written for it.",
    mend="Correct the name, or add the scenario or checklist.",
)
OUTSIDE = declare(
    "D454",
    Severity.WARNING,
    finds="A planned visit outside the days of its wave.",
    why="It would be reported in a wave in which it was not made.",
    mend="Correct the date, or the wave in programme.yaml.",
)
SHUT = declare(
    "D455",
    Severity.WARNING,
    finds="A planned visit to a branch that is not open then, by branches.csv.",
    why="The shopper would find a closed door.",
    mend="Correct the date, or leave the visit out.",
)
BARRED = declare(
    "D457",
    Severity.ERROR,
    finds="A planned visit to a branch that the shopper is barred from.",
    why="She is known there, or has a stake in the result.",
    mend="Plan somebody else.",
)


class Plan(NamedTuple):
    """The visits of a wave in their order, and what is wrong."""

    visits: tuple[Planned, ...]
    problems: tuple[Problem, ...]
    file: str = ""
    """Empty: there is no plan, every open branch is visited once."""


def read_plan(home: ProgrammeFolder, wave: Wave, scenarios: Scenarios, path: Path | None = None) -> Plan:
    """`plan/WAVE.xlsx` or `.csv`; without one, every branch that is open in the wave, once."""
    shoppers, problems = read_shoppers(home)
    given, path = path, path or plan_of(home, wave.id)
    if path is None:
        return Plan(tuple(_register(home, wave, scenarios)), tuple(problems))
    name = f"plan/{path.name}" if given is None else path.as_posix()
    rows, found = plan_rows(path, name, ("branch",))
    reader = _Reader(home, wave, scenarios, shoppers)
    visits = [planned for row in rows if (planned := reader.one(row)) is not None]
    return Plan(tuple(visits), (*problems, *found, *reader.problems), name)


def windows_of(home: ProgrammeFolder) -> dict[tuple[str, str], tuple[date, date]]:
    """Wave, visit → first and last day that its plan leaves it; an appointment for one day is no window.

    What is wrong with a plan is said by the commands that need it.
    """
    found: dict[tuple[str, str], tuple[date, date]] = {}
    for wave in home.programme.waves:
        for code, reader, row in _coded(home, wave):
            start, end = reader.days(row)
            if start < end and (start, end) != (wave.from_, wave.to):
                found[wave.id, code] = start, end
    return found


def scenarios_of(home: ProgrammeFolder, waves: Iterable[str]) -> dict[tuple[str, str], str]:
    """Wave, visit → the scenario that its plan names; what is wrong with a plan is said elsewhere."""
    found: dict[tuple[str, str], str] = {}
    for wave in (each for each in home.programme.waves if each.id in set(waves)):
        found |= {(wave.id, code): name for code, _, row in _coded(home, wave) if (name := row.text("scenario"))}
    return found


def _coded(home: ProgrammeFolder, wave: Wave) -> Iterator[tuple[str, _Reader, Row]]:
    """The rows of a wave's plan with the code of their visit."""
    path = plan_of(home, wave.id)
    reader = _Reader(home, wave, Scenarios({}, frozenset(), ()), None)
    for row in plan_rows(path, path.name, ("branch",))[0] if path is not None else ():
        branch = row.text("branch")
        if branch in home.branches and (code := reader.code(row, branch)):
            yield code, reader, row


def plan_of(home: ProgrammeFolder, wave: str) -> Path | None:
    """The file of a wave's plan; `None` where there is none."""
    return next((p for e in ("xlsx", "csv") if (p := home.folder / "plan" / f"{wave}.{e}").is_file()), None)


def _register(home: ProgrammeFolder, wave: Wave, scenarios: Scenarios) -> Iterator[Planned]:
    only = next(iter(scenarios.scenarios.values())) if len(scenarios.scenarios) == 1 else None
    checklists = only.checklists if only is not None and only.checklists else _all(home)
    for code, branch in home.branches.items():
        if branch.open_between(wave.from_, wave.to):
            name = only.scenario if only is not None else ""
            yield Planned(f"{wave.id}-{code}-1", code, checklists, name, from_=wave.from_, to=wave.to)


def _all(home: ProgrammeFolder) -> tuple[str, ...]:
    return tuple(use.checklist for use in home.programme.checklists)


class _Reader:
    """Reads the rows of a plan."""

    def __init__(
        self, home: ProgrammeFolder, wave: Wave, scenarios: Scenarios, shoppers: Mapping[str, Shopper] | None
    ) -> None:
        self._home, self._wave, self._scenarios, self._shoppers = home, wave, scenarios, shoppers
        self._counts: dict[str, int] = {}
        self._codes: set[str] = set()
        self.problems: list[Problem] = []

    def one(self, row: Row) -> Planned | None:
        """The visit of a row; `None` where it cannot be planned, which is said."""
        branch = self._branch(row)
        checklists, scenario = self._what(row)
        shopper = self._shopper(row, branch)
        start, end = self.days(row)
        languages = tuple(languages_in(row, "language", self.problems))
        if branch is None:
            return None
        self._dates(row, branch, start, end)
        code = self.code(row, branch.code)
        known = self._shoppers.get(shopper) if self._shoppers is not None else None
        own = languages or (known.languages if known is not None else ())
        said = own[0] if own else ""
        return Planned(code, branch.code, checklists, scenario, shopper, said, start, end)

    def days(self, row: Row) -> tuple[date, date]:
        """First and last day of a visit; where the row gives none, of the wave."""
        first, last = row.day("from", self.problems), row.day("to", self.problems)
        return first or self._wave.from_, last or first or self._wave.to

    def code(self, row: Row, branch: str) -> str:
        """The visit's code: its own, else the next of the branch; one that stands twice is said."""
        self._counts[branch] = self._counts.get(branch, 0) + 1
        code = row.text("visit") or f"{self._wave.id}-{branch}-{self._counts[branch]}"
        if code in self._codes:
            self.problems.append(row.say(TWICE, "visit", code))
        self._codes.add(code)
        return code

    def _branch(self, row: Row) -> Branch | None:
        code = row.text("branch")
        branch = self._home.branches.get(code)
        if branch is None:
            near = nearest(code, self._home.branches) or ", ".join(list(self._home.branches)[:8])
            self.problems.append(row.say(NO_BRANCH, "branch", code, nearest=near))
        return branch

    def _what(self, row: Row) -> tuple[tuple[str, ...], str]:
        name, known = row.text("scenario"), self._scenarios.scenarios
        scenario = known.get(name)
        if name and scenario is None and name not in self._scenarios.faulty:
            near = nearest(name, known) or ", ".join(known)
            self.problems.append(row.say(NO_SCENARIO, "scenario", name, nearest=near))
        own = parts_of(row.text("checklists"))
        uses = _all(self._home)
        for each in own:
            if self._home.library.get(each.partition("@")[0], each.partition("@")[2] or None) is None:
                near = nearest(each, uses) or ", ".join(uses)
                self.problems.append(row.say(NO_SCENARIO, "checklists", each, nearest=near))
        return own or (scenario.checklists if scenario is not None else ()) or uses, name

    def _shopper(self, row: Row, branch: Branch | None) -> str:
        code = row.text("shopper")
        if code and self._shoppers is not None:
            known = self._shoppers.get(code)
            if known is None:
                near = nearest(code, self._shoppers) or ", ".join(list(self._shoppers)[:8])
                self.problems.append(row.say(NO_SHOPPER, "shopper", code, nearest=near))
            elif branch is not None and branch.code in known.barred:
                self.problems.append(row.say(BARRED, "shopper", code, branch=branch.code))
        return code

    def _dates(self, row: Row, branch: Branch, start: date, end: date) -> None:
        name = "from" if row.raw("from") is not None else "to"
        wave = self._wave
        if start < wave.from_ or end > wave.to or end < start:
            self.problems.append(row.say(OUTSIDE, name, f"{start} – {end}", start=wave.from_, end=wave.to))
        if not branch.open_between(start, end):
            self.problems.append(row.say(SHUT, "branch", branch.code, day=str(start)))
