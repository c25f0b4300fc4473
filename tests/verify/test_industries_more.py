"""More industries: several answers in a cell, codes, points beside answers, reports turned down, figures within words."""

# ruff: noqa: E501  a sheet in a test is as wide as it is

from __future__ import annotations

import pytest

from auditkit.analysis.verification import Finding

from .sheets import as_csv, as_xlsx, both, checklist_from, proposed, read


def test_pharmacy__several_answers_in_a_cell_and_in_columns(tmp_path):
    pharmacy = checklist_from(
        tmp_path,
        """
        checklist: pharmacy
        version: 1.0.0
        title: Pharmacy
        sections:
          - id: all
            title: All
            items:
              - id: asked
                kind: multi
                text: What was asked?
                options: [{id: who, text: For whom, credit: 0.5}, {id: how, text: "How long, and how often", credit: 0.5}]
              - id: told
                kind: multi
                text: Advised on
                options: [{id: dose, text: Dosage, credit: 0.5}, {id: side, text: Side effects, credit: 0.5}]
        """,
    )
    path = as_csv(
        tmp_path,
        """
        | visit | pharmacy | What was asked?                     | Advised on: Dosage | Advised on: Side effects | Score |
        | 1     | P1       | For whom; How long, and how often   | 1                  | 0                        | 75    |
        | 2     | P2       | None                                | 0                  | 0                        | 0     |
        | 3     | P2       | How long, and how often             | 1                  | 1                        | 75.0  |
        """,
    )
    columns = """
        checklist: pharmacy
        visit: visit
        branch: pharmacy
        items: {options: "{answer}: {option}"}
        published: {final: Score}
    """
    both(path, columns, pharmacy)


def test_telecom__codes_whole_numbers_and_a_mean_of_rounded_sections(tmp_path):
    telecom = checklist_from(
        tmp_path,
        """
        checklist: telecom
        version: 1.0.0
        title: Telecom
        defaults: {not_applicable: true}
        sections:
          - {id: S1, title: First, weight: 1, items: [{id: S1_Q1, text: A}, {id: S1_Q2, text: B}, {id: S1_Q3, text: C}]}
          - {id: S2, title: Second, weight: 1, items: [{id: S2_Q1, text: D}, {id: S2_Q2, text: E}, {id: S2_Q3, text: F}]}
          - {id: S3, title: Third, weight: 1, items: [{id: S3_Q1, text: G}, {id: S3_Q2, text: H}]}
        """,
    )
    path = as_xlsx(
        tmp_path,
        {
            "S": """
                | ID | Shop | S1_Q1 | S1_Q2 | S1_Q3 | S2_Q1 | S2_Q2 | S2_Q3 | S3_Q1 | S3_Q2 | S1 | S2  | S3  | TOTAL |
                | 1  | 3    | 1     | 1     | 0     | 1     | 9     | 9     | 1     | 1     | 67 | 100 | 100 | 89    |
                | 2  | 4    | 1     | 0     | 0     | 0     | 1     | 0     | 1     | 1     | 33 | 33  | 100 | 55    |
                | 3  | 5    | 9     | 9     | 9     | 1     | 0     | 0     | 0     | 0     |    | 33  | 0   | 17    |
            """
        },
        numbers=True,
    )
    columns = """
        checklist: telecom
        visit: ID
        branch: Shop
        items: {values: {9: not_applicable}}
        published: {final: TOTAL, sections: "{id}", decimals: 0, final_from: sections}
    """
    assert read(path, columns, telecom).verified().agrees
    # 166.67 / 3 is 55.56, so that the answers give 56; the rounded sections give 55.33, so that the file says 55.
    (wrong,) = read(path, proposed(path, telecom), telecom).verified().disagreeing
    assert (wrong.visit_id, wrong.name, wrong.why) == ("2", "", ("from_published_sections",))


def test_filling_station__knock_out_bonus_and_points_behind_answers(tmp_path):
    fuel = checklist_from(
        tmp_path,
        """
        checklist: fuel
        version: 1.0.0
        title: Fuel
        over_100: true
        sections:
          - id: all
            title: All
            items:
              - {id: clean, text: Forecourt clean, weight: 5, not_applicable: true}
              - {id: paper, text: Certificate (KO), weight: 10, critical: zero_visit}
              - {id: extra, text: "Bonus: extra help", weight: 5, bonus: true}
        """,
    )
    table = """
        | Station | Date     | Time in | Forecourt clean | Certificate (KO) | Bonus: extra help | Score % |
        | ST-01   | 1.5.2026 | 10.11   | Y (5/5)         | Y (10/10)        | Y (5/0)           | 133.33  |
        | ST-02   | 2.5.2026 | 11.12   | Y (5/5)         | N (0/10)         | N (0/0)           | 0.00    |
        | ST-03   | 3.5.2026 | 12.13   | NA              | Y (10/10)        | N (0/0)           | 100.00  |
        | ST-04   | 4.5.2026 | 12.14   | N (0/5)         | Y (10/10)        | N (0/0)           | 66.67   |
    """
    columns = """
        checklist: fuel
        branch: Station
        start: {join: [Date, Time in]}
        spellings: {not_applicable: [NA]}
        published: {final: Score %, items: in_answers}
    """
    path = as_csv(tmp_path, table)
    verification = both(path, columns, fuel)
    assert verification.count(Finding.AGREES, "items") == 11
    assert read(path, columns, fuel).readings[0].submission.start.isoformat() == "2026-05-01T10:11:00"
    wrong = read(
        as_csv(tmp_path, table.replace("Y (5/5)         | N", "Y (0/5)         | N")), columns, fuel
    ).verified()
    (differs,) = wrong.disagreeing
    assert (differs.name, differs.place.cell, differs.published, differs.shown) == (
        "#clean", "D3", "Y (0/5)", "5.00 / 5",
    )  # fmt: skip


def test_quiz__points_beside_every_answer(tmp_path):
    quiz = checklist_from(
        tmp_path,
        """
        checklist: quiz
        version: 1.0.0
        title: Quiz
        scoring: points
        sections:
          - id: all
            title: All
            items:
              - {id: a, kind: choice, weight: 10, text: Which card has no fee?, options: [{id: gold, text: Gold, credit: 0}, {id: blue, text: Blue, credit: 1}]}
              - {id: b, kind: choice, weight: 5, text: When is it open?, options: [{id: nine, text: At nine, credit: 1}, {id: ten, text: At ten, credit: 0}]}
        """,
    )
    table = """
        | ID | Start time         | Total points | Which card has no fee? | Points - Which card has no fee? | When is it open? | Points - When is it open? |
        | 1  | 5/13/26 9:01:00    | 15           | Blue                   | 10                              | At nine          | 5                         |
        | 2  | 5/2/26 9:02:00     | 5            | Gold                   | 0                               | At nine          | 5                         |
    """
    columns = """
        checklist: quiz
        visit: ID
        branch: {always: all}
        start: Start time
        published: {final: Total points, items: "Points - {text}"}
    """
    verification = both(as_csv(tmp_path, table), columns, quiz)
    assert verification.count(Finding.AGREES, "items") == 4


def test_airline__reports_turned_down_and_two_orders_of_dates(tmp_path):
    airline = checklist_from(
        tmp_path,
        """
        checklist: airline
        version: 1.0.0
        title: Airline
        defaults: {not_applicable: true}
        sections: [{id: all, title: All, items: [{id: a, text: Queue}, {id: b, text: Name used}]}]
        """,
    )
    path = as_csv(
        tmp_path,
        """
        | Report ID | Status   | Station | Visit date | Submitted at       | Queue | Name used | Total score (%) |
        | R-1       | Approved | 007     | 02/05/2026 | 05/03/2026 8:05 PM | Yes   | No        | 50.0            |
        | R-2       | Rejected | 007     | 13/05/2026 | 05/14/2026 8:05 PM | Yes   | No        | 99.9            |
        | R-3       | Approved | 008     | 04/05/2026 | 05/05/2026 8:05 PM | N/A   | N/A       | n.r.            |
        | R-4       | Draft    |         | 05/05/2026 |                    |       |           |                 |
        """,
    )
    columns = """
        checklist: airline
        visit: Report ID
        branch: Station
        date: Visit date
        handed_in: Submitted at
        keep: {Status: Approved}
        spellings: {not_applicable: [N/A]}
        published: {final: Total score (%), words: {n.r.: not_scored}, decimals: 1}
    """
    both(path, columns, airline)
    found = read(path, columns, airline)
    assert [each.submission.visit_id for each in found.readings] == ["R-1", "R-3"]
    assert found.readings[0].submission.visit_date.isoformat() == "2026-05-02", "the column's own order"
    assert found.readings[0].submission.handed_in.isoformat() == "2026-05-03T20:05:00", "and the other one's"


def test_supermarket__figures_within_words_and_parts_of_sections(tmp_path):
    market = checklist_from(
        tmp_path,
        """
        checklist: market
        version: 1.0.0
        title: Market
        sections:
          - id: shop
            title: Shop
            weight: 70
            sections:
              - {id: fruit, title: Fruit, weight: 1, items: [{id: f1, text: Fresh}, {id: f2, text: Priced}]}
              - {id: meat, title: Meat, weight: 1, items: [{id: m1, text: Cold}]}
          - {id: till, title: Till, weight: 30, items: [{id: t1, text: Receipt}]}
        """,
    )
    path = as_csv(
        tmp_path,
        """
        | # | Store           | Fresh | Priced | Cold | Receipt | Fruit   | Meat    | Shop   | Till    | Result       |
        | 1 | 001 Main street | ok    | x      | ok   | ok      | 50.0 %  | 100.0 % | 75.0 % | 100.0 % | Score: 82.5% |
        | 2 | 002 Oak street  | ok    | ok     | x    | x       | 100.0 % | 0.0 %   | 50.0 % | 0.0 %   | Score: 35.0% |
        | 3 | 003 Elm street  | ok    | ok     | ok   | ok      | 100.0 % | 100.0 % | 100 %  | 100.0 % | Score: 100%  |
        """,
    )
    columns = """
        checklist: market
        visit: "#"
        branch: {header: Store, take: "^(\\\\d+)"}
        spellings: {yes: [ok], no: [x]}
        published: {final: {header: Result, take: "([\\\\d.]+%)"}, sections: "{text}", decimals: 1}
    """
    verification = both(path, columns, market)
    assert verification.count(Finding.AGREES, "sections") == 12
    doubted = read(path, columns.replace(", no: [x]", ""), market)
    assert [(each.code, each.value) for each in doubted.problems if each.code == "C119"] == [("C119", "x")]


@pytest.mark.parametrize(
    ("answer", "read_as"), [("1 – Yes", "yes"), ("0 – No", "no"), ("9 – N/A", "not_applicable"), ("Yes [5 pts]", "yes")]
)
def test_insurance__codes_before_words(tmp_path, answer, read_as):
    insurance = checklist_from(
        tmp_path,
        """
        checklist: insurance
        version: 1.0.0
        title: Insurance
        defaults: {not_applicable: true}
        sections: [{id: all, title: All, items: [{id: a, text: Greets}]}]
        """,
    )
    path = as_csv(tmp_path, f"| Case | Agency | Greets |\n| 1 | A1 | {answer} |")
    columns = "checklist: insurance\nvisit: Case\nbranch: Agency\nspellings: {not_applicable: [N/A]}\n"
    assert read(path, columns, insurance).answers() == {"a": read_as}


def test_gym__the_answer_by_its_points(tmp_path):
    gym = checklist_from(
        tmp_path,
        """
        checklist: gym
        version: 1.0.0
        title: Gym
        sections:
          - id: all
            title: All
            items:
              - {id: a, kind: choice, weight: 4, text: Pool, options: [{id: good, text: Good, credit: 1}, {id: fair, text: Fair, credit: 0.5}, {id: poor, text: Poor, credit: 0}]}
              - {id: b, text: Nobody smokes, weight: 2, inverted: true}
        """,
    )
    path = as_csv(tmp_path, "| ID | Gym | Pool | Nobody smokes |\n| 1 | G1 | 2 | 2 |\n| 2 | G1 | 4 | 0 |")
    columns = "checklist: gym\nvisit: ID\nbranch: Gym\nitems: {read: points}\n"
    found = read(path, columns, gym)
    assert [each.submission.answers for each in found.readings] == [{"a": "fair", "b": "no"}, {"a": "good", "b": "yes"}]
    path = as_csv(tmp_path, "| ID | Gym | Pool | Nobody smokes |\n| 1 | G1 | 50% | 100% |\n| 2 | G1 | 3 | 0% |")
    found = read(path, columns.replace("points", "share"), gym)
    assert found.readings[0].submission.answers == {"a": "fair", "b": "no"}
    assert [(each.code, each.value) for each in found.problems if each.code[0] == "S"] == [("S305", "3")]
