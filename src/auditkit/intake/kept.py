"""What is left of a report whose file was deleted after its time of retention: its answers, without anybody's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.intake.kept_names import is_kept, kept_of
from auditkit.intake.readings import Reading
from auditkit.model.visit import Submission, Value
from auditkit.problems import Place, Problem, Severity, declare, problem

DAMAGED = declare(
    "S239",
    Severity.ERROR,
    finds="Answers kept of a file that was deleted, which cannot be read any more.",
    why="The file itself is gone: nothing else says what was answered.",
    mend="Take the .kept file from a copy of the folder; its hash stands in purges.csv.",
)
FORMAT = 1
PHOTOS, WORDS = "photos", "words"
"""What is not there any more: photos that the file held, or every word that somebody wrote."""


class Head(NamedTuple):
    """What a kept file says of the file that it stands for."""

    sha256: str
    """Of the file that was deleted."""
    without: tuple[str, ...]


def stored(path: Path) -> Path:
    """The file itself, or what was kept of it. A file that is there always goes before what was kept of another."""
    return kept_of(path) if is_kept(path) else path


def head_of(path: Path) -> Head | None:
    """What is said of a file that was deleted; `None` where nothing was kept of it, or that is damaged."""
    try:
        with kept_of(path).open(encoding="ascii") as lines:
            return _head(json.loads(next(lines)))
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None


def _head(data: dict[str, Any]) -> Head:
    if data["auditkit"] != "kept" or data["format"] != FORMAT:
        raise ValueError(data["format"])
    return Head(str(data["sha256"]), tuple(map(str, data["without"])))


# -- written


def lines_of(head: Head, readings: Iterable[Reading], problems: Iterable[Problem]) -> Iterator[str]:
    """The lines of a kept file; equal readings give equal lines."""
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode
    yield encode({"auditkit": "kept", "format": FORMAT, **head._asdict()}) + "\n"
    count = 0
    for each in readings:
        said = _plain(each.submission) if each.submission is not None else None
        yield encode([said, [_told(one) for one in each.problems], each.visit_hint]) + "\n"
        count += 1
    # By its last line a file is known to be whole.
    yield encode({"readings": count, "problems": [_told(each) for each in problems]}) + "\n"


def _plain(submission: Submission) -> dict[str, Any]:
    data = submission.model_dump(mode="json", exclude={"answers"}, exclude_defaults=True)
    data["source"].pop("file")
    return data | {"answers": {item: _written(value) for item, value in submission.answers.items()}}


def _written(value: Value) -> Any:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _told(each: Problem) -> list[Any]:
    return [each.code, each.severity.value, list(each.place[1:]), each.value, [list(fact) for fact in each.facts]]


# -- read


class KeptFile:
    """A kept file, read line by line; `problems` are those of the deleted file, known at the end."""

    def __init__(self, path: Path, shown: str) -> None:
        self._path, self._shown = path, shown
        self.problems: tuple[Problem, ...] = ()

    def readings(self) -> Iterator[Reading]:
        """Every submission as it was read from the deleted file."""
        self.problems = (problem(DAMAGED, Place(self._shown), self._path.name),)
        try:
            with self._path.open(encoding="ascii") as lines:
                _head(json.loads(next(lines)))
                for count, line in enumerate(lines):
                    data = json.loads(line)
                    if isinstance(data, dict):
                        # The last line: what came before it is all there was.
                        if data["readings"] == count and not next(lines, ""):
                            self.problems = tuple(map(self._problem, data["problems"]))
                        return
                    yield self._reading(*data)
        except (OSError, ValueError, KeyError, TypeError, StopIteration, ArithmeticError):
            return  # damaged

    def _reading(self, said: dict[str, Any] | None, problems: list[list[Any]], hint: str) -> Reading:
        found = tuple(map(self._problem, problems))
        if said is None:
            return Reading(None, found, hint)
        answers = {item: _value(value) for item, value in said.pop("answers").items()}
        said["source"]["file"] = self._shown
        submission = Submission.model_validate(said).model_copy(update={"answers": answers})
        return Reading(submission, found, hint)

    def _problem(self, raw: list[Any]) -> Problem:
        code, severity, place, value, facts = raw
        return Problem(code, Severity(severity), Place(self._shown, *place), value, tuple((a, b) for a, b in facts))


def _value(raw: Any) -> Value:
    if isinstance(raw, dict):
        return Decimal(raw["number"]) if "number" in raw else datetime.fromisoformat(raw["time"])
    if isinstance(raw, list):
        return tuple(map(str, raw))
    if not isinstance(raw, (str, int)):
        raise TypeError(raw)
    return raw
