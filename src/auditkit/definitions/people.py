"""managers.csv and staff.csv: one row a stay at a branch, read with every fault by its cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from auditkit.definitions.branch_codes import BranchCodes
from auditkit.definitions.rows import Row, rows_of
from auditkit.locales import LANGUAGES
from auditkit.model.checklist import Checklist
from auditkit.model.people import Stay, Stays
from auditkit.model.programme import Branch
from auditkit.problems import Problem, Severity, declare, nearest

if TYPE_CHECKING:
    from auditkit.tables.table import Sheet

NO_CODE = declare(
    "D482",
    Severity.ERROR,
    finds="A stay in managers.csv or staff.csv that does not say whose it is.",
    why="Visits of that time would belong to nobody.",
    mend="Write the person's code; it need not say who it is.",
)
NO_START = declare(
    "D483",
    Severity.ERROR,
    finds="A stay without its first day.",
    why="Whom an earlier visit belongs to would be a guess.",
    mend="Write the first day into `from`; a day before the first wave will do. `to` may be blank: still there.",
)
ENDS_FIRST = declare(
    "D484",
    Severity.ERROR,
    finds="A stay that ends before it begins.",
    why="No visit could fall into it.",
    mend="Correct the dates.",
)
TWO_NAMES = declare(
    "D485",
    Severity.ERROR,
    finds="A code of managers.csv or staff.csv that stands for two names.",
    why="Two persons would be counted as one.",
    mend="Give one of them another code, or write the same name in all rows of the code.",
)
STAYS_TWICE = declare(
    "D486",
    Severity.WARNING,
    finds="Two stays of one person at one branch that share days.",
    why="Nothing is counted twice, but one of the dates is probably wrong.",
    mend="Let the first stay end before the second begins, or make one row of the two.",
)
TWO_MANAGERS = declare(
    "D487",
    Severity.WARNING,
    finds="Two managers of one branch on the same day.",
    why="A visit on such a day belongs to neither: its column `manager` stays empty.",
    mend="Let one stay end on the day before the other begins.",
)
NO_POSITION = declare(
    "D488",
    Severity.WARNING,
    finds="A position in staff.csv that no checklist of the programme has under `positions:` or `for:`.",
    why="What the checklists say of a position would never reach these employees.",
    mend="Write the position as the checklists do, by its id or its title in any language.",
)
NO_LANGUAGE = declare(
    "D489",
    Severity.WARNING,
    finds="A language in staff.csv that nothing is written in.",
    why="It is left aside, and the branch's language is taken.",
    mend="Write en, ru, kk, pl or ro, or leave the cell empty.",
)

MANAGERS = ("code", "name", "branch", "from", "to")
STAFF = ("code", "name", "branch", "position", "from", "to", "language")
_NEEDS = ("code", "branch", "from")


def read_managers(
    file: str, sheet: Sheet, branches: Mapping[str, Branch], *, workbook: bool
) -> tuple[Stays, list[Problem]]:
    """Who managed which branch when; a row with a fault is left out and said."""
    found, problems = _read(file, sheet, branches, MANAGERS, workbook=workbook)
    return Stays(tuple(stay for _, stay in found)), [*problems, *_names(found), *_shared(found, managers=True)]


def read_staff(
    file: str, sheet: Sheet, branches: Mapping[str, Branch], checklists: Iterable[Checklist], *, workbook: bool
) -> tuple[Stays, list[Problem]]:
    """Who worked at which branch in which position when. `checklists` are asked for only where a position stands."""
    found, problems = _read(file, sheet, branches, STAFF, workbook=workbook)
    if any(stay.position for _, stay in found):
        known = list(checklists)
        problems += _positions(found, known)
        found = [(row, replace(stay, position=_position(stay.position, known))) for row, stay in found]
    return Stays(tuple(stay for _, stay in found)), [*problems, *_names(found), *_shared(found, managers=False)]


_Found = list[tuple[Row, Stay]]


def _read(
    file: str, sheet: Sheet, branches: Mapping[str, Branch], columns: Sequence[str], *, workbook: bool
) -> tuple[_Found, list[Problem]]:
    rows, typed, problems = rows_of(file, sheet, workbook=workbook, needs=_NEEDS, known=columns)
    if problems:
        return [], problems
    further = {key: name for key, name in typed.items() if key not in columns}
    codes = BranchCodes(branches)
    stays = ((row, _stay(row, columns, further, codes, problems)) for row in rows)
    found = [(row, stay) for row, stay in stays if stay is not None]
    return found, [*problems, *codes.problems]


def _stay(
    row: Row, columns: Sequence[str], further: Mapping[str, str], codes: BranchCodes, problems: list[Problem]
) -> Stay | None:
    code, branch = row.text("code"), codes.of(row)
    if not code:
        problems.append(row.say(NO_CODE, "code"))
    first, last = row.day("from", problems), row.day("to", problems)
    if row.raw("from") is None:
        problems.append(row.say(NO_START, "from"))
    if first and last and last < first:
        problems.append(row.say(ENDS_FIRST, "to", last, start=first))
        return None
    if not code or not branch or first is None or (last is None and row.raw("to") is not None):
        return None
    own = {name: row.text(name) for name in ("position", "language") if name in columns}
    if own.get("language") and own["language"].casefold() not in LANGUAGES:
        problems.append(row.say(NO_LANGUAGE, "language", own["language"]))
        own["language"] = ""
    own = {name: text.casefold() if name == "language" else text for name, text in own.items()}
    more = {name: row.text(key) for key, name in further.items() if row.text(key)}
    return Stay(code, branch, first, last, row.text("name"), more=more, **own)


def _names(found: _Found) -> Iterator[Problem]:
    first: dict[str, tuple[Row, Stay]] = {}
    for row, stay in found:
        if not stay.name:
            continue
        there, other = first.setdefault(stay.code, (row, stay))
        if other.name.casefold() != stay.name.casefold():
            yield row.say(TWO_NAMES, "name", stay.name, code=stay.code, other=other.name, row=there.row)


def _shared(found: _Found, *, managers: bool) -> Iterator[Problem]:
    """Days that two stays at one branch share, where that cannot be meant; said once a row."""
    by_branch: dict[str, _Found] = defaultdict(list)
    for row, stay in found:
        by_branch[stay.branch].append((row, stay))
    for stays in by_branch.values():
        there: _Found = []
        for row, stay in sorted(stays, key=lambda each: (each[1].from_, each[0].row)):
            there = [each for each in there if each[1].covers(stay.from_)]
            facts = {"branch": stay.branch, "code": stay.code, "day": stay.from_}
            if (at := _first(there, stay, same=True)) is not None:
                yield row.say(STAYS_TWICE, "from", stay.from_, row=at.row, **facts)
            if managers and (at := _first(there, stay, same=False)) is not None:
                yield row.say(TWO_MANAGERS, "from", stay.from_, row=at.row, other=at.text("code"), **facts)
            there.append((row, stay))


def _first(there: _Found, stay: Stay, *, same: bool) -> Row | None:
    """The row of somebody who is there already: of the same person in the same position, or of another person."""
    wanted = (
        row
        for row, other in there
        if (other.code == stay.code and other.position == stay.position if same else other.code != stay.code)
    )
    return next(wanted, None)


def _position(words: str, checklists: Collection[Checklist]) -> str:
    """A position by the id that a checklist gives it."""
    if any(words in _known(each) for each in checklists):
        return words
    named = (each.position_named(words) for each in checklists)
    return next((name for name in named if name != words), words)


def _positions(found: _Found, checklists: Collection[Checklist]) -> Iterator[Problem]:
    known = dict.fromkeys(name for each in checklists for name in _known(each))
    for row, stay in found:
        if known and stay.position and _position(stay.position, checklists) not in known:
            near = nearest(stay.position, known) or ", ".join(known)
            yield row.say(NO_POSITION, "position", stay.position, known=near)


def _known(checklist: Checklist) -> Iterator[str]:
    yield from checklist.positions
    yield from (name for _, item in checklist.walk_items() for name in item.for_)
