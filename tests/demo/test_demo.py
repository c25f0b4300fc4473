"""The demo as its reader meets it: made once, run wave by wave, and searched for everything that was planted."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditkit.definitions.library import Library, shipped_folder
from auditkit.definitions.programme import load_programme
from auditkit.demo import making, story
from auditkit.demo.making import make_demo
from auditkit.demo.plan import visits
from auditkit.locales import say
from auditkit.model.checklist import Verdict
from auditkit.model.visit import Outcome
from auditkit.run.programme import run
from auditkit.run.showing import last_results
from tests.run.made import tree

WINTER, SPRING = (wave.id for wave in story.WAVES)
PHONE, CONFLICT, PREMISES, APPEARANCE = "phone-etiquette", "conflict-handling", "premises", "appearance"


class Demo:
    """The folder, what its two runs said, and its results."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written, self.problems = make_demo(folder)
        self.made = tree(folder)
        self.runs = {wave: run(folder, wave=wave) for wave in (WINTER, SPRING)}
        self.home, _ = load_programme(folder)
        self.shown = {wave: last_results(self.home, wave)[0] for wave in (WINTER, SPRING)}

    def network(self, wave=SPRING):
        return self.shown[wave].network()[0]

    def branch(self, code, wave=SPRING):
        return self.shown[wave].branch(code)[0]

    def checklist(self, code, name, wave=SPRING):
        return next(each for each in self.branch(code, wave).checklists if each.checklist == name)

    def ask(self, sql, **params):
        with self.shown[SPRING].store.open((WINTER, SPRING)) as tables:
            return list(tables.ask(sql, params))

    def sheet(self, name, key):
        """The texts of a report's sheet, row by row."""
        path = self.folder / "reports" / SPRING / name
        book = load_workbook(path, read_only=True)
        try:
            rows = book[key].iter_rows(values_only=True)
            return [[str(cell) for cell in row if cell not in (None, "")] for row in rows]
        finally:
            book.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return Demo(tmp_path_factory.mktemp("demo") / "auditkit-demo")


@pytest.fixture(scope="module")
def checklists():
    library = Library([shipped_folder()])
    return {name: library.get(name) for name in (PHONE, CONFLICT, PREMISES, APPEARANCE)}


def joined(rows):
    return "\n".join(" | ".join(row) for row in rows)


# -- the folder ----------------------------------------------------------------------------------------------------


def test_made__twelve_branches_in_every_format(demo):
    assert demo.problems == ()
    assert {path.relative_to(demo.folder).as_posix() for path in demo.written} == set(demo.made)
    assert len(demo.home.branches) == 12
    kinds = Counter(Path(name).suffix for name in demo.made if name.startswith("visits/"))
    assert kinds[".xlsx"] > kinds[".json"] > kinds[".csv"] == 2
    assert demo.home.programme.country == "KZ"
    assert {branch.language for branch in demo.home.branches.values()} == {"en", "ru"}
    readers = dict(demo.ask("SELECT sheet, count(*) FROM visits WHERE file LIKE '%.csv' GROUP BY ALL"))
    assert sum(readers.values()) == 14


def test_made_again__same_bytes(demo, tmp_path):
    make_demo(tmp_path / "again")
    assert tree(tmp_path / "again") == demo.made


def test_folder_with_something_in_it__nothing_is_written(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    written, problems = make_demo(tmp_path)
    assert (written, [each.code for each in problems]) == ((), ["D433"])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    file = tmp_path / "mine.txt"
    assert [each.code for each in make_demo(file)[1]] == ["D433"]


def test_empty_folder__is_filled(tmp_path):
    (tmp_path / "new").mkdir()
    written, problems = make_demo(tmp_path / "new")
    assert (bool(written), problems) == (True, ())


def test_stopped_on_its_way__made_again_and_then_left_alone(tmp_path, monkeypatch):
    whole = making._written

    def stopped(folder):
        yield from itertools.islice(whole(folder), 4)
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "_written", stopped)
    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path)
    (tmp_path / "README.md").write_text("half", encoding="utf-8")
    monkeypatch.setattr(making, "_written", lambda folder: itertools.islice(whole(folder), 6))
    written, problems = make_demo(tmp_path)
    assert (len(written), problems) == (6, ())
    assert not list(tmp_path.glob("*.part"))
    assert (tmp_path / "README.md").read_text(encoding="utf-8") != "half"
    assert [each.code for each in make_demo(tmp_path)[1]] == ["D433"]


def test_readme__names_what_is_there(demo):
    text = (demo.folder / "README.md").read_text(encoding="utf-8")
    for code in set(re.findall(r"K\d-Q\d-\d{4}", text)):
        assert any(code in name for name in demo.made), code
    for name in re.findall(r"`((?:visits|reports|columns)/[^`…]*)`", text):
        assert (demo.folder / name).exists(), name
    for planted in (story.IMPROVES, story.LENIENT, story.ABUSER, *story.COPIED, story.CRITICAL, story.UNANSWERED,
                    story.CLOSED, story.CORRECTED, story.TWICE_SENT, story.CUT_OFF, story.INCOMPLETE,
                    story.WEB_PAGE):  # fmt: skip
        assert f"**{planted}**" in text


def test_people__everybody_has_a_place_and_every_visit_its_manager(demo):
    managers, staff = demo.home.managers, demo.home.staff
    assert len(set(managers.names)) == len(managers.codes) == 13
    assert len(set(staff.names)) == len(staff.codes) == 24
    there = {
        (branch, day): managers.only_at(branch, day) for branch, day in demo.ask("SELECT branch, date FROM visits")
    }
    closed = {(branch, day) for branch, day in there if branch == story.CLOSED and day and day >= story.CLOSED_ON}
    assert closed
    assert {at for at, code in there.items() if not code} == {*closed, *(at for at in there if at[1] is None)}
    assert {code for (branch, _), code in there.items() if branch == story.IMPROVES and code} == {"M03", "M13"}
    assert [stay.branch for stay in staff.of("E121")] == [story.CLOSED, story.MOVED_TO]


def test_history__of_every_branch_stands_before_the_waves(demo):
    assert {each.branch for each in demo.home.history.every} == set(demo.home.branches)
    figures = demo.branch(story.IMPROVES)
    assert [point.wave for point in figures.past] == list(demo.home.history.waves) == ["2024", "2025-H1"]
    assert figures.index_before.shown == figures.index_trend[0].mean.shown
    rows = demo.sheet("network.xlsx", say("en", "reports.sheet.regions"))
    assert next(row for row in rows if row[0] == "Region")[1:3] == ["◇ 2024", "◇ 2025-H1"]


def test_plan__nobody_comes_again_within_ninety_days_or_is_in_two_places():
    days = defaultdict(list)
    for visit in visits():
        days[visit.shopper, visit.place.code].append(visit.start)
    for starts in days.values():
        assert all((b - a).days >= 90 for a, b in pairwise(starts))
    taken = Counter((visit.shopper, visit.start) for visit in visits())
    assert set(taken.values()) == {1}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_words__fit_their_items_and_none_is_without(checklists, language):
    from auditkit.demo.comments import words
    from auditkit.model.items import Choice, Multi
    from auditkit.model.judging import Asked, Observer

    assert {name: part.keys() for name, part in words(language).items()} == {
        name: part.keys() for name, part in words("en").items()
    }
    for name, said in words(language).items():
        known, needed = set(), set()
        for _, item in checklists[name].walk_items():
            known |= {item.id, *(f"{item.id}/{option.id}" for option in getattr(item, "options", ()))}
            if item.comment.when is not Asked.NEVER and item.seen_by in (Observer.SHOPPER, Observer.SHOPPER_LATER):
                worst = min((o.credit for o in item.options), default=0) if isinstance(item, Choice) else 0
                options = item.options if isinstance(item, Choice) else ()
                needed |= {f"{item.id}/{o.id}" for o in options if o.credit == worst} or {item.id}
                assert not isinstance(item, Multi) or item.id in said
        assert said.keys() <= known
        assert needed <= said.keys()
        for key, sentences in said.items():
            least = checklists[name].items_by_id[key.partition("/")[0]].comment.at_least
            assert all(len(sentence) >= max(least, 8) for sentence in sentences), key


# -- what came in --------------------------------------------------------------------------------------------------


def test_problems__only_those_that_are_planted(demo):
    assert demo.runs[WINTER].problems == ()
    found = [(each.code, each.place.file.rpartition("/")[2]) for each in demo.runs[SPRING].problems]
    assert sorted(found) == [
        ("F106", "K4-Q2-1101 report.xlsx"),
        ("F107", "K6-Q2-0602.xlsx"),
        ("S101", "K4-Q2-1001.xlsx"),
        ("S101", "K4-Q2-1001.xlsx"),
    ]
    sheet = load_workbook(demo.folder / "visits" / SPRING / "K4-Q2-1001.xlsx")["Conflict handling"]
    cells = [each.place.cell for each in demo.runs[SPRING].problems if each.code == "S101"]
    assert {sheet[f"G{cell[1:]}"].value for cell in cells} == {"hears_out", "answered"}
    assert [sheet[cell].value for cell in cells] == [None, None]


def test_fates__the_sum_is_right(demo):
    assert dict(demo.runs[WINTER].fates)["accepted"] == demo.runs[WINTER].received == 12 * 5
    spring = dict(demo.runs[SPRING].fates)
    assert {name: count for name, count in spring.items() if count} == {
        "accepted": 11 * 5 - 2, "returned": 1, "excluded": 1, "duplicate": 1, "not_carried_out": 3, "unreadable": 2,
    }  # fmt: skip
    assert sum(spring.values()) == demo.runs[SPRING].received == 61
    assert "= 61" in joined(demo.sheet("network.xlsx", "Data quality"))


def test_unreadable__stand_in_data_quality(demo):
    rows = demo.sheet("network.xlsx", "Data quality")
    assert ["unreadable", "2"] in rows
    unread = [row for row in rows if "unreadable" in row and row[0].startswith("visits/")]
    assert [row[0] for row in unread] == [
        "visits/2026-Q2/K4-Q2-1101 report.xlsx",
        "visits/2026-Q2/K6-Q2-0602.xlsx",
    ]
    assert all("K" in row[-1] and len(row[-1]) > 20 for row in unread)
    assert "damaged. Ask" in joined(rows)
    assert {"F106", "F107", "S101"} <= set(re.findall(r"\b[A-Z]\d{3}\b", joined(rows)))


def test_twice_sent__a_duplicate(demo):
    row = [each for each in demo.network().quality.not_accepted if each.fate == "duplicate"]
    assert [each[:2] for each in row] == [("visits/2026-Q2/K6-Q2-0203 (1).xlsx", "K6-Q2-0203")]


def test_corrected__the_later_report_counts(demo):
    rows = demo.ask(
        "SELECT fate, answer FROM visits JOIN items USING (key) WHERE visit_id = 'K6-Q2-0103' AND item = 'minutes'"
    )
    answers = dict(rows)
    assert answers["excluded"] == "80"
    assert int(answers["accepted"]) <= 15


def test_incomplete__returned_and_the_index_too(demo):
    returned = [each[:3] for each in demo.network().quality.not_accepted if each[2] == "returned"]
    assert returned == [("visits/2026-Q2/K4-Q2-1001.xlsx", "K4-Q2-1001", "returned")]
    row = next(each for each in demo.network().ranking if each.branch.code == story.INCOMPLETE)
    assert (row.index_complete, row.grade) == (False, None)
    assert sum(not each.index_complete for each in demo.network().ranking) == 1


def test_second_run__reads_and_writes_nothing(demo):
    before = tree(demo.folder)
    again = run(demo.folder, wave=SPRING)
    assert (again.read, again.written, again.kept) == (0, (), 13)
    assert tree(demo.folder) == before


# -- what is planted -----------------------------------------------------------------------------------------------


def test_improving_branch__every_checklist_is_better(demo):
    figures = demo.branch(story.IMPROVES)
    before, now = (point.mean.shown for point in figures.index_trend)
    assert now - before >= 10
    assert figures.index_before.shown == before
    assert all(each.mean.value > each.before.value for each in figures.checklists)
    changes = {
        row.branch.code: row.index.value - row.before.value
        for row in demo.network().ranking
        if row.index_complete and row.before
    }
    assert max(changes, key=changes.get) == story.IMPROVES
    rows = demo.sheet(f"branches/{story.IMPROVES}.xlsx", say("ru", "reports.sheet.summary"))
    index = next(row for row in rows if row[0:1] == [say("ru", "reports.index")])
    assert [Decimal(cell) for cell in (index[2], index[4], index[5])] == [now, before, now - before]


def test_lenient_shopper__sees_less_than_others_at_the_same_branches(demo):
    calls = defaultdict(dict)
    for wave, branch, shopper, num, den in demo.ask(
        "SELECT wave, branch, shopper, score_num, score_den FROM visits "
        "WHERE checklist = $phone AND fate = 'accepted' AND score_num <> ''",
        phone=PHONE,
    ):
        calls[wave, branch][shopper] = Fraction(int(num), int(den))
    pairs = [each for each in calls.values() if story.LENIENT in each and len(each) == 2]
    more = [
        each[story.LENIENT] - other
        for each in pairs
        for shopper, other in each.items()
        if shopper != story.LENIENT
    ]  # fmt: skip
    assert len(more) >= 12
    assert sum(more) / len(more) > 7
    means = {
        shopper: sum(own) / len(own)
        for shopper in {"K3", "K5", story.LENIENT}
        if (own := [each[shopper] for each in calls.values() if shopper in each])
    }
    assert max(means, key=means.get) == story.LENIENT


def test_abuser__says_not_applicable_far_more_often(demo):
    rates = {
        shopper: Fraction(int(absent), int(asked))
        for shopper, absent, asked in demo.ask(
            "SELECT shopper, sum(n_not_applicable), sum(n_not_applicable + n_scored + n_not_observed) FROM visits "
            "WHERE checklist = $premises AND fate = 'accepted' GROUP BY shopper",
            premises=PREMISES,
        )
    }
    others = [rate for shopper, rate in rates.items() if shopper != story.ABUSER]
    assert len(others) >= 2
    assert rates[story.ABUSER] > 4 * max(others)


def test_copied_visit__answers_and_words_are_the_same(demo):
    one, other = (
        demo.ask(
            "SELECT i.checklist, i.place, i.answer, i.comment FROM items i JOIN visits v USING (key) "
            "WHERE v.wave = $wave AND v.branch = $code AND v.checklist <> $phone ORDER BY ALL",
            wave=SPRING,
            code=code,
            phone=PHONE,
        )
        for code in story.COPIED
    )
    assert one == other
    assert len(one) > 60
    who = demo.ask(
        "SELECT branch, visit_id, shopper, start FROM visits "
        "WHERE wave = $wave AND branch IN ($one, $other) AND checklist = $premises ORDER BY branch",
        wave=SPRING,
        one=story.COPIED[0],
        other=story.COPIED[1],
        premises=PREMISES,
    )
    assert [row[1] for row in who] == ["K2-Q2-0501", "K2-Q2-0801"]
    assert who[0][3] != who[1][3]


def test_critical__fails_at_86_7_and_stands_on_top(demo):
    figure = demo.checklist(story.CRITICAL, CONFLICT)
    assert (figure.mean.shown, figure.verdict, figure.critical_failed) == (Decimal("86.7"), Verdict.FAIL, 1)
    finding = demo.branch(story.CRITICAL).findings[0]
    assert (finding.item.id, finding.critical) == (story.CRITICAL_ITEM, True)
    assert len(finding.comment) >= 20
    assert sum(row.critical_failed for wave in (WINTER, SPRING) for row in demo.network(wave).ranking) == 1
    rows = [row[0] for row in demo.sheet(f"branches/{story.CRITICAL}.xlsx", "Summary") if row]
    assert rows.index("▲ Critical criterion not met") < rows.index("Scores")
    assert "86.7%" in joined(demo.sheet(f"branches/{story.CRITICAL}.xlsx", "Visits"))


def test_unanswered_call__counted_beside_the_mean(demo):
    figure = demo.checklist(story.UNANSWERED, PHONE)
    assert (figure.unreached, figure.carried_out, figure.mean.n) == (1, 2, 1)
    answered = next(
        each for each in demo.branch(story.UNANSWERED).visits if each.checklist == PHONE and each.score is not None
    )
    assert figure.mean.value == answered.score
    row = next(each for each in demo.network().ranking if each.branch.code == story.UNANSWERED)
    assert row.unreached == 1
    assert say("ru", "reports.unreached_of", n=1, total=2) in joined(
        demo.sheet(f"branches/{story.UNANSWERED}.xlsx", say("ru", "reports.sheet.summary"))
    )


def test_closed_branch__not_carried_out_and_not_listed(demo):
    assert story.CLOSED in {row.branch.code for row in demo.network(WINTER).ranking}
    assert story.CLOSED not in {row.branch.code for row in demo.network().ranking}
    assert len(demo.network().ranking) == 11
    found = {(each.outcome, each.fate, each.score) for each in demo.branch(story.CLOSED).visits}
    assert found == {(Outcome.CLOSED, "not_carried_out", None)}
    assert story.CLOSED not in joined(demo.sheet("network.xlsx", "Ranking"))
    rows = demo.sheet(f"branches/{story.CLOSED}.xlsx", say("ru", "reports.sheet.summary"))
    winter = next(point.mean.shown for point in demo.branch(story.CLOSED, WINTER).index_trend)
    before = next(row for row in rows if row[:2] == ["Зима 2026", "5"])
    assert Decimal(before[2]) == winter
    assert say("ru", "reports.no_trend") not in joined(rows)


def test_languages__each_branch_in_its_own(demo):
    for place in story.BRANCHES:
        path = demo.folder / "reports" / SPRING / "branches" / f"{place.code}.xlsx"
        assert load_workbook(path, read_only=True).sheetnames[0] == say(place.language, "reports.sheet.summary")


def test_findings__stand_in_the_shoppers_words(demo):
    """A report reads as real where most of what was missed has words, and not one sentence everywhere."""
    rows = demo.ask("SELECT comment FROM items JOIN visits USING (key) WHERE met = 'not_met' AND fate = 'accepted'")
    said = [comment for (comment,) in rows if comment]
    assert len(said) > 0.8 * len(rows)
    assert Counter(said).most_common(1)[0][1] < 0.06 * len(said)
    assert not re.search("K[1-6]|[{}]", "".join(said))


@pytest.mark.parametrize("width", [80, 100, 110, 120, 160, 200])
def test_terminal__no_bar_is_torn(demo, width):
    from io import StringIO

    from rich.console import Console

    from auditkit.reports.terminal import print_branch, print_network

    for figures, rows in ((demo.shown[SPRING].network(), 11), (demo.shown[SPRING].branch(story.CRITICAL), 20)):
        console = Console(file=StringIO(), width=width)
        (print_network if rows == 11 else print_branch)(console, figures[0], "en", figures[1])
        lines = console.file.getvalue().splitlines()
        assert all(len(line) <= width for line in lines)
        bars = [line for line in lines if "█" in line or "░" in line]
        assert len(bars) >= rows
        assert all(re.search(r"\d\.\d  [█░]{10}", line) for line in bars)
