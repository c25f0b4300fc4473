"""A mapping of somebody else's columns, read from its YAML file with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from auditkit.definitions.documents import Document
from auditkit.definitions.faults import Shape, faults
from auditkit.definitions.yaml_source import parse_yaml, read_yaml
from auditkit.model import columns as m
from auditkit.model.checklist import Checklist, Spellings
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem

FITS_NO_SHAPE = declare(
    "C120",
    Severity.ERROR,
    finds="A mapping with a value that cannot be used: a pattern that is no regular expression, an outcome that does "
    "not exist, a long table without its item and answer columns.",
    why="The file could only be read wrongly with it.",
    mend="Correct the value named.",
)
NO_CHECKLIST_NAMED = declare(
    "C121",
    Severity.ERROR,
    finds="A mapping that names no checklist, where none or several are at hand.",
    why="It cannot be known whose items the columns are.",
    mend="Begin the mapping with `checklist: ID`, or give one checklist with `--checklist`.",
)

_ARE_COLUMNS = ("visit", "branch", "shopper", "employee", "position", "wave", "outcome", "date", "start", "end",
                "handed_in", "attempts", "language", "customers_waiting", "staff_on_duty", "minutes_to_first_contact",
                "version_column", "column", "comment", "evidence", "item", "answer", "final", "grade", "join",
                )  # fmt: skip
"""Keys whose value is a column wherever they stand."""
SHAPE = Shape(
    m.Columns,
    {
        "checklists": m.ChecklistColumns,
        "items": m.Items,
        "each": m.OneItem,
        "published": m.Published,
        "final_as": m.Writing,
        "sections_as": m.Writing,
        "items_as": m.Writing,
        "only": m.Rows,
        "skip": m.Rows,
        "keep": m.Rows,
        **dict.fromkeys(_ARE_COLUMNS, m.Column),
        "long": m.Long,
        "spellings": Spellings,
    },
    more={"": m.OF_A_CHECKLIST, "each": m.FINDING},
)

_OWN = ("regex", "long", "outcome", "rows", "zone", "encoding", "checklists")


def load_columns(
    path: Path | str, checklists: Sequence[Checklist] = (), *, name: str | None = None
) -> tuple[m.Columns | None, tuple[Problem, ...]]:
    """The mapping in a file, `None` where an error stands in the way.

    Where it names no checklist and exactly one is given, that one is meant. `name` is how problems call the file.
    """
    path = Path(path)
    return _loaded(*read_yaml(path, name), checklists)


def columns_from(
    text: str, checklists: Sequence[Checklist] = (), *, name: str = "columns.yaml"
) -> tuple[m.Columns | None, tuple[Problem, ...]]:
    """As `load_columns`, of a text."""
    return _loaded(*parse_yaml(text.encode(), name), checklists)


def _loaded(
    document: Document | None, problems: tuple[Problem, ...], given: Sequence[Checklist]
) -> tuple[m.Columns | None, tuple[Problem, ...]]:
    if document is None or has_errors(problems):
        return None, problems
    data = dict(document.data)
    if "checklist" not in data and "checklists" not in data:
        if len(given) != 1:
            return None, (*problems, problem(NO_CHECKLIST_NAMED, document.place()))
        data |= {"checklist": given[0].checklist, "version": given[0].version}
    try:
        return m.Columns.model_validate(data), problems
    except ValidationError as error:
        return None, (*problems, *_faults(error, data, document))


def _faults(error: ValidationError, data: Any, document: Document) -> list[Problem]:
    """Our own rules' errors say themselves what is wrong; all others are those of any definition."""
    own = [each for each in error.errors(include_url=False) if each["type"] in _OWN]
    found = [_own(each, document) for each in own]
    return found if len(own) == error.error_count() else [*found, *faults(error, data, SHAPE, document.place)]


def _own(each: Any, document: Document) -> Problem:
    path: tuple[str | int, ...] = ()
    for step in each["loc"]:
        # Steps that are not written are those of a shorthand.
        path = (*path, step) if document.has((*path, step)) else path
    place: Place = document.place(path)
    return problem(FITS_NO_SHAPE, place, each["msg"])
