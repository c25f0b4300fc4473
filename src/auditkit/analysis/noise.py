"""How far visits to one branch lie apart, and which waves are asked for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.certainty import Noise, Source
from auditkit.analysis.contexts import waves_until
from auditkit.analysis.groups import Manner
from auditkit.analysis.lines import Line

LEAST = 10
"""Degrees of freedom below which a variance is not believed."""
_GRID = 10_000**2


class Spread:
    """Squares around the branches' own means, and how many visits there are beyond the first of each."""

    __slots__ = ("df", "squares")

    def __init__(self) -> None:
        self.df = 0
        self.squares = Fraction(0)

    def add(self, n: int, branches: int, apart: Fraction) -> None:
        """So many branches with n visits each; `apart`: n × their sum of squares."""
        self.df += branches * (n - 1)
        self.squares += apart / n

    @property
    def variance(self) -> Fraction:
        """Within a branch (MSW); 0 of nothing."""
        return self.squares / self.df if self.df else Fraction(0)

    @property
    def carries(self) -> bool:
        """Whether it is known well enough: visits that all scored the same would make everything certain."""
        return self.df >= LEAST and self.variance > 0


@dataclass(frozen=True)
class Noises:
    """The noise of every line of a wave."""

    lines: Mapping[Line, Noise] = field(default_factory=dict)
    together: tuple[frozenset[str], ...] = ()
    """Checklists that are filled in at one and the same visit."""

    def of(self, line: Line) -> Noise | None:
        """Of a line, where it is known how large it is."""
        found = self.lines.get(line)
        return found if found is not None and found.variance is not None else None


NO_NOISES = Noises()


def noises_of(tables: Asked, manner: Manner, wave: str, lines: Iterable[Line], *, current: bool) -> Noises:
    """From the wave, else the waves before, else what the programme states.

    `current`: whether the wave itself is asked; while it is open, its branches' copies compare with closed waves only.
    """
    waves = waves_until(manner.context, wave)
    asked = waves if current else waves[:-1]
    spreads = _spreads(tables, asked)
    known = list(lines)
    noises = {line: _noise(manner, line, spreads, wave) for line in known}
    several = len({line.checklist for line in known}) > 1
    return Noises(noises, _together(tables, asked[-1]) if several and asked else ())


def _spreads(tables: Asked, waves: Sequence[str]) -> dict[Line, dict[str, Spread]]:
    """Line → wave → its spread."""
    found: dict[Line, dict[str, Spread]] = defaultdict(lambda: defaultdict(Spread))
    if waves:
        for wave, checklist, major, n, branches, apart in ask(tables, "spread", waves=list(waves)):
            line = Line(checklist, int(major) if major.isdigit() else 0)
            found[line][wave].add(n, branches, Fraction(int(apart), _GRID))
    return found


def _noise(manner: Manner, line: Line, spreads: Mapping[Line, Mapping[str, Spread]], wave: str) -> Noise:
    by_wave = spreads.get(line, {})
    here, before = by_wave.get(wave, Spread()), Spread()
    for each, spread in by_wave.items():
        if each != wave:
            before.df += spread.df
            before.squares += spread.squares
    for spread, source in ((here, Source.WAVE), (before, Source.EARLIER)):
        if spread.carries:
            return Noise(line.checklist, line.major, spread.variance, spread.df, source)
    programme = manner.context.programme
    if programme is not None and programme.visit_sd is not None and manner.is_percent(line):
        stated = Fraction(programme.visit_sd.points) ** 2
        return Noise(line.checklist, line.major, stated, None, Source.STATED)
    df = here.df + before.df
    return Noise(line.checklist, line.major, None, df, Source.TOO_FEW if df else Source.NEVER_TWICE)


def _together(tables: Asked, wave: str) -> tuple[frozenset[str], ...]:
    """Sets of checklists that share visits, joined where they overlap."""
    joined: list[frozenset[str]] = []
    for (checklists,) in ask(tables, "together", wave=wave):
        one = frozenset(checklists)
        apart = [each for each in joined if not each & one]
        joined = [*apart, one.union(*(each for each in joined if each & one))]
    return tuple(joined)
