"""Why a wave differs: rules held against all of it, added questions, other weights, answers in common."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from auditkit.analysis.verification import Finding, Verification
from auditkit.analysis.verify_hints import Hints, hints_of
from auditkit.analysis.verify_rows import hint_lines, reasons
from auditkit.intake.spare import spare_columns
from auditkit.locales import LANGUAGES
from auditkit.model.checklist import Checklist
from auditkit.tables.opening import open_book

from .sheets import Shelf, as_csv, checklist_from, mapping, read

SECTIONS: Mapping[str, Sequence[str]] = {"A": ("a1", "a2", "a3"), "B": ("b1", "b2", "b3", "b4"), "C": ("c1", "c2")}
WEIGHTS: Mapping[str, int] = {"A": 20, "B": 50, "C": 30}
COLUMNS = """
    checklist: wave
    visit: visit
    branch: branch
    spellings: {not_applicable: [n/r]}
    published: {final: total, sections: "{id}"}
"""
Answers = Mapping[str, str]


@pytest.fixture
def wave(tmp_path):
    lines = [
        f"  - {{id: {section}, title: Part {section}, weight: {WEIGHTS[section]}, items: ["
        + ", ".join(f"{{id: {item}, text: Question {item}}}" for item in items)
        + "]}"
        for section, items in SECTIONS.items()
    ]
    head = "checklist: wave\nversion: 1.0.0\ntitle: Wave\ndefaults: {not_applicable: true}\nsections:\n"
    return checklist_from(tmp_path, head + "\n".join(lines) + "\n")


def share(answers: Answers, items: Sequence[str]) -> Fraction | None:
    """The agency's own sum: yes among yes and no."""
    counted = [answers[item] for item in items if answers[item] != "n/r"]
    return Fraction(100 * counted.count("yes"), len(counted)) if counted else None


def mean(scores: Mapping[str, Fraction | None], weights: Mapping[str, int]) -> Fraction:
    known = {section: score for section, score in scores.items() if score is not None}
    return sum(score * weights[section] for section, score in known.items()) / sum(weights[s] for s in known)


def sheet(
    folder: Path,
    *,
    sections: Mapping[str, Sequence[str]] = SECTIONS,
    weights: Mapping[str, int] = WEIGHTS,
    more: Sequence[str] = (),
    final: Callable[[Fraction, Answers], Fraction] = lambda score, _: score,
    score: Callable[[Answers, Sequence[str]], Fraction | None] = share,
    visits: int = 40,
) -> Path:
    """A wave as an agency publishes it that scores by these rules; `more`: columns beside the questions."""
    chance = random.Random(5)  # noqa: S311  a wave, not a secret
    items = [*(item for each in SECTIONS.values() for item in each), *more]
    rows = ["| visit | branch | " + " | ".join([*items, *SECTIONS, "total"]) + " |"]
    for visit in range(visits):
        answers = {item: chance.choice(("yes", "yes", "no", "n/r")) for item in items}
        parts = {section: score(answers, own) for section, own in sections.items()}
        total = final(mean(parts, weights), answers)
        shown = ["" if each is None else f"{float(each):.2f}" for each in (*parts.values(), total)]
        rows.append(f"| {visit} | b{visit % 7} | " + " | ".join([*answers.values(), *shown]) + " |")
    return as_csv(folder, "\n".join(rows), "wave.csv")


def verified(path: Path, checklist: Checklist) -> tuple[Verification, Hints]:
    found = read(path, COLUMNS, checklist)
    verification = found.verified()
    book, _ = open_book(path, name=path.name)
    assert book is not None
    spare = spare_columns(book, mapping(COLUMNS), Shelf(checklist))
    submissions = [each.submission for each in found.readings if each.submission]
    return verification, hints_of(verification, submissions, {"wave": checklist}, mapping(COLUMNS), spare)


def test_by_our_rules__nothing_differs(tmp_path, wave):
    verification, hints = verified(sheet(tmp_path), wave)
    assert verification.agrees
    assert hints == Hints()


def test_questions_added_to_two_sections__named(tmp_path, wave):
    grown = {**SECTIONS, "B": (*SECTIONS["B"], "new1"), "C": (*SECTIONS["C"], "new2", "new3")}
    verification, hints = verified(sheet(tmp_path, sections=grown, more=("new1", "new2", "new3", "odd")), wave)
    assert {(each.section, tuple(header for _, header in each.columns)) for each in hints.added} == {
        ("B", ("new1",)), ("C", ("new2", "new3")),
    }  # fmt: skip
    assert hints.added[0].columns[0][0] == "L"
    assert {rule for rule, _ in verification.explained} <= {"follows_sections"}, "nothing that fits by chance"
    assert hints.weights == ()


def test_a_question_that_counts_no_more__named(tmp_path, wave):
    fewer = {**SECTIONS, "B": ("b1", "b2", "b4")}
    verification, hints = verified(sheet(tmp_path, sections=fewer), wave)
    assert verification.explained[0] == ("without_item:b3", len(verification.disagreeing))
    assert hints.added == ()
    (line,) = reasons(verification, {"wave": wave}, "en")
    assert "2.3 Question b3 did not count. In the checklist: weight: 0" in line


def test_other_section_weights__worked_out(tmp_path, wave):
    verification, hints = verified(sheet(tmp_path, weights={"A": 45, "B": 25, "C": 30}), wave)
    assert verification.count(Finding.DISAGREES, "sections") == 0
    (found,) = hints.weights
    assert {section: int(weight) for section, weight in found.weights} == {"A": 45, "B": 25, "C": 30}
    assert (found.agree, found.all) == (40, 40)


def test_a_knock_out_that_the_definition_lacks__what_they_have_in_common(tmp_path, wave):
    verification, hints = verified(
        sheet(tmp_path, final=lambda score, answers: Fraction(0) if answers["b2"] == "no" else score), wave
    )
    (found,) = hints.common
    assert (found.name, found.item, found.answer) == ("", "b2", "no")
    assert found.visits == verification.count(Finding.DISAGREES, "final")


def test_not_applicable_as_zero__and_rounded(tmp_path, wave):
    def rounded(answers: Answers, items: Sequence[str]) -> Fraction:
        return Fraction(round(Fraction(100 * sum(answers[item] == "yes" for item in items), len(items))))

    path = sheet(tmp_path, score=rounded, final=lambda score, _: Fraction(round(score)))
    verification, _ = verified(path, wave)
    assert verification.explained[0][0] == "not_applicable_zero+rounded_0"
    first = reasons(verification, {"wave": wave}, "en")[0]
    assert "when_not_applicable: zero" in first
    assert "published: {decimals: 0}" in first


def test_one_wrong_cell__no_rule_is_blamed_for_it(tmp_path, wave):
    path = sheet(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[9].split(";")
    cells[11] = "12.34"
    path.write_text("\n".join([*lines[:9], ";".join(cells), *lines[10:]]), encoding="utf-8")
    (wrong,) = verified(path, wave)[0].disagreeing
    assert (wrong.name, wrong.place.cell, wrong.why) == ("A", "L10", ())


def test_answers_that_nobody_reads__come_first(tmp_path, wave):
    path = sheet(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace(";no;", ";nope, sorry;"), encoding="utf-8")
    verification, hints = verified(path, wave)
    assert all(each.unread or each.why == ("follows_sections",) for each in verification.disagreeing)
    assert hints == Hints()
    assert "could not be read" in reasons(verification, {"wave": wave}, "en")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hints__in_every_language(tmp_path, wave, language):
    grown = {**SECTIONS, "B": (*SECTIONS["B"], "new1")}
    path = sheet(tmp_path, sections=grown, weights={"A": 30, "B": 40, "C": 30}, more=("new1",))
    verification, hints = verified(path, wave)
    lines = hint_lines(hints, {"wave": wave}, language)
    assert len(lines) == len(hints.added) + len(hints.weights) + len(hints.common) > 0
    assert not any("{" in line for line in lines)
    assert any("new1" in line for line in lines)
    assert all(reasons(verification, {"wave": wave}, language))
