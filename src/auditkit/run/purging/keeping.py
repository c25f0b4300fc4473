"""The answers of a report written beside it, before the file itself goes; they must score as the file does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from auditkit.intake.kept import WORDS, Head, KeptFile, lines_of
from auditkit.intake.kept_names import kept_of
from auditkit.intake.reading import read_parts
from auditkit.intake.readings import Reading
from auditkit.problems import Problem, has_errors
from auditkit.results.keys import submission_hash
from auditkit.run.decided import HASH
from auditkit.run.discovery import wave_of
from auditkit.run.files import Job, Scored, file_parts, one_reading
from auditkit.run.purging.stripping import without_words
from auditkit.run.wave import hash_of
from auditkit.whole import ENDING


def part_of(path: Path) -> Path:
    """What was kept of a file, as long as the file itself is there."""
    kept = kept_of(path)
    return kept.with_name(kept.name + ENDING)


def keep(job: Job, path: Path, without: str) -> str | None:
    """Write what stays of a report, on the disk when this returns; its hash.

    The same report gives the same bytes. `None`: it would be scored otherwise, and is not kept. Raises OSError.
    """
    part = part_of(path)
    gone = ("photos", WORDS) if without == WORDS else (without,)
    problems: list[Problem] = []
    with part.open("w", encoding="ascii") as file:
        file.writelines(lines_of(Head(hash_of(path), gone), _readings(job, path, without, problems), problems))
        file.flush()
        os.fsync(file.fileno())
    if not _is_same(job, path, part):
        part.unlink()
        return None
    return hash_of(part)


def _readings(job: Job, path: Path, without: str, problems: list[Problem]) -> Iterator[Reading]:
    name = job.name(path)
    parts = read_parts(path, job.checklists, columns=job.columns_of(name), name=name, date_order=job.date_order)
    for part in parts:
        problems += part.problems
        for each in part.readings:
            said = each.submission
            checklist = job.checklists.get(said.checklist, said.version) if said is not None else None
            yield without_words(each, checklist) if without == WORDS else each


def _is_same(job: Job, path: Path, part: Path) -> bool:
    """Whether every report in both is the same one, scores the same and waits for the same."""
    before = (each for one in file_parts(job, path) for each in one.scored)
    kept = KeptFile(part, job.name(path))
    after = (one_reading(job, each.submission, each.problems) for each in kept.readings())
    if any(a is None or b is None or _seen(job, a) != _seen(job, b) for a, b in zip_longest(before, after)):
        return False
    return has_errors(_of_file(job, path)) == has_errors(kept.problems)


def _of_file(job: Job, path: Path) -> list[Problem]:
    return [each for part in file_parts(job, path) for each in part.problems]


def _seen(job: Job, each: Scored) -> tuple[object, ...]:
    said = each.submission
    if said is None:
        return None, has_errors(each.problems)
    answers = each.received or submission_hash(said)
    named = (said.visit_id, said.branch, said.shopper, said.source.row, said.visit_date, answers)
    wave = wave_of(said.source.file)
    decided = job.decisions.fate(wave, said.visit_id, said.checklist, answers[:HASH])
    # Why it waited does not matter once a person has let it count, and may hang on the name of a file.
    return named, each.score, each.hold if decided is None else "", has_errors(each.problems)
