"""The exact sign-flip test of paired differences: what if every branch had risen or fallen by the toss of a coin?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

_STEP = Fraction(1, 10)
_WORK = 2 * 10**10
"""Steps × branches² that are still counted in about a second."""


def sign_flips(differences: Sequence[Fraction]) -> Fraction:
    """The share of all 2^k choices of signs whose sum is as far from 0 as the one that was found.

    Differences are rounded to a tenth of a point, of very many branches more coarsely: the test of them stays exact.
    """
    step = _STEP
    while len(differences) ** 2 * sum(abs(each) for each in differences) / step > _WORK:
        step *= 2
    steps = [round(each / step) for each in differences]
    moved = [each for each in steps if each]
    if not moved:
        return Fraction(1)
    common = gcd(*moved)
    return Fraction(_as_far([abs(each) // common for each in moved], abs(sum(moved)) // common), 2 ** len(moved))


def _as_far(sizes: Sequence[int], found: int) -> int:
    """How many choices of signs give a sum of at least `found`, either way.

    One long number holds, slot by slot, how many subsets have each sum; to add a size is one shift and one addition.
    """
    width = len(sizes) // 8 + 1
    ways = 1
    for size in sizes:
        ways += ways << (8 * width * size)
    whole = sum(sizes)
    slots = ways.to_bytes((whole + 1) * width, "little")
    return sum(
        int.from_bytes(slots[at * width : (at + 1) * width], "little")
        for at in range(whole + 1)
        if abs(2 * at - whole) >= found
    )
