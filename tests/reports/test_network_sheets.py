"""What stands in the network workbook's cells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from auditkit.analysis.certainty import Noise, Source, Standings
from auditkit.analysis.network_shapes import FileProblem, NetworkFigures, NotAccepted, RegionFigure
from auditkit.locales import LANGUAGES
from auditkit.model.past import Past, PastScore
from auditkit.model.programme import VisitSd
from auditkit.reports.chance import change_sentence, noise_share_text, noise_text
from auditkit.reports.heatmap_sheet import shade
from auditkit.reports.heights import row_height
from auditkit.reports.network_sheets import network_sheets
from auditkit.reports.quality_sheet import problem_text
from auditkit.reports.sheets import Sheet
from auditkit.reports.styles import LOOKS
from tests.reports import made
from tests.reports.test_branch_sheets import grid, line, texts, values

NAMES = ("summary", "ranking", "heatmap", "items", "regions", "quality")


def sheets(language: str = "en", figures: NetworkFigures | None = None) -> dict[str, Sheet]:
    found = network_sheets(figures or made.network_figures(language=language), language, made.context())
    known = (figures or made.network_figures()).regions
    return dict(zip([name for name in NAMES if name != "regions" or known], found, strict=True))


def test_summary_has_the_score_with_its_n() -> None:
    summary = sheets()["summary"]
    assert ["82.4%", "The whole network"] in grid(summary)
    assert "11 branches · 48 visits · Means in which every visit counts once." in texts(summary)
    assert line(summary, "Index")[1:] == [Decimal("82.4"), 48, Decimal("80.1"), Decimal("2.3"), 1]


def test_ranking_has_n_and_no_ranks() -> None:
    ranking = sheets()["ranking"]
    assert line(ranking, "Branch C2 (B02)") == [
        "Branch C2 (B02)", "", Decimal("68.0"), 4, "Needs work · not passed", Decimal("72.0"), Decimal("-4.0"),
        "66.0 (n = 2)", "70.0 (n = 2)", "▲ 1", 0,
    ]  # fmt: skip
    names = [values(row)[0] for row in ranking.rows[ranking.header :]]
    assert len(names) == 12
    assert "rank" not in texts(ranking).casefold().replace("ranking", "").replace("without ranks", "")


def test_ranking__where_a_score_could_be_and_how_that_is_known() -> None:
    ranking = sheets(figures=made.carried(made.network_figures()))["ranking"]
    assert line(ranking, "Branch C2 (B02)")[3:7] == [Decimal("68.0"), 4, Decimal("60.5"), Decimal("88.0")]
    assert line(ranking, "Branch F5 (B05)")[3:7] == ["not scored", 0, "–", "–"]
    said = texts(ranking)
    assert "19 times out of 20" in said
    assert "Phone etiquette: standard deviation between visits to the same branch 9.6 points (from this wave)." in said
    assert "Premises: no branch was visited twice" in said


def test_ranking__stands_in_groups_by_name_within_each() -> None:
    ranking = sheets(figures=made.carried(made.network_figures()))["ranking"]
    rows = [(values(row)[1], str(values(row)[0])) for row in ranking.rows[ranking.header :]]
    assert [group for group, _ in rows] == [1] * 6 + [2] * 4 + ["–"] * 2
    assert [name for _, name in rows[:6]] == sorted(name for _, name in rows[:6])
    assert {name for group, name in rows if group == "–"} == {"Branch D3 (B03)", "Branch F5 (B05)"}
    said = texts(ranking)
    assert "With 2 visits a branch, 34% of the differences in this table are noise." in said
    assert "alphabetical" not in said


def test_ranking__what_is_noise_where_branches_have_different_numbers_of_visits() -> None:
    assert noise_share_text(Standings(Decimal("0.5"), Decimal(3), 1, 4, ()), "en") == (
        "With 1 to 4 visits a branch, 50% of the differences in this table are noise."
    )
    assert noise_share_text(Standings(None, None, 1, 4, ()), "en") is None


def test_ranking__an_arrow_only_beyond_noise() -> None:
    ranking = sheets(figures=made.carried(made.network_figures()))["ranking"]
    forms = {str(row.cells[0].value): [cell.form for cell in row.cells] for row in ranking.rows[ranking.header :]}
    assert "moved.1" in forms["Branch I8 (B08)"]
    assert "change.1" in forms["Branch H7 (B07)"]
    assert sum("moved.1" in each for each in forms.values()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary__the_paired_change_with_its_exact_p(language: str) -> None:
    figures = made.carried(made.network_figures(language=language))
    assert change_sentence(figures.change, language) in texts(sheets(language, figures)["summary"])
    if language == "en":
        assert change_sentence(figures.change, "en") == (
            "↑ 11 branches with a whole index in both waves: +2.3 points (8 up, 2 down; exact p = 0.0361), "
            "more than chance explains."
        )
        chance = replace(figures.change, p=Fraction(9, 128), mean=Decimal("-2.3"))
        assert change_sentence(chance, "en").endswith(
            "−2.3 points (8 up, 2 down; exact p = 0.0703), which may be chance."
        )
        assert "p < 0.0001" in change_sentence(replace(figures.change, p=Fraction(1, 2**20)), "en")
    if language == "ru":
        assert "p = 0,0361" in change_sentence(figures.change, language)


def test_ranking__beside_no_critical_failures_stands_how_many_there_may_be() -> None:
    ranking = sheets(figures=made.carried(made.network_figures()))["ranking"]
    assert line(ranking, "Branch B1 (B01)")[-3:] == [0, Decimal(95), 0]
    assert line(ranking, "Branch C2 (B02)")[-3:] == ["▲ 1", "–", 0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", Source)
def test_ranking__every_source_of_noise_has_its_sentence(language: str, source: Source) -> None:
    noise = Noise("premises", 1, Fraction(100), 12, source)
    plan = made.programme().model_copy(update={"visit_sd": VisitSd(points=10, source="the year 2025")})
    context = replace(made.context(), programme=plan)
    said = noise_text(noise, "Premises", language, context)
    assert said.startswith("Premises: ")
    assert ("10" in said) == (source.value in ("wave", "earlier", "stated"))
    assert ("the year 2025" in said) == (source is Source.STATED)


def test_ranking__not_scored_is_words_and_incomplete_is_marked() -> None:
    ranking = sheets()["ranking"]
    assert line(ranking, "Branch F5 (B05)")[2:4] == ["not scored", 0]
    assert str(line(ranking, "Branch D3 (B03)")[4]).endswith("(incomplete)")


def test_ranking__columns_that_say_nothing_are_left_out() -> None:
    figures = made.network_figures()
    bare = tuple(
        replace(
            row, branch=row.branch.model_copy(update={"region": None}), before=None, grade=None, verdict=None,
            critical_failed=0, unreached=0, index_complete=True, by_checklist=row.by_checklist[:1],
        )
        for row in figures.ranking
    )  # fmt: skip
    plain = tuple(replace(each, item=each.item.model_copy(update={"critical": ()})) for each in figures.items)
    found = sheets(figures=replace(figures, ranking=bare, items=plain, checklists=figures.checklists[:1]))
    titles = values(found["ranking"].rows[found["ranking"].header - 1])
    assert titles == ["Branch", "Index", "Visits"]
    assert len(found["ranking"].widths) == 3
    titles = values(found["items"].rows[found["items"].header - 1])
    assert "Checklist" not in titles
    assert titles[-7:] == [
        "Points lost of 100", "Scored", "Met", "Partly", "Not met", "Did not come up", "Not seen or heard",
    ]  # fmt: skip


def test_ranking__the_programmes_word_for_a_branch() -> None:
    context = made.context()
    assert context.programme is not None
    plan = context.programme.model_validate(
        {**context.programme.model_dump(by_alias=True), "branch_word": {"en": "shop", "ru": "магазин"}}
    )
    found = network_sheets(made.network_figures(), "ru", replace(context, programme=plan))[1]
    assert values(found.rows[found.header - 1])[0] == "Магазин"


def test_heatmap__a_number_in_every_cell_and_darker_is_lower() -> None:
    heatmap = sheets()["heatmap"]
    cells = [cell for row in heatmap.rows[heatmap.header :] for cell in row.cells[2:]]
    assert [row.cells[1].value for row in heatmap.rows[heatmap.header :]] == [4] * 5 + [0] + [4] * 6
    assert all(isinstance(cell.value, Decimal) or cell.value == "–" for cell in cells)
    shades = [shade(made.mean(score)) for score in (40, 60, 75, 85, 95)]
    assert shades == ["shade4", "shade3", "shade2", "shade1", "shade0"]
    lightness = [int(LOOKS[look].paper or "FFFFFF", 16) for look in shades]
    assert lightness == sorted(lightness)
    assert shade(made.NOTHING) == "shade0"


def test_items__most_costly_first_with_counts() -> None:
    items = sheets()["items"]
    rows = [values(row) for row in items.rows[items.header :]]
    lost = [row[4] for row in rows]
    assert lost == sorted(lost, reverse=True)  # type: ignore[type-var]
    assert len(rows) == 49
    assert any("▲" in str(row[1]) and "(critical)" in str(row[1]) for row in rows)


def test_regions_over_waves_with_n() -> None:
    regions = sheets()["regions"]
    assert line(regions, "North") == ["North", "75.0 (n = 8)", "78.0 (n = 8)", "81.0 (n = 8)", 4]
    assert values(regions.rows[-1])[0] == "(no region)"


def test_regions__waves_of_another_method_stand_in_front_with_their_mark() -> None:
    past = Past(tuple(PastScore("B01", wave, Decimal(1)) for wave in ("2024", "2025")))
    north = [RegionFigure("North", "2024", made.mean(70, 0), 3), RegionFigure("North", "2025", made.mean(72, 9), 3)]
    figures = replace(made.network_figures(), past_regions=(*north, RegionFigure("East", "2025", made.mean(60, 0), 1)))
    found = network_sheets(figures, "en", replace(made.context(), past=past))
    regions = next(each for each in found if each.name == "Regions")
    assert values(regions.rows[regions.header - 1])[:4] == ["Region", "◇ 2024", "◇ 2025", "Spring 2026"]
    assert line(regions, "North") == [
        "North", "70.0", "72.0 (n = 9)", "75.0 (n = 8)", "78.0 (n = 8)", "81.0 (n = 8)", 4,
    ]  # fmt: skip
    assert line(regions, "East") == ["East", "–", "60.0", "–", "–", "–", 0]
    assert "◇ From the years before, found by another method" in texts(regions)
    assert "another method" not in texts(sheets()["regions"])


def test_quality__the_sum_is_right_and_everything_has_a_reason() -> None:
    quality = sheets()["quality"]
    assert line(quality, "Received") == ["Received", 53, "The sum is right: 48 + 0 + 1 + 0 + 1 + 1 + 2 = 53."]
    broken = ["unreadable", "this workbook is password-protected: broken.xlsx"]
    assert line(quality, "visits/2026-Q3/broken.xlsx")[2:] == broken


def test_quality__a_wrong_sum_is_said() -> None:
    figures = made.network_figures()
    wrong = replace(figures, quality=replace(figures.quality, received=60))
    assert "The sum is wrong" in texts(sheets(figures=wrong)["quality"])


def test_an_empty_wave_still_makes_a_workbook() -> None:
    figures = made.network_figures()
    empty = replace(
        figures, index=made.NOTHING, index_before=None, trend=(), checklists=(), ranking=(), heatmap_columns=(),
        heatmap=(), items=(), regions=(),
    )  # fmt: skip
    found = sheets(figures=empty)
    assert "not scored" in texts(found["summary"])
    assert "No visit was scored in this wave." in texts(found["ranking"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_can_be_made_in_every_language(language: str) -> None:
    for sheet in sheets(language).values():
        assert all(sum(cell.span for cell in row.cells) in (0, len(sheet.widths)) for row in sheet.rows), sheet.name


def test_quality__every_reason_is_a_sentence() -> None:
    figures = made.network_figures()
    place = "visits/2026-Q3/a.xlsx[Form!D14]"
    known = FileProblem("S301", "error", place, "mayby", (("item", "3.2"),), "returned")
    other = replace(known, place="wave.csv[Sheet!AC11]")
    quality = replace(
        figures.quality,
        problems=(known, known, other),
        not_accepted=(
            NotAccepted("visits/2026-Q3/a.xlsx", "K1", "returned", "incomplete", "desk", "1.0.0"),
            NotAccepted(
                "visits/2026-Q3/b.xlsx", "K2", "duplicate", "duplicate_of visits/2026-Q3/c.xlsx", "desk", "1.0.0"
            ),
            NotAccepted("visits/2026-Q3/d.xlsx", "K3", "excluded", "superseded_by e.xlsx", "desk", "1.0.0"),
            NotAccepted("visits/2026-Q3/f.xlsx", "K4", "not_carried_out", "closed", "desk", "1.0.0"),
            NotAccepted("visits/2026-Q3/g.xlsx", "K5", "held", "coverage", "desk", "1.0.0"),
            NotAccepted("wave.csv:11", "K6", "returned", "incomplete", "desk", "1.0.0"),
            NotAccepted("wave.csv:1", "K7", "unreadable", "", "desk", "1.0.0"),
            NotAccepted("visits/2026-Q3/h.xlsx", "K8", "not_carried_out", "closed", "other", "1.0.0"),
            NotAccepted("visits/2026-Q3/h.xlsx", "K8", "not_carried_out", "closed", "third", "1.0.0"),
        ),
    )
    found = sheets(figures=replace(figures, quality=quality))["quality"]
    reason = str(line(found, "visits/2026-Q3/a.xlsx")[3])
    assert reason == problem_text(known, "en", advise=False)
    assert line(found, "visits/2026-Q3/b.xlsx")[3] == "The same as visits/2026-Q3/c.xlsx."
    assert line(found, "visits/2026-Q3/d.xlsx")[3] == "Replaced by e.xlsx."
    assert line(found, "visits/2026-Q3/f.xlsx")[3] == "closed"
    assert str(line(found, "visits/2026-Q3/g.xlsx")[3]).startswith("Too little could be seen")
    assert line(found, "wave.csv:11")[3] == reason
    assert not line(found, "wave.csv:1")[3]
    assert line(found, "wave.csv:1")[1] == "K7"
    # A visit that is listed once a checklist says which.
    twice = [row[1] for row in grid(found) if row[:1] == ["visits/2026-Q3/h.xlsx"]]
    assert twice == ["K8 · other", "K8 · third"]


def test_heatmap__many_sections_have_titles_that_read_upwards_and_narrow_columns() -> None:
    figures = made.network_figures()
    columns = figures.heatmap_columns * 4
    rows = tuple(replace(row, cells=row.cells * 4) for row in figures.heatmap)
    heatmap = sheets(figures=replace(figures, heatmap_columns=columns, heatmap=rows))["heatmap"]
    titles = heatmap.rows[heatmap.header - 1]
    assert {cell.look for cell in titles.cells[2:]} == {"header_up"}
    assert row_height(titles, heatmap.widths) > 60
    assert sum(heatmap.widths) < 190


def test_items__what_changed_beyond_chance_has_an_arrow() -> None:
    items = sheets(figures=made.carried(made.network_figures()))["items"]
    rows = [values(row)[-3:] for row in items.rows[items.header :]]
    assert rows[:4] == [
        ["↑ 9", 1, Decimal("0.043")], [0, "↓ 9", Decimal("0.008")], [3, 2, Decimal("1.000")], ["–", "–", "–"],
    ]  # fmt: skip
    assert "2 criteria changed beyond chance since the wave before" in texts(items)
    titles = values(items.rows[items.header - 1])
    assert titles[-3:] == ["Better at", "Worse at", "p, adjusted"]
    looks = [cell.look for cell in items.rows[items.header - 1].cells]
    assert looks == ["header"] * 4 + ["header_right"] * 10


def test_items__without_a_wave_before_there_is_no_column_of_changes() -> None:
    items = sheets()["items"]
    assert "Better at" not in texts(items)
    assert [cell.look for cell in items.rows[items.header - 1].cells] == ["header"] * 4 + ["header_right"] * 7


def test_ranking__less_may_be_noise_where_checklists_share_visits() -> None:
    said = noise_share_text(Standings(Decimal("0.5"), Decimal(3), 2, 2, (), at_most=True), "en")
    assert said == "With 2 visits a branch, ≤ 50% of the differences in this table are noise."
