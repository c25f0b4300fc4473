"""The same visit by workbook, page, terminal, KoboToolbox data and a Google Forms export: the same scores, exactly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.definitions.columns import load_columns
from auditkit.forms.blank import Blank
from auditkit.forms.desk.interview import Interview
from auditkit.forms.page.writing import write_page
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.proposing import propose
from auditkit.intake.reading import read_file
from auditkit.model.visit import Submission
from auditkit.tables.opening import open_book
from tests.forms.browser import Shopper, opened
from tests.forms.desk_person import COVER, walked
from tests.forms.person import LIBRARY, SHIPPED, Form, answers_for, only_given, shipped
from tests.forms.test_workbook import digits
from tests.intake.google_export import exported as by_google
from tests.intake.kobo_export import Variant
from tests.intake.kobo_export import exported as by_kobo

pytestmark = [pytest.mark.chromium, pytest.mark.slow]
CODE, SEED = "K7-Q3-0412", 5


class Ways:
    """One visit on one checklist, handed in by every way there is."""

    def __init__(self, name: str, folder: Path) -> None:
        self.checklist, self.folder = shipped(name), folder
        self.answers = only_given(answers_for(self.checklist, SEED))
        self.blank = Blank([self.checklist], "en", CODE, "B07", "2026-Q3", "K7")

    def workbook(self) -> Submission:
        write_form(self.blank, self.folder / "empty.xlsx")
        form = Form(self.folder / "empty.xlsx", "en")
        form.fill_cover()
        form.answer(self.checklist, self.answers)
        return self._read(form.save(self.folder / "form.xlsx"))

    def page(self, page) -> Submission:
        write_page(self.blank, self.folder / "form.html")
        shopper = Shopper(opened(page, self.folder / "form.html"), self.checklist)
        shopper.cover()
        shopper.everything({self.checklist.checklist: self.answers})
        return self._read(shopper.report(self.folder))

    def terminal(self) -> Submission:
        interview = Interview(replace(self.blank, branch="B07"))
        _, lines = walked(interview, interview.begin(), {self.checklist.checklist: self.answers}, COVER)
        path = self.folder / "desk.json"
        known = ["--visit", CODE, "--branch", "B07", "--wave", "2026-Q3", "--shopper", "K7", "-l", "en"]
        words = ["fill", self.checklist.checklist, "-o", str(path), *known]
        result = CliRunner().invoke(application(), words, input="\n".join(lines) + "\n\n")
        assert result.exit_code == 0, result.output[-400:]
        return self._read(path)

    def kobo(self, handed_in: Submission) -> Submission:
        path = self.folder / "kobo.csv"
        variant = Variant(labels="ru", groups="/", several="details")
        path.write_text(by_kobo(self.blank, [{self.checklist.checklist: handed_in}], variant), encoding="utf-8")
        return self._read(path)

    def google(self, handed_in: Submission) -> Submission:
        path = self.folder / "google.csv"
        path.write_text(by_google(self.checklist, [handed_in], "en"), encoding="utf-8")
        book, _ = open_book(path, name="google.csv")
        (self.folder / "columns.yaml").write_text(propose(book, self.checklist).text, encoding="utf-8")
        columns, problems = load_columns(self.folder / "columns.yaml", [self.checklist])
        assert columns is not None, problems
        (reading,) = read_file(path, LIBRARY, columns=columns).readings
        return reading.submission

    def _read(self, path: Path) -> Submission:
        (reading,) = read_file(path, LIBRARY).readings
        assert reading.submission is not None, reading.problems
        return reading.submission


@pytest.mark.parametrize("name", SHIPPED)
def test_five_ways__identical_scores(name, page, tmp_path):
    ways = Ways(name, tmp_path)
    first = ways.workbook()
    handed_in = {
        "workbook": first,
        "page": ways.page(page),
        "terminal": ways.terminal(),
        "kobo": ways.kobo(first),
        "google": ways.google(first),
    }
    checklist = ways.checklist
    for way, submission in handed_in.items():
        assert only_given(submission.answers) == ways.answers, way
        assert (submission.visit_id, submission.branch) == (CODE, "B07"), way
        assert str(submission.visit_date) == "2026-08-20", way
        score, shown, grade, verdict, items = digits(checklist, submission)
        wanted = digits(checklist, first)
        assert (score, shown, grade, verdict) == wanted[:4], way
        if way != "google":  # whose table does not say which questions its form left out; nothing of that is scored
            assert [(i.item, i.credit, i.state) for i in items] == [(i.item, i.credit, i.state) for i in wanted[4]]
