"""The questions of this folder, one file of SQL each, put to the tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Protocol


class Asked(Protocol):
    """Tables that answer SQL."""

    def ask(self, sql: str, params: dict[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of one question."""


def ask(tables: Asked, question: str, **params: Any) -> Iterator[tuple[Any, ...]]:
    """The rows that `QUESTION.sql` gives for these parameters."""
    return tables.ask(_sql(question), params or None)


@cache
def _sql(question: str) -> str:
    return (files(__package__) / f"{question}.sql").read_text(encoding="utf-8")
