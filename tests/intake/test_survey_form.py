"""Answers collected with KoboCollect or ODK Collect come back through every kind of export."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from auditkit.forms.blank import Blank
from auditkit.forms.survey.checks import faults_of
from auditkit.forms.survey.xlsform import survey_of
from auditkit.intake.reading import read_file
from auditkit.model.checklist import Checklist
from auditkit.model.judging import Observer
from auditkit.model.visit import NOT_ASKED, Outcome, Submission
from tests.forms.person import LIBRARY, SHIPPED, filled, only_given, shipped
from tests.forms.test_workbook import digits
from tests.intake.kobo_export import VARIANTS, Variant, exported
from tests.scoring.random_cases import Case, cases

IDS = ["-".join(f"{k}={v}" for k, v in each._asdict().items() if v) for each in VARIANTS]


def reports(folder, checklists, seeds) -> list[dict[str, Submission]]:
    """The same visits as the workbook gives them."""
    found = []
    for seed in seeds:
        path = filled(folder, checklists, "en", seed)
        readings = read_file(path, LIBRARY).readings
        code = f"V{seed}"
        found.append({r.submission.checklist: r.submission.model_copy(update={"visit_id": code}) for r in readings})
    return found


def put(folder, text: str, variant: Variant):
    path = folder / ("export.json" if variant.api else "export.csv")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("names", [SHIPPED, SHIPPED[2:3]], ids=["four", "one"])
@pytest.mark.parametrize("variant", VARIANTS, ids=IDS)
def test_the_workbook_s_answers_and_scores(variant, names, tmp_path):
    checklists = [shipped(name) for name in names]
    visits = reports(tmp_path, checklists, (1, 2, 3))
    path = put(tmp_path, exported(Blank(checklists, wave="2026-Q3"), visits, variant), variant)
    found = read_file(path, LIBRARY)
    assert found.problems == ()
    assert len(found.readings) == 3 * len(checklists)
    for reading, (visit, checklist) in zip(found.readings, [(v, c) for v in visits for c in checklists], strict=True):
        assert reading.problems == ()
        got, wanted = reading.submission, visit[checklist.checklist]
        assert got.answers == wanted.answers
        same = (
            "visit_id",
            "branch",
            "wave",
            "shopper",
            "visit_date",
            "start",
            "end",
            "outcome",
            "comments",
            "evidence",
        )
        for name in same:
            assert getattr(got, name) == getattr(wanted, name), name
        assert got.handed_in.replace(microsecond=0) == datetime(2026, 8, 20, 7, 32, 1, tzinfo=UTC)
        assert digits(checklist, got) == digits(checklist, wanted)
        assert got.definition_hash == checklist.source_hash
        assert got.answers.keys() - got.cells.keys() == got.answers.keys() - only_given(got.answers).keys()


def test_row_of_another_version__is_said_with_its_cell(tmp_path):
    checklist = shipped("premises")
    visits = reports(tmp_path, [checklist], (1,))
    text = exported(Blank([checklist]), visits, Variant())
    newer = text.replace("premises@1.0.0", "premises@7.0.0")
    (reading,) = read_file(put(tmp_path, newer, Variant()), LIBRARY).readings
    assert reading.submission is None
    assert [(each.code, each.value, each.place.cell) for each in reading.problems] == [("S203", "premises@7.0.0", "C2")]
    other = text.replace(checklist.source_hash, "0" * 64)
    (reading,) = read_file(put(tmp_path, other, Variant()), LIBRARY).readings
    assert [each.code for each in reading.problems] == ["S204"]
    assert reading.submission.answers == visits[0]["premises"].answers


def test_row_without_its_form__is_said(tmp_path):
    checklist = shipped("premises")
    text = exported(Blank([checklist]), reports(tmp_path, [checklist], (1,)), Variant())
    (reading,) = read_file(put(tmp_path, text.replace("premises@1.0.0", "?"), Variant()), LIBRARY).readings
    assert (reading.submission, [each.code for each in reading.problems]) == (None, ["S226"])


def test_words_that_are_no_answer__named_with_their_cell(tmp_path):
    checklist = shipped("premises")
    visit = reports(tmp_path, [checklist], (1,))
    text = exported(Blank([checklist]), visit, Variant())
    head, row = text.split("\r\n")[:2]
    item = next(i for i, a in visit[0]["premises"].answers.items() if a in ("yes", "no"))
    at = head.split(";").index(f'"{item}"')
    cells = row.split(";")
    cells[at] = '"sometimes"'
    (reading,) = read_file(put(tmp_path, f"{head}\r\n{';'.join(cells)}\r\n", Variant()), LIBRARY).readings
    (told,) = reading.problems
    assert (told.code, told.value, told.params["item"]) == ("S301", "sometimes", checklist.numbers[item])


def test_visit_not_carried_out(tmp_path):
    checklist = shipped("premises")
    closed = Submission(
        visit_id="V1", checklist="premises", version="1.0.0", branch="B", outcome=Outcome.CLOSED, source={"file": ""}
    )
    for variant in VARIANTS:
        path = put(tmp_path, exported(Blank([checklist]), [{"premises": closed}], variant), variant)
        (reading,) = read_file(path, LIBRARY).readings
        assert reading.problems == ()
        assert reading.submission.outcome is Outcome.CLOSED
        assert only_given(reading.submission.answers) == {}


class _Only:
    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def get(self, _id: str, _version: str | None = None, /) -> Checklist:
        return self.checklist


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_law__whatever_is_asked_and_answered_comes_back(tmp_path_factory, case: Case):
    checklist = Checklist.model_validate(case.doc)
    answers = {k: v for k, v in case.answers.items() if v not in ("maybe", NOT_ASKED)}
    answers = {k: v.replace(microsecond=0) if isinstance(v, datetime) else v for k, v in answers.items()}
    everybody = Blank([checklist], seen_by=tuple(Observer))
    survey = survey_of(everybody)
    assert faults_of(survey.survey, survey.choices) == []
    # A collector takes only what its form offers.
    answers = {k: v for k, v in answers.items() if _is_offered(survey, k, v)}
    of = Submission.model_construct(
        visit_id="V", checklist="c", version="1.0.0", branch="B", answers=answers, comments={}, evidence={},
        outcome=Outcome.DONE, shopper=None, wave=None, visit_date=None, start=None, end=None, attempts=None,
        customers_waiting=None, staff_on_duty=None, minutes_to_first_contact=None, position=None, employee=None,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("law")
    for variant in VARIANTS:
        (reading,) = read_file(
            put(folder, exported(everybody, [{checklist.checklist: of}], variant), variant), _Only(checklist)
        ).readings
        assert only_given(reading.submission.answers) == answers, variant


def _is_offered(survey, item: str, answer) -> bool:
    """Random answers may be of no kind that the form offers for the item; those are refused elsewhere."""
    line = next(each for each in survey.survey if each.name.endswith(item) and not each.type.endswith("group"))
    kind, _, name = line.type.partition(" ")
    offered = {each.name for each in survey.choices if each.list_name == name}
    if kind == "select_one":
        return str(answer) in offered
    if kind == "select_multiple":
        return isinstance(answer, tuple) or answer in offered
    if isinstance(answer, str):
        return any(each.name == line.name + "__out" for each in survey.survey) and answer in {
            each.name
            for each in survey.choices
            for out in survey.survey
            if out.name == line.name + "__out" and each.list_name == out.type.partition(" ")[2]
        }
    return not (kind == "decimal" and line.constraint)
