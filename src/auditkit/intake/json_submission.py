"""Reports as JSON: one, a list, or one a line; answers canonical or as people spell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from auditkit.intake.misread import Misread
from auditkit.intake.native_faults import NO_VERSION
from auditkit.intake.reading import Checklists, Reading
from auditkit.intake.spelling_rules import as_text
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist
from auditkit.model.items import Multi
from auditkit.model.visit import RESERVED, Source, Submission
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.tables import json_table
from auditkit.tables.opening import json_problem
from auditkit.tables.table import Book

FIELD = declare(
    "S221",
    Severity.ERROR,
    finds="A field of a JSON report that is missing, unknown or of the wrong kind.",
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


def read_json(book: Book, checklists: Checklists) -> tuple[tuple[Reading, ...], tuple[Problem, ...]]:
    """A reading a report, and what is wrong with the file as a whole."""
    readings: list[Reading] = []
    try:
        for row, path, data in _reports(book):
            readings.append(_one(book, row, path, data, checklists))
    except json_table.Refused as refused:
        return tuple(readings), (json_problem(refused, book.file),)
    return tuple(readings), ()


def _reports(book: Book) -> Iterator[tuple[int | None, str, Any]]:
    if isinstance(book.data, json_table.LineRows):
        yield from ((line, "", value) for line, value in book.data.objects())
    elif isinstance(book.data, list):
        yield from ((number, f"[{number - 1}]", value) for number, value in enumerate(book.data, 1))
    else:
        yield None, "", book.data


def _one(book: Book, row: int | None, path: str, data: Any, checklists: Checklists) -> Reading:
    place = Place(book.file, None, path or None, row if not path else None)
    if not isinstance(data, Mapping):
        return Reading(None, (problem(FIELD, place, type(data).__name__, field="$"),), "")
    hint = str(data.get("visit_id", ""))
    own = {name: value for name, value in data.items() if name not in ("source", "$schema")}
    own["source"] = {"file": book.file, "row": row, "sha256": book.sha256, "reader": "json"}
    checklist = checklists.get(str(data.get("checklist", "")), _version(data))
    problems: list[Problem] = []
    if checklist is None:
        wanted = f"{data.get('checklist', '')}@{data.get('version', '')}"
        problems.append(
            problem(
                NO_VERSION,
                place,
                wanted,
                checklist=str(data.get("checklist", "")),
                version=str(data.get("version", "")),
            )
        )
    else:
        own["version"] = checklist.version
        own["answers"], own["cells"], own["typed"], misread = _answers(checklist, data.get("answers"), book.file, path)
        problems += misread
    try:
        submission = Submission.model_validate(own)
    except ValidationError as error:
        return Reading(None, (*problems, *_faults(error, place, path)), hint)
    submission = submission.model_copy(update={"answers": own["answers"]}) if checklist is not None else submission
    return Reading(submission if checklist is not None else None, tuple(problems), hint)


def _version(data: Mapping[str, Any]) -> str | None:
    version = data.get("version")
    return str(version) if version else None


def _answers(
    checklist: Checklist, given: Any, file: str, path: str
) -> tuple[dict[str, Any], dict[str, str], dict[str, str], list[Problem]]:
    answers: dict[str, Any] = {}
    cells: dict[str, str] = {}
    typed: dict[str, str] = {}
    problems: list[Problem] = []
    if not isinstance(given, Mapping):
        return answers, cells, typed, problems
    speller, known = Speller(checklist), checklist.items_by_id
    for name, raw in given.items():
        cell = f"{path}.answers.{name}" if path else f"answers.{name}"
        place = Place(file, None, cell)
        item = known.get(name)
        if item is None:
            problems.append(problem(UNKNOWN_ITEM, place, name, nearest=nearest(name, known)))
            continue
        read = _spelt(speller, item, raw)
        if isinstance(read, Misread):
            problems.append(read.at(place, checklist.numbers[name], raw if isinstance(raw, str) else str(raw)))
        elif read is not None:
            answers[name], cells[name] = read, cell
            if isinstance(raw, (str, int)) and raw != read:
                typed[name] = as_text(raw)
    return answers, cells, typed, problems


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
        at = place._replace(cell=f"{path}.{where}" if path else where)
        value = fault.get("input", "")
        shown = "" if isinstance(value, (dict, list)) else str(value)
        yield problem(FIELD, at, shown, field=where, reason=fault["msg"])
