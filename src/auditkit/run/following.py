"""How far a wave is: every planned visit with what became of it, by the plan and by what the last run found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from auditkit.definitions.plans import read_plan
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.definitions.scenarios import load_scenarios
from auditkit.definitions.shoppers import read_shoppers
from auditkit.intake.inbox import Fate
from auditkit.model.following import Followed, State, Status
from auditkit.model.planning import Planned
from auditkit.model.programme import Branch, Wave
from auditkit.problems import Problem
from auditkit.run.deciding import Bench, Report
from auditkit.run.moved import behind

GRACE = timedelta(days=1)
"""From the last day of a visit until its report is overdue: reports come within 24 hours."""


_WORST_FIRST = (State.RETURNED, State.HELD, State.EXCLUDED, State.NOT_CARRIED_OUT, State.ACCEPTED)
_OF_FATE = {
    Fate.ACCEPTED: State.ACCEPTED,
    Fate.HELD: State.HELD,
    Fate.RETURNED: State.RETURNED,
    Fate.NOT_CARRIED_OUT: State.NOT_CARRIED_OUT,
    Fate.EXCLUDED: State.EXCLUDED,
}


def follow(home: ProgrammeFolder, wave: Wave, today: date) -> tuple[Status, list[Problem]]:
    """The wave on this day, by its plan and by what the last run found."""
    scenarios = load_scenarios(home)
    plan = read_plan(home, wave, scenarios)
    shoppers, _ = read_shoppers(home)
    bench = Bench.of(home, wave.id)
    of_visit: dict[str, list[Report]] = defaultdict(list)
    for each in bench.reports:
        if each.incoming.visit_id and each.fate.fate is not Fate.DUPLICATE:
            of_visit[each.incoming.visit_id].append(each)
    visits = tuple(_followed(each, of_visit.get(each.visit_id, ()), today) for each in plan.visits)
    known = {each.visit_id for each in plan.visits}
    status = Status(
        wave,
        today,
        bool(plan.file),
        visits,
        tuple(sorted(set(of_visit) - known)),
        tuple(each.incoming.file for each in bench.reports if not each.incoming.visit_id),
        tuple(_without(home, wave, bench)),
        shoppers or {},
        home.branches,
    )
    problems = [*scenarios.problems, *plan.problems]
    problems += behind(home.folder, [wave.id])
    return status, problems


def _followed(planned: Planned, reports: Sequence[Report], today: date) -> Followed:
    if not reports:
        late = planned.to is not None and today > planned.to + GRACE
        return Followed(planned, State.OVERDUE if late else State.TO_COME)
    best: dict[str, State] = {}
    for each in reports:
        state = _OF_FATE.get(each.fate.fate, State.RETURNED)
        own = each.incoming.checklist
        best[own] = max(best.get(own, state), state, key=_WORST_FIRST.index)
    files = tuple(sorted({each.incoming.file for each in reports if each.fate.fate is not Fate.EXCLUDED}))
    lacking = {each.partition("@")[0] for each in planned.checklists} - best.keys()
    if lacking and State.NOT_CARRIED_OUT not in best.values():
        return Followed(planned, State.PART, files)
    return Followed(planned, min(best.values(), key=_WORST_FIRST.index), files)


def _without(home: ProgrammeFolder, wave: Wave, bench: Bench) -> list[Branch]:
    accepted = {each.branch for each in bench.reports if each.fate.fate is Fate.ACCEPTED}
    return [
        branch
        for code, branch in home.branches.items()
        if code not in accepted and branch.open_between(wave.from_, wave.to)
    ]
