"""A review workbook that came back: every row checked by cell, what contradicts a newer decision refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.model.decision import Decision
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.review import answers, comments, reports
from auditkit.review.frame import Found, Line, found_in
from auditkit.review.takings import NO_REASON, Taking
from auditkit.run.commenting import Words
from auditkit.run.deciding import Bench, person_of
from auditkit.run.programme import unknown_wave
from auditkit.run.showing import last_results
from auditkit.tables.opening import open_book

NO_REVIEW = declare(
    "R240",
    Severity.ERROR,
    finds="A file that is none of the workbooks that decisions come back in.",
    why="Nothing in it can be taken.",
    mend="Write one with `auditkit review WAVE`; what shoppers send belongs into visits/WAVE/.",
)
FORMS = (reports.FORM, answers.FORM, comments.FORM)


class Taken(NamedTuple):
    """What a workbook gave."""

    lines: tuple[Decision, ...]
    """Not numbered yet."""
    known: int
    """Decisions in it that hold already."""
    problems: tuple[Problem, ...]


def take(path: Path, home: ProgrammeFolder, at: str) -> Taken:
    """Everything in the workbook that can be taken; `at`: the moment, ISO 8601 with offset."""
    book, problems = open_book(path)
    if book is None:
        return Taken((), 0, tuple(problems))
    found = found_in(book, FORMS)
    if not found:
        return Taken((), 0, (*problems, problem(NO_REVIEW, Place(book.file), Path(book.file).name)))
    if (unknown := unknown_wave(home, found[0].wave)) is not None:
        return Taken((), 0, (*problems, unknown))
    bench = Bench.of(home, found[0].wave)
    told = [_sheet(each, home, bench, at) for each in found if each.wave == bench.wave]
    return Taken(
        tuple(line for each in told for line in each.lines.values()),
        sum(each.known for each in told),
        (*problems, *(one for each in told for one in each.problems)),
    )


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
            (reports if found.form is reports.FORM else answers).take(taking, line)
    return taking


def _comments(taking: Taking, lines: Sequence[Line]) -> None:
    shown, problems = last_results(taking.home, taking.wave)
    if shown is None:
        taking.problems += problems
        return
    words = Words(shown)
    for line in lines:
        comments.take(taking, line, words)
