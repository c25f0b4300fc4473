"""What is left of a definition when its faulty parts are taken out, so that the rest can be proved all the same."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pydantic import ValidationError

from auditkit.definitions.checklist_shape import KINDS
from auditkit.definitions.documents import Keys
from auditkit.definitions.faults import fields_of, written_path
from auditkit.model.checklist import MISSING
from auditkit.problems import nearest

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_NEEDED: dict[str, Any] = {"checklist": "x", "version": "0.0.0", "title": "x"}
_ASIDE = {
    "anchors", "applies_when", "comment", "critical", "dimension", "evidence", "for", "guidance", "not_met_at",
    "number", "replacements", "required", "seen_by", "severity", "source", "trains", "weight", "when_not_applicable",
    "when_not_observed",
}  # fmt: skip


class Mended(NamedTuple):
    """Data that fits the model, and what in it only stands in for something else."""

    data: dict[str, Any]
    items: frozenset[str]
    """Ids of items whose contents were faulty, and of faulty sections with a `/` before them."""
    keys: frozenset[str]
    """Keys of the checklist itself that were left out."""


def without_faults(data: dict[str, Any], error: ValidationError) -> Mended | None:
    """The data with every faulty item reduced to its id, and other faulty keys left out; `None`: nothing to prove."""
    if not isinstance(data.get("sections"), list):
        return None
    mended: dict[str, Any] = {**data, "sections": [_copied(section) for section in data["sections"]]}
    items: set[str] = set()
    keys: set[str] = set()
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        path = written_path(each["loc"], data)
        missing = str(each["loc"][-1]) if each["type"] == "missing" else None
        if "items" in path and path.index("items") + 1 < len(path):
            untrusted = _patch_item(mended, path, extra=each["type"] == "extra_forbidden")
            items.update([untrusted] if untrusted else [])
        elif path[:1] == ("sections",):
            items.add("/" + _patch_section(mended, path, missing))
        else:
            key = str(path[0]) if path else missing or ""
            keys.add(key)
            _patch(mended, key)
    return Mended(mended, frozenset(items), frozenset(keys))


def _copied(section: Any) -> Any:
    if not isinstance(section, dict):
        return {"id": "x", "title": "x", "included_from": MISSING}
    out = dict(section)
    if isinstance(out.get("items"), list):
        out["items"] = list(out["items"])
    if isinstance(out.get("sections"), list):
        out["sections"] = [_copied(child) for child in out["sections"]]
    return out


def _patch_item(data: dict[str, Any], path: Keys, *, extra: bool) -> str | None:
    """Leaves out what other proofs do not look at; else reduces the item, and gives its id."""
    inside = path.index("items") + 2
    items: Any = data
    for step in path[: inside - 1]:
        items = items[step]
    key = str(path[inside]) if inside < len(path) else None
    at = path[inside - 1]
    if extra and key is not None and inside + 1 == len(path):
        # A misspelt `bands:` is bands all the same: without them the rest would be wrong as well.
        key = _meant(key)
    if isinstance(items[at], dict) and key in (*_ASIDE, ""):
        key = str(path[inside])
        items[at] = {name: value for name, value in items[at].items() if name != key}
        return None
    return _reduce(items, at, path)


def _meant(key: str) -> str:
    """The key of some kind of item that a key is or may be; '' where none looks like it."""
    known = {name for kind in KINDS.values() for name in fields_of(kind)}
    return key if key in known else nearest(key, sorted(known))


def _reduce(items: Any, at: Any, path: Keys) -> str:
    item = items[at]
    id_ = item.get("id") if isinstance(item, dict) else None
    if not isinstance(id_, str) or not _NAME.fullmatch(id_):
        id_ = "x-" + "-".join(str(step) for step in path if isinstance(step, int))
    items[at] = {"id": id_, "text": "x"}
    return str(id_)


def _patch(here: dict[str, Any], key: str) -> None:
    here.pop(key, None)
    if key in _NEEDED:
        here[key] = _NEEDED[key]


def _patch_section(data: dict[str, Any], path: Keys, missing: str | None) -> str:
    here: Any = data
    known = 0
    while known + 1 < len(path) and path[known] == "sections" and isinstance(path[known + 1], int):
        here = here["sections"][path[known + 1]]
        known += 2
    key = str(path[known]) if known < len(path) else missing or ""
    if here is data:
        return ""
    here.pop(key, None)
    if key == "id":
        here["id"] = "x-" + "-".join(str(step) for step in path if isinstance(step, int))
    elif key == "title":
        here["title"] = "x"
    return str(here.get("id"))
