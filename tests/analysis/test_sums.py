"""Scores are summed where they lie; the sums are those of the fractions one by one, however long those are."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.analysis.lines import Line, Part, parts_by_wave, scores_by_wave
from auditkit.results.batch import in_memory
from auditkit.results.columns import SECTIONS, VISITS
from auditkit.results.keys import key_of
from auditkit.results.rows import Rows
from tests.results.made import rows, submission

NUM, DEN = VISITS.names.index("score_num"), VISITS.names.index("score_den")
NUM_OF, DEN_OF = SECTIONS.names.index("score_num"), SECTIONS.names.index("score_den")
SCORES = st.one_of(
    st.fractions(-100, 100, max_denominator=12),
    st.integers(10**28, 10**45).map(lambda top: Fraction(top, 10**31 + 1)),
    st.none(),
)


def put(row: tuple[object, ...], at: int, value: Fraction | None) -> tuple[object, ...]:
    both = ("", "") if value is None else (str(value.numerator), str(value.denominator))
    return (*row[:at], *both, *row[at + 2 :])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["B1", "B2"]), SCORES, st.booleans()), min_size=1, max_size=12))
def test_the_sum_of_a_branch_is_that_of_its_fractions(scores: list[tuple[str, Fraction | None, bool]]) -> None:
    sums: dict[str, list[Fraction]] = defaultdict(list)
    made, fates = [], []
    for at, (branch, value, accepted) in enumerate(scores):
        of = submission(f"V{at}", branch)
        plain = rows(of)
        meet = next(row for row in plain.sections if row[6] == "meet")
        made.append(Rows((put(plain.visits[0], NUM, value),), (put(meet, NUM_OF, value),), plain.items))
        fates.append((key_of(of), "accepted" if accepted else "held", ""))
        if accepted:
            sums[branch] += [] if value is None else [value]
    with in_memory(made, (), fates) as tables:
        found = scores_by_wave(tables, ["W1"], None)["W1"]
        parts = parts_by_wave(tables, ["W1"], None)["W1"]
    line = Line("desk", 1)
    assert {code: (each[line].tally.total, each[line].tally.n) for code, each in found.items()} == {
        code: (sum(values, Fraction(0)), len(values)) for code, values in sums.items()
    }
    part = Part(line, "section", "meet")
    assert {code: each[part].tally.total for code, each in parts.items()} == {
        code: sum(values, Fraction(0)) for code, values in sums.items() if values
    }
