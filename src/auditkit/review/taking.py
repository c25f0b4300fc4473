"""A workbook that came back: every row checked by cell, what contradicts a newer decision refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.model.action import Action
from auditkit.model.decision import Decision
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.review import actions as done
from auditkit.review import answers, appeals, comments, objections, reports
from auditkit.review.frame import Found, Line, found_in
from auditkit.review.plans import Returned, plan_in, take_plan
from auditkit.review.takings import NO_REASON, Taking
from auditkit.run.commenting import Words
from auditkit.run.deciding import Bench, person_of
from auditkit.run.showing import last_results
from auditkit.run.waves import unknown_wave
from auditkit.tables.opening import open_book

NO_REVIEW = declare(
    "R240",
    Severity.ERROR,
    finds="A file that is none of the workbooks that decisions come back in.",
    why="Nothing in it can be taken.",
    mend="Write one with `auditkit review WAVE`; what shoppers send belongs into visits/WAVE/.",
)
FORMS = (reports.FORM, answers.FORM, comments.FORM, appeals.FORM, objections.FORM, done.FORM)
_TAKE = {reports.FORM.kind: reports.take, answers.FORM.kind: answers.take, appeals.FORM.kind: appeals.take}


class Taken(NamedTuple):
    """What a workbook gave."""

    lines: tuple[Decision, ...]
    """Not numbered yet."""
    known: int
    """Decisions in it that hold already."""
    problems: tuple[Problem, ...]
    actions: tuple[Action, ...] = ()
    plan: Returned | None = None
    """A plan that was taken."""


def take(path: Path, home: ProgrammeFolder, at: str, received: date | None = None) -> Taken:
    """Everything in the workbook that can be taken.

    `at`: the moment, ISO 8601 with offset. `received`: the day on which it came, by default that of `at`.
    """
    book, opening = open_book(path)
    problems = tuple(opening)
    if book is None:
        return Taken((), 0, problems)
    found = found_in(book, FORMS)
    if not found and (plan := plan_in(book, home)) is not None:
        return _plan(plan, home, path)
    if not found:
        return Taken((), 0, (*problems, problem(NO_REVIEW, Place(book.file), Path(book.file).name)))
    if (unknown := unknown_wave(home, found[0].wave)) is not None:
        return Taken((), 0, (*problems, unknown))
    bench = Bench.of(home, found[0].wave)
    lines: list[Decision] = []
    actions: list[Action] = []
    known = 0
    for each in found:
        if each.form is done.FORM:
            more, twice, faults = done.take(each, home, at)
            actions += more
            known += twice
            problems = (*problems, *faults)
            continue
        if each.form is objections.FORM:
            filed, twice, faults = objections.take(each, home, at, received or date.fromisoformat(at[:10]))
        else:
            taking = _sheet(each, home, bench, at)
            filed, twice, faults = list(taking.lines.values()), taking.known, taking.problems
        lines += filed
        known += twice
        problems = (*problems, *faults)
    return Taken(tuple(lines), known, tuple(problems), tuple(actions))


def _plan(wave: str, home: ProgrammeFolder, path: Path) -> Taken:
    returned, problems = take_plan(home, wave, path)
    return Taken((), 0, tuple(problems), plan=returned)


def _sheet(found: Found, home: ProgrammeFolder, bench: Bench, at: str) -> Taking:
    by, place = found.by
    taking = Taking(home, found, bench, by, at)
    lines = list(found.lines())
    if lines and not by:
        taking.problems.append(problem(NO_REASON, place, ""))
    elif lines and (unknown := person_of(home, by)) is not None:
        taking.problems.append(unknown._replace(place=place))
    elif found.form is comments.FORM and lines:
        _comments(taking, lines)
    else:
        for line in lines:
            _TAKE[found.form.kind](taking, line)
    return taking


def _comments(taking: Taking, lines: Sequence[Line]) -> None:
    shown, problems = last_results(taking.home, taking.wave)
    if shown is None:
        taking.problems += problems
        return
    words = Words(shown)
    for line in lines:
        comments.take(taking, line, words)
