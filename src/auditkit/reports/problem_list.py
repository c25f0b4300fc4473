"""Problems as a list that people work through: the place first, then what is wrong, then what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from auditkit.locales import has, say
from auditkit.problems import REGISTER, Place, Problem, Severity

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold"}


def says(problem: Problem, language: str) -> str:
    """What is wrong, in this language; a code without a message is said in the words of its card."""
    if has(f"{problem.code}.says"):
        return say(language, f"{problem.code}.says", **problem.params)
    card = REGISTER.get(problem.code)
    return card.finds if card else problem.code


def advice(problem: Problem, language: str) -> str:
    """What to do about it, in this language."""
    if has(f"{problem.code}.do"):
        return say(language, f"{problem.code}.do", **problem.params)
    card = REGISTER.get(problem.code)
    return card.mend if card else ""


def by_file(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Together what stands in one file, files in the order of their first problem."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.place.file, []).append(problem)
    return list(found.values())


Line = list[tuple[str, str]]
"""Parts of a line, each with its style."""


def print_problems(console: Console, problems: Sequence[Problem], language: str, most: int | None = None) -> int:
    """The lines of all problems on a terminal; gives the number of problems that were left out."""
    from rich.text import Text

    lines, left = problem_lines(problems, language, console.width, most)
    for line in lines:
        console.print(Text.assemble(*line), soft_wrap=True)
    return left


def problem_lines(
    problems: Sequence[Problem], language: str, width: int, most: int | None = None
) -> tuple[list[Line], int]:
    """Every problem, file by file, with a count at the end; the same said of many cells is said once.

    `most`: so many different ones are shown. The number of problems that are not stands beside the lines.
    """
    if not problems:
        return [[(say(language, "reports.term.no_problems"), "")]], 0
    lines: list[Line] = []
    told = shown = 0
    for group in by_file(problems):
        for alike in _alike(group, language):
            if most is None or shown < most:
                lines += _said(alike, language, width)
                told, shown = told + len(alike), shown + 1
        lines.append([])
    count = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    sums = {f"{severity.value}s": number for severity, number in count.items()}
    lines.append([(say(language, "reports.term.counts", **sums), "")])
    return lines, len(problems) - told


_FEW = 3
"""So many problems in the same words still stand apart."""
_MOST_NAMED = 12


def _alike(problems: Sequence[Problem], language: str) -> list[list[Problem]]:
    """Problems of one file, those in the same words together where they are many."""
    keys = [(each.code, says(each, language), advice(each, language)) for each in problems]
    found: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for key, problem in zip(keys, problems, strict=True):
        found[key].append(problem)
    told: list[list[Problem]] = []
    for key, problem in zip(keys, problems, strict=True):
        if len(found[key]) <= _FEW:
            told.append([problem])
        elif found[key][0] is problem:
            told.append(found[key])
    return told


def _said(alike: Sequence[Problem], language: str, width: int) -> list[Line]:
    problem = alike[0]
    severity = say(language, f"reports.term.{problem.severity.value}")
    place = _plain(f"{problem.place}: ") if problem.place.file else ""
    # A place is never torn: editors and people click it.
    lines: list[Line] = [[(place, "bold"), (severity, _STYLES[problem.severity]), (f" {problem.code}", "dim")]]
    lines += _indented(says(problem, language), width)
    if len(alike) > 1:
        more = ", …" if len(alike) - 1 > _MOST_NAMED else ""
        names = ", ".join(_short(each.place) for each in alike[1 : _MOST_NAMED + 1])
        lines += _indented(say(language, "reports.term.also", n=len(alike) - 1, places=names + more), width)
    if do := advice(problem, language):
        lines += _indented(f"{say(language, 'reports.term.what_to_do')} {do}", width)
    return lines


def _indented(text: str, width: int, by: int = 2) -> list[Line]:
    """A text that wraps under its own beginning."""
    parts = (wrap(part, width - by, break_on_hyphens=False) or [""] for part in _plain(text).split("\n"))
    return [[(" " * by + line, "")] for part in parts for line in part]


_CONTROLS = dict.fromkeys((7, 8, 11, 12, 13, 27))


def _plain(text: str) -> str:
    """Without signs that a terminal would obey: what stands in somebody's file moves no cursor."""
    return text.translate(_CONTROLS)


def _short(place: Place) -> str:
    """A place without its file, which stands above it."""
    if place.cell is not None:
        return f"{place.sheet}!{place.cell}" if place.sheet else place.cell
    return str(place).removeprefix(place.file)
