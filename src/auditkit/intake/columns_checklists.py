"""Which checklist a row of a foreign table reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from auditkit.intake.columns import Headers
from auditkit.intake.columns_faults import NO_CHECKLIST
from auditkit.intake.columns_field import Field, RowTest, field_of
from auditkit.intake.columns_reader import RowReader
from auditkit.intake.spelling_rules import as_text
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist
from auditkit.model.columns import ChecklistColumns
from auditkit.problems import Place, Problem, problem
from auditkit.tables.table import CellValue


class Checklists(Protocol):
    """Where definitions are found."""

    def get(self, id: str, version: str | None = None, /) -> Checklist | None:  # noqa: A002
        """The checklist of this id; without a version the newest in force."""


class ChecklistRows:
    """One checklist of a mapping in one table: which rows report it, and in which version."""

    def __init__(
        self, own: ChecklistColumns, headers: Headers, checklists: Checklists, speller: Callable[[Checklist], Speller]
    ) -> None:
        self.own, self.headers, self.checklists, self.speller = own, headers, checklists, speller
        self.problems: list[Problem] = []
        self.only = RowTest(own.only, headers, "only", self.problems) if own.only else None
        self.version = field_of(own.version_column, headers, "version", self.problems) if own.version_column else None
        self.readers: dict[str | None, RowReader | None] = {}
        self.first = self.reader(None)

    def columns(self) -> set[int]:
        """Every column that it uses."""
        fields = [each for each in (self.only.field if self.only else None, self.version) if each is not None]
        own = {at for each in fields for at in each.columns()}
        return own.union(*(each.columns() for each in self.readers.values() if each is not None))

    def reports(self, row: Sequence[CellValue]) -> bool:
        """Whether a row is about this checklist."""
        return self.only is None or self.only.holds(row)

    def reader_of(self, row: Sequence[CellValue]) -> tuple[RowReader | None, str | None]:
        """The reader for the version that a row names, and that version."""
        named = _version(self.version, row)
        return self.reader(named), named

    def reader(self, version: str | None) -> RowReader | None:
        """The reader for a version; `None` is that of the mapping, else the newest in force."""
        if version not in self.readers:
            self.readers[version] = self._made(version)
        return self.readers[version]

    def _made(self, version: str | None) -> RowReader | None:
        name, _, pinned = self.own.checklist.partition("@")
        checklist = self.checklists.get(name, version or self.own.version or pinned or None)
        if checklist is None:
            said = f"{name}@{version}" if version else self.own.checklist
            self.problems.append(problem(NO_CHECKLIST, Place(self.headers.file, self.headers.sheet), said))
            return None
        made = RowReader(checklist, self.own, self.headers, self.speller(checklist))
        self.problems += made.problems
        return made


def _version(version: Field | None, row: Sequence[CellValue]) -> str | None:
    return (as_text(version.raw(row)).strip() or None) if version is not None else None
