"""How long a programme keeps what shoppers send, kind by kind, and what is usual in a country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from auditkit.model.record import Record

SUBMISSIONS = "submissions"
EVIDENCE = ("photo", "audio", "receipt", "file")
KINDS = (*EVIDENCE, SUBMISSIONS)


class Retention(Record):
    """Days after which `auditkit purge` deletes; a kind without days is kept."""

    photo: int | None = Field(None, ge=0)
    audio: int | None = Field(None, ge=0)
    receipt: int | None = Field(None, ge=0)
    """`None`: as photos."""
    file: int | None = Field(None, ge=0)
    """Whatever is neither a picture nor sound."""
    submissions: int | None = Field(None, ge=0)
    """The shoppers' files: their answers stay, their words go."""
    since: Literal["visit", "wave"] = "visit"
    """Counted from the day of the visit, or from the last day of its wave."""
    because: str = ""
    """Why something is kept for longer than is usual in the country."""

    def days(self, kind: str) -> int | None:
        """Of a kind; `None`: it is kept."""
        own: int | None = getattr(self, kind)
        return self.photo if own is None and kind == "receipt" else own


USUAL: Mapping[str, Mapping[str, int]] = {"RO": {"audio": 30}}
"""Country → kind → days that recordings of people are kept there at most, unless somebody says why. Not legal advice:
it holds in a programme only once a person has written it under `retention:`."""
