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


IDLE = declare(
    "D390",
    Severity.WARNING,
    finds="An `ignore:` that silences nothing: the rule has nothing to say there, or there is no such rule.",
    why="It would silence a remark that comes later, and that nobody has thought about.",
    mend="Delete the line, or correct the code.",
)


def run(evidence: Evidence, rules: Iterable[Rule]) -> list[Problem]:
    """What the rules find and nobody has ignored; sections from other checklists are those checklists' matter."""
    included = [path for section, path in evidence.sections if section.included_from is not None]
    ignores = _ignores(evidence)
    silenced: set[tuple[Keys, str]] = set()
    found = []
    for code, check in rules:
        for remark in check(evidence):
            ignored = [(at, said) for at, said in ignores if said == code.code and remark.path[: len(at)] == at]
            silenced.update(ignored)
            if not ignored and not any(remark.path[: len(path)] == path for path in included):
                place = evidence.origins.place(remark.path)
                found.append(problem(code, place, remark.value, **dict(remark.facts)))
    idle = [each for each in ignores if each not in silenced]
    return found + [problem(IDLE, evidence.origins.place((*path, "ignore", code)), code) for path, code in idle]


def _ignores(evidence: Evidence) -> list[tuple[Keys, str]]:
    """(the item that a rule is ignored in, or () for the whole checklist; its code)."""
    own = [spot for spot in evidence.spots if all(section.included_from is None for section in spot.within)]
    return [((), code) for code in evidence.checklist.ignore] + [
        (spot.path, code) for spot in own for code in spot.item.ignore
    ]
