"""A checklist with the way to each of its parts, as the proofs and the lint rules look at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from auditkit.definitions.documents import Keys
from auditkit.definitions.origins import Origins
from auditkit.model.checklist import Checklist, Section
from auditkit.model.items import AnyItem, is_scored
from auditkit.problems import Code, Problem, problem

if TYPE_CHECKING:
    from auditkit.definitions.library import Library


class Say(Protocol):
    """Reports a problem at a path."""

    def __call__(self, code: Code, path: Sequence[str | int], value: object = "", /, **facts: object) -> None:
        """Facts fill the message."""


class Spot(NamedTuple):
    """One item, the way to it, and the sections it lies in, outermost first."""

    item: AnyItem
    path: Keys
    within: tuple[Section, ...]

    @property
    def section(self) -> Section:
        """The section that directly holds it."""
        return self.within[-1]


@dataclass(slots=True)
class Evidence:
    """What proofs look at, and what they found."""

    checklist: Checklist
    origins: Origins
    sections: list[tuple[Section, Keys]]
    spots: list[Spot]
    items: dict[str, AnyItem]
    untrusted: frozenset[str]
    """Items that only stand in for faulty ones."""
    problems: list[Problem] = field(default_factory=list)
    library: Library | None = None
    """The other checklists, where something is compared with them."""
    kept: Sequence[Checklist] = ()
    """The versions in other files beside this one, the newest last."""

    @classmethod
    def of(cls, checklist: Checklist, origins: Origins, untrusted: frozenset[str] = frozenset()) -> Evidence:
        """The evidence of a checklist, nothing found yet."""
        sections, spots = walked(checklist)
        items = {spot.item.id: spot.item for spot in reversed(spots)}
        return cls(checklist, origins, sections, spots, items, untrusted)

    @property
    def scored(self) -> Iterator[Spot]:
        """The items whose answers can earn anything."""
        return (spot for spot in self.spots if is_scored(spot.item))

    def say(self, code: Code, path: Sequence[str | int], value: object = "", /, **facts: object) -> None:
        """A problem at the value of a path; at its key where the path is not written."""
        self.problems.append(problem(code, self.origins.place(path), value, **facts))


def walked(checklist: Checklist) -> tuple[list[tuple[Section, Keys]], list[Spot]]:
    """Every section and every item of a checklist with the way to it."""
    found = list(_walk(checklist.sections, ("sections",), ()))
    spots = [
        Spot(item, (*path, "items", at), within) for within, path in found for at, item in enumerate(within[-1].items)
    ]
    return [(within[-1], path) for within, path in found], spots


def _walk(
    sections: Sequence[Section], path: Keys, above: tuple[Section, ...]
) -> Iterator[tuple[tuple[Section, ...], Keys]]:
    for at, section in enumerate(sections):
        here = (*path, at)
        yield (*above, section), here
        yield from _walk(section.sections, (*here, "sections"), (*above, section))
