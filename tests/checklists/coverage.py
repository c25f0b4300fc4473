"""Which question asks which part of which row; `python -m tests.checklists.coverage` writes the page of docs/ anew."""

from __future__ import annotations

from pathlib import Path

from auditkit.definitions.checklists import load_checklist
from auditkit.model.checklist import Checklist
from auditkit.model.conditions import items_of
from auditkit.model.items import AnyItem, Multi
from tests.checklists.requirements import ASKED
from tests.checklists.rows import ROWS, parts

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "standards-coverage.md"

HEAD = """# Which question asks which row of the standards

Made from the shipped checklists (`python -m tests.checklists.coverage`); a test fails when it is stale, when something
that a part of a row requires is not asked, and when a question or an answer belongs to no requirement. `S1.7/2` is the
second part of row S1.7. 'Depends on' names the points whose answers decide whether the question is asked at all ('did
it happen?').

Left out on purpose: asking for read receipts; offering a glass of water; the benefits of having standards; the advice
to make the problem the operator's own, which is a threat; the steps that are missing in the story of a support case;
the distance of 45 cm, which is a fact for training and no threshold; the picture of the closed window, which belongs
into the training module.

Rows that the car dealership shares (S2.3b, S2.3c, S2.5a, S2.10) are asked by the sections that it takes in.
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
        "| part | requires | point | asked as | severity | seen by | depends on |",
        "|---|---|---|---|---|---|---|",
    ]
    return "\n".join(head + [line for part in names for line in _lines(checklist, part)]) + "\n"


def _lines(checklist: Checklist, part: str) -> list[str]:
    lines = []
    for requirement, place in ASKED[checklist.checklist].get(part, {}).items():
        item = checklist.items_by_id[place.partition("/")[0]]
        cells = (part, requirement, checklist.numbers[item.id], _words(item, place), *_facts(checklist, item))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return lines


def _words(item: AnyItem, place: str) -> str:
    """The question, and the option of it that is meant."""
    text, option = item.text.said("en"), place.partition("/")[2]
    if option and isinstance(item, Multi):
        text += " " + next(each.text.said("en") for each in item.options if each.id == option)
    return text


def _facts(checklist: Checklist, item: AnyItem) -> tuple[str, str, str]:
    asked_first = items_of(item.applies_when) if item.applies_when is not None else ()
    return item.severity.value, item.seen_by.value, ", ".join(checklist.numbers[id_] for id_ in asked_first)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
