"""The reports in the terminal, at 80 and at 140 columns, in letters only, and as JSON."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console

from auditkit.analysis.shapes import PastPoint
from auditkit.locales import LANGUAGES
from auditkit.model.visit import Source, Submission
from auditkit.problems import Place, Problem, Severity
from auditkit.reports.as_json import branch_json, explanation_json, network_json, problems_json
from auditkit.reports.bars import bar
from auditkit.reports.problem_list import problem_lines
from auditkit.reports.terminal import (
    ScoredVisit,
    print_branch,
    print_explanation,
    print_network,
    print_problems,
    print_scores,
)
from auditkit.scoring import explain, score
from auditkit.scoring.explanation import Explanation
from tests.reports import made


def console(width: int = 80) -> Console:
    return Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)


def said(made_on: Console) -> str:
    assert isinstance(made_on.file, io.StringIO)
    return made_on.file.getvalue()


def explanation() -> Explanation:
    checklist = made.checklist()
    answers = {
        "rings": Decimal(4), "greets": "yes", "names": "no", "listens": "yes", "clear": "some",
        "hold": "not_applicable", "data": "no", "sums_up": "yes", "thanks": "yes",
    }  # fmt: skip
    submission = Submission(
        visit_id="K7-Q3-0412", checklist="phone-etiquette", version="2.0.0", branch="B07", answers=answers,
        cells={"rings": "D4"}, typed={"rings": "4 rings"}, source=Source(file="visits/a.xlsx", sheet="Form"),
    )  # fmt: skip
    return explain(checklist, submission, score(checklist, submission))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 140, 200])
def test_every_report_keeps_within_its_width_and_is_plain_where_piped(language: str, width: int) -> None:
    on = console(width)
    figures = made.branch_figures(language)
    print_branch(on, figures, language, made.context())
    print_network(on, made.network_figures(language=language), language, made.context())
    print_scores(on, [ScoredVisit("B07", visit) for visit in figures.visits], language, made.context())
    print_explanation(on, explanation(), made.checklist(), language)
    lines = said(on).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert "\x1b" not in said(on)


def test_branch__critical_stands_before_the_scores_with_the_shoppers_words() -> None:
    on = console()
    print_branch(on, made.branch_figures(), "en", made.context())
    text = said(on)
    assert text.index("▲ Critical criterion not met") < text.index("\nScores")
    assert "“=She told me that Mr. Smith owes 300,000 and has not paid since May”" in text
    assert "Phone etiquette: 1 of 3 visits or calls stayed unanswered" in text


def test_network__by_name_with_n_and_the_sum() -> None:
    on = console(140)
    print_network(on, made.network_figures(), "en", made.context())
    text = said(on)
    assert "▲ Critical: Branch C2 (1)" in text
    assert "The sum is right: 48 + 0 + 1 + 0 + 1 + 1 + 2 = 53." in text
    assert "not scored" in next(row for row in text.splitlines() if row.startswith("B05"))


def test_scores__the_cell_of_every_finding() -> None:
    on = console()
    print_scores(on, [ScoredVisit("B07", made.branch_figures().visits[0])], "en", made.context())
    text = said(on)
    assert "K7-Q3-0412.xlsx[Form!D10]" in text
    assert text.index("▲ critical: Does the employee keep") < text.index("Does the employee give their name?")


def test_explain__from_the_cell_to_the_score() -> None:
    on = console()
    print_explanation(on, explanation(), made.checklist(), "en")
    text = said(on)
    assert "visits/a.xlsx[Form!D4]: “4 rings” → 4 rings → partly met" in text
    assert "1 × 0.5 = 0.5 / 1 · −3.33" in text
    assert "· Good: at least 75 (71.3)" in text
    assert "Standard: not passed (▲ critical: 2.4)" in text


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("100.0", "#" * 10),
        ("99.9", "#" * 9 + "."),
        ("0.1", "#" + "." * 9),
        ("0.0", "." * 10),
        ("55.0", "#" * 5 + "." * 5),
    ],
)
def test_bar_is_full_only_at_100_and_empty_only_at_0(shown: str, expected: str) -> None:
    assert bar(Decimal(shown), 10, ascii_only=True) == expected


def test_bar__nothing_scored_has_none() -> None:
    assert bar(None, 10) == ""


PROBLEM = Problem("X999", Severity.ERROR, Place("visits/a.xlsx", "Form", "D14"), "mayby")
ELSEWHERE = Problem("X999", Severity.WARNING, Place("b.yaml", None, None, 3, 4), "")


def test_problems_begin_with_their_place_and_are_grouped_by_file() -> None:
    on = console()
    print_problems(on, [PROBLEM, ELSEWHERE, PROBLEM], "en")
    heads = [line for line in said(on).splitlines() if "X999" in line and ":" in line]
    assert [line.split(" ")[0] for line in heads] == [
        "visits/a.xlsx[Form!D14]:",
        "visits/a.xlsx[Form!D14]:",
        "b.yaml:3:4:",
    ]
    assert "Errors: 2. Warnings: 1. Notes: 0." in said(on)


def test_problems__a_long_place_is_never_torn() -> None:
    on = console()
    place = Place("visits/" + "x" * 120 + ".xlsx", "Form", "D14")
    print_problems(on, [PROBLEM._replace(place=place)], "ru")
    assert f"{place}: ошибка" in said(on)


def test_problems__none() -> None:
    on = console()
    print_problems(on, [], "en")
    assert said(on) == "Nothing is wrong.\n"


def test_json__exact_numbers_beside_shown_ones() -> None:
    branch = json.loads(branch_json(made.branch_figures(), "en"))
    assert branch["index"] == {"value": "335/4", "shown": "83.8", "n": 4}
    assert branch["findings"][0]["item"]["id"] == "data"
    network = json.loads(network_json(made.network_figures(), "ru"))
    assert network["ranking"][5]["index"] == {"value": None, "shown": None, "n": 0}
    assert network["quality"]["received"] == 53
    taken_apart = json.loads(explanation_json(explanation(), (), "en"))
    assert taken_apart["score"] == "285/4"
    assert taken_apart["grades"][0]["failed"][0] == {"limit": "at_least", "bound": "90", "found": "71.3", "where": ""}


def test_json__problems_have_their_place_in_parts() -> None:
    found = json.loads(problems_json([PROBLEM], "en"))[0]
    assert found["place"] == "visits/a.xlsx[Form!D14]"
    assert (found["file"], found["sheet"], found["cell"], found["line"]) == ("visits/a.xlsx", "Form", "D14", None)


def test_problems__the_same_lines_on_a_terminal_and_in_a_pipe() -> None:
    long = PROBLEM._replace(value="x" * 300 + "\n\x1b[31m")
    on = console()
    print_problems(on, [long, ELSEWHERE], "en")
    lines, left = problem_lines([long, ELSEWHERE], "en", on.width)
    assert "\n".join("".join(text for text, _ in line) for line in lines) + "\n" == said(on)
    assert left == 0
    assert "\x1b" not in said(on)


@pytest.mark.parametrize("language", LANGUAGES)
def test_trend__another_method_is_marked_and_has_no_bar(language: str) -> None:
    figures = made.branch_figures(language)
    past = (PastPoint("2024", "", made.mean(88, 0)), PastPoint("2024", "premises", made.mean(64, 3)))
    on, bare = console(), console()
    print_branch(on, replace(figures, past=past), language, made.context())
    print_branch(bare, figures, language, made.context())
    lines = said(on).splitlines()
    marked = [line for line in lines if line.startswith("◇ 2024")]
    assert len(marked) == 2
    assert "88" in marked[0]
    assert "–" in marked[0]
    assert "64" in marked[1]
    assert not any("█" in line for line in marked)
    assert any(line.startswith("◇ ") and line not in marked for line in lines)
    assert "◇" not in said(bare)
    own = [line.split() for line in lines if "▲" in line]
    assert own == [line.split() for line in said(bare).splitlines() if "▲" in line]
    told = json.loads(branch_json(replace(figures, past=past), "en"))["past"]
    assert [(each["wave"], each["mean"]["shown"]) for each in told] == [("2024", "88.0"), ("2024", "64.0")]


def test_trend__of_a_first_wave_is_not_told() -> None:
    figures = made.branch_figures()
    on = console()
    print_branch(on, replace(figures, index_trend=figures.index_trend[-1:]), "en", made.context())
    assert "Over the waves" not in said(on)
