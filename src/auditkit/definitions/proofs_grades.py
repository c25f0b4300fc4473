"""Proofs over grades: every row can be reached, and every score has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from auditkit.definitions.evidence import Say
from auditkit.model.checklist import Grade
from auditkit.model.judging import Severity as FindingSeverity
from auditkit.problems import Severity, declare

ORDER = declare(
    "D260",
    Severity.ERROR,
    finds="Grades whose bounds are not in order, the best first.",
    why="The first row that holds is given; a better grade below a worse one is never reached.",
    mend="Order the rows: the best grade first, the one without condition last.",
)
UNREACHABLE = declare(
    "D261",
    Severity.ERROR,
    finds="A grade that can never be given, since an earlier row holds whenever it does.",
    why="Somebody counts on a level that does not exist.",
    mend="Make its conditions easier than those of the rows above, or delete it.",
)
LAST = declare(
    "D262",
    Severity.ERROR,
    finds="Grades without a last row that holds for everybody.",
    why="A visit that meets none of the conditions would have no level.",
    mend="Add a last row with neither bound nor limits.",
)
WRONG_BOUND = declare(
    "D263",
    Severity.ERROR,
    finds="`at_least` where fewer points are better, or `at_most` where more are.",
    why="The row would hold for the wrong end.",
    mend="Use `at_least` where higher is better, `at_most` where lower is.",
)
OUT_OF_REACH = declare(
    "D264",
    Severity.ERROR,
    finds="A grade's bound that no score can reach, such as 120 percent.",
    why="The grade could never be given, or never be missed.",
    mend="Use a bound that can be reached: in percent from 0 to 100 (with a bonus that may lead further, write "
    "`over_100: true`), in points up to what all items together can earn.",
)


HUNDRED = Decimal(100)


class Ends(NamedTuple):
    """The least and the greatest score that there can be; `None`: no end is known."""

    low: Decimal | None = Decimal(0)
    high: Decimal | None = HUNDRED
    sections: bool = True
    """Whether they are those of sections too."""

    def holds(self, bound: Decimal) -> bool:
        """Whether a score can lie at a bound."""
        return (self.low is None or bound >= self.low) and (self.high is None or bound <= self.high)

    def __str__(self) -> str:
        """As a message names them."""
        if self.low is None or self.high is None:
            return f"≤ {self.high}" if self.low is None else f"≥ {self.low}"
        return f"{self.low} … {self.high}"


def prove_grades(
    say: Say,
    grades: Sequence[Grade],
    *,
    lower_is_better: bool = False,
    ends: Ends = Ends(),  # noqa: B008  frozen
) -> None:
    """The rows of `grades:` of a checklist or a programme."""
    if not grades:
        return
    for at, row in enumerate(grades):
        _bounds(say, at, row, lower_is_better=lower_is_better, ends=ends)
    # `at_least: 0` in the last row is what everybody writes, and no condition.
    rows = [row.model_copy(update={"at_least": None}) if row.at_least == ends.low else row for row in grades]
    for at in range(1, len(grades)):
        _reached(say, rows, at)
    if not _free(rows[-1]):
        say(LAST, ("grades", len(grades) - 1, "grade"), grades[-1].grade)


def _bounds(say: Say, at: int, row: Grade, *, lower_is_better: bool, ends: Ends) -> None:
    wrong, value = ("at_least", row.at_least) if lower_is_better else ("at_most", row.at_most)
    if value is not None:
        say(WRONG_BOUND, ("grades", at, wrong), wrong, right="at_most" if lower_is_better else "at_least")
    keys = ("at_least", "at_most", "each_section_at_least", "each_section_at_most")
    for key in keys if ends.sections else keys[:2]:
        bound: Decimal | None = getattr(row, key)
        if bound is not None and key != wrong and not ends.holds(bound):
            say(OUT_OF_REACH, ("grades", at, key), bound, grade=row.grade, ends=ends)


def _reached(say: Say, grades: Sequence[Grade], at: int) -> None:
    row = grades[at]
    for before in grades[:at]:
        key = "at_least" if row.at_least is not None else "at_most"
        if _harder(row, before):
            say(ORDER, ("grades", at, key), getattr(row, key), grade=row.grade, before=before.grade)
            return
    for before in grades[:at]:
        if implied(row, before):
            say(UNREACHABLE, ("grades", at, "grade"), row.grade, before=before.grade)
            return


def _harder(row: Grade, before: Grade) -> bool:
    """Whether a row asks for a better score than one above it."""
    if row.at_least is not None and before.at_least is not None and row.at_least > before.at_least:
        return True
    return row.at_most is not None and before.at_most is not None and row.at_most < before.at_most


def implied(row: Grade, by: Grade) -> bool:
    """Whether `by` holds whenever the row does: each of its conditions is one of the row's, or easier."""
    return (
        _at_least(row.at_least, by.at_least)
        and _at_most(row.at_most, by.at_most)
        and (row.no_critical_failed or not by.no_critical_failed)
        and _at_least(row.each_section_at_least, by.each_section_at_least)
        and _at_most(row.each_section_at_most, by.each_section_at_most)
        and _at_most(row.each_item_at_most, by.each_item_at_most)
        and _counts(row.not_met_at_most or {}, by.not_met_at_most or {})
    )


def _at_least(row: Decimal | None, by: Decimal | None) -> bool:
    return by is None or (row is not None and row >= by)


def _at_most(row: Decimal | None, by: Decimal | None) -> bool:
    return by is None or (row is not None and row <= by)


def _counts(row: Mapping[FindingSeverity, int], by: Mapping[FindingSeverity, int]) -> bool:
    return all(severity in row and row[severity] <= count for severity, count in by.items())


def _free(row: Grade) -> bool:
    return row.model_copy(update={"grade": "x", "title": None}) == Grade(grade="x", verdict=row.verdict)
