"""What converters of XLSForms let pass and survey tools then show wrongly: found before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from auditkit.forms.survey.sheets import Line, Option

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*", re.ASCII)
_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_CURLY = re.compile(r"[‘’“”«»]")
_EXPRESSIONS = ("relevant", "constraint", "calculation", "required")
_RESERVED = frozenset({"meta", "instanceid", "instancename"})


def faults_of(survey: Sequence[Line], choices: Sequence[Option]) -> list[str]:
    """One sentence a fault; empty: it may be written."""
    found = [*_names(survey), *_translations(survey, choices), *_references(survey), *_lists(survey, choices)]
    return list(dict.fromkeys(found))


def _names(survey: Sequence[Line]) -> Iterator[str]:
    named = [line for line in survey if line.name and not line.type.startswith("end_group")]
    counts = Counter(line.name.casefold() for line in named)
    for line in named:
        if not _NAME.fullmatch(line.name):
            yield f"the field {line.name} can't be named so in a survey tool: letters, digits, _ and - only"
        if counts[line.name.casefold()] > 1:
            yield f"two fields would be called {line.name}: give one of the items another id"
        if line.name.casefold() in _RESERVED:
            yield f"a survey tool keeps the name {line.name} for itself: give the item another id"


def _translations(survey: Sequence[Line], choices: Sequence[Option]) -> Iterator[str]:
    said = [(line.name, words) for line in survey for words in (line.label, line.hint, line.constraint_message)]
    said += [(option.name, option.label) for option in choices]
    for name, words in said:
        if words and any(words) and not all(words):
            yield f"{name} is not said in every language"
        if any("${" in word for word in words):
            yield f"{name}: ${{ in its words would be taken for the name of a field"


def _references(survey: Sequence[Line]) -> Iterator[str]:
    known = {line.name for line in survey}
    for line in survey:
        for part in _EXPRESSIONS:
            text = getattr(line, part)
            outside = re.sub(r"'[^']*'|\"[^\"]*\"", "", text)
            if _CURLY.search(outside):
                yield f"{line.name}: a curly mark in {part}"
            for name in _REFERENCE.findall(outside):
                if name not in known:
                    yield f"{line.name}: {part} asks for {name}, which is no field of the form"


def _lists(survey: Sequence[Line], choices: Sequence[Option]) -> Iterator[str]:
    counts = Counter((each.list_name, each.name) for each in choices)
    for (list_name, name), count in counts.items():
        if count > 1:
            yield f"the list {list_name} holds {name} twice"
        if re.search(r"\s", name):
            yield f"the answer {name} of the list {list_name} holds a space, which parts several answers"
    there = {each.list_name for each in choices}
    for line in survey:
        kind, _, list_name = line.type.partition(" ")
        if kind.startswith("select_") and list_name not in there:
            yield f"{line.name} has no list of answers"
