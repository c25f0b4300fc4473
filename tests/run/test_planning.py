"""The forms and briefs of a wave, from its plan or from the list of branches."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from auditkit.definitions.plans import read_plan
from auditkit.definitions.programme import ProgrammeFolder, load_programme
from auditkit.definitions.scenarios import load_scenarios
from auditkit.definitions.shoppers import read_shoppers
from auditkit.forms.brief.writing import Brief, brief_html
from auditkit.forms.page.writing import write_page
from auditkit.forms.survey.xlsform import write_xlsform
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.reading import read_file
from auditkit.locales import LANGUAGES
from auditkit.model.scenario import Scenario
from auditkit.run.planning import Forms, scenario_of, write_wave
from tests.run.made import programme, tree

SCENARIO = """
scenario: way
title: {en: The way, ru: Дорога}
legend: {en: You ask for the way., ru: Вы спрашиваете дорогу.}
never_say: [{en: That this is a check., ru: Что это проверка.}]
purchase: {what: A pen, limit: 5, currency: EUR}
"""
SHOPPERS = 'code,languages,barred\nK1,"ru,kk",\nK2,en,B02\n'
BRANCHES = "code,name,region,language,closed\nB01,Oak,North,pl,\nB02,Elm,North,,\nB03,Ash,South,,2026-05-01\n"
PLAN = """visit,branch,scenario,checklists,shopper,language,from,to
,B01,way,,K1,,2026-05-04,2026-05-08
,B01,,desk,,,2026-05-11,
X-7,B02,way,,K1,kk,,
"""


@pytest.fixture
def acme(tmp_path) -> Path:
    folder = programme(tmp_path / "acme", branches=BRANCHES)
    put(folder, "scenarios/way.yaml", SCENARIO)
    put(folder, "shoppers.csv", SHOPPERS)
    put(folder, "plan/W1.csv", PLAN)
    return folder


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def home_of(folder: Path) -> ProgrammeFolder:
    home, problems = load_programme(folder)
    assert home is not None, problems
    return home


def plan_of(folder: Path, wave: int = 0):
    home = home_of(folder)
    return read_plan(home, home.programme.waves[wave], load_scenarios(home))


HOW = Forms(write_form, ".xlsx")


def test_plan__codes_languages_and_windows(acme):
    plan = plan_of(acme)
    assert plan.problems == ()
    shown = [(v.visit_id, v.branch, v.scenario, v.checklists, v.shopper, v.language) for v in plan.visits]
    assert shown == [
        ("W1-B01-1", "B01", "way", ("desk",), "K1", "ru"),
        ("W1-B01-2", "B01", "", ("desk",), "", ""),
        ("X-7", "B02", "way", ("desk",), "K1", "kk"),
    ]
    assert [(str(v.from_), str(v.to)) for v in plan.visits] == [
        ("2026-05-04", "2026-05-08"),
        ("2026-05-11", "2026-05-11"),
        ("2026-05-01", "2026-05-31"),
    ]


def test_plan__in_excel_with_headers_of_another_language(acme):
    (acme / "plan" / "W1.csv").unlink()
    book = Workbook()
    book.worksheets[0].append(["Код визита", "Филиал", "Тайный покупатель", "Язык"])
    book.worksheets[0].append(["A1", "B01", "K1", "ru"])
    book.save(acme / "plan" / "W1.xlsx")
    (visit,) = plan_of(acme).visits
    assert (visit.visit_id, visit.branch, visit.shopper, visit.language) == ("A1", "B01", "K1", "ru")


def test_plan__every_fault_by_its_cell_at_once(acme):
    put(
        acme,
        "plan/W1.csv",
        """visit,branch,scenario,checklists,shopper,language,from
A,B1,way,,K1,,2026-05-04
A,B01,ways,,K9,,2026-05-04
A,B01,,dsk,K1,xx,2026-06-09
,B03,,,K1,,2026-05-09
,B02,,,K2,,05/09/2026
""",
    )
    plan = plan_of(acme)
    found = [(each.code, str(each.place), each.value) for each in plan.problems]
    assert found == [
        ("D450", "plan/W1.csv[B2]", "B1"),
        ("D452", "plan/W1.csv[C3]", "ways"),
        ("D451", "plan/W1.csv[E3]", "K9"),
        ("D452", "plan/W1.csv[D4]", "dsk"),
        ("D456", "plan/W1.csv[F4]", "xx"),
        ("D454", "plan/W1.csv[G4]", "2026-06-09 – 2026-06-09"),
        ("D453", "plan/W1.csv[A4]", "A"),
        ("D455", "plan/W1.csv[B5]", "B03"),
        ("D457", "plan/W1.csv[E6]", "K2"),
        ("D407", "plan/W1.csv[G6]", "05/09/2026"),
    ]
    told = write_wave(home_of(acme), "W1", HOW)
    assert not told.folder.exists()
    assert {each.code for each in told.problems} >= {"D450", "D453"}


def test_shoppers__doubled_and_unknown_languages(acme):
    put(acme, "shoppers.csv", "code,languages\nK1,ru\nK1,en\nK2,klingon\n")
    shoppers, problems = read_shoppers(home_of(acme))
    assert list(shoppers) == ["K1", "K2"]
    assert [(each.code, str(each.place), each.value) for each in problems] == [
        ("D453", "shoppers.csv[A3]", "K1"),
        ("D456", "shoppers.csv[B4]", "klingon"),
    ]


def test_forms__a_folder_a_shopper_each_in_the_right_language(acme):
    told = write_wave(home_of(acme), "W1", HOW)
    names = sorted(each.relative_to(told.folder).as_posix() for each in (*told.forms, *told.briefs))
    assert names == [
        "K1/W1-B01-1 desk brief.html",
        "K1/W1-B01-1 desk.xlsx",
        "K1/X-7 desk brief.html",
        "K1/X-7 desk.xlsx",
        "no shopper's code/W1-B01-2 desk.xlsx",
    ]
    languages = {}
    for path in told.forms:
        (reading,) = read_file(path, home_of(acme).library).readings
        languages[reading.submission.visit_id] = reading.submission.language
        assert reading.submission.wave == "W1"
    # The shopper's, the branch's where nobody is named, the plan's.
    assert languages == {"W1-B01-1": "ru", "W1-B01-2": "pl", "X-7": "kk"}
    brief = (told.folder / "K1" / "W1-B01-1 desk brief.html").read_text(encoding="utf-8")
    assert "Вы спрашиваете дорогу." in brief
    assert "04.05.2026 – 08.05.2026" in brief
    assert "B01, Oak" in brief


def test_forms__written_again__nothing_touched_unless_forced(acme):
    first = write_wave(home_of(acme), "W1", HOW)
    first.forms[0].write_bytes(b"she fills in it")
    before = tree(first.folder)
    second = write_wave(home_of(acme), "W1", HOW)
    assert (second.forms, second.briefs, second.kept) == ([], [], 5)
    assert tree(first.folder) == before
    third = write_wave(home_of(acme), "W1", Forms(write_form, ".xlsx", force=True))
    assert len(third.forms) == 3
    assert first.forms[0].read_bytes() != b"she fills in it"


def test_forms__of_other_kinds(acme):
    told = write_wave(home_of(acme), "W1", Forms(write_page, ".html"))
    assert len(told.forms) == 3
    assert all("<script" in each.read_text(encoding="utf-8") for each in told.forms)


def test_survey_tool__one_form_for_all_visits_and_a_brief_each(acme):
    told = write_wave(home_of(acme), "W1", Forms(write_xlsform, ".xlsx", many=True))
    assert [each.relative_to(told.folder).as_posix() for each in told.forms] == ["W1 desk.xlsx"]
    assert len(told.briefs) == 2
    assert "X-7" in told.briefs[-1].read_text(encoding="utf-8")


def test_no_plan__every_open_branch_once(acme):
    told = write_wave(home_of(acme), "W2", HOW)
    assert not told.planned
    assert told.problems == []
    assert sorted(each.name for each in told.forms) == ["W2-B01-1 desk.xlsx", "W2-B02-1 desk.xlsx"]
    assert len(told.briefs) == 2


def test_unknown_wave(acme):
    (told,) = write_wave(home_of(acme), "W9", HOW).problems
    assert (told.code, told.value) == ("R205", "W9")


def test_scenario_of_a_report__as_planned(acme):
    put(acme, "scenarios/other.yaml", "scenario: other\ntitle: O\nlegend: You do.\n")
    found = scenario_of(home_of(acme), "W1")
    made = write_wave(home_of(acme), "W1", HOW)
    by_code = {}
    for path in made.forms:
        (reading,) = read_file(path, home_of(acme).library).readings
        scenario = found(reading.submission)
        by_code[reading.submission.visit_id] = scenario.scenario if scenario else None
    assert by_code == {"W1-B01-1": "way", "W1-B01-2": None, "X-7": "way"}


@pytest.mark.parametrize("code", ["../../x", "CON", "a/b", "=1+1", "x" * 300])
def test_hostile_codes__stay_inside_the_folder(acme, code):
    put(acme, "plan/W1.csv", f"visit,branch,shopper\n{code},B01,\n")
    (acme / "shoppers.csv").unlink()
    told = write_wave(home_of(acme), "W1", HOW)
    (path,) = told.forms
    assert told.folder in path.resolve().parents
    (reading,) = read_file(path, home_of(acme).library).readings
    assert reading.submission.visit_id == code


# -- the brief ------------------------------------------------------------------------------------------------------

FULL = Scenario.model_validate(
    {
        "scenario": "s",
        "title": "T <b>",
        "legend": "You <script>alert(1)</script>",
        "say": ["Ask & answer"],
        "never_say": ["This"],
        "remember": ["That"],
        "bring": ["A card"],
        "purchase": {"what": "A pen", "limit": "5.50", "currency": "EUR"},
        "waiting_limit": 20,
        "attempts": 3,
        "proof": [
            {"kind": "photo", "what": "The door", "at_least": 2},
            {"kind": "receipt", "what": "The receipt", "when": "purchase"},
        ],
    }
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_brief__everything_and_nothing_as_markup(language):
    text = brief_html(Brief(FULL, language, visit_id="V1", branch="B01, Oak", shopper="K1"))
    assert "<script>" not in text
    assert "T &lt;b&gt;" in text
    for words in (
        "Ask &amp; answer",
        "A pen",
        "5.50 EUR",
        "The door (× 2)",
        "The receipt – ",
        "V1",
        "B01, Oak",
        "20",
        "3",
    ):
        assert words in text
    assert f'<html lang="{language}">' in text


def test_brief__what_is_empty_is_left_out():
    bare = Scenario.model_validate({"scenario": "s", "title": "T", "legend": "You."})
    text = brief_html(Brief(bare))
    assert "<dl" not in text
    assert text.count("<section") == 1


def test_survey_tool__nothing_personal_where_the_law_says_so(acme):
    text = (acme / "programme.yaml").read_text(encoding="utf-8")
    put(acme, "programme.yaml", text + "country: KZ\nrules: {employees: named}\n")
    seen = []

    def write(blank, path):
        seen.append(blank.employees)
        path.write_text("x")

    write_wave(home_of(acme), "W1", Forms(write, ".xlsx", many=True))
    write_wave(home_of(acme), "W1", Forms(write, ".xlsx"))
    assert seen == ["none"] + ["named"] * 3
