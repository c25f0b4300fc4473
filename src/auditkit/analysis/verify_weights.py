"""Section weights worked out from the figures that a file states, where the definition's do not give its finals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.verification import Compared, Finding, Verification
from auditkit.analysis.verify_rules import mean_of, section_weights
from auditkit.analysis.verify_stated import Stated, agree, stated
from auditkit.model.checklist import Checklist
from auditkit.model.published import Published, Written

_ENOUGH = Fraction(95, 100)
_LEAST = 5
_SMALL = 1e-9


class Weights(NamedTuple):
    """Weights under which the finals agree."""

    checklist: str
    weights: tuple[tuple[str, Decimal], ...]
    """Section → weight."""
    agree: int
    all: int
    """Visits."""


class _Visit(NamedTuple):
    sections: Mapping[str, Fraction]
    """Percent or fraction, as the final; only what is scored."""
    final: Fraction
    said: Stated


def fitting_weights(verification: Verification, checklist: Checklist, published: Published) -> Weights | None:
    """The weights that make nearly all finals agree; `None` where those of the definition do, or none would."""
    if checklist.scoring == "points" or checklist.pools_items:
        return None
    written = published.written("final")
    visits = list(_visits(verification, checklist, published, written))
    wrong = [each for each in verification.disagreeing if each.kind == "final" and not each.unread]
    if len(visits) < max(_LEAST, len(checklist.sections)) or len(wrong) * 5 < len(visits):
        return None
    names = [each.id for each in checklist.sections]
    raw = _solved(names, visits)
    for weights in _rounded(names, raw) if raw is not None else ():
        right = sum(_agrees(each, weights, written) for each in visits)
        if right >= _ENOUGH * len(visits) and not _same(weights, section_weights(checklist)):
            shown = tuple((name, Decimal(str(round(float(weights[name]), 2))).normalize()) for name in names)
            return Weights(checklist.checklist, shown, right, len(visits))
    return None


def _visits(
    verification: Verification, checklist: Checklist, published: Published, written: Written
) -> Iterator[_Visit]:
    by_visit: dict[tuple[str, str, str], dict[str, Compared]] = {}
    for each in verification.compared:
        if each.checklist == checklist.checklist and each.kind in ("final", "sections"):
            where = (each.visit_id, each.place.file, "".join(filter(str.isdigit, each.place.cell or "")))
            by_visit.setdefault(where, {})[each.name] = each
    manner = published.written("sections")
    top = {each.id for each in checklist.sections}
    for figures in by_visit.values():
        final = figures.get("")
        if final is None or final.finding not in (Finding.AGREES, Finding.DISAGREES) or final.ours is None:
            continue
        said = stated(final.published, written)
        sections = {name: value for name, each in figures.items() if name in top
                    and (value := _value(each, manner, written)) is not None}  # fmt: skip
        if said.value is not None and sections:
            yield _Visit(sections, said.value, said)


def _value(each: Compared, manner: Written, written: Written) -> Fraction | None:
    """A section's figure in the final's scale: ours where it agrees, since it is exact, else the one stated."""
    value = each.ours if each.finding is Finding.AGREES else stated(each.published, manner).value
    if value is None or manner.scale == written.scale:
        return value
    return value * 100 if manner.scale == "fraction" else value / 100


def _solved(names: Sequence[str], visits: Sequence[_Visit]) -> dict[str, float] | None:
    """Least squares of Σ w·(section − final) = 0, by the vector that the matrix of it shrinks most."""
    count = len(names)
    rows = [[float(each.sections[n] - each.final) if n in each.sections else 0.0 for n in names] for each in visits]
    matrix = [[sum(row[i] * row[j] for row in rows) for j in range(count)] for i in range(count)]
    shift = _SMALL * max(sum(matrix[i][i] for i in range(count)), _SMALL)
    vector = [1.0] * count
    for _ in range(8):
        solved = _gauss(
            [[*(m + (shift if i == j else 0) for j, m in enumerate(matrix[i])), vector[i]] for i in range(count)]
        )
        if solved is None or not sum(solved):
            return None
        vector = [each / sum(solved) * count for each in solved]
    total = sum(vector)
    found = {name: each / total * 100 for name, each in zip(names, vector, strict=True)}
    return found if all(each > -0.5 for each in found.values()) else None


def _gauss(rows: list[list[float]]) -> list[float] | None:
    """The solution of linear equations, each row with its right side at the end."""
    count = len(rows)
    for at in range(count):
        best = max(range(at, count), key=lambda row: abs(rows[row][at]))
        if not rows[best][at]:
            return None
        rows[at], rows[best] = rows[best], rows[at]
        for other in range(at + 1, count):
            factor = rows[other][at] / rows[at][at]
            rows[other] = [low - factor * high for low, high in zip(rows[other], rows[at], strict=True)]
    solved = [0.0] * count
    for at in reversed(range(count)):
        known = sum(rows[at][j] * solved[j] for j in range(at + 1, count))
        solved[at] = (rows[at][count] - known) / rows[at][at]
    return solved


def _rounded(names: Sequence[str], raw: Mapping[str, float]) -> Iterator[dict[str, Fraction]]:
    """Weights of a sum of 100 as people write them: whole, in halves, with one or two decimals."""
    for step in (1, 2, 10, 100):
        yield {name: Fraction(round(raw[name] * step), step) for name in names}


def _agrees(visit: _Visit, weights: Mapping[str, Fraction], written: Written) -> bool:
    mean = mean_of(visit.sections, weights)
    return mean is not None and agree(mean, visit.said, written)


def _same(one: Mapping[str, Fraction], other: Mapping[str, Fraction]) -> bool:
    total, whole = sum(one.values()), sum(other.values())
    return all(one[name] * whole == other[name] * total for name in one)
