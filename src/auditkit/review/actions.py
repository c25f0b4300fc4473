"""A branch's sheet of findings that came back: what it does about each, who and until when."""

from __future__ import annotations

from datetime import date

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.locales import LANGUAGES, say
from auditkit.model.action import MEASURES, STATUSES, Action, latest
from auditkit.problems import Problem, Severity, declare, problem
from auditkit.reports import findings_sheet
from auditkit.review.frame import Form, Found, Line
from auditkit.run.action_lines import read_actions
from auditkit.tables.folding import fold

NO_DUE = declare(
    "R223",
    Severity.ERROR,
    finds="A day until which something is done that is no date.",
    why="Nobody could say whether it is overdue.",
    mend="Write 2026-10-12 (or 12.10.2026), or leave the cell empty.",
)
NO_STATUS = declare(
    "R224",
    Severity.ERROR,
    finds="Something in the column of statuses that is none.",
    why="It would be a guess whether it is done.",
    mend="Choose from the list.",
)
FORM = Form("actions", findings_sheet.KEYS, findings_sheet.WIDTHS, findings_sheet.ASKED, telling=findings_sheet.ASKED)
"""Written by the reports, for branches; its number is a branch's code."""


def take(found: Found, home: ProgrammeFolder, at: str) -> tuple[list[Action], int, list[Problem]]:
    """Lines that say something new; how many are known already; what is wrong."""
    known = latest(read_actions(home.folder)[0])
    lines: list[Action] = []
    same, problems = 0, []
    for line in found.lines():
        if len(line.key) != 2:
            continue
        told, faults = _action(found, line, at)
        problems += faults
        if told is None:
            continue
        before = known.get(told.about)
        if before is not None and before[1:] == told[1:]:
            same += 1
        elif before is not None or any((told.measure, told.owner, told.due)) or told.status != "open":
            lines.append(told)
    return lines, same, problems


def _action(found: Found, line: Line, at: str) -> tuple[Action | None, list[Problem]]:
    said = {column: " ".join(text.split()) for column, text in line.said.items()}
    problems = []
    due = _day(said["due"])
    if due is None:
        problems.append(problem(NO_DUE, found.place(line, "due"), said["due"]))
    status = _word("status", STATUSES, said["status"]) if said["status"] else "open"
    if not status:
        problems.append(problem(NO_STATUS, found.place(line, "status"), said["status"]))
    if problems:
        return None, problems
    measure = _word("measure", MEASURES, said["measure"]) or said["measure"]
    checklist, item = line.key
    return Action(at, found.wave, found.about, checklist, item, measure, said["owner"], due or "", status), []


def _word(kind: str, keys: tuple[str, ...], text: str) -> str:
    """Which of these it is, in any language; '' where none."""
    wanted = fold(text)
    known = ((fold(say(code, f"reports.{kind}.{key}")), key) for code in LANGUAGES for key in keys)
    return next((key for word, key in known if word == wanted), "")


def _day(text: str) -> str | None:
    """ISO, '' where nothing is said, `None` where it is no day."""
    if not text:
        return ""
    parts = text.replace("/", ".").split(".")
    try:
        if len(parts) == 3 and len(parts[2]) == 4:
            return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None
