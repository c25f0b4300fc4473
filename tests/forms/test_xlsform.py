"""The XLSForm: taken by the converter without a warning, and asking what the model asks."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from auditkit.forms.blank import Blank, CannotWrite
from auditkit.forms.survey.checks import faults_of
from auditkit.forms.survey.sheets import Line, Option
from auditkit.forms.survey.xlsform import survey_of, write_xlsform
from auditkit.intake.checks import check
from auditkit.locales import LANGUAGES
from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist
from auditkit.model.judging import Observer
from auditkit.model.visit import NOT_ASKED, Submission
from tests.forms.person import SHIPPED, answers_for, only_given, shipped
from tests.intake.kobo_export import values_of
from tests.scoring.random_cases import Case, cases
from tests.verify.sheets import checklist_from

ALL = [(name,) for name in SHIPPED] + [SHIPPED]


@pytest.mark.parametrize("names", ALL, ids=["-".join(each) if len(each) == 1 else "all" for each in ALL])
def test_converted__without_a_warning(names, tmp_path):
    from pyxform.xls2xform import convert

    path = tmp_path / "form.xlsx"
    write_xlsform(Blank([shipped(name) for name in names], language="kk"), path)
    warnings: list[str] = []
    made = convert(xlsform=path, validate=False, warnings=warnings)
    assert warnings == []
    assert re.findall(r'<translation(?: default="true\(\)")? lang="\w+[^"]* \((\w\w)\)"', made.xform)
    for language in LANGUAGES:
        for name in names:
            assert shipped(name).title.said(language) in made.xform
    assert 'lang="Қазақша (kk)" default="true()"' in made.xform or 'default="true()" lang="Қазақша (kk)"' in made.xform


def test_no_weights_no_points(tmp_path):
    yaml = """
        checklist: desk
        version: 1.0.0
        title: Desk
        grades:
          - {grade: splendid, at_least: 83.77, verdict: pass}
          - {grade: poor, verdict: fail}
        sections:
          - id: a
            title: A
            weight: 61.93
            items:
              - {id: one, text: Is it so?, weight: 7.391, critical: fail, severity: critical}
              - {id: two, text: Which?, kind: choice, options: [{id: x, text: X, credit: 0.827}, {id: y, text: Y, credit: 0}]}
              - {id: three, text: Seen in the office?, seen_by: office}
          - {id: b, title: B, weight: 38.07, items: [{id: four, text: Is it?}]}
    """  # noqa: E501
    write_xlsform(Blank([checklist_from(tmp_path, yaml)]), tmp_path / "form.xlsx")
    book = load_workbook(tmp_path / "form.xlsx")
    words = " ".join(str(c.value) for s in book.worksheets for row in s.iter_rows() for c in row if c.value is not None)
    for secret in ("61.93", "7.391", "0.827", "83.77", "splendid", "critical", "office?"):
        assert secret not in words


def test_personal_fields__as_far_as_they_may(tmp_path):
    yaml = """
        checklist: desk
        version: 1.0.0
        title: Desk
        sections: [{id: a, title: A, items: [{id: one, text: Is it so?, for: [till]}]}]
    """
    checklist = checklist_from(tmp_path, yaml)
    for employees, wanted in (("none", set()), ("position", {"position"}), ("named", {"position", "employee"})):
        names = {line.name for line in survey_of(Blank([checklist], employees=employees)).survey}
        assert names & {"position", "employee"} == wanted


def test_items_called_as_fields_of_the_visit__kept_apart():
    assert "attempts" in shipped("phone-etiquette").items_by_id
    names = [line.name for line in survey_of(Blank([shipped("phone-etiquette")])).survey]
    assert names.count("attempts") == 1
    assert "phone-etiquette__attempts" in names


WORDS = tuple("abcde")


@pytest.mark.parametrize(
    ("line", "option", "told"),
    [
        (Line("text", "a b", WORDS), None, "can't be named so"),
        (Line("text", "ONE", WORDS), None, "two fields"),
        (Line("text", "meta", WORDS), None, "keeps the name meta"),
        (Line("text", "two", ("a", "", "c", "d", "e")), None, "two is not said in every language"),
        (Line("text", "two", ("a", "${x}", "c", "d", "e")), None, "would be taken for the name"),
        (Line("text", "two", WORDS, relevant="${three} = 'x'"), None, "asks for three"),
        (Line("text", "two", WORDS, relevant="${one} = ‘x’"), None, "a curly mark in relevant"),
        (Line("select_one nothing", "two", WORDS), None, "has no list"),
        (Line("text", "two", WORDS), Option("yn", "yes", WORDS), "holds yes twice"),
        (Line("text", "two", WORDS), Option("yn", "y es", WORDS), "holds a space"),
    ],
)
def test_what_converters_let_pass__found(line, option, told):
    survey = [Line("select_one yn", "one", WORDS), line]
    choices = [Option("yn", "yes", WORDS), *([option] if option else [])]
    found = faults_of(survey, choices)
    assert found
    assert all(told in each for each in found)
    assert faults_of(survey[:1], choices[:1]) == []


def test_item_that_would_clash__refused_before_anything_is_written(tmp_path):
    yaml = """
        checklist: desk
        version: 1.0.0
        title: Desk
        sections:
          - id: a
            title: A
            items: [{id: one, text: Is it so?, comment: always}, {id: one__comment, text: Is it?}]
    """
    with pytest.raises(CannotWrite, match="one__comment"):
        write_xlsform(Blank([checklist_from(tmp_path, yaml)]), tmp_path / "form.xlsx")
    assert list(tmp_path.glob("form*")) == []


# -- what it asks: its expressions, worked out as a collector does -------------------------------------------------


class Text(str):
    """A value as XPath compares it."""

    __slots__ = ()

    def _number(self) -> float:
        try:
            return float(self)
        except ValueError:
            return float("nan")

    def __eq__(self, other):
        return self._number() == other if isinstance(other, (int, float)) else str(self) == str(other)

    def __ne__(self, other):
        return not self == other

    def __ge__(self, other):
        return self._number() >= other

    def __le__(self, other):
        return self._number() <= other

    def __gt__(self, other):
        return self._number() > other

    def __lt__(self, other):
        return self._number() < other

    __hash__ = str.__hash__


class Collector:
    """Shows what is relevant for these values; what is not shown is blank for everybody."""

    def __init__(self, survey: list[Line], values: dict[str, str]) -> None:
        self.lines: dict[str, Line] = {}
        self.above: dict[str, list[Line]] = {}
        groups: list[Line] = []
        for line in survey:
            if line.type == "end_group":
                groups.pop()
                continue
            if line.type == "begin_group":
                groups.append(line)
            self.lines[line.name], self.above[line.name] = line, list(groups)
        self.values, self.known = values, {}

    def shown(self, name: str) -> bool:
        if name not in self.known:
            self.known[name] = all(
                not each.relevant or bool(self.holds(each.relevant)) for each in [*self.above[name], self.lines[name]]
            )
        return self.known[name]

    def value(self, name: str) -> Text:
        return Text(self.values.get(name, "") if self.shown(name) else "")

    def holds(self, text: str) -> object:
        python = re.sub(r"\$\{([^}]+)\}", r"value('\1')", text)
        python = re.sub(r"(?<![!<>=])=(?!=)", "==", python).replace("count-selected", "count_selected")
        python = re.sub(r"\bnot\(", "no(", python)
        names = {
            "value": self.value,
            "selected": lambda value, code: code in value.split(),
            "count_selected": lambda value: len(value.split()),
            "no": lambda value: not value,
            "true": lambda: True,
            "false": lambda: False,
        }
        return eval(python, {"__builtins__": {}}, names)  # noqa: S307  expressions of our own


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_law__asks_what_the_model_asks(case: Case):
    checklist = Checklist.model_validate(case.doc)
    answers = {k: v for k, v in case.answers.items() if v not in ("maybe", NOT_ASKED)}
    blank = Blank([checklist], seen_by=tuple(Observer), employees="position")
    survey = survey_of(blank).survey
    # A collector keeps only what its form offers: a number for a number, a step for a scale.
    answers = {k: v for k, v in answers.items() if _offered(checklist.items_by_id[k], v)}
    values = {"outcome": "done", "position": case.position or ""} | _values(blank, answers)
    collector = Collector(survey, values)
    wanted = asked_items(checklist, answers, case.position)
    got = {i for i in checklist.items_by_id if i in collector.lines and collector.shown(i)}
    assert got == {i for i in wanted if i in collector.lines}


def _offered(item, answer) -> bool:
    if item.kind == "scale":
        return isinstance(answer, str) or item.min <= answer <= item.max
    if item.kind == "timestamp":
        return answer == "never" or isinstance(answer, datetime) or _state(item, answer)
    if item.kind == "number":
        return isinstance(answer, Decimal) or _state(item, answer)
    return True


def _state(item, answer) -> bool:
    return (answer == "not_applicable" and item.not_applicable) or (
        answer == "not_observed" and item.not_observed and item.scored
    )


def _values(blank: Blank, answers) -> dict[str, str]:
    (checklist,) = blank.checklists
    of = Submission.model_construct(answers=answers, comments={}, evidence={}, outcome="done", start=None, end=None)
    of = of.model_copy(update={"outcome": _Done()})
    return values_of(blank, {checklist.checklist: of})


class _Done:
    value = "done"


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", SHIPPED)
def test_comments__asked_for_where_the_check_asks(name, seed):
    """Where the check misses a comment the form has asked for one."""
    checklist = shipped(name)
    answers = only_given(answers_for(checklist, seed))
    of = Submission(visit_id="V", checklist=name, version="1.0.0", branch="B", answers=answers, source={"file": ""})
    blank = Blank([checklist])
    collector = Collector(survey_of(blank).survey, values_of(blank, {name: of}))
    missed = {each.params["item"] for each in check(of, checklist) if each.code == "S102"}
    asked = {
        checklist.numbers[item]
        for item in answers
        for field in (f"{item}__comment", f"{name}__{item}__comment")
        if field in collector.lines and collector.lines[field].required and collector.shown(field)
    }
    several = {checklist.numbers[i] for i in answers if checklist.items_by_id[i].kind in ("multi", "timestamp")}
    assert asked - several == missed - several
