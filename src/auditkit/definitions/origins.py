"""Which file and line every part of a checklist came from, once includes and defaults are in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from auditkit.definitions.documents import Document, Keys
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
        best = self._graft(path)
        if best is not None:
            return best[1].place(best[2] + path[len(best[0]) :], key=key)
        return self.home.place(self._written(path), key=key)

    def has(self, path: Sequence[str | int]) -> bool:
        """Whether a path of the whole was written somewhere."""
        path = tuple(path)
        best = self._graft(path)
        if best is not None:
            return best[1].has(best[2] + path[len(best[0]) :])
        return self.home.has(self._written(path))

    def _graft(self, path: Keys) -> tuple[Keys, Origins, Keys] | None:
        above = (graft for graft in self.grafts if path[: len(graft[0])] == graft[0])
        return max(above, key=lambda graft: len(graft[0]), default=None)

    def _written(self, path: Keys) -> Keys:
        """The path itself, or that of the default which filled it."""
        if self.home.has(path):
            return path
        if "items" not in path:
            return path
        above, inside = path[: path.index("items")], path[path.index("items") + 2 :]
        # Defaults of the section itself go before those of the sections around it and of the checklist.
        levels = [above[:length] for length in range(len(above), -1, -2)]
        given = ((*level, "defaults", *inside) for level in levels if inside)
        return next((way for way in given if self.home.has(way[: len(way) - len(inside) + 1])), path)
