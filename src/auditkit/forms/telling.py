"""How to tell the answer, for forms on which nobody types into a cell: the guidance without what is said of cells."""

from __future__ import annotations

from auditkit.forms.conditions import sentence
from auditkit.forms.layout import guidance_of, how_to_type
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem
from auditkit.model.judging import Observer


def how_to_tell(item: AnyItem, checklist: Checklist, language: str, seen_by: tuple[Observer, ...]) -> list[str]:
    """Guidance, anchors, when a comment or a file is needed; a line each. The condition is not in it."""
    of_cells = {line for part in how_to_type(item, language) for line in part.splitlines()}
    if item.applies_when is not None:
        of_cells.add(sentence(item.applies_when, checklist, language))
    told = guidance_of(item, checklist, language, seen_by).splitlines()
    return [line for line in told if line.strip() and line not in of_cells]
