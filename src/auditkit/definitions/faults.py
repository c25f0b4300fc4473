"""Pydantic's errors as problems that a QA lead understands, at the line and column of the word that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from auditkit.definitions import fault_codes as f
from auditkit.definitions.documents import Keys
from auditkit.model.text import LANGUAGE
from auditkit.problems import Code, Place, Problem, nearest, problem

Where = Callable[..., Place]
"""`where(path, key=…)`: the place of a path, see `Origins.place`."""


class Shape:
    """What pydantic's locations mean in one kind of file: the records by the key or tag they stand under."""

    def __init__(
        self,
        root: type[BaseModel],
        under: Mapping[str, type[BaseModel]],
        *,
        more: Mapping[str, Sequence[str]],
        instead: str = "",
        hidden: Sequence[str] = (),
    ) -> None:
        self.root = root
        self.under = under
        self.more = more
        self.instead = instead
        """A key that stands in place of all others of its record (`include`)."""
        self.hidden = hidden
        """Keys of records that nobody writes."""

    def record(self, loc: Sequence[str | int]) -> tuple[str, type[BaseModel]]:
        """The name and record that a location lies in."""
        for step in reversed(loc):
            if isinstance(step, str) and step in self.under:
                return step, self.under[step]
        return "", self.root

    def keys(self, loc: Sequence[str | int]) -> list[str]:
        """Every key that may stand in the record of a location."""
        name, record = self.record(loc)
        known = [key for key in fields_of(record) if key not in self.hidden]
        return [*known, *self.more.get(name, ())]

    def needed(self, loc: Sequence[str | int]) -> list[str]:
        """The keys without which the record of a location cannot be."""
        _, record = self.record(loc)
        return [info.alias or name for name, info in record.model_fields.items() if info.is_required()]

    def kinds_with(self, key: str) -> list[str]:
        """The kinds of items that have a key, where some have and some have not."""
        kinds = self.more.get("kinds", ())
        owners = [kind for kind in kinds if key in fields_of(self.under[kind])]
        return owners if len(owners) < len(kinds) else []


def fields_of(record: type[BaseModel]) -> list[str]:
    """The keys of a record as they are written in a file."""
    return [info.alias or name for name, info in record.model_fields.items()]


class _Fault(NamedTuple):
    """One error of a validation."""

    type: str
    loc: Keys
    path: Keys
    """The location as keys of the file."""
    value: Any
    ctx: Mapping[str, Any]

    @property
    def named(self) -> str:
        """The key whose value is wrong, or within whose value something is."""
        return next((str(step) for step in reversed(self.path) if isinstance(step, str)), "")


def faults(error: ValidationError, data: Any, shape: Shape, where: Where) -> list[Problem]:
    """Every error of a validation as a problem, each once; `data` is what was validated."""
    known = [_known(each, data) for each in error.errors(include_url=False)]
    unknown = [each for each in known if each.type == "extra_forbidden"]
    found: dict[Problem, None] = dict.fromkeys(_unknown_keys(unknown, data, shape, where))
    meant = {
        (each.path[:-1], nearest(str(each.loc[-1]), [*shape.keys(each.loc[:-1]), shape.instead])) for each in unknown
    }
    for each in known:
        if each.type not in ("extra_forbidden", "missing", "too_short"):
            found.setdefault(_fault(each, data, shape, where))
        elif each.type == "too_short" and len(each.value) < each.ctx["min_length"]:
            found.setdefault(_fault(each, data, shape, where))  # else each fault of its rows is said on its own
        elif each.type == "missing" and not {(each.path, str(each.loc[-1])), (each.path, shape.instead)} & meant:
            found.setdefault(problem(f.MISSING_KEY, where(each.path), each.loc[-1], of=_whose(each.path, data)))
    return list(found)


def _known(each: Any, data: Any) -> _Fault:
    path = written_path(each["loc"], data)
    return _Fault(each["type"], each["loc"], path, each["input"], each.get("ctx", {}))


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


def _at(data: Any, path: Keys) -> Any:
    for step in path:
        data = data[step]
    return data


def _fault(each: _Fault, data: Any, shape: Shape, where: Where) -> Problem:
    if each.type == "text":
        return _no_words(each, where)
    if each.type == "language":
        code = each.ctx["code"]
        form = f.FORMS[LANGUAGE]
        return problem(f.BAD_FORM, where((*each.path, code), key=True), code, key=each.named, form=form)
    if "critical" in each.loc:
        each = _within_effects(each, data)
    if each.loc[-1:] == ("[key]",):
        return _wrong_name(each, where)
    if "within" in each.loc and isinstance(_at(data, each.path), str):
        each = each._replace(type="span", value=_at(data, each.path))
    elif each.type == "union_tag_invalid":
        each = each._replace(path=(*each.path, "kind"), value=_at(data, each.path)["kind"])
    if each.value == "" or each.value is None:
        return problem(f.EMPTY, where(each.path, key=True), each.named)
    if each.type in ("union_tag_invalid", "enum", "literal_error"):
        return _not_one_of(each, where)
    code, form = _code(each, shape)
    return problem(code, where(each.path), shown(each.value), key=each.named, bound=_bound(each.ctx), form=form)


def _code(each: _Fault, shape: Shape) -> tuple[Code, str]:
    if each.type == "span":
        return f.BAD_FORM, "24 hours, 3 days, 10 working days"
    if each.type == "string_pattern_mismatch":
        pattern = each.ctx["pattern"]
        return (f.BAD_NAME, "") if "[A-Za-z]" in pattern else (f.BAD_FORM, f.FORMS.get(pattern, pattern.strip("^$")))
    if each.type.startswith(("date", "time")):
        return f.NOT_A_DATE, ""
    code = f.BY_TYPE.get(each.type, f.UNFIT)
    if each.type == "dict_type":
        return code, f.ROWS.get(each.named, "…: …")
    if code is f.NOT_KEYS:
        return code, ", ".join(f"{key}: …" for key in shape.needed(each.loc) or shape.keys(each.loc)[:2])
    return code, ""


def _bound(ctx: Mapping[str, Any]) -> str:
    signs = {"ge": "≥ ", "le": "≤ ", "gt": "> ", "lt": "< ", "min_length": ""}
    return next((f"{signs[key]}{value}" for key, value in ctx.items() if key in signs), "")


def _no_words(each: _Fault, where: Where) -> Problem:
    """A text that is none: the language whose words are missing, where it has some."""
    if isinstance(each.value, Mapping) and each.value:
        for code, words in each.value.items():
            if not isinstance(words, str):
                return problem(f.NOT_TEXT, where((*each.path, code)), shown(words), key=code)
            if not words.strip():
                return problem(f.EMPTY, where((*each.path, code), key=True), code)
    if isinstance(each.value, str) or not each.value:
        return problem(f.EMPTY, where(each.path, key=True), each.named)
    return problem(f.NOT_TEXT, where(each.path), shown(each.value), key=each.named)


def _within_effects(each: _Fault, data: Any) -> _Fault:
    """Effects are written shorter than they are kept: `{deduct: lots}` is an effect with an amount."""
    here = _at(data, each.path)
    parts = enumerate(here) if isinstance(here, list) else [(None, here)]
    name = each.ctx.get("name")
    for at, part in parts:
        for key, value in part.items() if isinstance(part, dict) else ():
            if key == name or (name is None and each.value is value and each.loc[-1] in ("amount", "grade")):
                return each._replace(path=(*each.path, *([] if at is None else [at]), key), value=value)
    return each


def _not_one_of(each: _Fault, where: Where) -> Problem:
    return problem(f.NOT_ONE_OF, where(each.path), shown(each.value), key=each.named, known=_expected(each))


def _expected(each: _Fault) -> str:
    """The word that was meant, or all that may stand there."""
    expected = each.ctx.get("expected_tags") or each.ctx.get("expected", "")
    known = [word.strip(" '") for word in str(expected).replace(" or ", ",").split(",")]
    return nearest(str(each.value), known) or ", ".join(known)


def _wrong_name(each: _Fault, where: Where) -> Problem:
    """A name before a colon that is none of those that may stand there: a severity, the step of a scale."""
    key = str(each.path[-2]) if len(each.path) > 1 else ""
    code = f.NOT_ONE_OF if "expected" in each.ctx else f.BY_TYPE.get(each.type, f.UNFIT)
    return problem(code, where(each.path, key=True), shown(each.value), key=key, known=_expected(each))


def _unknown_keys(unknown: Sequence[_Fault], data: Any, shape: Shape, where: Where) -> Iterable[Problem]:
    """Keys that mean nothing where they stand: each with the one it looks like, all others together."""
    others: dict[Keys, list[str]] = {}
    strange: dict[Keys, list[str]] = {}
    for each in unknown:
        key, record = str(each.loc[-1]), each.path[:-1]
        comma = _decimal_comma(_at(data, record), key)
        if shape.record(each.loc[:-1])[0] in shape.more.get("kinds", ()) and shape.kinds_with(key):
            others.setdefault(record, []).append(key)
        elif comma is not None:
            yield problem(f.NOT_A_NUMBER, where((*record, comma[0])), comma[1], key=comma[0])
        elif near := nearest(key, shape.keys(each.loc[:-1])):
            yield problem(f.UNKNOWN_KEY, where(each.path, key=True), key, known=near)
        else:
            strange.setdefault(record, []).append(key)
    for path, keys in strange.items():
        known = next(shape.keys(each.loc[:-1]) for each in unknown if each.path[:-1] == path)
        yield problem(f.UNKNOWN_KEY, where((*path, keys[0]), key=True), ", ".join(keys), known=", ".join(known))
    for path, keys in others.items():
        kinds = [kind for kind in shape.kinds_with(keys[0]) if all(kind in shape.kinds_with(key) for key in keys)]
        kind = _at(data, path).get("kind", "yes_no")
        owners = ", ".join(kinds or shape.kinds_with(keys[0]))
        yield problem(f.OTHER_KIND, where((*path, keys[0]), key=True), ", ".join(keys), kind=kind, kinds=owners)


def _decimal_comma(record: Any, key: str) -> tuple[str, str] | None:
    """`{credit: 0,5}`: the key before, and the number that was meant."""
    if not key.isdigit() or not isinstance(record, dict) or record[key] != "":
        return None
    before = list(record)[list(record).index(key) - 1]
    whole = record[before]
    return (before, f"{whole},{key}") if isinstance(whole, str) and whole.lstrip("+-").isdigit() else None


def _whose(path: Keys, data: Any) -> str:
    """What a person would call the thing at a path: its id, else its words, else the key it stands under."""
    here = _at(data, path)
    if isinstance(here, dict):
        for key in ("id", "grade", "name", "checklist", "programme", "title", "text"):
            words = here.get(key)
            words = next(iter(words.values()), "") if isinstance(words, dict) else words
            if isinstance(words, str) and words:
                return shown(words)
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "…")


def shown(value: object) -> str:
    """A value as a message quotes it."""
    if isinstance(value, str):
        return value if len(value) <= 80 else value[:79] + "…"
    if isinstance(value, dict):
        return ", ".join(f"{key}: …" for key in list(value)[:4])
    return "- …" if isinstance(value, (list, tuple)) else str(value)
