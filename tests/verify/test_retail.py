"""A real wave: every published section and final score is reproduced by a definition and a mapping, without code."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from auditkit.analysis.verification import Finding
from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.columns import columns_from, load_columns
from auditkit.intake.proposing import propose
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns
from auditkit.model.visit import Outcome
from auditkit.scoring import score
from auditkit.tables.opening import open_book

from .sheets import SHARED, read

WAVE = SHARED / "retail-waves" / "wave_1_2024.csv"
HERE = Path(__file__).parent / "retail"

pytestmark = pytest.mark.skipif(not WAVE.exists(), reason=f"the sample wave is not at {WAVE.name}")


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    found, problems = load_checklist(HERE / "checklist.yaml")
    assert found is not None, problems
    return found


@pytest.fixture(scope="module")
def columns() -> Columns:
    found, problems = load_columns(HERE / "columns.yaml")
    assert found is not None, problems
    return found


def test_every_published_figure__ok(checklist, columns):
    verification = read(WAVE, columns, checklist).verified()
    assert verification.disagreeing == ()
    assert verification.visits == 264
    assert verification.count(Finding.AGREES, "final") == 240
    assert verification.count(Finding.NOT_CARRIED_OUT, "final") == 24
    assert verification.count(Finding.AGREES, "sections") == 264 * 11


def test_section_cells__read_independently(checklist, columns):
    """The same figures compared here by hand, so that `verify` itself is under test."""
    rows = list(csv.DictReader(WAVE.open(encoding="utf-8-sig"), delimiter=";"))
    readings = read(WAVE, columns, checklist).readings
    assert len(readings) == len(rows) == 264
    filled = 0
    for row, reading in zip(rows, readings, strict=True):
        done = reading.submission.model_copy(update={"outcome": Outcome.DONE})
        ours = {each.section: each.score for each in score(checklist, done).sections}
        for header, stated in row.items():
            if header.startswith("(Section) "):
                figure = ours[header[10]]
                filled += stated != ""
                assert (figure is None) == (stated == ""), (row["Review number"], header)
                assert figure is None or abs(float(figure) - float(stated)) <= 0.01
    assert filled > 2500


def test_closed__not_carried_out_and_never_scored(checklist, columns):
    readings = read(WAVE, columns, checklist).readings
    closed = [r.submission for r in readings if r.submission.outcome is Outcome.CLOSED]
    assert len(closed) == 24
    assert all(score(checklist, each).score is None for each in closed)
    assert len({r.submission.visit_id for r in readings}) == 264


def test_nothing_unread__ok(checklist, columns):
    found = read(WAVE, columns, checklist)
    assert set(found.codes) <= {"C104"}
    blanks = [r for r in found.readings if r.submission.answers["q759243"] == "not_observed"]
    assert len(blanks) == 1
    assert sum(len(r.submission.comments) for r in found.readings) > 3000


def test_comments_and_places__traced(checklist, columns):
    first = read(WAVE, columns, checklist).readings[0].submission
    assert first.cells["q759166"] == "X2"
    assert first.published_cells[""] == "Q2"
    assert str(first.place("q759166")) == "wave_1_2024.csv[X2]"


def test_a_proposed_mapping__verifies_the_wave(checklist):
    book, _ = open_book(WAVE, name="wave.csv")
    columns, problems = columns_from(propose(book, checklist).text)
    assert columns is not None, problems
    verification = read(WAVE, columns, checklist).verified()
    assert verification.agrees
    assert verification.count(Finding.AGREES, "final") == 240


def _later_wave(tmp_path: Path, change) -> Path:
    rows = list(csv.reader(WAVE.open(encoding="utf-8-sig"), delimiter=";"))
    path = tmp_path / "later.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(change(rows))
    return path


def test_a_later_wave__renamed_moved_and_added_columns(tmp_path, checklist, columns):
    def change(rows):
        head = [f"{h[:8]} other words, same question{' - Text' * h.endswith(' - Text')}" if h[1:7].isdigit() else h
                for h in rows[0]]  # fmt: skip
        order = [0, *reversed(range(1, len(head)))]
        moved = [[row[at] for at in order] for row in [head, *rows[1:]]]
        return [[*moved[0], "(800001) Asked this wave only"], *([*row, "No (0.00)"] for row in moved[1:])]

    verification = read(_later_wave(tmp_path, change), columns, checklist).verified()
    assert verification.agrees
    assert verification.count(Finding.AGREES, "final") == 240


def test_a_later_wave__item_dropped_and_another_in_its_place(tmp_path, checklist, columns):
    def change(rows):
        at = next(c for c, h in enumerate(rows[0]) if h.startswith("(759178)") and not h.endswith("- Text"))
        rows[0][at] = "(900178) Another question in its place"
        return rows

    found = read(_later_wave(tmp_path, change), columns, checklist)
    notes = {(each.code, each.value) for each in found.problems}
    assert ("C106", "q759178") in notes
    assert any(code == "C104" and "(900178)" in value for code, value in notes)
    assert {each.name for each in found.verified().disagreeing} == {"B", ""}

    data = checklist.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for section in data["sections"]:
        for item in section["items"]:
            item["id"] = "q900178" if item["id"] == "q759178" else item["id"]
    replaced = Checklist.model_validate(data)
    assert read(_later_wave(tmp_path, change), columns, replaced).verified().agrees


def test_a_published_score_that_its_answers_do_not_give__named(tmp_path, checklist, columns):
    def change(rows):
        rows[1][5] = "90.00"
        return rows

    (wrong,) = read(_later_wave(tmp_path, change), columns, checklist).verified().disagreeing
    assert (wrong.name, wrong.place.cell, wrong.published) == ("A", "F2", "90.00")
    assert {item.item for item in wrong.items} == {f"q{number}" for number in range(759166, 759172)}
