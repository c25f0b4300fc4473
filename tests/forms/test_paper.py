"""The form on paper: what is printed of every question, and how the pages break."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from auditkit.forms import browser
from auditkit.forms.blank import Blank, CannotWrite
from auditkit.forms.layout import rows_of
from auditkit.forms.paper.writing import paper_html, write_paper
from auditkit.locales import LANGUAGES, say
from auditkit.model.judging import Observer
from auditkit.model.visit import Source, Submission
from tests.forms.person import SHIPPED, shipped
from tests.verify.sheets import checklist_from

TILL = """
checklist: till
version: 1.2.0
title: {en: "Till & <desk>", ru: Касса}
sections:
  - id: till
    title: {en: At the till, ru: На кассе}
    items:
      - {id: greets, text: "Greets <b>first</b>?", guidance: "Before you do.", comment: not_met}
      - {id: offers, kind: multi, text: What was offered?, not_applicable: true, for: [cashier],
         options: [{id: bag, text: Bag, credit: 1}, {id: card, text: Card, credit: 1}],
         applies_when: {item: greets, is: "yes"}}
      - {id: tidy, kind: scale, text: How tidy?, min: 1, max: 3, labels: {1: filthy, 3: spotless}, evidence: not_met}
      - {id: waits, kind: number, text: How long?, unit: minutes, bands: [{up_to: 5, credit: 1}, {credit: 0}]}
      - {id: left, kind: timestamp, text: When did you leave?}
      - {id: words, kind: text, text: Anything else?}
      - {id: logged, text: Is it in the log?, seen_by: office}
"""


class Words(HTMLParser):
    """The text of a page, a line an element; what styles hold is no text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.marks: list[str] = []
        self._hidden = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._hidden = tag == "style"
        if tag == "i":
            self.marks.append(dict(attrs)["class"])
        assert tag not in ("script", "link", "img", "b") or tag == "b"

    def handle_data(self, data):
        if data.strip() and not self._hidden:
            self.lines.append(" ".join(data.split()))


@pytest.fixture
def till(tmp_path) -> Blank:
    return Blank([checklist_from(tmp_path, TILL)], visit_id="K7-0412", branch="B07", employees="position")


def test_a_page__says_what_the_definition_says_and_nothing_of_it_is_markup(till):
    page = paper_html(till)
    lines = Words(page).lines
    for line in (
        "Greets <b>first</b>?", "Before you do.", "Only if 1.1 = Yes", "Only if the employee was: cashier",
        "1 – filthy", "2", "3 – spotless", "None of these", "Never", "minutes", "Till & <desk> · version 1.2.0",
        "If the answer is “No”: say in the comment what happened.", "File (photo), its name", "K7-0412", "B07",
    ):  # fmt: skip
        assert line in lines, line
    assert "Is it in the log?" not in lines
    assert not any(line.startswith("Choose Yes beside") for line in lines)
    assert "Is it in the log?" in Words(paper_html(replace(till, seen_by=tuple(Observer)))).lines


def test_boxes_for_several__circles_for_one(till):
    marks = Words(paper_html(till)).marks
    assert marks.count("box") == 1 + 2  # the key, two options
    # The key, seven outcomes, one position; yes and no with one more, three behind the boxes, three steps with one
    # more, one beside the number, two beside the moment.
    assert marks.count("one") == 1 + 7 + 1 + 3 + 3 + 4 + 1 + 2


def test_a_page__needs_no_other_file_and_runs_nothing(till):
    page = paper_html(till)
    assert "default-src 'none'" in page
    assert not re.search(r"<script|https?:|url\(|<link|<img", page)
    assert page == paper_html(till)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped__every_question_and_answer_is_on_the_page(name, language):
    checklist = shipped(name)
    blank = Blank([checklist], language, visit_id="V1")
    lines = Words(paper_html(blank)).lines
    for row in rows_of(checklist, language, blank.seen_by):
        assert " ".join(row.text.split()) in lines, row
        assert row.number in lines or row.kind == "option"
        for word in row.choices:
            assert word in lines or any(line.startswith(f"{word} – ") for line in lines), (row, word)
    assert not any("{" in line for line in lines)


def test_filled_in_part__ticked_and_written(till):
    answers = {"greets": "no", "offers": ("card",), "tidy": 3, "waits": Decimal("2.5"), "words": "a < b",
               "left": datetime(2026, 8, 20, 10, 31)}  # fmt: skip  # noqa: DTZ001
    told = Submission(
        visit_id="K7-0412", checklist="till", version="1.2.0", branch="B07", answers=answers,
        comments={"greets": "nobody looked up"}, evidence={"tidy": "p1.jpg"}, source=Source(file=""),
    )  # fmt: skip
    page = paper_html(replace(till, filled={"till": told}))
    ticked = re.findall(r'<i class="(\w+) on"></i>([^<]+)', page)
    assert ticked == [("one", "Carried out"), ("one", "No"), ("box", "Card"), ("one", "3 – spotless")]
    lines = Words(page).lines
    for line in ("2.5", "2026-08-20", "10:31", "a < b", "nobody looked up", "p1.jpg"):
        assert line in lines, line
    empty = Submission(visit_id="V", checklist="till", version="1.2.0", branch="B07", source=Source(file=""))
    assert re.findall(r'<i class="\w+ on"></i>', paper_html(replace(till, filled={"till": empty}))) == [
        '<i class="one on"></i>'
    ]


def test_html__is_written_whole(till, tmp_path):
    write_paper(till, tmp_path / "f.html")
    assert (tmp_path / "f.html").read_text(encoding="utf-8") == paper_html(till)
    assert not list(tmp_path.glob("*.part"))


def test_no_browser__a_sentence_and_nothing_left_behind(till, tmp_path, monkeypatch):
    monkeypatch.setattr(browser, "browsers", lambda: iter(()))
    with pytest.raises(CannotWrite, match=r"Ctrl\+P"):
        write_paper(till, tmp_path / "f.pdf")
    assert [p.name for p in tmp_path.iterdir()] == ["checklist.yaml"]


@pytest.mark.parametrize(("script", "seconds"), [("exit 3", 90), ("sleep 20", 0.3)])
def test_a_browser_that_prints_nothing_or_hangs__the_next_one_then_a_sentence(
    till, tmp_path, monkeypatch, script, seconds
):
    if os.name == "nt":
        pytest.skip("a shell script stands for the browser")
    fake = tmp_path / "browser"
    fake.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(browser, "browsers", lambda: iter([str(fake), str(tmp_path / "gone")]))
    monkeypatch.setattr(browser, "SECONDS", seconds)
    with pytest.raises(CannotWrite, match="browser"):
        write_paper(replace(till, language="en"), tmp_path / "f.pdf")
    assert not (tmp_path / "f.pdf").exists()


def test_the_sandbox_is_off_for_root_only(monkeypatch):
    if not hasattr(os, "geteuid"):
        pytest.skip("there is no root")
    for user, off in ((0, True), (1000, False)):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        assert ("--no-sandbox" in browser._command("b", Path("/t/p.html"), Path("/t/p.pdf"))) is off


def _pages(pdf: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)  # noqa: S603, S607
    return done.stdout.decode().split("\f")[:-1]


@pytest.mark.chromium
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads the pages")
@pytest.mark.parametrize("language", ["kk", "pl"])
def test_pdf__a4_pages_each_with_code_version_and_number(language, tmp_path):
    if not list(browser.browsers()):
        pytest.skip("no browser that prints")
    checklists = [shipped("phone-etiquette"), shipped("premises")]
    blank = Blank(checklists, language, visit_id="K7-Q3-0412", branch="B07")
    write_paper(blank, tmp_path / "f.pdf")
    info = subprocess.run(["pdfinfo", tmp_path / "f.pdf"], capture_output=True, check=True).stdout.decode()  # noqa: S603, S607
    assert "(A4)" in info
    pages = _pages(tmp_path / "f.pdf")
    assert 6 <= len(pages) <= 12
    for number, page in enumerate(pages, 1):
        foot = " ".join(page.strip().splitlines()[-1].split())
        assert foot.startswith("K7-Q3-0412"), foot
        assert foot.endswith(f"{number} / {len(pages)}"), foot
        for each in checklists:
            assert say(language, "forms.footer", title=each.title.said(language), version="1.0.0") in foot
    _never_parted(blank, pages)


def _never_parted(blank: Blank, pages: list[str]) -> None:
    """A question stands on one page with its last answer, a heading above a question."""
    plain = ["".join(page.split()) for page in pages]
    for checklist in blank.checklists:
        rows = rows_of(checklist, blank.language, blank.seen_by)
        for row, after in pairwise(rows):
            last = (
                row.choices[-1] if row.kind == "item" and row.choices else after.text if row.kind == "section" else ""
            )
            both = ("".join((row.number + row.text).split()), "".join(last.split()))
            assert any(both[0] in page and both[1] in page for page in plain), both


def test_the_command__writes_paper_and_says_where(tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from auditkit.cli.main import application

    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(
        application(), ["form", "premises", "--to", "print", "-o", "f.html", "--visit", "V1", "-l", "ro"]
    )
    assert made.exit_code == 0, made.output
    assert '<html lang="ro">' in Path("f.html").read_text(encoding="utf-8")
    monkeypatch.setattr(browser, "browsers", lambda: iter(()))
    made = CliRunner().invoke(application(), ["form", "premises", "--to", "print", "-o", "f.pdf", "-l", "ru"])
    assert made.exit_code == 2
    assert "нажмите Ctrl+P" in made.output
