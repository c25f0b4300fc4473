"""A branch's appeal sheet that came back: every row checked by cell, and filed as a line that asks for a decision."""

from __future__ import annotations

from datetime import date

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.model.decision import Decision
from auditkit.problems import Place, Problem, problem
from auditkit.reports import appeal_sheet
from auditkit.review.frame import Form, Found, Line
from auditkit.run.appealing import LACKS, Docket, Objection

FORM = Form(
    "appeal",
    appeal_sheet.COLUMNS,
    appeal_sheet.WIDTHS,
    appeal_sheet.ASKED,
    telling=("happened", "evidence", "name"),
)
"""Written by the reports, for branches; its number is a branch's code."""


def take(found: Found, home: ProgrammeFolder, at: str, received: date) -> tuple[list[Decision], int, list[Problem]]:
    """Appeals, not numbered yet; how many are there already; what is wrong."""
    lines = [line for line in found.lines() if len(line.key) == 2]
    if not lines:
        return [], 0, []
    docket = Docket(home, found.wave, at, received)
    if (late := docket.late(Place(found.file, found.sheet.name))) is not None:
        return [], 0, [late]
    filed: list[Decision] = []
    known, problems = 0, []
    for line in lines:
        lacking = [column for column in ("happened", "name") if not line.said[column]]
        problems += [problem(LACKS, found.place(line, column), "") for column in lacking]
        if lacking:
            continue
        told = docket.file(_objection(line), found.about)
        if isinstance(told, Problem):
            problems.append(told._replace(place=found.place(line, "happened")))
        elif told is None:
            known += 1
        else:
            filed.append(told)
    return filed, known, problems


def _objection(line: Line) -> Objection:
    said = {column: " ".join(text.split()) for column, text in line.said.items()}
    evidence = " · ".join(filter(None, (said["evidence"], said["date"])))
    return Objection(line.key[0], line.key[1], said["happened"], evidence, said["name"])
