"""Showing and grading once more, straight from sections 3 and 6 of the specification."""

from __future__ import annotations

from fractions import Fraction

from .oracle_credits import Data, number, points
from .oracle_rollup import Visit, earned, pools, possible, walk


def as_shown(value: Fraction, doc: Data) -> str:
    """Rounded half away from zero; between 0 and 100 percent neither end is shown."""
    places = int(doc.get("decimals", 1))
    unit = Fraction(1, 10**places)
    steps = int(abs(value) / unit + Fraction(1, 2))
    if not points(doc) and 0 < value < 100:
        steps = min(max(steps, 1), 100 * 10**places - 1)
    digits = f"{steps:0{places + 1}}"
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and steps else text


def graded(doc: Data, one: Visit, shown: str | None) -> tuple[str | None, str | None]:
    acting = [act for item in one.items.values() for act in item.effects if act[0] != "flag"]
    failed = "fail" if any(not keeps for _, _, keeps in acting) else None
    if shown is None:
        return None, failed
    rows = list(doc.get("grades", []))
    names = [row["grade"] for row in rows]
    caps = [names.index(grade) for effect, grade, _ in acting if effect == "cap_grade"]
    for row in rows[max(caps, default=0) :]:
        if holds(row, doc, one, number(shown)):
            return row["grade"], failed or row["verdict"]
    return None, failed


def holds(row: Data, doc: Data, one: Visit, score: Fraction) -> bool:
    sections = [
        number(as_shown(value, doc))
        for top in doc["sections"]
        if (value := one.sections[top["id"]]) is not None and (points(doc) or counts_in_visit(doc, one, top))
    ]
    critical = any(act[0] != "flag" for item in one.items.values() for act in item.effects)
    highest = [earned(item) for item in one.items.values() if item.credit is not None]
    counted = [severity for item in one.items.values() for severity in item.severities]
    return all(
        [
            "at_least" not in row or score >= number(row["at_least"]),
            "at_most" not in row or score <= number(row["at_most"]),
            not (row.get("no_critical_failed") and critical),
            all(s >= number(row["each_section_at_least"]) for s in sections if "each_section_at_least" in row),
            all(s <= number(row["each_section_at_most"]) for s in sections if "each_section_at_most" in row),
            all(e <= number(row["each_item_at_most"]) for e in highest if "each_item_at_most" in row),
            all(counted.count(severity) <= most for severity, most in row.get("not_met_at_most", {}).items()),
        ]
    )


def counts_in_visit(doc: Data, one: Visit, top: Data) -> bool:
    if pools(doc):
        return any(possible(item, doc) for inner in walk([top]) for item in one.of(inner["id"]))
    return number(top.get("weight", 1)) > 0
