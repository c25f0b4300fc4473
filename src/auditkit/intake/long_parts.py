"""One checklist in a table with a row an answer: how its items are called, and which rows state scores."""

from __future__ import annotations

from auditkit.intake.columns_faults import BAD_MEANING
from auditkit.intake.columns_items import Names
from auditkit.intake.columns_published import FINAL, GRADE, item_key
from auditkit.intake.columns_reader import answers_of, speller_for
from auditkit.intake.spelling_rules import key
from auditkit.model.checklist import Checklist
from auditkit.model.columns import ChecklistColumns, Columns, Long
from auditkit.model.published import IN_ANSWERS
from auditkit.problems import Place, Problem, nearest, problem

_WHOLE = {"final": FINAL, "grade": GRADE}


class Part:
    """One checklist of the mapping: its items by what the table calls them, and the readers of their answers."""

    def __init__(
        self, checklist: Checklist, own: ChecklistColumns, columns: Columns, order: str | None, *, date1904: bool
    ) -> None:
        self.checklist, self.own = checklist, own
        self.long: Long = columns.long  # type: ignore[assignment]  # the model refuses layout long without it
        self.answers = answers_of(checklist, own, speller_for(checklist, columns, order, date1904=date1904))
        self.names = Names(checklist, own.items.prefix)
        self.meant = {key(typed): item for typed, item in self.long.items.items()}
        self.sections = {each.id for each in checklist.walk_sections()}
        self.scores = {
            key(typed): _WHOLE.get(meant, meant)
            for typed, meant in self.long.scores.items()
            if meant in _WHOLE or meant in self.sections
        }
        self.in_answers = bool(own.published and own.published.items == (IN_ANSWERS,))

    def item(self, name: str) -> str | None:
        """The item that a row is about; `None` where this checklist has none of that name."""
        found = self.meant.get(key(name)) or self.names.plain(name)
        return found if found in self.answers else None

    def score(self, name: str) -> str | None:
        """The published figure that a row states; `None` where it states none."""
        return self.scores.get(key(name)) if self.own.published is not None else None

    def points_key(self, item: str) -> str | None:
        """The key of an answer's stated points; `None` where the file is not asked for any."""
        return item_key(item) if self.own.published is not None else None

    def unknown(self, place: Place) -> list[Problem]:
        """Items and sections that the mapping names and the checklist lacks."""
        wrong = [each for each in self.long.items.values() if each not in self.answers]
        wrong_scores = [each for each in self.long.scores.values() if each not in _WHOLE and each not in self.sections]
        found = [problem(BAD_MEANING, place, each, item=nearest(each, self.answers)) for each in wrong]
        return found + [problem(BAD_MEANING, place, each, item=nearest(each, self.sections)) for each in wrong_scores]
