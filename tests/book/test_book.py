"""The book: what is expected and what is not comes out of the definition, judged as a visit is."""

import pytest

from auditkit.book.chapters import book_of
from auditkit.book.examples import examples_of
from auditkit.book.questions import COUNT, questions_of
from auditkit.book.writing import Edition, readers_of, write_standard
from auditkit.definitions.checklists import load_checklist
from auditkit.model.text import Text
from tests.forms.person import SHIPPED, shipped

SHEET = """\
checklist: x
version: 1.0.0
title: The desk
about: What happens at a desk.
status: in_force
in_force_from: 2026-02-01
responsible:
  - {name: A. Example, role: head}
serves: [appearance, team]
positions: {sales: Sales staff, cash: Cashiers}
language: en
sections:
  - id: hello
    title: The greeting
    items:
      - {id: greets, text: Does the employee greet you?, critical: {cap_visit: 50}}
      - {id: chews, text: Is somebody chewing?, inverted: true, for: cash}
      - id: gaze
        text: Where does the employee look?
        kind: choice
        for: [sales]
        options:
          - {id: you, text: At you, credit: 1}
          - {id: past, text: Past you, credit: 0.5}
          - {id: phone, text: At a phone, credit: 0}
      - id: says
        text: What does the employee say?
        kind: multi
        best: 2
        options:
          - {id: name, text: The name, credit: 1}
          - {id: house, text: The house, credit: 1}
          - {id: oath, text: An oath, credit: -1}
      - {id: seen, text: What happened?, kind: text, scored: false}
  - id: wait
    title: The wait
    applies_when: {item: greets, is: yes}
    items:
      - id: minutes
        text: How long did you wait?
        kind: number
        unit: minutes
        seen_by: office
        bands: [{up_to: 3, credit: 1}, {up_to: 10, credit: 0.5}, {credit: 0}]
"""


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "checklists" / "x"
    folder.mkdir(parents=True)
    (folder / "checklist.yaml").write_text(SHEET, encoding="utf-8")
    checklist, problems = load_checklist(folder / "checklist.yaml")
    assert checklist is not None, problems
    return checklist


def _examples(desk, item):
    found = examples_of(desk.items_by_id[item], desk, "en")
    return found.good, found.partly, found.bad


def test_examples__stand_where_their_credit_puts_them(desk):
    assert _examples(desk, "gaze") == (("At you",), ("Past you",), ("At a phone",))
    assert _examples(desk, "says") == (("The name", "The house"), (), ("An oath",))
    assert _examples(desk, "chews")[0] == ("The answer is “No”.",)
    good, partly, bad = _examples(desk, "minutes")
    assert [len(each) for each in (good, partly, bad)] == [1, 1, 1]
    assert "3 minutes" in good[0]


def test_examples__fewer_points_are_better(desk):
    fined = desk.model_copy(update={"scoring": "points", "direction": "lower_is_better"})
    assert examples_of(fined.items_by_id["says"], fined, "en").good == ("An oath",)


def test_book__facts_of_a_visit_are_no_criteria(desk):
    (chapter,) = book_of([desk], "en").chapters
    assert [rule.key for rule in chapter.rules] == ["x/greets", "x/chews", "x/gaze", "x/says", "x/minutes"]
    assert [part.title for part in chapter.parts] == ["The greeting", "The wait"]


def test_book__critical_conditions_positions_observers_and_people_are_said(desk):
    (chapter,) = book_of([desk], "en").chapters
    rules = {rule.key.split("/")[1]: rule for rule in chapter.rules}
    assert "50" in rules["greets"].critical
    assert rules["chews"].positions == ("Cashiers",)
    assert "1.1 “Does the employee greet you?”" in chapter.parts[1].only
    assert "office" in rules["minutes"].observed
    assert (rules["greets"].observed, "shopper" in chapter.observed) == ("", True)
    assert "A. Example" in " ".join(value for _, value in chapter.facts)


def test_book__names_the_sections_of_a_full_standard_that_nothing_serves(desk):
    unserved = book_of([desk], "en").unserved
    assert len(unserved) == 8
    assert "Appearance" not in unserved
    assert "Growth and learning" in unserved


def test_leaflet_of_a_position__holds_what_concerns_it_and_no_other_one(desk):
    book = book_of([desk], "en", "sales")
    assert [rule.key for rule in book.chapters[0].rules] == ["x/greets", "x/gaze", "x/says", "x/minutes"]
    assert book.position == "Sales staff"


def test_readers__are_the_three_and_the_positions(desk):
    assert readers_of([desk]) == ("book", "leaflet", "newcomer", "sales", "cash")


def test_questions__the_right_one_is_marked_and_the_rest_is_wrong(desk):
    questions = {each.text: each for each in questions_of(book_of([desk], "en"))}
    gaze = questions["Where does the employee look?"]
    assert sorted(gaze.options) == ["At a phone", "At you", "Past you"]
    assert gaze.options["ABC".index(gaze.letter)] == "At you"
    assert questions["What does the employee say?"].options == ()
    assert questions["What does the employee say?"].right == ("The name", "The house")


@pytest.mark.parametrize("language", ["en", "ru", "kk", "pl", "ro"])
@pytest.mark.parametrize("name", SHIPPED)
def test_questions__ten_of_a_shipped_standard_in_every_language_the_same(name, language):
    checklist = shipped(name)
    english = questions_of(book_of([checklist], "en"))
    other = questions_of(book_of([checklist], language))
    assert len(other) == min(COUNT, len(list(book_of([checklist], "en").chapters[0].rules)))
    assert [(each.number, each.letter) for each in other] == [(each.number, each.letter) for each in english]


def test_questions__every_critical_criterion_first():
    book = book_of([shipped("phone-etiquette"), shipped("conflict-handling")], "en")
    critical = [rule.number for chapter in book.chapters for rule in chapter.rules if rule.critical]
    asked = [each.number for each in questions_of(book)]
    assert len(asked) == COUNT
    assert set(critical) <= set(asked) or len(critical) > COUNT


def test_markdown__reads_as_text(desk, tmp_path):
    text = write_standard([desk], "book", Edition("en", "md"), tmp_path).read_text(encoding="utf-8")
    assert "# Service standard: The desk" in text
    assert "**1.3 Where does the employee look?**" in text
    assert "At a phone" in text
    assert "((" not in text
    assert "\n\n\n\n" not in text


def test_markdown__signs_of_a_text_mean_themselves(desk, tmp_path):
    odd = desk.model_copy(update={"title": Text("A *b* <script>")})
    text = write_standard([odd], "leaflet", Edition("en", "md"), tmp_path).read_text(encoding="utf-8")
    assert r"A \*b\* \<script\>" in text
    page = write_standard([odd], "leaflet", Edition("en"), tmp_path).read_text(encoding="utf-8")
    assert "<script>" not in page


@pytest.mark.parametrize("language", ["ru", "kk", "pl", "ro"])
@pytest.mark.parametrize("reader", ["book", "leaflet", "newcomer"])
def test_every_kind__says_that_no_native_speaker_has_read_it(reader, language, tmp_path):
    from auditkit.locales import say

    path = write_standard([shipped("phone-etiquette")], reader, Edition(language), tmp_path)
    remark = say(language, "forms.not_reviewed")
    assert remark.split("{")[0][:20] in path.read_text(encoding="utf-8")
