"""A release reckoned again from its inputs, and what was published held against what stands there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from auditkit.analysis.asking import ask
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.inbox import settle
from auditkit.model.decision import Decisions, digest_of
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.run.files import score_files
from auditkit.run.jobs import job_of, mappings_of
from auditkit.run.release.making import indexed
from auditkit.run.release.manifest import FOLDER, Indexed, Manifest, Scored, releases_of
from auditkit.run.wave import deciding, hash_of
from auditkit.scoring import ENGINE

CHANGED = declare(
    "R255",
    Severity.ERROR,
    finds="An input of a release that is not there any more, or is another one.",
    why="Without it the published numbers cannot be shown to be right.",
    mend="Put the file back as it was; versions of checklists and mappings are kept beside the new ones.",
)
DIFFERS = declare(
    "R256",
    Severity.ERROR,
    finds="A published result that does not come out again from its inputs.",
    why="Either an input named above has changed, or the program reckons otherwise: then its fault must be found.",
    mend="Put the inputs back; if all are as they were, report it with the release.",
)
MOVED = declare(
    "R257",
    Severity.WARNING,
    finds="A score that was published and would be another one now.",
    why="Whoever was told the old one must be told the new one, and why.",
    mend="Look at the decision or the file that changed it; publish a further release.",
)


class Replayed(NamedTuple):
    """What came out of a replay."""

    results: int
    """Reports of the release."""
    same: int
    branches: int
    branches_same: int
    problems: tuple[Problem, ...]


def replay(home: ProgrammeFolder, release: Manifest, *, processes: int | None = None) -> Replayed:
    """Score the release's files again, with the decisions known then, and hold every digit against it."""
    problems = list(_inputs(home, release))
    visits, branches = _again(home, release, processes)
    published = {each.key: each for each in release.visits}
    for key, each in published.items():
        now = visits.get(key)
        if now is None or _result(now) != _result(each):
            shown = _told(now) if now is not None else ""
            place = Place(key.rpartition("#")[0])
            problems.append(problem(DIFFERS, place, _told(each), name=each.visit or key, now=shown))
    for code, one in release.branches.items():
        if branches.get(code) != one:
            other = branches.get(code)
            now_shown = other.shown if other is not None else ""
            problems.append(problem(DIFFERS, Place(FOLDER), one.shown, name=code, now=now_shown))
    same = sum(key in visits and _result(visits[key]) == _result(each) for key, each in published.items())
    branches_same = sum(branches.get(code) == one for code, one in release.branches.items())
    return Replayed(len(published), same, len(release.branches), branches_same, tuple(problems))


def _result(each: Scored) -> tuple[str, ...]:
    return each.fate, each.score, each.grade, each.verdict


def _told(each: Scored) -> str:
    return " ".join(filter(None, (each.fate, each.score, each.grade)))


def _inputs(home: ProgrammeFolder, release: Manifest) -> Iterator[Problem]:
    """What is not as it was. decisions.csv only grows: of it the lines of then must be there."""
    if release.engine != ENGINE:
        yield problem(CHANGED, Place(FOLDER), f"engine {release.engine}", now=ENGINE)
    for name, sha256 in release.inputs.items():
        if name == "decisions.csv":
            then = [each for each in home.decisions.every if each.number <= release.decisions]
            if digest_of(then) != release.decided:
                yield problem(CHANGED, Place(name), name)
        elif hash_of(home.folder / name) != sha256:
            yield problem(CHANGED, Place(name), name)
    for name, sha256 in release.definitions.items():
        id_, _, version = name.partition(" ")
        checklist = home.library.get(id_, version)
        if checklist is None or checklist.source_hash != sha256:
            yield problem(CHANGED, Place("checklists"), name)


def _again(
    home: ProgrammeFolder, release: Manifest, processes: int | None
) -> tuple[Mapping[str, Scored], Mapping[str, Indexed]]:
    from dataclasses import replace

    from auditkit.analysis.contexts import context_for
    from auditkit.analysis.network import network_figures
    from auditkit.audience.copies import quality_copy
    from auditkit.results.batch import Batch, write_fates
    from auditkit.results.engine import open_batch
    from auditkit.run.rows import Giving, file_rows

    decisions = Decisions.of(each for each in home.decisions.every if each.number <= release.decisions)
    job = replace(job_of(home, mappings_of(home)[0], None), decisions=decisions)
    names = [name for name in release.inputs if name.startswith("visits/")]
    paths = [path for name in names if (path := home.folder / name).is_file()]
    giving = Giving(home.library, None, home.sha256, home.calendar.sha256, decisions)
    with TemporaryDirectory(prefix="auditkit-") as folder:
        lights = []
        with Batch(Path(folder)) as batch:
            for _, rows in score_files(job, paths, partial(file_rows, giving), processes=processes):
                batch.add(rows.texts, rows.items)
                lights += [light.incoming for light in rows.lights]
        review_all = home.programme.rules.review == "all"
        fates = settle(lights, review_all=review_all, decided=deciding(decisions, release.wave))
        write_fates(Path(folder), [(key, each.fate.value, each.reason) for key, each in fates.items()])
        with open_batch(Path(folder)) as tables:
            visits = {each.key: each for row in ask(tables, "published", wave=release.wave) for each in [Scored(*row)]}
            context = context_for(tables, home.library, home.programme, home.branches)
            figures = network_figures(tables, context, release.wave, audience=quality_copy(context), visits=False)
    return visits, {row.branch.code: indexed(row) for row in figures.ranking}


def moved_since(home: ProgrammeFolder, wave: str, now: Mapping[str, Scored]) -> Iterator[Problem]:
    """Published scores of the wave's latest release that are others now, each with the decisions about it."""
    latest = releases_of(home.folder, wave)[-1:]
    for release in latest:
        for each in release.visits:
            other = now.get(each.key)
            if each.fate != "accepted" or (other is not None and _result(other) == _result(each)):
                continue
            numbers = [
                str(one.number)
                for one in home.decisions.every
                if one.number > release.decisions
                and one.wave == wave
                and one.concerns(each.visit, each.checklist, each.branch)
            ]
            facts = {"visit": each.visit, "checklist": each.checklist, "release": release.release,
                     "now": _told(other) if other is not None else "", "by": ", ".join(numbers)}  # fmt: skip
            yield problem(MOVED, Place(f"{FOLDER}/{release.release}.json"), _told(each), **facts)
