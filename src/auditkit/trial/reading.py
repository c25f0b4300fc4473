"""Trial forms read back: who judged which question how, with the cell in which it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from auditkit.intake.native_sheet import Mark
from auditkit.intake.native_workbook import TRIAL_MARK, markers
from auditkit.intake.spelling_rules import as_text, key
from auditkit.locales import LANGUAGES, say
from auditkit.model.checklist import Checklist
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem
from auditkit.tables.folding import fold
from auditkit.tables.opening import open_book
from auditkit.tables.table import Book, CellValue, cell_name
from auditkit.trial.asking import ASKED, FIELDS, judgements, roles

NO_TRIAL = declare(
    "T101",
    Severity.ERROR,
    finds="A file that is no trial form.",
    why="Nothing in it says what somebody thinks of a standard's questions.",
    mend="Write trial forms with `auditkit form CHECKLIST --trial`; forms of visits go to `auditkit check`.",
)
NO_JUDGEMENT = declare(
    "T102",
    Severity.WARNING,
    finds="Something beside a question that is neither yes, no nor hard to say.",
    why="It is not counted; a guess would put words into somebody's mouth.",
    mend="Choose from the list, and write words into the remark.",
)
NO_QUESTION = declare(
    "T103",
    Severity.WARNING,
    finds="A row of a trial form about a question that the checklist does not have.",
    why="It cannot be added up with anything.",
    mend="Leave the hidden column as it is; if the draft has changed, raise its version and write the form anew.",
)
NO_DEFINITION = declare(
    "T104",
    Severity.ERROR,
    finds="A trial form of a checklist, or of a version of it, that is not here.",
    why="What people judged is not known any more.",
    mend="Keep the version that was tried, in checklists/ or by its path with --checklist.",
)
TWICE = declare(
    "T105",
    Severity.WARNING,
    finds="Two trial forms in which the same person, by the same name or code, judges the same checklist.",
    why="Both are counted, and one voice has the weight of two.",
    mend="Take away the file that does not hold, or give two people different codes.",
)
SAME = declare(
    "T106",
    Severity.NOTE,
    finds="A trial form that is there twice, byte for byte.",
    why="It is counted once.",
    mend="Nothing.",
)
EMPTY = declare(
    "T107",
    Severity.WARNING,
    finds="A trial form in which nothing is judged and nothing remarked.",
    why="It counts for nothing; perhaps it was sent before it was saved.",
    mend="Ask for it again.",
)


class Definitions(Protocol):
    """Where definitions are found."""

    def get(self, id_: str, version: str | None = None, /) -> Checklist | None:
        """A version of a checklist."""


class Voice(NamedTuple):
    """Whoever filled in a form; '' where it does not say."""

    file: str
    who: str = ""
    role: str = ""
    """One of `ROLES`, else as typed."""
    branch: str = ""
    day: str = ""
    lacking: str = ""
    """What is missing in the standard."""
    other: str = ""


class Opinion(NamedTuple):
    """What one voice says of one question."""

    voice: Voice
    item: str
    judged: dict[str, str]
    """`apt`, `convenient`, `feasible` → `yes`, `no`, `unsure`; what was left empty is absent."""
    remark: str
    place: Place

    @property
    def objects(self) -> bool:
        """Whether there is a no among it."""
        return "no" in self.judged.values()


class Heard(NamedTuple):
    """One checklist as one voice judges it."""

    voice: Voice
    checklist: Checklist
    opinions: tuple[Opinion, ...]


class Trial(NamedTuple):
    """Everything that came back."""

    heard: tuple[Heard, ...]
    problems: tuple[Problem, ...]


def read_trials(paths: Sequence[Path], checklists: Definitions) -> Trial:
    """All forms; a file that is there twice counts once, one in which nothing stands not at all."""
    heard: list[Heard] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in paths:
        book, found = open_book(path)
        problems += found
        if book is None:
            continue
        first = seen.setdefault(book.sha256, book.file)
        if first != book.file:
            problems.append(problem(SAME, Place(book.file), first))
            continue
        said, faults = _read(book, checklists)
        problems += faults
        heard += said
        if not said and not has_errors(faults):
            problems.append(problem(EMPTY, Place(book.file), book.file))
    return Trial(tuple(heard), (*problems, *_twice(heard)))


def _twice(heard: Sequence[Heard]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], Heard] = {}
    for each in heard:
        own = each.checklist
        who = fold(each.voice.who)
        first = seen.setdefault((who, own.checklist, own.version), each)
        if who and first is not each:
            place, facts = Place(each.voice.file), {"checklist": own.checklist, "other": first.voice.file}
            yield problem(TWICE, place, each.voice.who, **facts)


def _read(book: Book, checklists: Definitions) -> tuple[list[Heard], list[Problem]]:
    found = markers(book) if book.kind == "xlsx" else []
    marks = [mark for mark in found if mark.text.startswith(TRIAL_MARK)]
    if not marks:
        return [], [problem(NO_TRIAL, Place(book.file), Path(book.file).name)]
    voice = next((_voice(book, mark) for mark in marks if mark.text == TRIAL_MARK), Voice(book.file))
    heard: list[Heard] = []
    problems: list[Problem] = []
    for mark in marks:
        if mark.text == TRIAL_MARK:
            continue
        name = mark.text.removeprefix(f"{TRIAL_MARK}:")
        id_, _, version = name.partition("@")
        checklist = checklists.get(id_, version)
        if checklist is None:
            problems.append(problem(NO_DEFINITION, Place(book.file, mark.sheet.name), name))
            continue
        opinions = tuple(_opinions(book, mark, checklist, voice, problems))
        if opinions or voice.lacking or voice.other:
            heard.append(Heard(voice, checklist, opinions))
    return heard, problems


def _voice(book: Book, mark: Mark) -> Voice:
    found: dict[str, str] = {}
    for row in mark.sheet.rows:
        name = row[mark.column] if mark.column < len(row) else None
        if name in FIELDS and mark.column:
            found[str(name)] = _text(row[mark.column - 1])
    role = found.get("role", "")
    return Voice(book.file, **{**found, "role": roles().get(fold(role), role)})


def _text(raw: CellValue) -> str:
    if isinstance(raw, datetime):
        raw = raw.date()
    return raw.isoformat() if isinstance(raw, date) else as_text(raw).strip()


def _opinions(book: Book, mark: Mark, checklist: Checklist, voice: Voice, problems: list[Problem]) -> Iterator[Opinion]:
    columns = _columns(mark)
    for number, row in enumerate(mark.sheet.rows, 1):
        item = row[mark.column] if mark.column < len(row) else None
        if not isinstance(item, str) or not item.strip() or item.startswith(TRIAL_MARK):
            continue
        if item not in checklist.items_by_id:
            place = Place(book.file, mark.sheet.name, cell_name(number, mark.column + 1))
            problems.append(problem(NO_QUESTION, place, item, checklist=f"{checklist.checklist} {checklist.version}"))
            continue
        judged: dict[str, str] = {}
        for asked in ASKED:
            raw = _cell(row, columns[asked])
            if not raw:
                continue
            answer = judgements().get(key(raw) or fold(raw))
            if answer is None:
                place = Place(book.file, mark.sheet.name, cell_name(number, columns[asked] + 1))
                problems.append(problem(NO_JUDGEMENT, place, raw))
            else:
                judged[asked] = answer
        remark = _cell(row, columns["remark"])
        if judged or remark:
            at = columns["remark"] if remark else min(columns[asked] for asked in judged)
            yield Opinion(voice, item, judged, remark, Place(book.file, mark.sheet.name, cell_name(number, at + 1)))


def _cell(row: Sequence[CellValue], at: int) -> str:
    return _text(row[at]) if 0 <= at < len(row) else ""


def _columns(mark: Mark) -> dict[str, int]:
    """By their headers, wherever somebody moved them; else where they were written, left of the hidden column."""
    names = (*ASKED, "remark")
    for row in mark.sheet.rows[:12]:
        said = {_headers().get(fold(value)): at for at, value in enumerate(row) if isinstance(value, str)}
        if all(name in said for name in names):
            return {name: said[name] for name in names}
    return {name: mark.column - len(names) + at for at, name in enumerate(names)}


@cache
def _headers() -> dict[str, str]:
    return {fold(say(language, f"trial.{name}")): name for language in LANGUAGES for name in (*ASKED, "remark")}
