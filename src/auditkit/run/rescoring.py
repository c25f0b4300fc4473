"""A wave's accepted visits on one version of a checklist, scored with another: what would every branch have had?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from auditkit.analysis.asking import ask
from auditkit.intake.kept import stored
from auditkit.intake.readings import Checklists
from auditkit.model.carried import carried, not_carried
from auditkit.model.checklist import Checklist
from auditkit.model.items import is_scored
from auditkit.model.programme import Branch
from auditkit.model.score import Hashes
from auditkit.model.shares import shares
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.results.batch import Batch, joined, texts_of
from auditkit.results.rows import Came, rows_of
from auditkit.run.files import FileOutcome, Job, score_files
from auditkit.run.incoming import keys_of, reports_of
from auditkit.run.jobs import job_of, mappings_of
from auditkit.scoring import score

if TYPE_CHECKING:
    from auditkit.analysis.rescored import Rescored, Standing
    from auditkit.model.programme import Programme
    from auditkit.run.showing import Shown

NOTHING_ON_IT = declare(
    "R220",
    Severity.ERROR,
    finds="A wave in which no accepted visit was scored with the old version that was named.",
    why="There is nothing to score anew: visits on other versions answered other questions.",
    mend="Name the version that the wave was visited with, or another wave.",
)
TOO_LITTLE = declare(
    "R221",
    Severity.ERROR,
    finds="Two versions that have so little in common that less than half of the new one's weight could be answered.",
    why="A score over a few of its questions would say nothing about the new version.",
    mend="Try the new version out instead: `auditkit form NEW --trial`.",
)
OTHER_SCORE = declare(
    "R222",
    Severity.WARNING,
    finds="Visits whose score on the old version, as it is named now, is not the one of the last run.",
    why="What is shown as the score before is then not the one that was reported: the definition or the file changed.",
    mend="Name the very file that the wave was scored with, or run the wave again.",
)

LEAST = Fraction(1, 2)
"""Of the new version's weight that the old answers must reach."""
Step = Callable[[int, int], None]
"""(files read, of how many)."""


def rescore(
    shown: Shown,
    old: Checklist,
    new: Checklist,
    *,
    processes: int | None = None,
    step: Step = lambda _done, _total: None,
) -> tuple[Rescored | None, list[Problem]]:
    """The wave of `shown` on both versions. `None` where they cannot be compared; nothing on the disk changes."""
    accepted, problems = _accepted(shown, old)
    left_out = not_carried(old, new)
    weight = _weight_of(new, left_out)
    if weight < LEAST:
        problems.append(problem(TOO_LITTLE, Place(new.title.said("en")), f"{float(weight * 100):.0f} %"))
    if not accepted or weight < LEAST:
        return None, problems
    mappings, found = mappings_of(shown.home)
    job = job_of(shown.home, mappings, None)
    job = replace(job, checklists=_Named(job.checklists, old))
    pair = _Pair(old, new)
    keys = frozenset(key for held in accepted.values() for key in held)
    paths = [path for name in accepted if stored(path := shown.home.folder / name).is_file()]
    with TemporaryDirectory(prefix="auditkit-") as name:
        folders = Path(name, "before"), Path(name, "after")
        scores: dict[str, str] = {}
        with Batch(folders[0]) as before, Batch(folders[1]) as after:
            give = partial(_both, job, pair, keys, shown.wave)
            for at, (_, made) in enumerate(score_files(job, paths, give, processes=processes), 1):
                before.add(made.before)
                after.add(made.after)
                scores |= made.scores
                step(min(at, len(paths)), len(paths))
        standings = [
            _standing(folder, scores, checklist, shown.wave, shown.home.programme)
            for folder, checklist in zip(folders, pair, strict=True)
        ]
    problems += [*found, *_other_scores(shown, old, accepted, scores)]
    return _compared(shown, pair, standings, (len(scores), left_out, weight)), problems


class _Pair(NamedTuple):
    old: Checklist
    new: Checklist


@dataclass(frozen=True)
class _Named:
    """The programme's definitions, with the one named before them."""

    others: Checklists
    named: Checklist

    def get(self, id_: str, version: str | None = None, /) -> Checklist | None:
        """The checklist of this id; without a version the one named, else the newest in force."""
        if id_ == self.named.checklist and version in (None, self.named.version):
            return self.named
        return self.others.get(id_, version)


def _accepted(shown: Shown, old: Checklist) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """File → key → score of its accepted visits on the old version, as the last run left them."""
    found: dict[str, dict[str, str]] = {}
    with shown.store.open([shown.wave]) as tables:
        asked = {"wave": shown.wave, "checklist": old.checklist, "version": old.version}
        for file, key, scored in ask(tables, "accepted_on", **asked):
            found.setdefault(file, {})[key] = scored
        others = sorted({f"{row[2]} {row[3]}" for row in ask(tables, "seen") if row[2] == old.checklist})
    if found:
        return found, []
    place = Place(f"visits/{shown.wave}")
    return found, [problem(NOTHING_ON_IT, place, f"{old.checklist} {old.version}", known=", ".join(others))]


def _other_scores(
    shown: Shown, old: Checklist, accepted: Mapping[str, Mapping[str, str]], scores: Mapping[str, str]
) -> list[Problem]:
    """Visits that are gone, or that do not come to what the last run found."""
    before = {key: scored for held in accepted.values() for key, scored in held.items()}
    moved = sum(scores.get(key) != scored for key, scored in before.items())
    return [problem(OTHER_SCORE, Place(f"visits/{shown.wave}"), str(moved), version=old.version)] if moved else []


def _weight_of(new: Checklist, left_out: tuple[str, ...]) -> Fraction:
    """How much of the new version hangs on items that could be answered: 0 to 1."""
    parts = {name: part for name, part in shares(new).items() if not name.startswith("/")}
    if new.scoring != "percent":
        # Points are added up, not shared out: every item counts as one.
        parts = {item.id: Fraction(1) for item in new.items_by_id.values() if is_scored(item)}
    whole = sum(parts.values(), Fraction(0))
    return sum((part for name, part in parts.items() if name not in left_out), Fraction(0)) / whole if whole else whole


class _Made(NamedTuple):
    """One file on both versions, as csv by table; the visits that were still in it, by key, with their score before."""

    before: dict[str, str]
    after: dict[str, str]
    scores: dict[str, str]


def _both(job: Job, pair: _Pair, wanted: frozenset[str], wave: str, outcome: FileOutcome) -> _Made:
    reports = reports_of(outcome)
    before: list[dict[str, str]] = []
    after: list[dict[str, str]] = []
    scores = {}
    for key, each in zip(keys_of(reports, outcome), reports, strict=True):
        if key not in wanted or each.submission is None or each.score is None:
            continue
        scores[key] = "" if each.score.score is None else f"{each.score.score.numerator}/{each.score.score.denominator}"
        moved = carried(each.submission, pair.old, pair.new)
        zone, calendar = job.zone_of(moved.branch), job.calendar_of(moved.branch)
        result = score(pair.new, moved, calendar=calendar, time_zone=zone)
        came = Came(wave, outcome.file, outcome.sha256, Hashes("", "", "", "", "", ""))
        before.append(texts_of(rows_of(key, each.submission, each.score, pair.old, came)))
        after.append(texts_of(rows_of(key, moved, result, pair.new, came)))
    return _Made(joined(before), joined(after), scores)


def _standing(folder: Path, keys: Iterable[str], checklist: Checklist, wave: str, programme: Programme) -> Standing:
    from auditkit.analysis.rescored import standing
    from auditkit.run.reckoned import settled

    with settled(folder, ((key, "accepted", "") for key in sorted(keys))) as tables:
        return standing(tables, checklist, wave, programme)


def _compared(
    shown: Shown, pair: _Pair, standings: list[Standing], counts: tuple[int, tuple[str, ...], Fraction]
) -> Rescored:
    from auditkit.analysis.rescored import Moved, Rescored

    before, after = standings
    visits, left_out, weight = counts
    known = shown.home.branches
    moved = tuple(
        Moved(known.get(code) or Branch(code=code), figure, after.branches[code])
        for code, figure in before.branches.items()
    )
    wave = next(each for each in shown.home.programme.waves if each.id == shown.wave)
    scored = sum(is_scored(item) for item in pair.new.items_by_id.values())
    return Rescored(*pair, wave, visits, before.network, after.network, moved, left_out, scored, weight)
