"""Definitions written by the program: new, export, import."""

import pytest
from openpyxl import load_workbook

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.lint import lint_file
from tests.docs.generated import ROOT

SAMPLE = ROOT / "examples" / "sheets" / "call-centre.xlsx"


@pytest.mark.parametrize("language", ["en", "ru", "kk", "pl", "ro"])
def test_new__passes_lint_but_for_what_the_author_must_fill_in(auditkit, tmp_path, language):
    said = auditkit("new", "drive-in", "-l", language)
    assert said.code == 0, said.err
    path = tmp_path / "checklists" / "drive-in" / "checklist.yaml"
    found = lint_file(path)
    assert {each.code for each in found} == {"D309"}
    text = "\n".join(line.split("#")[0] for line in path.read_text(encoding="utf-8").split("\n"))
    assert len(found) == text.count("TODO")


def test_new__filled_in_passes_lint(auditkit, tmp_path):
    auditkit("new", "drive-in", "--title", "Drive-in", "--sections", "Order, Window", "--mark", "80")
    path = tmp_path / "checklists" / "drive-in" / "checklist.yaml"
    text = path.read_text(encoding="utf-8")
    for at in range(text.count("TODO")):
        text = text.replace("TODO", f"It was seen to be number {at} of all", 1)
    path.write_text(text, encoding="utf-8")
    checklist, _ = load_checklist(path)
    assert [section.title.said("en") for section in checklist.sections] == ["Order", "Window"]
    assert (checklist.grades[0].at_least, checklist.status) == (80, "draft")
    assert [each for each in lint_file(path) if each.code == "D309"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["no/id"], "no/id"),
        (["x", "--mark", "much"], "much"),
        (["x", "--mark", "101"], "101"),
        (["there"], "there"),
    ],
)
def test_new__refuses_and_writes_over_nothing(auditkit, tmp_path, words, said):
    (tmp_path / "checklists" / "there").mkdir(parents=True)
    (tmp_path / "checklists" / "there" / "checklist.yaml").write_text("mine", encoding="utf-8")
    ended = auditkit("new", *words)
    assert (ended.code, said in ended.err) == (2, True)
    assert (tmp_path / "checklists" / "there" / "checklist.yaml").read_text(encoding="utf-8") == "mine"


def test_a_standard_lives_in_a_workbook(auditkit, tmp_path):
    assert auditkit("export", "face-to-face").code == 0
    path = tmp_path / "face-to-face.xlsx"
    assert "no file was written" in auditkit("import", path).out
    book = load_workbook(path)
    sheet = book["Questions"]
    sheet["C2"] = "The first moments"
    book.save(path)
    said = auditkit("import", path)
    assert (said.code, "1.0.0 → 1.0.1" in said.out, "still says 1.0.0" in said.out) == (0, True, True), said.out
    assert "no file was written" in auditkit("import", path).out
    assert auditkit("export", "face-to-face").code == 2
    assert auditkit("export", "face-to-face", "--force").code == 0
    assert load_workbook(path)["Questions"]["C2"].value == "The first moments"
    assert auditkit("form", "face-to-face", "-o", "form.xlsx").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "nothing"),
        (["appearance", "--to", "doc"], "--to doc"),
        (["appearance", "-o", "x.txt"], "x.txt"),
        (["broken.yaml"], "D1"),
    ],
)
def test_export__refuses(auditkit, tmp_path, words, said):
    (tmp_path / "broken.yaml").write_text("checklist: broken\n", encoding="utf-8")
    ended = auditkit("export", *words)
    assert (ended.code, said in ended.err) == (2, True), ended.err


def test_import__a_foreign_sheet_with_its_guesses(auditkit, tmp_path):
    said = auditkit("import", SAMPLE, "--id", "hotline", "-l", "pl")
    assert (said.code, "D513" in said.out, "QA form!D4" in said.out) == (0, True, True), said.err
    checklist, _ = load_checklist(tmp_path / "checklists" / "hotline" / "checklist.yaml")
    assert (checklist.status, len(checklist.items_by_id)) == ("draft", 7)
    assert auditkit("form", "hotline", "-o", "form.xlsx").code == 2
    assert auditkit("form", "hotline", "--draft", "-o", "form.xlsx").code == 0
    assert "no file was written" in auditkit("import", SAMPLE, "--id", "hotline").out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "D510"),
        (b"", "F1"),
        (b"PK\x03\x04junk", "F1"),
        (b"%PDF-1.7", "F1"),
    ],
)
def test_import__a_file_without_questions(auditkit, tmp_path, content, said):
    (tmp_path / "x.xlsx").write_bytes(content)
    ended = auditkit("import", "x.xlsx")
    assert (ended.code, said in ended.err) == (2, True), ended.err
    assert not (tmp_path / "checklists").exists()


def test_import__of_a_broken_workbook_of_ours_writes_nothing(auditkit, tmp_path):
    auditkit("export", "appearance")
    book = load_workbook(tmp_path / "appearance.xlsx")
    book["Questions"]["A3"] = "qestion"
    book.save(tmp_path / "appearance.xlsx")
    ended = auditkit("import", "appearance.xlsx", "-l", "kk")
    assert (ended.code, "Questions!A3" in ended.err) == (2, True)
    assert not (tmp_path / "checklists").exists()
