from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from auditkit.analysis.contexts import context_for
from auditkit.analysis.network import network_figures
from auditkit.audience.copies import quality_copy
from auditkit.problems import Place, Problem, Severity
from auditkit.results.batch import in_memory
from auditkit.results.keys import key_of
from auditkit.results.rows import problem_rows
from tests.results.made import BRANCHES, Shelf, checklist, programme, rows, submission, tables


def figures(submissions, wave="W1", plan=None, checklists=(), **more):
    with tables(submissions, checklists, **more) as made:
        context = context_for(made, Shelf(*checklists), plan or programme(), BRANCHES)
        return network_figures(made, context, wave, audience=quality_copy(context))


THREE = [
    submission("V1", "B01"),
    submission("V2", "B01", {"thanks": "no", "data": "no", "greets": "no", "names": "no", "waits": "11"}),
    submission("V3", "B02", {"greets": "no"}),
]


def test_means__every_visit_counts_once():
    found = figures(THREE)
    assert (found.index.value, found.index.n, found.group_means) == (Fraction(180, 3), 3, "visits")


def test_means__every_branch_counts_once_where_the_programme_says_so():
    found = figures(THREE, plan=programme(rules={"group_means": "branches"}))
    assert (found.index.value, found.index.n, found.group_means) == (Fraction(65), 3, "branches")


def test_ranking__every_open_branch_by_name_with_its_n():
    found = figures(THREE)
    assert [(row.branch.name, row.index.shown, row.index.n) for row in found.ranking] == [
        ("Ash Street", None, 0), ("Elm Street", Decimal("80.0"), 1), ("Oak Street", Decimal("50.0"), 2),
    ]  # fmt: skip
    assert [row.critical_failed for row in found.ranking] == [0, 0, 1]


def test_items__counts_and_points_lost_the_costliest_first():
    found = figures([*THREE, submission("V4", "B03", {"waits": "not_applicable"})])
    by_id = {each.item.id: each for each in found.items}
    assert (by_id["greets"].met, by_id["greets"].not_met, by_id["greets"].scored) == (2, 2, 4)
    assert (by_id["waits"].scored, by_id["waits"].not_applicable, by_id["waits"].not_met) == (3, 1, 1)
    assert by_id["greets"].lost == Fraction(40, 4)
    assert [each.lost for each in found.items] == sorted((each.lost for each in found.items), reverse=True)


def test_items__points_lost_add_up_to_what_the_mean_lacks():
    found = figures(THREE)
    assert 100 - found.index.value == sum(each.lost for each in found.items)


def test_regions__over_the_waves_with_their_branches():
    found = figures([*THREE, submission("V5", "B03", wave="W2")], "W2")
    assert [(each.region, each.wave, each.mean.shown, each.mean.n, each.branches) for each in found.regions] == [
        ("North", "W1", Decimal("60.0"), 3, 2), ("South", "W2", Decimal("100.0"), 1, 1),
    ]  # fmt: skip


def test_heatmap__a_cell_a_section():
    found = figures(THREE)
    assert found.heatmap_columns == (("desk", "1.0.0", "meet"), ("desk", "1.0.0", "part"))
    cells = {row.branch.code: [cell.shown if cell else None for cell in row.cells] for row in found.heatmap}
    assert cells == {
        "B03": [None, None], "B02": [Decimal("66.7"), Decimal("100.0")], "B01": [Decimal("50.0"), Decimal("50.0")],
    }  # fmt: skip


def test_index__incomplete_where_a_checklist_of_the_programme_lacks():
    plan = programme(checklists=[{"checklist": "desk", "weight": 3}, {"checklist": "phone"}])
    both = (checklist(), checklist("phone"))
    made = [
        submission("V1", "B01", {"thanks": "no", "data": "no"}),
        submission("V2", "B01", on=both[1]),
        submission("V3", "B02"),
    ]
    found = figures(made, plan=plan, checklists=both)
    rows_ = {row.branch.code: row for row in found.ranking}
    assert (rows_["B01"].index.value, rows_["B01"].index_complete, rows_["B01"].grade) == (70, True, "poor")
    assert (rows_["B02"].index.value, rows_["B02"].index_complete, rows_["B02"].grade) == (100, False, None)


def test_versions__a_major_step_is_not_compared_across():
    old, new = checklist(version="1.4.0"), checklist(version="2.0.0")
    made = [submission("V1", "B01", on=old, wave="W1"), submission("V2", "B01", {"greets": "no"}, on=new, wave="W2")]
    found = figures(made, "W2", checklists=(old, new))
    (desk,) = found.checklists
    assert (desk.version, desk.before, desk.mean.shown) == ("2.0.0", None, Decimal("80.0"))
    assert [(point.wave, point.version) for point in desk.trend] == [("W1", "1.4.0"), ("W2", "2.0.0")]
    assert [point.version for point in found.trend] == ["1", "2"]


def test_versions__a_minor_step_is_one_line():
    old, new = checklist(version="1.4.0"), checklist(version="1.10.0")
    made = [submission("V1", "B01", on=old), submission("V2", "B01", {"greets": "no"}, on=new)]
    (desk,) = figures(made, checklists=(old, new)).checklists
    assert (desk.version, desk.mean.shown, desk.mean.n) == ("1.10.0", Decimal("90.0"), 2)


def test_points__are_in_no_index():
    scored = checklist(
        "points", scoring="points", start=0,
        sections=[{"id": "meet", "title": "M", "items": [{"id": "greets", "text": "?", "weight": 5}]}],
        dimensions={}, grades=[],
    )  # fmt: skip
    of = submission("V1", "B01", on=scored).model_copy(update={"answers": {"greets": "yes"}})
    found = figures([of], plan=programme(checklists=[{"checklist": "points"}]), checklists=(scored,))
    assert found.index.value is None
    assert (found.checklists[0].mean.value, found.checklists[0].mean.n) == (5, 1)


def test_quality__the_sum_is_that_of_all_fates_and_every_problem_is_there():
    made = [submission("V1", "B01"), submission("V2", "B01")]
    fault = Problem("S101", Severity.ERROR, Place("a.xlsx", "F", "D4"), "x", (("known", "y"),))
    decided = [(key_of(made[0]), "accepted", ""), (key_of(made[1]), "duplicate", "duplicate_of a.xlsx")]
    problems = problem_rows([fault], key_of(made[1]), "W1", "a.xlsx")
    with in_memory([rows(each) for each in made], problems, decided) as kept:
        context = context_for(kept, Shelf(), programme(), BRANCHES)
        quality = network_figures(kept, context, "W1", audience=quality_copy(context)).quality
    assert quality.received == 2 == sum(count for _, count in quality.by_fate)
    assert dict(quality.by_fate)["duplicate"] == 1
    assert [each[1:4] for each in quality.not_accepted] == [("V2", "duplicate", "duplicate_of a.xlsx")]
    (found,) = quality.problems
    assert (found.code, found.place, found.params, found.fate) == (
        "S101", "a.xlsx[F!D4]", (("known", "y"),), "duplicate",
    )  # fmt: skip
