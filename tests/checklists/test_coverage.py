"""The shipped checklists ask every part of their rows, in the way in which the rows are to be read."""

from __future__ import annotations

import pytest

from auditkit.model.conditions import items_of
from auditkit.model.items import Choice, Observer, Severity, YesNo, is_required, is_scored
from tests.checklists.coverage import PAGE, page, shipped
from tests.checklists.rows import MUST, ONLY_IF_IT_HAPPENED, ROWS, SEEN_BY, belongs, parts

CHECKLISTS = {name: shipped(name) for name in ROWS}
PAIRS = [pytest.param(c, item, id=f"{name}-{item.id}") for name, c in CHECKLISTS.items() for _, item in c.walk_items()]
ITEMS = [pytest.param(pair.values[1], id=pair.id) for pair in PAIRS]


@pytest.mark.parametrize("name", ROWS)
def test_parts__are_all_asked_and_none_is_invented(name):
    asked = {source for _, item in CHECKLISTS[name].walk_items() for source in item.source}
    assert asked == set(parts(name))


@pytest.mark.parametrize("name", ROWS)
def test_checklist__fits_into_one_visit(name):
    assert sum(is_scored(item) for _, item in CHECKLISTS[name].walk_items()) <= 40


def test_page__is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "stale: python -m tests.checklists.coverage"


@pytest.mark.parametrize(("checklist", "item"), PAIRS)
def test_scored_item__has_a_source_a_dimension_and_a_module(checklist, item):
    if is_scored(item):
        assert item.source
        assert item.dimension in checklist.dimensions
        assert item.trains


@pytest.mark.parametrize("item", ITEMS)
def test_severity__follows_the_strength_of_the_documents(item):
    if is_scored(item):
        must = any(belongs(part, MUST) for part in item.source)
        assert (item.severity is not Severity.MINOR) == must
        assert item.kind == "deadline" or not must or item.comment.when == "not_met"


@pytest.mark.parametrize("item", ITEMS)
def test_seen_by__is_who_can_see_it(item):
    for part in item.source:
        assert item.seen_by == (SEEN_BY.get(part) or SEEN_BY.get(part.partition("/")[0]) or "shopper")


@pytest.mark.parametrize("item", ITEMS)
def test_situation__stands_behind_did_it_happen(item):
    if any(belongs(part, ONLY_IF_IT_HAPPENED) for part in item.source):
        assert item.applies_when is not None
        assert not item.not_applicable


@pytest.mark.parametrize(("checklist", "item"), PAIRS)
def test_did_it_happen__must_be_answered_by_the_shopper(checklist, item):
    gates = {id_ for _, each in checklist.walk_items() if each.applies_when for id_ in items_of(each.applies_when)}
    if item.id in gates and item.seen_by is Observer.SHOPPER:
        assert is_required(item)
        assert not item.not_applicable


@pytest.mark.parametrize("item", ITEMS)
def test_judgement__has_anchors(item):
    if isinstance(item, YesNo) and item.scored:
        assert item.anchors is not None
        assert item.anchors.met is not None
        assert item.anchors.not_met is not None
    if isinstance(item, Choice):
        assert {option.credit for option in item.options} >= {0, 1}
