"""Rules over versions: what changed since the version that is kept beside the checklist is said by its number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditkit.definitions.changes import Change, Step, changes, next_version, step_between, step_of
from auditkit.definitions.evidence import Evidence
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.definitions.shelf import version_order
from auditkit.definitions.texts import texts_of
from auditkit.model.checklist import Checklist
from auditkit.problems import Severity

_NAMED = 5
"""So many of the changed parts are named in a message."""


@rule("D360", Severity.ERROR)
def changed_in_place(evidence: Evidence) -> Iterator[Remark]:
    """A checklist that differs from the file that is kept of the very same version (`checklist-1.0.0.yaml`).

    Visits were scored by the one and are explained by the other; nobody can defend such a number.

    Raise `version:` by the step that is named, or undo the change.
    """
    version = evidence.checklist.version
    if Path(evidence.origins.home.file).stem.endswith(f"-{version}"):
        return  # this is the one that is kept
    for kept in evidence.kept:
        found = changes(kept, evidence.checklist) if kept.version == version else ()
        if step_of(found) is not Step.NONE:
            yield Remark(("version",), version, (*_facts(kept, found), ("count", str(len(found)))))


@rule("D361")
def step_too_small(evidence: Evidence) -> Iterator[Remark]:
    """A version that says less than what changed since the one before: words only (PATCH), more recorded or required
    (MINOR), or scores that are not comparable (MAJOR).

    Waves before and after are compared as if the same had been asked.

    Write the version that is named; `auditkit diff OLD NEW` lists the changes with their steps.
    """
    last = _before(evidence)
    if last is not None:
        found = changes(last, evidence.checklist)
        if step_between(last.version, evidence.checklist.version) < step_of(found):
            largest = [each for each in found if each.step is step_of(found)]
            yield Remark(("version",), evidence.checklist.version, _facts(last, largest))


@rule("D313")
def stale(evidence: Evidence) -> Iterator[Remark]:
    """A text that was changed since the version before, and whose translation is still, letter by letter, the old one.

    It may say what is no longer asked.

    Compare the two and bring the translation up to date.
    """
    last = _before(evidence)
    if last is None:
        return
    own = evidence.checklist.language
    was = {name: text for _, name, text in texts_of(last)}
    for path, name, text in texts_of(evidence.checklist):
        old = was.get(name)
        if old is None or old.words.get(own) == text.words.get(own):
            continue
        same = [code for code, words in text.words.items() if code != own and old.words.get(code) == words]
        if same:
            yield Remark(path, name, (("name", name), ("version", last.version), ("languages", ", ".join(same))))


def _before(evidence: Evidence) -> Checklist | None:
    """The version that this one follows."""
    own = version_order(evidence.checklist.version)
    return next((kept for kept in reversed(evidence.kept) if version_order(kept.version) < own), None)


def _facts(kept: Checklist, found: tuple[Change, ...] | list[Change]) -> tuple[tuple[str, str], ...]:
    named = list(dict.fromkeys(each.key or each.field for each in found))
    items = ", ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")
    return ("version", kept.version), ("items", items), ("next", next_version(kept.version, step_of(found)))


RULES = (changed_in_place, step_too_small, stale)
