"""What was guessed when a definition is proposed: each with the cell that it was guessed from."""

from __future__ import annotations

from auditkit.problems import Severity, declare

NO_QUESTIONS = declare(
    "D510",
    Severity.ERROR,
    finds="A file in which no column of questions was found.",
    why="There is nothing to make a checklist of.",
    mend="Write `Question` above the column of the questions.",
)
COLUMN = declare(
    "D511",
    Severity.NOTE,
    finds="A guess: what a column of a foreign sheet holds.",
    why="The sheet does not say it in words of ours; whoever knows it must confirm.",
    mend="Where it is wrong, give the column another name and import again, or correct the definition.",
)
HEADING = declare(
    "D512",
    Severity.NOTE,
    finds="A guess: a line that is the title of a section, and no question.",
    why="A title taken for a question would be asked, a question taken for a title would not.",
    mend="Where it is wrong, correct the definition.",
)
ANSWERS = declare(
    "D513",
    Severity.NOTE,
    finds="A guess: what may be answered to a question, and what each answer earns.",
    why="The score hangs on it.",
    mend="Look every credit over; the best answer earns 1, the worst 0.",
)
WEIGHING = declare(
    "D514",
    Severity.NOTE,
    finds="A guess: how much questions and sections weigh.",
    why="The score hangs on it.",
    mend="Look the weights over.",
)
CRITICAL = declare(
    "D515",
    Severity.NOTE,
    finds="A guess: a question or section of zero tolerance, and what happens when it is not met.",
    why="It decides a result alone.",
    mend="Say under `critical:` what is meant: fail, zero_visit, zero_section, {cap_visit: 50}.",
)
WRITTEN_IN = declare(
    "D516",
    Severity.NOTE,
    finds="A guess: the language that texts are written in.",
    why="A form shows them to those who read that language.",
    mend="Where it is wrong, import again with --written-in, or put the language into the column's name.",
)
NAMED = declare(
    "D517",
    Severity.NOTE,
    finds="A guess: the id, title, version and status of a checklist.",
    why="Results name them for ever.",
    mend="Correct them before the first visit; `status: draft` holds until somebody approves it.",
)
ASIDE = declare(
    "D518",
    Severity.WARNING,
    finds="A column, sheet or line of a foreign file that is not taken into the definition.",
    why="What stands in it is missing there.",
    mend="Where it belongs to the standard, add it to the definition by hand.",
)
