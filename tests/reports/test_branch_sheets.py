"""What stands in the branch workbook's cells."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from auditkit.analysis.certainty import Interval
from auditkit.analysis.shapes import BranchFigures, Mean, PastPoint
from auditkit.locales import LANGUAGES
from auditkit.reports.branch_sheets import branch_sheets
from auditkit.reports.heights import PORTRAIT, row_height
from auditkit.reports.sheets import Row, Sheet, Value
from auditkit.reports.trend import versions_of
from tests.reports import made


def sheets(language: str = "en", figures: BranchFigures | None = None) -> dict[str, Sheet]:
    found = branch_sheets(figures or made.branch_figures(language), language, made.context())
    return dict(zip(("summary", "findings", "visits", "method"), found, strict=True))


def values(row: Row) -> list[Value]:
    return [cell.value for cell in row.cells]


def grid(sheet: Sheet) -> list[list[Value]]:
    return [values(row) for row in sheet.rows]


def line(sheet: Sheet, *begins: Value) -> list[Value]:
    return next(row for row in grid(sheet) if row[: len(begins)] == list(begins))


def texts(sheet: Sheet) -> str:
    return "\n".join(str(value) for row in grid(sheet) for value in row if value is not None)


def test_summary_has_one_score_with_level_and_n() -> None:
    summary = sheets()["summary"]
    assert ["83.8%", "Good · passed"] in grid(summary)
    assert line(summary, "of 100, weighted mean of 2 checklists") == [
        "of 100, weighted mean of 2 checklists",
        "4 visits.",
    ]
    assert line(summary, "Index")[1:] == [
        "Good · passed", Decimal("83.8"), 4, Decimal("79.0"), Decimal("4.8"), Decimal("82.4"),
    ]  # fmt: skip


def test_summary_in_russian_has_its_decimal_sign() -> None:
    assert ["83,8\u00a0%", "Хорошо · выполнен"] in grid(sheets("ru")["summary"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary__one_visit_is_a_snapshot(language: str) -> None:
    figures = made.branch_figures()
    one = replace(figures, index=replace(figures.index, n=1))
    assert texts(sheets(language, one)["summary"]) != texts(sheets(language)["summary"])
    if language == "en":
        assert "One visit: a snapshot. Another day may have looked different." in texts(sheets("en", one)["summary"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", [1, 2, 5, 21])
def test_summary__says_where_the_score_could_lie_with_its_ends_rounded_outwards(language: str, n: int) -> None:
    known = Interval(Decimal("61.9"), Decimal("98.1"), Decimal("9.2"), Decimal(12))
    figures = made.branch_figures()
    figures = replace(figures, index=replace(figures.index, n=n), index_interval=known)
    said = texts(sheets(language, figures)["summary"])
    assert re.search(r"\b61\b.{1,12}\b99\b", said)
    if language == "en" and n > 1:
        assert f"{n} visits. With many more visits the score could lie anywhere from 61 to 99." in said


def test_summary__a_checklist_says_it_where_the_index_cannot() -> None:
    known = Interval(Decimal("40.0"), Decimal("80.0"), Decimal("9.2"), Decimal(12))
    figures = made.branch_figures()
    lists = (replace(figures.checklists[0], interval=known), figures.checklists[1])
    said = "2 visits. With many more visits the score could lie anywhere from 40 to 80."
    assert said in texts(sheets(figures=replace(figures, checklists=lists))["summary"])
    both = replace(figures, checklists=lists, index_interval=known)
    assert said not in texts(sheets(figures=both)["summary"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary__no_critical_failure_is_not_none(language: str) -> None:
    figures = made.branch_figures()
    lists = (replace(figures.checklists[0], critical_unseen=Decimal("0.5271")), figures.checklists[1])
    said = texts(sheets(language, replace(figures, checklists=lists))["summary"])
    assert "53" in said
    assert "53" not in texts(sheets(language)["summary"])
    if language == "en":
        assert "No critical failure in 2 visits: the true rate can still be 53%." in said


def test_summary__critical_comes_before_the_scores_and_is_told_in_words() -> None:
    rows = grid(sheets()["summary"])
    first = next(at for at, row in enumerate(rows) if row[:1] == ["▲ Critical criterion not met"])
    scores = next(at for at, row in enumerate(rows) if row[:1] == ["Scores"])
    assert first < scores
    assert rows[first + 1][0] == "2.4"
    assert "=She told me" in str(rows[first + 1][2])


def test_summary__unanswered_calls_are_counted_beside_the_mean() -> None:
    assert "1 of 3 visits or calls stayed unanswered" in texts(sheets()["summary"])


def test_summary__sections_with_wave_before_and_network() -> None:
    assert line(sheets()["summary"], "Leading the talk")[1:] == [
        Decimal("81.3"), 2, Decimal("75.0"), Decimal("6.3"), Decimal("82.0"),
    ]  # fmt: skip


def test_summary__three_to_mend_first_with_the_shoppers_words() -> None:
    rows = grid(sheets()["summary"])
    at = rows.index(["To mend first"])
    assert [row[0] for row in rows[at + 1 : at + 4]] == ["2.4", "3.1", "1.3"]
    assert rows[at + 2][2] == (
        "No (not fully met in 1 of 2). “The call ended suddenly; I had to ask twice what happens next and by when.” "
        "Points lost: 7.5 of 100."
    )


def test_summary__a_new_version_breaks_the_line() -> None:
    summary = sheets()["summary"]
    trend = summary.charts[0]
    assert [series.title for series in trend.series] == ["Version 1", "Version 2"]
    first, second = trend.series
    column = [row.cells for row in summary.rows[first.first - 1 : first.last]]
    assert [cells[0].value for cells in column] == ["Spring 2026", "2026-Q2", "▲ Autumn 2026"]
    # Cells stand one after another; the first covers three columns.
    assert [cells[first.column - 3].value for cells in column] == [Decimal("73.3"), Decimal("79.0"), None]
    assert [cells[second.column - 3].value for cells in column] == [None, None, Decimal("83.8")]


PAST = (
    PastPoint("2024", "", made.mean(88, 0)),
    PastPoint("2025 H1", "", made.mean("91.5", 6)),
    PastPoint("2025 H1", "premises", made.mean(64, 3)),
)


def test_past__has_its_own_column_marker_and_note_and_no_version() -> None:
    summary = sheets(figures=replace(made.branch_figures(), past=PAST))["summary"]
    trend = summary.charts[0]
    assert [(series.title, series.apart) for series in trend.series] == [
        ("Other method", True), ("Version 1", False), ("Version 2", False),
    ]  # fmt: skip
    past = trend.series[0]
    column = [row.cells for row in summary.rows[past.first - 1 : past.last]]
    assert [cells[0].value for cells in column] == ["◇ 2024", "◇ 2025 H1", "Spring 2026", "2026-Q2", "▲ Autumn 2026"]
    scores = [[cells[each.column - 3].value for cells in column] for each in trend.series]
    assert scores == [
        [Decimal("88.0"), Decimal("91.5"), None, None, None],
        [None, None, Decimal("73.3"), Decimal("79.0"), None],
        [None, None, None, None, Decimal("83.8")],
    ]
    assert [cells[1].value for cells in column][:3] == ["–", 6, 4]
    # A single checklist's score is in the table, but not in the chart of the index.
    assert line(summary, "◇ 2025 H1 · Premises")[1:3] == [3, Decimal("64.0")]
    assert "◇ From the years before, found by another method" in texts(summary)


def test_past__no_difference_is_taken_with_it() -> None:
    figures = made.branch_figures()
    first = replace(figures, index_before=None, index_trend=figures.index_trend[-1:])
    with_past = sheets(figures=replace(first, past=PAST))["summary"]
    without = sheets(figures=first)["summary"]
    cut = without.rows.index(next(row for row in without.rows if "There is no earlier wave" in str(row)))
    assert [row.cells for row in with_past.rows[:cut]] == [row.cells for row in without.rows[:cut]]
    assert [series.title for series in with_past.charts[0].series] == ["Other method", "Score"]


def test_past__the_latest_waves_are_shown_and_versions_share_what_is_left() -> None:
    figures = made.branch_figures()
    many = tuple(PastPoint(str(year), "", made.mean(80, 1)) for year in range(2010, 2026))
    points = tuple(replace(figures.index_trend[0], version=f"{n}.0.0") for n in range(1, 7))
    trend = sheets(figures=replace(figures, past=many, index_trend=points))["summary"].charts[0]
    assert trend.series[0].last - trend.series[0].first + 1 == 8 + 6
    assert [(series.title, series.column) for series in trend.series] == [
        ("Other method", 5), ("Version 1, 2, 3, 4", 6), ("Version 5", 7), ("Version 6", 8),
    ]  # fmt: skip


def test_versions__only_a_major_step_breaks() -> None:
    points = made.branch_figures().index_trend
    same = [replace(point, version=version) for point, version in zip(points, ("1.0.0", "1.4.2", ""), strict=True)]
    assert versions_of(same) == [0, 0, 0]
    assert versions_of(points) == [0, 0, 1]


def test_summary__nothing_scored_is_said_and_never_0() -> None:
    figures = made.branch_figures()
    empty = replace(
        figures, index=made.NOTHING, index_grade=None, index_verdict=None, index_trend=(), findings=(), best=(),
        visits=(), checklists=tuple(replace(each, mean=made.NOTHING, sections=(), grade=None, verdict=None, unreached=0,
                                 critical_failed=0) for each in figures.checklists),
    )  # fmt: skip
    summary = sheets(figures=empty)["summary"]
    assert line(summary, "Index")[2:4] == ["not scored", 0]
    assert "No visit was scored in this wave." in texts(summary)
    assert "No visit came in for this wave." in texts(sheets(figures=empty)["visits"])
    assert "0.0" not in texts(summary)


def test_findings__critical_first_then_by_points_lost() -> None:
    findings = sheets()["findings"]
    rows = grid(findings)[findings.header :]
    assert [row[0] for row in rows] == ["2.4", "3.1", "1.3", "2.2", "1.1", "1.3", "1.4", "1.5"]
    assert rows[0] == [
        "2.4", "Does the employee keep other customers' data to themselves?\n(Phone etiquette)",
        "nothing about other customers is said",
        "No\n“=She told me that Mr. Smith owes 300,000 and has not paid since May”",
        "1 of 2", Decimal("6.25"), "▲ critical", "first time", "", None, None, None, "open",
        '["phone-etiquette", "data"]',
    ]  # fmt: skip
    assert rows[1][7] == "2026-Q2"


def test_findings__drop_downs_cover_every_row() -> None:
    findings = sheets()["findings"]
    by_column = {drop.column: drop for drop in findings.drop_downs}
    assert set(by_column) == {10, 11, 12, 13}
    assert all(drop.first == findings.header + 1 and drop.last == len(findings.rows) for drop in findings.drop_downs)
    assert by_column[13].choices == ("open", "in progress", "done", "checked")
    assert by_column[13].strict
    assert not by_column[10].strict


def test_visits__anybody_can_add_them_up() -> None:
    figures = made.branch_figures()
    rows = grid(sheets()["visits"])
    for visit in figures.visits:
        if not visit.items:
            continue
        start = next(at for at, row in enumerate(rows) if row and str(row[0]).startswith(visit.visit_id))
        end = next(at for at in range(start, len(rows)) if rows[at][1:2] == ["Sum"])
        items = [row for row in rows[start + 2 : end] if len(row) == 8]
        for column, total in ((4, 2), (5, 3), (6, 4)):
            numbers = [row[column] for row in items if isinstance(row[column], Decimal)]
            assert abs(sum(numbers, Decimal(0)) - Decimal(str(rows[end][total]))) <= Decimal("0.05")
        assert visit.shown is not None
        assert str(visit.shown) in str(rows[end + 1][2])


def test_visits__what_was_not_scored_has_no_points() -> None:
    hold = next(row for row in grid(sheets()["visits"]) if row[:1] == ["2.3"])
    assert hold[2:] == ["did not come up in this visit", "did not come up", "–", "–", "–", ""]


def test_visits__an_unanswered_call_has_no_score() -> None:
    rows = grid(sheets()["visits"])
    band = next(row for row in rows if row and str(row[0]).startswith("K7-Q3-0414"))
    assert band[1] == "no answer · not passed"


def test_visits__steps_after_the_sum_are_lines_of_their_own() -> None:
    figures = made.branch_figures()
    base, capped = Fraction(155, 2), Fraction(60)
    visit = replace(figures.visits[0], score=capped, shown=Decimal("60.0"),
                    steps=(("cap_visit", "", base, capped, "data"),))  # fmt: skip
    found = grid(sheets(figures=replace(figures, visits=(visit,)))["visits"])
    assert [None, "Visit capped: 2.4", "77.50 → 60.00"] in found
    assert not any("Bonus" in str(row) for row in found)


def test_visits__bonus_is_a_line_of_its_own() -> None:
    figures = made.branch_figures()
    visit = replace(figures.visits[0], score=Fraction(80), shown=Decimal("80.0"))
    found = grid(sheets(figures=replace(figures, visits=(visit,)))["visits"])
    assert [None, "Bonus points and effects within sections", "+2.50"] in found


def test_method__rules_weights_levels_and_hashes() -> None:
    method = sheets()["method"]
    assert line(method, "2 Leading the talk") == ["2 Leading the talk", Decimal(50), 4, None]
    assert line(method, "Excellent") == ["Excellent", "≥ 90", "passed", "no critical criterion missed"]
    assert line(method, "2.4 Does the employee keep other customers' data to themselves?")[1] == "standard not passed"
    assert "9f2c9f2c9f2c9f2c" in texts(method)
    assert "9f2c" * 5 not in texts(method)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_can_be_made_in_every_language(language: str) -> None:
    for sheet in sheets(language).values():
        count, hidden = len(sheet.widths), len(sheet.hidden_columns)
        assert all(sum(cell.span for cell in row.cells) in (0, count - hidden, count) for row in sheet.rows), sheet.name


def test_a_points_checklist_is_shown_in_points() -> None:
    context, figures = made.context(), made.branch_figures()
    points = context.checklists["premises", "1.1.0"].model_copy(update={"scoring": "points", "start": Decimal(100)})
    context = replace(context, checklists={**context.checklists, ("premises", "1.1.0"): points})
    found = branch_sheets(figures, "en", context)
    assert "Premises (in points)" in texts(found[0])
    assert len(found[0].charts) == 1
    assert "100 + 38.00 = 138.00" in texts(found[2])


def test_mean_is_shown_as_rounded_by_scoring_not_again() -> None:
    figures = made.branch_figures()
    odd = replace(figures, index=Mean(Fraction(9996, 100), Decimal("99.9"), 3))
    assert ["99.9%", "Good · passed"] in grid(sheets(figures=odd)["summary"])


def test_charts__read_numbers_and_blanks_only_never_words_that_would_be_drawn_as_0() -> None:
    figures = made.branch_figures()
    phone = figures.checklists[0]
    silent = replace(phone.sections[0], mean=made.NOTHING, network=None)
    lone = replace(phone.sections[1], network=None)
    lists = (replace(phone, sections=(silent, lone, phone.sections[2])), *figures.checklists[1:])
    points = (figures.index_trend[0], replace(figures.index_trend[1], mean=made.NOTHING), figures.index_trend[2])
    summary = sheets(figures=replace(figures, checklists=lists, index_trend=points))["summary"]
    assert len(summary.charts) == 2
    for chart in summary.charts:
        for series in chart.series:
            for row in summary.rows[series.first - 1 : series.last]:
                assert isinstance(row.cells[series.column - 3].value, Decimal | None)
    assert "not scored: Greeting" in texts(summary)
    assert "2026-Q2 (not scored)" in texts(summary)


def test_pages__a_chart_is_never_torn() -> None:
    figures = made.branch_figures()
    phone = figures.checklists[0]
    many = replace(figures, checklists=(replace(phone, sections=phone.sections * 8), *figures.checklists[1:]))
    summary = sheets(figures=many)["summary"]
    used, page = 0.0, 1
    on_page = {}
    for number, row in enumerate(summary.rows, 1):
        height = row_height(row, summary.widths)
        if used + height > PORTRAIT:
            used, page = 0.0, page + 1
        used, on_page[number] = used + height, page
        if row.page_break:
            used, page = 0.0, page + 1
    assert len(summary.charts) == 2
    assert all(on_page[chart.row] == on_page[chart.last_row] for chart in summary.charts)


def test_what_only_programs_read__makes_no_row_higher() -> None:
    findings = sheets()["findings"]
    seen = len(findings.widths) - 1
    for row in findings.rows:
        if len(row.cells) > seen:
            assert row.height == row_height(Row(row.cells[:seen]), findings.widths)
