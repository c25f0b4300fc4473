from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from auditkit.analysis.branches import branch_figures
from auditkit.analysis.contexts import context_for
from auditkit.audience.comments import Comments
from auditkit.audience.copies import branch_copy, quality_copy
from auditkit.audience.marks import Marker
from tests.results.made import BRANCHES, Shelf, programme, submission, tables


def figures(submissions, wave="W1", codes=None, **more):
    with tables(submissions, **more) as made:
        context = context_for(made, Shelf(), programme(), BRANCHES)
        return list(branch_figures(made, context, wave, codes, audience=quality_copy(context)))


def test_one_visit__its_score_is_the_branch_s_and_everything_is_there():
    (found,) = figures([submission("V1", "B01", {"names": "no"})])
    assert found.branch.name == "Oak Street"
    assert found.index.value == Fraction(80)  # 60 × 2/3 + 40
    assert (found.index.shown, found.index.n, found.index_complete) == (Decimal("80.0"), 1, True)
    assert (found.index_grade, found.index_verdict.value) == ("fine", "pass")
    (desk,) = found.checklists
    assert (desk.grade, desk.verdict.value, desk.version) == ("good", "pass", "1.0.0")
    assert [(s.section, s.mean.shown, s.mean.n) for s in desk.sections] == [
        ("meet", Decimal("66.7"), 1), ("part", Decimal("100.0"), 1),
    ]  # fmt: skip
    assert dict(desk.dimensions)["care"].value == 100
    (finding,) = found.findings
    assert (finding.item.id, finding.missed, finding.asked, finding.lost) == ("names", 1, 1, Fraction(20))
    assert finding.number == "1.3"
    assert finding.place == "visits/W1/V1-desk.xlsx[Form!D6]"
    assert found.best[0].item.id == "thanks"
    (visit,) = found.visits
    assert (visit.part_of_day, visit.shopper, visit.shown, visit.grade) == ("morning", "K7", Decimal("80.0"), "good")
    assert sum(line.lost for line in visit.items) == 20
    assert visit.items[1].answer == "3"


def test_critical__the_percentage_stays_and_the_verdict_fails_and_it_stands_on_top():
    (found,) = figures([submission("V1", "B01", {"data": "no", "greets": "no"})])
    desk = found.checklists[0]
    assert (desk.grade, desk.verdict.value, desk.critical_failed) == ("weak", "fail", 1)
    assert [(each.item.id, each.critical) for each in found.findings] == [("data", True), ("greets", False)]


def test_fates__what_is_not_accepted_is_in_the_list_and_in_no_mean():
    (found,) = figures([submission("V1", "B01"), submission("V2", "B01", {"greets": "no"})], fates={"V2": "held"})
    assert (found.index.shown, found.index.n) == (Decimal("100.0"), 1)
    assert [(v.visit_id, v.fate, len(v.items)) for v in found.visits] == [("V1", "accepted", 5), ("V2", "held", 0)]
    assert found.findings == ()


def test_waves__before_network_trend_and_repeated_findings():
    made = [
        submission("V1", "B01", {"greets": "no"}, wave="W1"),
        submission("V2", "B02", wave="W1"),
        submission("V3", "B01", {"greets": "no", "names": "no"}, wave="W2"),
    ]
    (found,) = figures(made, "W2")
    assert (found.index_before.shown, found.index_network.shown, found.index_network.n) == (
        Decimal("80.0"), Decimal("90.0"), 2,
    )  # fmt: skip
    assert [(p.wave, p.mean.shown) for p in found.index_trend] == [("W1", Decimal("80.0")), ("W2", Decimal("60.0"))]
    assert {f.item.id: f.waves_before for f in found.findings} == {"greets": ("W1",), "names": ()}
    section = found.checklists[0].sections[0]
    assert (section.before.shown, section.network.shown) == (Decimal("66.7"), Decimal("83.3"))


def test_unreached__counted_beside_the_mean():
    made = [submission("V1", "B01"), submission("V2", "B01", outcome="no_answer", answers={})]
    (found,) = figures(made)
    desk = found.checklists[0]
    assert (desk.mean.shown, desk.mean.n, desk.unreached, desk.carried_out) == (Decimal("100.0"), 1, 1, 2)


def test_branch_copy__no_shopper_no_clock_and_the_week_alone_where_few_were_on_duty():
    made = [
        submission("V1", "B01", {"greets": "no"}, comments={"greets": "K7 was told to wait, said k7; not K70"}),
        submission("V2", "B01", staff_on_duty=4),
        submission("V3", "B01", staff_on_duty=None),
    ]
    with tables(made) as kept:
        context = context_for(kept, Shelf(), programme(), BRANCHES)
        released = Comments("W1", "all", marker=Marker.of(codes=["K7", "X"]))
        (found,) = branch_figures(kept, context, "W1", audience=branch_copy(context, released))
    assert found.findings[0].comment == "••• was told to wait, said •••; not K70"
    assert [(v.shopper, v.part_of_day, v.week_only) for v in found.visits] == [
        ("", "morning", False), ("", "", True), ("", "", True),
    ]  # fmt: skip


def test_alone__files_without_a_programme_have_one_wave_and_their_own_branches():
    with tables([submission("V1", "X9", wave="all")]) as made:
        context = context_for(made, Shelf())
        (found,) = branch_figures(made, context, "all", audience=quality_copy(context))
    assert (found.branch.code, found.index.shown, found.index_complete) == ("X9", Decimal("100.0"), True)
    assert found.index_network is None
