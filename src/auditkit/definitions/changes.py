"""What changed between two versions of a checklist, and how large a step of the version that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum, StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel

from auditkit.definitions.texts import texts_of
from auditkit.model.checklist import Checklist, Section
from auditkit.model.items import AnyItem, is_scored
from auditkit.model.text import Text


class Step(IntEnum):
    """How far a change reaches; the name is the part of the version that it moves."""

    NONE = 0
    PATCH = 1
    """Words only: the same is asked and judged."""
    MINOR = 2
    """More is recorded or required; every score stays what it was."""
    MAJOR = 3
    """The same answers can have another score, grade or verdict: not comparable."""


class Kind(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    REWEIGHTED = "reweighted"
    REJUDGED = "rejudged"
    """Another kind of answer, other credits, conditions, effects, grades."""
    RETAGGED = "retagged"
    """Source, dimension, training, comment, evidence."""


class Change(NamedTuple):
    """One difference. `key`: id of an item, `/id` of a section, `` of the checklist itself."""

    kind: Kind
    key: str
    number: str
    """As printed in the new version; of something removed, in the old one."""
    title: Text
    field: str
    before: str
    after: str
    step: Step


_WORDS = {"text", "guidance", "anchors", "labels", "unit", "unit_forms", "title", "about", "dimensions", "positions"}
"""Fields of words: what they say is compared text by text."""
_LOOSE = {"source", "trains", "mirrors", "ignore", "replacements"}
"""Tags that change nothing of what is asked or handed in."""
_TAGS = {*_LOOSE, "required", "comment", "evidence", "dimension", "lowest", "highest"}
_OF_THE_FILE = {
    *("announced_on", "in_force_from", "counts_for_pay_from", "status", "version", "language", "responsible"),
    *("checklist", "source_hash", "reviewed_by", "ignore", "sections"),
}


def changes(old: Checklist, new: Checklist) -> tuple[Change, ...]:
    """Everything that differs, the checklist first, then sections and items in the new order, what is gone last."""
    found = (*_of_checklist(old, new), *_of_sections(old, new), *_of_items(old, new), *_of_words(old, new))
    places = {key: place for place, key in enumerate(("", *_keys(new)))}
    return tuple(sorted(found, key=lambda each: places.get(each.key, len(places))))


def _keys(checklist: Checklist) -> Iterator[str]:
    for section in checklist.walk_sections():
        yield "/" + section.id
        yield from (item.id for item in section.items)


def step_of(found: Iterable[Change]) -> Step:
    """The step of the version that these changes ask for."""
    return max((each.step for each in found), default=Step.NONE)


def step_between(old: str, new: str) -> Step:
    """The step from one version to another (`1.0.0` → `1.1.0` is MINOR); backwards is no step."""
    before, after = (tuple(map(int, each.split("."))) for each in (old, new))
    if after <= before:
        return Step.NONE
    first = next(at for at in range(3) if before[at] != after[at])
    return (Step.MAJOR, Step.MINOR, Step.PATCH)[first]


def next_version(version: str, step: Step) -> str:
    """The smallest version that says this step."""
    major, minor, patch = map(int, version.split("."))
    following = {
        Step.MAJOR: (major + 1, 0, 0),
        Step.MINOR: (major, minor + 1, 0),
        Step.PATCH: (major, minor, patch + 1),
    }
    return ".".join(map(str, following.get(step, (major, minor, patch))))


def _of_checklist(old: Checklist, new: Checklist) -> Iterator[Change]:
    before, after = _fields(old), _fields(new)
    before["grades"], after["grades"] = ([_bare(grade) for grade in each.grades] for each in (old, new))
    for name in before.keys() - _OF_THE_FILE - _WORDS:
        if before[name] != after[name]:
            kind, step = (Kind.RETAGGED, Step.PATCH) if name in ("spellings", "serves") else (Kind.REJUDGED, Step.MAJOR)
            yield _change(kind, "", "", new.title, name, before[name], after[name], step)


def _of_sections(old: Checklist, new: Checklist) -> Iterator[Change]:
    before, after = _with_parents(old), _with_parents(new)
    for id_, (section, parent) in after.items():
        number, key = new.numbers["/" + id_], "/" + id_
        if id_ not in before:
            yield Change(Kind.ADDED, key, number, section.title, "", "", "", _size(section))
            continue
        was, home = before[id_]
        if home != parent:
            step = Step.PATCH if new.pools_items else Step.MAJOR
            yield Change(Kind.MOVED, key, number, section.title, "section", home, parent, step)
        for name, kind in (("weight", Kind.REWEIGHTED), ("applies_when", Kind.REJUDGED)):
            one, other = getattr(was, name), getattr(section, name)
            if one != other:
                yield _change(kind, key, number, section.title, name, one, other, Step.MAJOR)
    for id_, (section, _) in before.items():
        if id_ not in after:
            number = old.numbers["/" + id_]
            yield Change(Kind.REMOVED, "/" + id_, number, section.title, "", "", "", _size(section))


def _with_parents(checklist: Checklist) -> dict[str, tuple[Section, str]]:
    """Id → the section, and the id of the one around it."""
    parents = {child.id: section.id for section in checklist.walk_sections() for child in section.sections}
    return {section.id: (section, parents.get(section.id, "")) for section in checklist.walk_sections()}


def _size(section: Section) -> Step:
    return Step.MAJOR if any(is_scored(item) for item in section.items) else Step.MINOR


def _of_items(old: Checklist, new: Checklist) -> Iterator[Change]:
    home_before = {item.id: section.id for section, item in old.walk_items()}
    for section, item in new.walk_items():
        was, number = old.items_by_id.get(item.id), new.numbers[item.id]
        if was is None:
            step = Step.MAJOR if is_scored(item) else Step.MINOR
            yield Change(Kind.ADDED, item.id, number, item.text, "", "", "", step)
            continue
        if home_before[item.id] != section.id:
            step = Step.MAJOR if is_scored(item) and not new.pools_items else Step.PATCH
            yield Change(Kind.MOVED, item.id, number, item.text, "section", home_before[item.id], section.id, step)
        elif old.numbers[item.id] != number:
            yield Change(Kind.MOVED, item.id, number, item.text, "number", old.numbers[item.id], number, Step.PATCH)
        yield from _of_item(was, item, number)
    for item in old.items_by_id.values():
        if item.id not in new.items_by_id:
            step = Step.MAJOR if is_scored(item) else Step.MINOR
            yield Change(Kind.REMOVED, item.id, old.numbers[item.id], item.text, "", "", "", step)


def _of_item(was: AnyItem, item: AnyItem, number: str) -> Iterator[Change]:
    before, after = _fields(was), _fields(item)
    scored = is_scored(was) or is_scored(item)
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one == other or name in ("id", "number") or name in _WORDS:
            continue
        if name in ("options", "bands"):
            yield from _of_answers(name, one or (), other or (), item, number, scored=scored)
        elif name == "weight":
            step = Step.MAJOR if scored else Step.NONE
            yield _change(Kind.REWEIGHTED, item.id, number, item.text, name, one, other, step)
        elif name in _TAGS:
            step = Step.PATCH if name in _LOOSE else Step.MINOR
            yield _change(Kind.RETAGGED, item.id, number, item.text, name, one, other, step)
        else:
            # Conditions, positions and observers decide who is asked even where the item itself earns nothing: others
            # may hang on it.
            yield _change(Kind.REJUDGED, item.id, number, item.text, name, one, other, Step.MAJOR)


def _of_answers(name: str, one: Any, other: Any, item: AnyItem, number: str, *, scored: bool) -> Iterator[Change]:
    """Of options by their id, of bands by their bound: what they say, and what they earn."""
    key = "id" if name == "options" else "up_to"
    before, after = ({getattr(each, key): each for each in answers} for answers in (one, other))
    for id_ in dict.fromkeys([*before, *after]):
        was, now, field = before.get(id_), after.get(id_), f"{name}.{'last' if id_ is None else id_}"
        if was is None or now is None or _bare(was) != _bare(now):
            step = Step.MAJOR if scored else Step.MINOR
            yield _change(Kind.REJUDGED, item.id, number, item.text, field, _earns(was), _earns(now), step)
    if list(before) != list(after) and set(before) == set(after):
        yield _change(Kind.MOVED, item.id, number, item.text, name, list(before), list(after), Step.PATCH)


def _of_words(old: Checklist, new: Checklist) -> Iterator[Change]:
    """Texts of what both versions have; a part, an answer or a grade that came or went says so itself."""
    before, after = _texts(old), _texts(new)
    titles = {"": new.title, **{"/" + each.id: each.title for each in new.walk_sections()}}
    titles |= {item.id: item.text for item in new.items_by_id.values()}
    both = {"", *_keys(old)} & titles.keys()
    for key, field in dict.fromkeys([*after, *before]):
        one, other = before.get((key, field)), after.get((key, field))
        whole = not field.startswith(("options.", "bands.", "grades.")) or (one is not None and other is not None)
        if one != other and key in both and whole:
            said = _differing(one, other)
            yield Change(Kind.REWORDED, key, new.numbers.get(key, ""), titles[key], field, *said, Step.PATCH)


def _texts(checklist: Checklist) -> dict[tuple[str, str], Text]:
    """(key as of a change, field) → the text."""
    found = {}
    for _, name, text in texts_of(checklist):
        owner, _, field = name.partition(".")
        if owner == "sections":
            found["/" + field, "title"] = text
        else:
            found[(owner, field) if owner in checklist.items_by_id else ("", name)] = text
    return found


def _differing(one: Text | None, other: Text | None) -> tuple[str, str]:
    """In the first language in which they differ, which is named where it is not the checklist's own."""
    before, after = (text.words if text is not None else {} for text in (one, other))
    code = next(code for code in (*after, *before) if before.get(code) != after.get(code))
    lead = f"{code}: " if code not in ("", next(iter(after or before))) else ""
    said = [f"{lead}{words[code]}" if code in words else "" for words in (before, after)]
    return said[0], said[1]


def _earns(answer: Any) -> Any:
    return "" if answer is None else {k: v for k, v in _bare(answer).items() if k not in ("id", "up_to")}


def _bare(record: Any) -> dict[str, Any]:
    """Without the words, which decide nothing."""
    return {name: value for name, value in _fields(record).items() if name not in ("text", "title")}


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _change(
    kind: Kind, key: str, number: str, title: Text, field: str, one: object, other: object, step: Step
) -> Change:
    return Change(kind, key, number, title, field, _plain(one), _plain(other), step)


def _plain(value: object) -> str:
    match value:
        case None:
            said = ""
        case bool():
            said = "true" if value else "false"
        case Mapping():
            said = ", ".join(f"{key}: {_plain(each)}" for key, each in value.items() if _plain(each))
        case list() | tuple():
            said = ", ".join(_plain(each) for each in value)
        case BaseModel():
            said = _plain(value.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        case _:
            said = str(getattr(value, "value", value))
    return said
