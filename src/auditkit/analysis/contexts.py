"""What the codes in the tables stand for: waves, branches, definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.shapes import Context
from auditkit.model.checklist import Checklist
from auditkit.model.past import NO_PAST, Past
from auditkit.model.programme import Branch, Programme, Wave

ALONE = "all"
"""The wave of files that are scored without a programme."""
UNDATED = date.min
"""Stands for the days of a wave whose visits name none."""


class Definitions(Protocol):
    """Where definitions are found."""

    def get(self, id_: str, version: str | None = None) -> Checklist | None:
        """A version, by default the newest in force; `None` where it is not there."""


def context_for(
    tables: Asked,
    definitions: Definitions,
    programme: Programme | None = None,
    branches: Mapping[str, Branch] | None = None,
    past: Past = NO_PAST,
) -> Context:
    """The context of these tables; without a programme one wave and the branches that were visited."""
    seen = list(ask(tables, "seen"))
    known = dict(branches or {})
    if branches is None:
        # A programme has the list of its branches: another code is a misspelt one, and stands under data quality.
        known = {code: Branch(code=code) for _, code, *_ in seen if code}
    versions = {(checklist, version) for _, _, checklist, version, _ in seen if checklist}
    checklists = _definitions(versions, definitions, programme)
    waves = tuple(sorted(programme.waves, key=lambda wave: wave.from_)) if programme else _only_wave(tables)
    return Context(programme, waves, known, checklists, past=past)


def _definitions(
    versions: Iterable[tuple[str, str]], definitions: Definitions, programme: Programme | None
) -> dict[tuple[str, str], Checklist]:
    found = [definitions.get(checklist, version) for checklist, version in sorted(versions)]
    found.extend(definitions.get(use.checklist, use.version) for use in (programme.checklists if programme else ()))
    return {(each.checklist, each.version): each for each in found if each is not None}


def _only_wave(tables: Asked) -> tuple[Wave, ...]:
    """One wave over all days that the visits name."""
    ((first, last),) = tables.ask("SELECT min(date), max(date) FROM visits")
    return (Wave.model_construct(id=ALONE, title=None, from_=first or UNDATED, to=last or UNDATED, note=None),)


def wave_of(context: Context, wave: str) -> Wave:
    """A wave by its id; one that the programme does not know has no days of its own."""
    known = next((each for each in context.waves if each.id == wave), None)
    return known or Wave.model_construct(id=wave, title=None, from_=UNDATED, to=UNDATED, note=None)


def waves_until(context: Context, wave: str) -> list[str]:
    """The waves up to and with this one, in their order."""
    ids = [each.id for each in context.waves]
    return ids[: ids.index(wave) + 1] if wave in ids else [wave]


def wave_before(context: Context, wave: str) -> str | None:
    """The wave right before; `None` for the first."""
    until = waves_until(context, wave)
    return until[-2] if len(until) > 1 else None
