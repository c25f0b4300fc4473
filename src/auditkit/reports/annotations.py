"""Problems as the annotations that a workflow on GitHub shows beside the line of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditkit.problems import Problem, Severity
from auditkit.reports.problem_list import advice, says

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotated(problems: Iterable[Problem], language: str) -> Iterator[str]:
    """A line each: `::error file=…,line=…,col=…,title=D101::What is wrong. What to do.`"""
    for each in problems:
        said = f"{says(each, language)} {advice(each, language)}"
        place = {"file": each.place.file, "line": each.place.line, "col": each.place.column, "title": each.code}
        where = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value is not None)
        yield f"::{_LEVELS[each.severity]} {where}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
