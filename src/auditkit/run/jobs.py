"""What a programme's files are read and scored with: its definitions, branches, calendar and mappings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.evidence import listed, visits_with_evidence
from auditkit.problems import Problem
from auditkit.run.files import Job
from auditkit.run.holding import Holding
from auditkit.run.proving import Proving
from auditkit.run.purging.purged import gone_evidence, read_purges
from auditkit.run.wave import hash_of

if TYPE_CHECKING:
    from auditkit.model.columns import Columns


class Mapped(NamedTuple):
    """A mapping of the programme, and the files that it is for."""

    glob: str
    """Of names relative to the programme."""
    columns: Columns
    sha256: str
    """Of its file."""


def mappings_of(home: ProgrammeFolder) -> tuple[list[Mapped], list[Problem]]:
    """The mappings that `rules: columns:` names, in its order; the first that fits a file is taken."""
    rules = home.programme.rules.columns
    if not rules:
        return [], []
    from auditkit.definitions.columns import load_columns

    checklists = [home.library.get(use.checklist, use.version) for use in home.programme.checklists]
    found: list[Mapped] = []
    problems: list[Problem] = []
    for glob, name in rules.items():
        path = home.folder / "columns" / name
        columns, faults = load_columns(path, [each for each in checklists if each], name=f"columns/{name}")
        problems += faults
        if columns is not None:
            found.append(Mapped(glob if glob.startswith("visits/") else f"visits/{glob}", columns, hash_of(path)))
    return found, problems


def holding_of(home: ProgrammeFolder, proving: Proving | None = None) -> Holding:
    """The programme's rules for reports that wait, with the windows of all plans that can be read.

    `proving`: by the evidence of another time than now.
    """
    from auditkit.definitions.plans import windows_of

    waves = {wave.id: (wave.from_, wave.to) for wave in home.programme.waves}
    rules = home.programme.rules
    proved = proving_of(home) if proving is None else proving
    return Holding(waves, windows_of(home), rules.mark_after_hours, rules.hold_after_hours, proved)


def proving_of(home: ProgrammeFolder, there: Evidence | None = None) -> Proving:
    """The proof that scenarios ask for, and what lies in the folders of evidence; `there`: what lay there once."""
    found = evidence_of(home) if there is None else there
    if not found:
        return Proving()
    from auditkit.definitions.plans import scenarios_of
    from auditkit.definitions.scenarios import load_scenarios

    scenarios = tuple(load_scenarios(home).scenarios.values())
    return Proving(scenarios, scenarios_of(home, found) if scenarios else {}, found)


Evidence = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Wave → visit → names of its files, for every wave with a folder of evidence."""


def evidence_of(home: ProgrammeFolder) -> Evidence:
    """What lies below `evidence/`, or lay there until its time was over; no file is opened."""
    tops = {wave.id: home.folder / "evidence" / wave.id for wave in home.programme.waves}
    found: dict[str, dict[str, tuple[str, ...]]] = {
        wave: {folder.name: tuple(path.name for path in listed(folder)) for folder in visits_with_evidence(top)}
        for wave, top in tops.items()
        if top.is_dir()
    }
    gone = gone_evidence(read_purges(home.folder)[0], home.folder) if found else {}
    for wave in found.keys() & gone.keys():
        for visit, names in gone[wave].items():
            found[wave][visit] = (*found[wave].get(visit, ()), *names)
    return {wave: {visit: tuple(sorted(names)) for visit, names in own.items()} for wave, own in found.items()}


def job_of(home: ProgrammeFolder, mappings: list[Mapped], today: date | None, proving: Proving | None = None) -> Job:
    """`today`: days after it are refused as days of a visit; `None`: no day is. `proving`: see `holding_of`."""
    return Job(
        checklists=home.library,
        columns=tuple((each.glob, each.columns) for each in mappings),
        branches=home.branches,
        calendar=home.calendar,
        calendars={code: own for code in home.branches if (own := home.calendar_of(code)) is not home.calendar},
        time_zone=home.programme.time_zone,
        today=today,
        date_order=home.programme.rules.date_order,
        root=home.folder,
        holding=holding_of(home, proving),
        decisions=home.decisions,
    )
