"""A proposed mapping written out as YAML, with what is left open as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditkit.intake.columns import Headers
from auditkit.intake.columns_items import ItemColumns
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Items


@dataclass(slots=True)
class Draft:
    """What is known so far of a file's columns."""

    headers: Headers
    checklist: Checklist
    fields: dict[str, str] = field(default_factory=dict)
    items: Items = field(default_factory=Items.model_construct)
    found: dict[str, ItemColumns] = field(default_factory=dict)
    alike: dict[str, int] = field(default_factory=dict)
    final: str | None = None
    sections: str | None = None
    long: dict[str, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    not_applicable: list[str] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    meanings: dict[str, str] = field(default_factory=dict)
    points: bool = False
    """Answers carry 100 and 0 points in brackets."""
    closed: list[str] = field(default_factory=list)
    """Words in the column of final scores."""
    two_headers: bool = False


def written(draft: Draft, left: Sequence[str], without: Sequence[str]) -> Iterator[str]:
    """Its lines: what was found, then as comments the items, answers and columns that are left over."""
    yield "# Proposed by auditkit map: look it over, above all where a line says 'confirm'."
    yield f"checklist: {draft.checklist.checklist}"
    yield f"version: {draft.checklist.version}"
    if draft.two_headers:
        yield "header: [1, 2]"
    if draft.long:
        yield "layout: long"
    yield ""
    for name, header in draft.fields.items():
        yield f"{name}: {_quoted(header)}"
    yield from _written_outcome(draft)
    yield from _written_spellings(draft)
    if draft.long:
        yield "long:"
        yield from (f"  {name}: {_quoted(header)}" for name, header in draft.long.items())
    else:
        yield from _written_items(draft)
    yield from _written_published(draft)
    yield from _written_rest(draft, left, without)


def _written_outcome(draft: Draft) -> Iterator[str]:
    if draft.closed and draft.final is not None:
        words = ", ".join(f"{_quoted(word)}: closed" for word in draft.closed)
        yield f"outcome: {{header: {_quoted(draft.final)}, values: {{{words}}}, otherwise: done}}   # confirm"


def _written_spellings(draft: Draft) -> Iterator[str]:
    if draft.not_applicable:
        yield "spellings:"
        yield f"  not_applicable: [{', '.join(map(_quoted, draft.not_applicable))}]   # confirm: or blank, or no?"


def _written_items(draft: Draft) -> Iterator[str]:
    rule = draft.items
    explicit = dict(draft.alike)
    if not (rule.answer or rule.prefix or explicit or draft.points or draft.meanings):
        return
    yield "items:"
    if rule.prefix:
        yield f"  prefix: {_quoted(rule.prefix)}"
    if rule.answer:
        yield f"  answer: {_quoted(rule.answer[0])}"
    if draft.points:
        yield "  points: {100: yes, 0: no}"
    if draft.meanings:
        meant = ", ".join(f"{_quoted(typed)}: {meaning}" for typed, meaning in draft.meanings.items())
        yield f"  values: {{{meant}}}   # confirm"
    if explicit:
        yield "  each:"
        for item, column in explicit.items():
            yield f"    {item}: {_quoted(draft.headers.shown(column))}   # confirm: only alike"


def _written_published(draft: Draft) -> Iterator[str]:
    if draft.final is None and draft.sections is None:
        return
    yield "published:"
    if draft.final is not None:
        yield f"  final: {_quoted(draft.final)}"
    if draft.sections is not None:
        yield f"  sections: {_quoted(draft.sections)}"
    if draft.closed:
        yield f"  words: {{{', '.join(f'{_quoted(word)}: not_carried_out' for word in draft.closed)}}}   # confirm"


def _written_rest(draft: Draft, left: Sequence[str], without: Sequence[str]) -> Iterator[str]:
    if without:
        yield "# Items without a column (add them under items: each:, or say absent: not_asked):"
        for item in without:
            yield f"#   {item}: {_line(draft.checklist.items_by_id[item].text.said('en'))}"
    if draft.unread:
        yield "# Answers that nobody could read (say under values: what they mean):"
        yield from (f"#   {item}: {_quoted(typed)}" for item, typed in draft.unread[:50])
    if left:
        yield "# Columns that nothing uses:"
        yield from (f"#   {_line(header)}" for header in left)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join(text.split())
