"""One programme an industry: scales, roundings, penalties and words of their own; a definition and a mapping, no code."""

# ruff: noqa: E501  a sheet in a test is as wide as it is

from __future__ import annotations

from auditkit.analysis.verification import Finding

from .sheets import as_csv, as_xlsx, both, checklist_from, read


def test_bank__title_rows_percent_formats_and_a_line_of_means(tmp_path):
    bank = checklist_from(
        tmp_path,
        """
        checklist: bank
        version: 1.0.0
        title: Bank
        defaults: {not_applicable: true}
        sections:
          - {id: hall, title: Empfang, weight: 20, items: [{id: a, text: Begrüßung}, {id: b, text: Wartezeit}]}
          - {id: talk, title: Beratung, weight: 50, items: [{id: c, text: Bedarf}, {id: d, text: Unterlagen}]}
          - {id: end, title: Abschluss, weight: 30, items: [{id: e, text: Verabschiedung}]}
        """,
    )
    path = as_xlsx(
        tmp_path,
        {
            "Welle 3": """
                | Testkäufe, Welle 3 | | | | | | | | | | | |
                | | | | | | | | | | | | |
                | Nr. | Filiale | Datum      | Empfang (20 %) | Begrüßung | Wartezeit | Beratung (50 %) | Bedarf | Unterlagen | Abschluss (30 %) | Verabschiedung | Gesamt |
                | 1   | 0071    | 13.05.2026 | 50%            | ja        | nein      | 100%            | ja     | entf.      | 0%               | nein           | 60%    |
                | 2   | 0072    | 14.05.2026 | 100%           | ja        | entf.     | 50%             | nein   | ja         |                  | entf.          | 64.285714285714% |
                | Durchschnitt | | | 75% | | | 75% | | | 0% | | 62.1%  |
            """
        },
        numbers=True,
    )
    columns = """
        checklist: bank
        header: 3
        visit: Nr.
        branch: Filiale
        date: Datum
        skip: {Nr.: Durchschnitt*}
        spellings: {yes: [ja], no: [nein], not_applicable: [entf.]}
        published: {final: Gesamt, sections: "{text} (*", scale: fraction, tolerance: 0.0001}
    """
    verification = both(path, columns, bank)
    assert verification.count(Finding.AGREES) == 8
    found = read(path, columns, bank)
    assert [(each.code, each.value) for each in found.problems] == [("C115", "6")]
    assert [each.submission.branch for each in found.readings] == ["0071", "0072"]


def test_dealer__points_penalties_and_what_could_be_had(tmp_path):
    dealer = checklist_from(
        tmp_path,
        """
        checklist: dealer
        version: 1.0.0
        title: Dealer
        scoring: points
        sections:
          - id: all
            title: All
            items:
              - {id: park, kind: scale, min: 0, max: 5, text: Parking, weight: 5, not_applicable: true}
              - {id: drive, kind: scale, min: 0, max: 5, text: Test drive, weight: 5, not_applicable: true}
              - id: late
                kind: choice
                text: Late reply (penalty)
                options: [{id: "no", text: "No", credit: 0}, {id: "yes", text: "Yes", credit: -5}]
        """,
    )
    table = """
        | Dealer No | Visit date | Parking | Test drive | Late reply (penalty) | Total   |
        | 00017     | 2026-05-01 | 0       | 1          | Yes                  | -4 / 10 |
        | 00018     | 2026-05-02 | 4       | n/a        | No                   | 4 / 5   |
    """
    columns = """
        checklist: dealer
        branch: Dealer No
        date: Visit date
        spellings: {not_applicable: [n/a]}
        published: {final: Total}
    """
    both(as_csv(tmp_path, table), columns, dealer)
    wrong = as_csv(tmp_path, table.replace("4 / 5 ", "4 / 10"), "wrong.csv")
    (differs,) = read(wrong, columns, dealer).verified().disagreeing
    assert (differs.published, differs.shown, differs.why) == ("4 / 10", "4.00 / 5", ("without_most",))
    left = columns.replace("final: Total", "final: Total, most: not_compared")
    assert read(wrong, left, dealer).verified().agrees


def test_call_centre__demerits_and_colours(tmp_path):
    calls = checklist_from(
        tmp_path,
        """
        checklist: calls
        version: 1.0.0
        title: Calls
        scoring: points
        direction: lower_is_better
        grades:
          - {grade: green, title: Green, at_most: 5, verdict: pass, no_critical_failed: true}
          - {grade: amber, title: Amber, at_most: 25, verdict: pass, no_critical_failed: true}
          - {grade: red, title: Red, verdict: fail}
        sections:
          - id: errors
            title: Errors
            items:
              - {id: greet, text: No greeting, weight: 5}
              - {id: wrong, text: Wrong information, weight: 25}
              - {id: told, text: Data disclosed, weight: 1, critical: fail}
        """,
    )
    path = as_csv(
        tmp_path,
        """
        | Call ID | Team | Call date/time     | No greeting | Wrong information | Data disclosed | Demerits | Rating |
        | C-1     | T1   | 05/13/2026 9:15 AM | 1           | 0                 | 0              | 5        | Green  |
        | C-2     | T1   | 05/02/2026 1:15 PM | 0           | 1                 | 0              | 25       | Amber  |
        | C-3     | T2   | 05/03/2026 2:15 PM | 0           | 0                 | 1              | 1        | Red    |
        """,
    )
    columns = """
        checklist: calls
        visit: Call ID
        branch: Team
        start: Call date/time
        published: {final: Demerits, grade: Rating}
    """
    verification = both(path, columns, calls)
    assert [verification.count(Finding.AGREES, kind) for kind in ("final", "grade", "sections")] == [3, 3, 0]
    assert read(path, columns, calls).readings[1].submission.visit_date.isoformat() == "2026-05-02"


def test_hotel__letters_under_dashed_headers_and_one_decimal(tmp_path):
    letters = "[{id: A, text: A, credit: 3}, {id: B, text: B, credit: 2}, {id: C, text: C, credit: 1}, {id: D, text: D, credit: 0}]"
    hotel = checklist_from(
        tmp_path,
        f"""
        checklist: hotel
        version: 1.0.0
        title: Hotel
        defaults: {{not_applicable: true}}
        rollup: items
        grades:
          - {{grade: gold, title: Gold, at_least: 80, verdict: pass}}
          - {{grade: none, title: None, verdict: fail}}
        sections:
          - id: desk
            title: Reception
            items:
              - {{id: r1, kind: choice, text: Welcome, options: {letters}}}
              - {{id: r2, kind: choice, text: Check-in speed, options: {letters}}}
          - id: room
            title: Room
            items:
              - {{id: m1, kind: choice, text: Noise, options: {letters}}}
              - {{id: m2, kind: choice, text: Cleanliness, options: {letters}}}
        """,
    )
    path = as_csv(
        tmp_path,
        """
        | Ref | Hotel | Stay from   | Reception - Welcome | Reception - Check-in speed | Room - Noise | Room - Cleanliness | Reception % | Room % | Overall % | Award |
        | H1  | X1    | 1 May 2026  | A                   | B                          | C            | A                  | 83.3        | 66.7   | 75.0      | None  |
        | H2  | X2    | 2 May 2026  | N                   | A                          | A            | B                  | 100.0       | 83.3   | 88.9      | Gold  |
        | H3  | X2    | 3 May 2026  | N                   | N                          | N            | N                  | -           | -      | -         |       |
        | H4  | X3    | 9 May 2026  | D                   | N                          | N            | A                  | 0.0         | 100.0  | 50.0      | None  |
        """,
    )
    columns = """
        checklist: hotel
        visit: Ref
        branch: Hotel
        date: Stay from
        spellings: {not_applicable: [N]}
        items: {answer: "* - {text}"}
        published: {final: Overall %, grade: Award, sections: "{text} %", words: {"-": not_scored}, decimals: 1}
    """
    verification = both(path, columns, hotel)
    assert verification.count(Finding.AGREES) == 4 + 8 + 3


def test_restaurant__fractions_beside_percent_and_the_visit_in_pieces(tmp_path):
    restaurant = checklist_from(
        tmp_path,
        """
        checklist: restaurant
        version: 1.0.0
        title: Restaurant
        defaults: {not_applicable: true}
        sections:
          - {id: service, title: Service, weight: 40, items: [{id: s1, text: Service 1}, {id: s2, text: Service 2}, {id: s3, text: Service 3}]}
          - {id: food, title: Food, weight: 60, items: [{id: f1, text: Food 1}, {id: f2, text: Food 2}]}
        """,
    )
    path = as_csv(
        tmp_path,
        """
        | Restaurante | Fecha      | Hora  | Inspector | Service 1 | Service 2 | Service 3 | Service (0-1) | Food 1 | Food 2 | Food (0-1) | Resultado |
        | 1           | 13/04/2026 | 13:04 | I1        | Sí        | No        | Sí        | 0,6667        | Sí     | N/P    | 1,0000     | 87%       |
        | 2           | 02/04/2026 | 14:08 | I1        | N/P       | No        | Sí        | 0,5000        | No     | Sí     | 0,5000     | 50%       |
        """,
    )
    columns = """
        checklist: restaurant
        visit: {join: [Restaurante, Fecha], between: " / "}
        branch: {header: Restaurante, digits: 4}
        start: {join: [Fecha, Hora]}
        shopper: Inspector
        spellings: {yes: [Sí], not_applicable: [N/P]}
        published:
          final: Resultado
          sections: "{text} (0-1)"
          sections_as: {scale: fraction, decimals: 4}
          final_as: {decimals: 0}
    """
    both(path, columns, restaurant)
    second = read(path, columns, restaurant).readings[1].submission
    assert (second.visit_id, second.branch) == ("2 / 02/04/2026", "0002")
    assert second.start.isoformat() == "2026-04-02T14:08:00"
