"""What differs between two versions of a checklist, and what lint says where a version does not say so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.definitions.changes import Step, changes, next_version, step_between, step_of
from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import Library, shipped_folder
from auditkit.definitions.lint import lint_file
from auditkit.model.checklist import Checklist

WHOLE = """checklist: desk
version: 1.0.0
title: Desk
grades:
  - {grade: good, title: Good, at_least: 80, verdict: pass}
  - {grade: weak, title: Weak, verdict: fail}
sections:
  - id: meet
    title: Meeting
    weight: 60
    items:
      - {id: greets, text: Did the employee greet the customer?, source: S1}
      - id: how
        kind: choice
        text: How did the employee greet?
        options: [{id: warm, text: With a smile, credit: 1}, {id: cold, text: Without, credit: 0.5}]
        source: S1
      - {id: seen, text: Was there a queue?, scored: no}
  - id: part
    title: Parting
    weight: 40
    items:
      - {id: thanks, text: Did the employee say thank you?, source: S1}
"""
RU = """language: ru
translates: VERSION
title: Стойка
grades: {good: Хорошо, weak: Слабо}
sections: {meet: Встреча, part: Прощание}
items:
  greets: {text: Сотрудник поздоровался?}
  how: {text: Как сотрудник поздоровался?, options: {warm: С улыбкой, cold: Без улыбки}}
  seen: {text: Была ли очередь?}
  thanks: {text: Сотрудник поблагодарил?}
"""


def folder(tmp_path: Path, old: str, new: str, ru: str = RU) -> Path:
    """`desk/` with a version in force and the one that is kept, in two languages."""
    home = tmp_path / "desk"
    home.mkdir()
    for name, text in (("checklist-1.0.0", old), ("checklist", new)):
        version = text.split("version: ")[1].split("\n")[0]
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
        ending = name.removeprefix("checklist")
        (home / f"ru{ending}.yaml").write_text((ru if not ending else RU).replace("VERSION", version), encoding="utf-8")
    return home


def compared(tmp_path: Path, new: str) -> list[str]:
    home = folder(tmp_path, WHOLE, new)
    pair = [load_checklist(home / name)[0] for name in ("checklist-1.0.0.yaml", "checklist.yaml")]
    assert pair[0] is not None
    assert pair[1] is not None
    found = changes(pair[0], pair[1])
    return [" ".join(f"{c.kind.value} {c.number} {c.key} {c.field} {c.step.name}".split()) for c in found]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("title: Desk\n", "title: The desk\n", ["reworded title PATCH"]),
        ("Did the employee greet the customer?", "Did the employee greet you?", ["reworded 1.1 greets text PATCH"]),
        ("text: Without", "text: Without one", ["reworded 1.2 how options.cold PATCH"]),
        ("title: Good", "title: Very good", ["reworded grades.good PATCH"]),
        ("title: Meeting", "title: The meeting", ["reworded 1 /meet title PATCH"]),
        (
            "thank you?, source: S1",
            "thank you?, source: S1, anchors: {met: Thanks in words}",
            ["reworded 2.1 thanks anchors.met PATCH"],
        ),
        ("thank you?, source: S1", "thank you?, source: S1, seen_by: office", ["rejudged 2.1 thanks seen_by MAJOR"]),
        ("title: Desk\n", "title: Desk\npositions: {sales: Sales}\n", ["reworded positions.sales PATCH"]),
        ("at_least: 80", "at_least: 85", ["rejudged grades MAJOR"]),
        ("credit: 0.5", "credit: 0.4", ["rejudged 1.2 how options.cold MAJOR"]),
        ("weight: 40", "weight: 50", ["reweighted 2 /part weight MAJOR"]),
        ("thank you?, source: S1", "thank you?, source: S1, weight: 2", ["reweighted 2.1 thanks weight MAJOR"]),
        ("thank you?, source: S1", "thank you?, source: S2", ["retagged 2.1 thanks source PATCH"]),
        ("thank you?, source: S1", "thank you?, source: S1, comment: not_met", ["retagged 2.1 thanks comment MINOR"]),
        ("thank you?, source: S1", "thank you?, source: S1, inverted: yes", ["rejudged 2.1 thanks inverted MAJOR"]),
        (
            "thank you?, source: S1",
            "thank you?, source: S1, applies_when: {item: seen, is: no}",
            ["rejudged 2.1 thanks applies_when MAJOR"],
        ),
        ("      - {id: seen, text: Was there a queue?, scored: no}\n", "", ["removed 1.3 seen MINOR"]),
        (
            "      - {id: seen, text: Was there a queue?, scored: no}\n",
            "      - {id: seen, text: Was there a queue?, scored: no}\n      - {id: also, text: Is it?, scored: no}\n",
            ["added 1.4 also MINOR"],
        ),
        (
            "      - {id: thanks",
            "      - {id: also, text: Is it?, source: S1}\n      - {id: thanks",
            ["added 2.1 also MAJOR", "moved 2.2 thanks number PATCH"],
        ),
        ("version: 1.0.0\n", "version: 1.0.0\nstatus: draft\nresponsible: {name: A}\n", []),
    ],
)
def test_change(tmp_path: Path, before: str, after: str, found: list[str]) -> None:
    assert before in WHOLE
    new = WHOLE.replace(before, after)
    if "seen" not in new:  # a translation of what is gone is another fault
        home = folder(tmp_path, WHOLE, new, RU.replace("  seen: {text: Была ли очередь?}\n", ""))
        old, late = (load_checklist(home / name)[0] for name in ("checklist-1.0.0.yaml", "checklist.yaml"))
        assert [f"{c.kind.value} {c.number} {c.key} {c.step.name}" for c in changes(old, late)] == found
        return
    if "responsible: {name" in new:
        new = new.replace("responsible: {name: A}", "responsible: [{name: A}]")
    assert compared(tmp_path, new) == found


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("1.0.0", "1.0.1", Step.PATCH),
        ("1.0.9", "1.1.0", Step.MINOR),
        ("1.9.9", "2.0.0", Step.MAJOR),
        ("1.0.0", "1.0.0", Step.NONE),
        ("1.1.0", "1.0.9", Step.NONE),
        ("1.9.0", "1.10.0", Step.MINOR),
    ],
)
def test_step_between(old: str, new: str, step: Step) -> None:
    assert step_between(old, new) is step


@given(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)), st.sampled_from(Step))
def test_next_version__says_the_step(version: tuple[int, int, int], step: Step) -> None:
    said = ".".join(map(str, version))
    assert step_between(said, next_version(said, step)) is step


@pytest.mark.parametrize("name", Library([shipped_folder()]).ids())
def test_nothing__differs_from_itself(name: str) -> None:
    checklist = Library([shipped_folder()]).get(name)
    assert checklist is not None
    assert step_of(changes(checklist, checklist)) is Step.NONE


def lint(home: Path) -> list[str]:
    return [f"{p.code} {p.value}" for p in lint_file(home)]


def test_version__is_raised_as_far_as_the_change_reaches(tmp_path: Path) -> None:
    def of(version: str, number: int) -> list[str]:
        new = WHOLE.replace("version: 1.0.0", f"version: {version}").replace("credit: 0.5", "credit: 0.4")
        (tmp_path / str(number)).mkdir()
        return lint(folder(tmp_path / str(number), WHOLE, new))

    assert of("1.0.0", 0) == ["D360 1.0.0"]
    assert of("1.0.1", 1) == ["D361 1.0.1"]
    assert of("1.1.0", 2) == ["D361 1.1.0"]
    assert of("2.0.0", 3) == []


def test_kept_version__that_is_the_same_says_nothing(tmp_path: Path) -> None:
    assert lint(folder(tmp_path, WHOLE, WHOLE)) == []
    (tmp_path / "b").mkdir()
    assert lint(folder(tmp_path / "b", WHOLE, WHOLE + "# a remark\n")) == []


def test_changed_version__is_said_of_the_one_that_changed(tmp_path: Path) -> None:
    home = folder(tmp_path, WHOLE, WHOLE.replace("credit: 0.5", "credit: 0.4"))
    assert [p.code for p in lint_file(home / "checklist.yaml")] == ["D360"]
    assert lint_file(home / "checklist-1.0.0.yaml") == ()


def test_own_copy_of_a_shipped_checklist__is_not_compared_with_the_shipped_one(tmp_path: Path) -> None:
    copytree(shipped_folder() / "appearance", tmp_path / "appearance")
    path = tmp_path / "appearance" / "checklist.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("weight: 25", "weight: 30"), encoding="utf-8")
    assert lint_file(path) == ()


def test_translation__that_stayed_behind(tmp_path: Path) -> None:
    new = WHOLE.replace("1.0.0", "1.0.1").replace("say thank you?", "thank the customer in words?")
    assert lint(folder(tmp_path, WHOLE, new)) == ["D313 thanks.text"]
    (tmp_path / "b").mkdir()
    mended = RU.replace("Сотрудник поблагодарил?", "Сотрудник поблагодарил словами?")
    assert lint(folder(tmp_path / "b", WHOLE, new, mended)) == []
    (tmp_path / "c").mkdir()
    ignored = new.replace("in words?, source: S1", "in words?, source: S1, ignore: {D313: says it already}")
    assert lint(folder(tmp_path / "c", WHOLE, ignored)) == []


def test_ignore__silences_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    bare = WHOLE.replace("thank you?, source: S1", "thank you?")
    path = tmp_path / "desk.yaml"
    for text, found in (
        (bare, ["D320 thanks"]),
        (bare.replace("thank you?", "thank you?, ignore: {D320: a house rule}"), []),
        (bare.replace("title: Desk", "title: Desk\nignore: {D320: sources are kept elsewhere}"), []),
        (bare.replace("thank you?", "thank you?, ignore: {D302: a house rule}"), ["D320 thanks", "D390 D302"]),
        (WHOLE.replace("title: Desk", "title: Desk\nignore: {D321: it is long}"), ["D390 D321"]),
        (WHOLE.replace("title: Desk", "title: Desk\nignore: {D321: ''}"), ["D113 D321"]),
    ):
        path.write_text(text, encoding="utf-8")
        assert sorted(f"{p.code} {p.value}" for p in lint_file(path)) == found, text


def test_translation_alone__is_shown_in_its_language(tmp_path: Path) -> None:
    late = WHOLE.replace("1.0.0", "1.0.1")
    home = folder(tmp_path, WHOLE, late, RU.replace("Без улыбки", "Не улыбаясь").replace("Слабо", "Плохо"))
    old, new = (load_checklist(home / name)[0] for name in ("checklist-1.0.0.yaml", "checklist.yaml"))
    assert old is not None
    assert new is not None
    found = [(c.key, c.field, c.before, c.after) for c in changes(old, new)]
    assert found == [
        ("", "grades.weak", "ru: Слабо", "ru: Плохо"),
        ("how", "options.cold", "ru: Без улыбки", "ru: Не улыбаясь"),
    ]


def test_section__that_moved_under_another_one__is_a_major_step() -> None:
    head = {"checklist": "x", "title": "X"}
    items = [{"id": "q", "text": "Is it?"}], [{"id": "r", "text": "Is it?"}]
    a, b = ({"id": name, "title": name, "weight": 50, "items": each} for name, each in zip("ab", items, strict=True))
    flat = Checklist.model_validate({**head, "version": "1.0.0", "sections": [a, b]})
    outer = {"id": "c", "title": "c", "weight": 50, "sections": [b]}
    deep = Checklist.model_validate({**head, "version": "1.1.0", "sections": [a, outer]})
    found = [(c.kind.value, c.key, c.before, c.after, c.step) for c in changes(flat, deep)]
    assert ("moved", "/b", "", "c", Step.MAJOR) in found


def test_added_question__is_named_in_the_reader_s_language(tmp_path: Path) -> None:
    late = WHOLE.replace("1.0.0", "2.0.0") + "      - {id: also, text: 'Was it so, too?', source: S1}\n"
    ru = RU + "  also: {text: Было ли и это?}\n"
    home = folder(tmp_path, WHOLE, late, ru)
    names = [str(home / name) for name in ("checklist-1.0.0.yaml", "checklist.yaml")]
    said = CliRunner().invoke(application(), ["diff", *names, "--language", "ru"], env={"COLUMNS": "140"})
    assert "Было ли и это?" in said.output


def test_diff__in_the_terminal_and_as_data(tmp_path: Path) -> None:
    home = folder(tmp_path, WHOLE, WHOLE.replace("1.0.0", "1.0.1").replace("credit: 0.5", "credit: 0.4"))
    names = [str(home / name) for name in ("checklist-1.0.0.yaml", "checklist.yaml")]
    said = CliRunner().invoke(application(), ["diff", *names])
    assert said.exit_code == 1
    assert re.search(r"1\.2 +options cold", said.output)
    assert "write 2.0.0" in " ".join(said.output.split())
    russian = CliRunner().invoke(application(), ["diff", *names, "--language", "ru"])
    assert "судят иначе" in russian.output
    data = json.loads(CliRunner().invoke(application(), ["diff", *names, "--json"]).output)
    assert (data["needed"], data["taken"], len(data["changes"])) == ("MAJOR", "PATCH", 1)
    assert (data["changes"][0]["before"], data["changes"][0]["after"]) == ("credit: 0.5", "credit: 0.4")
    same = CliRunner().invoke(application(), ["diff", names[0], names[0]])
    assert same.exit_code == 0
    assert "Nothing differs" in same.output


def test_kept_translation__is_read(tmp_path: Path) -> None:
    home = folder(tmp_path, WHOLE, WHOLE.replace("1.0.0", "1.0.1"))
    old, problems = load_checklist(home / "checklist-1.0.0.yaml")
    assert problems == ()
    assert old is not None
    assert old.title.said("ru") == "Стойка"


def test_lint__as_annotations(tmp_path: Path) -> None:
    path = tmp_path / "de,sk.yaml"
    path.write_text(WHOLE.replace("thank you?, source: S1", "thank you?"), encoding="utf-8")
    (line,) = CliRunner().invoke(application(), ["lint", str(path), "--github"]).output.strip().split("\n")
    lead, _, text = line.removeprefix("::").partition("::")
    assert lead.startswith("warning file=")
    assert lead.endswith("de%2Csk.yaml,line=23,col=14,title=D320")
    assert "thanks" in text
