"""What a person decides about reports: written as lines, acting on fates and scores, taken back with nothing lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditkit.results.store import Store
from tests.run.made import CHECKLIST, PROGRAMME, call, programme, report, tree

PEOPLE = "people:\n  - {name: Ann, role: approver}\n  - {name: Bob, role: appeals}\n"
STRICT = CHECKLIST.replace("title: Desk\n", "title: Desk\nmin_coverage: 80\n").replace(
    "{id: smiles, text: Smiles?}", "{id: smiles, text: Smiles?, comment: not_met}"
)
BY = ("--by", "Ann", "--reason", "Because")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """V1 counts (100), V2 lacks an answer, V3 saw too little, V4 came twice and says two things."""
    programme(tmp_path, programme=PROGRAMME + PEOPLE, checklist=STRICT)
    report(tmp_path, "W1/V1", "B01")
    report(tmp_path, "W1/V2", "B01", {"greets": None, "thanks": "no"})
    report(tmp_path, "W1/V3", "B02", {"greets": "not_observed"})
    report(tmp_path, "W1/V4", "B03", {"greets": "no"})
    report(tmp_path, "W1/V4b", "B03", visit_id="V4")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    run()
    return tmp_path


def run() -> Any:
    result = call("run", "--json")
    assert result.exit_code < 2, result.output
    return json.loads(result.stdout)


def decide(*words: object, code: int = 0) -> Any:
    result = call("decide", *words, *BY)
    assert result.exit_code == code, result.output
    return result


def visits() -> dict[str, tuple[str, str, str, str]]:
    """File → fate, reason, exact score, hash of decisions."""
    store = Store(Path(".auditkit/results"))
    with store.open(["W1"]) as tables:
        rows = tables.ask("SELECT file, fate, reason, score_num, score_den, hash_decisions FROM visits")
        return {
            Path(file).stem: (fate, reason, f"{num}/{den}" if num else "", decided)
            for file, fate, reason, num, den, decided in rows
        }


def fates() -> dict[str, str]:
    return {name: f"{fate} {reason}".strip() for name, (fate, reason, *_) in visits().items()}


START = {
    "V1": "accepted",
    "V2": "returned incomplete",
    "V3": "held coverage",
    "V4": "held two_versions visits/W1/V4b.json",
    "V4b": "held two_versions visits/W1/V4.json",
}


def test_nothing_decided__as_the_run_settles_it(home: Path) -> None:
    assert fates() == START
    assert not (home / "decisions.csv").exists()


def test_accept__a_held_report_counts() -> None:
    decide("accept", "W1", "V3")
    run()
    assert visits()["V3"][:3] == ("accepted", "", "100/1")
    (line,) = json.loads(call("decide", "list", "--json").stdout)
    assert (line["number"], line["what"], line["by"], line["role"], line["reason"], line["old"], line["new"]) == (
        1, "accept", "Ann", "approver", "Because", "held coverage", "accepted",
    )  # fmt: skip


def test_accept_incomplete__gaps_count_as_not_observed() -> None:
    decide("accept-incomplete", "W1", "V2")
    told = run()
    # names and smiles met, greets not observed: the first section is full; thanks is not met.
    assert visits()["V2"][0::2] == ("accepted", "60/1")
    assert [each["severity"] for each in told["problems"] if "V2" in each["file"]] == ["note"]


def test_accept__does_not_take_a_report_with_gaps(home: Path) -> None:
    result = decide("accept", "W1", "V2", code=2)
    assert "R232" in result.stderr
    assert "accept-incomplete" in result.stderr
    assert not (home / "decisions.csv").exists()


def test_two_versions__one_is_taken_and_the_other_set_aside() -> None:
    assert "R231" in decide("accept", "W1", "V4", code=2).stderr
    decide("accept", "W1", "V4", "--file", "V4.json")
    run()
    assert fates()["V4"] == "accepted"
    assert fates()["V4b"] == "excluded decision 2"


def test_a_third_version_after_the_decision__waits_with_the_one_taken(home: Path) -> None:
    decide("accept", "W1", "V4", "--file", "V4.json")
    report(home, "W1/V4c", "B03", {"thanks": "no"}, visit_id="V4")
    run()
    assert fates()["V4"] == "held two_versions visits/W1/V4c.json"
    assert fates()["V4c"] == "held two_versions visits/W1/V4.json"
    assert fates()["V4b"] == "excluded decision 2"


@pytest.mark.parametrize(("word", "expected"), [("return", "returned decision 1"), ("exclude", "excluded decision 1")])
def test_set_aside__in_no_mean_and_said_why(word: str, expected: str) -> None:
    decide(word, "W1", "V1")
    told = run()
    assert fates()["V1"] == expected
    assert told["scores"]["B01"] is None
    said = " ".join(call("show", "network", "-w", "W1").stdout.split())
    assert "By decision 1." in said


def test_annul__only_where_it_was_said(home: Path) -> None:
    report(home, "W1/V5", "B02", {"thanks": "no"})
    report(home, "W1/V6", "B01", {"thanks": "no"})
    run()
    decide("annul", "W1", "desk", "2.1", "--branch", "B01")
    assert run()["read"] == 3  # B01's three, of which V1 keeps its score
    found = visits()
    assert (found["V5"][2], found["V6"][2], found["V1"][2]) == ("60/1", "100/1", "100/1")
    assert found["V5"][3] == ""
    assert found["V6"][3]


def test_annul__everywhere_in_the_wave_and_in_no_other(home: Path) -> None:
    report(home, "W2/V7", "B02", {"thanks": "no"})
    report(home, "W1/V5", "B02", {"thanks": "no"})
    decide("annul", "W1", "desk", "thanks")
    run()
    assert visits()["V5"][2] == "100/1"
    with Store(Path(".auditkit/results")).open(["W2"]) as tables:
        assert list(tables.ask("SELECT score_num FROM visits")) == [("60",)]


def test_amend__another_answer_and_the_file_as_it_came(home: Path) -> None:
    before = (home / "visits/W1/V1.json").read_bytes()
    decide("amend", "W1", "V1", "2.1", "No")
    run()
    assert visits()["V1"][:3] == ("accepted", "", "60/1")
    assert (home / "visits/W1/V1.json").read_bytes() == before
    (line,) = json.loads(call("decide", "list", "W1", "--json").stdout)
    assert (line["item"], line["old"], line["new"]) == ("thanks", "yes", "no")
    said = " ".join(call("explain", "V1", "2.1").stdout.split())
    assert "1 answer amended · V1 desk thanks · yes → no Ann, " in said
    assert "Because" in said
    assert json.loads(call("explain", "V1", "--json").stdout)[0]["decisions"][0]["number"] == 1


def test_amend__an_answer_that_is_none_is_refused(home: Path) -> None:
    assert "R234" in decide("amend", "W1", "V1", "2.1", "perhaps", code=2).stderr
    assert "R110" in decide("amend", "W1", "V1", "9.9", "yes", code=2).stderr
    assert not (home / "decisions.csv").exists()


def test_undo__everything_is_as_before_and_both_lines_stay(home: Path) -> None:
    before = visits()
    decide("exclude", "W1", "V1")
    decide("amend", "W1", "V3", "1.2", "no")
    run()
    assert visits() != before
    decide("undo", 1)
    decide("undo", 2)
    assert run()["fates"]["accepted"] == 1
    assert visits() == before
    lines = (home / "decisions.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[4] for line in lines[1:]] == ["exclude", "amend", "undo", "undo"]
    assert "D474" in decide("undo", 1, code=2).stderr


def test_the_latest_decision_about_a_report_holds() -> None:
    decide("exclude", "W1", "V1")
    run()
    decide("accept", "W1", "V1")
    run()
    assert fates()["V1"] == "accepted"


def test_the_report_came_anew__the_old_decision_acts_no_more_and_says_so(home: Path) -> None:
    decide("accept", "W1", "V3")
    report(home, "W1/V3", "B02", {"greets": "not_observed", "thanks": "no"})
    told = run()
    assert fates()["V3"] == "held coverage"
    assert [(each["code"], each["value"]) for each in told["problems"] if each["code"] == "R236"] == [("R236", "1")]


def test_a_second_run__reads_nothing_and_writes_nothing(home: Path) -> None:
    decide("accept", "W1", "V3")
    run()
    before = tree(home)
    told = run()
    assert (told["read"], told["written"]) == (0, [])
    assert tree(home) == before


def test_review_all__what_a_person_took_does_not_wait(home: Path) -> None:
    (home / "programme.yaml").write_text(PROGRAMME + PEOPLE + "rules: {review: all}\n", encoding="utf-8")
    run()
    assert fates()["V1"] == "held review"
    decide("accept", "W1", "V1")
    run()
    assert fates()["V1"] == "accepted"


def test_who_decides__is_somebody_of_the_programme() -> None:
    result = call("decide", "accept", "W1", "V3", "--by", "Anne", "--reason", "x")
    assert (result.exit_code, "R233" in result.stderr, "Ann" in result.stderr) == (2, True, True)
    assert call("decide", "accept", "W9", "V3", *BY).exit_code == 2
    assert "V3" in decide("accept", "W1", "V33", code=2).stderr


# -- decisions.csv itself ----------------------------------------------------------------------------------------------

HEAD = "number,at,by,role,what,wave,visit,checklist,item,branches,reason,old,new,answers\n"
GOOD = "1,2026-06-01T10:00:00+05:00,Ann,approver,annul,W1,,desk,thanks,,Why,,,\n"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (GOOD.replace(",annul,", ",forgive,"), ("D471", "E2", "forgive")),
        (GOOD.replace(",W1,", ",W7,"), ("D472", "F2", "W7")),
        (GOOD.replace(",Why,", ",,"), ("D473", "K2", "")),
        (GOOD.replace("+05:00", ""), ("D473", "B2", "2026-06-01T10:00:00")),
        (GOOD.replace("1,2026", "x,2026"), ("D470", "A2", "x")),
        (GOOD + GOOD, ("D470", "A3", "1")),
        (GOOD.replace("annul,W1,,desk,thanks", "undo,W1,,desk,7"), ("D474", "I2", "7")),
        (GOOD.replace("annul,W1,", "accept,W1,V1"), ("D473", "N2", "")),
    ],
)
def test_a_line_that_cannot_be_understood__nothing_is_done(home: Path, line: str, problem: tuple[str, ...]) -> None:
    (home / "decisions.csv").write_text(HEAD + line, encoding="utf-8")
    result = call("run", "--json")
    assert result.exit_code == 2
    found = [(each["code"], each["cell"], each["value"]) for each in json.loads(result.stdout)["problems"]]
    assert found == [problem]


def test_written_back_by_a_spreadsheet__read_and_carried_on(home: Path) -> None:
    path = home / "decisions.csv"
    path.write_text((HEAD + GOOD).replace(",", ";").rstrip("\n"), encoding="utf-8")
    decide(
        "exclude",
        "W1",
        "V1",
    )
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["number", "1", "2"]
    run()
    assert fates()["V1"] == "excluded decision 2"


def test_what_looks_like_a_formula__stays_words(home: Path) -> None:
    result = call("decide", "exclude", "W1", "V1", "--by", "Ann", "--reason", "=HYPERLINK(1)")
    assert result.exit_code == 0
    assert ",'=HYPERLINK(1)," in (home / "decisions.csv").read_text(encoding="utf-8-sig")
    (line,) = json.loads(call("decide", "list", "--json").stdout)
    assert line["reason"] == "=HYPERLINK(1)"


def test_refused__a_decision_that_would_change_nothing(home: Path) -> None:
    # A report that was replaced by a marked copy: accepting it sets the copy aside.
    from auditkit.run.wave import hash_of

    old = report(home, "W1/V5", "B01", {"greets": "no"})
    report(home, "W1/V5b", "B01", visit_id="V5", supersedes=hash_of(old))
    run()
    assert fates()["V5"] == "excluded superseded_by visits/W1/V5b.json"
    decide("accept", "W1", "V5", "--file", "V5.json")
    run()
    assert (fates()["V5"], fates()["V5b"]) == ("accepted", "excluded decision 2")
    assert "R232" in decide("accept", "W1", "V5", "--file", "V5.json", code=2).output
    # A gap is no matter of acceptance.
    decide("exclude", "W1", "V2")
    run()
    assert "R232" in decide("accept", "W1", "V2", code=2).output
    decide("accept-incomplete", "W1", "V2")
    run()
    assert fates()["V2"] == "accepted"
