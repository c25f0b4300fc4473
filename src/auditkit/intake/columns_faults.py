"""What can be wrong between a mapping and the table that it is meant for."""

from __future__ import annotations

from auditkit.problems import Severity, declare

NO_HEADERS = declare(
    "C101",
    Severity.ERROR,
    finds="A table whose header row names none of the mapping's columns: it has no header row, or the mapping is for "
    "another file.",
    why="Without headers it cannot be known which column is which; the first visit would be read as names.",
    mend="Put the row of headers back, set `header:` to its number, or name the columns by `letter:`.",
)
NO_COLUMN = declare(
    "C102",
    Severity.ERROR,
    finds="A column that the mapping names and the file does not have.",
    why="What it holds would be missing in every row.",
    mend="Compare the header in the file with the mapping; the nearest one is named.",
)
SEVERAL_COLUMNS = declare(
    "C103",
    Severity.ERROR,
    finds="Several columns that fit one entry of the mapping, such as the same header twice.",
    why="Taking one of them by chance would give a score that nobody can trace.",
    mend="Say `nth: 2`, or `letter: D`, or write more of the header.",
)
UNUSED = declare(
    "C104",
    Severity.NOTE,
    finds="Columns that nothing in the mapping uses.",
    why="A renamed or new question is recognised by this and nothing is lost unseen.",
    mend="Map them, or enter them under `ignore:`.",
)
ITEM_WITHOUT = declare(
    "C105",
    Severity.ERROR,
    finds="A required item of the checklist for which the file has no column.",
    why="Its answer is missing in every row, so that every row is incomplete.",
    mend="Name its column under `items: each:`, or say `absent: not_asked` where the form did not have the question.",
)
OPTIONAL_WITHOUT = declare(
    "C106",
    Severity.NOTE,
    finds="An item without a column in the file, which need not be answered or counts as not asked there.",
    why="It is said, so that a renamed column does not pass unseen.",
    mend="Name its column under `items: each:`, or leave it.",
)
BAD_FIELD = declare(
    "C107",
    Severity.ERROR,
    finds="A date, time or number of the visit itself that cannot be read.",
    why="The visit could not be put into its wave, or its deadlines not be reckoned.",
    mend="Correct the cell.",
)
NO_SHEET = declare(
    "C108",
    Severity.ERROR,
    finds="A sheet that the mapping names and the workbook does not have.",
    why="The answers are looked for there.",
    mend="Correct `sheet:` in the mapping, or leave it out: the first visible sheet is taken then.",
)
NO_CHECKLIST = declare(
    "C109",
    Severity.ERROR,
    finds="A checklist that the mapping or a row names and that is not at hand.",
    why="Without the definition nothing can be understood or scored.",
    mend="Correct the id or version, or give the checklist with `--checklist`.",
)
BAD_MEANING = declare(
    "C110",
    Severity.ERROR,
    finds="A meaning in the mapping that is no answer of its item, or a rule for an item that the checklist lacks.",
    why="Whatever is typed so could not be scored.",
    mend="Write an answer of the item: yes, no, an option's id, a number, not_applicable, not_observed.",
)
ANSWERED_TWICE = declare(
    "C111",
    Severity.ERROR,
    finds="Two rows with different answers to one item of one visit.",
    why="It cannot be known which one is meant.",
    mend="Delete the wrong row.",
)
UNKNOWN_ITEM = declare(
    "C112",
    Severity.NOTE,
    finds="Rows of a long table whose item is none of the checklist.",
    why="A renamed question is recognised by this; nothing is lost unseen.",
    mend="Say under `long: items:` which item it is.",
)
NO_VISIT = declare(
    "C113",
    Severity.ERROR,
    finds="A row of a long table without a visit.",
    why="Its answer belongs to nobody.",
    mend="Fill the cell of the visit's code.",
)
UNKNOWN_OUTCOME = declare(
    "C114",
    Severity.ERROR,
    finds="An outcome that is none of done, closed, not_found, recognised, refused, not_served, no_answer.",
    why="Only visits that were carried out are scored; this cannot be guessed.",
    mend="Say under `outcome: values:` what the word means.",
)
LEFT_OUT = declare(
    "C115",
    Severity.NOTE,
    finds="Rows that `skip:` or `keep:` of the mapping leaves out, and rows that repeat the headers.",
    why="They are said, so that every row of the file is accounted for.",
    mend="Nothing, where they are no visits; else correct `skip:` or `keep:`.",
)
UNDATED = declare(
    "C116",
    Severity.NOTE,
    finds="A mapping that names no column with the date of a visit.",
    why="Trends over time and deadlines need it.",
    mend="Name it under `date:` or `start:`, where the file has one.",
)
NOT_ANSWERED = declare(
    "C117",
    Severity.ERROR,
    finds="A row without an answer to any item: a total, a note, or a visit that was not carried out.",
    why="As a visit it can only be returned.",
    mend="Leave such rows out with `skip:`, or say under `outcome:` what they are.",
)
OTHER_SHEETS = declare(
    "C118",
    Severity.WARNING,
    finds="Further sheets with the same headers as the one that is read, of which the mapping says nothing.",
    why="Their visits would be missing in every figure, unseen.",
    mend="Name them under `sheet:`, as a list or with `*`; or name the one sheet that is meant.",
)
CROSSES = declare(
    "C119",
    Severity.WARNING,
    finds="Crosses, which are read as yes, beside other words for yes and none for no.",
    why="Beside a tick or `ok` a cross means no, and every such answer would count as met.",
    mend="Say under `spellings:` what the cross means: `no: [x]` or `yes: [x]`.",
)
EXCHANGED = declare(
    "C122",
    Severity.WARNING,
    finds="Dates as text, such as 13/04/2026, in one column with real dates, none of which has a day above 12.",
    why="A spreadsheet of another country made dates of those that it could read, with day and month exchanged.",
    mend="Export the file again with dates as text or in ISO form; the real dates of this column can't be trusted.",
)
