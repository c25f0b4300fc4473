"""What a cell was when it could not be understood: a coded problem that waits for its place."""

from __future__ import annotations

from typing import NamedTuple

from auditkit.problems import Code, Place, Problem, Severity, declare, problem


class Misread(NamedTuple):
    """A value that is no answer to its item; the reader of the file knows where it stood."""

    code: Code
    facts: tuple[tuple[str, str], ...] = ()

    def at(self, place: Place, item: str, value: object) -> Problem:
        """The problem, with the cell and what stood in it."""
        return problem(self.code, place, value, item=item, **dict(self.facts))


def misread(code: Code, **facts: object) -> Misread:
    """A misreading with its facts as text."""
    return Misread(code, tuple((name, str(fact)) for name, fact in facts.items()))


_MEND = "Write one of the answers that the item takes, or say in the checklist or the mapping what this text means."

NOT_AN_ANSWER = declare(
    "S301",
    Severity.ERROR,
    finds="A yes/no answer that is neither yes nor no in any of the five languages.",
    why="A guess would move a branch's score. A bare dash stands for no, for blank and for 'not applicable' alike.",
    mend=_MEND,
)
DATE_INSTEAD = declare(
    "S302",
    Severity.ERROR,
    finds="A date in the cell of an answer that is none: spreadsheets turn `1-2` or `3/4` into a date by themselves.",
    why="What was typed is lost; the date shown is not what the shopper meant.",
    mend="Format the column as text and type the answer again.",
)
NOT_A_NUMBER = declare(
    "S303",
    Severity.ERROR,
    finds="A text where a number is expected.",
    why="The item is scored by its number.",
    mend="Write the number alone; its unit may follow it.",
)
NOT_ON_SCALE = declare(
    "S304",
    Severity.ERROR,
    finds="A value that is no step of the item's scale.",
    why="Only whole steps between the scale's ends have a credit.",
    mend="Write a whole number between the scale's ends, or the words of one of its steps.",
)
NOT_AN_OPTION = declare(
    "S305",
    Severity.ERROR,
    finds="An answer that is none of the item's options, by id or by words in any of its languages.",
    why="Only the options of the definition have a credit.",
    mend=_MEND,
)
PARTS_UNKNOWN = declare(
    "S306",
    Severity.ERROR,
    finds="A cell with several answers of which some are none of the item's options.",
    why="Leaving out what was not understood would change the sum.",
    mend=_MEND,
)
NOT_A_MOMENT = declare(
    "S307",
    Severity.ERROR,
    finds="A text where a date and time are expected.",
    why="Deadlines and durations are reckoned from it.",
    mend="Write date and time, such as 2026-08-20 10:31, or 'never'.",
)
DATE_ORDER = declare(
    "S308",
    Severity.ERROR,
    finds="A date such as 03/04/2026, where nothing says whether the day or the month stands first.",
    why="The wrong reading moves a visit by months; it is never guessed.",
    mend="Set `date_order: dmy`, `mdy` or `ymd` in the mapping or the programme, or write the year first.",
)
AMBIGUOUS_NUMBER = declare(
    "S309",
    Severity.ERROR,
    finds="A number such as 1,234, which is a thousand and more in one country and one and a bit in another.",
    why="The two differ by a factor of a thousand; it is never guessed.",
    mend="Set `decimal: ','` or `decimal: '.'` in the mapping, or write the number without parting its thousands.",
)
CELL_ERROR = declare(
    "S310",
    Severity.ERROR,
    finds="A formula's error, such as #N/A or #REF!, in the cell of an answer.",
    why="The answer that should stand there is not in the file.",
    mend="Put the formula right, or type the answer over it.",
)
OUT_OF_RANGE = declare(
    "S311",
    Severity.ERROR,
    finds="A number outside the item's `lowest` and `highest`.",
    why="Such a number is a slip of the pen, 100 rings for 10.",
    mend="Look at what was meant and write it.",
)
NO_TIME_OF_DAY = declare(
    "S312",
    Severity.ERROR,
    finds="A date without a time of day where minutes or hours are reckoned, or a time without its date.",
    why="Half a moment gives no deadline.",
    mend="Write both, such as 2026-08-20 10:31.",
)
NONE_AND_MORE = declare(
    "S313",
    Severity.ERROR,
    finds="'None of these' together with an option.",
    why="One of the two is not meant.",
    mend="Leave the one that is true.",
)
