"""Which comments a branch reads: by the rule, and by what was decided."""

from __future__ import annotations

import pytest

from auditkit.analysis.viewing import Said
from auditkit.audience.comments import Comments, Fate
from auditkit.audience.marks import Marker
from auditkit.model.decision import Decision, Decisions, What, words_hash

PLAIN, MARKED = "Nobody greeted me", "A young woman greeted me"


def comments(rule: str, *decided: tuple[What, str, str]) -> Comments:
    """`decided`: what, of which words, in which other ones."""
    lines = [
        Decision(at, "2026-05-04T10:00:00+00:00", "Ann", "", what, "W1", "V1", "desk", "greets",
                 reason="x", new=new, answers=words_hash(text))
        for at, (what, text, new) in enumerate(decided, 1)
    ]  # fmt: skip
    return Comments("W1", rule, Decisions.of(lines), Marker.of(codes=["K7"]))


def said(text: str, visit: str = "V1") -> Said:
    return Said(visit, "desk", "greets", text)


@pytest.mark.parametrize(
    ("rule", "text", "fate"),
    [
        ("unmarked", PLAIN, Fate.OPEN), ("unmarked", MARKED, Fate.WAITS),
        ("decided", PLAIN, Fate.WAITS), ("decided", MARKED, Fate.WAITS),
        ("all", PLAIN, Fate.OPEN), ("all", MARKED, Fate.OPEN),
    ],
)  # fmt: skip
def test_rule__what_is_read_without_a_decision(rule: str, text: str, fate: Fate) -> None:
    assert comments(rule).fate(said(text)) == (fate, None)
    assert comments(rule).read(said(text)) == (text if fate is Fate.OPEN else "")


def test_decisions__the_latest_on_these_very_words_holds() -> None:
    released = comments("decided", (What.WITHHOLD, MARKED, ""), (What.RELEASE, MARKED, "Somebody greeted me"))
    assert released.read(said(MARKED)) == "Somebody greeted me"
    assert released.read(said(f"  {MARKED.replace(' ', '  ')}\n")) == "Somebody greeted me"
    withheld = comments("all", (What.RELEASE, PLAIN, ""), (What.WITHHOLD, PLAIN, ""))
    assert withheld.read(said(PLAIN)) == ""


def test_decisions__other_words_or_another_visit_are_not_meant() -> None:
    released = comments("decided", (What.RELEASE, PLAIN, ""))
    assert released.read(said(PLAIN)) == PLAIN
    assert released.read(said(f"{PLAIN}!")) == ""
    assert released.read(said(PLAIN, "V2")) == ""
    assert Comments("W2", "decided", released.decisions).read(said(PLAIN)) == ""
