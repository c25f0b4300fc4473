"""The columns of the tidy tables: name, DuckDB type and meaning, which together are the data dictionary."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """One column. A text is never NULL: '' says that there is none."""

    name: str
    type: str
    doc: str


class Table(NamedTuple):
    """One tidy table."""

    name: str
    doc: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def types(self) -> dict[str, str]:
        """Column → DuckDB type."""
        return {column.name: column.type for column in self.columns}


def _table(name: str, doc: str, *columns: tuple[str, str, str]) -> Table:
    return Table(name, doc, tuple(Column(*column) for column in columns))


def _with(table: Table, after: str, column: Column) -> Table:
    """The table with one column more, behind another."""
    at = table.names.index(after) + 1
    return table._replace(columns=(*table.columns[:at], column, *table.columns[at:]))


_TEXT, _INT, _BOOL, _DATE = "VARCHAR", "INTEGER", "BOOLEAN", "DATE"
_SCORE = "DECIMAL(38,6)"

_OF_A_SUBMISSION = (
    ("key", _TEXT, "The submission: file, sheet, row and checklist; joins the tables"),
    ("wave", _TEXT, "Id of the wave whose folder the file lies in"),
    ("branch", _TEXT, "Branch code"),
    ("checklist", _TEXT, "Id of the checklist"),
    ("version", _TEXT, "Version of the checklist that was asked and scored"),
)

VISITS = _table(
    "visits",
    "One row a submission, whatever became of it; a file that nobody could read is a row too.",
    *_OF_A_SUBMISSION,
    ("visit_id", _TEXT, "The visit; on several checklists it is one visit with several rows"),
    ("position", _TEXT, "Position of the employee"),
    ("employee", _TEXT, "Employee, where the programme names them"),
    ("shopper", _TEXT, "Shopper's code"),
    ("outcome", _TEXT, "done, closed, not_found, recognised, refused, not_served, no_answer; '' where unreadable"),
    ("date", _DATE, "Day of the visit"),
    ("start", _TEXT, "Begin of the visit, ISO 8601; without an offset in the branch's local time"),
    ("handed_in", _TEXT, "When the report was handed in, ISO 8601"),
    ("staff_on_duty", _INT, "Employees seen on duty"),
    ("score_num", _TEXT, "Numerator of the exact score in lowest terms; may exceed 64 bits"),
    ("score_den", _TEXT, "Denominator of the exact score"),
    ("score", _SCORE, "The score as shown, rounded once"),
    ("base", _TEXT, "Exact score before bonus, holds and effects, num/den"),
    ("lowest", _TEXT, "Lowest score possible in this visit, num/den"),
    ("highest", _TEXT, "Highest score possible in this visit, num/den"),
    ("grade", _TEXT, "Grade, given on the score as shown"),
    ("verdict", _TEXT, "pass, fail, or ''"),
    ("critical_failed", _TEXT, "Items whose critical effect acted, '; ' between them"),
    ("critical_fails", _BOOL, "Whether one of them fails the verdict"),
    ("grade_cap", _TEXT, "The best grade that a critical item left, '' where none did"),
    ("provisional", _BOOL, "Something is pending"),
    ("n_scored", _INT, "Items scored (bonus and informational out)"),
    ("n_not_observed", _INT, "Items that could not be seen or heard"),
    ("n_missing", _INT, "Items left blank"),
    ("n_not_applicable", _INT, "Items that did not come up"),
    ("not_met_minor", _INT, "Findings of severity minor that count in a grade's limits"),
    ("not_met_major", _INT, "Findings of severity major"),
    ("not_met_critical", _INT, "Findings of severity critical"),
    ("highest_item", _TEXT, "Highest weight × credit of an item, num/den"),
    ("steps", _TEXT, "JSON: what moved the score after the sums, [what, section, before, after, item] each"),
    ("file", _TEXT, "File as people know it"),
    ("sheet", _TEXT, "Sheet of the file, where the visit is a row of it"),
    ("row", _INT, "Row of the sheet, where the visit is one"),
    ("file_sha256", _TEXT, "SHA-256 of the file's bytes"),
    ("hash_definition", _TEXT, "SHA-256 of the checklist's files"),
    ("hash_submission", _TEXT, "SHA-256 of what was answered, whichever format it came in"),
    ("hash_calendar", _TEXT, "SHA-256 of calendar.csv, where the checklist counts working days"),
    ("hash_programme", _TEXT, "SHA-256 of programme.yaml and branches"),
    ("hash_decisions", _TEXT, "SHA-256 of the decisions that touched the visit"),
    ("engine", _TEXT, "Version of the scoring engine"),
    ("fate", _TEXT, "accepted, held, returned, excluded, duplicate, not_carried_out, unreadable"),
    ("reason", _TEXT, "Why it is in no mean: problem codes, or the submission it repeats"),
)

SECTIONS = _table(
    "sections",
    "One row a section (or dimension) of a scored submission.",
    *_OF_A_SUBMISSION,
    ("kind", _TEXT, "section, or dimension"),
    ("section", _TEXT, "Id of the section or dimension"),
    ("parent", _TEXT, "Section around it, '' at the top"),
    ("counts", _BOOL, "Stands at the top and is in the visit's score"),
    ("score_num", _TEXT, "Numerator of the exact score, '' where nothing was scored"),
    ("score_den", _TEXT, "Denominator of the exact score"),
    ("score", _SCORE, "The score as shown"),
    ("earned", _TEXT, "Weighted credits earned, num/den"),
    ("possible", _TEXT, "Weighted credits possible, num/den"),
    ("share", _TEXT, "Its part of the visit's score (0 to 1), num/den"),
)

ITEMS = _table(
    "items",
    "One row an item of a scored submission, in the checklist's order.",
    *_OF_A_SUBMISSION,
    ("place", _INT, "Position in the checklist, from 1"),
    ("item", _TEXT, "Id of the item"),
    ("section", _TEXT, "Section that holds it"),
    ("number", _TEXT, "Number printed before its text"),
    (
        "state",
        _TEXT,
        "scored, not_applicable, not_observed, not_asked, pending, missing, annulled, informational",
    ),
    ("met", _TEXT, "met, partly_met, not_met; '' where it has no credit"),
    ("answer", _TEXT, "Canonical answer; several options with '; ' between them"),
    ("comment", _TEXT, "The shopper's words; [deleted] where their time of retention is over"),
    ("evidence", _TEXT, "File names, '; ' between them"),
    ("credit", _TEXT, "Credit before the weight, num/den; '' where out of the sums"),
    ("earned", _TEXT, "weight × credit, num/den"),
    ("possible", _TEXT, "weight × best credit, num/den"),
    ("lost", _TEXT, "Points of the visit's 100 that it cost, num/den"),
    ("severity", _TEXT, "minor, major, critical: of the finding"),
    ("critical", _TEXT, "Effects that acted, '; ' between them"),
    ("cell", _TEXT, "Where the answer stands, file[Sheet!D14]"),
)

PROBLEMS = _table(
    "problems",
    "One row a problem met while reading, checking and scoring.",
    ("key", _TEXT, "The submission, '' for one of the file as a whole"),
    ("wave", _TEXT, "Id of the wave"),
    ("file", _TEXT, "File as people know it"),
    ("code", _TEXT, "Problem code, see `auditkit problem CODE`"),
    ("severity", _TEXT, "error, warning, note"),
    ("place", _TEXT, "Where it stands, as printed"),
    ("value", _TEXT, "The offending value"),
    ("params", _TEXT, "JSON: facts that fill the message"),
)

TABLES = (VISITS, SECTIONS, ITEMS, PROBLEMS)
"""What is stored."""
MANAGER = Column(
    "manager",
    _TEXT,
    "Code of the branch's manager on the day of the visit, by managers.csv as it is now; '' where none or several are",
)
HISTORY = _table(
    "history",
    "One row a score of history.csv: from the years before auditkit, by another method, not to be compared with the "
    "others. All of them, whichever waves are exported.",
    ("place", _INT, "Position of the wave, from 1; all lie before the waves of the other tables"),
    ("wave", _TEXT, "What the wave was called"),
    ("branch", _TEXT, "Branch code"),
    ("checklist", _TEXT, "Id of the checklist, '' for the branch as a whole"),
    ("score", _SCORE, "The score as it was written down, to six places"),
    ("n", _INT, "Visits behind it, where somebody wrote down how many"),
)
EXPORTED = (_with(VISITS, "employee", MANAGER), SECTIONS, ITEMS, PROBLEMS, HISTORY)
"""What is handed on: what is stored, with what other files of the programme say of it."""
UNDECIDED = ("fate", "reason")
"""Columns of `visits` that no batch has: the whole wave decides them."""
