"""What the answers of a file look like, where the usual words don't cover them."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.intake.columns import find
from auditkit.intake.columns_items import Names
from auditkit.intake.misread import Misread
from auditkit.intake.proposing_draft import Draft
from auditkit.intake.proposing_words import NO, NOT_APPLICABLE, YES
from auditkit.intake.spelling_numbers import split_points, unnumbered
from auditkit.intake.spelling_rules import as_text
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Spellings
from auditkit.model.column import Column
from auditkit.model.visit import NO as NO_
from auditkit.model.visit import YES as YES_
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue

_SHORT = {"yes": frozenset(map(fold, YES)), "no": frozenset(map(fold, NO)),
          "not_applicable": frozenset(map(fold, NOT_APPLICABLE))}  # fmt: skip
_TOTALS = 5
"""Rows without an answer at the end of a table that may be totals."""


def look_at_answers(draft: Draft) -> None:
    """Spellings, points behind answers, short forms of 'not applicable', and what nobody can read."""
    speller = Speller(draft.checklist, Spellings())
    given = list(_long_answers(draft) if draft.long else _wide_answers(draft))
    unread = [(item, as_text(raw).strip()) for item, raw in given if isinstance(speller.read(item, raw), Misread)]
    for item, typed in dict.fromkeys(unread):
        _look_at(draft, item, typed)
    _cross(draft, given, speller)
    _numbers(draft)
    _the_only_one(draft)
    if not draft.long:
        _totals(draft)


def _cross(draft: Draft, given: list[tuple[str, CellValue]], speller: Speller) -> None:
    """A cross beside other words for yes, and none for no: here it says no."""
    yes_no = [(as_text(raw).strip(), speller.read(item, raw)) for item, raw in given
              if draft.checklist.items_by_id[item].kind == "yes_no"]  # fmt: skip
    crosses = {typed for typed, _ in yes_no if fold(typed) == "x"}
    others = any(answer == YES_ for typed, answer in yes_no if typed not in crosses) or "yes" in draft.spelled
    if crosses and others and "no" not in draft.spelled and not any(answer == NO_ for _, answer in yes_no):
        for typed in sorted(crosses):
            draft.add("no", typed)


def _wide_answers(draft: Draft) -> Iterator[tuple[str, CellValue]]:
    for _, row in draft.rows:
        for item, at in draft.found.items():
            raw = row[at.answer] if at.answer is not None and at.answer < len(row) else None
            if raw is not None:
                yield item, raw


def _long_answers(draft: Draft) -> Iterator[tuple[str, CellValue]]:
    names = Names(draft.checklist)
    at = [find(Column(header=(draft.long[name],)), draft.headers, "").column for name in ("item", "answer")]
    for _, row in draft.rows:
        item, raw = (row[each] if each is not None and each < len(row) else None for each in at)
        found = names.plain(as_text(item)) if item is not None else None
        if found is not None and raw is not None:
            yield found, raw


def _look_at(draft: Draft, item: str, typed: str) -> None:
    first, _, rest = typed.partition(" ")
    label, points = split_points(typed)
    label = unnumbered(label)
    yes_no = draft.checklist.items_by_id[item].kind == "yes_no"
    spelt = fold(label)
    for what, words in _SHORT.items():
        if spelt in words and (yes_no or what == "not_applicable"):
            draft.add(what, label)
            return
    if rest and len(first) > 1 and fold(first) in _SHORT["not_applicable"]:
        draft.add("not_applicable", first)
        draft.meanings[f"{first} *"] = "not_applicable"
    elif points in (0, 100) and yes_no:
        draft.points = True
    else:
        draft.unread.setdefault(typed, []).append(item)


def _numbers(draft: Draft) -> None:
    """Beside 1 and 0, another number that yes/no questions have is likely 'not applicable': 9, 99, -1."""
    for typed, items in list(draft.unread.items()):
        kinds = {draft.checklist.items_by_id[item].kind for item in items}
        if kinds == {"yes_no"} and typed.lstrip("-").isdigit() and len(items) > 1:
            draft.meanings[typed] = "not_applicable"
            del draft.unread[typed]


def _the_only_one(draft: Draft) -> None:
    """One word that many questions share and nothing explains is likely this file's 'not applicable'."""
    if len(draft.unread) != 1 or draft.spelled.get("not_applicable"):
        return
    ((typed, items),) = draft.unread.items()
    if len(items) > 2 and len(typed) <= 20 and all(draft.checklist.items_by_id[item].not_applicable for item in items):
        draft.add("not_applicable", typed)
        draft.unread.clear()


def _totals(draft: Draft) -> None:
    """Rows at the end that answer nothing, by what stands in their first cell."""
    answers = [at.answer for at in draft.found.values() if at.answer is not None]
    ticks = [column for at in draft.found.values() for column in at.options]
    if not answers and not ticks:
        return
    for _, row in reversed(draft.rows[-_TOTALS:]):
        if any(column < len(row) and as_text(row[column]).strip() for column in (*answers, *ticks)):
            return
        first = next((at for at in draft.headers.filled if at < len(row) and as_text(row[at]).strip()), None)
        if first is None:
            return
        word = as_text(row[first]).strip()
        if isinstance(row[first], str) and word not in draft.closed:
            draft.skip.setdefault(draft.headers.shown(first), []).append(word)
