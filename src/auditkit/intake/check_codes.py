"""What can be wrong with a submission that was read, held against its checklist and its branch."""

from __future__ import annotations

from auditkit.problems import Severity, declare

MISSING = declare(
    "S101",
    Severity.ERROR,
    finds="A question that must be answered and is not.",
    why="A blank is never a pass and never 'not applicable': the report goes back and is not scored.",
    mend="Answer it. If it did not come up or could not be seen, choose that, where the form offers it.",
)
COMMENT = declare(
    "S102",
    Severity.WARNING,
    finds="An answer that needs a comment and has none.",
    why="The branch is to learn what happened; without words a finding can't be acted on or defended.",
    mend="Say in a sentence what was seen or heard.",
)
SHORT = declare(
    "S103",
    Severity.WARNING,
    finds="A comment that is shorter than the checklist asks for.",
    why="A word or two does not tell what happened.",
    mend="Say what was seen or heard, in a sentence.",
)
EVIDENCE = declare(
    "S104",
    Severity.WARNING,
    finds="An answer that needs a photo, a recording or a receipt and names none.",
    why="Without it the finding can't be shown to whoever doubts it.",
    mend="Write the file's name beside the answer and send the file along.",
)
UNASKED = declare(
    "S105",
    Severity.WARNING,
    finds="An answer to a question that was not to be asked.",
    why="By the answer that the question depends on it did not arise; it counts for nothing.",
    mend="Look at both answers: one of them is probably wrong.",
)
NOT_DONE = declare(
    "S106",
    Severity.WARNING,
    finds="Answers in the report of a visit that, it says, was not carried out.",
    why="Only a visit that took place is scored; the answers are kept and count for nothing.",
    mend="Correct the outcome on the cover, if the visit did take place.",
)
NO_DATE = declare(
    "S107",
    Severity.WARNING,
    finds="A report without the date of the visit.",
    why="Deadlines, trends and who was on duty hang on it.",
    mend="Write the date on the cover.",
)
FUTURE = declare(
    "S108",
    Severity.WARNING,
    finds="A visit dated later than today.",
    why="It is a slip of the pen, or day and month changed places.",
    mend="Correct the date.",
)
BACKWARDS = declare(
    "S109",
    Severity.WARNING,
    finds="A visit that ended before it began.",
    why="Its length and the times within it can't be right.",
    mend="Correct the times on the cover.",
)
UNKNOWN_BRANCH = declare(
    "S110",
    Severity.ERROR,
    finds="A branch code that is not in the list of branches.",
    why="The score would belong to nobody. Excel likes to take the zeros from the front of codes.",
    mend="Correct the code, or add the branch to branches.csv.",
)
SHUT = declare(
    "S111",
    Severity.WARNING,
    finds="A visit to a branch on a day when, by the list, it was not open yet or no longer.",
    why="Either the date, the code or the list is wrong.",
    mend="Compare the date with opened and closed in branches.csv.",
)
NO_BRANCH = declare(
    "S112",
    Severity.ERROR,
    finds="A report that names no branch.",
    why="The score would belong to nobody.",
    mend="Write the branch's code on the cover, or say in the mapping which column holds it.",
)
ORDER = declare(
    "S113",
    Severity.ERROR,
    finds="Something that happened, by the times given, before what it follows from.",
    why="A time or deadline reckoned from them would be negative.",
    mend="Compare the two times.",
)
NOT_ALLOWED = declare(
    "S114",
    Severity.ERROR,
    finds="'Did not come up' or 'could not see or hear it' where the checklist does not allow it.",
    why="Otherwise uncomfortable questions could be answered away.",
    mend="Answer the question itself, or allow it in the checklist (not_applicable: true).",
)
