"""What of a programme is past its time of retention, and what of that somebody still needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.evidence import in_report, listed, visits_with_evidence
from auditkit.intake.kept import PHOTOS, WORDS, head_of, stored
from auditkit.intake.kept_names import is_kept
from auditkit.model.programme import Wave
from auditkit.model.publication import PROVISIONAL
from auditkit.model.retention import SUBMISSIONS, USUAL
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.results.store import Store
from auditkit.run.discovery import find_visits
from auditkit.run.purging.visits import Reported, WaveReports, kind_in, reports_in
from auditkit.run.release.manifest import releases_of
from auditkit.run.release.standing import last_day
from auditkit.tables.opening import open_book

UNDECIDED = declare(
    "R260",
    Severity.WARNING,
    finds="A file past its time of retention whose report waits for a decision, also on an appeal, or to be completed.",
    why="Whoever decides must be able to look at it.",
    mend="Decide first (`auditkit review WAVE`), or say why it goes all the same: `--despite REASON`.",
)
APPEALS = declare(
    "R261",
    Severity.WARNING,
    finds="A file past its time of retention of a wave whose branches may still appeal.",
    why="An appeal is decided by it.",
    mend="Delete it after the last day for appeals, or say why it goes all the same: `--despite REASON`.",
)
UNCONFIRMED = declare(
    "R262",
    Severity.WARNING,
    finds="Evidence that is kept for longer than is usual in the country, where the programme says nothing about it.",
    why="A country's rule is only proposed: a person says under `retention:` that it holds here.",
    mend="Write the days under `retention:` in programme.yaml; more days with `because:`, where they are needed.",
)
_COPIES = ("returns", "alerts")
"""Folders of the program's own letters and copies, which repeat what shoppers wrote, as the review workbook does."""


class Due(NamedTuple):
    """One file whose time is over."""

    kind: str
    file: str
    """Relative to the programme."""
    wave: str
    size: int
    since: date
    days: int
    """That it may be kept."""
    age: int
    """Days from `since` until today."""
    rule: str
    without: str = ""
    """Of a report: what goes of it, `photos` or `words`; '' of a file that goes as a whole."""
    waits: str = ""
    """The visit that is not decided."""
    appeals: date | None = None
    """The last day for appeals, where it has not passed."""
    usual: bool = False
    """Only the country says so, nobody in the programme."""

    @property
    def needed(self) -> Problem | None:
        """Why it is not deleted."""
        place = Place(self.file)
        if self.waits:
            return problem(UNDECIDED, place, self.waits)
        return problem(APPEALS, place, str(self.appeals)) if self.appeals is not None else None


def due_in(home: ProgrammeFolder, store: Store, waves: Iterable[Wave], today: date) -> list[Due]:
    """Everything past its time, by wave, evidence first; as far as the last run knows the reports."""
    files, _ = find_visits(home.folder, [each.id for each in home.programme.waves])
    found: list[Due] = []
    for wave in waves:
        if wave.id in store.waves or not files[wave.id]:
            names = [each.name for each in files[wave.id]]
            found += _Wave(home, reports_in(home, store, wave), today).all(names)
    return found


def unconfirmed(due: Iterable[Due], home: ProgrammeFolder) -> Iterator[Problem]:
    """What only the country's rule would delete, kind by kind."""
    kinds = dict.fromkeys((each.kind, each.days) for each in due if each.usual)
    for kind, days in kinds:
        facts = {"days": days, "country": home.programme.country}
        yield problem(UNCONFIRMED, Place("programme.yaml"), kind, **facts)


def appeals_until(home: ProgrammeFolder, wave: str) -> date | None:
    """The last day for appeals against the latest provisional release of a wave."""
    provisional = [each for each in releases_of(home.folder, wave) if each.kind == PROVISIONAL]
    return last_day(home, PROVISIONAL, date.fromisoformat(provisional[-1].at[:10])) if provisional else None


class _Wave:
    """One wave held against the clock."""

    def __init__(self, home: ProgrammeFolder, reports: WaveReports, today: date) -> None:
        self.home, self.reports, self.today = home, reports, today
        self.wave = reports.wave
        until = appeals_until(home, self.wave.id)
        self.appeals = until if until is not None and today <= until else None

    def all(self, files: Iterable[str]) -> Iterator[Due]:
        """Evidence, reports, and what repeats them."""
        top = self.home.folder / "evidence" / self.wave.id
        for folder in visits_with_evidence(top):
            for path in listed(folder):
                kind = kind_in(self.reports, folder.name, path.name)
                yield from self._past(kind, path, self.reports.visits.get(folder.name))
        for name in files:
            if (reported := self.reports.files.get(name)) is not None:
                yield from self._report(self.home.folder / name, reported)
        every = Reported(waits=next((each.waits for each in self.reports.visits.values() if each.waits), ""))
        folders = (self.home.folder / place / self.wave.id for place in _COPIES)
        copies = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
        for path in (*copies, self.home.folder / "review" / f"{self.wave.id}.xlsx"):
            yield from self._past(SUBMISSIONS, path, every)

    def _report(self, path: Path, reported: Reported) -> Iterator[Due]:
        head = head_of(path) if is_kept(path) else None
        if head is not None and WORDS in head.without:
            return
        words = list(self._past(SUBMISSIONS, path, reported, WORDS))
        yield from words
        if not words and head is None and path.name.casefold().endswith(".json"):
            photos = list(self._past("photo", path, reported, PHOTOS))
            yield from photos if photos and _holds_photos(path) else ()

    def _past(self, kind: str, path: Path, reported: Reported | None, without: str = "") -> Iterator[Due]:
        rules = self.home.programme.retention
        own, usual = rules.days(kind), USUAL.get(self.home.programme.country, {}).get(kind)
        days = usual if own is None else own
        if days is None:
            return
        known = reported.day if reported is not None and rules.since == "visit" else None
        since = known or self.wave.to
        age = (self.today - since).days
        if age > days and stored(path).is_file():
            named = f"{kind} {days}, {'visit' if known else 'wave'} {since}"
            yield Due(
                kind,
                path.relative_to(self.home.folder).as_posix(),
                self.wave.id,
                stored(path).stat().st_size,
                since,
                days,
                age,
                f"{named} ({rules.because})" if rules.because else named,
                without,
                reported.waits if reported is not None else "",
                self.appeals,
                own is None,
            )


def _holds_photos(path: Path) -> bool:
    book, _ = open_book(path)
    return book is not None and book.kind == "json" and any(True for _ in in_report(book.data, path.name))
