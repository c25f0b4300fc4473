"""What a YAML file says and where each word of it stands; the only module that knows PyYAML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from auditkit.definitions.documents import Branch, Document, at_mark
from auditkit.definitions.yaml_faults import LOOKALIKE, is_too_deep, lookalike_before, syntax_fault
from auditkit.problems import Code, Place, Problem, Severity, declare, problem

UNREADABLE = declare(
    "D101",
    Severity.ERROR,
    finds="A definition or programme file that does not exist or cannot be opened.",
    why="Without it nothing can be asked or scored.",
    mend="Check the name and the folder; close the file in other programs; check that you may read it.",
)
NOT_UTF8 = declare(
    "D102",
    Severity.ERROR,
    finds="A YAML file that is not saved as UTF-8.",
    why="Letters of other encodings cannot be told apart with certainty, and texts would reach shoppers garbled.",
    mend="Save the file as UTF-8 in your editor ('Save with encoding').",
)
TOO_MUCH = declare(
    "D103",
    Severity.ERROR,
    finds="A YAML file that is larger, deeper or fuller of references (`*name`) than any checklist needs.",
    why="Such files exist only to exhaust the memory of the program that reads them.",
    mend="Split the file, or write the repeated parts out.",
)
DUPLICATE = declare(
    "D105",
    Severity.ERROR,
    finds="The same key twice in one place.",
    why="Most programs silently let the later one win; whoever edits the first one then wonders why nothing changes.",
    mend="Delete one of the two lines named.",
)
UNUSUAL = declare(
    "D106",
    Severity.ERROR,
    finds="YAML that definitions do not use: tags (`!!`), a key that is not a plain word, several documents in a file, "
    "a reference to a name that is not there.",
    why="It is safe to read only what a person can see at a glance.",
    mend="Write the value out in plain words.",
)
NOT_A_MAPPING = declare(
    "D107",
    Severity.ERROR,
    finds="A file that is empty or holds no `key: value` lines.",
    why="A definition or programme is a set of named values.",
    mend="Begin the file with `checklist: …` or `programme: …`; see docs/definitions.md.",
)

MAX_BYTES = 4_000_000
MAX_NODES = 200_000
MAX_DEPTH = 40
MAX_ALIASES = 200

_Parser: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FRAMING = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


class _RefusedError(Exception):
    """Reading ends here; carries the problem."""

    def __init__(self, code: Code, mark: Any, value: object = "", **facts: object) -> None:
        self.code, self.mark, self.value, self.facts = code, mark, value, facts


def read_yaml(path: Path, name: str | None = None) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in a file, or `None` with what is wrong; `name` is how problems call the file."""
    shown = name if name is not None else path.as_posix()
    try:
        if path.stat().st_size > MAX_BYTES:
            return None, (problem(TOO_MUCH, Place(shown), f"{MAX_BYTES // 1_000_000} MB"),)
        raw = path.read_bytes()
    except OSError as error:
        return None, (problem(UNREADABLE, Place(shown), error.strerror or type(error).__name__),)
    return parse_yaml(raw, shown)


def parse_yaml(raw: bytes, name: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """As `read_yaml`, of bytes."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, (problem(NOT_UTF8, Place(name, line=line)),)
    builder = _Builder(name)
    try:
        data, marks = builder.build(text)
    except _RefusedError as refused:
        place = Place(name, line=refused.mark.line + 1, column=refused.mark.column + 1)
        return None, (*builder.problems, problem(refused.code, place, refused.value, **refused.facts))
    except yaml.YAMLError as error:
        # A character may be said already, and be what stopped the parser as well.
        return None, tuple(dict.fromkeys([*builder.problems, _stopped(error, text, builder)]))
    except RecursionError:
        return None, (problem(TOO_MUCH, Place(name), MAX_DEPTH),)
    if not isinstance(data, dict) or not data:
        return None, (*builder.problems, problem(NOT_A_MAPPING, Place(name, line=1, column=1)))
    return Document(name, data, marks, raw), tuple(builder.problems)


def _stopped(error: yaml.YAMLError, text: str, builder: _Builder) -> Problem:
    if is_too_deep(error):
        mark = error.problem_mark  # type: ignore[attr-defined]  # the parser says where
        return problem(TOO_MUCH, Place(builder.name, line=mark.line + 1, column=mark.column + 1), MAX_DEPTH)
    return syntax_fault(error, text, builder.name, builder.quoted)


class _Builder:
    """Turns the parser's events into data and marks without recursion, so that depth is a number and not a crash."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, Any, int]] = {}
        self.nodes = 0
        self.aliases = 0
        self.open: list[_Frame] = []
        self.quoted: tuple[Any, Any] | None = None
        """Begin and end of the last text in quotes: where one was not closed, it ends where another one begins."""

    def build(self, text: str) -> tuple[Any, Any]:
        """Data and marks of the one document in a text."""
        done: tuple[Any, Any] | None = None
        for event in yaml.parse(text, Loader=_Parser):
            kind = type(event)
            if kind is yaml.DocumentStartEvent and done is not None:
                raise _RefusedError(UNUSUAL, event.start_mark, "---")
            if kind not in _FRAMING:
                done = self._take(event, kind)
        return done if done is not None else (None, None)

    def _take(self, event: Any, kind: type[Any]) -> tuple[Any, Any]:
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.open.append(self._open(event))
            return None, None
        if kind is yaml.ScalarEvent:
            done, size = self._scalar(event), 1
        elif kind is yaml.AliasEvent:
            done, size = self._alias(event)
        else:
            frame = self.open.pop()
            done, size = (frame.data, frame.marks), frame.marks.size
            if frame.anchor:
                self.anchors[frame.anchor] = (*done, size)
        if self.open:
            at = done[1].mark if isinstance(done[1], Branch) and kind is not yaml.AliasEvent else event.start_mark
            self._put(self.open[-1], done, size, at)
        return done

    def _open(self, event: Any) -> _Frame:
        self._refuse_tag(event)
        self._count(1, event.start_mark)
        if len(self.open) >= MAX_DEPTH:
            raise _RefusedError(TOO_MUCH, event.start_mark, MAX_DEPTH)
        data: Any = {} if type(event) is yaml.MappingStartEvent else []
        return _Frame(data, Branch(event.start_mark), event.anchor)

    def _scalar(self, event: Any) -> tuple[str, Any]:
        self.nodes += 1
        if event.style in ("'", '"'):
            self.quoted = event.start_mark, event.end_mark
        if event.tag is not None:
            self._refuse_tag(event)
        if self.nodes > MAX_NODES:
            raise _RefusedError(TOO_MUCH, event.start_mark, MAX_NODES)
        if event.anchor:
            self.anchors[event.anchor] = (event.value, event.start_mark, 1)
        return event.value, event.start_mark

    def _alias(self, event: Any) -> tuple[tuple[Any, Any], int]:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise _RefusedError(TOO_MUCH, event.start_mark, MAX_ALIASES)
        if event.anchor not in self.anchors:
            raise _RefusedError(UNUSUAL, event.start_mark, f"*{event.anchor}")
        data, marks, size = self.anchors[event.anchor]
        self._count(size, event.start_mark)
        return (data, marks), size

    def _count(self, size: int, mark: Any) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise _RefusedError(TOO_MUCH, mark, MAX_NODES)

    @staticmethod
    def _refuse_tag(event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            raise _RefusedError(UNUSUAL, event.start_mark, event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _put(self, frame: _Frame, done: tuple[Any, Any], size: int, mark: Any) -> None:
        data, marks = done
        branch = frame.marks
        branch.size += size
        if isinstance(frame.data, list):
            branch.children[len(frame.data)] = marks
            frame.data.append(data)
        elif frame.key is None:
            if not isinstance(data, str) or not data:
                raise _RefusedError(UNUSUAL, mark, "? …")
            frame.key, frame.key_mark = data, mark
        else:
            self._put_value(frame, data, marks)

    def _put_value(self, frame: _Frame, data: Any, marks: Any) -> None:
        key, branch = frame.key, frame.marks
        assert key is not None  # noqa: S101  _put saw it
        if odd := lookalike_before(key):
            self._say(LOOKALIKE, frame.key_mark, odd)
        elif key in frame.data:
            if not frame.run_together:
                first, second = at_mark(branch.keys[key]).line, at_mark(frame.key_mark).line
                self._say(DUPLICATE, frame.key_mark, key, first=first, second=second)
            # A row begins again without its `- `: one fault, however many keys the two rows share.
            frame.run_together = frame.run_together or key == next(iter(frame.data))
        else:
            frame.data[key] = data
            branch.keys[key] = frame.key_mark
            branch.children[key] = marks
        frame.key = None

    def _say(self, code: Code, mark: Any, value: object, **facts: object) -> None:
        line, column = at_mark(mark)
        self.problems.append(problem(code, Place(self.name, line=line, column=column), value, **facts))


@dataclass(slots=True)
class _Frame:
    data: Any
    marks: Branch
    anchor: str | None
    key: str | None = None
    key_mark: Any = None
    run_together: bool = False
    """Its first key came a second time."""
