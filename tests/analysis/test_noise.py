"""How far visits lie apart, which waves are asked for it, and the intervals that come of it."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from scipy import stats

from auditkit.analysis.branches import branch_figures, network_before
from auditkit.analysis.certainty import Noise, Source
from auditkit.analysis.contexts import context_for
from auditkit.analysis.intervals import Doubt, _summed, interval, mean_doubt
from auditkit.analysis.network import network_figures
from auditkit.analysis.noise import Spread
from auditkit.analysis.shapes import Mean
from auditkit.audience.copies import quality_copy
from auditkit.model.programme import Branch, Programme
from tests.results.made import Shelf, checklist, programme, submission, tables

TEN = Noise("desk", 1, Fraction(100), 20, Source.WAVE)
FOUR = {"N": (90, 80), "S": (70, 74, 78), "E": (95,), "W": (60, 66, 72, 66)}
"""The example of the methods: visits of four branches."""
HUNDRED = checklist(
    sections=[
        {
            "id": "meet",
            "title": "Meet",
            "items": [{"id": "share", "text": "Of 100?", "kind": "number", "unit": "%",
                       "bands": [*({"up_to": at, "credit": str(Decimal(at) / 100)} for at in range(100)),
                                 {"credit": 1}]}],
        }
    ],
    dimensions={}, grades=[],
)  # fmt: skip
"""A checklist that scores what was typed."""


def scored(name: str, branch: str, score: int, wave: str = "W1", on=HUNDRED):
    made = submission(name, branch, on=on, wave=wave)
    return made.model_copy(update={"answers": {"share": Decimal(score)}, "version": on.version})


def visits(given: dict[str, tuple[int, ...]], wave: str = "W1", on=HUNDRED) -> list:
    return [
        scored(f"{wave}{branch}{at}", branch, score, wave, on)
        for branch, scores in given.items()
        for at, score in enumerate(scores)
    ]


def wide(branches: int, wave: str = "W1", step: int = 10, on=HUNDRED) -> list:
    """Branches with two visits each, `step` points apart."""
    return visits({f"D{at:02}": (70, 70 + step) for at in range(branches)}, wave, on)


def figures(submissions, wave="W1", plan: Programme | None = None, checklists=(HUNDRED,)):
    codes = {each.branch: Branch(code=each.branch, name=each.branch) for each in submissions}
    with tables(submissions, checklists) as made:
        context = context_for(made, Shelf(*checklists), plan or programme(grades=[]), codes)
        return network_figures(made, context, wave, audience=quality_copy(context))


def copies(submissions, wave: str, *, current: bool, plan: Programme | None = None) -> dict:
    codes = {each.branch: Branch(code=each.branch) for each in submissions}
    with tables(submissions, (HUNDRED,)) as made:
        context = context_for(made, Shelf(HUNDRED), plan or programme(grades=[]), codes)
        network = network_before(made, context, wave, current=current)
        found = branch_figures(made, context, wave, audience=quality_copy(context), network=network)
        return {each.branch.code: each for each in found}


def test_within_variance__of_the_methods_example():
    spread = Spread()
    for scores in FOUR.values():
        n = len(scores)
        spread.add(n, 1, Fraction(n * sum(each**2 for each in scores) - sum(scores) ** 2))
    assert (spread.variance, spread.df) == (Fraction(77, 3), 6)
    assert float(spread.variance) == pytest.approx(25.666667, abs=5e-7)


def test_within_variance__of_the_tables_is_the_exact_one():
    (noise,) = figures([*visits(FOUR), *wide(4)]).noises
    squares = Fraction(154) + 4 * 50
    assert (noise.variance, noise.df, noise.source) == (squares / 10, 10, Source.WAVE)


def test_within_variance__is_that_of_a_pooled_t_test_on_random_visits():
    dice = random.Random(4)  # noqa: S311  dice of a test
    given = {f"D{at}": tuple(dice.randint(20, 100) for _ in range(dice.randint(1, 6))) for at in range(30)}
    (noise,) = figures(visits(given)).noises
    groups = [scores for scores in given.values() if len(scores) > 1]
    within = sum(stats.tvar(scores) * (len(scores) - 1) for scores in groups)
    assert float(noise.variance) == pytest.approx(within / sum(len(scores) - 1 for scores in groups), rel=1e-9)


@pytest.mark.parametrize(("n", "half"), [(1, 20.86), (2, 14.75), (4, 10.43)])
def test_interval__of_the_methods_example(n: int, half: float):
    doubt = mean_doubt(TEN, n)
    assert doubt is not None
    assert doubt.half == pytest.approx(half, abs=0.005)


def test_interval__a_branchs_own_visits_would_be_useless():
    own = Noise("desk", 1, Fraction(200), 1, Source.WAVE)  # 70 and 90
    doubt = mean_doubt(own, 2)
    assert doubt is not None
    assert round(doubt.half) == 127


def test_interval__is_scipys_on_random_visits_and_stays_within_the_scale():
    dice = random.Random(7)  # noqa: S311  dice of a test
    for _ in range(50):
        noise = Noise("desk", 1, Fraction(dice.randint(1, 400)), dice.randint(10, 900), Source.WAVE)
        n, mean = dice.randint(1, 9), dice.randint(0, 100)
        low, high = stats.t.interval(0.95, noise.df, mean, (float(noise.variance) / n) ** 0.5)
        found = interval(Mean(Fraction(mean), Decimal(mean), n), mean_doubt(noise, n), 1, percent=True)
        assert found is not None
        assert (float(found.low), float(found.high)) == pytest.approx((max(low, 0), min(high, 100)), abs=0.051)


def test_interval__one_visit_has_one_when_other_branches_were_visited_twice():
    rows = {row.branch.code: row for row in figures([*wide(10), *visits({"E": (95,)})]).ranking}
    half = stats.t.ppf(0.975, 10) * 50**0.5
    assert rows["E"].interval.low == Decimal(str(round(95 - half, 1)))
    assert rows["E"].interval.high == 100
    assert float(rows["D00"].interval.high - rows["D00"].interval.low) == pytest.approx(2 * half / 2**0.5, abs=0.1)


def test_refusal__no_branch_was_visited_twice():
    found = figures(visits({"N": (90,), "S": (70,)}))
    assert [(each.source, each.variance) for each in found.noises] == [(Source.NEVER_TWICE, None)]
    assert [row.interval for row in found.ranking] == [None, None]


def test_refusal__too_few_were():
    found = figures(wide(9))
    assert [(each.source, each.df) for each in found.noises] == [(Source.TOO_FEW, 9)]
    assert {row.interval for row in found.ranking} == {None}


def test_refusal__visits_that_all_scored_the_same_make_nothing_certain():
    assert figures(wide(12, step=0)).ranking[0].interval is None


def test_earlier_waves__are_asked_where_this_one_has_too_few():
    (noise,) = figures([*wide(6, "W1"), *wide(6, "W2", 20), *wide(3, "W3", 2)], "W3").noises
    assert (noise.source, noise.df, noise.variance) == (Source.EARLIER, 12, Fraction(6 * 50 + 6 * 200, 12))


def test_earlier_waves__of_another_major_version_are_not():
    old = HUNDRED.model_copy(update={"version": "1.0.0"})
    new = HUNDRED.model_copy(update={"version": "2.0.0"})
    found = figures([*wide(12, "W1", on=old), *wide(3, "W2", on=new)], "W2", checklists=(old, new))
    assert [(each.major, each.source) for each in found.noises] == [(2, Source.TOO_FEW)]


def test_stated__by_the_programme_where_no_wave_tells():
    plan = programme(grades=[], visit_sd={"points": 10, "source": "the year 2025"})
    found = figures(visits({"N": (90,), "S": (50,)}), plan=plan)
    assert [(each.source, each.variance, each.df) for each in found.noises] == [(Source.STATED, 100, None)]
    south = next(row for row in found.ranking if row.branch.code == "S")
    assert (south.interval.low, south.interval.high, south.interval.df) == (Decimal("30.4"), Decimal("69.6"), None)


def test_copies__an_open_wave_does_not_move_the_intervals_of_other_branches():
    before = [*wide(12, "W1"), *visits({"N": (60,)}, "W2")]
    alone = copies(before, "W2", current=False)["N"]
    more = copies([*before, *wide(12, "W2", 40)], "W2", current=False)["N"]
    assert alone.index_interval == more.index_interval
    assert alone.index_interval is not None
    assert copies([*before, *wide(12, "W2", 40)], "W2", current=True)["N"].index_interval != alone.index_interval


def test_copies__the_first_wave_has_none_before_it_is_released():
    assert copies(wide(12), "W1", current=False)["D00"].index_interval is None
    assert copies(wide(12), "W1", current=True)["D00"].index_interval is not None


def test_checklist__has_an_interval_of_its_own():
    (desk,) = copies(wide(12), "W1", current=True)["D03"].checklists
    assert desk.interval == copies(wide(12), "W1", current=True)["D03"].index_interval


def test_index__independent_checklists_add_their_variances_as_welch_and_satterthwaite():
    doubt = _summed({"a": Doubt(4.0, 10), "b": Doubt(9.0, 20)}, ())
    # Welch's test of two samples with these variances of the mean rests on the same degrees of freedom.
    found = stats.ttest_ind_from_stats(1, (4.0 * 11) ** 0.5, 11, 0, (9.0 * 21) ** 0.5, 21, equal_var=False)
    assert doubt.variance == 13
    assert 2 * stats.t.sf(found.statistic, doubt.df) == pytest.approx(found.pvalue)


def test_index__checklists_of_one_visit_may_err_the_same_way():
    doubt = _summed({"a": Doubt(4.0, 10), "b": Doubt(9.0, 20), "c": Doubt(1.0, None)}, (frozenset("ab"),))
    assert doubt.variance == 26
    assert doubt.df == pytest.approx(26**2 / (25**2 / 10))


def test_index__has_none_where_one_checklist_has_none():
    two = (HUNDRED, HUNDRED.model_copy(update={"checklist": "phone"}))
    plan = programme(grades=[], checklists=[{"checklist": "desk"}, {"checklist": "phone"}])
    made = [*wide(12), scored("P1", "D00", 80, on=two[1])]
    rows = {row.branch.code: row for row in figures(made, plan=plan, checklists=two).ranking}
    assert (rows["D00"].interval, rows["D01"].interval is None) == (None, False)


def test_groups__and_what_chance_explains_of_the_table():
    found = figures([*visits({f"D{at:02}": (60 + 4 * at, 64 + 4 * at) for at in range(10)})])
    table = found.standings
    means = [62 + 4 * at for at in range(10)]
    msb = 2 * stats.tvar(means)
    assert (table.fewest, table.most) == (2, 2)
    assert float(table.noise_share) == pytest.approx(8 / msb, abs=1e-4)
    assert float(table.between) == pytest.approx(((msb - 8) / 2) ** 0.5, abs=1e-4)
    by_code = {row.branch.code: row.group for row in found.ranking}
    assert [each.branch for each in table.pooled] == [f"D{at:02}" for at in reversed(range(10))]
    assert (by_code["D09"], by_code["D08"], by_code["D00"]) == (1, 1, 5)


def test_groups__only_of_branches_with_a_whole_index_and_none_without_noise():
    assert figures(visits({"N": (90,), "S": (70,)})).standings is None
    found = figures([*wide(12), *visits({"E": (95,)})])
    # Nothing is pooled, since MSB is below MSW: 20 points are more than 1.96 · √(50 + 25).
    assert {row.branch.code: row.group for row in found.ranking} == {"E": 1, **{f"D{at:02}": 2 for at in range(12)}}
    two = (HUNDRED, HUNDRED.model_copy(update={"checklist": "phone"}))
    plan = programme(grades=[], checklists=[{"checklist": "desk"}, {"checklist": "phone"}])
    mixed = figures([*wide(12), scored("P1", "D00", 80, on=two[1])], plan=plan, checklists=two)
    assert {row.group for row in mixed.ranking} == {None}


def test_groups__below_five_branches_nothing_is_pooled():
    stated = programme(grades=[], visit_sd={"points": 5, "source": "the year 2025"})
    table = figures(
        visits({"N": (90, 80), "S": (70, 74, 78), "E": (95,), "W": (60, 66, 72, 66)}), plan=stated
    ).standings
    assert (table.noise_share, table.between, table.fewest, table.most) == (None, None, 1, 4)
    assert [float(each.value) for each in table.pooled] == [95, 85, 74, 66]


def test_passes__the_probability_that_the_level_reaches_the_lowest_passing_grade():
    plan = programme(visit_sd={"points": 10, "source": "the year 2025"})  # passes from 80
    table = figures(visits({"N": (90,), "S": (70,)}), plan=plan).standings
    assert [float(each.passes) for each in table.pooled] == pytest.approx([0.8413, 0.1587], abs=1e-4)


def moving(changes: dict[str, int], n: int = 1) -> list:
    before = visits(dict.fromkeys(changes, (60,) * n), "W1")
    return before + visits({code: (60 + change,) * n for code, change in changes.items()}, "W2")


def test_change__of_the_network_is_paired_by_branch():
    changes = dict(zip("ABCDEF", (4, 7, -1, 6, 9, 3), strict=True))
    made = [*moving(changes), *visits({"OLD": (10,)}, "W1"), *visits({"NEW": (99,)}, "W2")]
    found = figures(made, "W2").change
    assert (found.branches, found.risen, found.fallen, found.mean) == (6, 5, 1, Decimal("4.7"))
    assert found.p == Fraction(4, 64)
    assert not found.beyond
    assert figures(moving({**changes, "G": 5, "H": 6}), "W2").change.beyond


def test_change__there_is_none_over_a_major_version_or_before_the_first_wave():
    old = HUNDRED.model_copy(update={"version": "1.0.0"})
    new = HUNDRED.model_copy(update={"version": "2.0.0"})
    made = [*visits({"N": (60,)}, "W1", old), *visits({"N": (90,)}, "W2", new)]
    assert figures(made, "W2", checklists=(old, new)).change is None
    assert figures(visits({"N": (60,)})).change is None


@pytest.mark.parametrize(("n", "largest"), [(1, 27), (2, 19), (4, 13)])
def test_change__of_one_branch_counts_only_beyond_noise(n: int, largest: int):
    plan = programme(grades=[], visit_sd={"points": 10, "source": "the year 2025"})
    found = figures(moving({"A": largest, "B": largest + 1, "C": -largest - 1}, n), "W2", plan=plan)
    assert [row.beyond for row in found.ranking] == [False, True, True]
    assert [row.beyond for row in figures(moving({"A": 30}), "W2").ranking] == [None]


def test_within_variance__visits_that_are_not_accepted_are_not_in_it():
    made = [*wide(12), scored("X1", "D00", 0), scored("X2", "D01", 0)]
    codes = {each.branch: Branch(code=each.branch) for each in made}
    with tables(made, (HUNDRED,), fates={"X1": "held", "X2": "excluded"}) as kept:
        context = context_for(kept, Shelf(HUNDRED), programme(grades=[]), codes)
        (noise,) = network_figures(kept, context, "W1", audience=quality_copy(context)).noises
    assert (noise.variance, noise.df) == (50, 12)


def test_index__is_less_certain_where_one_visit_is_about_both_checklists():
    phone = HUNDRED.model_copy(update={"checklist": "phone"})
    plan = programme(grades=[], checklists=[{"checklist": "desk"}, {"checklist": "phone"}])

    def widths(prefix: str) -> tuple[Decimal, bool]:
        desk = wide(12)
        calls = [scored(f"{prefix}{each.visit_id}", each.branch, int(each.answers["share"]), on=phone) for each in desk]
        found = figures([*desk, *calls], plan=plan, checklists=(HUNDRED, phone))
        return found.ranking[0].interval.sd, found.standings.at_most

    apart, together = widths("P"), widths("")
    assert (apart[1], together[1]) == (False, True)
    assert float(together[0]) == pytest.approx(float(apart[0]) * 2**0.5, abs=1e-3)
