"""A lint rule: a function from a checklist to what could be better in it, whose docstring is its card."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from auditkit.definitions.documents import Keys
from auditkit.definitions.evidence import Evidence
from auditkit.problems import Code, Problem, Severity, declare, problem


class Remark(NamedTuple):
    """What a rule found: where, the word in question, and facts for the message."""

    path: Keys
    value: str = ""
    facts: tuple[tuple[str, str], ...] = ()


Check = Callable[[Evidence], Iterator[Remark]]


class Rule(NamedTuple):
    """A check with its code."""

    code: Code
    check: Check


def rule(code: str, severity: Severity = Severity.WARNING) -> Callable[[Check], Rule]:
    """Make a rule of a check; the paragraphs of its docstring say what it finds, why it matters, how to mend it."""

    def made(check: Check) -> Rule:
        parts = [" ".join(part.split()) for part in (inspect.getdoc(check) or "").split("\n\n")]
        finds, why, mend = (*parts, "", "", "")[:3]
        return Rule(declare(code, severity, finds=finds, why=why, mend=mend), check)

    return made


def run(evidence: Evidence, rules: Iterable[Rule]) -> list[Problem]:
    """What the rules find; sections taken from other checklists are those checklists' matter."""
    included = [path for section, path in evidence.sections if section.included_from is not None]
    found = []
    for code, check in rules:
        for remark in check(evidence):
            if not any(remark.path[: len(path)] == path for path in included):
                place = evidence.origins.place(remark.path)
                found.append(problem(code, place, remark.value, **dict(remark.facts)))
    return found
