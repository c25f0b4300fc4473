"""Problems as a list that people work through: the place first, then what is wrong, then what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from auditkit.locales import has, say
from auditkit.problems import REGISTER, Place, Problem, Severity
from auditkit.reports.bars import indented

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


def print_problems(console: Console, problems: Sequence[Problem], language: str, most: int | None = None) -> int:
    """Every problem, file by file, with a count at the end; the same said of many cells is said once.

    `most`: so many different ones are printed. Gives the number of problems that were not.
    """
    if not problems:
        console.print(say(language, "reports.term.no_problems"))
        return 0
    told = printed = 0
    for group in by_file(problems):
        for alike in _alike(group, language):
            if most is not None and printed >= most:
                continue
            _print(console, alike, language)
            told, printed = told + len(alike), printed + 1
        console.print()
    count = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    console.print(
        say(
            language,
            "reports.term.counts",
            errors=count[Severity.ERROR],
            warnings=count[Severity.WARNING],
            notes=count[Severity.NOTE],
        )
    )
    return len(problems) - told


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


def _print(console: Console, alike: Sequence[Problem], language: str) -> None:
    from rich.text import Text

    problem = alike[0]
    place = Text(f"{problem.place}: " if problem.place.file else "", style="bold")
    place.append(say(language, f"reports.term.{problem.severity.value}"), _STYLES[problem.severity])
    place.append(f" {problem.code}", "dim")
    console.print(place, soft_wrap=True)  # a place is never torn: editors and people click it
    indented(console, says(problem, language))
    if len(alike) > 1:
        more = ", …" if len(alike) - 1 > _MOST_NAMED else ""
        names = ", ".join(_short(each.place) for each in alike[1 : _MOST_NAMED + 1])
        indented(console, say(language, "reports.term.also", n=len(alike) - 1, places=names + more))
    if do := advice(problem, language):
        indented(console, f"{say(language, 'reports.term.what_to_do')} {do}")


def _short(place: Place) -> str:
    """A place without its file, which stands above it."""
    if place.cell is not None:
        return f"{place.sheet}!{place.cell}" if place.sheet else place.cell
    return str(place).removeprefix(place.file)
