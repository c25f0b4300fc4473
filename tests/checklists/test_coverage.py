"""The shipped checklists ask every part of their rows, in the way in which the rows are to be read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditkit.definitions.lint import lint_file
from auditkit.model.conditions import items_of
from auditkit.model.items import Choice, Multi, NumberItem, Scale, YesNo, is_required, is_scored
from auditkit.model.judging import Observer, Severity
from tests.checklists.coverage import PAGE, ROOT, page, shipped
from tests.checklists.requirements import ASKED
from tests.checklists.rows import MUST, ONLY_IF_IT_HAPPENED, OWN_PART, ROWS, SEEN_BY, SHARED, belongs, numbered, parts

OBSERVED = "manager-observation"
"""Internal control: whatever it asks, a manager sees it."""
CHECKLISTS = {name: shipped(name) for name in ROWS}
PAIRS = [pytest.param(c, item, id=f"{name}-{item.id}") for name, c in CHECKLISTS.items() for _, item in c.walk_items()]
ITEMS = [pytest.param(pair.values[1], id=pair.id) for pair in PAIRS]


def own_items(name):
    """Without those of sections taken in, which are asked for where they come from."""
    return [item for section, item in CHECKLISTS[name].walk_items() if section.included_from is None]


def test_shared_rows__are_asked_by_the_sections_taken_in():
    taken = [item for section, item in CHECKLISTS["car-dealership"].walk_items() if section.included_from]
    asked = {source for item in taken for source in item.source}
    assert asked >= {part for row, count in SHARED.items() for part in numbered(row, count)}


@pytest.mark.parametrize("name", ROWS)
def test_parts__are_all_asked_and_none_is_invented(name):
    asked = {source for item in own_items(name) for source in item.source}
    assert asked == set(parts(name))


@pytest.mark.parametrize("name", ROWS)
def test_requirements__are_each_asked_where_the_table_says(name):
    checklist = CHECKLISTS[name]
    assert list(ASKED[name]) == parts(name)
    for part, requirements in ASKED[name].items():
        for place in requirements.values():
            id_, _, option = place.partition("/")
            item = checklist.items_by_id[id_]
            assert is_scored(item) is not belongs(part, OWN_PART)
            assert part in item.source
            assert item.kind == "multi" if option else item.kind != "multi", place
            assert not option or option in {each.id for each in item.options}, place


@pytest.mark.parametrize("name", ROWS)
def test_questions__each_belong_to_a_requirement(name):
    table = {(part, place) for part, requirements in ASKED[name].items() for place in requirements.values()}
    answered = {place for _, place in table}
    for item in own_items(name):
        if is_scored(item):
            places = {f"{item.id}/{each.id}" for each in item.options} if isinstance(item, Multi) else {item.id}
            assert places <= answered
            assert set(item.source) == {part for part, place in table if place in places}


def bands(checklist, item):
    found = CHECKLISTS[checklist].items_by_id[item]
    return found.unit.said("en"), [(band.up_to, band.credit) for band in found.bands]


def test_thresholds__are_the_figures_of_the_documents():
    phone = CHECKLISTS["phone-etiquette"].items_by_id
    assert bands("phone-etiquette", "rings") == ("rings", [(3, 1), (5, Decimal("0.5")), (None, 0)])
    unit, minutes = bands("phone-etiquette", "minutes")
    assert (unit, minutes) == ("minutes", [(10, 1), (15, 1), (None, 0)])
    assert "costs nothing" in phone["minutes"].bands[1].text.said("en")
    assert (phone["answer_in_time"].within.amount, phone["answer_in_time"].within.unit) == (3, "days")
    assert phone["same_day"].same_day


def test_distance__is_never_a_number():
    item = CHECKLISTS["conflict-handling"].items_by_id["distance"]
    for words in (item.text, item.guidance, item.anchors.met, item.anchors.not_met):
        assert not any(letter.isdigit() for letter in words.said("en"))


def test_critical__is_what_is_never_said_and_what_saves_a_life():
    found = {(name, item.id) for name, c in CHECKLISTS.items() for _, item in c.walk_items() if item.critical}
    assert found == {
        ("complaint-process", "book_given"),
        ("conflict-handling", "customer_wrong"),
        ("conflict-handling", "calls_help"),
        (OBSERVED, "calls_help"),
    }


def test_danger__silences_the_courtesies():
    sections = {each.id: each for each in CHECKLISTS["conflict-handling"].walk_sections()}
    for id_ in ("receiving", "tense_customer", "angry_customer"):
        assert list(items_of(sections[id_].applies_when)) == ["danger"]


def test_no_scale_of_the_shipped_checklists_is_without_words():
    for checklist in CHECKLISTS.values():
        for _, item in checklist.walk_items():
            if isinstance(item, NumberItem):
                assert item.guidance is not None
            assert not isinstance(item, Scale) or len(item.labels or ()) == item.max - item.min + 1


@pytest.mark.parametrize("name", ROWS)
def test_lint__has_nothing_to_say(name):
    assert lint_file(ROOT / "checklists" / name) == ()


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
        assert (item.severity is not Severity.MINOR) == (must or bool(item.critical))  # what is critical is ours
        assert item.kind == "deadline" or not must or item.comment.when == "not_met"


@pytest.mark.parametrize(("checklist", "item"), PAIRS)
def test_seen_by__is_who_can_see_it(checklist, item):
    for part in item.source:
        seen_by = SEEN_BY.get(part) or SEEN_BY.get(part.partition("/")[0]) or "shopper"
        allowed = "manager" if checklist.checklist == OBSERVED else seen_by
        assert item.seen_by in ((allowed,) if isinstance(allowed, str) else allowed)


def test_observation__mirrors_what_is_asked_of_shoppers_and_judges_it_alike():
    mirrored = [item for _, item in CHECKLISTS[OBSERVED].walk_items() if item.mirrors]
    assert len(mirrored) >= 20
    for item in mirrored:
        name, _, id_ = item.mirrors.partition("/")
        other = CHECKLISTS[name].items_by_id[id_]
        assert (item.kind, item.dimension, item.trains) == (other.kind, other.dimension, other.trains)
        assert getattr(item, "inverted", None) == getattr(other, "inverted", None)
        options = [[(o.id, o.credit) for o in getattr(each, "options", ())] for each in (item, other)]
        bands = [[(b.up_to, b.credit) for b in getattr(each, "bands", ())] for each in (item, other)]
        assert options[0] == options[1]
        assert bands[0] == bands[1]


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
