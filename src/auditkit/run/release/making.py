"""A release made: what the last run found, written down once with the hashes of everything that it came from."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit import __version__
from auditkit.analysis.asking import ask
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.kept import stored
from auditkit.model.decision import digest_of
from auditkit.model.publication import FINAL, PROVISIONAL
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.run.alone import alone
from auditkit.run.crew import Crew
from auditkit.run.deciding import person_of
from auditkit.run.discovery import find_visits
from auditkit.run.jobs import evidence_of
from auditkit.run.moved import moved
from auditkit.run.pool import processes_to_use
from auditkit.run.purging.standing import soon
from auditkit.run.release.manifest import FOLDER, Indexed, Manifest, Scored, as_text, next_number, releases_of
from auditkit.run.release.standing import last_day, standing
from auditkit.run.reports import publish
from auditkit.run.showing import Shown
from auditkit.run.wave import hash_of, known_of
from auditkit.scoring import ENGINE
from auditkit.whole import write_whole

if TYPE_CHECKING:
    from auditkit.analysis.network_shapes import RankingRow

NOT_CURRENT = declare(
    "R251",
    Severity.ERROR,
    finds="A wave whose files changed since the last run, or a decision since then.",
    why="A release says what stands in the reports; those would say something else.",
    mend="Run `auditkit run` first.",
)
SAME_PERSON = declare(
    "R252",
    Severity.ERROR,
    finds="A release that is approved by whoever prepared it, or by somebody who is neither approver nor director.",
    why="Four eyes see a mistake that two have made.",
    mend="Let somebody else of the programme's `people:` with that role approve it.",
)
WAITING = declare(
    "R253",
    Severity.WARNING,
    finds="Reports of the wave that still wait for a decision, or to be completed.",
    why="What is published now will change when they count.",
    mend="Decide about them first (`auditkit review WAVE`), or publish a provisional release.",
)
NO_PROVISIONAL = declare(
    "R254",
    Severity.WARNING,
    finds="A final release of a wave that was never released provisionally.",
    why="Branches had no time to appeal.",
    mend="Release provisionally first, and wait for the appeal window.",
)
OPEN_APPEALS = declare(
    "R239",
    Severity.ERROR,
    finds="A final release of a wave with appeals that nobody has decided.",
    why="What counts for pay must not be settled over somebody's objection.",
    mend="Decide them: `auditkit review WAVE`, sheet Appeals.",
)
WINDOW = declare(
    "R237",
    Severity.WARNING,
    finds="A final release while branches may still appeal against the provisional one.",
    why="They were told a day; an appeal that comes until then must still be heard.",
    mend="Wait for that day, or release once more when the last appeal is decided.",
)
_TABLES = ("programme.yaml", "programme.yml", "programme.xlsx", "branches.csv", "calendar.csv", "managers.csv",
           "staff.csv", "shoppers.csv", "history.csv", "decisions.csv")  # fmt: skip


@dataclass(frozen=True)
class Signed:
    """Who prepares a release, who approves it, and when."""

    kind: str
    prepared_by: str
    approved_by: str
    at: str


def make(shown: Shown, signed: Signed) -> tuple[Path | None, list[Problem]]:
    """Write the wave's reports as released, and the next manifest; `None` where something stands in the way.

    Raises OSError.
    """
    # No run may write the reports meanwhile, and no other release take the same number.
    with alone(shown.home.folder / ".auditkit"):
        return _make(shown, signed)


def _make(shown: Shown, signed: Signed) -> tuple[Path | None, list[Problem]]:
    home = shown.home
    shown.store.reload()
    problems = [*_signatures(home, signed), *_current(shown), *_open_appeals(home, shown.wave, signed.kind)]
    if problems:
        return None, problems
    earlier = releases_of(home.folder, shown.wave)
    name = f"{shown.wave}-{next_number(home.folder, shown.wave):02}-{signed.kind}"
    path = home.folder / FOLDER / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        # On a disk that knows no locks: what is published is never written over.
        raise FileExistsError(errno.EEXIST, "it is there", str(path))
    publication = standing(home, shown.wave, name, signed.kind, signed.at, earlier)
    with Crew(processes_to_use(None)) as crew:
        known = {each: known_of(home, each) for each in shown.waves}
        written = publish(home, shown.store, shown.wave, known, None, crew, _silent, publication)
    if written.problems:
        # A copy that stayed as it was would go out without the mark.
        return None, list(written.problems)
    manifest = _manifest(shown, signed, name)
    write_whole(path, as_text(manifest).encode("utf-8"), lasting=True)
    past = soon(home, shown.store, manifest.wave) if manifest.kind == PROVISIONAL else ()
    return path, [*_doubts(home, manifest), *past]


def _signatures(home: ProgrammeFolder, signed: Signed) -> Iterator[Problem]:
    for name in (signed.prepared_by, signed.approved_by):
        if (unknown := person_of(home, name)) is not None:
            yield unknown
    roles = {each.name: each.role for each in home.programme.people}
    may = not roles or roles.get(signed.approved_by) in ("approver", "director")
    if signed.prepared_by == signed.approved_by or not may:
        yield problem(SAME_PERSON, Place("programme.yaml"), signed.approved_by)


def _current(shown: Shown) -> Iterator[Problem]:
    from auditkit.run.state import load_memory

    kept = load_memory(shown.home.folder / ".auditkit", shown.wave)
    changed = len(set(moved(shown.home.folder, [shown.wave])))
    if changed or kept.decisions != shown.home.decisions.of_wave(shown.wave):
        yield problem(NOT_CURRENT, Place(f"visits/{shown.wave}"), str(changed))


def _doubts(home: ProgrammeFolder, manifest: Manifest) -> Iterator[Problem]:
    waiting = sum(each.fate in ("held", "returned") for each in manifest.visits)
    if waiting:
        yield problem(WAITING, Place(f"visits/{manifest.wave}"), str(waiting))
    before = [each for each in releases_of(home.folder, manifest.wave) if each.number < manifest.number]
    provisional = [each for each in before if each.kind == PROVISIONAL]
    if manifest.kind == FINAL and not provisional:
        yield problem(NO_PROVISIONAL, Place(FOLDER), manifest.release)
    elif manifest.kind == FINAL:
        day = date.fromisoformat(provisional[-1].at[:10])
        until = last_day(home, PROVISIONAL, day)
        if until is not None and manifest.at[:10] <= until.isoformat():
            yield problem(WINDOW, Place(FOLDER), until.isoformat(), release=provisional[-1].release)


def _silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def _open_appeals(home: ProgrammeFolder, wave: str, kind: str) -> Iterator[Problem]:
    left = [str(line.number) for line, outcome in home.decisions.appeals(wave) if outcome is None]
    if kind == FINAL and left:
        yield problem(OPEN_APPEALS, Place("decisions.csv"), str(len(left)), numbers=", ".join(left[:12]))


def _manifest(shown: Shown, signed: Signed, name: str) -> Manifest:
    home, wave = shown.home, shown.wave
    with shown.store.open([wave]) as tables:
        visits = tuple(Scored(*row) for row in ask(tables, "published", wave=wave))
    used = sorted({(each.checklist, each.version) for each in visits if each.checklist})
    known = {pair: home.library.get(*pair) for pair in used}
    figures, _ = shown.network()
    return Manifest(
        release=name,
        wave=wave,
        kind=signed.kind,
        at=signed.at,
        prepared_by=signed.prepared_by,
        approved_by=signed.approved_by,
        auditkit=__version__,
        engine=ENGINE,
        decisions=home.decisions.next_number - 1,
        decided=digest_of(home.decisions.every),
        inputs=dict(inputs_of(home, wave)),
        definitions={f"{a} {b}": each.source_hash for (a, b), each in known.items() if each is not None},
        visits=visits,
        branches={row.branch.code: indexed(row) for row in figures.ranking},
        reports=dict(_hashed(home.folder, (home.folder / "reports" / wave).rglob("*.xlsx"))),
        evidence=_evidence(home, wave),
    )


def _evidence(home: ProgrammeFolder, wave: str) -> dict[str, tuple[str, ...]] | None:
    there = evidence_of(home).get(wave)
    return None if there is None else {visit: names for visit, names in there.items() if names}


def inputs_of(home: ProgrammeFolder, wave: str) -> Iterator[tuple[str, str]]:
    """Every file that the wave's scores come from, with its hash."""
    yield from _hashed(home.folder, (home.folder / name for name in _TABLES))
    yield from _hashed(home.folder, (home.folder / "plan").glob(f"{wave}.*"))
    yield from _hashed(home.folder, (home.folder / "columns" / name for name in home.programme.rules.columns.values()))
    if (home.folder / "evidence" / wave).is_dir():
        # Whether a report waits for proof hangs on them only there.
        yield from _hashed(home.folder, home.folder.glob("scenarios/*.y*ml"))
    found, _ = find_visits(home.folder, [each.id for each in home.programme.waves])
    yield from _hashed(home.folder, (home.folder / each.name for each in found.get(wave, ())))


def _hashed(folder: Path, paths: Iterator[Path]) -> Iterator[tuple[str, str]]:
    for path in sorted(path for path in paths if stored(path).is_file()):
        yield path.relative_to(folder).as_posix(), hash_of(path)


def indexed(row: RankingRow) -> Indexed:
    """A branch of the network's list as it is published."""
    shown = "" if row.index.shown is None else str(row.index.shown)
    return Indexed("" if row.index.value is None else str(row.index.value), shown, row.grade or "", row.index.n)
