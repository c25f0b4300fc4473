"""Proofs over a programme: its waves follow each other, and everything that it names is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from auditkit.definitions.branches import TIME_ZONE, is_time_zone, nearest_zone
from auditkit.definitions.calendars import covered
from auditkit.definitions.documents import Document
from auditkit.definitions.proofs_grades import prove_grades
from auditkit.definitions.shelf import Shelf
from auditkit.model.programme import Branch, Programme, WorkingCalendar
from auditkit.model.retention import USUAL
from auditkit.problems import Code, Problem, Severity, declare, nearest, problem

BACKWARDS = declare(
    "D410",
    Severity.ERROR,
    finds="A wave that ends before it begins.",
    why="No visit could fall into it.",
    mend="Exchange `from` and `to`.",
)
OVERLAP = declare(
    "D411",
    Severity.ERROR,
    finds="Waves that overlap, or that are not in the order of their dates.",
    why="A visit on a day of two waves would count in both, and trends follow the order of the waves.",
    mend="Order the waves by date and let each end before the next begins.",
)
WAVE_TWICE = declare(
    "D412",
    Severity.ERROR,
    finds="Two waves with the same id.",
    why="Visits and reports name the wave by its id.",
    mend="Give one of them another id.",
)
NO_CHECKLIST = declare(
    "D413",
    Severity.ERROR,
    finds="A checklist, or a version of it, that is neither in checklists/ nor among those that are shipped.",
    why="Visits on it could not be scored.",
    mend="Correct the name or the version, or put the definition into checklists/.",
)
CHECKLIST_TWICE = declare(
    "D414",
    Severity.ERROR,
    finds="A checklist that the programme names twice.",
    why="Which weight or version holds would be a guess.",
    mend="Delete one of the two.",
)
WEIGHTS = declare(
    "D415",
    Severity.ERROR,
    finds="Checklists whose weights add up to 0.",
    why="A branch's index, their weighted mean, would not exist.",
    mend="Give at least one of them a weight above 0.",
)
NO_MAPPING = declare(
    "D416",
    Severity.ERROR,
    finds="A column mapping that is not in columns/.",
    why="The files it is meant for could not be read.",
    mend="Correct the name, or put the mapping into columns/.",
)
NO_SECTIONS = declare(
    "D426",
    Severity.ERROR,
    finds="A grade of the programme with a limit on sections.",
    why="These grades are those of the index, over all checklists; it has no sections, and the limit would hold "
    "for everybody.",
    mend="Delete the limit, or set it in the grades of the checklist.",
)
NO_OPEN_DAYS = declare(
    "D424",
    Severity.WARNING,
    finds="A branch without opening days in a programme that counts by them (`calendar: branch`).",
    why="The country's working days are taken for it instead.",
    mend="Fill the column `open_days`: mon-fri, daily …",
)
UNCOVERED = declare(
    "D425",
    Severity.WARNING,
    finds="A calendar that does not know all dates of the waves.",
    why="Deadlines in working days that meet an unknown date cannot be reckoned.",
    mend="Add the missing dates to calendar.csv.",
)
LONG_KEPT = declare(
    "D445",
    Severity.WARNING,
    finds="Evidence that is kept for longer than is usual in the programme's country, without a word why.",
    why="Recordings of people may be kept while they are needed, and the country says for how long at most.",
    mend="Shorten it, or say under `retention: because:` why it is needed for longer.",
)


class _Say:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def __call__(self, code: Code, path: Sequence[str | int], value: object = "", /, **facts: object) -> None:
        self.problems.append(problem(code, self.document.place(path), value, **facts))


def prove_programme(
    programme: Programme, document: Document, shelf: Shelf, folder: Path, gone: frozenset[str] = frozenset()
) -> list[Problem]:
    """Waves, checklists, mappings, grades and the time zone; `gone`: keys that only stand in for faulty ones."""
    say = _Say(document)
    if "waves" not in gone:
        _waves(say, programme)
    if "checklists" not in gone:
        _checklists(say, programme, shelf)
    for glob, name in programme.rules.columns.items():
        if not (folder / "columns" / name).is_file():
            known = [each.name for each in sorted(folder.glob("columns/*.y*ml"))]
            say(NO_MAPPING, ("rules", "columns", glob), name, known=nearest(name, known) or ", ".join(known) or "–")
    if not is_time_zone(programme.time_zone):
        say(TIME_ZONE, ("time_zone",), programme.time_zone, known=nearest_zone(programme.time_zone))
    _retention(say, programme)
    prove_grades(say, programme.grades)
    for at, row in enumerate(programme.grades):
        for key in ("each_section_at_least", "each_section_at_most"):
            if getattr(row, key) is not None:
                say(NO_SECTIONS, ("grades", at, key), key, grade=row.grade)
    return say.problems


def _retention(say: _Say, programme: Programme) -> None:
    for kind, usual in USUAL.get(programme.country, {}).items():
        days = programme.retention.days(kind)
        if days is not None and days > usual and not programme.retention.because.strip():
            say(LONG_KEPT, ("retention", kind), days, kind=kind, usual=usual, country=programme.country)


def _waves(say: _Say, programme: Programme) -> None:
    seen: set[str] = set()
    for at, wave in enumerate(programme.waves):
        if wave.to < wave.from_:
            say(BACKWARDS, ("waves", at, "to"), wave.to, wave=wave.id)
        if wave.id in seen:
            say(WAVE_TWICE, ("waves", at, "id"), wave.id)
        seen.add(wave.id)
    for at, (before, wave) in enumerate(pairwise(programme.waves), 1):
        if wave.from_ <= before.to and before.from_ <= before.to:
            say(OVERLAP, ("waves", at, "from"), wave.from_, wave=wave.id, before=before.id, until=before.to)


def _checklists(say: _Say, programme: Programme, shelf: Shelf) -> None:
    seen: set[str] = set()
    for at, use in enumerate(programme.checklists):
        if shelf.path(use.checklist, use.version) is None:
            kept = [volume.version for volume in shelf.volumes(use.checklist)]
            named = f"{use.checklist} {use.version}" if kept else use.checklist
            known = ", ".join(kept) or nearest(use.checklist, shelf.ids()) or ", ".join(shelf.ids())
            say(NO_CHECKLIST, ("checklists", at, "version" if kept else "checklist"), named, known=known)
        if use.checklist in seen:
            say(CHECKLIST_TWICE, ("checklists", at, "checklist"), use.checklist)
        seen.add(use.checklist)
    if not any(use.weight for use in programme.checklists):
        say(WEIGHTS, ("checklists",), 0)


def prove_branches(
    programme: Programme, branches: Mapping[str, Branch], document: Document, calendar: WorkingCalendar
) -> Iterator[Problem]:
    """What programme, branches and calendar say about each other."""
    if programme.rules.calendar == "branch":
        without = [code for code, branch in branches.items() if not branch.open_days]
        if without:
            codes = ", ".join(without[:5]) + (" …" if len(without) > 5 else "")
            yield problem(NO_OPEN_DAYS, document.place(("rules", "calendar")), codes)
    if calendar.days and not covered(calendar, [(wave.from_, wave.to) for wave in programme.waves]):
        last = max(calendar.days)
        yield problem(UNCOVERED, document.place(("waves",), key=True), f"{min(calendar.days)} … {last}")
