"""A programme folder: programme.yaml with its branches, calendar and checklists, read and proved together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from auditkit.definitions.branches import read_branches
from auditkit.definitions.calendars import branch_calendar, read_calendar
from auditkit.definitions.checklists import by_place
from auditkit.definitions.copies import copies_in
from auditkit.definitions.decisions import read_decisions
from auditkit.definitions.documents import Document
from auditkit.definitions.faults import Shape, faults
from auditkit.definitions.history import Own, read_history
from auditkit.definitions.library import Library, draft, shipped_folder
from auditkit.definitions.people import read_managers, read_staff
from auditkit.definitions.proofs_programme import prove_branches, prove_programme
from auditkit.definitions.rows import open_table
from auditkit.definitions.yaml_source import read_yaml
from auditkit.model import programme as p
from auditkit.model.checklist import Checklist, Grade
from auditkit.model.decision import NO_DECISIONS, Decisions
from auditkit.model.past import NO_PAST, Past
from auditkit.model.people import NOBODY, Stays
from auditkit.model.retention import Retention
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem

if TYPE_CHECKING:
    from auditkit.tables.table import Book, Sheet

NO_PROGRAMME = declare(
    "D401",
    Severity.ERROR,
    finds="A folder without programme.yaml.",
    why="Waves, checklists and rules stand in it; without it files can only be scored one by one.",
    mend="Name the programme's folder, or make one: `auditkit init FOLDER`.",
)
NO_BRANCHES = declare(
    "D402",
    Severity.ERROR,
    finds="A programme without branches: neither branches.csv nor a sheet `branches` in programme.xlsx.",
    why="Reports are per branch, and a misspelt code can be told only from the list of the right ones.",
    mend="Add branches.csv with the columns code, name, region, city.",
)

SHAPE = Shape(
    p.Programme,
    {
        "waves": p.Wave,
        "checklists": p.ChecklistUse,
        "grades": Grade,
        "rules": p.Rules,
        "people": p.Person,
        "retention": Retention,
    },
    more={},
)


@dataclass(frozen=True)
class ProgrammeFolder:
    """Everything that a run needs to know before it looks at visits. Picklable."""

    folder: Path
    programme: p.Programme
    branches: dict[str, p.Branch]
    calendar: p.WorkingCalendar
    sha256: str
    """Over programme.yaml and the branches as they were read."""
    library: Library = field(compare=False)
    decisions: Decisions = NO_DECISIONS
    """What people decided, from decisions.csv; not in `sha256`."""
    managers: Stays = NOBODY
    """From managers.csv; not in `sha256`, since no score hangs on it."""
    staff: Stays = NOBODY
    """From staff.csv; not in `sha256` either."""
    history: Past = NO_PAST
    """From history.csv; not in `sha256` either."""

    def calendar_of(self, branch: str) -> p.WorkingCalendar:
        """The working days that count at a branch."""
        known = self.branches.get(branch)
        if known is None:
            return self.calendar
        return branch_calendar(self.calendar, known, own_days=self.programme.rules.calendar == "branch")

    def time_zone_of(self, branch: str) -> str:
        """The branch's own time zone, else the programme's."""
        known = self.branches.get(branch)
        return (known.time_zone if known else "") or self.programme.time_zone


def drafts_of(home: ProgrammeFolder) -> list[Problem]:
    """A problem for every checklist of the programme that is not approved yet."""
    place = Place("programme.yaml")
    return [each for checklist in _used(home.programme, home.library) for each in draft(checklist, place)]


def _used(programme: p.Programme | None, library: Library) -> Iterator[Checklist]:
    """The checklists of a programme that are there and free of errors, each read when it is asked for."""
    for use in programme.checklists if programme is not None else ():
        if (found := library.get(use.checklist, use.version)) is not None:
            yield found


def load_programme(folder: Path | str) -> tuple[ProgrammeFolder | None, tuple[Problem, ...]]:
    """The programme in a folder, `None` where an error stands in the way; problems name files relative to it."""
    folder = Path(folder)
    source = next((folder / name for name in ("programme.yaml", "programme.yml") if (folder / name).is_file()), None)
    if source is None:
        return None, (problem(NO_PROGRAMME, Place(folder.as_posix()), folder.resolve().name),)
    document, read = read_yaml(source, source.name)
    if document is None:
        return None, read
    problems = list(read)
    programme, gone = _programme(document, problems)
    tables = _Tables(folder, problems)
    branches, calendar = tables.branches(), tables.calendar(str(document.data.get("country", "")).upper())
    library = Library([folder / "checklists", shipped_folder()])
    managers, staff = tables.managers(branches), tables.staff(branches, _used(programme, library))
    history = tables.history(branches, programme, library)
    if programme is not None:
        problems.extend(prove_programme(programme, document, library, folder, gone))
        if not gone & {"rules", "waves"}:
            problems.extend(prove_branches(programme, branches, document, calendar))
    decisions, found = read_decisions(folder, [wave.id for wave in programme.waves] if programme is not None else [])
    problems += found if programme is not None else []
    problems += copies_in(folder)
    problems = sorted(dict.fromkeys(problems), key=by_place)
    if programme is None or has_errors(problems):
        return None, tuple(problems)
    digest = hashlib.sha256("\n".join([document.sha256, *tables.hashes]).encode()).hexdigest()
    beside = (decisions or NO_DECISIONS, managers, staff, history)
    return ProgrammeFolder(folder, programme, branches, calendar, digest, library, *beside), tuple(problems)


_STAND_INS: dict[str, Any] = {
    "programme": "x",
    "name": "x",
    "waves": [{"id": "x", "from": "2000-01-01", "to": "2000-01-01"}],
    "checklists": ["x"],
}


def _programme(document: Document, problems: list[Problem]) -> tuple[p.Programme | None, frozenset[str]]:
    """The programme, and which of its keys are faulty: what is well formed is proved beside what is not."""
    try:
        return p.Programme.model_validate(document.data), frozenset()
    except ValidationError as error:
        problems.extend(faults(error, document.data, SHAPE, document.place))
        gone = frozenset(str(each["loc"][0]) for each in error.errors(include_url=False) if each["loc"])
    rest = {key: value for key, value in document.data.items() if key not in gone}
    try:
        return p.Programme.model_validate({**_STAND_INS, **rest}), gone
    except ValidationError:
        return None, gone


def _sheet_hash(sheet: Sheet) -> str:
    """Of what stands in it: a stay more on another sheet changes no score."""
    made = hashlib.sha256()
    for row in sheet.rows:
        made.update(repr(list(row)).encode())
    return made.hexdigest()


class _Tables:
    """The tables of a folder, each a csv of its own or a sheet of programme.xlsx."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        self.folder = folder
        self.problems = problems
        self.hashes: list[str] = []
        self.book: Book | None = None
        book = folder / "programme.xlsx"
        if book.is_file():
            self.book, found = open_table(book, book.name)
            problems.extend(found)

    def _table(self, name: str) -> tuple[str, Sheet, str, bool] | None:
        """File, sheet, hash, and whether it is a sheet of the workbook; `None` where there is no such table."""
        path = self.folder / f"{name}.csv"
        if path.is_file():
            book, found = open_table(path, path.name)
            self.problems.extend(found)
            return (path.name, book.sheets[0], book.sha256, False) if book is not None and book.sheets else None
        if self.book is not None:
            for sheet in self.book.sheets:
                if sheet.name.strip().casefold() == name:
                    return self.book.file, sheet, _sheet_hash(sheet), True
        return None

    def branches(self) -> dict[str, p.Branch]:
        """Branches by code."""
        table = self._table("branches")
        if table is None:
            if not has_errors(self.problems):
                self.problems.append(problem(NO_BRANCHES, Place("branches.csv"), "branches.csv"))
            return {}
        file, sheet, sha256, workbook = table
        self.hashes.append(sha256)
        branches, found = read_branches(file, sheet, workbook=workbook)
        self.problems.extend(found)
        return branches

    def calendar(self, country: str) -> p.WorkingCalendar:
        """Working days; without a calendar none is known."""
        table = self._table("calendar")
        if table is None:
            return p.WorkingCalendar({}, "")
        file, sheet, sha256, workbook = table
        calendar, found = read_calendar(file, sheet, country, workbook=workbook, sha256=sha256)
        self.problems.extend(found)
        return calendar

    def managers(self, branches: Mapping[str, p.Branch]) -> Stays:
        """Who managed which branch when; nobody where there is no such table, or no branch that it could name."""
        table = self._table("managers")
        if table is None or not branches:
            return NOBODY
        file, sheet, _, workbook = table
        stays, found = read_managers(file, sheet, branches, workbook=workbook)
        self.problems.extend(found)
        return stays

    def staff(self, branches: Mapping[str, p.Branch], checklists: Iterable[Checklist]) -> Stays:
        """Who worked at which branch when."""
        table = self._table("staff")
        if table is None or not branches:
            return NOBODY
        file, sheet, _, workbook = table
        stays, found = read_staff(file, sheet, branches, checklists, workbook=workbook)
        self.problems.extend(found)
        return stays

    def history(self, branches: Mapping[str, p.Branch], programme: p.Programme | None, library: Library) -> Past:
        """The scores of earlier years; none where it cannot be known which waves and branches there are."""
        table = self._table("history")
        if table is None or not branches or programme is None:
            return NO_PAST
        file, sheet, _, workbook = table
        waves, uses = (wave.id for wave in programme.waves), (use.checklist for use in programme.checklists)
        own = Own(branches, tuple(waves), tuple(uses), _used(programme, library))
        past, found = read_history(file, sheet, own, workbook=workbook)
        self.problems.extend(found)
        return past
