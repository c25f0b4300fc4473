"""decisions.csv read: every line checked by cell, since a decision that cannot be understood must not act by half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from auditkit.definitions.rows import Row, open_table, rows_of
from auditkit.guarded import bare
from auditkit.model.decision import OF_AN_APPEAL, Decision, Decisions, What
from auditkit.problems import Problem, Severity, declare, has_errors, nearest

FILE = "decisions.csv"
COLUMNS = ("number", "at", "by", "role", "what", "wave", "visit", "checklist", "item", "branches", "reason", "old",
           "new", "answers")  # fmt: skip

NO_NUMBER = declare(
    "D470",
    Severity.ERROR,
    finds="A decision without a number, or with one that another decision has.",
    why="Undoing and reports name a decision by its number.",
    mend="Give it the next free number; never give a number twice.",
)
NOT_KNOWN = declare(
    "D471",
    Severity.ERROR,
    finds="A decision of a kind that there is not.",
    why="Nobody knows what it should do.",
    mend="Write accept, accept_incomplete, return, exclude, annul, amend, release, withhold, appeal, uphold, reject "
    "or undo.",
)
NO_WAVE = declare(
    "D472",
    Severity.ERROR,
    finds="A decision about a wave that the programme does not have.",
    why="It would act nowhere.",
    mend="Write the id of the wave as programme.yaml has it.",
)
LACKS = declare(
    "D473",
    Severity.ERROR,
    finds="A decision in which something is missing: who took it, why, when, or what it is about.",
    why="A decision must be defended later; without that it cannot be.",
    mend="Fill in the cell.",
)
NOTHING_TO_UNDO = declare(
    "D474",
    Severity.ERROR,
    finds="A decision that undoes one that is not there, stands after it, or is itself an undoing.",
    why="Decisions are undone by a later line that names them; an undoing is taken back by deciding anew.",
    mend="Write the number of an earlier decision into `item`.",
)
NO_APPEAL = declare(
    "D475",
    Severity.ERROR,
    finds="A decision on an appeal that is not there, was taken back, or stands after it.",
    why="It would answer nobody.",
    mend="Write the number of the appeal's own line into `item`; `auditkit decide list` prints it.",
)

_NEEDS = {
    What.ACCEPT: ("visit", "checklist", "answers"),
    What.ACCEPT_INCOMPLETE: ("visit", "checklist", "answers"),
    What.RETURN: ("visit", "checklist", "answers"),
    What.EXCLUDE: ("visit", "checklist", "answers"),
    What.ANNUL: ("checklist", "item"),
    What.AMEND: ("visit", "checklist", "item", "new", "answers"),
    What.RELEASE: ("visit", "checklist", "item", "answers"),
    What.WITHHOLD: ("visit", "checklist", "item", "answers"),
    What.APPEAL: ("visit", "checklist", "answers"),
    What.UPHOLD: ("item",),
    What.REJECT: ("item",),
    What.UNDO: ("item",),
}
_ALWAYS = ("at", "by", "wave", "reason")


def read_decisions(folder: Path, waves: Sequence[str]) -> tuple[Decisions | None, list[Problem]]:
    """All decisions of a programme; `None` where a line has an error: to act on some of them would be wrong."""
    path = folder / FILE
    if not path.is_file():
        return Decisions(), []
    book, found = open_table(path, FILE)
    problems = list(found)
    if book is None or not book.sheets:
        return (None if has_errors(problems) else Decisions()), problems
    rows, _, faults = rows_of(FILE, book.sheets[0], workbook=False, needs=("number", "what"), known=COLUMNS)
    problems += faults
    lines = [each for row in rows if (each := _decision(row, waves, problems)) is not None]
    problems += _numbers(rows, lines)
    return (None if has_errors(problems) else Decisions.of(lines)), problems


def _decision(row: Row, waves: Sequence[str], problems: list[Problem]) -> Decision | None:
    said = row.text("what")
    if said not in What.__members__.values():
        kinds = [each.value for each in What]
        problems.append(row.say(NOT_KNOWN, "what", said, known=nearest(said, kinds) or ", ".join(kinds)))
        return None
    what = What(said)
    before = len(problems)
    problems += [row.say(LACKS, name, "", column=name) for name in (*_ALWAYS, *_NEEDS[what]) if not row.text(name)]
    if row.text("wave") and row.text("wave") not in waves:
        near = nearest(row.text("wave"), waves) or ", ".join(waves)
        problems.append(row.say(NO_WAVE, "wave", row.text("wave"), known=near))
    if row.text("at") and not _is_moment(row.text("at")):
        problems.append(row.say(LACKS, "at", row.text("at"), column="at"))
    number = row.text("number")
    if not number.isdigit():
        problems.append(row.say(NO_NUMBER, "number", number))
    if len(problems) > before:
        return None
    branches = tuple(part.strip() for part in bare(row.text("branches")).split(";") if part.strip())
    texts = {name: bare(row.text(name)) for name in COLUMNS if name not in ("number", "what", "branches")}
    return Decision(number=int(number), what=what, branches=branches, **texts)


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _numbers(rows: Sequence[Row], lines: Sequence[Decision]) -> Iterator[Problem]:
    of_number = {row.text("number"): row for row in reversed(rows)}
    seen: dict[int, Decision] = {}
    for row in rows:
        if of_number.get(row.text("number")) is not row and row.text("number").isdigit():
            yield row.say(NO_NUMBER, "number", row.text("number"))
    for each in lines:
        if each.what is What.UNDO:
            earlier = seen.get(int(each.item)) if each.item.isdigit() else None
            if earlier is None or earlier.what is What.UNDO:
                yield of_number[str(each.number)].say(NOTHING_TO_UNDO, "item", each.item)
        elif each.what in OF_AN_APPEAL:
            earlier = seen.get(int(each.item)) if each.item.isdigit() else None
            if earlier is None or earlier.what is not What.APPEAL:
                yield of_number[str(each.number)].say(NO_APPEAL, "item", each.item)
        seen[each.number] = each
