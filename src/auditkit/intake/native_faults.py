"""What can be wrong with a form of our own that came back."""

from __future__ import annotations

from auditkit.problems import Severity, declare

UNKNOWN_ROW = declare(
    "S201",
    Severity.WARNING,
    finds="A row of the form that asks something the checklist does not have.",
    why="The form is of another version, or the hidden column was changed; the answer counts for nothing.",
    mend="Write the form anew with `auditkit form`, or put the right version of the checklist beside it.",
)
TWICE = declare(
    "S202",
    Severity.ERROR,
    finds="One question answered in two rows, and differently.",
    why="A row was copied; which of the two answers is meant can't be guessed.",
    mend="Delete the wrong row.",
)
NO_VERSION = declare(
    "S203",
    Severity.ERROR,
    finds="A form of a checklist, or of a version of it, that is not here.",
    why="A visit is scored with the very version that was asked.",
    mend="Put the definition of that version into checklists/, or name it with --checklist.",
)
OTHER_WORDS = declare(
    "S204",
    Severity.WARNING,
    finds="A form that was written from another text of the same version.",
    why="The definition was changed after the form was written, without a new version: shoppers read other words.",
    mend="Give a changed definition a new version; write the forms anew.",
)
COVER = declare(
    "S205",
    Severity.ERROR,
    finds="Something on the form's cover that can't be read: a date, a time, a number, an outcome.",
    why="Deadlines, waves and reports hang on it.",
    mend="Correct the cell: dates such as 2026-08-20, times such as 10:31, the outcome from the list.",
)
TICK = declare(
    "S206",
    Severity.ERROR,
    finds="A mark beside one of several things seen or heard that is neither yes nor no.",
    why="A guess would move the score.",
    mend="Choose Yes, or empty the cell.",
)
NO_ANSWERS = declare(
    "S207",
    Severity.ERROR,
    finds="A sheet of the form whose column of answers is gone.",
    why="Nothing of it can be read.",
    mend="Put the column back where it was, left of the comments, or fill in a fresh form.",
)
NO_COVER = declare(
    "S208",
    Severity.WARNING,
    finds="A form whose cover is gone.",
    why="Branch, date and visit code stood there.",
    mend="Copy the cover sheet back from a form written with the same visit code.",
)
NO_VALUE = declare(
    "S209",
    Severity.ERROR,
    finds="An answer that is a formula whose result was not stored.",
    why="The program that wrote the file did not reckon it, so nobody knows what it says.",
    mend="Type the answer instead of a formula, or open and save the file in Excel.",
)
NO_SHEET = declare(
    "S210",
    Severity.ERROR,
    finds="A form of which only the cover is left.",
    why="There is nothing in it that could be scored.",
    mend="Put the sheet with the answers back, or fill in a fresh form.",
)
TWO_COVERS = declare(
    "S211",
    Severity.ERROR,
    finds="A form with two covers that say different things: one of them was copied.",
    why="Which branch and day are meant can't be guessed.",
    mend="Delete the one that is wrong.",
)
STRAY = declare(
    "S212",
    Severity.WARNING,
    finds="Words in the column of answers, comments or files, in a row that belongs to no question.",
    why="Somebody inserted a row or wrote below the table; it counts for nothing, and would be lost unseen.",
    mend="Move the words to the row of their question.",
)
NO_REPORT = declare(
    "S213",
    Severity.ERROR,
    finds="A workbook of auditkit's own that is no form, among the reports of visits: decisions, a trial form, a plan, "
    "a standard, results.",
    why="It reports no visit, and what somebody filled in there would be lost.",
    mend="Bring it where the message says, such as to `auditkit take FILE` or `auditkit trial FILES`.",
)
