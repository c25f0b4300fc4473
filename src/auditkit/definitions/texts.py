"""Every text of a checklist with the way to it and a name that people understand."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definitions.documents import Keys
from auditkit.definitions.evidence import Spot, walked
from auditkit.model.checklist import Checklist
from auditkit.model.items import Choice, Deadline, Duration, Multi, NumberItem, Scale
from auditkit.model.text import Text

Found = tuple[Keys, str, Text]


def texts_of(checklist: Checklist) -> Iterator[Found]:
    """All texts, as (way, name, text): `('title',)`, `title`; item texts are named `item.text`."""
    sections, spots = walked(checklist)
    for key, text in (("title", checklist.title), ("about", checklist.about)):
        if text is not None:
            yield (key,), key, text
    for at, row in enumerate(checklist.grades):
        if row.title is not None:
            yield ("grades", at, "title"), f"grades.{row.grade}", row.title
    for name, text in checklist.dimensions.items():
        yield ("dimensions", name), f"dimensions.{name}", text
    for name, text in checklist.positions.items():
        yield ("positions", name), f"positions.{name}", text
    for section, path in sections:
        yield (*path, "title"), f"sections.{section.id}", section.title
    for spot in spots:
        yield from _of_item(spot)


def _of_item(spot: Spot) -> Iterator[Found]:
    item, path = spot.item, spot.path
    yield (*path, "text"), f"{item.id}.text", item.text
    if item.guidance is not None:
        yield (*path, "guidance"), f"{item.id}.guidance", item.guidance
    for key in ("met", "partly", "not_met") if item.anchors is not None else ():
        text = getattr(item.anchors, key)
        if text is not None:
            yield (*path, "anchors", key), f"{item.id}.anchors.{key}", text
    for at, other in enumerate(item.replacements):
        yield (*path, "replacements", at, "text"), f"{item.id}.replacements.{other.id}", other.text
    yield from _of_answers(spot)


def _of_answers(spot: Spot) -> Iterator[Found]:
    item, path = spot.item, spot.path
    if isinstance(item, (Choice, Multi)):
        for at, option in enumerate(item.options):
            yield (*path, "options", at, "text"), f"{item.id}.options.{option.id}", option.text
    elif isinstance(item, Scale):
        for step, text in (item.labels or {}).items():
            yield (*path, "labels", str(step)), f"{item.id}.labels.{step}", text
    elif isinstance(item, (NumberItem, Duration, Deadline)):
        if isinstance(item, NumberItem):
            yield (*path, "unit"), f"{item.id}.unit", item.unit
            if item.unit_forms is not None:
                yield (*path, "unit_forms"), f"{item.id}.unit_forms", item.unit_forms
        for at, band in enumerate(item.bands):
            if band.text is not None:
                yield (*path, "bands", at, "text"), f"{item.id}.bands.{band.up_to or 'last'}", band.text
