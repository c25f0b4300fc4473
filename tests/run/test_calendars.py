"""Which days count as working: the country's, or with `calendar: branch` those on which the branch is open."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from auditkit.definitions.programme import load_programme
from auditkit.run.explaining import explain_visit
from auditkit.run.files import Job, one_file
from auditkit.run.jobs import job_of
from auditkit.run.programme import run

from .made import programme
from .test_coverage import rows

CHECKLIST = """
checklist: desk
version: 1.0.0
title: Desk
sections:
  - id: reply
    title: Reply
    items:
      - {id: asked, kind: timestamp, text: When was it asked?}
      - {id: answered, kind: timestamp, text: When was it answered?}
      - {id: in_time, kind: deadline, text: In time?, from: asked, to: answered, within: 1 working day}
"""
PROGRAMME = """
programme: acme
name: Acme
time_zone: Asia/Almaty
waves: [{id: W1, from: 2026-05-04, to: 2026-05-31}]
checklists: [desk]
rules: {calendar: WHICH}
"""
BRANCHES = "code,name,open_days\nB01,Office,mon-fri\nB02,Shop,daily\nB03,Kiosk,\n"
CALENDAR = "date,working\n" + "".join(
    f"2026-05-{day:02},{'no' if day % 7 in (2, 3) else 'yes'}\n" for day in range(1, 32)
)
"""Saturdays and Sundays are free."""


def folder_with(folder: Path, which: str, branch: str) -> Path:
    programme(folder, checklist=CHECKLIST, programme=PROGRAMME.replace("WHICH", which), branches=BRANCHES)
    (folder / "calendar.csv").write_text(CALENDAR, encoding="utf-8")
    path = folder / "visits" / "W1" / "V1.json"
    path.parent.mkdir(parents=True)
    # Asked on a Friday, answered on the Monday.
    answers = {"asked": "2026-05-08T16:00", "answered": "2026-05-11T10:00"}
    data = {"visit_id": "V1", "checklist": "desk", "version": "1.0.0", "branch": branch, "visit_date": "2026-05-08"}
    path.write_text(json.dumps({**data, "answers": answers}), encoding="utf-8")
    return path


def job(folder: Path) -> Job:
    home, problems = load_programme(folder)
    assert home is not None, problems
    return job_of(home, [], None)


@pytest.mark.parametrize(
    ("which", "branch", "expected"),
    [
        ("country", "B01", 100),
        ("country", "B02", 100),
        ("branch", "B01", 100),
        ("branch", "B02", 0),  # open on Saturday, so that Saturday was the one working day
        ("branch", "B03", 100),  # says no days of its own
    ],
)
def test_the_days_that_count(tmp_path: Path, which: str, branch: str, expected: int) -> None:
    path = folder_with(tmp_path, which, branch)
    (scored,) = one_file(job(tmp_path), path).scored
    assert scored.score is not None, scored.problems
    assert scored.score.score == expected


@pytest.mark.parametrize(("which", "due"), [("country", "2026-05-12"), ("branch", "2026-05-10")])
def test_the_due_time_is_explained_by_the_same_days(tmp_path: Path, which: str, due: str) -> None:
    folder_with(tmp_path, which, "B02")
    home, _ = load_programme(tmp_path)
    assert home is not None
    (found,), _ = explain_visit(home, "V1", "in_time")
    (step,) = found.explanation.items
    assert step.times is not None
    assert step.times.due is not None
    assert step.times.due.date().isoformat() == due


def test_a_run_over_processes_goes_by_the_days_of_the_branch(tmp_path: Path) -> None:
    folder_with(tmp_path, "branch", "B02")
    report = run(tmp_path, processes=2)
    assert report.done, report.problems
    (row,) = rows(tmp_path)
    assert (row["score_num"], row["score_den"]) == ("0", "1")


def test_the_calendar_is_an_input_like_any(tmp_path: Path) -> None:
    folder_with(tmp_path, "country", "B01")
    assert run(tmp_path, processes=1).done
    (row,) = rows(tmp_path)
    assert row["hash_calendar"] == hashlib.sha256((tmp_path / "calendar.csv").read_bytes()).hexdigest()
    assert (row["score_num"], row["score_den"]) == ("100", "1")
    # Monday the 11th becomes a holiday, and Saturday the 9th a working day instead of it.
    changed = CALENDAR.replace("2026-05-09,no", "2026-05-09,yes").replace("2026-05-11,yes", "2026-05-11,no")
    (tmp_path / "calendar.csv").write_text(changed, encoding="utf-8")
    assert run(tmp_path, processes=1).done
    (row,) = rows(tmp_path)
    assert (row["score_num"], row["score_den"]) == ("0", "1")
