"""JSON Schemas of what people write (checklist, programme, columns, scenario) and programs hand in (submission)."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from auditkit.model.judging import Effect
from auditkit.model.record import Record

NAMES = ("checklist", "submission", "programme", "columns", "scenario")

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_LIST: dict[str, Any] = {"type": "array"}
_HEADERS: tuple[dict[str, Any], ...] = ({"type": "string"}, {**_LIST, "items": {"type": "string"}})


def schema(name: str) -> dict[str, Any]:
    """The schema of one of `NAMES`; a KeyError for any other name."""
    return {
        "checklist": _checklist,
        "submission": _submission,
        "programme": _programme,
        "columns": _columns,
        "scenario": _scenario,
    }[name]()


def schema_of(model: type[BaseModel], title: str, *, written_by_people: bool = True) -> dict[str, Any]:
    """The schema of any record, its shorthands included and its fields described by their docstrings.

    YAML written by people may bring numbers, dates and yes/no as text or as themselves: both are accepted.
    """
    found = model.model_json_schema(by_alias=True, schema_generator=_Generator)
    _described(found, model)
    if written_by_people:
        found = _lenient(found)
    return {"$schema": _DRAFT, **found, "title": title}


def _submission() -> dict[str, Any]:
    from auditkit.model.visit import Submission

    return schema_of(Submission, "auditkit submission", written_by_people=False)


def _programme() -> dict[str, Any]:
    from auditkit.model.programme import Programme

    return schema_of(Programme, "auditkit programme")


def _scenario() -> dict[str, Any]:
    from auditkit.model.scenario import Scenario

    return schema_of(Scenario, "auditkit scenario")


def _columns() -> dict[str, Any]:
    from auditkit.model.columns import FINDING, OF_A_CHECKLIST, Columns

    found = schema_of(Columns, "auditkit columns")
    records = found["$defs"]
    one, item, column = (records[name]["properties"] for name in ("ChecklistColumns", "OneItem", "Column"))
    # What is said of the only checklist may stand at the top, what finds an item's column beside its rules.
    found["properties"] |= {key: one[key] for key in OF_A_CHECKLIST}
    item |= {key: column[key] for key in FINDING}
    found["required"] = [key for key in found.get("required", ()) if key != "checklists"]
    return found


def _checklist() -> dict[str, Any]:
    from auditkit.model.checklist import FILLED_IN, Checklist

    found = schema_of(Checklist, "auditkit checklist")
    records = found["$defs"]
    section = records["Section"]
    for key in FILLED_IN:
        found["properties"].pop(key, None)
        section["properties"].pop(key, None)
    records["Defaults"] = _defaults(records)
    records["IncludeEntry"] = _include()
    for holder in (found, section):
        holder["properties"]["defaults"] = {"$ref": "#/$defs/Defaults"}
        either = {"anyOf": [{"$ref": "#/$defs/Section"}, {"$ref": "#/$defs/IncludeEntry"}]}
        holder["properties"]["sections"] = {**holder["properties"]["sections"], "items": either}
    return found


def _defaults(records: Mapping[str, Any]) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    for record in records.values():
        if "text" in record.get("properties", {}) and "not_observed" in record["properties"]:
            for key, value in record["properties"].items():
                # A key that two kinds understand differently is left to the items.
                keys[key] = value if keys.get(key, value) == value else {}
    for key in ("id", "text"):
        keys.pop(key, None)
    about = "For every item below that does not say otherwise."
    return {"type": "object", "description": about, "properties": keys, "additionalProperties": False}


def _include() -> dict[str, Any]:
    name = {"type": "string", "pattern": "^[^/]+/[^/]+$"}
    weight = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^\d*\.?\d+$"}]}
    parts = {"type": "object", "properties": {"section": name, "weight": weight}, "required": ["section"]}
    return {
        "type": "object",
        "description": "A whole section of another checklist: `premises/outside`, or `premises@1.0.0/outside`.",
        "properties": {"include": {"anyOf": [name, {**parts, "additionalProperties": False}]}},
        "required": ["include"],
        "additionalProperties": False,
    }


def _effects() -> dict[str, Any]:
    names = [effect.value for effect in Effect]
    verdict = {"const": "keep", "description": "The verdict stays as it is."}
    amount = {"anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^\d+\.?\d*$"}]}
    alone = {"enum": [True, None, "", "true", "yes"]}
    amounts = {**dict.fromkeys(("cap_visit", "cap_section", "deduct"), amount), "cap_grade": {"type": "string"}}
    keys = {**{name: amounts.get(name, alone) for name in names}, "verdict": verdict}
    some = {"anyOf": [{"required": [name]} for name in names]}
    one = {"anyOf": [{"enum": names}, {"type": "object", "properties": keys, "additionalProperties": False, **some}]}
    return {"anyOf": [*one["anyOf"], {**_LIST, "items": one}]}


def _either(inner: JsonSchemaValue, other: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(other), inner]}


# What the validators in front of a field understand beside the record itself, by their names.
_SHORT: Mapping[str, Callable[[JsonSchemaValue], JsonSchemaValue]] = {
    "_as_tuple": lambda inner: _either(inner, inner.get("items", {"type": "string"})),
    "_effects": lambda _: _effects(),
    "_rule": lambda inner: _either(inner, {"enum": ["always", "not_met", "never"]}),
    "_listed": lambda inner: _either(inner, {**_LIST, "items": inner}),
    "_span": lambda inner: _either(inner, {"type": "string", "pattern": r"^\d+ (minute|hour|day|working[ _]day)s?$"}),
    "_worded": lambda inner: _either(inner, {"type": "string"}),
    "_column": lambda inner: {"anyOf": [*_HEADERS, inner]},
    "_column_of": lambda inner: {"anyOf": [*_HEADERS, inner]},
    "_named": lambda inner: _either(inner, _HEADERS[1]),
    "_rows": lambda inner: _either(inner, {"type": "object", "additionalProperties": {"anyOf": [*_HEADERS]}}),
    "_rows_of": lambda inner: _either(inner, {"type": "integer"}),
    "_use": lambda inner: _either(inner, {"type": "string"}),
}


class _Generator(GenerateJsonSchema):
    """Knows the shorthands, which pydantic cannot see through."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        bounds = {"minimum": "ge", "maximum": "le"}
        number = {"type": "number", **{key: float(schema[b]) for key, b in bounds.items() if b in schema}}  # type: ignore[literal-required]
        return {"anyOf": [number, {"type": "string", "pattern": r"^ *[+-]?(\d+\.?\d*|\.\d+) *$"}]}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        widen = _SHORT.get(getattr(schema["function"]["function"], "__name__", ""))
        return widen(inner) if widen is not None else inner


def _described(found: dict[str, Any], model: type[BaseModel]) -> None:
    """Each property gets the docstring under its field as its description, instead of its name in capitals."""
    records = {record.__name__: record for record in _records(Record)}
    for name, part in [(model.__name__, found), *found.get("$defs", {}).items()]:
        told = _docstrings(records[name]) if name in records else {}
        for key, value in part.get("properties", {}).items():
            value.pop("title", None)
            if key in told:
                part["properties"][key] = {"description": told[key], **value}


def _records(base: type[BaseModel]) -> list[type[BaseModel]]:
    """Every record there is."""
    return [base, *(deeper for child in base.__subclasses__() for deeper in _records(child))]


def _docstrings(record: type[BaseModel]) -> dict[str, str]:
    told: dict[str, str] = {}
    for cls in reversed(record.__mro__):
        if cls.__module__.startswith("auditkit."):
            told.update(_own_docstrings(cls))
    return told


def _own_docstrings(cls: type) -> dict[str, str]:
    try:
        source = textwrap.dedent(inspect.getsource(cls))
    except (OSError, TypeError):
        return {}
    body = ast.parse(source).body[0]
    lines = body.body if isinstance(body, ast.ClassDef) else []
    told = {}
    for field, following in pairwise(lines):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(following, ast.Expr):
            text = following.value.value if isinstance(following.value, ast.Constant) else None
            if isinstance(text, str):
                told[field.target.id.removesuffix("_")] = " ".join(text.split())
    return told


_ANNOTATIONS = ("title", "description", "default", "examples")
_TRUE_FALSE = ["true", "false", "yes", "no", "on", "off", "True", "False", "Yes", "No"]


def _lenient(part: Any) -> Any:
    """Numbers and yes/no also as text, plain words also where YAML takes them for a number."""
    if isinstance(part, list):
        return [_lenient(each) for each in part]
    if not isinstance(part, dict):
        return part
    kind = part.get("type")
    about = {key: part[key] for key in _ANNOTATIONS if key in part}
    rest = {key: value for key, value in part.items() if key not in _ANNOTATIONS}
    if kind == "boolean":
        return {**about, "anyOf": [rest, {"enum": _TRUE_FALSE}]}
    if kind == "integer":
        return {**about, "anyOf": [rest, {"type": "string", "pattern": r"^-?\d+$"}]}
    if kind == "string" and set(rest) <= {"type", "minLength"}:
        return {**about, "type": ["string", "number", "boolean"]}
    return {key: value if key in ("default", "const", "enum") else _lenient(value) for key, value in part.items()}
