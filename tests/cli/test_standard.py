"""The standard as people read it, and what is not approved yet."""

import pytest

from tests.run.made import programme, report

DRAFT = """\
checklist: trial
version: 0.1.0
title: A trial
language: en
status: draft
sections:
  - id: only
    title: The only one
    items: [{id: greets, text: Does the employee greet you?}]
"""


@pytest.fixture
def trial(tmp_path):
    path = tmp_path / "trial.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_standard__writes_all_kinds_in_the_language_asked_for(auditkit, tmp_path):
    said = auditkit("standard", "phone-etiquette", "face-to-face", "-l", "kk", "-o", "book")
    assert said.code == 0, said.err
    names = {path.name for path in (tmp_path / "book").iterdir()}
    assert {"book.html", "leaflet.html", "newcomer.html"} <= names
    assert 'lang="kk"' in (tmp_path / "book" / "book.html").read_text(encoding="utf-8")


def test_standard__only_what_was_asked_for(auditkit, tmp_path):
    auditkit("standard", "phone-etiquette", "--for", "newcomer", "--to", "md", "-o", "book")
    assert [path.name for path in (tmp_path / "book").iterdir()] == ["newcomer.md"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["phone-etiquete"], "phone-etiquette"),
        (["phone-etiquette", "--for", "king"], "--for king"),
        (["phone-etiquette", "--to", "doc"], "--to doc"),
        (["phone-etiquette", "-o", "trial.yaml"], "trial.yaml"),
        (["phone-etiquette", "phone-etiquette"], "twice"),
    ],
)
@pytest.mark.usefixtures("trial")
def test_standard__refuses(auditkit, words, said):
    ended = auditkit("standard", *words)
    assert (ended.code, said in ended.err) == (2, True), ended.err


@pytest.mark.parametrize(
    "words", [["form", "-o", "f.xlsx"], ["standard"], ["fill", "-o", "f.json", "--shopper", "K7", "--branch", "B1"]]
)
def test_draft__is_refused_where_it_would_reach_a_branch(auditkit, trial, words):
    ended = auditkit(words[0], trial, *words[1:])
    assert (ended.code, "D153" in ended.err, "--draft" in ended.err) == (2, True, True), ended.err


def test_draft__that_was_asked_for(auditkit, trial, tmp_path):
    assert auditkit("form", trial, "--draft", "-o", "f.xlsx").code == 0
    assert auditkit("standard", trial, "--draft", "--for", "book", "-o", "book").code == 0
    assert "DRAFT" in (tmp_path / "book" / "book.html").read_text(encoding="utf-8")


def test_draft__of_a_programme_is_neither_asked_nor_scored_nor_reported(auditkit, tmp_path):
    folder = programme(tmp_path / "acme")
    report(folder, "W1/V1", "B01")
    for path in folder.glob("checklists/**/*.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + "\nstatus: draft\n", encoding="utf-8")
    for words in (["run", folder], ["form", "--wave", "W1", "-p", folder]):
        ended = auditkit(*words)
        assert (ended.code, "D153" in ended.err) == (2, True), (words, ended.err)
    assert auditkit("run", folder, "--draft").code == 0


def test_draft__visits_are_refused_one_by_one(auditkit, tmp_path):
    folder = programme(tmp_path / "acme")
    file = report(folder, "W1/V1", "B01")
    (draft,) = folder.glob("checklists/**/*.yaml")
    draft.write_text(draft.read_text(encoding="utf-8") + "\nstatus: draft\n", encoding="utf-8")
    assert auditkit("check", file, "--checklist", draft).code == 0
    ended = auditkit("score", file, "--checklist", draft)
    assert (ended.code, "D153" in ended.err) == (1, True), ended.err
    assert auditkit("score", file, "--checklist", draft, "--draft").code == 0
