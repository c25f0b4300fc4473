"""A wave's plan held against the rules of the profession: who goes where again, in which language, on which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from auditkit.analysis.asking import ask
from auditkit.definitions.calendars import weekdays
from auditkit.definitions.plans import read_plan
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.definitions.scenarios import load_scenarios
from auditkit.definitions.shoppers import read_shoppers
from auditkit.model.planning import Planned, Shopper
from auditkit.model.programme import Branch, Wave
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.results.store import Store

ROTATION = declare(
    "D458",
    Severity.WARNING,
    finds="A shopper who is planned for a branch that she visited, or is to visit, less than 90 days before.",
    why="She may be known there, and sees what she expects.",
    mend="Plan somebody else, or a later day.",
)
NOT_SPOKEN = declare(
    "D459",
    Severity.WARNING,
    finds="A shopper planned for a visit in a language that shoppers.csv does not give her.",
    why="She would not be served as a customer of that branch is.",
    mend="Plan somebody who speaks it, or add the language to shoppers.csv.",
)
ONE_SHOPPER = declare(
    "D460",
    Severity.WARNING,
    finds="A branch whose visits of the wave are all made by one shopper.",
    why="Her way of seeing cannot be told from the branch.",
    mend="Give one of the visits to somebody else.",
)
ONE_BRANCH = declare(
    "D461",
    Severity.WARNING,
    finds="A shopper whose visits of the wave are all at one branch.",
    why="Her way of seeing cannot be told from the branch.",
    mend="Let her visit a second branch.",
)
COUNT = declare(
    "D462",
    Severity.WARNING,
    finds="A branch with another number of visits than `rules: visits_per_branch`, or than most have.",
    why="Means over branches with more and fewer visits do not say the same.",
    mend="Add or take away visits, or say the number in programme.yaml.",
)
NO_OPEN_DAY = declare(
    "D463",
    Severity.WARNING,
    finds="A planned visit in whose days the branch is never open, by its `open_days`.",
    why="The shopper would find a closed door.",
    mend="Plan a day on which it is open.",
)
REST = timedelta(days=90)
"""Until a shopper may come again."""
Seen = Mapping[tuple[str, str], Sequence[date]]
"""Branch, shopper → days of visits in other waves."""


def check_plan(
    home: ProgrammeFolder, wave: Wave, path: Path | None = None
) -> tuple[tuple[Planned, ...], list[Problem], str]:
    """The visits of a wave, everything that is wrong with its plan, and the plan's file ('' where there is none).

    `path`: a plan that lies elsewhere; default: the programme's own.
    """
    scenarios = load_scenarios(home)
    plan = read_plan(home, wave, scenarios, path)
    shoppers, _ = read_shoppers(home)
    file = plan.file or f"plan/{wave.id}.xlsx"
    problems = [*scenarios.problems, *plan.problems]
    if plan.file:
        problems += _rules(home, wave, plan.visits, shoppers or {}, file)
    return plan.visits, problems, plan.file


def _rules(
    home: ProgrammeFolder, wave: Wave, visits: Sequence[Planned], shoppers: Mapping[str, Shopper], file: str
) -> Iterator[Problem]:
    place = Place(file)
    yield from _rotation(visits, seen_elsewhere(home, wave), place)
    for each in visits:
        branch = home.branches[each.branch]
        yield from _spoken(each, branch, shoppers.get(each.shopper), place)
        yield from _open(each, branch, place)
    yield from _spread(visits, place)
    yield from _counts(home, wave, visits, place)


def seen_elsewhere(home: ProgrammeFolder, wave: Wave) -> Seen:
    """Visits of the other waves, as reported, else as planned."""
    found: dict[tuple[str, str], list[date]] = defaultdict(list)
    store = Store(home.folder / ".auditkit" / "results")
    others = [each for each in home.programme.waves if each.id != wave.id]
    reported = [each.id for each in others if each.id in store.waves]
    if reported:
        with store.open(reported) as tables:
            for branch, shopper, day in ask(tables, "shopper_days"):
                found[branch, shopper].append(day)
    scenarios = load_scenarios(home)
    for each in others:
        if each.id not in reported:
            for planned in read_plan(home, each, scenarios).visits:
                if planned.shopper and planned.from_ is not None:
                    found[planned.branch, planned.shopper].append(planned.from_)
    return found


def _rotation(visits: Sequence[Planned], seen: Seen, place: Place) -> Iterator[Problem]:
    here: dict[tuple[str, str], list[Planned]] = defaultdict(list)
    for each in visits:
        if each.shopper and each.from_ is not None:
            here[each.branch, each.shopper].append(each)
    for (branch, shopper), planned in here.items():
        days = sorted(each.from_ for each in planned if each.from_ is not None)
        last = max(each.to or each.from_ or date.min for each in planned)
        near = [day for day in seen.get((branch, shopper), ()) if days[0] - REST < day < last + REST]
        if near or len(days) > 1:
            other = max(near) if near else days[0]
            yield problem(ROTATION, place, shopper, branch=branch, day=other.isoformat())


def _spoken(each: Planned, branch: Branch, shopper: Shopper | None, place: Place) -> Iterator[Problem]:
    if shopper is None or not shopper.languages:
        return
    if each.language and each.language not in shopper.languages:
        facts = {"visit": each.visit_id, "branch": branch.code, "language": each.language}
        yield problem(NOT_SPOKEN, place, each.shopper, **facts)


def _open(each: Planned, branch: Branch, place: Place) -> Iterator[Problem]:
    days = weekdays(branch.open_days) if branch.open_days else None
    if days is None or each.from_ is None or each.to is None or each.to < each.from_:
        return
    span = min((each.to - each.from_).days, 6)
    if not any((each.from_ + timedelta(days=n)).weekday() in days for n in range(span + 1)):
        yield problem(NO_OPEN_DAY, place, each.visit_id, branch=branch.code, days=branch.open_days)


def _spread(visits: Sequence[Planned], place: Place) -> Iterator[Problem]:
    shoppers: dict[str, list[str]] = defaultdict(list)
    branches: dict[str, list[str]] = defaultdict(list)
    for each in visits:
        if each.shopper:
            shoppers[each.branch].append(each.shopper)
            branches[each.shopper].append(each.branch)
    for branch, who in shoppers.items():
        if len(who) > 1 and len(set(who)) == 1:
            yield problem(ONE_SHOPPER, place, branch, shopper=who[0], n=len(who))
    for shopper, where in branches.items():
        if len(where) > 1 and len(set(where)) == 1:
            yield problem(ONE_BRANCH, place, shopper, branch=where[0], n=len(where))


def _counts(home: ProgrammeFolder, wave: Wave, visits: Sequence[Planned], place: Place) -> Iterator[Problem]:
    counted: dict[str, int] = defaultdict(int)
    for each in visits:
        counted[each.branch] += 1
    open_ = [code for code, branch in home.branches.items() if branch.open_between(wave.from_, wave.to)]
    wanted = home.programme.rules.visits_per_branch
    if wanted is None:
        numbers = sorted(counted.get(code, 0) for code in open_)
        wanted = max(set(numbers), key=lambda n: (numbers.count(n), n)) if numbers else 0
    for code in open_:
        if counted.get(code, 0) != wanted:
            yield problem(COUNT, place, code, n=counted.get(code, 0), wanted=wanted)
