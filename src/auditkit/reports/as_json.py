"""The reports as JSON: codes and exact numbers (`num/den`), beside what is shown and said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from auditkit.problems import Place, Problem
from auditkit.reports.problem_list import advice, says

if TYPE_CHECKING:
    from auditkit.analysis.network_shapes import NetworkFigures
    from auditkit.analysis.shapes import BranchFigures
    from auditkit.analysis.verification import Verification
    from auditkit.analysis.verify_hints import Hints
    from auditkit.model.checklist import Checklist
    from auditkit.model.decision import Decision
    from auditkit.scoring.explanation import Explanation


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


def branch_json(figures: BranchFigures, language: str) -> str:
    """`auditkit show branch --json`."""
    return dumped(record(figures, language))


def network_json(figures: NetworkFigures, language: str) -> str:
    """`auditkit show network --json`."""
    return dumped(record(figures, language))


def explanation_json(found: Explanation, decisions: Sequence[Decision], language: str) -> str:
    """`auditkit explain --json`; `decisions` are those that hold of the visit."""
    return dumped({**record(found, language), "decisions": [record(each, language) for each in decisions]})


def verification_json(
    verification: Verification,
    hints: Hints,
    checklists: Mapping[str, Checklist],
    problems: Iterable[Problem],
    language: str,
) -> str:
    """`auditkit verify --json`: counts, every figure that disagrees with the items behind it, problems."""
    from auditkit.analysis import verify_rows
    from auditkit.analysis.verification import KINDS, Finding

    rows = zip(verification.disagreeing, verify_rows.rows(verification, checklists, language), strict=True)
    counted = {
        finding.value: {kind: count for kind in KINDS if (count := verification.count(finding, kind))}
        for finding in Finding
    }
    return dumped({
        "visits": verification.visits,
        "not_carried_out": verification.not_carried_out,
        "counts": counted,
        "explained": [{"rule": rule, "figures": count} for rule, count in verification.explained],
        "hints": {kind: [record(each, language) for each in found] for kind, found in hints._asdict().items()},
        "disagreeing": [
            {**row._asdict(), "place": str(row.place), "kind": each.kind, "name": each.name,
             "finding": each.finding.value, "rules": list(each.why),
             "exact": None if each.ours is None else str(each.ours),
             "items": [{**behind._asdict(), "place": str(behind.place)}
                       for behind in verify_rows.behind(each, checklists[each.checklist], language)]}
            for each, row in rows
        ],
        "problems": [problem_record(each, language) for each in problems],
    })  # fmt: skip


def record(value: object, language: str) -> Any:  # noqa: PLR0911 - a return for every kind of value
    """Figures as JSON values: exact numbers as texts, records by their field names, items and branches in short."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | Fraction | Decimal | Place):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {each.name: record(getattr(value, each.name), language) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): record(each, language) for key, each in value.items()}
    if hasattr(value, "_asdict"):
        return record(value._asdict(), language)
    if isinstance(value, tuple | list):
        return [record(each, language) for each in value]
    return _short(value, language)


_SHORT = ("id", "code", "name", "region", "city", "title", "text", "from_", "to", "effect", "amount", "grade")
"""What is told of a part of a definition or a programme: enough to name it, since its own file tells the rest."""


def _short(value: object, language: str) -> Any:
    if hasattr(value, "said"):
        return value.said(language)
    known = {name.rstrip("_"): getattr(value, name) for name in _SHORT if hasattr(value, name)}
    return {name: record(each, language) for name, each in known.items()} if known else str(value)
