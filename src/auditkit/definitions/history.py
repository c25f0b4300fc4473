"""history.csv: scores from the years before auditkit, read with every fault by its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from auditkit.definitions.branch_codes import BranchCodes
from auditkit.definitions.rows import Row, rows_of
from auditkit.model.checklist import Checklist
from auditkit.model.past import Past, PastScore
from auditkit.model.programme import Branch
from auditkit.problems import Problem, Severity, declare, nearest

if TYPE_CHECKING:
    from auditkit.tables.table import Sheet

NO_WAVE = declare(
    "D490",
    Severity.ERROR,
    finds="A score in history.csv that does not say of which wave it is.",
    why="It could stand at no place of the chart.",
    mend="Write what the wave was called: 2024, 2025 spring. The order is that in which they first stand in the file.",
)
OWN_WAVE = declare(
    "D491",
    Severity.ERROR,
    finds="A score in history.csv of a wave that programme.yaml has too.",
    why="The wave would have two scores, by two methods.",
    mend="Delete the row: visits of the programme's waves are scored. Or give the earlier wave another name.",
)
NO_SCORE = declare(
    "D492",
    Severity.ERROR,
    finds="A row of history.csv without a score.",
    why="Nothing can be shown; a blank is not a 0.",
    mend="Write the score, or delete the row.",
)
TWICE = declare(
    "D493",
    Severity.ERROR,
    finds="Two scores in history.csv of one branch (and checklist) in one wave.",
    why="Which one holds would be a guess.",
    mend="Delete one of the two rows.",
)
NO_CHECKLIST = declare(
    "D494",
    Severity.ERROR,
    finds="A score in history.csv on a checklist that the programme does not use.",
    why="It would be shown nowhere.",
    mend="Correct the name; or leave it blank, where the score is of the branch as a whole.",
)
OFF_SCALE = declare(
    "D495",
    Severity.ERROR,
    finds="A score in history.csv below 0 or above 100 where the programme's scores are percent.",
    why="Beside them it would say something else than it did.",
    mend="Convert the scores to percent (4.2 of 5 is 84) before they are written down here.",
)
NO_COUNT = declare(
    "D496",
    Severity.ERROR,
    finds="A number of visits in history.csv that is not a whole number above 0.",
    why="It says how much a score means.",
    mend="Write how many visits are behind the score, or leave the cell empty.",
)

COLUMNS = ("branch", "wave", "score", "checklist", "n")
_NEEDS = ("branch", "wave", "score")
_MOST = Decimal(10) ** 12
"""Points beyond this are a slip of the keys."""
_FINEST = -9
"""Places that are kept."""


class Own(NamedTuple):
    """What the programme has itself."""

    branches: Mapping[str, Branch]
    waves: tuple[str, ...]
    checklists: tuple[str, ...]
    found: Iterable[Checklist]
    """Their definitions, each read when it is asked for."""


def read_history(file: str, sheet: Sheet, own: Own, *, workbook: bool) -> tuple[Past, list[Problem]]:
    """The scores in the order of their rows; a row with a fault is left out and said."""
    rows, _, problems = rows_of(file, sheet, workbook=workbook, needs=_NEEDS, known=COLUMNS)
    if problems:
        return Past(), problems
    reader = _Reader(own)
    scores = [score for row in rows if (score := reader.one(row)) is not None]
    return Past(tuple(scores)), [*reader.problems, *reader.codes.problems]


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, own: Own) -> None:
        self._own = own
        self._waves = {wave.casefold() for wave in own.waves}
        self._percent: dict[str, bool] | None = None
        self._seen: dict[tuple[str, str, str], Row] = {}
        self.codes = BranchCodes(own.branches)
        self.problems: list[Problem] = []

    def one(self, row: Row) -> PastScore | None:
        """The score of a row; `None` where it cannot be used, which is said."""
        before = len(self.problems)
        branch, wave, checklist = self.codes.of(row), row.text("wave"), row.text("checklist")
        if not wave:
            self.problems.append(row.say(NO_WAVE, "wave"))
        elif wave.casefold() in self._waves:
            self.problems.append(row.say(OWN_WAVE, "wave", wave))
        if checklist and checklist not in self._own.checklists:
            known = nearest(checklist, self._own.checklists) or ", ".join(self._own.checklists)
            self.problems.append(row.say(NO_CHECKLIST, "checklist", checklist, known=known))
        score, n = self._score(row, checklist), self._count(row)
        if branch and wave:
            first = self._seen.setdefault((branch, wave, self._part(checklist)), row)
            if first is not row:
                self.problems.append(row.say(TWICE, "wave", wave, branch=branch, row=first.row))
        if not branch or score is None or len(self.problems) > before:
            return None
        return PastScore(branch, wave, score, checklist, n)

    def _score(self, row: Row, checklist: str) -> Decimal | None:
        score = row.number("score", self.problems)
        if row.raw("score") is None:
            self.problems.append(row.say(NO_SCORE, "score"))
        if score is None:
            return None
        if not -_MOST <= score <= _MOST or (self._is_percent(checklist) and not 0 <= score <= 100):
            self.problems.append(row.say(OFF_SCALE, "score", row.text("score")))
            return None
        return score if int(score.as_tuple().exponent) >= _FINEST else round(score, -_FINEST)

    def _count(self, row: Row) -> int | None:
        n = row.number("n", self.problems)
        if n is None:
            return None
        if not 0 < n < _MOST or n != int(n):
            self.problems.append(row.say(NO_COUNT, "n", row.text("n")))
            return None
        return int(n)

    def _part(self, checklist: str) -> str:
        """Where the programme has a single checklist, its score is that of the branch as a whole."""
        return checklist or (self._own.checklists[0] if len(self._own.checklists) == 1 else "")

    def _is_percent(self, checklist: str) -> bool:
        """The score of a branch over several checklists is; that on one where the checklist is."""
        part = self._part(checklist)
        if not part:
            return True
        if self._percent is None:
            self._percent = {each.checklist: each.scoring == "percent" for each in self._own.found}
        return self._percent.get(part, False)
