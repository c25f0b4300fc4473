"""One wave of a programme: which of its files changed, what became of everything in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.inbox import Decided, Deciding, settle
from auditkit.intake.kept import head_of
from auditkit.model.decision import NO_DECISIONS, Decisions
from auditkit.run.discovery import Found
from auditkit.run.proving import NOTHING_PROVED, Proving
from auditkit.run.rows import FileRows
from auditkit.run.state import Kept, Light, Memory, Remembered, load_memory

RACE_NS = 2_000_000_000
"""A file written just before it was remembered may have changed since with the same size and time."""


class Current(NamedTuple):
    """What results must have been reckoned with to be good still."""

    inputs_of: Callable[[str], str]
    """File name → hash of the programme and of the mapping it is read with."""
    definition: Callable[[str, str], str]
    """(checklist, version) → hash of its definition, '' where there is none."""
    calendar: str
    review_all: bool = False
    """The programme takes no report by itself."""
    decisions: Decisions = NO_DECISIONS
    proving: Proving = NOTHING_PROVED

    def holds(self, wave: str, name: str, kept: Remembered) -> bool:
        """Whether a file that did not change would give what it gave."""
        return kept.inputs == self.inputs_of(name) and all(self._light_holds(wave, light) for light in kept.lights)

    def _light_holds(self, wave: str, light: Light) -> bool:
        own = light.incoming
        decided = self.decisions.scoring(wave, own.visit_id, own.checklist, light.branch, own.answers)
        if decided != light.decided or light.proof != self.proving.mark(wave, own.visit_id, own.checklist):
            return False
        checklist = light.incoming.checklist
        if checklist and (not light.definition or light.definition != self.definition(checklist, light.version)):
            return False
        return not light.calendar or light.calendar == self.calendar


@dataclass
class WaveState:
    """A wave between what is remembered of it and what lies on the disk."""

    wave: str
    folder: Path
    """Of the programme."""
    memory: Memory
    changed: list[Found]
    """To be read."""
    gone: list[str]
    """Remembered, but not there any more."""
    touched: bool
    """Something remembered moved without changing what it says (a time)."""
    review_all: bool = False
    decisions: Decisions = NO_DECISIONS
    decided: bool = False
    """Something was decided since it was settled."""
    kept: tuple[str, ...] = ()
    """Files of which only the answers are left."""

    @property
    def is_new(self) -> bool:
        """Whether its results must be written anew."""
        return bool(self.changed or self.gone or (self.decided and self.memory))

    def take(self, found: Found, rows: FileRows, inputs: str) -> None:
        """Remember a file, or a further part of it, that was just read."""
        sha256 = rows.sha256 or hash_of(self.folder / found.name)
        lights = tuple(light.lean(found.name, sha256) for light in rows.lights)
        before = (
            self.memory[found.name] if rows.part else Remembered(found.size, found.mtime_ns, sha256, inputs, (), ())
        )
        problems = (*before.problems, *rows.problems)
        self.memory[found.name] = before._replace(lights=(*before.lights, *lights), problems=problems)

    def fates(self) -> dict[str, Decided]:
        """Key → fate of everything in the wave."""
        lights = (light.incoming for each in self.memory.values() for light in each.lights)
        return settle(lights, review_all=self.review_all, decided=deciding(self.decisions, self.wave))


def deciding(decisions: Decisions, wave: str) -> Deciding | None:
    """What was decided of each report of a wave."""
    if not decisions.every:
        return None
    return lambda each: decisions.fate(wave, each.visit_id, each.checklist, each.answers)


def known_of(home: ProgrammeFolder, wave: str) -> tuple[Memory, dict[str, Decided]]:
    """What the last run remembered of a wave, with the fate of everything in it by what is decided now."""
    memory = load_memory(home.folder / ".auditkit", wave).memory
    lights = (light.incoming for each in memory.values() for light in each.lights)
    review_all = home.programme.rules.review == "all"
    return memory, settle(lights, review_all=review_all, decided=deciding(home.decisions, wave))


def compare(folder: Path, wave: str, files: Sequence[Found], remembered: Kept, current: Current) -> WaveState:
    """What must be read. A file is the same when size and time are, else when its bytes are."""
    memory, written_ns, decided = remembered
    names = {each.name for each in files}
    gone = [name for name in memory if name not in names]
    for name in gone:
        del memory[name]
    changed: list[Found] = []
    touched = False
    for each in files:
        kept = memory.get(each.name)
        if kept is None or not current.holds(wave, each.name, kept):
            changed.append(each)
        elif (each.size, each.mtime_ns) != kept[:2] or each.mtime_ns > written_ns - RACE_NS:
            # By its hash what was kept of a file is that file, whatever was changed in it.
            new = each.size != kept.size or (each.kept and each.mtime_ns != kept.mtime_ns)
            if new or hash_of(folder / each.name) != kept.sha256:
                changed.append(each)
            else:
                touched = touched or each.mtime_ns != kept.mtime_ns
                memory[each.name] = kept._replace(mtime_ns=each.mtime_ns)
    anew = decided != current.decisions.of_wave(wave)
    left = tuple(each.name for each in files if each.kept)
    return WaveState(wave, folder, memory, changed, gone, touched, current.review_all, current.decisions, anew, left)


def hash_of(path: Path) -> str:
    """SHA-256 of a file, also of one that was deleted and whose answers are kept; '' where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        head = head_of(path)
        return head.sha256 if head is not None else ""


def lights_of(memories: Iterable[Memory]) -> Iterable[Light]:
    """Everything that came in, over some waves."""
    return (light for memory in memories for each in memory.values() for light in each.lights)


def known_fates(fates: Mapping[str, Decided]) -> Iterable[tuple[str, str, str]]:
    """Key, fate, reason, in the order of the keys."""
    return ((key, each.fate.value, each.reason) for key, each in sorted(fates.items()))
