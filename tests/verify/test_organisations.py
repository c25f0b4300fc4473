"""Other organisations' programmes: a definition and a mapping each, no code."""

from __future__ import annotations

from fractions import Fraction

import pytest

from auditkit.analysis.verification import Finding
from auditkit.analysis.verify_rows import header, problems, rows, summary
from auditkit.locales import LANGUAGES

from .sheets import as_csv, as_xlsx, checklist_from, read


@pytest.fixture
def hotel(tmp_path):
    """Points: each answer says how many it earned."""
    return checklist_from(
        tmp_path,
        """
        checklist: hotel
        version: 1.0.0
        title: Hotel
        scoring: points
        sections:
          - id: desk
            title: Front desk
            items:
              - {id: welcome, text: Welcome, kind: number, unit: points, linear: {full_at: 5, none_at: 0}, weight: 5}
              - {id: speed, text: Speed, kind: number, unit: points, linear: {full_at: 10, none_at: 0}, weight: 10,
                 not_applicable: true}
          - id: room
            title: Room
            items:
              - id: clean
                text: Cleanliness
                kind: choice
                options:
                  - {id: spotless, text: Spotless, credit: 3}
                  - {id: fair, text: "Fair, some dust", credit: 1}
                  - {id: dirty, text: Dirty, credit: 0}
        """,
    )


def test_points__ok(tmp_path, hotel):
    path = as_csv(
        tmp_path,
        """
        | Visit | Hotel | Welcome | Speed   | Cleanliness         | Front desk pts | Room pts | Total   |
        | V1    | H1    | Yes (5) | 7/10    | Spotless (3)        | 12             | 3        | 15 / 18 |
        | V2    | H2    | 2       | 10 / 10 | Fair, some dust (1) | 12             | 1        | 13      |
        | V3    | H2    | No (0)  | n/r     | dirty               | 0              | 0        | 0 / 8   |
        """,
    )
    found = read(
        path,
        """
        checklist: hotel
        visit: Visit
        branch: Hotel
        spellings: {not_applicable: [n/r]}
        items: {each: {welcome: {read: points}, speed: {read: points}}}
        published: {final: Total, sections: "{text} pts", scale: points}
        """,
        hotel,
    )
    assert found.codes == []
    verification = found.verified()
    assert verification.agrees
    assert verification.count(Finding.AGREES) == 9


@pytest.fixture
def bank(tmp_path):
    """Percent, two weighed sections, not applicable counts as zero."""
    return checklist_from(
        tmp_path,
        """
        checklist: bank
        version: 2.1.0
        title: Bank
        defaults: {not_applicable: true, when_not_applicable: zero}
        sections:
          - {id: A, title: Hall, weight: 60, items: [{id: a1, text: Queue led}, {id: a2, text: Hall clean}]}
          - {id: B, title: Adviser, weight: 40, items: [{id: b1, text: Introduces himself}, {id: b2, text: Thanks}]}
        """,
    )


BANK = """
    | Nr | Oddział | Queue led | Hall clean | Introduces himself | Thanks | A     | B    | Wynik  |
    | 1  | 007     | Tak       | Nie dot.   | TAK                | nie    | 50 %  | 50%  | 50,00% |
    | 2  | 008     | tak.      | Tak        | Nie dot.           | Tak    | 100 % | 50%  | 80,0 % |
    | 3  | 008     | Nie       | nie        | ✓                  | x      | 0 %   | 100% | 40     |
"""
BANK_COLUMNS = """
    checklist: bank
    visit: Nr
    branch: Oddział
    spellings: {not_applicable: [Nie dot.]}
    published: {final: Wynik, sections: "{id}"}
"""


def test_percent_with_not_applicable_as_zero__ok(tmp_path, bank):
    found = read(as_csv(tmp_path, BANK), BANK_COLUMNS, bank)
    assert found.codes == []
    assert [each.submission.branch for each in found.readings] == ["007", "008", "008"]
    assert found.verified().agrees


def test_the_wrong_rule__guessed(tmp_path):
    """The definition leaves not applicable out; the agency counted it as zero."""
    other = checklist_from(
        tmp_path,
        """
        checklist: bank
        version: 2.1.0
        title: Bank
        defaults: {not_applicable: true}
        sections:
          - {id: A, title: Hall, weight: 60, items: [{id: a1, text: Queue led}, {id: a2, text: Hall clean}]}
          - {id: B, title: Adviser, weight: 40, items: [{id: b1, text: Introduces himself}, {id: b2, text: Thanks}]}
        """,
    )
    verification = read(as_csv(tmp_path, BANK), BANK_COLUMNS, other).verified()
    assert len(verification.disagreeing) == 4
    assert all("not_applicable_zero" in each.why for each in verification.disagreeing)
    assert verification.explained[0] == ("not_applicable_zero", 4)
    first = verification.disagreeing[0]
    assert (first.name, first.place.cell, first.ours, first.difference) == ("A", "G2", 100, 50)
    assert [(item.item, item.answer) for item in first.items] == [("a1", "Tak"), ("a2", "Nie dot.")]
    for language in LANGUAGES:
        printed = rows(verification, {"bank": other}, language)
        assert len(header(language)) == len(printed[0])
        assert printed[0].published == "50 %"
        assert printed[0].ours == "100.00"
        assert printed[0].difference == "+50"
        assert printed[0].why
        assert summary(verification, language)
    assert [each.code for each in problems(verification, "visits.csv")] == ["V101"] * 4


@pytest.mark.parametrize(
    ("published", "rule"),
    [("66.7", "rounded_1"), ("67", "rounded_0"), ("66.6", "cut_off_1"), ("0.6667", "as_fraction")],
)
def test_rounding_and_scale__guessed(tmp_path, published, rule):
    checklist = checklist_from(
        tmp_path,
        """
        checklist: small
        version: 1.0.0
        title: Small
        sections: [{id: A, title: All, items: [{id: a, text: One}, {id: b, text: Two}, {id: c, text: Three}]}]
        """,
    )
    path = as_csv(tmp_path, f"| Visit | One | Two | Three | Score |\n| 1 | yes | yes | no | {published} |")
    columns = "checklist: small\nvisit: Visit\npublished: {final: Score, tolerance: 0.001}\n"
    (wrong,) = read(path, columns, checklist).verified().disagreeing
    assert rule in wrong.why
    assert wrong.ours == Fraction(200, 3)


@pytest.mark.parametrize(
    ("final", "rule"),
    [("60", "rollup_items"), ("50", "sections_equal"), ("37.5", "unscored_sections_zero")],
)
def test_rollup__guessed(tmp_path, final, rule):
    checklist = checklist_from(
        tmp_path,
        """
        checklist: rolled
        version: 1.0.0
        title: Rolled
        defaults: {not_applicable: true}
        sections:
          - {id: A, title: First, weight: 30, items: [{id: a, text: One}, {id: b, text: Two}, {id: c, text: Three}]}
          - {id: B, title: Second, weight: 10, items: [{id: d, text: Four}, {id: e, text: Five}]}
          - {id: C, title: Third, weight: 40, items: [{id: f, text: Six}]}
        """,
    )
    third = {"rollup_items": "n/r", "sections_equal": "n/r", "unscored_sections_zero": "n/r"}[rule]
    path = as_csv(
        tmp_path,
        f"""
        | Visit | One | Two | Three | Four | Five | Six     | Score   |
        | 1     | yes | yes | yes   | no   | no   | {third} | {final} |
        """,
    )
    columns = """
        checklist: rolled
        visit: Visit
        spellings: {not_applicable: [n/r]}
        published: {final: Score}
    """
    (wrong,) = read(path, columns, checklist).verified().disagreeing
    assert wrong.ours == 75
    assert rule in wrong.why


def test_letters_and_grades__ok(tmp_path):
    checklist = checklist_from(
        tmp_path,
        """
        checklist: letters
        version: 1.0.0
        title: Letters
        grades:
          - {grade: gold, title: {en: Gold, ru: Золото}, at_least: 85, verdict: pass}
          - {grade: none, title: Without, verdict: fail}
        sections:
          - id: S
            title: Service
            items:
              - id: s1
                kind: choice
                text: Attention
                options: &letters
                  - {id: A, text: excellent, credit: 1}
                  - {id: B, text: good, credit: 0.75}
                  - {id: C, text: poor, credit: 0.25}
                  - {id: D, text: none at all, credit: 0}
              - {id: s2, kind: choice, text: Knowledge, options: *letters}
        """,
    )
    path = as_csv(
        tmp_path,
        """
        | ref | shop | Attention | Knowledge     | score  | medal  |
        | r1  | s1   | A         | b             | 0.875  | Золото |
        | r2  | s1   | C - poor  | 4. none at all | 0.125  | without |
        | r3  | s2   | Good      | A             | 0,875  | Without |
        """,
    )
    columns = """
        checklist: letters
        visit: ref
        branch: shop
        published: {final: score, grade: medal, scale: fraction, tolerance: 0.0001}
    """
    verification = read(path, columns, checklist).verified()
    assert verification.count(Finding.AGREES) == 5
    (wrong,) = verification.disagreeing
    assert (wrong.name, wrong.visit_id, wrong.published, wrong.shown) == ("@grade", "r3", "Without", "gold")


def test_one_to_five_in_percent__ok(tmp_path):
    checklist = checklist_from(
        tmp_path,
        """
        checklist: stars
        version: 1.0.0
        title: Stars
        sections:
          - id: food
            title: Food
            items:
              - {id: taste, kind: scale, text: Taste, credits: {1: 0.2, 2: 0.4, 3: 0.6, 4: 0.8, 5: 1}}
              - {id: heat, kind: scale, text: Heat, credits: {1: 0.2, 2: 0.4, 3: 0.6, 4: 0.8, 5: 1}}
        """,
    )
    path = as_xlsx(
        tmp_path,
        {
            "Cover": "| A report |",
            "Visits": """
                | an agency's report | | | | |
                | Visit | Place | Taste | Heat | Total |
                | 1     | P1    | 5     | 4    | 90%   |
                | 2     | P2    | 3/5   | 1 - cold | 40.0 |
            """,
        },
    )
    columns = """
        checklist: stars
        sheet: visits
        header: 2
        visit: Visit
        branch: Place
        published: {final: Total}
    """
    found = read(path, columns, checklist)
    assert found.codes == []
    assert found.verified().agrees
    assert str(found.readings[1].submission.place("taste")) == "visits.xlsx[Visits!C4]"


LONG = """
    | audit | label           | response | comment   |
    | a1    | Queue led       | Yes      |           |
    | a2    | Queue led       | No       | Stood 20′ |
    | a1    | Hall clean      | No       | Litter    |
    | a2    | 1.2 Hall clean  | Yes      |           |
    | a1    | Who introduced? | Yes      |           |
    | a1    | Thanks          | N/R      |           |
    | a2    | b1              | Yes      |           |
    | a2    | Thanks          | Yes      |           |
    | a2    | Weather         | fine     |           |
"""


def test_long_with_a_sheet_of_visits__ok(tmp_path, bank):
    visits = """
        | audit | site | when       | outcome | A    | B   | total |
        | a1    | 0012 | 13.05.2026 | ok      | 50   | 50  | 50    |
        | a2    | 0013 | 14.05.2026 | ok      | 50   | 100 | 70    |
        | a3    | 0014 | 15.05.2026 | shut    |      |     | shut  |
    """
    path = as_xlsx(tmp_path, {"items": LONG, "visits": visits})
    found = read(
        path,
        """
        layout: long
        sheet: items
        checklist: bank
        visit: audit
        branch: site
        date: when
        outcome: {header: outcome, values: {ok: done, shut: closed}}
        spellings: {not_applicable: [N/R]}
        long: {item: label, answer: response, comment: comment, visits: visits, items: {Who introduced?: b1}}
        published: {final: total, sections: "{id}", words: {shut: not_carried_out}}
        """,
        bank,
    )
    first, second, third = (each.submission for each in found.readings)
    assert first.answers == {"a1": "yes", "a2": "no", "b1": "yes", "b2": "not_applicable"}
    assert (first.branch, str(first.visit_date), first.comments) == ("0012", "2026-05-13", {"a2": "Litter"})
    assert second.cells["a2"] == "C5"
    assert third.outcome.value == "closed"
    assert [(each.code, each.value) for each in found.problems] == [("C112", "Weather")]
    verification = found.verified()
    assert verification.agrees
    assert verification.count(Finding.NOT_CARRIED_OUT, "final") == 1


def test_long_answered_twice__error(tmp_path, bank):
    path = as_csv(tmp_path, "| v | item | answer |\n| 1 | a1 | yes |\n| 1 | a1 | no |\n| | a2 | no |")
    found = read(path, "layout: long\nchecklist: bank\nvisit: v\nlong: {item: item, answer: answer}\n", bank)
    said = {each.code: each.place.cell for each in found.problems}
    assert {code: said[code] for code in found.codes} == {"C111": "C3", "C113": "A4"}


def test_several_checklists_in_one_file__ok(tmp_path, bank, hotel):
    path = as_csv(
        tmp_path,
        """
        | visit | form | Queue led | Hall clean | Introduces himself | Thanks | Welcome | Speed | Cleanliness |
        | 1     | bank | yes       | yes        | yes                | yes    |         |       |             |
        | 2     | inn  |           |            |                    |        | 5       | 7     | spotless    |
        """,
    )
    found = read(
        path,
        """
        visit: visit
        checklists:
          - {checklist: bank, only: {column: form, is: bank}}
          - {checklist: hotel@1.0.0, only: {column: form, is: [inn, hostel]}}
        """,
        bank,
        hotel,
    )
    assert [(r.submission.visit_id, r.submission.checklist) for r in found.readings] == [("1", "bank"), ("2", "hotel")]


def test_an_unreadable_published_figure__error(tmp_path, bank):
    table = BANK.replace("40     |", "pending |")
    (wrong,) = read(as_csv(tmp_path, table), BANK_COLUMNS, bank).verified().disagreeing
    assert (wrong.finding, wrong.published, wrong.place.cell) == (Finding.UNREADABLE, "pending", "I4")


def test_nothing_published__error(tmp_path, bank):
    columns = BANK_COLUMNS.replace("published:", "ignore: [Wynik, A, B]\n    facts:").replace(
        '{final: Wynik, sections: "{id}"}', "{wynik: Wynik}"
    )
    verification = read(as_csv(tmp_path, BANK), columns, bank).verified()
    assert not verification.agrees
    assert [each.code for each in problems(verification, "visits.csv")] == ["V103"]
