"""What stands beside a question: each picture beside the answer that it is to be answered with."""

from __future__ import annotations

import pytest

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import shipped_folder
from auditkit.forms.layout import guidance_of, rows_of
from auditkit.model.checklist import Checklist
from auditkit.model.judging import Observer

INVERTED = {
    "id": "eats",
    "text": {"en": "Does anybody eat?", "ru": "Ест ли кто-нибудь?"},
    "inverted": True,
    "anchors": {"met": {"en": "Nobody eats.", "ru": "Никто не ест."}, "not_met": {"en": "A meal.", "ru": "Обед."}},
    "comment": {"when": "not_met", "at_least": 20},
}
PLAIN = {"id": "greets", "text": "Greets?", "anchors": {"met": "Says hello.", "not_met": "Says nothing."}}
COUNTED = {
    "id": "rings",
    "kind": "number",
    "text": "At which ring?",
    "unit": "rings",
    "bands": [{"up_to": 3, "credit": 1}, {"credit": 0}],
    "anchors": {"met": "Quickly."},
    "comment": "not_met",
}


def lines(item: dict[str, object], language: str = "en", **more: str) -> list[str]:
    checklist = Checklist.model_validate(
        {
            "checklist": "x",
            "version": "1.0.0",
            "title": "X",
            "sections": [{"id": "a", "title": "A", "items": [item]}],
            **more,
        }
    )
    return guidance_of(checklist.items_by_id[str(item["id"])], checklist, language).splitlines()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "No: Nobody eats.",
                "Yes: A meal.",
                "If the answer is “Yes”: say in the comment what happened.",
                "Characters in the comment, at least: 20.",
            ],
        ),
        (
            "ru",
            [
                "Нет: Никто не ест.",
                "Да: Обед.",
                "Если ответ «Да»: опишите в комментарии, что произошло.",
                "Знаков в комментарии не менее: 20.",
            ],
        ),
    ],
)
def test_question_whose_good_answer_is_no(language, told):
    assert lines(INVERTED, language) == told


def test_evidence__is_asked_for_beside_the_answer_that_needs_it():
    asked = {**INVERTED, "comment": "never", "evidence": {"when": "not_met", "kind": "photo"}}
    assert lines(asked)[-1] == "If the answer is “Yes”: add a file (photo) and write its name."
    assert lines({**COUNTED, "evidence": "always"}, "ru")[-1] == "Приложите файл (фото) и укажите его имя."


def test_question_whose_good_answer_is_yes():
    assert lines(PLAIN) == ["Yes: Says hello.", "No: Says nothing."]


def test_options_of_a_choice__are_read_before_the_drop_down_opens():
    choice = {
        "id": "signs",
        "kind": "choice",
        "text": "In what state?",
        "options": [{"id": "good", "text": "Clean", "credit": 1}, {"id": "bad", "text": "Dirty", "credit": 0}],
    }
    assert lines(choice) == ["– Clean", "– Dirty"]


def test_several_answers__say_what_to_choose_where_there_was_none():
    several = {
        "id": "heard",
        "kind": "multi",
        "text": "What did you hear?",
        "options": [{"id": "hello", "text": "Hello", "credit": 1}],
    }
    assert lines(several)[0].endswith("choose “None of these” here.")
    assert lines(several, "pl")[0].endswith("proszę tutaj wybrać „Żadne z tych”.")


def test_condition_on_what_the_reader_does_not_see__is_not_told():
    checklist, problems = load_checklist(shipped_folder() / "conflict-handling" / "checklist.yaml")
    assert checklist is not None, problems
    shopper, everybody = rows_of(checklist, "en", (Observer.SHOPPER,)), rows_of(checklist, "en", tuple(Observer))
    told = {row.text: row.guidance for row in shopper if row.kind == "section"}
    assert told["Receiving the complaint"] == ""
    told = {row.text: row.guidance for row in everybody if row.kind == "section"}
    assert told["Receiving the complaint"] == "Only if not (7.5 = Yes)"
    hang = {row.key: bool(row.conditions) for row in shopper if row.required}
    assert (hang["hears_out"], hang["cause"]) == (False, True)
    assert {row.key: bool(row.conditions) for row in everybody}["hears_out"]
    assert {row.number for row in shopper if row.guidance.startswith("Only if")} > {"3.2", "4.3"}


def test_question_without_yes_and_no():
    told = lines(COUNTED)
    assert told[0] == "As it should be: Quickly."
    assert told[-1] == "If it was not as it should be: say in the comment what happened."


def test_question_where_fewer_points_are_better():
    demerits = {"scoring": "points", "direction": "lower_is_better"}
    plain = {**PLAIN, "comment": "not_met"}
    assert lines(plain, **demerits) == [
        "No: Says hello.", "Yes: Says nothing.", "If the answer is “Yes”: say in the comment what happened.",
    ]  # fmt: skip
    assert lines({**plain, "inverted": True}, **demerits)[0] == "Yes: Says hello."


def test_what_is_only_recorded__needs_no_words():
    recorded = {**PLAIN, "scored": False, "comment": "not_met", "evidence": "not_met"}
    assert lines(recorded) == ["Yes: Says hello.", "No: Says nothing."]
