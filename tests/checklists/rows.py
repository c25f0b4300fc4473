"""The rows of the standards that the shipped checklists cover: their parts, counted by hand, and how to read them."""

ROWS: dict[str, dict[str, int]] = {
    "appearance": {"S1.3a": 1, "S1.3b": 1, "S1.4": 1, "S1.5": 1, "S1.6": 1, "S1.7": 2, "S2.5a": 1},
    "phone-etiquette": {
        "S1.10a": 1,
        "S1.10b": 1,
        "S1.10c": 4,
        "S1.10d": 1,
        "S3.p1": 1,
        "S1.10e": 2,
        "S1.10f": 3,
        "S1.10g": 3,
        "S3.p8": 5,
        "S1.10h": 1,
        "S1.11a": 1,
        "S1.11b": 4,
        "S1.11c": 2,
        "S1.12": 3,
        "S2.1": 2,
        "S2.8a": 2,
        "S2.8b": 1,
        "S3.p2": 1,
        "S3.p3": 1,
        "S3.p4": 1,
        "S3.p5": 4,
        "S3.p6": 3,
        "S3.p7": 3,
        "S3.p9": 1,
        "S3.p10": 3,
    },
    "conflict-handling": {
        "S0.1": 1,
        "S0.2": 1,
        "S0.3": 1,
        "S0.5a": 4,
        "S0.5b": 2,
        "S0.5c": 2,
        "S0.6": 1,
        "S0.7": 1,
        "S0.8": 2,
        "S0.9": 1,
        "S0.10a": 1,
        "S0.10b": 1,
        "S0.10c": 1,
        "S0.10d": 1,
        "S0.10f": 1,
        "S1.2f": 1,
        "S1.8a": 1,
        "S1.8b": 2,
        "S1.8c": 1,
        "S1.9": 2,
        "S1.13": 1,
        "S2.0": 1,
        "S2.0b": 1,
        "S2.0c": 2,
        "S3.d1": 1,
        "S3.d2": 1,
        "S3.d3": 1,
        "S3.d4": 1,
        "S3.d5": 1,
        "S3.d6": 1,
    },
    "premises": {"S0.13b": 1, "S1.2c": 1, "S1.5b": 1, "S2.3b": 4, "S2.3c": 7},
    "email-correspondence": {"S3.e1": 2, "S3.e2": 2, "S3.e3": 5, "S3.e4": 1, "S3.e5": 3, "S3.e6": 1, "S3.e7": 4},
    "face-to-face": {
        "S3.f0": 2,
        "S3.f1": 1,
        "S3.f2": 1,
        "S3.f3": 1,
        "S3.f4": 1,
        "S3.f5": 2,
        "S3.f6": 1,
        "S3.f7": 3,
        "S3.f8": 1,
        "S3.f9": 1,
        "S3.f10": 1,
        "S3.f11": 5,
        "S2.10": 2,
        "S2.5b": 1,
        "S1.2a": 3,
        "S1.12": 3,
    },
    "complaint-process": {
        "S0.10e": 2,
        "S0.11a": 2,
        "S0.11b": 1,
        "S0.12": 1,
        "S0.13": 5,
        "S3.r1": 8,
        "S4.c1": 3,
        "S4.c2": 1,
        "S0.4": 4,
        "S0.12b": 1,
        "S1.2b": 1,
        "S4.c3": 2,
    },
    "support-case": {"S4.s1": 1, "S4.s2": 3, "S4.s3": 1, "S4.s4": 1, "S4.s5": 2, "S4.s6": 1, "S4.s7": 1, "S4.s8": 1},
    "car-dealership": {"S2.3a": 6},
    "manager-observation": {"S2.5c": 1, "S2.7": 1, "S0.6": 1, "S1.13": 1, "S3.d5": 1, "S4.s5": 2},
}
"""Checklist → row → parts. A row of one part is named as it is (`S1.4`), a part of several by its place (`S1.7/2`)."""

MUST = (
    "S1.4",
    "S1.6",
    "S1.8b",
    "S1.10a",
    "S1.10c",
    "S1.11b",
    "S1.11c",
    "S1.13",
    "S2.0",
    "S3.p8/5",
    "S0.4",
    "S0.11a",
    "S3.e2/1",
    "S3.f10",
)
"""Rows, and one part, that the documents put as a must."""

SEEN_BY: dict[str, str | tuple[str, ...]] = {
    "S1.11c": "shopper_later",
    "S2.3a/6": "shopper_later",
    "S3.p7": "shopper_later",
    "S0.4": "shopper_later",
    "S1.2b": "shopper_later",
    "S3.r1": "shopper_later",
    "S0.11a": "office",
    "S0.11b": "office",
    "S0.12b": "office",
    "S2.5b": "shopper_later",
    "S3.e1": "shopper_later",
    "S3.e2": "shopper_later",
    "S3.e3": "shopper_later",
    "S3.e4": "shopper_later",
    "S3.e5": "shopper_later",
    "S3.e6": "shopper_later",
    "S3.e7": "shopper_later",
    "S1.11b/4": "office",
    "S0.6": "manager",
    "S1.13": "manager",
    "S3.d5": "manager",
    "S4.s5/1": "manager",
    "S4.s7": ("shopper", "shopper_later"),
}
"""Who can see what a row or part asks, where it is not the shopper during the visit."""

ONLY_IF_IT_HAPPENED = (
    *("S0.5a", "S0.5b", "S0.5c", "S0.6", "S0.8", "S1.8b", "S1.9", "S1.11b", "S1.11c", "S1.12", "S1.13"),
    *("S3.d1", "S3.d2", "S3.d3", "S3.d4", "S3.d5", "S3.p6", "S3.p7"),
)
"""Rows that are asked only behind a question 'did it happen?', since nobody may or can bring them about."""

OWN_PART = ("S4.c1", "S4.s1", "S4.s2")
"""Rows that are the shopper's own part: recorded, never scored against the branch."""

SHARED = {"S2.3b": 4, "S2.3c": 7, "S2.5a": 1, "S2.10": 2}
"""Rows of the car dealer's checklist that sections of other checklists ask."""


def numbered(row: str, count: int) -> list[str]:
    """The names of the parts of a row."""
    return [row] if count == 1 else [f"{row}/{place}" for place in range(1, count + 1)]


def parts(checklist: str) -> list[str]:
    """Every part of the rows that a checklist covers, by its name, in the order of the rows."""
    return [part for row, count in ROWS[checklist].items() for part in numbered(row, count)]


def belongs(part: str, names: tuple[str, ...] | dict[str, str]) -> bool:
    """Whether a part, or the row that it is of, is among these."""
    return part in names or part.partition("/")[0] in names
