"""What `auditkit map` makes of a table: where it stands, its columns, its words, how its figures are written."""

# ruff: noqa: E501  a sheet in a test is as wide as it is

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definitions.yaml_source import parse_yaml
from auditkit.intake.proposing import propose
from auditkit.model.checklist import Checklist
from auditkit.tables.opening import open_book
from tests.verify.sheets import SHARED, as_csv, as_xlsx, checklist_from, mapping

FORM = """
    checklist: hall
    version: 1.0.0
    title: Hall
    defaults: {not_applicable: true}
    grades: [{grade: good, title: Good, at_least: 50, verdict: pass}, {grade: bad, title: Bad, verdict: fail}]
    sections:
      - {id: in, title: Inside, weight: 1, items: [{id: clean, text: The hall is clean}, {id: light, text: The lights are on}]}
      - {id: out, title: Outside, weight: 1, items: [{id: sign, text: The sign is lit}]}
"""
HEAD = "The hall is clean | The lights are on | The sign is lit"


@pytest.fixture
def hall(tmp_path):
    return checklist_from(tmp_path, FORM)


def proposal(path: Path, checklist: Checklist):
    """The proposal as YAML reads it; it is always a mapping that can be used."""
    book, problems = open_book(path, name=path.name)
    assert book is not None, problems
    found = propose(book, checklist)
    mapping(found.text)
    document, _ = parse_yaml(found.text.encode(), "proposed")
    assert document is not None
    return found, document.data


def test_the_usual_words__need_no_mapping(tmp_path, hall):
    path = as_csv(tmp_path, f"| Visit | Branch | Date | {HEAD} |\n| 1 | b | 2026-05-01 | yes | no | yes |")
    found, data = proposal(path, hall)
    assert data == {"checklist": "hall", "visit": "Visit", "branch": "Branch", "date": "Date"}
    assert (found.columns_left, found.items_left, found.unread) == ((), (), ())


def test_titles_above_the_headers__row_of_the_headers(tmp_path, hall):
    table = (
        f"| Report of May | | | |\n| for: | the network | | |\n| | | | |\n| Shop | {HEAD} |\n| S1 | yes | no | yes |"
    )
    assert proposal(as_csv(tmp_path, table), hall)[1]["header"] == "4"
    both = f"| Branch | Inside | | Outside |\n| | {HEAD} |\n| S1 | yes | no | yes |"
    assert proposal(as_csv(tmp_path, both), hall)[1]["header"] == ["1", "2"]


def test_the_sheet_that_names_most_items__taken(tmp_path, hall):
    sheets = {"Cover": "| a report |", "Data": f"| Shop | {HEAD} |\n| S1 | yes | no | yes |"}
    assert proposal(as_xlsx(tmp_path, sheets), hall)[1]["sheet"] == "Data"
    alike = {**sheets, "More": sheets["Data"]}
    assert proposal(as_xlsx(tmp_path, alike), hall)[1]["sheet"] == ["Data", "More"]


@pytest.mark.parametrize(
    ("answers", "spellings"),
    [
        (["ja", "nein", "entf."], {"yes": ["ja"], "no": ["nein"], "not_applicable": ["entf."]}),
        (["Sí", "No", "N/P"], {"yes": ["Sí"], "not_applicable": ["N/P"]}),
        (["Ya (100)", "Tidak (0)", "Ya (100)"], {"yes": ["Ya"], "no": ["Tidak"]}),
        (["1 - Yes", "0 - No", "9 - n/a"], {"not_applicable": ["n/a"]}),
        (["ok", "x", "ok"], {"yes": ["ok"], "no": ["x"]}),
        (["✓", "x", "✓"], {"no": ["x"]}),
        (["x", "", "x"], None),
    ],
)
def test_words_of_the_file__as_spellings(tmp_path, hall, answers, spellings):
    path = as_csv(tmp_path, f"| Shop | {HEAD} |\n| S1 | {' | '.join(answers)} |\n| S2 | {' | '.join(answers)} |")
    assert proposal(path, hall)[1].get("spellings") == spellings


def test_codes_and_reasons__as_values(tmp_path, hall):
    path = as_csv(tmp_path, f"| Shop | {HEAD} |\n| S1 | 1 | 9 | 0 |\n| S2 | 9 | N/A because shut | 1 |")
    data = proposal(path, hall)[1]
    assert data["items"]["values"] == {"9": "not_applicable", "N/A *": "not_applicable"}


def test_what_nobody_can_read__once_with_its_items(tmp_path, hall):
    path = as_csv(tmp_path, f"| Shop | {HEAD} |\n| S1 | hmm | hmm | so so |\n| S2 | yes | hmm | no |")
    found, _ = proposal(path, hall)
    assert set(found.unread) == {("clean", "hmm"), ("light", "hmm"), ("sign", "so so")}
    assert '#   "hmm": clean, light' in found.text


@pytest.mark.parametrize(
    ("figures", "how"),
    [
        (("50 %", "100%", "66,67 %"), {}),
        (("50", "100", "67"), {"decimals": "0"}),
        (("50.0", "100.0", "66.7"), {"decimals": "1"}),
        (("0.5", "1", "0.6667"), {"scale": "fraction", "decimals": "4"}),
        (("1 / 2", "3/3", "2 / 3"), {}),
        (("Score: 50%", "Score: 100 %", "Score: 67%"), {"decimals": "0"}),
    ],
)
def test_figures__scale_and_digits(tmp_path, hall, figures, how):
    rows = "\n".join(f"| S{n} | yes | no | yes | {figure} |" for n, figure in enumerate(figures))
    published = proposal(as_csv(tmp_path, f"| Shop | {HEAD} | Total score |\n{rows}"), hall)[1]["published"]
    final = published.pop("final")
    assert final == "Total score" or (final["header"], "Score" in figures[0]) == ("Total score", True)
    assert published == how


def test_sections_grades_and_words__found(tmp_path, hall):
    path = as_csv(
        tmp_path,
        f"""
        | Shop | {HEAD} | Inside % | Outside % | Overall % | Award |
        | S1   | yes | no | yes | 50.00 | 100.00 | 75.00  | Good |
        | S2   | yes | no | n/a | 50.00 | –      | 50.00  | Good |
        | S3   | yes | no | yes | 50.00 | 100.00 | closed |      |
        | S4   | n/a | n/a | n/a | –    | –      | none   |      |
        """,
    )
    data = proposal(path, hall)[1]
    assert data["published"] == {
        "final": "Overall %", "grade": "Award", "sections": "{text} %",
        "words": {"closed": "not_carried_out", "none": "not_scored", "–": "not_scored"},
    }  # fmt: skip
    assert data["outcome"] == {"header": "Overall %", "values": {"closed": "closed", "<number>": "done"}}


def test_rows_that_are_no_visits__skipped(tmp_path, hall):
    path = as_csv(
        tmp_path,
        f"""
        | Ref | Shop | State     | {HEAD} |
        | 1   | S1   | approved  | yes | no | yes |
        | 2   | S2   | rejected  | yes | no | yes |
        | 3   | S2   | draft     | yes | no | yes |
        | Mean | | | | | |
        """,
    )
    data = proposal(path, hall)[1]
    assert data["skip"] == {"State": ["draft", "rejected"], "Ref": ["Mean"]}
    assert (data["visit"], data["branch"]) == ("Ref", "Shop")


def test_dates_and_hours__by_what_stands_in_them(tmp_path, hall):
    path = as_csv(
        tmp_path,
        f"| Case | Agency | On | At | {HEAD} |\n| 1 | A | 13/05/2026 | 10:15 | yes | no | yes |\n| 2 | A | 14/05/2026 | 9:00 | yes | no | yes |",
    )
    data = proposal(path, hall)[1]
    assert (data["visit"], data["branch"], data["start"]) == ("Case", "Agency", {"join": ["On", "At"]})
    path = as_csv(
        tmp_path, f"| Agency | On | {HEAD} |\n| A | 03/05/2026 | yes | no | yes |\n| B | 4/5/2026 | yes | no | no |"
    )
    found, data = proposal(path, hall)
    assert "date_order" not in data
    assert (
        "# date_order: dmy   # or mdy: nothing in the file tells whether the day stands first in 03/05/2026"
        in found.text
    )


def test_columns_of_tools__ignored(tmp_path, hall):
    path = as_csv(
        tmp_path,
        f"| _id | start | _submitted_by | {HEAD} | __version__ | _status | Mood |\n| 1 | 2026-05-01T10:00:00 | me | yes | no | yes | v1 | | fine |",
    )
    found, data = proposal(path, hall)
    assert data["ignore"] == ["__version__", "_status"]
    assert found.columns_left == ("Mood",)


def test_a_table_that_answers_nothing__says_so(tmp_path, hall):
    found, data = proposal(as_csv(tmp_path, "| Weather | Mood |\n| rain | low |"), hall)
    assert found.items_left == ("clean", "light", "sign")
    assert data == {"checklist": "hall"}


@pytest.mark.skipif(not SHARED.exists(), reason="the sample exports are not beside the project")
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("dialects/google_forms_en.csv", {"branch": "Branch", "start": "Timestamp"}),
        ("dialects/ms_forms.xlsx", {"visit": "ID", "start": "Start time"}),
        ("dialects/surveymonkey_two_header_rows.csv", {"header": ["1", "2"], "visit": "Respondent ID"}),
        ("dialects/limesurvey_codes.csv", {"visit": "id", "skip": {"submitdate": [""]}}),
        ("dialects/surveycto_wide.csv", {"visit": "KEY", "start": "starttime"}),
        ("dialects/odk_central.csv", {"visit": "KEY", "date": "visit_date"}),
        ("kobo/kobo_labels_ru.xlsx", {"visit": "_uuid", "branch": "Филиал", "date": "Дата визита"}),
    ],
)
def test_exports_of_survey_tools__their_own_columns(tmp_path, name, fields):
    form = checklist_from(
        tmp_path,
        """
        checklist: form
        version: 1.0.0
        title: Form
        defaults: {not_applicable: true}
        sections:
          - id: greeting
            title: {en: Greeting, ru: Приветствие}
            items:
              - {id: greeted, text: {en: "Did staff greet you?", ru: "Поприветствовал ли вас сотрудник?"}}
              - {id: badge, text: {en: "Was a name badge visible?", ru: "Был ли виден бейдж?"}, required: false}
        """,
    )
    data = proposal(SHARED / name, form)[1]
    assert {key: data.get(key) for key in fields} == fields
