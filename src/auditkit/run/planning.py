"""The forms and briefs of a whole wave, a folder for every shopper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditkit.definitions.plans import read_plan
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.definitions.scenarios import Scenarios, load_scenarios
from auditkit.forms.blank import COLLECTED_AT_HOME, Blank
from auditkit.forms.brief.writing import Brief, write_brief
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.planning import Planned
from auditkit.model.scenario import Scenario
from auditkit.model.visit import Submission
from auditkit.problems import Problem, has_errors
from auditkit.run.marking import Write
from auditkit.run.names import safe_names
from auditkit.run.proving import only_fitting
from auditkit.run.waves import unknown_wave

Step = Callable[[int, int], None]
"""(forms written, of how many)."""


@dataclass
class WaveForms:
    """What was written for a wave."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    planned: bool = True
    """There is a plan; else every open branch is visited once."""
    shoppers: dict[str, int] = field(default_factory=dict)
    """Shopper ('' where nobody is named) → her forms, written now or before."""
    forms: list[Path] = field(default_factory=list)
    briefs: list[Path] = field(default_factory=list)
    kept: int = 0
    """Files that were there already."""


@dataclass(frozen=True)
class Forms:
    """How the forms are written."""

    write: Write
    ending: str
    many: bool = False
    """One form serves all visits with the same checklists: those of survey tools. Such a service may be abroad:
    nothing personal is asked where the country's law says so."""
    force: bool = False


def write_wave(
    home: ProgrammeFolder, wave: str, how: Forms, folder: Path | None = None, step: Step = lambda _done, _of: None
) -> WaveForms:
    """All forms of a wave, by default below `forms/WAVE/`. Nothing is written where the plan has errors."""
    target = folder if folder is not None else home.folder / "forms" / wave
    told = WaveForms(target)
    if (unknown := unknown_wave(home, wave)) is not None:
        told.problems.append(unknown)
        return told
    known = next(each for each in home.programme.waves if each.id == wave)
    scenarios = load_scenarios(home)
    plan = read_plan(home, known, scenarios)
    told.problems += [*scenarios.problems, *plan.problems]
    told.planned = bool(plan.file)
    if has_errors(told.problems):
        return told
    nameless = say(home.programme.language, "run.no_shopper")
    places = {"": nameless} | safe_names({each.shopper for each in plan.visits} - {""})
    if how.many:
        _for_all(home, plan.visits, wave, how, target, told)
    for at, visit in enumerate(plan.visits, 1):
        _one(home, visit, wave, scenarios, how, target / places[visit.shopper], told)
        told.shoppers[visit.shopper] = told.shoppers.get(visit.shopper, 0) + 1
        step(at, len(plan.visits))
    return told


def _one(
    home: ProgrammeFolder,
    visit: Planned,
    wave: str,
    scenarios: Scenarios,
    how: Forms,
    place: Path,
    told: WaveForms,
) -> None:
    checklists = list(_checklists(home, visit))
    language = language_of(home, visit)
    named = " ".join([visit.visit_id, *(each.checklist for each in checklists)])
    stem = safe_names([named])[named]
    path = place / f"{stem}{how.ending}"
    place.mkdir(parents=True, exist_ok=True)
    personal = home.programme.rules.employees
    blank = Blank(checklists, language, visit.visit_id, visit.branch, wave, visit.shopper or None, employees=personal)
    if not how.many and _writable(path, how, told):
        how.write(blank, path)
        told.forms.append(path)
    scenario = scenarios.scenarios.get(visit.scenario)
    brief = place / f"{stem} brief.html"
    if scenario is not None and _writable(brief, how, told):
        write_brief(brief_of(home, visit, scenario, checklists, "" if how.many else path.name), brief)
        told.briefs.append(brief)


def _for_all(
    home: ProgrammeFolder, visits: Sequence[Planned], wave: str, how: Forms, target: Path, told: WaveForms
) -> None:
    """One form for all visits with the same checklists; the visit's code, from the brief, is typed into it."""
    personal = "none" if home.programme.country in COLLECTED_AT_HOME else home.programme.rules.employees
    target.mkdir(parents=True, exist_ok=True)
    for visit in {each.checklists: each for each in visits}.values():
        checklists = list(_checklists(home, visit))
        named = " ".join([wave, *(each.checklist for each in checklists)])
        path = target / f"{safe_names([named])[named]}{how.ending}"
        if _writable(path, how, told):
            how.write(Blank(checklists, home.programme.language, wave=wave, employees=personal), path)
            told.forms.append(path)


def _writable(path: Path, how: Forms, told: WaveForms) -> bool:
    if path.exists() and not how.force:
        told.kept += 1
        return False
    return True


def _checklists(home: ProgrammeFolder, visit: Planned) -> Iterator[Checklist]:
    versions = {use.checklist: use.version for use in home.programme.checklists}
    for name in visit.checklists:
        id_, _, version = name.partition("@")
        found = home.library.get(id_, version or versions.get(id_))
        if found is not None:
            yield found


def language_of(home: ProgrammeFolder, visit: Planned) -> str:
    """Of a visit's form: the plan's or the shopper's, else the branch's, else the programme's."""
    branch = home.branches.get(visit.branch)
    return visit.language or (branch.language if branch is not None else "") or home.programme.language


def brief_of(
    home: ProgrammeFolder, visit: Planned, scenario: Scenario, checklists: list[Checklist], form: str
) -> Brief:
    """The brief of a planned visit."""
    branch = home.branches.get(visit.branch)
    parts = [visit.branch]
    if branch is not None:
        parts += [branch.name, "" if branch.city in branch.name else branch.city]
    where = ", ".join(part for part in parts if part)
    return Brief(
        scenario,
        language_of(home, visit),
        checklists,
        visit.visit_id,
        where,
        branch.opening_hours if branch is not None else "",
        visit.shopper,
        visit.from_,
        visit.to,
        form,
    )


def scenario_of(home: ProgrammeFolder, wave: str) -> Callable[[Submission], Scenario | None]:
    """The scenario of a reported visit: as planned, else the only one that its checklist belongs to."""
    known, scenarios = next((each for each in home.programme.waves if each.id == wave), None), load_scenarios(home)
    planned = read_plan(home, known, scenarios).visits if known is not None else ()
    by_code = {each.visit_id: scenarios.scenarios.get(each.scenario) for each in planned if each.scenario}

    def found(submission: Submission) -> Scenario | None:
        own = by_code.get(submission.visit_id)
        if own is not None:
            return own
        return only_fitting(scenarios.scenarios.values(), submission.checklist)

    return found
