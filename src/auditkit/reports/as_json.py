"""The reports as JSON: codes and exact numbers (`num/den`), beside what is shown and said."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from auditkit.problems import Problem
from auditkit.reports.problem_list import advice, says


def dumped(value: object) -> str:
    """One JSON document, indented, letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def problems_json(problems: Iterable[Problem], language: str) -> str:
    """`auditkit check --json`, `lint --json`: a list of problems with their place in parts."""
    return dumped([problem_record(problem, language) for problem in problems])


def problem_record(problem: Problem, language: str) -> dict[str, Any]:
    """One problem: code, severity, place, value, facts, and both sentences."""
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "place": str(place),
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "column": place.column,
        "value": problem.value,
        "facts": dict(problem.facts),
        "says": says(problem, language),
        "do": advice(problem, language),
    }
