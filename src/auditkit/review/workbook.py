"""The review workbook: a sheet for each kind of matter on which a person has to decide."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from auditkit.model.decision import Appeal
from auditkit.reports.excel import write_workbook
from auditkit.reports.sheets import Sheet
from auditkit.review import answers, appeals, comments, reports
from auditkit.review.answers import Flagged, flagged
from auditkit.review.frame import About, framed
from auditkit.review.waiting import Waiting, waiting
from auditkit.run.appealing import open_appeals
from auditkit.run.commenting import Commented, Words
from auditkit.run.deciding import Bench
from auditkit.run.showing import Shown


@dataclass(frozen=True)
class ToDecide:
    """Everything that waits in a wave."""

    reports: tuple[Waiting, ...]
    answers: tuple[Flagged, ...]
    comments: tuple[Commented, ...]
    words: Words
    appeals: tuple[Appeal, ...]

    def __bool__(self) -> bool:
        return bool(self.reports or self.comments or self.appeals)


def to_decide(shown: Shown, language: str, *, every: bool = False) -> ToDecide:
    """What waits; with `every` also what counts already, and comments that are read already."""
    words = Words(shown)
    return ToDecide(
        tuple(waiting(shown, language, every=every)),
        tuple(flagged(shown, every=every)),
        tuple(words.every if every else words.waiting()),
        words,
        tuple(open_appeals(shown.home, shown.wave)),
    )


def _versions(shown: Shown) -> dict[tuple[str, str], str]:
    reports = Bench.of(shown.home, shown.wave).reports
    return {(each.incoming.visit_id, each.incoming.checklist): each.version for each in reports}


def write_review(shown: Shown, found: ToDecide, path: Path, language: str) -> None:
    """Write it; the file appears whole or not at all."""
    write_workbook(review_sheets(shown, found, language), path)


def review_sheets(shown: Shown, found: ToDecide, language: str) -> list[Sheet]:
    """Reports first; sheets on which there is nothing to decide are left out."""
    home = shown.home
    wave = next(each for each in home.programme.waves if each.id == shown.wave)
    titled = wave.title.said(language) if wave.title else wave.id
    people = tuple(each.name for each in home.programme.people)
    about = About(shown.wave, titled, home.decisions.next_number - 1, people)
    of_each = (
        (reports.FORM, reports.matters(shown, found.reports, language)),
        (answers.FORM, answers.matters(shown, found.answers, language)),
        (appeals.FORM, appeals.matters(shown, found.appeals, _versions(shown), language)),
        (comments.FORM, comments.matters(shown, found.words, found.comments, language)),
    )
    return [framed(form, about, matters, language) for form, matters in of_each if matters]
