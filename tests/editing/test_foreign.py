"""Foreign sheets, shown as they stand: which lines are headings, what is asked, what answers earn."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.definitions.library import Library, shipped_folder
from auditkit.editing.foreign.answers import Answers, Option, answers_in_columns, answers_of, worth
from auditkit.editing.foreign.proposal import Wishes, propose
from auditkit.editing.foreign.words import field_of, language_named, language_of
from auditkit.tables.table import Book, Sheet


def _book(*sheets):
    """Sheets as texts: a row a line, `;` between cells, `\\` for a line's end within a cell."""
    made = [
        Sheet(f"S{at}", [[cell.strip().replace("\\", "\n") or None for cell in row.split(";")] for row in text])
        for at, text in enumerate((sheet.strip("\n").split("\n") for sheet in sheets), 1)
    ]
    return Book("book.xlsx", "", "xlsx", tuple(made))


def _outline(*sheets, **wishes):
    """`title[weight]: item, item` of every section that has items, and the draft."""
    draft = propose(_book(*sheets), Wishes(**wishes))
    assert draft is not None
    checklist, problems = draft.loaded(Library([shipped_folder()]))
    assert checklist is not None, problems
    lines = []
    for section in checklist.walk_sections():
        if section.items:
            weight = f"[{section.weight}]" if section.weight is not None else ""
            lines.append(f"{section.title.said(checklist.language)}{weight}: {', '.join(i.id for i in section.items)}")
    return lines, checklist, draft


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        pytest.param("""
Area ; Question
Door ; Is it clean?
     ; Is it open?
Desk ; Is somebody there?
""", ["Door: clean, open", "Desk: somebody"], id="sections fill down"),
        pytest.param("""
Question ; Answer
Entrance ;
Is it clean? ; Yes/No
Is it open? ; Yes/No
Desk ;
Is somebody there? ; Yes/No
""", ["Entrance: clean, open", "Desk: somebody"], id="headings have no answers"),
        pytest.param("""
No ; Check point
A. ; ENTRANCE
1 ; Clean
2 ; Open
B. ; DESK
3 ; Somebody there
""", ["ENTRANCE: clean, open", "DESK: somebody"], id="letters among numbers"),
        pytest.param("""
Question ; Max score
1. Entrance ;
1.1 Is it clean? ; 5
2. Desk ;
2.1 Is somebody there? ; 5
""", ["Entrance: clean", "Desk: somebody"], id="numbers in the text"),
        pytest.param("""
No ; Criterion ; Weight
1 ; Branch ; 60
1.1 ; Outside ; 30%
1.1.1 ; Is it clean? ; 1
1.2 ; Inside ; 70%
1.2.1 ; Is it warm? ; 1
2 ; People ; 40
2.1 ; Is somebody there? ; 1
Total ; ; 100
""", ["Outside[30]: clean", "Inside[70]: warm", "People[40]: somebody"], id="weights on every level"),
        pytest.param("""
Раздел ; Вопрос ; Варианты
Вход ; Чисто ли у входа? ; Да/Нет
Касса ; Есть ли очередь? ; Да/Нет
""", ["Вход: q1", "Касса: q2"], id="in Russian"),
        pytest.param("""
No ; Section ; Journey
1 ; (Section) A. Outside ; (759166) The sign is clean and whole
2 ; (Section) A. Outside ; (759167) The door is clean and whole
""", ["Outside: q759166, q759167"], id="codes of a programme"),
    ],
)  # fmt: skip
def test_headings_and_questions(sheet, expected):
    assert _outline(sheet)[0] == expected


def test_sheets__are_sections_of_their_own_and_others_are_said():
    lines, _, draft = _outline(
        "Question ; Answer\nIs it clean? ; Yes/No", "Question ; Answer\nIs it warm? ; Yes/No", "Prepared by ; Anna"
    )
    assert lines == ["S1: clean", "S2: warm"]
    assert [(each.value, each.place.sheet) for each in draft.problems if each.code == "D518"] == [("S3", "S3")]
    assert list(_outline("Question\nIs it clean?", "Question\nIs it warm?", sheets=("S2",))[1].items_by_id) == ["warm"]


def test_what_is_not_taken__is_said_with_its_cell():
    draft = _outline("Q id ; Question ; Owner\n1 ; Is it clean? ; Anna\nTotal ; ;")[2]
    assert [(each.value, each.place.cell) for each in draft.problems if each.code == "D518"] == [
        ("Owner", "C1"),
        ("Total", "A3"),
    ]


def test_marks__required_critical_photo():
    sheet = """
Question ; Answer ; Mandatory ; Critical ; Photo
Is it clean? ; Yes/No ; no ; ; x
Is it safe? ; Yes/No ; yes ; x ;
What did you see? ; Text ; yes ; ;
"""
    _, checklist, draft = _outline(sheet)
    clean, safe, saw = checklist.items_by_id.values()
    assert (clean.required, clean.evidence.when.value, clean.critical) == (False, "always", ())
    assert (safe.required, safe.critical[0].effect.value, safe.comment.when.value) == (None, "fail", "not_met")
    assert (saw.kind, saw.required) == ("text", True)
    assert [each.value for each in draft.problems if each.code == "D515"] == ["Is it safe?"]


def test_zero_tolerance__every_question_of_the_section():
    sheet = """
Section ; Section weight ; Question
Opening ; 100 ; Greets the caller
Zero tolerance ; ; Shouts at nobody
"""
    lines, checklist, _ = _outline(sheet)
    assert lines == ["Opening[100]: greets_caller", "Zero tolerance[0]: shouts_nobody"]
    assert checklist.items_by_id["shouts_nobody"].critical[0].effect.value == "zero_visit"
    assert checklist.items_by_id["greets_caller"].critical == ()


@pytest.mark.parametrize(
    ("header", "cell", "language"),
    [
        ("Question (Arabic)", "هل الباب نظيف؟", "ar"),
        ("Question::he", "האם הדלת נקייה?", "he"),
        ("السؤال", "هل الباب نظيف؟", "ar"),
        ("Вопрос", "Чистая ли дверь?", "ru"),
        ("Сұрақ", "Есік таза ма, әрі бүтін бе?", "kk"),
        ("Pytanie", "Czy drzwi są czyste?", "pl"),
    ],
)
def test_a_second_column_of_questions__is_a_translation(header, cell, language):
    _, checklist, _ = _outline(
        f"Question ; {header}\nIs the door clean? ; {cell}\nIs the door of the hall open? ; {cell}"
    )
    assert checklist.language == "en"
    assert checklist.items_by_id["door_clean"].text.said(language) == cell


def test_two_languages_in_a_cell__are_told_apart():
    _, checklist, _ = _outline("Question ; Weight\nIs it clean?\\هل هو نظيف؟ ; 2\nIs it warm?\\هل هو دافئ؟ ; 1")
    assert checklist.items_by_id["warm"].text.said("ar") == "هل هو دافئ؟"
    assert checklist.items_by_id["warm"].text.said("en") == "Is it warm?"


def test_answers_in_columns__points_words_and_nothing():
    yes_no = answers_in_columns(["Yes", "No", "N/A"], ["", "", ""])
    assert (yes_no.kind, yes_no.not_applicable) == ("yes_no", True)
    assert answers_in_columns(["Yes", "No"], ["0", "5"]).inverted
    told = answers_in_columns(["Fully (2)", "Partly (1)", "Not met (0)"], ["At once", "Soon", "Never ever"])
    assert told.options == (
        Option("At once", Decimal(2), "Fully"),
        Option("Soon", Decimal(1), "Partly"),
        Option("Never ever", Decimal(0), "Not met"),
    )
    assert answers_in_columns(["Yes", "No"], ["Both shoes shine", "A shoe is dirty"]).anchors == (
        "Both shoes shine",
        "A shoe is dirty",
    )
    steps = answers_in_columns(["1", "2", "3"], ["", "", ""])
    assert (steps.kind, steps.span) == ("scale", (1, 3))


@pytest.mark.parametrize(
    ("cell", "kind", "points"),
    [
        ("Yes | No | NA", "yes_no", None),
        ("1.Yes (1)\n2.No (0)\n3.Not applicable", "yes_no", None),
        ("Да / Нет / Н/П", "yes_no", None),
        ("Yes=10; Partly=5; No=0", "choice", "10 5 0"),
        ("Always, Sometimes, Never", "choice", None),
        ("Met (5 pts) | Partly met (2.5 pts) | Not met (0 pts)", "choice", "5 2.5 0"),
        ("5 - Excellent; 4 - Good; 3 - Fair; 2 - Poor; 1 - Bad", "scale", None),
        ("1-5", "scale", None),
        ("0 to 10", "scale", None),
        ("1, 2, 3, 4, 5, N/A", "scale", None),
        ("Text", "text", None),
        ("Numeric", "number", None),
        ("Photo", "photo", None),
        ("Date", "timestamp", None),
        ("something else", "", None),
    ],
)
def test_answers__in_one_cell(cell, kind, points):
    found = answers_of(cell)
    assert found.kind == kind
    if points:
        assert [each.points for each in found.options] == [Decimal(each) for each in points.split()]


def test_answers__no_is_the_good_one():
    assert answers_of("Yes (0) | No (1)") == Answers("yes_no", (Option("Yes", Decimal(1)),), None, False, True)


@pytest.mark.parametrize(
    ("words", "earned"),
    [
        ("Yes Partly No", "1 0.5 0"),
        ("No Partly Yes", "0 0.5 1"),
        ("red green blue", "1 0.5 0"),
        ("poor middling excellent", "0 0.5 1"),
        ("a b c d", None),
    ],
)
def test_worth__by_words_else_evenly(words, earned):
    found = worth([Option(word) for word in words.split()])
    assert found == (tuple(Decimal(each) for each in earned.split()) if earned else (None,) * 4)


def test_points_that_are_no_exact_part__score_in_points_and_lose_nothing():
    _, checklist, _ = _outline("Question ; Answers\nHow many lamps are dark? ; None (3) | One (2) | Several (0)")
    (item,) = checklist.items_by_id.values()
    assert (checklist.scoring, [str(each.credit) for each in item.options]) == ("points", ["3", "2", "0"])


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Question type", "kind"), ("Section weight (%)", "section_weight"), ("Max. Score", "points"),
        ("Response Options", "options"), ("Pytanie", "question"), ("Обязательный?", "required"), ("Жауап", "options"),
        ("Întrebarea", "question"), ("Sub-section", "subsection"), ("Nr crt.", "number"), ("Owner", ""),
    ],
)  # fmt: skip
def test_field_of_a_column(header, field):
    assert field_of(header) == field


def test_languages():
    assert [language_named(each) for each in ("Question (Arabic)", "label::Русский (ru)", "Текст", "question_kk")] == [
        "ar", "ru", "", "kk",
    ]  # fmt: skip
    assert language_of(["Czy pracownik się przywitał?"]) == "pl"
    assert language_of(["Did the employee greet you?"]) == "en"


_CELL = st.one_of(
    st.none(),
    st.sampled_from(["Yes | No | NA", "Question", "Section", "Weight", "1.", "A.", "1.1", "x", "Total", "5",
                     "Yes", "No", "1-5", "Is it clean?", "Zero tolerance", "N/A", "{a", "- b", "a: b # c", "=1+1",
                     "None (3) | One (2)", "(12) Is it?", "id", "Answers", "هل هو نظيف؟", "Чисто ли?"]),
    st.text(max_size=30),
    st.integers(-5, 50),
    st.decimals(-2, 2, places=2),
    st.booleans(),
)  # fmt: skip


@given(st.lists(st.lists(_CELL, min_size=1, max_size=6), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_sheet__gives_a_definition_without_errors_or_none(rows):
    draft = propose(Book("any.xlsx", "", "xlsx", (Sheet("S", rows),)), Wishes())
    if draft is not None:
        checklist, problems = draft.loaded(Library([shipped_folder()]))
        assert checklist is not None, (problems, draft.pages()[""].text)
