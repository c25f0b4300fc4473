"""Reports as JSON: one, a list, or one a line; answers canonical or as people spell them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from auditkit.intake.misread import Misread
from auditkit.intake.native_faults import NO_VERSION, OTHER_WORDS
from auditkit.intake.readings import Checklists, Reading
from auditkit.intake.spelling_rules import as_text
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist
from auditkit.model.items import Multi
from auditkit.model.visit import RESERVED, Submission
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.tables import json_table
from auditkit.tables.opening import json_problem
from auditkit.tables.table import Book

FIELD = declare(
    "S221",
    Severity.ERROR,
    finds="A field of a JSON report that holds something else than it should.",
    why="What it says can't be taken over without guessing.",
    mend="`auditkit schema submission` writes what a report may hold; an editor checks against it while you type.",
)
UNKNOWN_ITEM = declare(
    "S222",
    Severity.WARNING,
    finds="An answer to an item that the checklist does not have.",
    why="It counts for nothing.",
    mend="Correct the item's id.",
)
MISSING = declare(
    "S223",
    Severity.ERROR,
    finds="A JSON report without a field that it must have.",
    why="Without visit, checklist and branch nobody knows what the answers are about.",
    mend="`auditkit schema submission` writes what a report holds.",
)
UNKNOWN = declare(
    "S224",
    Severity.ERROR,
    finds="A field that no JSON report has.",
    why="A slip of the pen in a field's name would lose what it says.",
    mend="Correct the field's name or take it away.",
)
NO_REPORT = declare(
    "S225",
    Severity.ERROR,
    finds="JSON that is no report of a visit: a number, a text, an object without any of a report's fields.",
    why="There is nothing in it that could be scored.",
    mend="Look whether the right file was sent; the export of a survey tool is read through a mapping.",
)
_NAMES = frozenset({"checklist", "visit_id", "answers"})
"""An object with none of these is no report."""
_OURS = ("source", "$schema", "cells", "typed")
"""Fields that the reader itself fills in."""


def read_json(book: Book, checklists: Checklists, *, date_order: str | None = None) -> Iterator[Reading]:
    """A reading a report; a line that can't be read is one too. `date_order` is the programme's."""
    reader = _Reader(book, checklists, date_order)
    return (reader.one(at, value) for at, value in _reports(book))


class _At(NamedTuple):
    """Where a report stands in its file."""

    row: int | None
    """Its number in a list or its line; `None` where the file is one report."""
    line: int | None
    path: str
    """What the names of its fields follow: `[0].` in a list, `3:` on a line."""


def _reports(book: Book) -> Iterator[tuple[_At, Any]]:
    if isinstance(book.data, json_table.LineRows):
        yield from ((_At(line, line, f"{line}:"), value) for line, value in book.data.lines())
    elif isinstance(book.data, Mapping) and is_page(book.data):
        reports = book.data.get("reports")
        for at, value in enumerate(reports if isinstance(reports, list) and reports else [None]):
            yield _At(at + 1, None, f"reports[{at}]."), value
    elif isinstance(book.data, list):
        yield from ((_At(at + 1, None, f"[{at}]."), value) for at, value in enumerate(book.data))
    else:
        yield _At(None, None, ""), book.data


def is_page(data: Mapping[str, Any]) -> bool:
    """Whether it is what a page form gives: a report a checklist in `reports`, and the photos with them."""
    return data.get("auditkit") == "page"


class _Reader:
    def __init__(self, book: Book, checklists: Checklists, date_order: str | None) -> None:
        self.book, self.checklists, self.date_order = book, checklists, date_order
        self.spellers: dict[tuple[str, str], Speller] = {}
        photos = book.data.get("photos") if isinstance(book.data, Mapping) and is_page(book.data) else None
        self.attached = tuple(map(str, photos)) if isinstance(photos, Mapping) else ()

    def one(self, at: _At, data: Any) -> Reading:
        """One report."""
        if isinstance(data, json_table.Refused):
            return Reading(None, (json_problem(data, self.book.file),))
        place = Place(self.book.file, None, None if at.line else at.path.rstrip(".") or None, at.line)
        if not isinstance(data, Mapping) or not _NAMES & data.keys():
            return Reading(None, (no_report(place, data),))
        hint = str(data.get("visit_id") or "").strip()
        checklist, problems = self._checklist(data, place)
        unsaid = {*_OURS} if hint else {*_OURS, "visit_id"}
        own = {name: value for name, value in data.items() if name not in unsaid}
        own["source"] = {"file": self.book.file, "row": at.row, "sha256": self.book.sha256, "reader": "json",
                         "attached": self.attached}  # fmt: skip
        read = _Answers({}, {}, {})
        if checklist is not None:
            own["version"] = checklist.version
            given = data.get("answers") or {}
            if isinstance(given, Mapping):
                problems += self._answers(checklist, given, at.path, read)
                own |= {"answers": read.answers, "cells": read.cells, "typed": read.typed}
        try:
            submission = Submission.model_validate(own)
        except ValidationError as error:
            return Reading(None, (*problems, *_faults(error, place, at.path)), hint)
        if checklist is None:
            return Reading(None, tuple(problems), hint)
        return Reading(submission.model_copy(update={"answers": read.answers}), tuple(problems), hint)

    def _checklist(self, data: Mapping[str, Any], place: Place) -> tuple[Checklist | None, list[Problem]]:
        id_, version = str(data.get("checklist") or ""), str(data.get("version") or "")
        if data.get("checklist") is None:
            return None, []  # that it is missing is said with the other fields
        checklist, name = self.checklists.get(id_, version or None), f"{id_}@{version}" if version else id_
        if checklist is None:
            return None, [problem(NO_VERSION, place, name, checklist=id_, version=version)]
        digest = data.get("definition_hash")
        if digest and checklist.source_hash and digest != checklist.source_hash:
            return checklist, [problem(OTHER_WORDS, place, name)]
        return checklist, []

    def _answers(self, checklist: Checklist, given: Mapping[str, Any], path: str, into: _Answers) -> Iterator[Problem]:
        known, speller = checklist.items_by_id, self._speller(checklist)
        for name, raw in given.items():
            cell = f"{path}answers.{name}"
            place = Place(self.book.file, None, cell)
            item = known.get(name)
            if item is None:
                yield problem(UNKNOWN_ITEM, place, name, nearest=nearest(name, known))
                continue
            read = _spelt(speller, item, raw)
            into.cells[name] = cell
            if isinstance(read, Misread):
                shown = raw if isinstance(raw, str) else as_text(raw) if not isinstance(raw, (list, dict)) else str(raw)
                yield read.at(place, checklist.numbers[name], shown)
                into.typed[name] = shown
            elif read is not None:
                into.answers[name] = read
                if isinstance(raw, (str, int)) and raw != read:
                    into.typed[name] = as_text(raw)

    def _speller(self, checklist: Checklist) -> Speller:
        of = checklist.checklist, checklist.version
        if of not in self.spellers:
            self.spellers[of] = Speller(checklist, date_order=self.date_order)
        return self.spellers[of]


def no_report(place: Place, data: Any) -> Problem:
    """Something that came in where a report should be."""
    return problem(NO_REPORT, place, json.dumps(data, ensure_ascii=False, default=str)[:60])


class _Answers(NamedTuple):
    """What one report answers."""

    answers: dict[str, Any]
    cells: dict[str, str]
    typed: dict[str, str]


def _spelt(speller: Speller, item: Any, raw: Any) -> Any:
    if isinstance(item, Multi) and isinstance(raw, list):
        chosen = {str(each) for each in raw}
        if chosen <= {option.id for option in item.options}:
            return tuple(option.id for option in item.options if option.id in chosen)
        return speller.read(item.id, "; ".join(map(str, raw)))
    if isinstance(raw, str) and raw in RESERVED and raw != "none":
        return raw
    if isinstance(raw, (list, dict)):
        return speller.read(item.id, str(raw))
    return speller.read(item.id, raw)


def _faults(error: ValidationError, place: Place, path: str) -> Iterator[Problem]:
    for fault in error.errors(include_url=False):
        where = ".".join(str(part) for part in fault["loc"])
        at = place._replace(cell=f"{path}{where}", line=None)
        value = fault.get("input", "")
        if fault["type"] == "missing":
            yield problem(MISSING, at, "", field=where)
        elif fault["type"] == "extra_forbidden":
            yield problem(UNKNOWN, at, "", field=where, nearest=nearest(where, Submission.model_fields))
        else:
            yield problem(FIELD, at, "" if isinstance(value, (dict, list)) else str(value)[:60], field=where)
