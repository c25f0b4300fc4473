"""Every random visit comes out of the program as it comes out of the specification, reckoned the long way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.model.checklist import Checklist
from auditkit.model.programme import WorkingCalendar
from auditkit.model.score import VisitScore
from auditkit.scoring import points_lost, score

from .made import visit
from .oracle import Result, scored_visit
from .oracle_credits import Data
from .oracle_states import Around
from .random_cases import WAYS, WORKING, Case, cases


def expected(case: Case) -> Result:
    around = Around(case.zone, WORKING, case.handed_in, case.position)
    return scored_visit(case.doc, case.answers, around, case.annulled, case.accepted)


def found(case: Case) -> tuple[Checklist, VisitScore]:
    definition = Checklist.model_validate(case.doc)
    filled = visit(case.answers, position=case.position, handed_in=case.handed_in)
    return definition, score(
        definition,
        filled,
        calendar=WorkingCalendar(WORKING),
        time_zone=case.zone,
        annulled=frozenset(case.annulled),
        accepted_as_is=case.accepted,
    )


def effects(acting: Any) -> list[tuple[str, Any, bool]]:
    return [
        (each.effect.value, each.grade if each.grade is not None else each.amount, each.keeps_verdict)
        for each in acting
    ]


def typed(acting: list[tuple[str, Any, bool]]) -> list[tuple[str, str, bool]]:
    return [(name, str(amount), keeps) for name, amount, keeps in acting]


def same_items(result: VisitScore, oracle: Result) -> None:
    for item in result.items:
        wanted = oracle.items[item.item]
        assert (item.item, item.state.value, item.credit, item.met) == (
            item.item,
            wanted.state,
            wanted.credit,
            wanted.met,
        )
        assert item.severity.value == wanted.severity
        assert typed(effects(item.critical)) == typed(wanted.effects)
        assert [severity.value for severity in item.findings] == wanted.severities
    assert {
        "scored": result.n_scored,
        "not_observed": result.n_not_observed,
        "missing": result.n_missing,
        "not_applicable": result.n_not_applicable,
    } == oracle.counts
    assert tuple(sorted((code, item) for code, item, _ in result.problems)) == oracle.problems
    assert result.missing == oracle.missing


def same_scores(definition: Checklist, result: VisitScore, oracle: Result) -> None:
    assert {one.section: one.score for one in result.sections} == oracle.sections
    assert (result.score, result.base) == (oracle.score, oracle.base)
    assert points_lost(definition, result) == oracle.lost
    assert (None if result.shown is None else str(result.shown)) == oracle.shown
    grade, verdict = result.grade, result.verdict.value if result.verdict is not None else None
    assert (grade, verdict) == (oracle.grade, oracle.verdict)
    if not result.missing:
        assert (result.lowest, result.highest) == oracle.ends


def same_steps(result: VisitScore, oracle: Result) -> None:
    """What moved a section or the visit, from where to where, and by which item; in order for each of them."""
    for where in {*oracle.sections, ""}:
        ours = [
            (step.what, step.before, step.after, step.item)
            for step in result.steps
            if step.where == where and step.what != "cap_grade"
        ]
        theirs = [(what, before, after, item) for what, place, before, after, item in oracle.log if place == where]
        assert ours == (theirs if oracle.score is not None or where else [])


def compare(case: Case) -> None:
    oracle = expected(case)
    definition, result = found(case)
    same_items(result, oracle)
    same_scores(definition, result, oracle)
    same_steps(result, oracle)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_as_the_specification_reckons_it(case: Case) -> None:
    compare(case)


BANDS = [
    {"up_to": "0", "credit": "1"},
    {"up_to": "1", "credit": "0.75"},
    {"up_to": "24", "credit": "0.5"},
    {"credit": "0"},
]
EVERY_WAY: list[Data] = [
    *({"kind": "deadline", "from": "a", **way} for way in WAYS),
    *({"kind": "deadline", "from": "a", "bands": BANDS, **way} for way in WAYS),
    {"kind": "deadline", "promised": "p"},
    {"kind": "deadline", "promised": "p", "bands": BANDS},
    *(
        {"kind": "duration", "from": "a", "bands": BANDS, "unit": u}
        for u in ("minutes", "hours", "days", "working_days")
    ),
]
TIMED: dict[str, Any] = {
    "checklist": "c",
    "version": "1.0.0",
    "title": "C",
    "sections": [
        {
            "id": "S",
            "title": "s",
            "items": [
                *({"id": name, "kind": "timestamp", "text": "t"} for name in "pab"),
                *({"id": f"d{n}", "text": "t", "to": "b", **way} for n, way in enumerate(EVERY_WAY)),
            ],
        }
    ],
}
CHANGES = [(2026, 3, 27), (2026, 4, 22), (2026, 5, 17), (2026, 10, 23), (2026, 10, 29)]
"""Around the nights in which clocks change, in Warsaw and in Cairo, and where the calendar ends."""
HOURS = st.integers(0, 24 * 60 * 4).map(lambda n: timedelta(minutes=n))


@st.composite
def timed_cases(draw: st.DrawFn) -> Case:
    first = datetime(*draw(st.sampled_from(CHANGES)))  # noqa: DTZ001  local to the branch
    seconds = st.sampled_from([0, 0, 1, 59]).map(lambda n: timedelta(seconds=n))

    def moment() -> Any:
        local = first + draw(HOURS) + draw(seconds)
        return draw(st.sampled_from([local, local, local, local, local.replace(tzinfo=UTC), "never", None]))

    start = moment()
    answers = {"p": moment(), "a": start, "b": moment()}
    if isinstance(start, datetime) and draw(st.booleans()):
        answers["b"] = start + timedelta(minutes=draw(st.sampled_from([0, 89, 90, 180, 181, 1439, 1440, 2880, 4000])))
    return Case(
        TIMED,
        {id_: answer for id_, answer in answers.items() if answer is not None},
        draw(st.sampled_from(["UTC", "Europe/Warsaw", "Africa/Cairo"])),
        None,
        draw(st.sampled_from([None, first + timedelta(days=2)])),
        set(),
        False,
    )


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(timed_cases())
def test_times_as_the_specification_reckons_them(case: Case) -> None:
    compare(case)
