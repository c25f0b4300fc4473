"""A definition as it was written, with its translations, before anything is spread or taken in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.definitions.library import Library
from auditkit.definitions.translations import read_translations
from auditkit.definitions.yaml_source import read_yaml
from auditkit.editing.outline import Words
from auditkit.problems import Problem, has_errors


class Source(NamedTuple):
    """What its files say."""

    data: Mapping[str, Any]
    words: Words

    @property
    def id(self) -> str:
        """The checklist's."""
        return str(self.data.get("checklist", ""))

    @property
    def version(self) -> str:
        """Its version."""
        return str(self.data.get("version", ""))


def source_of(shelf: Library, reference: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """A definition by id, id@version or path; one with errors is refused, since they could get lost in a table."""
    checklist, problems = shelf.find(reference)
    if checklist is None:
        return None, problems
    path = shelf.path(checklist.checklist, checklist.version)
    file = Path(reference)
    if file.exists():
        path = file / "checklist.yaml" if file.is_dir() else file
    if path is None:
        return None, problems
    document, faults = read_yaml(path)
    translations, more = read_translations(path, path.as_posix())
    if document is None or has_errors(more):
        return None, (*faults, *more)
    return Source(document.data, [(str(each.data["language"]), each.data) for each in translations]), problems
