"""Scores of branches from the years before auditkit: found by another method, and compared with nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple


class PastScore(NamedTuple):
    """One branch in one wave of those years, as somebody wrote it down."""

    branch: str
    wave: str
    score: Decimal
    checklist: str = ""
    """Empty: of the branch as a whole."""
    n: int | None = None
    """Visits behind it; `None`: nobody wrote down how many."""


@dataclass(frozen=True)
class Past:
    """All of them, in the order of their rows."""

    every: tuple[PastScore, ...] = ()

    @cached_property
    def waves(self) -> tuple[str, ...]:
        """In the order in which they first stand in the file; all lie before the programme's own."""
        return tuple(dict.fromkeys(each.wave for each in self.every))

    def of(self, branch: str) -> tuple[PastScore, ...]:
        """A branch's scores: wave by wave, the branch as a whole before single checklists."""
        return self._by_branch.get(branch, ())

    @cached_property
    def _by_branch(self) -> Mapping[str, tuple[PastScore, ...]]:
        order = {wave: at for at, wave in enumerate(self.waves)}
        found: dict[str, list[PastScore]] = defaultdict(list)
        for each in self.every:
            found[each.branch].append(each)
        return {
            branch: tuple(sorted(scores, key=lambda each: (order[each.wave], each.checklist)))
            for branch, scores in found.items()
        }


NO_PAST = Past()
