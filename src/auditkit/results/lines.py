"""One submission as the csv that a worker hands on: the rows of `rows.py`, of which most is written only once.

Visits that answered alike share the scores of their items and sections (`ItemScore`, `SectionScore`), so what stands in
the tables of such a score is put together when it is met first. Only what is the visit's own is written each time.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.credits import ZERO
from auditkit.model.score import ItemScore, SectionScore, VisitScore
from auditkit.model.visit import Submission, Value
from auditkit.results.batch import as_csv
from auditkit.results.keys import canonical
from auditkit.results.rows import Came, Row, dimension_rows, exact, head_of, section_row, visit_row
from auditkit.scoring import points_lost

_SPECIAL = re.compile('[",\r\n\0]')
_MOST = 65_536
"""Scores remembered a checklist; they are forgotten all at once, since numbers and times may differ visit by visit."""


def submission_texts(
    key: str, submission: Submission, scored: VisitScore | None, checklist: Checklist | None, came: Came
) -> dict[str, str]:
    """Csv text by table, the same as of `rows_of`; problems are left out."""
    head = head_of(key, submission, came)
    texts = {"visits": as_csv((visit_row(head, submission, scored, checklist, came),))}
    if scored is None or checklist is None:
        return texts
    begun = f"{as_csv((head,))[:-2]},"
    known = _known(checklist)
    sections = "".join([begun + known.section(each) for each in scored.sections])
    if checklist.dimensions:
        sections += as_csv(dimension_rows(head, scored, checklist))
    items = "".join(_items(begun, submission, scored, checklist))
    return {**texts, **{table: text for table, text in (("sections", sections), ("items", items)) if text}}


def _items(begun: str, submission: Submission, scored: VisitScore, checklist: Checklist) -> Iterator[str]:
    lost = points_lost(checklist, scored)
    answers, comments, evidence = submission.answers, submission.comments, submission.evidence
    # All of them are asked for.
    cells, here = dict(submission.cells), _before_cell(submission)
    known = _known(checklist)
    for place, item in enumerate(scored.items, 1):
        _, name, before, between, after = known.items.get(id(item)) or known.item(item)
        told = _answer(answers.get(name))
        comment = _field(comments[name]) if name in comments else ""
        file = _field(evidence[name]) if name in evidence else ""
        cost = lost.get(name)
        cell = cells.get(name, "")
        at = f"{here}{cell}]" if here and cell.isalnum() else _field(str(submission.place(name)))
        cost_text = "0" if cost is None or cost is ZERO else exact(cost)
        yield f"{begun}{place}{before}{told},{comment},{file}{between}{cost_text}{after}{at}\r\n"


def _before_cell(submission: Submission) -> str:
    """What stands before the cell where an answer is said to stand; '' where it must be quoted."""
    source = submission.source
    begun = f"{source.file}[{source.sheet}!" if source.sheet else f"{source.file}["
    return "" if _SPECIAL.search(begun) else begun


class _Item(NamedTuple):
    score: ItemScore
    """Held, so that its identity is nobody else's."""
    name: str
    before: str
    """Place of it to its state; then come answer, comment and evidence."""
    between: str
    """Credits; then come the points lost."""
    after: str
    """Severity and effects; then comes the cell."""


class _Known:
    """What was written of one checklist's scores."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.items: dict[int, _Item] = {}
        self._sections: dict[int, tuple[SectionScore, str]] = {}

    def item(self, item: ItemScore) -> _Item:
        """What all visits with this score of an item have in common."""
        named = (item.item, item.section, self.checklist.numbers[item.item], item.state.value, item.met or "")
        credit = (exact(item.credit), exact(item.earned), exact(item.possible))
        found = (item.severity.value, "; ".join(effect.effect.value for effect in item.critical))
        made = _Item(item, item.item, _between(named), _between(credit), _between(found))
        if len(self.items) >= _MOST:
            self.items.clear()
        self.items[id(item)] = made
        return made

    def section(self, section: SectionScore) -> str:
        """The end of a section's row."""
        known = self._sections.get(id(section))
        if known is None:
            known = (section, as_csv((section_row(section, self.checklist),)))
            if len(self._sections) >= _MOST:
                self._sections.clear()
            self._sections[id(section)] = known
        return known[1]


def _between(fields: Row) -> str:
    return "".join(f",{_field(str(each))}" for each in fields) + ","


def _answer(value: Value | None) -> str:
    if value is None:
        return ""
    return _field(value if value.__class__ is str else canonical(value))


@lru_cache(maxsize=16_384)
def _field(text: str) -> str:
    """One field as the csv module writes it."""
    if _SPECIAL.search(text) is None:
        return text
    quoted = text.replace('"', '""').replace("\0", "\ufffd")
    return f'"{quoted}"' if re.search('[",\r\n]', text) else quoted


_KNOWN: dict[int, tuple[weakref.ref[Checklist], _Known]] = {}


def _known(checklist: Checklist) -> _Known:
    # By identity: a checklist has no hash; the reference tells a reused address.
    key = id(checklist)
    known = _KNOWN.get(key)
    if known is not None and known[0]() is checklist:
        return known[1]
    made = _Known(weakref.proxy(checklist))
    _KNOWN[key] = (weakref.ref(checklist, lambda _: _KNOWN.pop(key, None)), made)
    return made
