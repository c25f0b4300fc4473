"""The demo's folder: the programme, what its shoppers sent, and what went wrong on the way."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from auditkit.definitions.library import Library, shipped_folder
from auditkit.definitions.starter import NOT_WRITTEN, calendar_rows
from auditkit.demo import story
from auditkit.demo.agency import agency_export
from auditkit.demo.formats import answers_table, as_json, survey_export
from auditkit.demo.people import history_rows, manager_rows, staff_rows
from auditkit.demo.plan import BY_PHONE, IN_PERSON, Visit, visits
from auditkit.demo.reporting import Report, reports_of
from auditkit.forms.blank import Blank
from auditkit.forms.workbook.writing import write_form
from auditkit.model.checklist import Checklist
from auditkit.model.visit import Submission
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.whole import ENDING, write_whole

OCCUPIED = declare(
    "D433",
    Severity.ERROR,
    finds="A folder for the demo in which there is something already.",
    why="What somebody wrote is never lost; nothing at all was written.",
    mend="Name a new folder, or an empty one.",
)
BEGUN = f"demo{ENDING}"
"""Lies in the folder until all is there: a demo that was stopped on its way is made again."""
AGENCY = "agency/2025-Q4.csv"
_COUNTRY = "KZ"
_TEXTS = (
    "README.md", "programme.yaml", "columns/survey.yaml", "columns/calls.yaml", "columns/agency.yaml",
    "scenarios/counter.yaml", "scenarios/call.yaml",
)  # fmt: skip
_WEB_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Sign in</title></head>
<body><h1>Your session has ended</h1><p>Please sign in again to download this file.</p></body></html>
"""
_SLIP = Decimal(80)
"""Minutes that a call lasted by the report that is corrected afterwards."""
_LEFT_OPEN = ("hears_out", "answered")


def make_demo(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Write the programme with its visits, the same to the byte at every time; the files written, or why none was."""
    written, problems = begin_demo(folder)
    if written:
        end_demo(folder)
    return written, problems


def end_demo(folder: Path) -> None:
    """From here on it is the reader's own folder, over which nothing is written."""
    (folder / BEGUN).unlink(missing_ok=True)


def begin_demo(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The same, for whoever goes on with it: until `end_demo` it may be begun again."""
    try:
        begun = folder / BEGUN
        if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not begun.is_file())):
            return (), (problem(OCCUPIED, Place(folder.as_posix()), folder.name or folder.as_posix()),)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(begun, b"")
        return tuple(_written(folder)), ()
    except OSError as error:
        return (), (problem(NOT_WRITTEN, Place(folder.as_posix()), error.strerror or type(error).__name__),)


def _written(folder: Path) -> Iterator[Path]:
    library = Library([shipped_folder()])
    checklists = {name: each for name in (*IN_PERSON, *BY_PHONE) if (each := library.get(name)) is not None}
    for name in _TEXTS:
        yield _put(folder / name, files("auditkit.demo").joinpath("files", *name.split("/")).read_bytes())
    yield _put(folder / "branches.csv", _csv(_branch_rows()))
    yield _put(folder / "calendar.csv", _csv([["country", "date", "working", "note"], *_days()]))
    yield _put(folder / "shoppers.csv", _csv(_shopper_rows()))
    for name, rows in (("managers", manager_rows), ("staff", staff_rows), ("history", history_rows)):
        yield _put(folder / f"{name}.csv", _csv(rows()))
    planned = tuple(visits())
    for at, wave in enumerate(story.WAVES):
        yield _put(folder / "plan" / f"{wave.id}.csv", _csv(_plan_rows(each for each in planned if each.wave == at)))
    yield _put(folder / AGENCY, agency_export(checklists["premises"]))
    reports = reports_of(planned, checklists)
    for at, wave in enumerate(story.WAVES):
        inbox = folder / "visits" / wave.id
        inbox.mkdir(parents=True, exist_ok=True)
        own = [report for report in reports if report.visit.wave == at]
        yield from _single_files(inbox, own, checklists)
        yield from _tables(inbox, own, checklists[BY_PHONE[0]])
    yield from _accidents(inbox)


def _put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return path


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    # Excel takes a csv without this mark for the machine's old 8-bit encoding.
    return text.getvalue().encode("utf-8-sig")


def _branch_rows() -> Iterator[list[str]]:
    yield ["code", "name", "region", "city", "opened", "closed", "open_days", "opening_hours", "language"]
    for at, place in enumerate(story.BRANCHES):
        opened = f"{2012 + 5 * at % 11}-0{1 + at % 9}-01"
        closed = story.CLOSED_ON.isoformat() if place.code == story.CLOSED else ""
        yield [place.code, place.name, place.region, place.city, opened, closed, "mon-sat", "09:00-18:00",
               place.language]  # fmt: skip


def _shopper_rows() -> Iterator[list[str]]:
    yield ["code", "languages", "city", "agency"]
    for code, (languages, city) in story.SHOPPERS.items():
        yield [code, languages, city, "Example Insight"]


def _plan_rows(planned: Iterable[Visit]) -> Iterator[list[str]]:
    yield ["visit", "branch", "scenario", "shopper", "language", "from"]
    for each in planned:
        scenario = "counter" if each.number == 1 else "call"
        day = each.start.date().isoformat()
        yield [each.code, each.place.code, scenario, each.shopper, each.place.language, day]


def _days() -> list[list[str]]:
    return calendar_rows(_COUNTRY, sorted({wave.first.year for wave in story.WAVES}))[0]


def _single_files(inbox: Path, reports: Sequence[Report], checklists: Mapping[str, Checklist]) -> Iterator[Path]:
    """Reports that are a file each."""
    last = inbox.name == story.WAVES[-1].id
    for report in reports:
        visit = report.visit
        if visit.form == "json":
            path = inbox / f"{visit.code}.json"
            if last:
                yield from _corrected(path, report.submissions[0])
            else:
                yield _put(path, as_json(report.submissions[0]))
        elif visit.form == "workbook":
            returned = last and visit.place.code == story.INCOMPLETE and visit.number == 1
            yield _workbook(inbox / f"{visit.code}.xlsx", report, checklists, _LEFT_OPEN if returned else ())


def _workbook(path: Path, report: Report, checklists: Mapping[str, Checklist], blank: Sequence[str]) -> Path:
    filled = {each.checklist: _without(each, blank) for each in report.submissions}
    write_form(Blank([checklists[name] for name in filled], language=report.visit.place.language, filled=filled), path)
    return path


def _without(submission: Submission, blank: Sequence[str]) -> Submission:
    parts = ("answers", "comments", "evidence")
    left = {name: {k: v for k, v in getattr(submission, name).items() if k not in blank} for name in parts}
    return submission.model_copy(update=left)


def _corrected(path: Path, right: Submission) -> Iterator[Path]:
    """A report with a slip of the pen, and the one that replaces it."""
    wrong = right.model_copy(update={"answers": right.answers | {"minutes": _SLIP}})
    first = as_json(wrong)
    yield _put(path, first)
    later = right.model_copy(update={"supersedes": hashlib.sha256(first).hexdigest()})
    yield _put(path.with_name(f"{path.stem}-corrected.json"), as_json(later))


def _tables(inbox: Path, reports: Sequence[Report], phone: Checklist) -> Iterator[Path]:
    """Reports that come many in a file."""
    by_form = {
        form: [report.submissions[0] for report in reports if report.visit.form == form] for form in ("survey", "table")
    }
    if survey := by_form["survey"]:
        yield _put(inbox / f"survey-{inbox.name}.csv", survey_export(phone, survey))
    if table := by_form["table"]:
        yield _put(inbox / f"calls-{inbox.name}.csv", answers_table(phone, table, "ru"))


def _accidents(inbox: Path) -> Iterator[Path]:
    """What happened to files on their way in the last wave."""
    for path in sorted(inbox.glob("*.xlsx")):
        _, _, number = path.stem.rpartition("-")
        branch, visit = f"B{number[:2]}", number[2:]
        if branch == story.CUT_OFF and visit == "02":
            content = path.read_bytes()
            write_whole(path, content[: len(content) * 3 // 5])
        elif branch == story.TWICE_SENT and visit == "03":
            yield _put(path.with_name(f"{path.stem} (1).xlsx"), path.read_bytes())
        elif branch == story.WEB_PAGE and visit == "01":
            yield _put(path.with_name(f"{path.stem} report.xlsx"), _WEB_PAGE.encode())
