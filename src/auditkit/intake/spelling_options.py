"""Options by id or by words in any language, alone or several in one cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta

from auditkit.intake.misread import DATE_INSTEAD, NONE_AND_MORE, NOT_AN_OPTION, PARTS_UNKNOWN, Misread, misread
from auditkit.intake.spelling_numbers import split_points, unnumbered
from auditkit.intake.spelling_rules import Read, Rules, as_text, key, state_of
from auditkit.model.items import Choice, Multi
from auditkit.model.visit import NONE_OF_THESE
from auditkit.problems import nearest
from auditkit.tables.table import CellValue

_HALVES = re.compile(r"\s*[-–—:(=]\s*")
_BETWEEN = " \n\t,;|/.\u2022\u00b7"
_STRONG = re.compile(r"[,;|\n]")


def option_keys(item: Choice | Multi) -> dict[str, str]:
    """Every folded spelling of an option → its id; the words of all languages, and the id itself."""
    found = {key(word): option.id for option in item.options for word in option.text.words.values()}
    return found | {key(option.id): option.id for option in item.options}


def one_option(text: str, keys: Mapping[str, str]) -> str | None:
    """The option that a whole text names: as it stands, without points at its end, without a number before it."""
    bare, _ = split_points(text)
    for each in (text, bare, unnumbered(text), unnumbered(bare)):
        found = keys.get(key(each))
        if found is not None:
            return found
    return _id_and_words(bare, keys)


def _id_and_words(text: str, keys: Mapping[str, str]) -> str | None:
    """`C - poor`, `C (poor)`: both halves name one option."""
    first, *rest = _HALVES.split(text, maxsplit=1)
    found = keys.get(key(first))
    return found if rest and found is not None and found == keys.get(key(rest[0].rstrip(")"))) else None


def choice_reader(item: Choice, common: Rules) -> Callable[[CellValue], Read]:
    """One option, or a state."""
    keys = option_keys(item)

    def read(raw: CellValue) -> Read:
        text = as_text(raw)
        found = one_option(text, keys) or state_of(raw, common)
        return found or _unknown(raw, key(text), keys)

    return read


def multi_reader(item: Multi, common: Rules) -> Callable[[CellValue], Read]:
    """Any options in the definition's order, 'none of these', or a state."""
    keys = option_keys(item)
    longest_first = sorted(keys, key=len, reverse=True)
    order = {option.id: place for place, option in enumerate(item.options)}

    def read(raw: CellValue) -> Read:
        text = as_text(raw)
        one = one_option(text, keys)
        if one is not None:
            return (one,)
        state = state_of(raw, common)
        if state is not None:
            return state
        bare = key(split_points(text)[0])
        if bare in common.none:
            return NONE_OF_THESE
        chosen, unknown = several(key(text), keys, longest_first)
        if unknown and bare != key(text):
            chosen, unknown = several(bare, keys, longest_first)
        if chosen and not unknown:
            return tuple(sorted(chosen, key=order.__getitem__))
        return _parts(raw, bare, chosen, unknown, common, keys)

    return read


def several(text: str, keys: Mapping[str, str], longest_first: list[str]) -> tuple[set[str], list[str]]:
    """The options that a folded text strings together, and its parts that are none.

    The longest option is tried first at every place, so that commas inside a label never part it.
    """
    chosen: set[str] = set()
    unknown: list[str] = []
    at = _skip(text, 0)
    while at < len(text):
        length = next((len(each) for each in longest_first if _stands(text, at, each)), 0)
        if length:
            chosen.add(keys[text[at : at + length]])
        else:
            found = _STRONG.search(text, at)
            length = (found.start() if found else len(text)) - at
            unknown.append(text[at : at + length].strip())
        at = _skip(text, at + length)
    return chosen, unknown


def _stands(text: str, at: int, label: str) -> bool:
    end = at + len(label)
    return bool(label) and text.startswith(label, at) and (end >= len(text) or text[end] in _BETWEEN)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    return at


def _parts(
    raw: CellValue, text: str, chosen: set[str], unknown: list[str], common: Rules, keys: Mapping[str, str]
) -> Misread:
    if not chosen:
        return _unknown(raw, text, keys)
    if any(part in common.none for part in unknown):
        return misread(NONE_AND_MORE)
    first = unknown[0]
    return misread(PARTS_UNKNOWN, unknown=", ".join(unknown), nearest=nearest(first, keys))


def _unknown(raw: CellValue, text: str, keys: Mapping[str, str]) -> Misread:
    if isinstance(raw, (date, time, timedelta)):
        return misread(DATE_INSTEAD)
    options = ", ".join(dict.fromkeys(keys.values()))
    return misread(NOT_AN_OPTION, nearest=nearest(text, keys), options=options)
