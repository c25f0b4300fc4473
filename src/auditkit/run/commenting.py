"""Shoppers' words decided on: which branches may read, as they are or in other words, and which they may not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from auditkit.analysis.asking import ask
from auditkit.analysis.contexts import context_for
from auditkit.analysis.viewing import Said
from auditkit.audience.comments import Comments, Fate
from auditkit.audience.copies import comments_of, employees_of, shoppers_of
from auditkit.audience.marks import Mark
from auditkit.model.decision import Decision, What, words_hash
from auditkit.model.visit import GONE
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.run.deciding import Bench, Taker, item_of
from auditkit.run.showing import Shown

NO_COMMENT = declare(
    "R244",
    Severity.ERROR,
    finds="A decision on a comment where the shopper wrote none.",
    why="There is nothing to release or to withhold.",
    mend="Name a question beside which something is written; `auditkit review WAVE --all` lists them.",
)
SAME_WORDS = declare(
    "R245",
    Severity.ERROR,
    finds="Several reports of one visit with different words beside the same question.",
    why="It is not said which of them is meant.",
    mend="Decide which report counts first, or decide in the workbook: `auditkit review WAVE`.",
)


class Commented(NamedTuple):
    """Words of one shopper beside one question, with what becomes of them."""

    said: Said
    version: str
    branch: str
    day: date | None
    number: str
    met: str
    answer: str
    """Canonical; '' where the words are the answer."""
    marks: tuple[Mark, ...]
    fate: Fate
    decided: Decision | None


class Words:
    """All words of a wave's shoppers, and the rule for them."""

    def __init__(self, shown: Shown) -> None:
        home = shown.home
        with shown.store.open(shown.waves) as tables:
            context = context_for(tables, home.library, home.programme, home.branches)
            employees = employees_of(home.staff, home.managers)
            self.comments: Comments = comments_of(context, shown.wave, home.decisions, shoppers_of(tables), employees)
            self.context = context
            found = (self._of(row) for row in ask(tables, "commented", wave=shown.wave))
            self.every = tuple(each for each in found if each is not None)

    def _of(self, row: tuple[object, ...]) -> Commented | None:
        _, visit, checklist, version, branch, day, _, item, number, met, answer, text, is_answer = row
        definition = self.context.checklists.get((str(checklist), str(version)))
        asked = definition.items_by_id.get(str(item)) if definition is not None else None
        if not visit or text == GONE or asked is None or (is_answer and asked.kind != "text"):
            return None  # a visit without a code cannot be named by a decision
        said = Said(str(visit), str(checklist), str(item), str(text))
        fate, decided = self.comments.fate(said)
        marks = tuple(self.comments.marker.marks(said.text))
        shown = "" if is_answer else str(answer)
        when = day if isinstance(day, date) else None
        return Commented(
            said, str(version), str(branch), when, str(number), str(met or ""), shown, marks, fate, decided
        )

    def waiting(self) -> Iterator[Commented]:
        """Those on which somebody has to decide before a branch reads them."""
        return (each for each in self.every if each.fate is Fate.WAITS)


def decide_comment(bench: Bench, said: Said, what: What, new: str, taker: Taker, old: str = "") -> list[Decision]:
    """The line; `new`: other words that the branch reads instead, '' for the shopper's own."""
    line = bench.signed(taker, what, visit=said.visit, checklist=said.checklist, item=said.item, old=old, new=new)
    return [line._replace(answers=words_hash(said.text))]


def comment_of(
    bench: Bench, words: Words, visit: str, item: str, checklist: str
) -> tuple[Commented | None, list[Problem]]:
    """The one comment that is meant."""
    here = [each for each in words.every if each.said.visit == visit and checklist in ("", each.said.checklist)]
    place = Place(f"visits/{bench.wave}")
    found = []
    for each in here:
        definition = bench.home.library.get(each.said.checklist, each.version)
        name = item_of(definition, item) if definition is not None else item
        if each.said.item == name:
            found.append(each)
    if not found:
        near = nearest(visit, {each.said.visit for each in words.every}) if not here else ""
        known = near or ", ".join(_numbers(here))
        return None, [problem(NO_COMMENT, place, f"{visit} {item}", known=known)]
    if len({(each.said.checklist, words_hash(each.said.text)) for each in found}) > 1:
        return None, [problem(SAME_WORDS, place, f"{visit} {item}")]
    return found[0], []


def _numbers(here: Sequence[Commented]) -> list[str]:
    return list(dict.fromkeys(f"{each.said.checklist} {each.number}" for each in here))[:12]
