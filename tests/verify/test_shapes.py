"""Other shapes of table: a row an answer, a sheet a visit, a sheet a wave, questions in rows, two header rows."""

# ruff: noqa: E501  a sheet in a test is as wide as it is

from __future__ import annotations

from fractions import Fraction

from auditkit.analysis.verification import Finding

from .sheets import as_csv, as_xlsx, both, checklist_from, read

CHAIN = """
    checklist: chain
    version: 1.0.0
    title: Chain
    rollup: items
    defaults: {not_applicable: true}
    sections:
      - id: out
        title: Outside
        items:
          - {id: q1, kind: choice, text: Sign clean?, weight: 2, options: &three [{id: "yes", text: "Yes", credit: 1}, {id: half, text: Partial, credit: 0.5}, {id: "no", text: "No", credit: 0}]}
      - id: in
        title: Inside
        items:
          - {id: q2, kind: choice, text: Floor clean?, weight: 4, options: *three}
          - {id: q3, kind: choice, text: Greeted?, weight: 6, options: *three}
"""


def test_chain__a_row_an_answer_with_points_and_a_sheet_of_reports(tmp_path):
    chain = checklist_from(tmp_path, CHAIN)
    path = as_xlsx(
        tmp_path,
        {
            "Answers": """
                | Report | Section | Question No | Question     | Response | Points | Max | Note |
                | R1     | Outside | 1.1         | Sign clean?  | Yes      | 2      | 2   |      |
                | R1     | Inside  | 2.1         | Floor clean? | Partial  | 2      | 4   | Sand |
                | R1     | Inside  | 2.2         | Greeted?     | N/A      |        |     |      |
                | R2     | Outside | 1.1         | Sign clean?  | No       | 0      | 2   |      |
                | R2     | Inside  | 2.1         | Floor clean? | Yes      | 4      | 4   |      |
                | R2     | Inside  | 2.2         | Greeted?     | Yes      | 6      | 6   |      |
            """,
            "Reports": """
                | Report | Store | Visited    | Auditor | Score | Out of | Percent |
                | R1     | 0101  | 2026-05-01 | A1      | 4     | 6      | 66.7%   |
                | R2     | 0102  | 2026-05-02 | A1      | 10    | 12     | 83.3%   |
            """,
        },
        numbers=True,
    )
    columns = """
        layout: long
        checklist: chain
        visit: Report
        branch: {header: Store, digits: 4}
        date: Visited
        shopper: Auditor
        spellings: {not_applicable: [N/A]}
        long: {item: Question, answer: Response, comment: Note, points: Points, most: Max, visits: Reports}
        published: {final: Score, of: Out of, scale: points}
    """
    verification = both(path, columns, chain)
    assert [verification.count(Finding.AGREES, kind) for kind in ("final", "items")] == [2, 5]
    shares = read(path, columns.replace(", scale: points", ""), chain).verified()
    assert [(each.published, round(each.ours, 2)) for each in shares.compared if each.kind == "final"] == [
        ("4 / 6", Fraction("66.67")), ("10 / 12", Fraction("83.33")),
    ]  # fmt: skip
    assert shares.agrees


def test_chain__scores_in_rows_of_their_own(tmp_path):
    chain = checklist_from(tmp_path, CHAIN)
    path = as_csv(
        tmp_path,
        """
        | Visit | Branch | Date       | Line         | Answer  | %     |
        | V1    | B1     | 2026-05-01 | Sign clean?  | Yes     |       |
        | V1    | B1     | 2026-05-01 | Outside      |         | 100   |
        | V1    | B1     | 2026-05-01 | Floor clean? | No      |       |
        | V1    | B1     | 2026-05-01 | Greeted?     | Yes     |       |
        | V1    | B1     | 2026-05-01 | Inside       |         | 60    |
        | V1    | B1     | 2026-05-01 | TOTAL        |         | 66.67 |
        """,
    )
    columns = """
        layout: long
        checklist: chain
        visit: Visit
        branch: Branch
        date: Date
        long: {item: Line, answer: Answer, points: "%", scores: {Outside: out, Inside: in, TOTAL: final}}
        published: {}
    """
    verification = both(path, columns, chain)
    assert [verification.count(Finding.AGREES, kind) for kind in ("final", "sections")] == [1, 2]
    wrong = read(path, columns.replace("in, TOTAL", "inside, TOTAL"), chain)
    assert ("C110", "inside") in {(each.code, each.value) for each in wrong.problems}


def test_agency__two_header_rows_over_repeated_names(tmp_path):
    form = checklist_from(
        tmp_path,
        """
        checklist: agency
        version: 1.0.0
        title: Agency
        language: ru
        defaults: {not_applicable: true}
        sections:
          - {id: hall, title: Hall, weight: 30, items: [{id: h1, text: Clean}, {id: h2, text: Light}]}
          - {id: talk, title: Adviser, weight: 70, items: [{id: t1, text: Greets}]}
        """,
    )
    path = tmp_path / "th.csv"
    path.write_bytes(
        ";;;Hall;;;Adviser;;Total\nNo;Branch;Date;Clean;Light;Score;Greets;Score;Score\n"
        "1;001;2026/05/01;Н/П;Да;100,0;Да;100,0;100,0\n2;002;2026/05/02;Да;Нет;50,0;Н/П;Н/П;50,0\n"
        "3;003;2026/05/03;Нет;Да;50,0;Да;100,0;85,0\n".encode("cp1251")
    )
    columns = """
        checklist: agency
        header: [1, 2]
        visit: "No"
        branch: Branch
        date: Date
        spellings: {not_applicable: [Н/П]}
        published: {final: Total/Score, sections: "{text}/Score", words: {Н/П: not_scored}, decimals: 1}
    """
    both(path, columns, form)


MATRIX = """
    checklist: matrix
    version: 1.0.0
    title: Matrix
    defaults: {not_applicable: true}
    sections:
      - {id: all, title: All, items: [{id: a, text: Floor clean}, {id: b, text: Staff greet}, {id: c, text: Prices shown}]}
"""


def test_scorecard__questions_in_rows_and_stores_in_columns(tmp_path):
    matrix = checklist_from(tmp_path, MATRIX)
    path = as_csv(
        tmp_path,
        """
        | Store        | S1         | S2         | S3         |
        | Date         | 2026-05-01 | 2026-05-02 | 2026-05-03 |
        | Floor clean  | N/A        | Yes        | maybe      |
        | Staff greet  | Yes        | Yes        | No         |
        | Prices shown | No         | No         | No         |
        | Total %      | 50.0       | 66.7       | 0.0        |
        """,
    )
    columns = """
        checklist: matrix
        turned: true
        visit: Store
        branch: Store
        date: Date
        spellings: {not_applicable: [N/A]}
        published: {final: Total %, decimals: 1}
    """
    both(path, columns, matrix)
    found = read(path, columns, matrix)
    assert [(each.code, each.place.cell) for each in found.problems] == [("S301", "D3")]
    assert found.readings[1].submission.place("c").cell == "C5"
    assert found.verified().compared[1].place.cell == "C6"


def test_forms__a_sheet_a_visit(tmp_path):
    matrix = checklist_from(tmp_path, MATRIX)
    form = """
        | Mystery visit | | | |
        | Store code:   | {code} | | |
        | Date:         | {day}.05.2026 | | |
        | # | Question     | Answer | Score |
        | 1 | Floor clean  | Yes    | 1     |
        | 2 | Staff greet  | {second} | {earned} |
        | 3 | Prices shown | N/A    |       |
        |   | Total        |        | {total} |
    """
    path = as_xlsx(
        tmp_path,
        {
            "Oak": form.format(code="0071", day=13, second="No", earned=0, total="50%"),
            "Elm": form.format(code="0072", day=14, second="Yes", earned=1, total="100%"),
        },
    )
    columns = """
        layout: long
        checklist: matrix
        sheet: "*"
        header: 4
        visit: {always: "{sheet}"}
        branch: {cell: B2}
        date: {cell: B3}
        spellings: {not_applicable: [N/A]}
        long: {item: Question, answer: Answer, points: Score, scores: {Total: final}}
        published: {}
    """
    verification = both(path, columns, matrix)
    assert [verification.count(Finding.AGREES, kind) for kind in ("final", "items")] == [2, 4]
    first = read(path, columns, matrix).readings[0].submission
    assert (first.visit_id, first.branch, first.visit_date.isoformat()) == ("Oak", "0071", "2026-05-13")
    assert str(first.place("b")) == "visits.xlsx[Oak!C6]"


def test_cinema__a_sheet_a_wave(tmp_path):
    cinema = checklist_from(
        tmp_path,
        """
        checklist: cinema
        version: 1.0.0
        title: Cinema
        sections: [{id: all, title: All, items: [{id: a, text: Hall clean}, {id: b, text: Popcorn fresh}]}]
        """,
    )
    path = as_xlsx(
        tmp_path,
        {
            "Wave 1": "| Cinema | Date | Hall clean | Popcorn fresh | Score |\n| C1 | 2026-02-01 | Y | N | 50% |",
            "Wave 2": "| Cinema | Date | Hall clean | Popcorn fresh | Score |\n| C1 | 2026-05-01 | Y | Y | 100% |",
            "Legend": "| Y | yes |\n| N | no |",
        },
    )
    columns = """
        checklist: cinema
        sheet: Wave *
        branch: Cinema
        date: Date
        wave: {always: "{sheet}"}
        published: {final: Score}
    """
    assert both(path, columns, cinema).visits == 2
    assert [each.submission.wave for each in read(path, columns, cinema).readings] == ["Wave 1", "Wave 2"]
    alone = read(path, columns.replace("sheet: Wave *\n", "\n"), cinema)
    assert [(each.code, each.value) for each in alone.problems] == [("C118", "Wave 2")]
