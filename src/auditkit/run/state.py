"""What a run remembers of every file, so that the next one reads only what changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from auditkit.intake.inbox import Incoming
from auditkit.problems import Place, Problem, Severity
from auditkit.run.moved import seen_path, state_path
from auditkit.whole import whole, write_whole

FORMAT = 2
"""Of what is remembered; memories of another format are forgotten."""


class Light(NamedTuple):
    """What must be known of a submission without reading it again; small, since all of a wave's are held at once."""

    incoming: Incoming
    branch: str
    version: str
    definition: str
    """Hash of the definition that it was scored with; '' where there was none."""
    calendar: str
    """Hash of the calendar, where the checklist counts working days."""
    digest: str
    """Of all its rows: equal digests and fates give equal reports."""
    decided: str = ""
    """Hash of the decisions that acted on its score."""
    proof: str = ""
    """Hash of the evidence that was there for its visit and of what was asked for."""

    def lean(self, file: str, sha256: str) -> Light:
        """The same, with what many have in common held once."""
        own = self.incoming
        incoming = Incoming(
            own.key, file, own.visit_id, intern(own.checklist), intern(own.shopper), own.answers, sha256,
            own.supersedes, own.handed_in, intern(own.outcome), *own[10:],
        )  # fmt: skip
        names = (intern(self.branch), intern(self.version), intern(self.definition), intern(self.calendar))
        return Light(incoming, *names, self.digest, intern(self.decided), intern(self.proof))


class Remembered(NamedTuple):
    """One file as it was when it was read."""

    size: int
    mtime_ns: int
    sha256: str
    inputs: str
    """Hash of the programme and of the mapping it was read with."""
    lights: tuple[Light, ...]
    problems: tuple[Problem, ...]


Memory = dict[str, Remembered]
"""File name → what is remembered of it."""


class Kept(NamedTuple):
    """What is remembered of a wave."""

    memory: Memory
    written_ns: int = 0
    decisions: str = ""
    """Hash of the decisions that its fates were settled with."""


def load_memory(folder: Path, wave: str) -> Kept:
    """What is remembered of a wave; nothing where it is damaged or of another format."""
    path = state_path(folder, wave)
    memory: Memory = {}
    try:
        with path.open(encoding="ascii") as lines:
            head = json.loads(next(lines))
            if head["format"] != FORMAT:
                return Kept({})
            for line in lines:
                name, raw = json.loads(line)
                memory[name] = _remembered(name, raw)
        return Kept(memory, path.stat().st_mtime_ns, head["decisions"])
    except (OSError, ValueError, KeyError, TypeError, IndexError, StopIteration):
        return Kept({})


def save_memory(folder: Path, wave: str, memory: Memory, decisions: str = "") -> None:
    """A line a file; whole or not at all."""
    path = state_path(folder, wave)
    path.parent.mkdir(parents=True, exist_ok=True)
    encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
    with whole(path) as part, part.open("w", encoding="ascii") as lines:
        lines.write(encode({"format": FORMAT, "decisions": decisions}) + "\n")
        for name in sorted(memory):
            lines.write(encode([name, _raw(memory[name])]) + "\n")
    seen = [[name, *each[:2]] for name, each in memory.items()]
    write_json(seen_path(folder, wave), [path.stat().st_mtime_ns, seen])


def write_json(path: Path, data: Any) -> None:
    """A JSON file that appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii"))


def read_json(path: Path) -> Any:
    """What such a file holds; `None` where there is none or it is damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _raw(each: Remembered) -> list[Any]:
    return [*each[:4], [[list(light[0]), *light[1:]] for light in each.lights], [_plain(p) for p in each.problems]]


def _plain(each: Problem) -> list[Any]:
    return [each.code, each.severity.value, list(each.place), each.value, [list(fact) for fact in each.facts]]


def _remembered(name: str, raw: list[Any]) -> Remembered:
    size, mtime_ns, sha256, inputs, lights, problems = raw
    return Remembered(
        size,
        mtime_ns,
        sha256,
        intern(inputs),
        tuple(Light(Incoming(*incoming), *rest).lean(name, sha256) for incoming, *rest in lights),
        tuple(_problem(each) for each in problems),
    )


def _problem(raw: list[Any]) -> Problem:
    code, severity, place, value, facts = raw
    return Problem(code, Severity(severity), Place(*place), value, tuple((a, b) for a, b in facts))


class Digest:
    """A hash of plain values, given one after the other."""

    def __init__(self) -> None:
        self._made = hashlib.sha256()

    def add(self, part: object) -> None:
        """One value more."""
        self._made.update(repr(part).encode("utf-8", "surrogatepass"))
        self._made.update(b"\n")

    def value(self) -> str:
        """32 hexadecimal digits."""
        return self._made.hexdigest()[:32]


def digest(parts: Iterable[object]) -> str:
    """A hash of plain values."""
    made = Digest()
    for part in parts:
        made.add(part)
    return made.value()
