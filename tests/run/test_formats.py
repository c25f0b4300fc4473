"""The same visit gives the same digits: alone or in a batch, from xlsx, csv or json, on one process or on many."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from auditkit.model.checklist import Checklist
from auditkit.model.items import DERIVED, Observer
from auditkit.model.score import Hashes
from auditkit.model.visit import NOT_ASKED
from auditkit.results.keys import key_of, submission_hash
from auditkit.results.replay import Inputs, replay
from auditkit.results.rows import Came, rows_of
from auditkit.run.files import FileOutcome, Job, Scored, one_file, score_files
from auditkit.scoring import ENGINE
from tests.forms.person import LIBRARY, SHIPPED, answers_for, filled, only_given, shipped
from tests.verify.sheets import mapping

VISIT = {"visit_id": "K7-Q3-0412", "branch": "B07", "wave": "2026-Q3", "shopper": "K7", "visit_date": "2026-08-20"}
SEEDS = range(4)


def plain(value: Any) -> Any:
    """An answer as JSON holds it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else str(value)
    return list(value) if isinstance(value, tuple) else value


def word(value: Any) -> str:
    """An answer as it stands in a table."""
    if isinstance(value, tuple):
        return "; ".join(value) or "none of these"
    return f"{value:%d.%m.%Y %H:%M}" if isinstance(value, datetime) else str(value)


def as_json(answers: Mapping[str, Any], checklist: Checklist) -> dict[str, Any]:
    given = {name: plain(value) for name, value in answers.items()}
    return {**VISIT, "checklist": checklist.checklist, "version": checklist.version, "answers": given}


COLUMNS = """
    checklist: {}
    visit: visit_id
    branch: branch
    wave: wave
    shopper: shopper
    date: visit_date
    items: {{absent: not_asked}}
"""
LONG = COLUMNS.replace("items: {{absent: not_asked}}", "layout: long\n    long: {{item: item, answer: answer}}") + (
    "    items: {{absent: not_asked}}\n"
)


def one_row(checklist: Checklist, given: Mapping[str, Any], **more: str) -> dict[str, str]:
    """A visit as a row, with a column for everything that a shopper may be asked."""
    asked = [item for _, item in checklist.walk_items() if item.kind not in DERIVED]
    mine = [item.id for item in asked if item.seen_by in (Observer.SHOPPER, Observer.SHOPPER_LATER)]
    return {**VISIT, **more, **{name: word(given[name]) if name in given else "" for name in mine}}


def write_table(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="cp1251", newline="") as stream:
        writer = csv.DictWriter(stream, list(dict.fromkeys(name for row in rows for name in row)), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def job(checklist: Checklist) -> Job:
    """Reads every format of one checklist."""
    wide, long = (mapping(text.format(checklist.checklist)) for text in (COLUMNS, LONG))
    return Job(LIBRARY, columns=(("*long.csv", long), ("*.csv", wide), ("*table.*", wide)))


def every_format(folder: Path, checklist: Checklist, seed: int) -> list[Path]:
    """One visit as a form in two languages, as JSON three times, and as a table five times."""
    answers = answers_for(checklist, seed)
    given = only_given(answers)
    paths = [filled(folder, [checklist], language, seed, f"form-{language}.xlsx") for language in ("en", "kk")]
    data = as_json(answers, checklist)
    (folder / "one.json").write_text(json.dumps(data), encoding="utf-8")
    (folder / "list.json").write_text(json.dumps([data]), encoding="utf-8")
    (folder / "lines.jsonl").write_text(f"{json.dumps(data)}\n\n", encoding="utf-8")
    row = one_row(checklist, given)
    write_table(folder / "wide.csv", [row])
    dice = Random(seed)  # noqa: S311  any order will do
    items = dice.sample(sorted(given), len(given))
    write_table(folder / "long.csv", [{**VISIT, "item": item, "answer": word(given[item])} for item in items])
    (folder / "table.jsonl").write_text(f"{json.dumps(row)}\n\n", encoding="utf-8")
    paths += [folder / name for name in ("one.json", "list.json", "lines.jsonl", "wide.csv", "long.csv", "table.jsonl")]
    return [*paths, _as_workbook(folder / "table.xlsx", row)]


def _as_workbook(path: Path, row: Mapping[str, Any]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(path)
    return path


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SHIPPED)
def test_law__the_same_visit_from_every_format__the_same_digits(name, seed, tmp_path):
    checklist = shipped(name)
    outcomes = [one_file(job(checklist), path) for path in every_format(tmp_path, checklist, seed)]
    first = outcomes[0].scored[0]
    assert first.score is not None, first.problems
    for outcome in outcomes:
        (scored,) = outcome.scored
        assert codes(scored) == codes(first), outcome.file
        assert scored.score == first.score, outcome.file
        assert scored.submission.answers == first.submission.answers | _not_asked(scored.submission), outcome.file
        # A long table has no row for what a condition left out: that is said of it, and is no answer.
        if not outcome.file.endswith("long.csv"):
            assert submission_hash(scored.submission) == submission_hash(first.submission), outcome.file


def codes(scored: Scored) -> list[tuple[str, str]]:
    """What is wrong with a submission, without its place."""
    return sorted((each.code, each.params.get("item", "")) for each in scored.problems if each.code.startswith("S"))


def _not_asked(submission) -> dict[str, Any]:
    """What a table says of items that it has no column for."""
    return {name: value for name, value in submission.answers.items() if value == NOT_ASKED}


@pytest.mark.parametrize("name", SHIPPED)
def test_law__a_result_replayed_from_its_recorded_inputs__identical(name, tmp_path):
    checklist = shipped(name)
    for seed in SEEDS:
        outcome = one_file(job(checklist), filled(tmp_path, [checklist], "ru", seed))
        (scored,) = outcome.scored
        hashes = Hashes(checklist.source_hash, submission_hash(scored.submission), "", "p" * 64, "", ENGINE)
        came = Came("2026-Q3", outcome.file, outcome.sha256, hashes)
        made = rows_of(key_of(scored.submission), scored.submission, scored.score, checklist, came)
        again = one_file(job(checklist), tmp_path / "form.xlsx").scored[0].submission
        now, differences = replay(made.visits[0], Inputs(checklist, again))
        assert differences == ()
        assert now == made.visits[0][: len(now)]


# -- many files -----------------------------------------------------------------------------------------------------


def whole(outcome: FileOutcome) -> FileOutcome:
    """Everything that a worker found."""
    return outcome


@pytest.fixture(scope="module")
def batch(tmp_path_factory) -> tuple[Job, list[Path]]:
    folder = tmp_path_factory.mktemp("batch")
    paths: list[Path] = []
    for name in SHIPPED:
        for seed in SEEDS:
            inside = folder / f"{name}-{seed}"
            inside.mkdir()
            paths += every_format(inside, shipped(name), seed)
    patterns = (("*long.csv", LONG), ("*wide.csv", COLUMNS), ("*table.*", COLUMNS))
    columns = tuple((f"{name}-{glob}", mapping(yaml.format(name))) for name in SHIPPED for glob, yaml in patterns)
    return Job(LIBRARY, columns=columns, root=folder), paths


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_law__alone_in_a_batch_or_over_many_processes__the_same_digits(batch, processes):
    of, paths = batch
    assert len(paths) > 60
    alone = [one_file(of, path) for path in paths]
    together = list(score_files(of, paths, whole, processes=processes))
    assert [path for path, _ in together] == paths
    assert [outcome for _, outcome in together] == alone


def test_law__the_order_of_files__changes_no_digit(batch):
    of, paths = batch
    shuffled = list(paths)
    Random(3).shuffle(shuffled)  # noqa: S311  any other order will do
    there = dict(score_files(of, paths, whole, processes=2))
    back = dict(score_files(of, shuffled, whole, processes=2))
    assert there == back


def test_law__rows_of_one_file__as_files_of_one_row(tmp_path):
    checklist = shipped("premises")
    rows = [one_row(checklist, only_given(answers_for(checklist, seed)), visit_id=f"V{seed}") for seed in range(25)]
    together = one_file(job(checklist), write_table(tmp_path / "wide.csv", rows)).scored
    for row, scored in zip(rows, together, strict=True):
        (alone,) = one_file(job(checklist), write_table(tmp_path / f"{row['visit_id']}.csv", [row])).scored
        assert alone.score == scored.score
        assert alone.submission.answers == scored.submission.answers
