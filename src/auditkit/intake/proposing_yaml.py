"""A proposed mapping written out as YAML, with what is left open as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from auditkit.intake.columns_cells import ANY_NUMBER
from auditkit.intake.proposing_draft import Draft
from auditkit.intake.proposing_fields import ambiguous_dates
from auditkit.intake.spelling_rules import key
from auditkit.model.columns import Items

_MOST_UNREAD = 30


def written(draft: Draft, left: Sequence[str], without: Sequence[str]) -> Iterator[str]:
    """Its lines: what was found, then as comments the items, answers and columns that are left over."""
    yield "# Proposed by auditkit map: look it over, above all where a line says 'confirm'."
    if draft.tool:
        yield f"# It looks like an export of {draft.tool}."
    yield f"checklist: {draft.checklist.checklist}"
    yield from _written_place(draft)
    yield ""
    for name, value in draft.fields.items():
        yield f"{name}: {_value(value)}{'   # confirm' if name in draft.unsure else ''}"
    yield from _written_dates(draft)
    yield from _written_outcome(draft)
    yield from _written_spellings(draft)
    if draft.long:
        yield "long:"
        yield from (f"  {name}: {_value(header)}" for name, header in draft.long.items())
    else:
        yield from _written_items(draft)
    yield from _written_published(draft)
    yield from _written_rest(draft, left, without)


def _written_place(draft: Draft) -> Iterator[str]:
    if draft.long:
        yield "layout: long"
    if "sheet" in draft.settings:
        yield f"sheet: {_value(draft.settings['sheet'])}"
    if draft.settings.get("turned"):
        yield "turned: true   # questions stand in rows, visits in columns"
    header = draft.settings.get("header", [1])
    if header != [1]:
        yield f"header: {header[0] if len(header) == 1 else header}"


def _written_dates(draft: Draft) -> Iterator[str]:
    unclear = ambiguous_dates(draft)
    if unclear:
        yield f"# date_order: dmy   # or mdy: nothing in the file tells whether the day stands first in {unclear[0]}"


def _written_outcome(draft: Draft) -> Iterator[str]:
    if draft.closed and draft.final is not None:
        words = ", ".join(f"{_quoted(word)}: closed" for word in draft.closed)
        words += f", {_quoted(ANY_NUMBER)}: done"
        yield f"outcome: {{header: {_quoted(draft.final)}, values: {{{words}}}}}   # confirm"
    if draft.skip:
        words = ", ".join(f"{_quoted(header)}: {_value(words)}" for header, words in draft.skip.items())
        yield f"skip: {{{words}}}   # confirm: rows that are no visits"
    if draft.personal:
        yield f"# They say who somebody is, and are left aside: {', '.join(map(_line, draft.personal))}"
    if draft.ignore or draft.personal:
        yield f"ignore: {_value([*draft.personal, *draft.ignore])}"


def _written_spellings(draft: Draft) -> Iterator[str]:
    if draft.spelled:
        yield "spellings:"
    for what, words in draft.spelled.items():
        doubt = "   # confirm: or blank, or no?" if what == "not_applicable" else "   # confirm"
        yield f"  {what}: [{', '.join(map(_quoted, words))}]{doubt}"


def _written_items(draft: Draft) -> Iterator[str]:
    rule = draft.items
    other_options = rule.options if rule.options != Items().options else ()
    if not (rule.answer or rule.prefix or other_options or draft.alike or draft.points or draft.meanings):
        return
    yield "items:"
    if rule.prefix:
        yield f"  prefix: {_quoted(rule.prefix)}"
    if rule.answer:
        yield f"  answer: {_quoted(rule.answer[0])}"
    if other_options:
        yield f"  options: {_quoted(other_options[0])}"
    if draft.points:
        yield "  points: {100: yes, 0: no}"
    if draft.meanings:
        meant = ", ".join(f"{_quoted(typed)}: {meaning}" for typed, meaning in draft.meanings.items())
        yield f"  values: {{{meant}}}   # confirm"
    if draft.alike:
        yield "  each:"
        for item, column in draft.alike.items():
            yield f"    {item}: {_quoted(draft.headers.shown(column))}   # confirm: only alike"


def _written_published(draft: Draft) -> Iterator[str]:
    final = {"header": draft.final, "take": draft.take_out} if draft.final and draft.take_out else draft.final
    stated = {"final": final, "grade": draft.grade, "sections": draft.sections, "items": draft.answer_points}
    if not any(stated.values()):
        if {"points", "scores"} & set(draft.long):
            how = draft.writing.get("final", {})
            yield f"published: {_value(how)}{'   # confirm' if how else ''}"
        return
    yield "published:"
    yield from (f"  {name}: {_value(said)}" for name, said in stated.items() if said is not None)
    yield from _written_how(draft)
    words = {**dict.fromkeys(draft.closed, "not_carried_out"), **draft.words}
    if words:
        yield f"  words: {{{', '.join(f'{_quoted(word)}: {meant}' for word, meant in words.items())}}}   # confirm"


def _written_how(draft: Draft) -> Iterator[str]:
    """How the figures are written, once where finals and sections are written alike."""
    final, sections = draft.writing.get("final", {}), draft.writing.get("sections", {})
    kinds = {"items_as": draft.writing.get("items", {})}
    if final == sections or not draft.sections or not draft.final:
        yield from (f"  {name}: {value}   # confirm" for name, value in (final or sections).items())
    else:
        kinds |= {"final_as": final, "sections_as": sections}
    yield from (f"  {kind}: {_value(how)}   # confirm" for kind, how in kinds.items() if how)


def _written_rest(draft: Draft, left: Sequence[str], without: Sequence[str]) -> Iterator[str]:
    if without:
        yield "# Items without a column (add them under items: each:, or say absent: not_asked):"
        for item in without:
            text = draft.checklist.items_by_id[item].text
            near = _near([*text.words.values()], left)
            yield f"#   {item}: {_line(text.said('en'))}" + (f"   <- like the column {_quoted(near)}" if near else "")
    if draft.unread:
        yield "# Answers that nobody could read (say under values: what they mean):"
        for typed, items in list(draft.unread.items())[:_MOST_UNREAD]:
            more = f" and {len(items) - 3} more" if len(items) > 3 else ""
            yield f"#   {_quoted(typed)}: {', '.join(items[:3])}{more}"
    if left:
        yield "# Columns that nothing uses:"
        texts = {word: item for item in without for word in draft.checklist.items_by_id[item].text.words.values()}
        for header in left:
            near = _near([header], list(texts))
            yield f"#   {_line(header)}" + (f"   <- like the item {texts[near]}" if near else "")


_NEAR = 0.5


def _near(texts: Sequence[str], among: Sequence[str]) -> str:
    """Which of some texts is most like one of these; empty where none is."""
    wanted = [key(text) for text in texts]
    rated = [(max(SequenceMatcher(None, key(each), one).ratio() for one in wanted), each) for each in among]
    best = max(rated, default=(0.0, ""))
    return _line(best[1]) if best[0] >= _NEAR else ""


def _value(value: Any) -> str:
    """In YAML's short form, with every text in quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_value(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join(text.split())
