"""The files that a command is given beside the submissions: a mapping of columns, a list of branches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.problems import Problem

if TYPE_CHECKING:
    from auditkit.model.checklist import Checklist
    from auditkit.model.columns import Columns
    from auditkit.model.programme import Branch


def load_columns(path: Path, checklists: Sequence[Checklist]) -> tuple[Columns | None, tuple[Problem, ...]]:
    """A mapping file; where it names no checklist and exactly one is at hand, that one is meant."""
    from auditkit.definitions.columns import load_columns as load

    raise NotImplementedError(load, path, checklists)


def load_branches(path: Path) -> tuple[Mapping[str, Branch] | None, tuple[Problem, ...]]:
    """branches.csv (or .xlsx)."""
    raise NotImplementedError(path)
