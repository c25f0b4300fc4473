"""Which reports of a wave are out of date, by the fingerprints of what stands in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.audience.copies import employees_of
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.inbox import Decided, Fate
from auditkit.model.action import latest
from auditkit.model.decision import OF_A_COMMENT, OF_AN_APPEAL, Decision, What, digest_of
from auditkit.model.publication import Publication
from auditkit.problems import Problem
from auditkit.results.store import Store
from auditkit.run.action_lines import read_actions
from auditkit.run.crew import Crew
from auditkit.run.names import safe_names
from auditkit.run.publish import Beside, Due, close, prepare, prepare_page, removed, write_branches
from auditkit.run.ready import inputs_of, kept, key_of
from auditkit.run.release.standing import publication_of
from auditkit.run.state import Digest, Memory, digest, read_json, write_json
from auditkit.run.wave import lights_of
from auditkit.run.waves import in_order

NETWORK = "network.xlsx"
FEW = 12
"""Branches that are written here faster than another process starts."""

Known = Mapping[str, tuple[Memory, Mapping[str, Decided]]]
"""Wave → what is remembered of it and the fates of everything in it, up to the wave that is reported."""


class Published(NamedTuple):
    """What became of a wave's reports."""

    written: tuple[Path, ...]
    kept: int
    removed: tuple[Path, ...]
    scores: tuple[tuple[str, Decimal | None], ...]
    problems: tuple[Problem, ...]


@dataclass
class _Plan:
    """The reports of one wave as they should be."""

    folder: Path
    prints: dict[str, str]
    """File name (relative to the folder) → fingerprint."""
    branches: dict[str, Due]
    """File name → the branch whose workbook it is."""
    language: str
    """Of the network's workbook."""
    ready: str = ""
    """The key under which the network's page is kept; '' where it need not be."""


def publish(
    home: ProgrammeFolder,
    store: Store,
    wave: str,
    known: Known,
    language: str | None,
    crew: Crew,
    progress: Callable[[str, int, int], None],
    publication: Publication | None = None,
    inputs: str = "",
) -> Published:
    """Write what is out of date, delete what nobody is due any more, leave everything else untouched.

    `publication`: how far the wave is published, where that is not what stands in releases/ yet. `inputs`: hash of the
    files that the programme was read from (`run.ready`), where the network's page shall be kept too.
    """
    said, unread = read_actions(home.folder)
    held = {about[1:]: each for about, each in latest(said).items() if about[0] == wave}
    beside = Beside(publication or publication_of(home, wave), held)
    plan = _plan(home, wave, known, language, beside)
    memory = home.folder / ".auditkit" / "reports" / f"{wave}.json"
    before = read_json(memory) or {}
    old: dict[str, str] = before.get("prints", {})
    stale = [name for name, mark in plan.prints.items() if old.get(name) != mark or not (plan.folder / name).is_file()]
    gone = removed(plan.folder, (name for name in old if name not in plan.prints))
    scores = before.get("scores", [])
    done: list[str] = []
    problems: list[Problem] = []
    plan.ready = _ready(home, store, wave, known, inputs)
    if stale:
        done, scores, problems = _write(home, store, wave, known, plan, stale, crew, progress, beside)
    elif plan.ready:
        crew.call(prepare_page, store.files(known), home, wave, beside, plan.ready)
    failed = set(stale).difference(done)
    kept = {name: mark for name, mark in plan.prints.items() if name not in failed}
    if stale or gone or kept != old:
        write_json(memory, {"prints": kept, "scores": scores})
    shown = tuple((code, None if score is None else Decimal(score)) for code, score in scores)
    written = tuple(plan.folder / name for name in done)
    return Published(written, len(plan.prints) - len(stale), tuple(gone), shown, (*unread, *problems))


def _ready(home: ProgrammeFolder, store: Store, wave: str, known: Known, inputs: str) -> str:
    """The key of the network's page; '' where none is due: of an earlier wave, of files that changed meanwhile."""
    there = [each for each in in_order(home) if each in store.waves]
    if not inputs or list(known) != there or there[-1:] != [wave] or inputs_of(home.folder) != inputs:
        return ""
    key = key_of(home.folder, inputs)
    return "" if kept(home.folder, key) is not None else key


def _plan(home: ProgrammeFolder, wave: str, known: Known, language: str | None, beside: Beside) -> _Plan:
    folder = home.folder / "reports" / wave
    by_branch = _by_branch(known)
    shared, network = _shared(home, wave, known), digest(by_branch.items())
    if (publication := beside.publication) is not None:
        # Appeals are told branch by branch. What a released score can carry, all visits of the wave tell.
        released = publication.release, str(publication.appeal_until), *publication.before.items()
        shared = digest((shared, network, *released))
    lights = lights_of([known[wave][0]] if wave in known else [])
    # A code that branches.csv lacks is a misspelt one: it stands under data quality, not in a workbook of its own.
    here = Counter(light.branch for light in lights if light.branch in home.branches)
    names = safe_names(here)
    told = _told(home, wave, known)
    masked = employees_of(home.staff, home.managers)
    done = {code: beside.of(code) for code in {about[0] for about in beside.actions}}
    prints, branches = {}, {}
    for code in sorted(here):
        branch = home.branches.get(code)
        spoken = language or (branch.language if branch else "") or home.programme.language
        name = f"branches/{names[code]}.xlsx"
        own = told.get(code, ""), done.get(code), home.history.of(code)
        prints[name] = digest((shared, spoken, by_branch[code], masked, *own))
        branches[name] = Due(code, folder / name, spoken, visits=here[code])
    general = language or home.programme.language
    prints[NETWORK] = digest((shared, network, general, home.history.every))
    return _Plan(folder, prints, branches, general)


def _told(home: ProgrammeFolder, wave: str, known: Known) -> dict[str, str]:
    """Branch → hash of what was decided of its comments and appeals: its copy shows that, though no score moves."""
    kinds = (*OF_A_COMMENT, *OF_AN_APPEAL, What.APPEAL)
    decided = [each for each in home.decisions.holding(wave) if each.what in kinds]
    if not decided:
        return {}
    lights = lights_of([known[wave][0]] if wave in known else [])
    whose = {(light.incoming.visit_id, light.incoming.checklist): light.branch for light in lights}
    found: dict[str, list[Decision]] = defaultdict(list)
    for each in decided:
        found[whose.get((each.visit, each.checklist), "")].append(each)
    return {branch: digest_of(several) for branch, several in found.items()}


def _shared(home: ProgrammeFolder, wave: str, known: Known) -> str:
    """What every report hangs on: program, programme, closed waves, masked codes."""
    from auditkit import __version__

    waves = list(known)
    closed = [each for each in waves if each != wave]
    shoppers = sorted({light.incoming.shopper for light in lights_of(memory for memory, _ in known.values())})
    definitions = sorted({
        (light.incoming.checklist, light.version, light.definition)
        for light in lights_of(memory for memory, _ in known.values())
    })  # fmt: skip
    before = _by_branch({each: known[each] for each in closed})
    return digest((__version__, home.sha256, wave, waves, shoppers, definitions, *before.items()))


def _by_branch(known: Known) -> Mapping[str, str]:
    """Branch → hash of the rows and fates of everything that came in about it."""
    found: dict[str, Digest] = defaultdict(Digest)
    for wave, (memory, fates) in known.items():
        for name in sorted(memory):
            for light in memory[name].lights:
                fate = fates[light.incoming.key]
                found[light.branch].add((wave, light.incoming.key, light.digest, fate.fate.value, fate.reason))
    return {branch: found[branch].value() for branch in sorted(found)}


def _write(
    home: ProgrammeFolder,
    store: Store,
    wave: str,
    known: Known,
    plan: _Plan,
    stale: list[str],
    crew: Crew,
    progress: Callable[[str, int, int], None],
    beside: Beside,
) -> tuple[list[str], list[Any], list[Problem]]:
    """File names that are on disk, indexes, problems."""
    due = [plan.branches[name] for name in stale if name in plan.branches]
    names = {each.code: name for name, each in plan.branches.items()}
    (plan.folder / "branches").mkdir(parents=True, exist_ok=True)
    if len(due) > FEW:
        crew.start()
    try:
        made = crew.call(
            prepare, store.files(known), home, wave, plan.folder / NETWORK, plan.language, beside, plan.ready
        )
        done = [NETWORK] if NETWORK in stale and not made.problems else []
        problems = [*made.problems]
        count = 0
        for size, written in write_branches(crew, made.desk, due):
            count += size
            done += [names[code] for code in written.codes]
            problems += written.problems
            progress("reports", count, len(due))
    finally:
        close()
    scores = [[code, None if shown is None else str(shown)] for code, shown in made.scores]
    return sorted(done), scores, problems


def fate_counts(decided: Iterable[Decided]) -> tuple[tuple[str, int], ...]:
    """Every fate with its number, zeros included."""
    counts = dict.fromkeys(Fate, 0)
    for each in decided:
        counts[each.fate] += 1
    return tuple((fate.value, count) for fate, count in counts.items())
