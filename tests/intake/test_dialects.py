"""Exports of other programs are known by their columns, and said by name."""

from __future__ import annotations

import pytest

from auditkit.intake.dialects import DIALECTS, recognise
from auditkit.intake.proposing import propose
from auditkit.intake.reading import read_file
from auditkit.locales import LANGUAGES, say
from auditkit.tables.opening import open_book
from tests.forms.person import LIBRARY, shipped
from tests.verify.sheets import SHARED

FILES = {
    "dialects/google_forms_en.csv": "Google Forms",
    "dialects/google_forms_ru.csv": "Google Forms",
    "dialects/ms_forms.xlsx": "Microsoft Forms",
    "dialects/ms_forms_quiz.csv": "Microsoft Forms",
    "dialects/surveymonkey_two_header_rows.csv": "SurveyMonkey",
    "dialects/limesurvey_codes.csv": "LimeSurvey",
    "dialects/limesurvey_full.csv": "LimeSurvey",
    "dialects/surveycto_wide.csv": "SurveyCTO",
    "dialects/odk_central.csv": "ODK Central",
    "dialects/odk_central_nogroups.csv": "ODK Central",
    "kobo/kobo_xml_hier.csv": "KoboToolbox",
    "kobo/kobo_labels_ru_hier.xlsx": "KoboToolbox",
    "kobo/kobo_api_v2_data.json": "KoboToolbox",
    "safetyculture/inspection_items.csv": "SafetyCulture",
    "dialects/ru_koi8r.csv": "",
    "dialects/sep_line.csv": "",
    "dialects/moodle_upload_users.csv": "",
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample files are not here")
@pytest.mark.parametrize(("name", "tool"), FILES.items())
def test_sample_files__named_in_the_problem(name, tool):
    found = read_file(SHARED / name, LIBRARY)
    (told,) = found.problems
    assert (told.code, told.params["tool"]) == ("S230", tool)
    for language in LANGUAGES:
        said = say(language, "S230.says", **told.params)
        assert (tool in said) if tool else ("[[" not in said)
        assert f"auditkit map {SHARED.joinpath(name).name} --checklist" in say(language, "S230.do", **told.params)


def test_each_by_its_own_columns_alone():
    for dialect in DIALECTS:
        for known in dialect.known_by:
            assert recognise(known) is dialect, (dialect.name, known)
            if len(known) > 1:
                assert recognise(sorted(known)[1:]) is not dialect


@pytest.mark.parametrize(
    ("headers", "tool"),
    [
        (["TIMESTAMP ", "Branch"], "Google Forms"),
        (["ID", "Start time", "Completion time", "Email", "Name", "Branch"], "Microsoft Forms"),
        (["start", "_id", "_uuid", "_submission_time", "Timestamp"], "KoboToolbox"),
        (["Branch", "Date"], None),
        ([], None),
    ],
)
def test_recognised(headers, tool):
    found = recognise(headers)
    assert (found.name if found else None) == tool


def test_proposal__names_the_tool_and_leaves_addresses_aside(tmp_path):
    text = shipped("premises").items_by_id["way_found"].text.said("en")
    (tmp_path / "e.csv").write_text(
        f"Timestamp,Email Address,Branch,{text},Did you find the way in our hall?\n"
        "2026/08/20 10:31:40 AM GMT+3,a@example.com,B1,Yes,No\n",
        encoding="utf-8",
    )
    book, _ = open_book(tmp_path / "e.csv", name="e.csv")
    proposal = propose(book, shipped("premises"))
    assert "# It looks like an export of Google Forms." in proposal.text
    assert 'ignore: ["Email Address"]' in proposal.text
    assert "shopper:" not in proposal.text


def test_proposal__what_is_left_over_with_what_is_most_like_it(tmp_path):
    (tmp_path / "e.csv").write_text(
        "Branch,Date,In what state is the entrance door of the house?,Anything else\nB1,2026-08-20,Clean,x\n",
        encoding="utf-8",
    )
    book, _ = open_book(tmp_path / "e.csv", name="e.csv")
    text = propose(book, shipped("premises")).text
    assert 'entrance: "In what state is the entrance door of the house?"   # confirm: only alike' in text or (
        "entrance: In what state is the entrance?   <- like the column" in text
    )
    assert "#   Anything else\n" in text
