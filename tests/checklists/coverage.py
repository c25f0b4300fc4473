"""Which question asks which part of which row; `python -m tests.checklists.coverage` writes the page of docs/ anew."""

from __future__ import annotations

from pathlib import Path

from auditkit.definitions.checklists import load_checklist
from auditkit.model.checklist import Checklist
from auditkit.model.conditions import items_of
from auditkit.model.items import AnyItem, Multi
from tests.checklists.rows import ROWS, parts

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "standards-coverage.md"

HEAD = """# Which question asks which row of the standards

Made from the shipped checklists (`python -m tests.checklists.coverage`); a test fails when it is stale, when a part
of a row has no question, and when a question names a part that does not exist. `S1.7/2` is the second part of row S1.7.
'Depends on' names the points whose answers decide whether the question is asked at all ('did it happen?').
"""


def shipped(name: str) -> Checklist:
    """One of the shipped checklists, which must load without a single problem."""
    checklist, problems = load_checklist(ROOT / "checklists" / name / "checklist.yaml")
    assert not problems, problems
    assert checklist is not None
    return checklist


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_chapter(shipped(name)) for name in ROWS)


def _chapter(checklist: Checklist) -> str:
    names = parts(checklist.checklist)
    head = [
        "",
        f"## {checklist.checklist} {checklist.version}",
        "",
        f"{len(ROWS[checklist.checklist])} rows, {len(names)} parts.",
        "",
        "| part | point | question | severity | seen by | depends on |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join(head + [line for part in names for line in _lines(checklist, part)]) + "\n"


def _lines(checklist: Checklist, part: str) -> list[str]:
    return [
        "| " + " | ".join((part, checklist.numbers[item.id], _words(item, part), *_facts(checklist, item))) + " |"
        for _, item in checklist.walk_items()
        if part in item.source
    ]


def _words(item: AnyItem, part: str) -> str:
    """The question, and the option of it where each part has one."""
    text = item.text.said("en")
    if isinstance(item, Multi) and len(item.options) == len(item.source) > 1:
        text += " " + item.options[item.source.index(part)].text.said("en")
    return text.replace("|", "\\|")


def _facts(checklist: Checklist, item: AnyItem) -> tuple[str, str, str]:
    asked_first = items_of(item.applies_when) if item.applies_when is not None else ()
    return item.severity.value, item.seen_by.value, ", ".join(checklist.numbers[id_] for id_ in asked_first)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
