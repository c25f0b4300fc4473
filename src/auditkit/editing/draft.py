"""A definition on its way into files: what it says, and which cell of a table every part of it came from."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.documents import Keys
from auditkit.definitions.lint import lint_file
from auditkit.definitions.shelf import Shelf
from auditkit.definitions.yaml_text import Page, page_of
from auditkit.model.checklist import Checklist
from auditkit.problems import Place, Problem

OWN = ""
"""Stands for the definition itself among its translations."""


@dataclass
class Draft:
    """`words`, `places`: by language; of the definition itself under `OWN`."""

    data: dict[str, Any]
    words: dict[str, dict[str, Any]] = field(default_factory=dict)
    places: dict[str, dict[Keys, Place]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    comments: dict[Keys, list[str]] = field(default_factory=dict)

    def put(self, way: Keys, place: Place, language: str = OWN) -> None:
        """Remember where a part came from."""
        self.places.setdefault(language, {})[way] = place

    def pages(self) -> dict[str, Page]:
        """Its files by language."""
        found = {OWN: page_of(self.data, self.comments)}
        found.update((language, page_of(words)) for language, words in sorted(self.words.items()))
        return found

    def loaded(self, shelf: Shelf) -> tuple[Checklist | None, list[Problem]]:
        """As it would be read from its files; what is wrong is said of the cells that it came from."""
        with tempfile.TemporaryDirectory(prefix="auditkit-") as name:
            path = self._written(Path(name))
            checklist, problems = load_checklist(path, Shelf([Path(name), *shelf.folders]), name="")
        return checklist, self._of_cells(problems)

    def remarks(self) -> list[Problem]:
        """What lint says of it, of the cells that it came from."""
        with tempfile.TemporaryDirectory(prefix="auditkit-") as name:
            problems = lint_file(self._written(Path(name)))
            strip = len((Path(name) / self._id).as_posix()) + 1
            shown = [each._replace(place=each.place._replace(file=each.place.file[strip:])) for each in problems]
        return self._of_cells(shown)

    @property
    def _id(self) -> str:
        said = self.data.get("checklist")
        return said if isinstance(said, str) and said.replace("-", "").replace("_", "").isalnum() else "checklist"

    def _written(self, folder: Path) -> Path:
        home = folder / self._id
        home.mkdir()
        for language, page in self.pages().items():
            (home / f"{language or 'checklist'}.yaml").write_text(page.text, encoding="utf-8")
        return home / "checklist.yaml"

    def _of_cells(self, problems: Iterable[Problem]) -> list[Problem]:
        pages = self.pages()
        return [each._replace(place=self._cell(each.place, pages)) for each in problems]

    def _cell(self, place: Place, pages: Mapping[str, Page]) -> Place:
        """The cell of a place in a file of ours; a part that has none stands where what holds it does."""
        language = place.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        language = OWN if language in ("", "checklist") else language
        known, page = self.places.get(language, {}), pages.get(language)
        if page is None or place.line is None:
            return known.get((), place)
        way = page.way(place.line, place.column or 1)
        while way and way not in known:
            way = way[:-1]
        return known.get(way, place)
