"""Where checklists lie: which files hold which id and version, found without reading more than their heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

_FILE = re.compile(r"(?P<stem>.+?)(-(?P<version>\d+\.\d+\.\d+))?\.ya?ml")
_HEAD = re.compile(rb"^(checklist|version|status):[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_HEAD_BYTES = 4096


class Volume(NamedTuple):
    """One file that holds one version of a checklist, as its head says."""

    path: Path
    checklist: str
    version: str
    status: str

    @property
    def order(self) -> tuple[bool, tuple[int, ...]]:
        """In force before all others, then by version."""
        return self.status == "in_force", version_order(self.version)


def version_order(version: str) -> tuple[int, ...]:
    """`1.10.0` after `1.9.0`."""
    return tuple(int(part) if part.isdigit() else -1 for part in version.split("."))


def shipped_folder() -> Path:
    """The checklists that come with the program: inside the package when installed, at the root of a checkout."""
    inside = Path(__file__).resolve().parents[1] / "shipped"
    if inside.is_dir():
        return inside
    return Path(__file__).resolve().parents[3] / "checklists"


class Shelf:
    """The checklists in some folders; an earlier folder goes before a later one with the same id and version."""

    def __init__(self, folders: Iterable[Path | str]) -> None:
        self.folders = tuple(Path(folder) for folder in folders)

    @cached_property
    def _paths(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for folder in self.folders:
            for id_, path in _definitions(folder):
                found.setdefault(id_, []).append(path)
        return found

    def ids(self) -> list[str]:
        """Every checklist there is, sorted."""
        return sorted(self._paths)

    def volumes(self, id_: str) -> list[Volume]:
        """Every version of a checklist, the one in force first, newest first."""
        found: dict[str, Volume] = {}
        for path in self._paths.get(id_, ()):
            volume = peek(path)
            found.setdefault(volume.version, volume)
        return sorted(found.values(), key=lambda v: v.order, reverse=True)

    def files(self, id_: str) -> list[Path]:
        """Every file of a checklist, also where two hold the same version."""
        return list(self._paths.get(id_, ()))

    def path(self, id_: str, version: str | None = None) -> Path | None:
        """The file of a version; without one, of the newest in force (else the newest)."""
        known = self._paths.get(id_, ())
        if version is None and len(known) == 1:
            return known[0]
        return next((v.path for v in self.volumes(id_) if version is None or v.version == version), None)


def peek(path: Path) -> Volume:
    """What the head of a definition says, without parsing it; '' where it does not say."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        head = b""
    said = {key.decode(): value.decode("utf-8", "replace") for key, value in reversed(_HEAD.findall(head))}
    named = _FILE.fullmatch(path.name)
    version = said.get("version") or (named["version"] if named else None) or ""
    return Volume(path, said.get("checklist", ""), version, said.get("status", "in_force"))


def _definitions(folder: Path) -> Iterator[tuple[str, Path]]:
    """`ID/checklist.yaml`, `ID/checklist-1.0.0.yaml`, `ID.yaml`, `ID-1.0.0.yaml` in a folder, by id."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            for path in sorted(entry.glob("checklist*.y*ml")):
                found = _FILE.fullmatch(path.name)
                if found and found["stem"] == "checklist":
                    yield entry.name, path
        elif (found := _FILE.fullmatch(entry.name)) and "." not in found["stem"]:
            yield found["stem"], entry
