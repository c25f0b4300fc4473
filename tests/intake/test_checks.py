"""A submission held against its checklist and the list of branches."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from auditkit.intake.check_codes import COMMENT, MISSING
from auditkit.intake.checks import check
from auditkit.model.checklist import Checklist
from auditkit.model.programme import Branch
from auditkit.model.visit import NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, Source, Submission
from auditkit.problems import REGISTER, Severity
from auditkit.scoring import score
from tests.verify.sheets import checklist_from

DESK = """
    checklist: desk
    version: 1.0.0
    title: Desk
    sections:
      - id: a
        title: First
        items:
          - {id: greets, text: Greets?}
          - {id: badge, text: Badge?, not_applicable: true, comment: {when: not_met, at_least: 10}}
          - {id: lecturing, text: Lectures?, inverted: true, comment: not_met}
          - {id: queue, text: Queue?, scored: false, required: true, not_observed: false}
          - {id: led, text: Was it led?, applies_when: {item: queue, is: yes}}
          - {id: receipt, text: Receipt?, evidence: {kind: receipt, when: always}}
          - id: way
            kind: choice
            text: How?
            comment: not_met
            options:
              - {id: well, text: Well, credit: 1}
              - {id: so, text: So so, credit: 0.5}
              - {id: ill, text: Ill, credit: 0}
          - {id: came, kind: timestamp, text: Came when?}
          - {id: left, kind: timestamp, text: Left when?}
          - id: took
            kind: duration
            text: Took
            from: came
            to: left
            unit: minutes
            bands: [{up_to: 5, credit: 1}, {credit: 0}]
          - {id: tip, kind: text, text: What else?, required: false}
"""
ANSWERS = {
    "greets": "yes",
    "badge": "yes",
    "lecturing": "no",
    "queue": "no",
    "receipt": "yes",
    "way": "well",
    "came": datetime(2026, 8, 20, 10),  # noqa: DTZ001
    "left": datetime(2026, 8, 20, 10, 4),  # noqa: DTZ001
}
BRANCHES = {
    code: Branch(code=code, name=code, region="North", opened=date(2020, 1, 1), closed=date(2026, 12, 31))
    for code in ("007", "0108", "B-12")
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Checklist:
    return checklist_from(tmp_path_factory.mktemp("desk"), DESK)


def submission(answers: dict[str, object] | None = None, **more: object) -> Submission:
    given = {**ANSWERS, **(answers or {})}
    usual = {
        "visit_id": "V1",
        "checklist": "desk",
        "version": "1.0.0",
        "branch": "007",
        "visit_date": date(2026, 8, 20),
        "answers": {name: value for name, value in given.items() if value is not None},
        "cells": {name: f"Desk!D{n}" for n, name in enumerate(given, 4)},
        "evidence": {"receipt": "receipt.jpg"},
        "source": Source(file="f.xlsx", sheet="Desk", reader="workbook"),
    }
    return Submission.model_validate({**usual, **more})


def on_hall(**answers: object) -> Submission:
    """On another checklist, with these answers alone."""
    only = {"checklist": "hall", "answers": answers, "cells": {}, "evidence": {}}
    return Submission.model_validate({**submission().model_dump(), **only})


def found(desk: Checklist, of: Submission, **options: object) -> list[tuple[str, str, str]]:
    return [(each.code, str(each.place), each.value) for each in check(of, desk, **options)]


def test_a_whole_report__ok(desk):
    assert found(desk, submission(), branches=BRANCHES, today=date(2026, 8, 21)) == []


def test_missing__a_problem_an_item_with_its_cell(desk):
    (problem,) = check(submission({"greets": None}), desk)
    assert (problem.code, str(problem.place), problem.severity) == (MISSING.code, "f.xlsx[Desk!D4]", Severity.ERROR)
    assert problem.params["item"] == "1.1"
    assert problem.params["text"] == "Greets?"


def test_missing__what_nobody_understood_is_said_already(desk):
    assert found(desk, submission({"greets": None}, typed={"greets": "hmm"})) == []


def test_missing__what_was_not_asked_is_not_missing(desk):
    assert found(desk, submission({"greets": NOT_ASKED})) == []
    assert ("S101", "f.xlsx[Desk!D12]", "") in found(desk, submission({"queue": "yes", "led": None}))


def test_unasked__said_and_not_counted(desk):
    assert found(desk, submission({"led": "yes"})) == [("S105", "f.xlsx[Desk!D12]", "yes")]


@pytest.mark.parametrize(
    ("answers", "more", "code"),
    [
        ({"badge": "no"}, {}, "S102"),
        ({"badge": "no"}, {"comments": {"badge": "   "}}, "S102"),
        ({"badge": "no"}, {"comments": {"badge": "none"}}, "S103"),
        ({"badge": "no"}, {"comments": {"badge": "no badge at all"}}, None),
        ({"badge": "yes"}, {}, None),
        ({"badge": NOT_APPLICABLE}, {}, None),
        ({"badge": NOT_OBSERVED}, {}, None),
        ({"lecturing": "yes"}, {}, "S102"),
        ({"way": "ill"}, {}, "S102"),
        ({"way": "so"}, {}, None),
        ({"receipt": "no"}, {"evidence": {}}, "S104"),
        ({"receipt": "yes"}, {"evidence": {"receipt": " "}}, "S104"),
    ],
)
def test_comments_and_evidence(desk, answers, more, code):
    (name,) = answers
    place = f"f.xlsx[{submission(answers).cells[name]}]"
    assert [(each, at) for each, at, _ in found(desk, submission(answers, **more))] == ([(code, place)] if code else [])


@pytest.mark.parametrize("answer", [NOT_APPLICABLE, NOT_OBSERVED])
def test_states_that_the_checklist_does_not_allow__error(desk, answer):
    assert ("S114", "f.xlsx[Desk!D7]", answer) in found(desk, submission({"queue": answer}))
    allowed = found(desk, submission({"greets": NOT_OBSERVED}))
    assert allowed == []
    assert [code for code, _, _ in found(desk, submission({"greets": NOT_APPLICABLE}))] == ["S114"]


def test_times_in_the_wrong_order__error(desk):
    before = datetime(2026, 8, 20, 9, 59)  # noqa: DTZ001
    assert found(desk, submission({"left": before})) == [
        ("S113", "f.xlsx[Desk!D11]", "2026-08-20 10:00 > 2026-08-20 09:59")
    ]
    with_zone = datetime(2026, 8, 20, 1, tzinfo=UTC)
    assert found(desk, submission({"left": with_zone})) == []


def test_the_visit__date_and_times(desk):
    assert [each[0] for each in found(desk, submission(visit_date=None))] == ["S107"]
    begun = datetime(2026, 8, 20, 10)  # noqa: DTZ001
    assert found(desk, submission(visit_date=None, start=begun)) == []
    assert [each[0] for each in found(desk, submission(), today=date(2026, 8, 19))] == ["S108"]
    assert found(desk, submission(start=begun, end=datetime(2026, 8, 20, 9))) == [  # noqa: DTZ001
        ("S109", "f.xlsx[Desk]", "10:00 – 09:00")
    ]


@pytest.mark.parametrize(
    ("branch", "code", "nearest"),
    [("7", "S110", "007"), ("108", "S110", "0108"), ("b12", "S110", "B-12"), ("999", "S110", ""), ("", "S112", "")],
)
def test_branches__unknown_or_none(desk, branch, code, nearest):
    (problem,) = check(submission(branch=branch), desk, BRANCHES)
    assert (problem.code, problem.value) == (code, branch or "V1")
    assert problem.params.get("nearest", "") == nearest


def test_branches__any_is_welcome_without_a_list(desk):
    assert found(desk, submission(branch="anywhere")) == []


@pytest.mark.parametrize(
    ("day", "shut"), [(date(2019, 12, 31), True), (date(2020, 1, 1), False), (date(2027, 1, 1), True)]
)
def test_branches__not_open_on_that_day(desk, day, shut):
    assert [each[0] for each in found(desk, submission(visit_date=day), branches=BRANCHES)] == ["S111"] * shut


def test_a_visit_that_was_not_carried_out__its_answers_count_for_nothing(desk):
    none: dict[str, object] = dict.fromkeys(ANSWERS)
    for outcome in ("closed", "not_found", "recognised", "refused", "not_served", "no_answer"):
        assert found(desk, submission(none, outcome=outcome)) == []
        assert [each[0] for each in found(desk, submission(outcome=outcome))] == ["S106"]
    closed = submission(none, outcome="closed", branch="")
    assert found(desk, closed) == []
    assert [each[0] for each in found(desk, submission(none, outcome="no_answer", branch=""))] == ["S112"]


def test_positions__a_question_for_others_is_not_missing(tmp_path):
    yaml = """
        checklist: hall
        version: 1.0.0
        title: Hall
        sections:
          - id: a
            title: A
            items: [{id: till, text: Till?, for: [cashier]}, {id: hello, text: Hello?}]
    """
    hall = checklist_from(tmp_path, yaml)
    of = on_hall(hello="yes")
    assert found(hall, of) == [("S101", "f.xlsx[Desk]", "")]
    assert found(hall, of.model_copy(update={"position": "consultant"})) == []
    assert found(hall, of.model_copy(update={"position": " Cashier "})) == [("S101", "f.xlsx[Desk]", "")]


def test_numbers_and_scales__the_worst_needs_words(tmp_path):
    yaml = """
        checklist: hall
        version: 1.0.0
        title: Hall
        defaults: {comment: not_met}
        sections:
          - id: a
            title: A
            items:
              - {id: wait, kind: number, text: Wait?, unit: min, lowest: 0, bands: [{up_to: 5, credit: 1}, {credit: 0}]}
              - {id: tidy, kind: scale, text: Tidy?}
              - id: said
                kind: multi
                text: Said?
                options: [{id: hello, text: Hello, credit: 1}, {id: rude, text: Rude, credit: -1}]
    """
    hall = checklist_from(tmp_path, yaml)
    good = {"wait": Decimal(5), "tidy": 5, "said": ("hello",)}
    bad = {"wait": Decimal("5.1"), "tidy": 1, "said": ("rude",)}
    for name in good:
        of = on_hall(**{**good, name: bad[name]})
        assert [each[0] for each in found(hall, of)] == ["S102"], name
    assert found(hall, on_hall(**good)) == []
    assert [each[0] for each in found(hall, on_hall(**{**good, "said": ()}))] == ["S102"]


RULED = """
    checklist: ruled
    version: 1.0.0
    title: Ruled
    scoring: points
    defaults: {comment: not_met, required: false}
    sections:
      - id: a
        title: First
        items:
          - {id: clean, text: Clean?}
          - {id: dirty, text: Dirty?, inverted: true}
          - {id: fact, text: Did it rain?, scored: false}
          - id: fine
            kind: choice
            text: What was broken?
            options:
              - {id: nothing, text: Nothing, credit: 0}
              - {id: glass, text: A glass, credit: -1}
              - {id: window, text: A window, credit: -5}
          - {id: stars, kind: scale, text: Stars, not_met_at: 0.25}
          - {id: wait, kind: number, text: Wait, unit: min, linear: {full_at: 5, none_at: 15}}
"""


@pytest.mark.parametrize(
    ("direction", "answers", "commented"),
    [
        ("higher", {"clean": "yes", "dirty": "no", "fine": "nothing", "stars": 3, "wait": Decimal(14)}, []),
        ("higher", {"clean": "no", "dirty": "yes", "fine": "window", "stars": 2, "wait": Decimal(15)}, [1, 2, 4, 5, 6]),
        ("higher", {"fine": "glass", "fact": "no"}, []),
        ("lower", {"clean": "yes", "dirty": "no", "fine": "nothing", "stars": 5, "wait": Decimal(5)}, [1, 2, 4, 5, 6]),
        ("lower", {"clean": "no", "dirty": "yes", "fine": "window", "stars": 1, "wait": Decimal(15)}, []),
    ],
)
def test_a_comment_is_due_where_scoring_says_not_met(tmp_path, direction, answers, commented):
    text = RULED.replace("title: Ruled", f"title: Ruled\n    direction: {direction}_is_better")
    if direction == "lower":
        text = text.replace("0.25", "0.75")
    ruled = checklist_from(tmp_path, text)
    given = Submission(
        visit_id="V", checklist="ruled", version="1.0.0", branch="B", visit_date=date(2026, 8, 20), answers=answers,
        source=Source(file="v.json", reader="json"),
    )  # fmt: skip
    found = [each for each in check(given, ruled) if each.code == COMMENT.code]
    assert [each.params["item"] for each in found] == [f"1.{n}" for n in commented]
    not_met = {item.item for item in score(ruled, given).items if item.met == "not_met"}
    assert {ruled.numbers[name] for name in not_met} == {each.params["item"] for each in found}


def test_every_code_of_a_check__is_tried_here():
    import re
    from pathlib import Path

    tried = set(re.findall(r"S1\d\d", Path(__file__).read_text(encoding="utf-8")))
    assert {code for code in REGISTER if code.startswith("S1")} <= tried
