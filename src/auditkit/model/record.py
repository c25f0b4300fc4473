"""The base of every record that comes from a file, and the exact types its fields are made of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError


class Record(BaseModel):
    """A frozen record: unknown fields are refused, so that a misspelt one is never silently ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    @classmethod
    def of_canonical(cls, **values: Any) -> Self:
        """A record of values that need no validation: `model_construct` in a third of its time, by field names only."""
        made = cls.__new__(cls)
        fixed, factories = _defaults(cls)
        fields = {**fixed, **values}
        for name, factory in factories:
            if name not in values:
                fields[name] = factory()
        put = object.__setattr__
        put(made, "__dict__", fields)
        put(made, "__pydantic_fields_set__", _named(tuple(values)))
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made


@lru_cache(maxsize=512)
def _named(fields: tuple[str, ...]) -> set[str]:
    """The names of the fields that were given: one set for all records made alike; one that is frozen adds none."""
    return set(fields)


@cache
def _defaults(record: type[Record]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Field → its default, and what makes those that no two records may share."""
    fields = record.model_fields
    made = [(name, field.default_factory) for name, field in fields.items() if field.default_factory is not None]
    fixed = {name: field.default for name, field in fields.items() if not field.is_required()}
    return fixed, tuple(made)  # type: ignore[arg-type]  # none of ours takes the data of the record


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


_DIGITS = 40


def _exact(value: object) -> object:
    # A binary float has already lost the decimal that was written; its shortest text gives it back.
    written = str(value) if isinstance(value, float) else value
    if isinstance(written, str) and "_" in written:
        raise PydanticCustomError("number", "a number without _")  # Decimal would read 1_5 as 15
    if isinstance(written, str) and (len(written) > _DIGITS or "e" in written or "E" in written):
        return _sane(written)
    return written


def _sane(written: str) -> str:
    # 1e999999999 is a short text, and a number that no machine can add to another one exactly.
    try:
        number = Decimal(written)
    except ArithmeticError:
        return written
    if number.is_finite() and (abs(number.adjusted()) > _DIGITS or len(number.as_tuple().digits) > _DIGITS):
        raise PydanticCustomError("number", "a number of at most 40 digits")
    return written


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
"""A name for machines: a letter, then letters, digits, `_` and `-`, at most 64."""

Number = Annotated[Decimal, BeforeValidator(_exact)]
"""An exact decimal; never a binary float."""

Word = Annotated[str, StringConstraints(min_length=1)]
"""Words of some kind; a key with nothing after it was forgotten, not meant."""

Names = Annotated[tuple[Word, ...], BeforeValidator(_as_tuple)]
"""One name or a list of names."""
