"""What becomes of everything that comes in: exactly one fate each, whatever the order of arrival."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.intake.inbox import Decided, Fate, Incoming, counts, settle


def came(key: str, **more: object) -> Incoming:
    usual = {
        "file": f"{key}.xlsx",
        "visit_id": "V1",
        "checklist": "desk",
        "shopper": "K7",
        "answers": "a",
        "sha256": key,
    }
    return Incoming(key, **{**usual, **more})  # type: ignore[arg-type]


def fates(*incoming: Incoming) -> dict[str, str]:
    return {key: each.fate.value for key, each in settle(incoming).items()}


@pytest.mark.parametrize(
    ("one", "fate"),
    [
        (came("a"), "accepted"),
        (came("a", complete=False), "returned"),
        (came("a", visit_id=""), "returned"),
        (came("a", covered=False), "held"),
        (came("a", readable=False), "unreadable"),
        (came("a", outcome="closed"), "not_carried_out"),
        (came("a", outcome="not_found"), "not_carried_out"),
        (came("a", outcome="recognised"), "not_carried_out"),
        (came("a", outcome="refused"), "not_carried_out"),
        (came("a", outcome="not_served"), "accepted"),
        (came("a", outcome="no_answer"), "accepted"),
    ],
)
def test_one_by_itself(one, fate):
    assert fates(one) == {"a": fate}


def test_pain_28__the_same_visit_twice__the_copy_is_the_duplicate():
    found = settle(
        [came("x", file="report (1).xlsx"), came("y", file="report.xlsx"), came("z", file="report (2).xlsx")]
    )
    assert found["y"] == Decided(Fate.ACCEPTED)
    assert found["x"] == found["z"] == Decided(Fate.DUPLICATE, "duplicate_of report.xlsx")


def test_pain_28__an_incomplete_copy_of_a_complete_report__is_no_original():
    found = fates(came("x", file="a.xlsx", complete=False), came("y", file="b.xlsx"))
    assert found == {"x": "duplicate", "y": "accepted"}


def test_other_answers__both_wait_for_a_person():
    found = settle([came("x"), came("y", answers="b")])
    assert found == {
        "x": Decided(Fate.HELD, "two_versions y.xlsx"),
        "y": Decided(Fate.HELD, "two_versions x.xlsx"),
    }


def test_one_that_names_the_other__replaces_it():
    found = settle([came("x"), came("y", answers="b", supersedes="x")])
    assert found == {"x": Decided(Fate.EXCLUDED, "superseded_by y.xlsx"), "y": Decided(Fate.ACCEPTED)}


def test_a_chain_of_copies__the_last_counts():
    found = fates(came("x"), came("y", answers="b", supersedes="x"), came("z", answers="c", supersedes="y"))
    assert found == {"x": "excluded", "y": "excluded", "z": "accepted"}


def test_each_names_the_other__none_is_lost_and_none_counted():
    found = fates(came("x", supersedes="y"), came("y", answers="b", supersedes="x"))
    assert set(found.values()) <= {"held", "excluded"}
    assert len(found) == 2


def test_the_later_of_one_shopper_under_a_printed_code__replaces():
    one = came("x", handed_in="2026-08-20T10:00:00", printed_code=True)
    other = came("y", answers="b", handed_in="2026-08-21T10:00:00", printed_code=True)
    assert fates(one, other) == {"x": "excluded", "y": "accepted"}
    assert fates(one, other._replace(shopper="K8")) == {"x": "held", "y": "held"}
    assert fates(one, other._replace(printed_code=False)) == {"x": "held", "y": "held"}
    assert fates(one, other._replace(handed_in="")) == {"x": "held", "y": "held"}
    assert fates(one, other._replace(handed_in=one.handed_in)) == {"x": "held", "y": "held"}


def test_an_incomplete_one__does_not_stand_in_the_way():
    assert fates(came("x", complete=False), came("y", answers="b")) == {"x": "returned", "y": "accepted"}


def test_another_checklist_of_the_same_visit__is_another_report():
    assert fates(came("x"), came("y", checklist="hall", answers="b")) == {"x": "accepted", "y": "accepted"}


# -- laws -----------------------------------------------------------------------------------------------------------

INCOMING = st.builds(
    Incoming,
    key=st.just(""),
    file=st.sampled_from(["a.xlsx", "a (1).xlsx", "b.xlsx", "b - copy.xlsx", "c.csv"]),
    visit_id=st.sampled_from(["V1", "V2", ""]),
    checklist=st.sampled_from(["desk", "hall"]),
    shopper=st.sampled_from(["K7", "K8", ""]),
    answers=st.sampled_from(["1", "2", "3"]),
    sha256=st.sampled_from(["s1", "s2", "s3", ""]),
    supersedes=st.sampled_from(["", "s1", "s2", "s3"]),
    handed_in=st.sampled_from(["", "2026-08-20T10:00:00", "2026-08-21T10:00:00"]),
    outcome=st.sampled_from(["done", "done", "closed", "no_answer"]),
    readable=st.booleans(),
    complete=st.booleans(),
    covered=st.booleans(),
    printed_code=st.booleans(),
)
ARRIVALS = st.lists(INCOMING, max_size=8).map(lambda all_: [each._replace(key=f"k{n}") for n, each in enumerate(all_)])


@settings(max_examples=400)
@given(ARRIVALS)
def test_law__every_submission_has_exactly_one_fate(arrivals):
    found = settle(arrivals)
    assert set(found) == {each.key for each in arrivals}
    counted = counts(list(found.values()))
    assert sum(counted.values()) == len(arrivals)
    assert set(counted) == set(Fate)
    for each in arrivals:
        assert (found[each.key].fate is Fate.UNREADABLE) == (not each.readable)
        if found[each.key].fate is Fate.ACCEPTED:
            assert each.complete


@settings(max_examples=400)
@given(ARRIVALS, st.integers(0, 10**6))
def test_law__the_order_of_arrival_changes_nothing(arrivals, seed):
    shuffled = list(arrivals)
    Random(seed).shuffle(shuffled)  # noqa: S311  it only has to be another order
    assert settle(arrivals) == settle(shuffled)
    assert settle(iter(arrivals)) == settle(arrivals)


@settings(max_examples=300)
@given(ARRIVALS)
def test_law__of_one_visit_at_most_one_report_counts(arrivals):
    found = settle(arrivals)
    counting = Counter(
        (each.visit_id, each.checklist)
        for each in arrivals
        if found[each.key].fate in (Fate.ACCEPTED, Fate.NOT_CARRIED_OUT)
    )
    assert all(number == 1 for number in counting.values())


@settings(max_examples=300)
@given(ARRIVALS)
def test_law__a_report_of_another_visit_changes_nothing(arrivals):
    alone = settle(arrivals)
    together = settle([*arrivals, came("other", visit_id="V9")])
    assert {key: each for key, each in together.items() if key != "other"} == alone
