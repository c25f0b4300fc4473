"""A sheet being taken: what it gave, what was wrong with it, and what has come between since it was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.model.decision import Decision
from auditkit.problems import Code, Problem, Severity, declare, problem
from auditkit.review.frame import Found, Line, words
from auditkit.run.deciding import Bench, Taker
from auditkit.tables.folding import fold

NO_DECISION = declare(
    "R241",
    Severity.ERROR,
    finds="Something in the column of decisions that is none.",
    why="It would be a guess what was meant; the other rows are taken.",
    mend="Choose from the list, or leave the cell empty.",
)
NO_REASON = declare(
    "R242",
    Severity.ERROR,
    finds="A decision without its reason, or a workbook that does not say who decided.",
    why="Each decision must be defended later.",
    mend="Fill in the cell and take the workbook again; what was taken already is not taken twice.",
)
NEWER = declare(
    "R243",
    Severity.ERROR,
    finds="A decision about a report that was decided on anew, or handed in anew, since the workbook was written.",
    why="Whoever decided has not seen what holds now.",
    mend="Write the workbook anew: `auditkit review WAVE`.",
)


@dataclass
class Taking:
    """One sheet being taken by one person."""

    home: ProgrammeFolder
    found: Found
    bench: Bench
    by: str
    at: str
    """The moment, ISO 8601 with offset."""
    problems: list[Problem] = field(default_factory=list)
    lines: dict[tuple[str, ...], Decision] = field(default_factory=dict)
    """What is about → the line, not numbered yet; of two alike the first."""
    known: int = 0
    """Decisions in it that hold already."""

    @property
    def wave(self) -> str:
        """Which the sheet is about."""
        return self.bench.wave

    def taker(self, reason: str) -> Taker:
        """Who decides, and why."""
        return Taker(self.by, reason, self.at)

    def word(self, line: Line, column: str, keys: tuple[str, ...]) -> str | None:
        """Which of these is written there, in any language."""
        return words(keys).get(fold(line.said[column]))

    def settled(self, line: Line) -> tuple[str, str, str] | None:
        """Decision, other answer, reason of a row that has all three; what lacks is said, and gives `None`.

        Another answer without a decision is one.
        """
        new, reason = line.said["new_answer"], line.said["reason"]
        choices = self.found.form.choices["decision"]
        key = self.word(line, "decision", choices) if line.said["decision"] else "amend"
        if key is None:
            self.say(NO_DECISION, line, "decision")
            return None
        if not reason or (key == "amend" and not new):
            self.say(NO_REASON, line, "new_answer" if reason else "reason")
            return None
        return key, new, reason

    def say(self, code: Code, line: Line, column: str, **facts: Any) -> None:
        """Something is wrong with a cell."""
        self.problems.append(problem(code, self.found.place(line, column), line.said[column], **facts))

    def give(self, line: Line, column: str, lines: Sequence[Decision], faults: Sequence[Problem]) -> None:
        """What a row gave, or why it gave nothing."""
        self.problems += [each._replace(place=self.found.place(line, column)) for each in faults]
        for each in lines:
            self.lines.setdefault((each.what.value, each.visit, each.checklist, each.item, each.answers), each)

    def is_newer(self, line: Line, visit: str, checklist: str, answers: str) -> bool:
        """Whether the report was decided on, or came, anew since the sheet was written; it is said where it was."""
        here = any(
            each.incoming[2:4] == (visit, checklist) and each.incoming.answers == answers for each in self.bench.reports
        )
        return self.is_stale(line, visit, lambda each: (each.visit, each.checklist) == (visit, checklist), here=here)

    def is_stale(self, line: Line, visit: str, about: Callable[[Decision], bool], *, here: bool) -> bool:
        """Whether something was decided `about` it since, or it is not `here` any more."""
        newer = next(
            (
                str(each.number)
                for each in self.home.decisions.every
                if each.wave == self.wave and each.number > self.found.number and about(each)
            ),
            None if here else "",
        )
        if newer is None:
            return False
        self.say(NEWER, line, self.found.form.asked[0], visit=visit, number=newer)
        return True
