"""Forms that go back to the shopper: her own answers, filled in anew, with what is to be mended beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from auditkit.forms.blank import Blank, Remark
from auditkit.intake.readings import Checklists
from auditkit.locales import LANGUAGES, has, say
from auditkit.model.checklist import Checklist
from auditkit.model.judging import Observer
from auditkit.model.observers import eyes_for
from auditkit.model.visit import NOT_ASKED, Submission
from auditkit.problems import Problem, Severity, has_errors
from auditkit.run.files import FileOutcome, Scored
from auditkit.run.names import fits, safe_names

Write = Callable[[Blank, Path], None]
"""Writes a form: workbook, page."""


class Copying(NamedTuple):
    """How copies are written."""

    write: Write
    ending: str
    """Of the files' names."""
    language: str = "en"
    """Where a report says none."""
    force: bool = False
    """Write over copies that are there: somebody may have filled on in them."""


class Marked(NamedTuple):
    """What became of one visit's report."""

    file: str
    visit_id: str
    shopper: str
    language: str
    path: Path | None
    """The copy; `None` where none was written."""
    remarks: tuple[str, ...]
    """What is to be mended, question first."""
    why: str = ""
    """Why there is no copy: `unreadable`, `exists`."""
    name: str = ""
    """Of the copy, written now or there already."""


_NOT_HERS = re.compile(r"S203|S204|S22\d|S23\d|S299|[^S].*")
"""What somebody else has to mend: a definition that is not here, a mapping, the program itself."""
_FIELDS = {"S107": "visit_date", "S108": "visit_date", "S109": "end", "S110": "branch", "S111": "branch",
           "S112": "branch", "S106": "outcome"}  # fmt: skip
"""Problems of the cover that the checks find, by the field that is to be mended."""


def needs_mending(scored: Scored) -> bool:
    """Whether a report goes back: something in it stops it, or a question is open, and the shopper can mend it."""
    return has_errors(each for each in scored.problems if is_hers(each))


def is_hers(problem: Problem) -> bool:
    """Whether the shopper can mend it."""
    return problem.severity is not Severity.NOTE and not _NOT_HERS.fullmatch(problem.code)


def mark(
    outcome: FileOutcome,
    checklists: Checklists,
    folder: Path,
    how: Copying,
    more: Mapping[str, Sequence[Remark]] | None = None,
) -> Iterator[Marked]:
    """A copy of every report of a file that is to be mended, one file a visit.

    `more`: the visits that go back, whatever their own problems are, with what else is to be mended in them; `None`:
    those that have something to mend, and the file's own name for the copy.
    """
    hers = [each for each in outcome.scored if each.submission is not None]
    if not hers and has_errors((*outcome.problems, *(p for each in outcome.scored for p in each.problems))):
        yield Marked(outcome.file, "", "", how.language, None, (), "unreadable")
    visits: dict[str, list[tuple[Submission, Checklist, Scored]]] = {}
    for each in hers:
        submission = each.submission
        checklist = checklists.get(submission.checklist, submission.version) if submission is not None else None
        if submission is not None and checklist is not None:
            visits.setdefault(submission.visit_id, []).append((submission, checklist, each))
    names = safe_names(visits)
    for visit, reports in visits.items():
        if visit not in more if more is not None else not any(needs_mending(scored) for _, _, scored in reports):
            continue
        blank = _blank(visit, reports, outcome.sha256, how.language, more.get(visit, ()) if more else ())
        stem = Path(outcome.file).stem if len(visits) == 1 and more is None else names[visit]
        if not fits(f"{stem}{how.ending}"):
            stem = names[visit]  # with a longer ending than the file had
        path = folder / f"{stem}{how.ending}"
        lines = tuple(_lines(blank))
        told = Marked(outcome.file, visit, blank.shopper or "", blank.language, path, lines, name=path.name)
        if path.exists() and not how.force:
            yield told._replace(path=None, why="exists")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        how.write(blank, path)
        yield told


def _blank(
    visit: str,
    reports: Sequence[tuple[Submission, Checklist, Scored]],
    sha256: str,
    language: str,
    more: Sequence[Remark],
) -> Blank:
    first = reports[0][0]
    said = first.language if first.language in LANGUAGES else language
    remarks: list[Remark] = []
    typed: dict[str, str] = {}
    for submission, checklist, scored in reports:
        for problem in _told_once(scored.problems):
            if is_hers(problem):
                remark = _remark(problem, submission, checklist, said)
                remarks += [remark] if remark not in remarks else []
                if not remark.checklist and remark.key and problem.code in ("S205", "S308"):
                    typed[remark.key] = problem.value
    eyes = set(eyes_for(checklist for _, checklist, _ in reports)) | {
        checklist.items_by_id[item].seen_by
        for submission, checklist, _ in reports
        for item, answer in submission.answers.items()
        if answer != NOT_ASKED and item in checklist.items_by_id
    }
    return Blank(
        [checklist for _, checklist, _ in reports],
        language=said,
        visit_id=visit,
        branch=first.branch or None,
        wave=first.wave,
        shopper=first.shopper,
        seen_by=tuple(each for each in Observer if each in eyes),
        employees="named" if first.employee else "position",
        filled={submission.checklist: submission for submission, _, _ in reports},
        typed=typed,
        supersedes=sha256,
        remarks=(*remarks, *(each for each in more if each not in remarks)),
    )


def _told_once(problems: Iterable[Problem]) -> list[Problem]:
    """Without what follows from another: a date that can't be read is not missing as well."""
    found = list(problems)
    unread = {each.params.get("field") for each in found}
    return [each for each in found if not (each.code == "S107" and "visit_date" in unread)]


def _remark(problem: Problem, submission: Submission, checklist: Checklist, language: str) -> Remark:
    """A problem as what the shopper reads, beside the question or the field that it is about."""
    text = in_her_words(problem, language)
    params = problem.params
    field = params.get("field", "") or _FIELDS.get(problem.code, "")
    if field and has(f"forms.{field}"):
        return Remark("", field, text)
    numbers = {number: item for item, number in checklist.numbers.items()}
    item = numbers.get(params.get("item", ""), "") or _by_cell(problem, submission)
    return Remark(checklist.checklist, item if item in checklist.items_by_id else "", text)


def _by_cell(problem: Problem, submission: Submission) -> str:
    if problem.place.cell is None:
        return ""
    at = f"{problem.place.sheet}!{problem.place.cell}" if problem.place.sheet else problem.place.cell
    return next((item for item, cell in submission.cells.items() if cell in (at, problem.place.cell)), "")


def in_her_words(problem: Problem, language: str) -> str:
    """What is wrong and what to do, in words for a shopper where the usual ones are for an office."""
    keys = []
    for hers, usual in (("shopper_says", "says"), ("shopper", "do")):
        key = f"{problem.code}.{hers}"
        keys.append(key if has(key) else f"{problem.code}.{usual}")
    parts = (say(language, key, **problem.params).strip() for key in keys if has(key))
    return " ".join(_sentence(part) for part in parts)


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?", "…")) else f"{whole}."


def _lines(blank: Blank) -> Iterable[str]:
    by_id: Mapping[str, Checklist] = {each.checklist: each for each in blank.checklists}
    for remark in blank.remarks:
        checklist = by_id.get(remark.checklist)
        item = checklist.items_by_id.get(remark.key) if checklist is not None else None
        if checklist is not None and item is not None:
            yield f"{checklist.numbers[item.id]} {item.text.said(blank.language)} – {remark.text}"
        elif remark.key:
            yield f"{say(blank.language, f'forms.{remark.key}')} – {remark.text}"
        else:
            yield remark.text
