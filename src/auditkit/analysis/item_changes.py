"""Which items changed from the wave before: exact tests of pairs, and a bound on false alarms over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import comb

from auditkit.analysis.asking import Asked, ask
from auditkit.analysis.certainty import ItemChange
from auditkit.analysis.lines import Line

_ALARMS = Fraction(1, 20)
"""The part of the items named as changed that may be false alarms."""


def item_changes(tables: Asked, wave: str, before: str | None) -> Mapping[tuple[Line, str], ItemChange]:
    """(line, item) → its change, paired by branch."""
    if before is None:
        return {}
    rows = list(ask(tables, "item_changes", wave=wave, before=before))
    chances = [mcnemar(fallen, risen) for *_, risen, fallen in rows]
    found = {}
    for row, p, q in zip(rows, chances, false_alarms(chances), strict=True):
        checklist, major, item, branches, risen, fallen = row
        line = Line(checklist, int(major) if major.isdigit() else 0)
        found[line, item] = ItemChange(branches, risen, fallen, _places(p), _places(q), q <= _ALARMS)
    return found


def mcnemar(fallen: int, risen: int) -> Fraction:
    """Exact and two-sided: how often the toss of a coin would part the pairs that differ at least so unevenly."""
    n, few = fallen + risen, min(fallen, risen)
    tail = Fraction(sum(comb(n, at) for at in range(few + 1)), 2**n)
    return min(Fraction(1), 2 * tail)


def false_alarms(chances: Sequence[Fraction]) -> list[Fraction]:
    """Benjamini and Hochberg: for each p the part of false alarms among all that are at least as striking."""
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    found = [Fraction(1)] * len(chances)
    least = Fraction(1)
    for rank in range(len(order), 0, -1):
        at = order[rank - 1]
        least = min(least, chances[at] * len(chances) / rank)
        found[at] = least
    return found


def _places(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
