"""The manifest of a release: the hash of every input, every score, every report that went out."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.problems import Place, Problem, Severity, declare, nearest, problem

FORMAT = 1
FOLDER = "releases"

NO_RELEASE = declare(
    "R250",
    Severity.ERROR,
    finds="The name of a release that is not there, or a manifest that is damaged.",
    why="Nothing can be compared with it.",
    mend="`auditkit release WAVE` lists the releases of a wave.",
)


class Scored(NamedTuple):
    """One report as it was published."""

    key: str
    visit: str
    checklist: str
    version: str
    branch: str
    fate: str
    reason: str
    score: str
    """Exact, `num/den`; '' where nothing was scored."""
    grade: str
    verdict: str
    answers: str
    """Hash of what was answered."""
    decisions: str
    """Hash of the decisions that acted on it."""


class Indexed(NamedTuple):
    """One branch as it was published."""

    mean: str
    """Exact, `num/den`; '' where it has none."""
    shown: str
    grade: str
    visits: int


@dataclass(frozen=True)
class Manifest:
    """One release. Never changed once it is written."""

    release: str
    """`2026-Q3-02-final`: wave, number within it, kind."""
    wave: str
    kind: str
    at: str
    prepared_by: str
    approved_by: str
    auditkit: str
    engine: str
    decisions: int
    """Number of the last decision that was known."""
    decided: str
    """Hash of all decisions up to it."""
    inputs: dict[str, str]
    """File, relative to the programme → SHA-256."""
    definitions: dict[str, str]
    """`phone-etiquette 1.0.0` → SHA-256 of its files."""
    visits: tuple[Scored, ...]
    branches: dict[str, Indexed]
    reports: dict[str, str]
    """File → SHA-256."""
    evidence: dict[str, tuple[str, ...]] | None = None
    """Visit → names of the files that were there for it; `None`: the wave had no folder of evidence."""

    @property
    def number(self) -> int:
        """Within its wave."""
        return int(self.release.removeprefix(f"{self.wave}-").split("-")[0])


def as_text(manifest: Manifest) -> str:
    """JSON with one visit a line, so that two releases can be compared by any program."""
    data = {"format": FORMAT, **asdict(manifest)}
    visits = [list(each) for each in manifest.visits]
    data["visits"] = []
    data["branches"] = {code: list(each) for code, each in manifest.branches.items()}
    data["columns"] = {"visits": list(Scored._fields), "branches": list(Indexed._fields)}
    head = json.dumps(data, ensure_ascii=False, indent=1)
    lines = ",\n".join("  " + json.dumps(each, ensure_ascii=False) for each in visits)
    return head.replace('"visits": [],', f'"visits": [\n{lines}\n ],' if lines else '"visits": [],', 1) + "\n"


def read(path: Path) -> Manifest | None:
    """The manifest in a file; `None` where there is none, or it is damaged."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("format") != FORMAT:
            return None
        data.pop("columns")
        data["visits"] = tuple(Scored(*each) for each in data["visits"])
        data["branches"] = {code: Indexed(*each) for code, each in data["branches"].items()}
        if (there := data.pop("evidence", None)) is not None:
            data["evidence"] = {visit: tuple(names) for visit, names in there.items()}
        return Manifest(**data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def releases_of(folder: Path, wave: str) -> list[Manifest]:
    """All releases of a wave in a programme's folder, in their order; damaged ones are left out."""
    paths = sorted((folder / FOLDER).glob(f"{wave}-*.json"))
    # A copy under another name, as services that keep folders alike make them, is no release of its own.
    found = [each for path in paths if (each := read(path)) is not None and each.release == path.stem]
    return sorted((each for each in found if each.wave == wave), key=lambda each: each.number)


def next_number(folder: Path, wave: str) -> int:
    """Of the next release of a wave: after all that are there, the damaged ones too."""
    found = (re.match(r"\d+", path.stem.removeprefix(f"{wave}-")) for path in (folder / FOLDER).glob(f"{wave}-*.json"))
    return max((int(each[0]) for each in found if each is not None), default=0) + 1


def damaged(folder: Path, wave: str) -> list[Problem]:
    """A problem for each manifest of a wave that cannot be read."""
    paths = sorted((folder / FOLDER).glob(f"{wave}-*.json"))
    return [problem(NO_RELEASE, Place(f"{FOLDER}/{path.name}"), path.stem) for path in paths if read(path) is None]


def find(folder: Path, name: str) -> Manifest | Problem:
    """A release by its name or its file."""
    path = Path(name) if name.endswith(".json") else folder / FOLDER / f"{name}.json"
    found = read(path)
    if found is not None:
        return found
    names = [each.stem for each in (folder / FOLDER).glob("*.json")]
    return problem(NO_RELEASE, Place(FOLDER), name, known=nearest(name, names) or ", ".join(sorted(names)))
