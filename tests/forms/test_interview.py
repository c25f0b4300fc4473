"""The questions at the desk: which come, which are missing, and what becomes of the answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from auditkit.forms.blank import Blank
from auditkit.forms.desk.draft import canonical, draft_json, plain, read_draft, report_json, resumed
from auditkit.forms.desk.interview import Interview, State, Step
from auditkit.forms.desk.questions import question
from auditkit.forms.desk.replies import Refused, Replies
from auditkit.intake.checks import check
from auditkit.intake.json_submission import read_json
from auditkit.intake.reading import read_file
from auditkit.locales import LANGUAGES
from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist
from auditkit.model.items import DERIVED
from auditkit.model.judging import Observer
from auditkit.model.observers import SHOPPER
from auditkit.scoring import score
from auditkit.tables.opening import open_book
from tests.forms.desk_person import COVER, NOON, on_every_step, typed, walked
from tests.forms.person import SHIPPED, answers_for, filled, only_given, shipped
from tests.scoring.random_cases import Case, cases
from tests.verify.sheets import Shelf, checklist_from

laws = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
MISSING = {"S101", "S102", "S103", "S104"}

TILL = """
checklist: till
version: 1.0.0
title: {en: Till, ru: Касса}
sections:
  - id: till
    title: {en: At the till, ru: На кассе}
    items:
      - {id: greets, text: Greets first?, comment: {when: not_met, at_least: 10}}
      - {id: queue, text: Was there a queue?, scored: false, required: true}
      - {id: waits, kind: number, text: How long?, unit: minutes, applies_when: {item: queue, is: "yes"},
         bands: [{up_to: 5, credit: 1}, {credit: 0}]}
      - {id: offers, kind: multi, text: What was offered?, not_applicable: true,
         options: [{id: bag, text: Bag, credit: 1}, {id: card, text: Card, credit: 1}, {id: app, text: App, credit: 1}]}
      - {id: tidy, kind: scale, text: How tidy?, min: 1, max: 5, evidence: not_met}
      - {id: left, kind: timestamp, text: When did you leave?}
      - {id: words, kind: text, text: Anything else?}
"""


def desk_of(case: Case, seen_by: tuple[Observer, ...] = SHOPPER) -> Interview:
    try:
        checklist = Checklist.model_validate(case.doc)
    except ValidationError:
        assume(False)
    return Interview(Blank([checklist], visit_id="V1", seen_by=seen_by))


def proper(interview: Interview, case: Case) -> dict[str, Any]:
    """Of the answers drawn, those that the items take."""
    (name,) = interview.checklists
    read = {key: canonical(interview, Step("answer", name, key), plain(value)) for key, value in case.answers.items()}
    return {key: value for key, value in read.items() if value is not None}


def submission_of(interview: Interview, state: State, folder: Path):
    (path := folder / "r.json").write_text(report_json(interview, state), encoding="utf-8")
    book, problems = open_book(path)
    assert book is not None, problems
    (reading,) = read_json(book, Shelf(*interview.checklists.values()))
    assert reading.problems == ()
    return reading.submission


@laws
@given(case=cases())
def test_law__what_is_asked_answered_and_missing_is_what_the_model_says(case, tmp_path_factory):
    interview = desk_of(case, tuple(Observer))
    ((name, checklist),) = interview.checklists.items()
    answers = proper(interview, case)
    state, _ = walked(interview, interview.begin(), {name: answers})
    assert state.at is None
    told = {step.key: value for step, value in state.given.items() if step.part == "answer"}
    asked = asked_items(checklist, told)
    typed_in = {item.id for _, item in checklist.walk_items() if item.kind not in DERIVED}
    # What a later answer took back is kept, but nobody asks it any more.
    told = {key: value for key, value in told.items() if key in asked}
    assert told == {key: value for key, value in answers.items() if key in asked}
    assert interview.asked(state, name) == asked & typed_in
    submission = submission_of(interview, state, tmp_path_factory.mktemp("law"))
    assert submission.answers == told
    found = [each for each in check(submission, checklist) if each.code in MISSING]
    numbers = [checklist.numbers[step.key] for step in interview.missing(state)]
    assert sorted(dict(each.facts)["item"] for each in found) == sorted(numbers)
    event(f"missing: {min(len(numbers), 3)}, not asked: {min(len(typed_in - asked), 3)}")


@laws
@given(case=cases(), data=st.data())
def test_law__back_and_forth_ends_in_the_report_of_the_last_answers(case, data, tmp_path_factory):
    """However somebody got there: the same answers given straight on make the same report, and the draft holds all."""
    interview = desk_of(case)
    ((name, checklist),) = interview.checklists.items()
    state = interview.begin()
    for _ in range(data.draw(st.integers(0, 30))):
        state = _acted(interview, state, data)
        assert state.at is None or state.at in interview.steps(state)
    given = {step.key: value for step, value in state.given.items()}
    straight, _ = walked(interview, interview.begin(), {name: given}, cover={})
    assert _answers(interview, state) == _answers(interview, straight)
    unasked = given.keys() - asked_items(checklist, interview.answers(state, name))
    assert not unasked & _answers(interview, state).keys()
    event(f"answers kept though they are not asked: {min(len(unasked), 3)}")
    path = tmp_path_factory.mktemp("draft") / "d"
    path.write_text(draft_json(interview, state), encoding="utf-8")
    draft = read_draft(path)
    assert draft is not None
    assert resumed(interview, draft) == (state, 0)


def _acted(interview: Interview, state: State, data: st.DataObject) -> State:
    act = data.draw(st.sampled_from(["back", "skip", "go", "give", "give", "give"]))
    if act == "go":
        return interview.go(state, data.draw(st.sampled_from(interview.steps(state))))
    if act == "back":
        return interview.back(state)
    if act == "skip" or state.at is None or state.at.part != "answer":
        return interview.skip(state)
    return _given(interview, state, data)


def _given(interview: Interview, state: State, data: st.DataObject) -> State:
    asked = question(interview, state, state.at)
    if asked.kind == "several":
        return interview.give(state, data.draw(st.sampled_from([(), (asked.offers[0].value,)])))
    if asked.offers:
        return interview.give(state, data.draw(st.sampled_from(asked.offers)).value)
    return interview.give(state, Decimal(data.draw(st.integers(0, 9))) if asked.kind == "number" else "words")


def _answers(interview: Interview, state: State) -> dict[str, Any]:
    return json.loads(report_json(interview, state))["answers"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_visit_in_the_workbook_and_at_the_desk__the_same_answers_and_score(language, tmp_path):
    for name in SHIPPED:
        checklist = shipped(name)
        blank = Blank([checklist], language, visit_id="K7-Q3-0412", wave="2026-Q3")
        for seed in (1, 2):
            interview = Interview(blank)
            state, _ = walked(interview, interview.begin(), {name: only_given(answers_for(checklist, seed))})
            assert interview.missing(state) == ()
            told = submission_of(interview, state, tmp_path)
            (reading,) = read_file(filled(tmp_path, [checklist], language, seed), Shelf(checklist)).readings
            sheet = reading.submission
            assert told.answers == sheet.answers
            same = {"cells", "typed", "source", "comments", "evidence", "language"}
            assert told.model_dump(exclude=same) == sheet.model_dump(exclude=same)
            mine, theirs = score(checklist, told), score(checklist, sheet)
            assert (mine.score, mine.grade, mine.verdict) == (theirs.score, theirs.grade, theirs.verdict)
            assert not [each for each in check(told, checklist) if each.code in MISSING]


@pytest.fixture
def till(tmp_path) -> Interview:
    return Interview(Blank([checklist_from(tmp_path, TILL)], visit_id="V1", branch="B07", shopper="K7"))


def step(key: str, part: str = "answer") -> Step:
    return Step(part, "till", key)


def said(interview: Interview, state: State, at: Step, text: str) -> Any:
    state = replace(state, at=at)
    return Replies(interview, lambda: NOON).read(question(interview, state, at), state, text)


def after_cover(interview: Interview) -> State:
    return interview.go(
        replace(interview.begin(), given={Step("cover", "", "visit_date"): NOON.date()}), step("greets")
    )


def test_a_failing_answer__its_comment_is_asked_at_once(till):
    state = till.give(after_cover(till), "no")
    assert state.at == step("greets", "comment")
    assert question(till, state, state.at).least == 10
    short = said(till, state, state.at, "too short")
    assert isinstance(short, Refused)
    assert "10" in short.says
    assert till.give(state, "nobody looked up").at == step("queue")


def test_a_passing_answer__no_comment(till):
    assert till.give(after_cover(till), "yes").at == step("queue")


def test_an_earlier_answer_changed__its_questions_come_and_go(till):
    state = till.go(after_cover(till), step("queue"))
    state = till.give(state, "no")
    assert state.at == step("offers")
    assert step("waits") not in till.steps(state)
    state = till.give(till.back(state), "yes")
    assert state.at == step("waits")
    state = till.give(state, Decimal(7))
    assert state.at == step("offers")
    state = till.give(till.go(state, step("queue")), "no")
    assert state.given[step("waits")] == 7
    assert "waits" not in json.loads(report_json(till, state))["answers"]
    state = till.give(till.go(state, step("queue")), "yes")
    assert json.loads(report_json(till, state))["answers"]["waits"] == "7"


def test_skipped__missing_at_the_end_and_reached_from_there(till):
    state = after_cover(till)
    while state.at is not None:
        state = till.skip(state)
    assert [each.key for each in till.missing(state)] == ["greets", "queue", "offers", "tidy"]
    state = till.give(till.go(state, till.missing(state)[2]), ("bag",))
    assert state.at is None
    assert [each.key for each in till.missing(state)] == ["greets", "queue", "tidy"]


def test_a_visit_that_was_not_carried_out__has_no_questions(till):
    state = till.give(till.go(after_cover(till), Step("cover", "", "outcome")), "closed")
    assert {each.part for each in till.steps(state)} == {"cover"}
    assert till.missing(state) == ()
    assert json.loads(report_json(till, state))["answers"] == {}


def test_progress__counts_questions_and_not_comments(till):
    state = till.give(after_cover(till), "no")
    assert till.progress(state) == (1, 6)
    state = till.give(till.give(state, "nobody looked up"), "yes")
    assert (state.at, till.progress(state)) == (step("waits"), (3, 7))


@pytest.mark.parametrize(
    ("at", "text", "meant"),
    [
        (step("greets"), "1", "yes"),
        (step("greets"), "2", "no"),
        (step("greets"), "z", "not_observed"),
        (step("greets"), "Да", "yes"),
        (step("greets"), "x", None),
        (step("greets"), "3", None),
        (step("waits"), "2,5", Decimal("2.5")),
        (step("waits"), "7 minutes", Decimal(7)),
        (step("waits"), "seven", None),
        (step("offers"), "1 3", ("bag", "app")),
        (step("offers"), "3,1", ("bag", "app")),
        (step("offers"), "Card", ("card",)),
        (step("offers"), "0", ()),
        (step("offers"), "x", "not_applicable"),
        (step("offers"), "0 1", None),
        (step("offers"), "1 9", None),
        (step("tidy"), "4", 4),
        (step("tidy"), "6", None),
        (step("left"), "n", NOON),
        (step("left"), "11:05", datetime(2026, 8, 20, 11, 5)),  # noqa: DTZ001
        (step("left"), "2026-08-21 9:05", datetime(2026, 8, 21, 9, 5)),  # noqa: DTZ001
        (step("left"), "v", "never"),
        (step("left"), "03/04/2026 10:00", None),
        (step("left"), "later", None),
        (step("words"), '"s"', "s"),
        (Step("cover", "", "visit_date"), "now", NOON.date()),
        (Step("cover", "", "visit_date"), "20.08.2026", date(2026, 8, 20)),
        (Step("cover", "", "visit_date"), "03/04/2026", None),
        (Step("cover", "", "start"), "1031", time(10, 31)),
        (Step("cover", "", "start"), "25:00", None),
        (Step("cover", "", "outcome"), "7", "no_answer"),
        (Step("cover", "", "outcome"), "Бөлімше жабық болды", "closed"),
        (Step("cover", "", "attempts"), "2", 2),
        (Step("cover", "", "attempts"), "2.5", None),
        (Step("cover", "", "minutes_to_first_contact"), "2.5", Decimal("2.5")),
    ],
)
def test_reply__is_the_canonical_answer_or_refused(till, at, text, meant):
    found = said(till, after_cover(till), at, text)
    if meant is None:
        assert isinstance(found, Refused)
        assert "{" not in found.says
    else:
        assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_answer_offered__is_taken_in_every_language(name, language):
    interview = Interview(Blank([shipped(name)], language, visit_id="V1"))
    replies, state = Replies(interview, lambda: NOON), interview.begin()
    for asked in on_every_step(interview, state):
        for offer in asked.offers:
            found = replies.read(asked, state, offer.key)
            assert found == (
                (offer.value,) if asked.kind == "several" and offer.key.isdigit() and offer.value else offer.value
            )


def test_a_damaged_draft__is_no_draft(tmp_path, till):
    good = draft_json(till, after_cover(till))
    for number, text in enumerate(
        ["", "[]", "{}", good[:-20], good.replace('"auditkit_draft": 1', '"auditkit_draft": 9')]
    ):
        (path := tmp_path / str(number)).write_text(text, encoding="utf-8")
        assert read_draft(path) is None


def test_a_draft_of_an_older_checklist__keeps_what_still_fits(tmp_path, till):
    state = till.give(till.give(after_cover(till), "yes"), "yes")
    state = replace(state, given={**state.given, step("gone"): "yes", step("tidy"): 9})
    (path := tmp_path / "d").write_text(draft_json(till, state), encoding="utf-8")
    found, lost = resumed(till, read_draft(path))
    assert lost == 2
    assert (found.given[step("greets")], found.at) == ("yes", step("waits"))


def test_cover__is_asked_first_and_only_what_the_blank_does_not_know(till):
    assert [each.key for each in till.steps(State())][:4] == ["visit_date", "start", "end", "outcome"]
    bare = Interview(replace(till.blank, branch=None, shopper=None, employees="named"))
    names = [each.key for each in bare.steps(State()) if each.part == "cover"]
    assert names[:3] == ["branch", "shopper", "visit_date"]
    assert names[-1] == "employee"
    assert typed(question(bare, State(), Step("cover", "", "outcome")), COVER["outcome"]) == "1"
