"""Reports as JSON: one, a list, one a line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.intake.checks import check
from auditkit.intake.reading import FileReading, read_file
from auditkit.model.checklist import Checklist
from auditkit.model.visit import NOT_APPLICABLE
from tests.intake.test_native_workbook import DESK, GIVEN
from tests.verify.sheets import Shelf, checklist_from

REPORT: dict[str, Any] = {
    "visit_id": "V1",
    "checklist": "desk",
    "version": "1.0.0",
    "branch": "007",
    "shopper": "K7",
    "visit_date": "2026-08-20",
    "handed_in": "2026-08-21T09:00:00+05:00",
    "answers": {"greets": "yes", "badge": "no", "offers": ["drink"], "waited": 4, "tidy": 3},
    "comments": {"badge": "No badge at all"},
}


@pytest.fixture
def desk(tmp_path) -> Checklist:
    return checklist_from(tmp_path, DESK)


def read(folder: Path, data: object, checklist: Checklist, name: str = "r.json", **options: object) -> FileReading:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return read_file(path, Shelf(checklist), name=name, **options)


def report(**more: Any) -> dict[str, Any]:
    return {**REPORT, **more}


def answering(**answers: Any) -> dict[str, Any]:
    return report(answers={**REPORT["answers"], **answers})


def told(found: FileReading) -> list[tuple[str, str, str]]:
    every = [*found.problems, *(each for one in found.readings for each in one.problems)]
    return [(each.code, str(each.place), each.value) for each in every]


def test_one_report__ok(tmp_path, desk):
    found = read(tmp_path, REPORT, desk)
    assert told(found) == []
    (reading,) = found.readings
    submission = reading.submission
    assert submission.answers == GIVEN
    assert isinstance(submission.answers["waited"], Decimal)
    assert (submission.branch, submission.shopper, submission.visit_date) == ("007", "K7", date(2026, 8, 20))
    assert submission.handed_in == datetime(2026, 8, 21, 4, tzinfo=UTC)
    assert submission.cells["tidy"] == "answers.tidy"
    assert (submission.source.file, submission.source.reader, submission.source.row) == ("r.json", "json", None)
    assert str(submission.place("tidy")) == "r.json[answers.tidy]"


def test_a_list_and_lines__a_reading_each(tmp_path, desk):
    several = [report(visit_id=f"V{n}") for n in range(3)]
    found = read(tmp_path, several, desk)
    assert [each.submission.visit_id for each in found.readings] == ["V0", "V1", "V2"]
    assert [each.submission.source.row for each in found.readings] == [1, 2, 3]
    assert found.readings[1].submission.cells["tidy"] == "[1].answers.tidy"
    found = read(tmp_path, "\n\n".join(map(json.dumps, several)), desk, "r.jsonl")
    assert [each.submission.visit_id for each in found.readings] == ["V0", "V1", "V2"]
    assert [each.submission.source.row for each in found.readings] == [1, 3, 5]
    assert found.readings[1].submission.cells["tidy"] == "3:answers.tidy"


def test_lines__a_broken_one_is_one_report_lost_and_named(tmp_path, desk):
    lines = [json.dumps(REPORT), '{"visit_id": NaN}', "", '{"visit_id": "V3",', json.dumps(report(visit_id="V4"))]
    found = read(tmp_path, "\n".join(lines), desk, "r.jsonl")
    assert told(found) == [
        ("F122", "r.jsonl:2", "NaN"),
        ("F120", "r.jsonl:4:19", ""),
    ]
    assert [each.submission and each.submission.visit_id for each in found.readings] == ["V1", None, None, "V4"]


@pytest.mark.parametrize("empty", ["[]", "[ ]"])
def test_an_empty_list__error(tmp_path, desk, empty):
    assert told(read(tmp_path, empty, desk)) == [("S231", "r.json", "r.json")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ({"greets": "Да"}, "yes"),
        ({"greets": True}, "yes"),
        ({"greets": 0}, "no"),
        ({"greets": "not_applicable"}, NOT_APPLICABLE),
        ({"greets": "Did not come up in this visit"}, NOT_APPLICABLE),
        ({"offers": []}, ()),
        ({"offers": ["seat", "drink", "seat"]}, ("drink", "seat")),
        ({"offers": "Seat, Drink"}, ("drink", "seat")),
        ({"offers": ["Seat"]}, ("seat",)),
        ({"waited": "4,5"}, Decimal("4.5")),
        ({"waited": 0.1}, Decimal("0.1")),
        ({"tidy": "4"}, 4),
        ({"left_at": "2026-08-20T10:31:00"}, datetime(2026, 8, 20, 10, 31)),  # noqa: DTZ001
        ({"left_at": "2026-08-20T10:31:00+00:00"}, datetime(2026, 8, 20, 10, 31, tzinfo=UTC)),
        ({"left_at": "never"}, "never"),
        ({"words": "a\nb"}, "a\nb"),
    ],
)
def test_answers__canonical_or_as_people_spell_them(tmp_path, desk, typed, meant):
    found = read(tmp_path, answering(**typed), desk)
    assert told(found) == []
    (name,) = typed
    answer = found.readings[0].submission.answers[name]
    assert answer == meant
    assert type(answer) is type(meant)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"greets": "maybe"}, "S301"),
        ({"greets": 2}, "S301"),
        ({"greets": ["yes"]}, "S301"),
        ({"greets": {"value": "yes"}}, "S301"),
        ({"tidy": 3.5}, "S304"),
        ({"waited": 600}, "S311"),
        ({"waited": 1e300}, "S311"),
        ({"offers": ["drink", "cake"]}, "S306"),
        ({"offers": ["cake"]}, "S305"),
        ({"left_at": "03/04/2026 10:31"}, "S308"),
    ],
)
def test_answers__error(tmp_path, desk, typed, code):
    found = read(tmp_path, answering(**typed), desk)
    (name,) = typed
    assert [(each, place) for each, place, _ in told(found)] == [(code, f"r.json[answers.{name}]")]
    submission = found.readings[0].submission
    assert name not in submission.answers
    assert "S101" not in {each.code for each in check(submission, desk)}


def test_answers__null_is_a_blank(tmp_path, desk):
    (reading,) = read(tmp_path, answering(greets=None), desk).readings
    assert reading.problems == ()
    missing = [each for each in check(reading.submission, desk) if each.code == "S101"]
    assert [str(each.place) for each in missing] == ["r.json[answers.greets]"]


def test_an_ambiguous_date__settled_by_the_programme(tmp_path, desk):
    (reading,) = read(tmp_path, answering(left_at="03/04/2026 10:31"), desk, date_order="dmy").readings
    assert reading.submission.answers["left_at"] == datetime(2026, 4, 3, 10, 31)  # noqa: DTZ001


def test_an_item_that_the_checklist_lacks__said(tmp_path, desk):
    found = read(tmp_path, answering(greet="yes"), desk)
    assert told(found) == [("S222", "r.json[answers.greet]", "greet")]
    assert found.readings[0].problems[0].params["nearest"] == "greets"


@pytest.mark.parametrize(
    ("changed", "place", "code"),
    [
        ({"visit_date": "20.08.2026"}, "visit_date", "S221"),
        ({"outcome": "fine"}, "outcome", "S221"),
        ({"atempts": 3}, "atempts", "S224"),
        ({"branch": None}, "branch", "S221"),
        ({"branch": 7}, "branch", "S221"),
        ({"visit_id": ""}, "visit_id", "S223"),
        ({"visit_id": "  "}, "visit_id", "S223"),
        ({"visit_id": None}, "visit_id", "S223"),
        ({"comments": {"badge": 3}}, "comments.badge", "S221"),
        ({"attempts": "many"}, "attempts", "S221"),
        ({"start": "10:31"}, "start", "S221"),
        ({"answers": ["yes"]}, "answers", "S221"),
        ({"answers": "yes"}, "answers", "S221"),
    ],
)
def test_fields__error(tmp_path, desk, changed, place, code):
    found = read(tmp_path, report(**changed), desk)
    assert [(each, where) for each, where, _ in told(found)] == [(code, f"r.json[{place}]")]
    assert found.readings[0].submission is None


def test_a_report_in_a_list__its_field_is_named(tmp_path, desk):
    found = read(tmp_path, [REPORT, report(outcome="fine"), "what?", 5], desk)
    assert [(code, place) for code, place, _ in told(found)] == [
        ("S221", "r.json[[1].outcome]"),
        ("S225", "r.json[[2]]"),
        ("S225", "r.json[[3]]"),
    ]
    assert [each.submission is not None for each in found.readings] == [True, False, False, False]


@pytest.mark.parametrize(
    "changed", [{"version": "2.0.0"}, {"checklist": "desks"}, {"checklist": None, "version": None}]
)
def test_a_checklist_that_is_not_here__error(tmp_path, desk, changed):
    found = read(tmp_path, report(**changed), desk)
    codes = {code for code, _, _ in told(found)}
    assert codes == ({"S203"} if changed.get("checklist", "desk") else {"S221"})
    assert found.readings[0].submission is None


def test_without_a_version__the_newest(tmp_path, desk):
    without = {name: value for name, value in REPORT.items() if name != "version"}
    assert read(tmp_path, without, desk).readings[0].submission.version == "1.0.0"


def test_a_form_of_another_text__said(tmp_path, desk):
    assert told(read(tmp_path, report(definition_hash="0" * 64), desk)) == [("S204", "r.json", "desk@1.0.0")]
    assert told(read(tmp_path, report(definition_hash=desk.source_hash), desk)) == []


def test_what_the_reader_fills_in_itself__is_not_taken_from_the_file(tmp_path, desk):
    own = report(source={"file": "/etc/passwd"}, cells={"tidy": "A1"}, typed={"tidy": "x"}, **{"$schema": "x"})
    submission = read(tmp_path, own, desk).readings[0].submission
    assert submission.source.file == "r.json"
    assert submission.cells["tidy"] == "answers.tidy"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [*REPORT, "start", "outcome", "attempts", "published", "supersedes", "minutes_to_first_contact"]
)
ANSWERS = st.dictionaries(st.sampled_from([*GIVEN, "left_at", "words", "?"]), VALUES, max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=4), ANSWERS, st.booleans())
def test_nothing_in_a_report_raises(tmp_path_factory, changed, answers, listed):
    folder = tmp_path_factory.getbasetemp()
    desk = checklist_from(folder, DESK)
    data = report(answers=answers) | changed
    found = read(folder, [data] if listed else data, desk)
    assert "S299" not in {code for code, _, _ in told(found)}
    (reading,) = found.readings
    assert reading.submission is not None or reading.problems
    if reading.submission is not None:
        check(reading.submission, desk)


@pytest.mark.parametrize("photos", [{}, {"a.jpg": {"data": "data:image/jpeg;base64,/9j/"}}, "none", None])
def test_what_a_page_gives__a_reading_each_report(tmp_path, desk, photos):
    page = {"auditkit": "page", "format": 1, "draft": False, "reports": [report(), report(visit_id="V2")]}
    found = read(tmp_path, page | {"photos": photos}, desk)
    assert [each.submission.visit_id for each in found.readings] == ["V1", "V2"]
    assert found.readings[1].submission.source.row == 2
    assert found.readings[0].submission.cells["greets"] == "reports[0].answers.greets"
    assert found.problems == ()


@pytest.mark.parametrize("reports", [None, [], "x", {}, [None], [7]])
def test_what_looks_like_a_page_s_and_holds_no_report__error(tmp_path, desk, reports):
    found = read(tmp_path, {"auditkit": "page", "format": 1, "reports": reports}, desk)
    assert told(found)[0][0] == "S225"
    assert found.readings[0].submission is None
