"""The base of every record that comes from a file, and the exact types its fields are made of."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


class Record(BaseModel):
    """A frozen record: unknown fields are refused, so that a misspelt one is never silently ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _exact(value: object) -> object:
    # A binary float has already lost the decimal that was written; its shortest text gives it back.
    return str(value) if isinstance(value, float) else value


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
"""A name for machines: a letter, then letters, digits, `_` and `-`, at most 64."""

Number = Annotated[Decimal, BeforeValidator(_exact)]
"""An exact decimal; never a binary float."""

Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
"""One name or a list of names."""
