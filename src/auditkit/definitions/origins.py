"""Which file and line every part of a checklist came from, once includes and defaults are in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from auditkit.definitions.yaml_source import Document, Keys
from auditkit.problems import Place


@dataclass(slots=True)
class Origins:
    """The document a checklist stands in, and what other documents gave to it."""

    home: Document
    grafts: list[tuple[Keys, Origins, Keys]] = field(default_factory=list)
    """(where in the whole, whose, where in that one)."""

    def graft(self, at: Keys, other: Origins, source: Keys) -> None:
        """What stands under `at` came from `source` of the other."""
        self.grafts.append((at, other, source))

    def place(self, path: Sequence[str | int], *, key: bool = False) -> Place:
        """Where a path of the whole was written; a value that came by `defaults:` stands there."""
        path = tuple(path)
        best = max((g for g in self.grafts if path[: len(g[0])] == g[0]), key=lambda g: len(g[0]), default=None)
        if best is not None:
            return best[1].place(best[2] + path[len(best[0]) :], key=key)
        return self.home.place(self._written(path), key=key)

    def _written(self, path: Keys) -> Keys:
        """The path itself, or that of the default which filled it."""
        if self.home.has(path):
            return path
        if "items" in path and path.index("items") + 2 < len(path):
            inside = path.index("items") + 2
            above = path[: inside - 2]
            while True:
                given = (*above, "defaults", *path[inside:])
                if self.home.has(given[: len(above) + 2]):
                    return given
                if not above:
                    break
                above = above[:-2]
        return path
