"""Files through the whole line: one bad file is one bad file, and the sum of what came in is always right."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from auditkit import scoring
from auditkit.intake import json_submission, reading
from auditkit.intake.inbox import Fate
from auditkit.model.programme import Branch
from auditkit.run.files import FileOutcome, Job, file_parts, one_file, score_files
from auditkit.run.rows import Giving, file_rows
from auditkit.run.submissions import check_files, score_and_analyse, score_as_json, write_workbooks
from tests.forms.person import LIBRARY, Form, answers_for, filled, shipped
from tests.run.hostile import FORM, everything, good
from tests.verify.sheets import mapping

JOB = Job(LIBRARY)


def codes(outcome: FileOutcome) -> list[str]:
    every = [*outcome.problems, *(each for scored in outcome.scored for each in scored.problems)]
    return [each.code for each in every]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("hostile")
    return folder, everything(folder)


def test_hostile_files__each_told_by_its_code_and_none_raises(hostile):
    folder, expected = hostile
    found = {name: codes(one_file(JOB, folder / name)) for name in expected}
    assert {name: code for name, code in expected.items() if code and code not in found[name]} == {}
    assert [name for name, each in found.items() if "S299" in each] == []


def test_hostile_files__the_sum_is_right(hostile):
    folder, expected = hostile
    summary = check_files(JOB, [folder / name for name in expected])
    assert summary.files == len(expected)
    read = {name for name, code in expected.items() if not code}
    # The list of two numbers is two reports; the lock of an open workbook is none.
    assert summary.received == len(expected) + 1 - 1
    assert summary.fates[Fate.ACCEPTED] + summary.fates[Fate.DUPLICATE] == len(read)
    assert summary.fates[Fate.UNREADABLE] == summary.received - len(read)


@pytest.mark.parametrize("processes", [1, 2])
def test_hostile_files__in_a_batch_over_processes__alone_as_together(hostile, processes):
    folder, expected = hostile
    paths = [folder / name for name in expected] * 2
    together = [outcome for _, outcome in score_files(JOB, paths, whole, processes=processes)]
    assert together == [one_file(JOB, path) for path in paths]


def test_check_score_and_rows__count_alike(hostile):
    folder, expected = hostile
    paths = [folder / name for name in expected]
    checked = check_files(JOB, paths)
    printed: list[str] = []
    as_json = score_as_json(JOB, paths, printed.append, "en")
    analysed = score_and_analyse(JOB, paths)
    assert checked.fates == as_json.fates == analysed.summary.fates
    assert checked.problems == as_json.problems
    assert '"received"' in "".join(printed)
    lights = [light for path in paths for light in file_rows(Giving(LIBRARY, "W"), one_file(JOB, path)).lights]
    assert len(lights) == checked.received


def whole(outcome: FileOutcome) -> FileOutcome:
    return outcome


def deadly(outcome: FileOutcome) -> FileOutcome:
    """What a reader that aborts does to the process that asked it."""
    if "far-corner" in outcome.file:
        import os

        os._exit(134)
    return outcome


def test_a_file_that_brings_its_reader_down__the_batch_lives(tmp_path):
    paths = [good(tmp_path, f"form{n:02}.xlsx", n) for n in range(8)] * 8
    bad = tmp_path / "far-corner.xlsx"
    shutil.copy(paths[0], bad)
    paths.insert(20, bad)
    found = list(score_files(JOB, paths, deadly_in_a_worker, processes=2))
    assert [path for path, _ in found] == paths
    assert codes(found[20][1]) == ["R101"]
    assert found[20][1].problems[0].place.file == bad.as_posix()
    assert all(outcome.scored[0].score is not None for at, (_, outcome) in enumerate(found) if at != 20)


def deadly_in_a_worker(outcome: FileOutcome) -> FileOutcome:
    return outcome if any(each.code == "R101" for each in outcome.problems) else deadly(outcome)


def test_a_fault_of_our_own_in_scoring__one_file_named(tmp_path, monkeypatch):
    paths = [good(tmp_path, f"form{n}.xlsx", n) for n in range(3)]

    def stumble(checklist, submission, **options):
        if submission.source.file.endswith("form1.xlsx"):
            raise ZeroDivisionError("by zero")
        return score(checklist, submission, **options)

    score = scoring.score
    monkeypatch.setattr(scoring, "score", stumble)
    outcomes = [one_file(JOB, path) for path in paths]
    assert [codes(each)[-1:] == ["S299"] for each in outcomes] == [False, True, False]
    assert outcomes[1].scored[0].score is None
    assert check_files(JOB, paths).received == 3


# -- keys: nothing is counted twice or not at all ---------------------------------------------------------------------


def test_pain_25_28__a_copied_sheet__two_reports_one_of_them_a_duplicate(tmp_path):
    checklist = shipped(FORM)
    path = good(tmp_path)
    form = Form(path, "en")
    form.book.copy_worksheet(form.sheet(checklist))
    form.save(path)
    summary = check_files(JOB, [path])
    assert summary.received == 2
    assert summary.fates[Fate.ACCEPTED] == summary.fates[Fate.DUPLICATE] == 1
    other = next(
        option for option in ("Yes", "No") if option != form.sheet(checklist).cell(_row(form, checklist), 4).value
    )
    form.sheet(checklist).cell(_row(form, checklist), 4).value = other
    form.save(path)
    assert check_files(JOB, [path]).fates[Fate.HELD] == 2


def _row(form: Form, checklist) -> int:
    """The row of the first yes/no question."""
    return form.row(checklist, next(item.id for _, item in checklist.walk_items() if item.kind == "yes_no"))


def test_pain_28__copies_lock_files_and_the_same_file_twice(tmp_path):
    path = good(tmp_path)
    shutil.copy(path, tmp_path / "good (1).xlsx")
    (tmp_path / "~$good.xlsx").write_bytes(b"\x04user")
    paths = [path, tmp_path / "good (1).xlsx", tmp_path / "~$good.xlsx"]
    summary = check_files(JOB, paths)
    assert (summary.files, summary.received) == (3, 2)
    assert summary.fates[Fate.ACCEPTED] == summary.fates[Fate.DUPLICATE] == 1
    assert [each.code for each in summary.problems if each.code.startswith("F")] == ["F130"]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory) -> dict[str, bytes]:
    """Forms as they come in: two that say different things, one without its cover, one cut off, one empty."""
    folder = tmp_path_factory.mktemp("kinds")
    one, other = (good(folder, f"{seed}.xlsx", seed).read_bytes() for seed in (1, 2))
    form = Form(folder / "1.xlsx", "en")
    form.book.remove(form.cover)
    coverless = form.save(folder / "coverless.xlsx").read_bytes()
    return {"one": one, "other": other, "coverless": coverless, "cut": one[:3000], "empty": b""}


NAMES = st.sampled_from([*(f"form{n}.xlsx" for n in range(4)), "form1 (1).xlsx"])
KINDS = st.sampled_from(["one", "one", "other", "coverless", "cut", "empty"])


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(NAMES, KINDS, max_size=5))
def test_law__everything_that_comes_in_has_one_fate(tmp_path_factory, kinds, arrivals):
    folder = tmp_path_factory.mktemp("law")
    for name, kind in arrivals.items():
        (folder / name).write_bytes(kinds[kind])
    paths = sorted(folder.iterdir())
    summary = check_files(JOB, paths)
    assert summary.received == len(paths) == sum(summary.fates.values())
    assert check_files(JOB, paths[::-1]).fates == summary.fates
    assert summary.fates[Fate.UNREADABLE] == sum(kind in ("cut", "empty") for kind in arrivals.values())


VALUES = st.one_of(
    st.none(),
    st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
    st.sampled_from(
        ["=1/0", "#N/A", "auditkit:x@y#z", "auditkit:cover", "9" * 500, "1e999", "03/04/2026", "\u200b", "-0"]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**18), 10**18),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 1, 1)),  # noqa: DTZ001
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=4000)),
    st.booleans(),
)
CELLS = st.lists(st.tuples(st.booleans(), st.integers(1, 40), st.integers(1, 10), VALUES), max_size=12)


@settings(max_examples=80, deadline=None)
@given(CELLS)
def test_law__whatever_is_typed_into_a_form__no_fault_of_ours(tmp_path_factory, kinds, cells):
    folder = tmp_path_factory.getbasetemp()
    (folder / "typed.xlsx").write_bytes(kinds["one"])
    book = load_workbook(folder / "typed.xlsx")
    for on_cover, row, column, value in cells:
        cell = book.worksheets[0 if on_cover else 1].cell(row, column)
        if not isinstance(cell, MergedCell):
            cell.value = value
    book.save(folder / "typed.xlsx")
    outcome = one_file(JOB, folder / "typed.xlsx")
    assert "S299" not in codes(outcome)
    assert check_files(JOB, [folder / "typed.xlsx"]).received == max(1, len(outcome.scored))


# -- names from data never make a path --------------------------------------------------------------------------------

CODES = ["../../x", "..\\..\\x", "CON", "nul.txt", "a/b", "x" * 300, "B07:secret", " . ", "Бөлімше №7", "a\0b", "~$B07"]


def test_path_like_branch_codes__stay_inside_the_folder(tmp_path):
    out = tmp_path / "deep" / "out"
    answers = {name: value for name, value in answers_for(shipped(FORM), 1).items() if isinstance(value, (str, int))}
    reports = [
        {
            "visit_id": f"V{n}",
            "checklist": FORM,
            "version": "1.0.0",
            "branch": code,
            "visit_date": "2026-08-20",
            "answers": answers,
        }
        for n, code in enumerate(CODES)
    ]
    (tmp_path / "reports.json").write_text(json.dumps(reports), encoding="utf-8")
    scored = score_and_analyse(JOB, [tmp_path / "reports.json"])
    before = set(tmp_path.rglob("*"))
    written = list(write_workbooks(scored, out, "en"))
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert len(new) == len(written) == len(CODES) + 1
    assert all(path.parent == out for path in new)
    assert all(len(path.name.encode()) <= 255 for path in new)


# -- a job -------------------------------------------------------------------------------------------------------------


def test_job__names_zones_and_mappings(tmp_path):
    columns = mapping("checklist: hall\nbranch: Branch\n")
    branch = Branch(code="B07", name="B07", region="N", time_zone="Asia/Almaty")
    job = Job(LIBRARY, columns=(("visits/*/export*.csv", columns),), branches={"B07": branch}, root=tmp_path)
    assert job.name(tmp_path / "visits" / "W1" / "a.xlsx") == "visits/W1/a.xlsx"
    assert job.name(Path("/elsewhere/a.xlsx")) == "/elsewhere/a.xlsx"
    assert (job.zone_of("B07"), job.zone_of("B08")) == ("Asia/Almaty", "UTC")
    assert job.columns_of("visits/W1/export-3.csv") is columns
    assert job.columns_of("visits/W1/form.csv") is None


def test_job__branches_and_today_are_looked_at(tmp_path):
    path = filled(tmp_path, [shipped(FORM)], "en")
    known = Branch(code="007", name="7", region="N")
    outcome = one_file(Job(LIBRARY, branches={"007": known}, today=date(2026, 8, 1)), path)
    assert {"S110", "S108"} <= set(codes(outcome))
    assert outcome.scored[0].score is None


def test_fates__say_what_became_of_each(tmp_path):
    paths = []
    for n, outcome in enumerate(["Carried out", "The branch was closed", "I was recognised"]):
        path = good(tmp_path, f"f{n}.xlsx", 1)
        form = Form(path, "en")
        form.fill_cover(outcome=outcome, visit_id=f"V{n}")
        if n:
            sheet = form.sheet(shipped(FORM))
            for number in range(4, sheet.max_row + 1):
                sheet.cell(number, 4).value = sheet.cell(number, 5).value = None
        paths.append(form.save(path))
    summary = check_files(JOB, paths)
    counted = Counter({fate.value: number for fate, number in summary.fates.items() if number})
    assert counted == {"accepted": 1, "not_carried_out": 2}


# -- long tables -----------------------------------------------------------------------------------------------------


def long_lines(folder: Path, count: int) -> Path:
    """JSON lines of so many reports, every seventh of them broken."""
    answers = {name: value for name, value in answers_for(shipped(FORM), 1, 0).items() if isinstance(value, (str, int))}
    usual = {"checklist": FORM, "version": "1.0.0", "visit_date": "2026-08-20", "answers": answers}
    lines = [json.dumps({"visit_id": f"V{n}", "branch": f"B{n % 5}", **usual}) for n in range(count)]
    lines = [line[:-1] if n % 7 == 3 else line for n, line in enumerate(lines)]
    path = folder / "long.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_long_table__part_by_part_as_a_whole(tmp_path, monkeypatch):
    path = long_lines(tmp_path, 50)
    whole_ = one_file(JOB, path)
    assert len(whole_.scored) == 50
    monkeypatch.setattr(reading, "MOST", 8)
    monkeypatch.setattr("auditkit.run.files.LONG", 1000)
    parts = list(file_parts(JOB, path))
    assert [len(part.scored) for part in parts] == [8] * 6 + [2]
    assert [part.part for part in parts] == list(range(7))
    assert tuple(each for part in parts for each in part.scored) == whole_.scored
    assert one_file(JOB, path) == whole_
    summary = check_files(JOB, [path])
    assert (summary.files, summary.received) == (1, 50)
    assert summary.fates[Fate.UNREADABLE] == 7
    steps: list[None] = []
    analysed = score_and_analyse(JOB, [path], step=lambda: steps.append(None))
    assert analysed.summary.fates == summary.fates
    assert len(steps) == 1
    printed: list[str] = []
    assert score_as_json(JOB, [path], printed.append, "en").fates == summary.fates
    keys = [light.incoming.key for part in parts for light in file_rows(Giving(LIBRARY, "W"), part).lights]
    assert len(set(keys)) == 50


def test_a_long_table_among_short_files__in_the_order_given(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 8)
    monkeypatch.setattr("auditkit.run.files.LONG", 1000)
    forms = [good(tmp_path, f"form{n}.xlsx", n) for n in range(3)]
    table = long_lines(tmp_path, 20)
    paths = [forms[0], table, forms[1], forms[2]]
    found = list(score_files(JOB, paths, whole, processes=2))
    assert [path for path, _ in found] == [forms[0], *[table] * 3, forms[1], forms[2]]


def test_a_long_table__memory_does_not_grow_with_it(tmp_path, monkeypatch):
    """Read to the end, with nobody holding what came before."""
    import gc
    import tracemalloc

    monkeypatch.setattr(reading, "MOST", 200)
    peaks = []
    # The first few parts fill what is kept for all of them, so the smaller table has many parts too.
    for count in (4_000, 16_000):
        path = long_lines(tmp_path, count)
        gc.collect()
        tracemalloc.start()
        assert sum(len(part.scored) for part in file_parts(JOB, path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.1


def test_a_long_table_with_a_fault_of_ours_in_it__what_came_before_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 8)
    path = long_lines(tmp_path, 20)

    def stumble(self, at, data):
        if at.row == 15:
            raise ZeroDivisionError
        return read_one(self, at, data)

    read_one = json_submission._Reader.one
    monkeypatch.setattr(json_submission._Reader, "one", stumble)
    parts = list(file_parts(JOB, path))
    assert sum(len(part.scored) for part in parts) == 14
    assert [each.code for each in parts[-1].problems] == ["S299"]


def test_a_long_table_in_a_programme__remembered_whole(tmp_path, monkeypatch):
    from auditkit.run.programme import run
    from tests.run.made import programme, report

    monkeypatch.setattr(reading, "MOST", 3)
    monkeypatch.setattr("auditkit.run.files.LONG", 100)
    home = programme(tmp_path)
    lines = [report(home, f"W1/V{n}", f"B0{n % 3 + 1}").read_text(encoding="utf-8") for n in range(10)]
    for path in (home / "visits" / "W1").iterdir():
        path.unlink()
    (home / "visits" / "W1" / "all.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    first = run(home, processes=1)
    assert (first.received, first.read, dict(first.fates)["accepted"], dict(first.fates)["unreadable"]) == (
        11,
        1,
        10,
        1,
    )
    assert [each.code for each in first.problems] == ["F120"]
    again = run(home, processes=1)
    assert (again.received, again.read, again.fates, again.problems) == (11, 0, first.fates, first.problems)
    (home / "visits" / "W1" / "all.jsonl").write_text("\n".join(lines[:4]), encoding="utf-8")
    assert run(home, processes=1).received == 4
