"""One column of somebody else's table: how it is found, and what is done with its cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from auditkit.model.record import Record


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise PydanticCustomError("regex", "not a regular expression: {reason}", {"reason": str(error)}) from error
    return value


Regex = Annotated[str, AfterValidator(_regex)]


def _worded(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Patterns = Annotated[tuple[str, ...], BeforeValidator(_worded)]
"""Words with `*` (any words) in them; of headers also with `{id}`, `{number}`, `{text}`, `{section}`, `{option}`."""


class Column(Record):
    """One column, found by its header or its letter, and what is done with its cells; plain words are a header.

    A header is compared without regard to case, spaces and look-alike letters; `*` stands for any words in it.
    """

    header: Patterns = ()
    """Several are alternatives: the first that the file has is taken."""
    starts_with: str | None = None
    contains: str | None = None
    matches: Regex | None = None
    """A regular expression that is found in the header, as typed."""
    letter: str | None = Field(None, pattern=r"^[A-Za-z]{1,3}$")
    nth: int | None = Field(None, ge=1)
    """Which of several columns that fit, counted from the left; `None`: there must be only one."""
    cell: str | None = Field(None, pattern=r"^[A-Za-z]{1,3}[1-9][0-9]{0,6}$")
    """One cell of the sheet, the same for all its rows: `B2` of a form with a head."""
    join: tuple[AnyColumn, ...] = ()
    """Several columns put together: branch and date as the visit's code, date and hour as its start."""
    between: str = " "
    """What stands between the parts of `join`."""
    take: Regex | None = None
    """A regular expression; its first group is taken out of the cell (`^(\\d+)` of `2117 - Main Street`)."""
    values: dict[str, str] = Field(default_factory=dict)
    """What is typed → what it means."""
    otherwise: str | None = None
    """What any other filled cell means; `None`: as typed."""
    digits: int | None = Field(None, ge=2, le=20)
    """A number is filled up with zeros in front to so many digits: `7` → `0007`."""
    always: str | None = None
    """No column at all: every row has this value, `{sheet}` and `{file}` being their names. Beside a column: what a
    blank cell means."""

    @property
    def names_a_column(self) -> bool:
        """Whether a column is looked for at all."""
        return bool(self.header or self.starts_with or self.contains or self.matches or self.letter)


def _column(value: Any) -> Any:
    return {"header": value} if isinstance(value, (str, list, tuple)) else value


AnyColumn = Annotated[Column, BeforeValidator(_column)]
Column.model_rebuild()


class Rows(Record):
    """Rows of a table, told by what stands in one of their columns."""

    column: AnyColumn
    is_: Patterns = Field((), alias="is")
    """`*` is any words, an empty word a blank cell."""
    is_not: Patterns = ()

    @model_validator(mode="after")
    def _says_something(self) -> Rows:
        if bool(self.is_) == bool(self.is_not):
            raise PydanticCustomError("rows", "rows are told by `is:` or by `is_not:`, one of the two")
        return self


def _rows(value: Any) -> Any:
    """`{Status: [Draft, Test]}` is short for a list of columns with their words."""
    if isinstance(value, Mapping) and "column" not in value:
        return tuple({"column": column, "is": words} for column, words in value.items())
    return (value,) if isinstance(value, (Mapping, Record)) else value


SomeRows = Annotated[tuple[Rows, ...], BeforeValidator(_rows)]
