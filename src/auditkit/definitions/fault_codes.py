"""What can be wrong with the form of a definition, and which of pydantic's errors mean it."""

from __future__ import annotations

from collections.abc import Mapping

from auditkit.model.text import LANGUAGE
from auditkit.problems import Code, Severity, declare

UNKNOWN_KEY = declare(
    "D110",
    Severity.ERROR,
    finds="A key that has no meaning where it stands.",
    why="A misspelt key that is silently ignored changes what is asked or scored without anybody noticing.",
    mend="Correct the spelling, indent it under what it belongs to, or delete it.",
)
OTHER_KIND = declare(
    "D111",
    Severity.ERROR,
    finds="A key that belongs to another kind of item.",
    why="`bands` of a yes/no question or `options` of a number would never be used.",
    mend="Set the `kind:` that has this key, or delete it.",
)
MISSING_KEY = declare(
    "D112",
    Severity.ERROR,
    finds="Something without which a checklist, section, item, option or grade cannot be used.",
    why="There is no default that would be right for everybody.",
    mend="Add the key with its value.",
)
EMPTY = declare(
    "D113",
    Severity.ERROR,
    finds="A key with nothing after its colon.",
    why="It cannot be known whether the value was forgotten or the default is meant.",
    mend="Write the value, or delete the line: the default holds then.",
)
NOT_ONE_OF = declare(
    "D114",
    Severity.ERROR,
    finds="A word where one of a few words is expected.",
    why="Any other word would have no meaning.",
    mend="Use one of the words named.",
)
NOT_A_NUMBER = declare(
    "D115",
    Severity.ERROR,
    finds="Words where a number is expected, or a number with a decimal comma.",
    why="Scores are reckoned exactly from these numbers.",
    mend="Write a number with a decimal point and without a unit: `0.5`.",
)
NOT_WHOLE = declare(
    "D116",
    Severity.ERROR,
    finds="Something other than a whole number where one is expected.",
    why="Steps of a scale, counts and decimals are whole.",
    mend="Write a whole number.",
)
NOT_YES_NO = declare(
    "D117",
    Severity.ERROR,
    finds="Something other than yes or no (true or false) where one of them is expected.",
    why="The setting is either on or off.",
    mend="Write `true` or `false`.",
)
NOT_A_DATE = declare(
    "D118",
    Severity.ERROR,
    finds="A date or time in another form than 2026-02-01 or 11:00, or one that does not exist.",
    why="01/02/2026 is two different days in two countries.",
    mend="Write dates as year-month-day, times as hours:minutes in quotes.",
)
BAD_NAME = declare(
    "D119",
    Severity.ERROR,
    finds="A name for machines (an id) with spaces, other letters than a to z, or a digit first.",
    why="Ids become column names and names in survey tools, which take nothing else.",
    mend="A letter, then letters, digits, `_` and `-`, at most 64: `told_wait`.",
)
BAD_FORM = declare(
    "D120",
    Severity.ERROR,
    finds="A value in another form than the one expected, such as a version that is not three numbers.",
    why="It could not be compared or looked up.",
    mend="Write it in the form named.",
)
NOT_TEXT = declare(
    "D121",
    Severity.ERROR,
    finds="A list or further keys where words are expected.",
    why="It is shown to people as it stands.",
    mend="Write words (in quotes where they hold `: ` or `#`), or words by language code.",
)
NOT_A_LIST = declare(
    "D122",
    Severity.ERROR,
    finds="A single value where a list is expected.",
    why="Lines that begin with `- ` make a list; without it the rows run together.",
    mend="Begin each row with `- `.",
)
NOT_KEYS = declare(
    "D123",
    Severity.ERROR,
    finds="Words or a list where `key: value` lines are expected.",
    why="Its parts have names.",
    mend="Write `key: value` lines, indented under it.",
)
OUT_OF_RANGE = declare(
    "D124",
    Severity.ERROR,
    finds="A number below the least or above the greatest that makes sense.",
    why="A negative weight or ten decimals would make scores that nobody can explain.",
    mend="Write a number within the bound named.",
)
TOO_FEW = declare(
    "D125",
    Severity.ERROR,
    finds="A list with too few rows: no sections, a choice with one option.",
    why="There is nothing to ask or to choose.",
    mend="Add rows.",
)
ALONE = declare(
    "D137",
    Severity.ERROR,
    finds="A value after an effect that takes none: `fail`, `flag`, `zero_visit` or `zero_section`.",
    why="`fail: no` could be meant either way.",
    mend="Write the effect by itself, as in `critical: fail`, or delete it.",
)
UNFIT = declare(
    "D129",
    Severity.ERROR,
    finds="A value that does not fit where it stands.",
    why="It could not be used as it is.",
    mend="Compare it with docs/definitions.md.",
)

BY_TYPE: Mapping[str, Code] = {
    "decimal_parsing": NOT_A_NUMBER,
    "decimal_type": NOT_A_NUMBER,
    "finite_number": NOT_A_NUMBER,
    "number": NOT_A_NUMBER,
    "int_parsing": NOT_WHOLE,
    "int_type": NOT_WHOLE,
    "int_from_float": NOT_WHOLE,
    "int_parsing_size": NOT_WHOLE,
    "bool_parsing": NOT_YES_NO,
    "bool_type": NOT_YES_NO,
    "string_type": NOT_TEXT,
    "text": NOT_TEXT,
    "tuple_type": NOT_A_LIST,
    "list_type": NOT_A_LIST,
    "dict_type": NOT_KEYS,
    "model_type": NOT_KEYS,
    "model_attributes_type": NOT_KEYS,
    "union_tag_not_found": NOT_KEYS,
    "greater_than_equal": OUT_OF_RANGE,
    "less_than_equal": OUT_OF_RANGE,
    "greater_than": OUT_OF_RANGE,
    "less_than": OUT_OF_RANGE,
    "too_short": TOO_FEW,
    "string_too_short": EMPTY,
    "alone": ALONE,
}
FORMS: Mapping[str, str] = {
    r"^\d{1,6}\.\d{1,6}\.\d{1,6}$": "1.0.0",
    "^([A-Z]{2})?$": "KZ",
    "^[A-Z]{3}$": "KZT",
    "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$": "2026-Q3",
    "^[A-Za-z]{1,3}$": "B",
    "^[A-Za-z]{1,3}[1-9][0-9]{0,6}$": "B2",
    LANGUAGE: "en, ru, pt-BR",
}
"""Pattern → how it looks."""
ROWS: Mapping[str, str] = {
    "not_met_at_most": "critical: 0, major: 1",
    "credits": "1: 0, 2: 0.5",
    "labels": "1: …, 2: …",
    "dimensions": "care: Care",
    "ignore": "D302: as the brand book has it",
    "positions": "sales: Sales staff",
    "columns": "visits/*.csv: survey.yaml",
}
"""Key → how what stands under it looks, where its names are free or few."""
