"""Pydantic's errors as problems that a QA lead understands, at the line and column of the word that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from auditkit.definitions.documents import Keys
from auditkit.problems import Code, Place, Problem, Severity, declare, nearest, problem

UNKNOWN_KEY = declare(
    "D110",
    Severity.ERROR,
    finds="A key that has no meaning where it stands.",
    why="A misspelt key that is silently ignored changes what is asked or scored without anybody noticing.",
    mend="Correct the spelling, indent it under what it belongs to, or delete it.",
)
OTHER_KIND = declare(
    "D111",
    Severity.ERROR,
    finds="A key that belongs to another kind of item.",
    why="`bands` of a yes/no question or `options` of a number would never be used.",
    mend="Set the `kind:` that has this key, or delete it.",
)
MISSING_KEY = declare(
    "D112",
    Severity.ERROR,
    finds="Something without which a checklist, section, item, option or grade cannot be used.",
    why="There is no default that would be right for everybody.",
    mend="Add the key with its value.",
)
EMPTY = declare(
    "D113",
    Severity.ERROR,
    finds="A key with nothing after its colon.",
    why="It cannot be known whether the value was forgotten or the default is meant.",
    mend="Write the value, or delete the line: the default holds then.",
)
NOT_ONE_OF = declare(
    "D114",
    Severity.ERROR,
    finds="A word where one of a few words is expected.",
    why="Any other word would have no meaning.",
    mend="Use one of the words named.",
)
NOT_A_NUMBER = declare(
    "D115",
    Severity.ERROR,
    finds="Words where a number is expected, or a number with a decimal comma.",
    why="Scores are reckoned exactly from these numbers.",
    mend="Write a number with a decimal point and without a unit: `0.5`.",
)
NOT_WHOLE = declare(
    "D116",
    Severity.ERROR,
    finds="Something other than a whole number where one is expected.",
    why="Steps of a scale, counts and decimals are whole.",
    mend="Write a whole number.",
)
NOT_YES_NO = declare(
    "D117",
    Severity.ERROR,
    finds="Something other than yes or no (true or false) where one of them is expected.",
    why="The setting is either on or off.",
    mend="Write `true` or `false`.",
)
NOT_A_DATE = declare(
    "D118",
    Severity.ERROR,
    finds="A date or time in another form than 2026-02-01 or 11:00, or one that does not exist.",
    why="01/02/2026 is two different days in two countries.",
    mend="Write dates as year-month-day, times as hours:minutes in quotes.",
)
BAD_NAME = declare(
    "D119",
    Severity.ERROR,
    finds="A name for machines (an id) with spaces, other letters than a to z, or a digit first.",
    why="Ids become column names and names in survey tools, which take nothing else.",
    mend="A letter, then letters, digits, `_` and `-`, at most 64: `told_wait`.",
)
BAD_FORM = declare(
    "D120",
    Severity.ERROR,
    finds="A value in another form than the one expected, such as a version that is not three numbers.",
    why="It could not be compared or looked up.",
    mend="Write it in the form named.",
)
NOT_TEXT = declare(
    "D121",
    Severity.ERROR,
    finds="A list or further keys where words are expected.",
    why="It is shown to people as it stands.",
    mend="Write words (in quotes where they hold `: ` or `#`), or words by language code.",
)
NOT_A_LIST = declare(
    "D122",
    Severity.ERROR,
    finds="A single value where a list is expected.",
    why="Lines that begin with `- ` make a list; without it the rows run together.",
    mend="Begin each row with `- `.",
)
NOT_KEYS = declare(
    "D123",
    Severity.ERROR,
    finds="Words or a list where `key: value` lines are expected.",
    why="Its parts have names.",
    mend="Write `key: value` lines, indented under it.",
)
OUT_OF_RANGE = declare(
    "D124",
    Severity.ERROR,
    finds="A number below the least or above the greatest that makes sense.",
    why="A negative weight or ten decimals would make scores that nobody can explain.",
    mend="Write a number within the bound named.",
)
TOO_FEW = declare(
    "D125",
    Severity.ERROR,
    finds="A list with too few rows: no sections, a choice with one option.",
    why="There is nothing to ask or to choose.",
    mend="Add rows.",
)
UNFIT = declare(
    "D129",
    Severity.ERROR,
    finds="A value that does not fit where it stands.",
    why="It could not be used as it is.",
    mend="Compare it with docs/definitions.md.",
)

BY_TYPE: Mapping[str, Code] = {
    "decimal_parsing": NOT_A_NUMBER,
    "decimal_type": NOT_A_NUMBER,
    "finite_number": NOT_A_NUMBER,
    "number": NOT_A_NUMBER,
    "int_parsing": NOT_WHOLE,
    "int_type": NOT_WHOLE,
    "int_from_float": NOT_WHOLE,
    "int_parsing_size": NOT_WHOLE,
    "bool_parsing": NOT_YES_NO,
    "bool_type": NOT_YES_NO,
    "string_type": NOT_TEXT,
    "text": NOT_TEXT,
    "tuple_type": NOT_A_LIST,
    "list_type": NOT_A_LIST,
    "dict_type": NOT_KEYS,
    "model_type": NOT_KEYS,
    "model_attributes_type": NOT_KEYS,
    "union_tag_not_found": NOT_KEYS,
    "greater_than_equal": OUT_OF_RANGE,
    "less_than_equal": OUT_OF_RANGE,
    "greater_than": OUT_OF_RANGE,
    "less_than": OUT_OF_RANGE,
    "too_short": TOO_FEW,
    "string_too_short": EMPTY,
}

Where = Callable[..., Place]
"""`where(path, key=…)`: the place of a path, see `Origins.place`."""


class Shape:
    """What pydantic's locations mean in one kind of file: the records by the key or tag they stand under."""

    def __init__(
        self, root: type[BaseModel], under: Mapping[str, type[BaseModel]], *, more: Mapping[str, Sequence[str]]
    ):
        self.root = root
        self.under = under
        self.more = more

    def record(self, loc: Sequence[str | int]) -> tuple[str, type[BaseModel]]:
        """The name and record that a location lies in."""
        for step in reversed(loc):
            if isinstance(step, str) and step in self.under:
                return step, self.under[step]
        return "", self.root

    def keys(self, loc: Sequence[str | int]) -> list[str]:
        """Every key that may stand in the record of a location."""
        name, record = self.record(loc)
        return [*fields_of(record), *self.more.get(name, ())]


def fields_of(record: type[BaseModel]) -> list[str]:
    """The keys of a record as they are written in a file."""
    return [info.alias or name for name, info in record.model_fields.items()]


def faults(error: ValidationError, data: Any, shape: Shape, where: Where) -> list[Problem]:
    """Every error of a validation as a problem, each once; `data` is what was validated."""
    found: dict[Problem, None] = {}
    for each in error.errors(include_url=False):
        if each["type"] == "too_short" and len(each["input"]) >= each["ctx"]["min_length"]:
            continue  # rows are there, and each fault of theirs is said on its own
        path = written_path(each["loc"], data)
        found.setdefault(_fault(each, path, data, shape, where))
    return list(found)


def written_path(loc: Sequence[str | int], data: Any) -> Keys:
    """A location of pydantic's as keys of the file: the tags of unions, which no file holds, are left out."""
    path: list[str | int] = []
    here = data
    for position, step in enumerate(loc):
        tag = position >= 2 and isinstance(loc[position - 1], int) and loc[position - 2] == "items"
        if tag and isinstance(step, str):
            continue
        if _stands(here, step):
            here = here[step]
            path.append(step)
    return tuple(path)


def _stands(here: Any, step: str | int) -> bool:
    if isinstance(here, dict):
        return step in here
    return isinstance(here, (list, tuple)) and isinstance(step, int) and step < len(here)


def _fault(each: Any, path: Keys, data: Any, shape: Shape, where: Where) -> Problem:
    kind, loc = each["type"], each["loc"]
    key = str(loc[-1]) if loc else ""
    if kind == "extra_forbidden":
        return _unknown_key(loc, path, shape, where)
    if kind == "missing":
        return problem(MISSING_KEY, where(path), key, of=_whose(path, data))
    value = each["input"]
    named = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if value == "" or value is None:
        return problem(EMPTY, where(path, key=True), named)
    if kind in ("union_tag_invalid", "enum", "literal_error"):
        return _not_one_of(each, path, where)
    code, form = _code(kind, each.get("ctx", {}))
    bound = next((str(v) for k, v in each.get("ctx", {}).items() if k in ("ge", "le", "gt", "lt", "min_length")), "")
    return problem(code, where(path), _shown(value), key=named, bound=bound, form=form)


def _code(kind: str, ctx: Mapping[str, Any]) -> tuple[Code, str]:
    if kind == "string_pattern_mismatch":
        return (BAD_NAME, "") if "[A-Za-z]" in ctx["pattern"] else (BAD_FORM, _form(ctx["pattern"]))
    if kind.startswith(("date", "time")):
        return NOT_A_DATE, ""
    return BY_TYPE.get(kind, UNFIT), ""


def _form(pattern: str) -> str:
    return {r"^\d+\.\d+\.\d+$": "1.0.0", "^([A-Z]{2})?$": "KZ"}.get(pattern, pattern.strip("^$"))


def _not_one_of(each: Any, path: Keys, where: Where) -> Problem:
    ctx, value = each["ctx"], each["input"]
    if each["type"] == "union_tag_invalid":
        value, path = ctx["tag"], (*path, "kind")
    expected = ctx.get("expected_tags") or ctx.get("expected", "")
    known = [word.strip(" '") for word in str(expected).replace(" or ", ",").split(",")]
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    return problem(
        NOT_ONE_OF, where(path), _shown(value), key=key, known=nearest(str(value), known) or ", ".join(known)
    )


def _unknown_key(loc: Sequence[str | int], path: Keys, shape: Shape, where: Where) -> Problem:
    key = str(loc[-1])
    name, _ = shape.record(loc[:-1])
    owners = [tag for tag, record in shape.under.items() if key in fields_of(record)]
    if name and name in shape.more.get("kinds", ()) and owners and set(owners) <= set(shape.more["kinds"]):
        return problem(OTHER_KIND, where(path, key=True), key, kind=name, kinds=", ".join(owners))
    keys = shape.keys(loc[:-1])
    return problem(UNKNOWN_KEY, where(path, key=True), key, known=nearest(key, keys) or ", ".join(keys))


def _whose(path: Keys, data: Any) -> str:
    """What a person would call the thing at a path: its id, else the key it stands under."""
    here, name = data, ""
    for step in path:
        here = here[step]
        name = str(step) if isinstance(step, str) else name
    if isinstance(here, dict):
        for key in ("id", "grade", "name", "checklist", "programme"):
            if isinstance(here.get(key), str) and here[key]:
                return str(here[key])
    return name


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value if len(value) <= 80 else value[:79] + "…"
    if isinstance(value, dict):
        return ", ".join(f"{key}: …" for key in list(value)[:4])
    return "- …" if isinstance(value, (list, tuple)) else str(value)
