"""Later waves of the real programme, made from the one that is at hand: other forms, other words, other questions."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from auditkit.analysis.verification import Finding
from auditkit.analysis.verify_hints import hints_of
from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.columns import load_columns
from auditkit.intake.spare import spare_columns
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Columns
from auditkit.tables.opening import open_book

from .sheets import SHARED, Shelf, proposed, read

FOLDER = SHARED / "retail-waves"
WAVE = FOLDER / "wave_1_2024.csv"
HERE = Path(__file__).parent / "retail"
Rows = list[list[str]]

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


def rows() -> Rows:
    return list(csv.reader(WAVE.open(encoding="utf-8-sig"), delimiter=";"))


def wave(
    folder: Path, changed: Rows, *, delimiter: str = ";", encoding: str = "utf-8-sig", name: str = "later.csv"
) -> Path:
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(changed)
    return path


def all_agree(path: Path, columns: Columns, checklist: Checklist) -> None:
    verification = read(path, columns, checklist).verified()
    assert verification.agrees, verification.disagreeing[:3]
    assert verification.count(Finding.AGREES, "final") == 240
    assert verification.not_carried_out == 24


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), ("\t", "utf-16"), ("|", "utf-8-sig")], ids=["comma", "utf-16", "bar"]
)
def test_another_separator_and_encoding__ok(tmp_path, checklist, columns, delimiter, encoding):
    all_agree(wave(tmp_path, rows(), delimiter=delimiter, encoding=encoding), columns, checklist)


def test_headers_in_capitals__ok(tmp_path, checklist, columns):
    head, *body = rows()
    all_agree(wave(tmp_path, [[each.upper() for each in head], *body]), columns, checklist)


def test_decimal_commas__ok(tmp_path, checklist, columns):
    head, *body = rows()
    changed = [[re.sub(r"^(.*?\(?\d+)\.(\d\d\)?)$", r"\1,\2", cell) for cell in row] for row in body]
    all_agree(wave(tmp_path, [head, *changed]), columns, checklist)


def test_yes_and_no_in_the_vendors_language__by_their_points(tmp_path, checklist, columns):
    head, *body = rows()
    said = [[cell.replace("Yes (100", "Ya (100").replace("No (0", "Tidak (0") for cell in row] for row in body]
    all_agree(wave(tmp_path, [head, *said]), columns, checklist)


def test_a_workbook_with_percent_formats__fractions(tmp_path, checklist, columns):
    from openpyxl import Workbook

    head, *body = rows()
    book = Workbook()
    book.active.append(head)
    for row in body:
        book.active.append([_fraction(cell) if 5 <= at <= 16 else cell or None for at, cell in enumerate(row)])
    for cells in book.active.iter_rows(min_row=2, min_col=6, max_col=17):
        for cell in cells:
            cell.number_format = "0.00%"
    book.save(tmp_path / "later.xlsx")
    path = tmp_path / "later.xlsx"
    verification = read(path, columns, checklist).verified()
    assert verification.explained[0] == ("as_fraction", len(verification.disagreeing))
    as_written = (HERE / "columns.yaml").read_text(encoding="utf-8").replace("tolerance: 0.01", "scale: fraction")
    assert read(path, as_written, checklist).verified().agrees
    assert read(path, proposed(path, checklist), checklist).verified().agrees


def _fraction(cell: str) -> str | float | None:
    return float(cell) / 100 if cell.replace(".", "").isdigit() else cell or None


def test_another_word_for_closed__never_scored(tmp_path, checklist, columns):
    changed = [["Tutup" if cell == "Closed" else cell for cell in row] for row in rows()]
    found = read(wave(tmp_path, changed), columns, checklist)
    assert [(each.code, each.value) for each in found.problems if each.code == "C114"] == [("C114", "Tutup")] * 24
    wrong = found.verified().disagreeing
    assert {(each.finding, each.published, each.name) for each in wrong} == {(Finding.UNREADABLE, "Tutup", "")}
    mapping = (HERE / "columns.yaml").read_text(encoding="utf-8").replace("Closed", "Tutup")
    all_agree(tmp_path / "later.csv", read(tmp_path / "later.csv", mapping, checklist).columns, checklist)


def test_without_sections_or_finals__what_is_there_is_compared(tmp_path, checklist, columns):
    changed = rows()
    kept = [at for at, header in enumerate(changed[0]) if not header.startswith("(Section)")]
    verification = read(wave(tmp_path, [[row[at] for at in kept] for row in changed]), columns, checklist).verified()
    assert verification.agrees
    assert [verification.count(Finding.AGREES, kind) for kind in ("final", "sections")] == [240, 0]
    kept = [at for at, header in enumerate(changed[0]) if header != "Final Score"]
    found = read(wave(tmp_path, [[row[at] for at in kept] for row in changed]), columns, checklist)
    assert found.codes.count("C102") == 2
    assert found.verified().count(Finding.AGREES, "sections") == 264 * 11


def test_a_row_of_means_at_the_end__no_visit(tmp_path, checklist, columns):
    changed = rows()
    changed.append(["Rata-rata", *[""] * 4, *["91.2"] * 12, *[""] * (len(changed[0]) - 17)])
    path = wave(tmp_path, changed)
    found = read(path, columns, checklist)
    assert [(each.code, each.place.line) for each in found.problems if each.code == "C117"] == [("C117", 266)]
    all_agree(path, columns, checklist)
    assert 'skip: {"Review number": ["Rata-rata"]}' in proposed(path, checklist)


def _rescored(changed: Rows, items: dict[str, list[str]], weights: dict[str, float]) -> Rows:
    """The vendor's own sums over other items and weights."""
    head, *body = changed
    at = {found[1]: c for c, h in enumerate(head) if (found := re.match(r"\((\d+)\)", h)) and not h.endswith("- Text")}
    sections = {h[10]: c for c, h in enumerate(head) if h.startswith("(Section)")}
    made = [head]
    for row in body:
        new, scores = list(row), {}
        for section, own in items.items():
            points = [row[at[item]].endswith("(100.00)") for item in own if row[at[item]].endswith(".00)")]
            if points:
                scores[section] = 100 * sum(points) / len(points)
            new[sections[section]] = f"{scores[section]:.2f}" if points else ""
        if row[16] != "Closed":
            whole = sum(score * weights[section] for section, score in scores.items())
            new[16] = f"{whole / sum(weights[section] for section in scores):.2f}"
        made.append(new)
    return made


@pytest.fixture(scope="module")
def vendor() -> tuple[dict[str, list[str]], dict[str, float]]:
    items = json.loads((FOLDER / "scored_items.json").read_text(encoding="utf-8"))["Wave 1 2024"]
    lines = (FOLDER / "section_weight.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return items, {line[10]: float(line.rsplit(";", 1)[1]) for line in lines}


Change = Callable[[dict[str, list[str]], dict[str, float]], None]


def _hints(path: Path, columns: Columns, checklist: Checklist):
    found = read(path, columns, checklist)
    verification = found.verified()
    book, _ = open_book(path, name=path.name)
    submissions = [each.submission for each in found.readings if each.submission]
    spare = spare_columns(book, columns, Shelf(checklist))
    return verification, hints_of(verification, submissions, {checklist.checklist: checklist}, columns, spare)


def test_items_added__named_with_their_section(tmp_path, checklist, columns, vendor):
    items, weights = vendor
    grown = {**items, "E": [*items["E"], "759211"], "J": [*items["J"], "759282", "759283"]}
    verification, hints = _hints(wave(tmp_path, _rescored(rows(), grown, weights)), columns, checklist)
    named = {(each.section, tuple(header[:8] for _, header in each.columns)) for each in hints.added}
    assert named == {("E", ("(759211)",)), ("J", ("(759282)", "(759283)"))}
    assert verification.explained[0][0] == "follows_sections"
    assert all(count < 10 for _, count in verification.explained[1:]), "no rule that fits by chance"


def test_an_item_replaced__the_new_column_is_named(tmp_path, checklist, columns, vendor):
    items, weights = vendor
    changed = rows()
    at = next(c for c, h in enumerate(changed[0]) if h.startswith("(759178)") and not h.endswith("- Text"))
    changed[0][at] = "(900178) Another question"
    replaced = {name: ["900178" if item == "759178" else item for item in own] for name, own in items.items()}
    _, hints = _hints(wave(tmp_path, _rescored(changed, replaced, weights)), columns, checklist)
    assert [(each.section, each.columns) for each in hints.added] == [("B", (("AR", "(900178) Another question"),))]


def test_items_dropped__not_asked_and_nothing_differs(tmp_path, checklist, columns, vendor):
    items, weights = vendor
    changed = rows()
    kept = [at for at, header in enumerate(changed[0]) if not header.startswith(("(759178)", "(759204)"))]
    fewer = {name: [item for item in own if item not in ("759178", "759204")] for name, own in items.items()}
    all_agree(
        wave(tmp_path, _rescored([[row[at] for at in kept] for row in changed], fewer, weights)), columns, checklist
    )


def test_an_item_that_counts_no_more__named(tmp_path, checklist, columns, vendor):
    items, weights = vendor
    fewer = {name: [item for item in own if item != "759178"] for name, own in items.items()}
    verification, _ = _hints(wave(tmp_path, _rescored(rows(), fewer, weights)), columns, checklist)
    assert verification.explained == (("without_item:q759178", len(verification.disagreeing)),)


def test_other_weights__worked_out(tmp_path, checklist, columns, vendor):
    items, weights = vendor
    other = {**weights, "A": 10.0, "E": 14.0}
    _, hints = _hints(wave(tmp_path, _rescored(rows(), items, other)), columns, checklist)
    (found,) = hints.weights
    assert {section: float(weight) for section, weight in found.weights} == other
    assert (found.agree, found.all) == (240, 240)


def test_points_of_answers__compared_too(checklist):
    mapping = (HERE / "columns.yaml").read_text(encoding="utf-8")
    mapping = mapping.replace("  tolerance: 0.01", "  items: in_answers\n  items_as: {scale: percent}")
    verification = read(WAVE, mapping, checklist).verified()
    assert verification.agrees
    assert verification.count(Finding.AGREES, "items") > 15_000
