"""How it stands with what was deleted: begun and not finished, kept otherwise than written down, soon to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.kept_names import is_kept, kept_of
from auditkit.model.programme import Wave
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.results.store import Store
from auditkit.run.purging.due import appeals_until, due_in
from auditkit.run.purging.purged import Line, read_purges
from auditkit.run.wave import hash_of

PURGED = declare(
    "R265",
    Severity.NOTE,
    finds="Files of reports that were deleted after their time of retention.",
    why="Their answers are kept and score as before; comments, photos inside them and the files themselves are gone.",
    mend="Nothing; who deleted them, when and by which rule stands in purges.csv.",
)
SOON = declare(
    "R266",
    Severity.WARNING,
    finds="Files of a provisional release whose time of retention is over before the last day for appeals.",
    why="An appeal could not be decided by them any more, or they would be kept for longer than was promised.",
    mend="Release earlier after the visits, shorten `appeal_days:`, or keep them for longer (`retention:`).",
)
NOT_RUN = declare(
    "R268",
    Severity.ERROR,
    finds="A wave whose files or decisions changed since the last run, or that was never run.",
    why="Only a run knows which of its reports still wait for a decision.",
    mend="Run `auditkit run` first.",
)
UNFINISHED = declare(
    "R269",
    Severity.WARNING,
    finds="A file that stands in purges.csv as deleted and is still there, or there again.",
    why="It is past its time.",
    mend="Run `auditkit purge` again; delete it where somebody put it back.",
)
OTHER = declare(
    "R270",
    Severity.ERROR,
    finds="Kept answers that are not those that purges.csv says.",
    why="Nothing else is left of what was answered: a changed answer would be a changed score that nobody decided.",
    mend="Take the .kept file from a copy of the folder.",
)


def unfinished(home: ProgrammeFolder, lines: Iterable[Line]) -> Iterator[Problem]:
    """Files that were written down as deleted and are there, byte for byte."""
    latest = {each.file: each for each in lines}
    for each in latest.values():
        path = home.folder / each.file
        there = path.is_file() and hash_of(path) == each.sha256
        # The words of a report whose photos went before are replaced, not deleted.
        earlier = each.kept and is_kept(path) and _hash(path) in {one.kept for one in lines if one.file == each.file}
        if there or (earlier and _hash(path) != each.kept):
            yield problem(UNFINISHED, Place(each.file), each.number)


def kept_in(home: ProgrammeFolder, files: Iterable[str]) -> tuple[int, list[Problem]]:
    """How many of these files are deleted and kept, and which were kept otherwise than was written down."""
    lines, problems = read_purges(home.folder)
    written: dict[str, set[str]] = {}
    for each in lines:
        written.setdefault(each.file, set()).add(each.kept)
    names = [name for name in files if is_kept(home.folder / name)]
    wrong = [name for name in names if _hash(home.folder / name) not in written.get(name, ())]
    found = [problem(OTHER, Place(name), kept_of(Path(name)).name) for name in wrong]
    return len(names), [*problems, *found]


def of_wave(home: ProgrammeFolder, wave: str, kept: Iterable[str]) -> list[Problem]:
    """What a run says of a wave; `kept`: files of which only the answers are left."""
    count, found = kept_in(home, kept)
    lines, _ = read_purges(home.folder)
    own = [each for each in lines if each.file.split("/")[1:2] == [wave]]
    note = [problem(PURGED, Place(f"visits/{wave}"), str(count))] if count else []
    return [*found, *unfinished(home, own), *note]


def not_current(home: ProgrammeFolder, waves: Iterable[Wave], *, finish: bool) -> list[Problem]:
    """Waves of which the results are not those of their files and decisions now.

    `finish`: they are reckoned again, as after a deletion that was killed, which drops results before files.
    """
    store = Store(home.folder / ".auditkit" / "results")
    own = [each.id for each in waves]
    stale = [wave for wave in own if _is_stale(home, store, wave)]
    if not stale:
        return []
    if finish:
        from auditkit.run.programme import run

        told = run(home.folder)
        return [] if told.done else list(told.problems)
    return [problem(NOT_RUN, Place(f"visits/{wave}"), wave) for wave in stale]


def _is_stale(home: ProgrammeFolder, store: Store, wave: str) -> bool:
    from auditkit.run.moved import moved
    from auditkit.run.state import load_memory

    if next(moved(home.folder, [wave]), None) is not None:
        return True
    kept = load_memory(home.folder / ".auditkit", wave)
    return bool(kept.memory) and (wave not in store.waves or kept.decisions != home.decisions.of_wave(wave))


def soon(home: ProgrammeFolder, store: Store, wave: str) -> Iterator[Problem]:
    """What a provisional release should know: files that are past their time before its appeals are over."""
    until: date | None = appeals_until(home, wave)
    if until is None:
        return
    own = [each for each in home.programme.waves if each.id == wave]
    due = due_in(home, store, own, until)
    kinds = dict.fromkeys(each.kind for each in due)
    for kind in kinds:
        those = [each for each in due if each.kind == kind]
        facts = {"kind": kind, "until": until, "days": those[0].days}
        yield problem(SOON, Place(min(each.file for each in those)), str(len(those)), **facts)


def _hash(path: Path) -> str:
    return hash_of(kept_of(path))
