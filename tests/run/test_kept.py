"""What is kept of a report scores exactly as the report did, whatever was answered; and holds nobody's words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.definitions.checklists import load_checklist
from auditkit.intake.kept import DAMAGED, Head, KeptFile, head_of, lines_of, stored
from auditkit.intake.kept_names import is_kept, kept_of
from auditkit.intake.readings import Reading
from auditkit.model.checklist import Checklist
from auditkit.model.visit import GONE, NEVER, NOT_APPLICABLE, NOT_OBSERVED, Outcome, Source, Submission
from auditkit.problems import Place, Problem, Severity
from auditkit.results.keys import submission_hash
from auditkit.run.files import Job, one_reading
from auditkit.run.purging.stripping import without_words

DEFINITION = """
checklist: desk
version: 1.0.0
title: Desk
grades: [{grade: good, at_least: 75, verdict: pass}, {grade: weak, verdict: fail}]
sections:
  - id: meet
    title: Meet
    items:
      - {id: greets, text: Greets?, not_applicable: true, critical: {cap_visit: 50},
         comment: {when: not_met, at_least: 20}}
      - {id: tidy, kind: choice, text: Tidy?,
         options: [{id: fine, text: F, credit: 1}, {id: poor, text: P, credit: 0}]}
      - {id: offers, kind: multi, text: What?,
         options: [{id: tea, text: T, credit: 0.5}, {id: milk, text: M, credit: 0.4}]}
      - {id: mood, kind: scale, text: Mood?, min: 1, max: 5}
      - {id: rings, kind: number, text: Rings?, unit: rings, bands: [{up_to: 3, credit: 1}, {credit: 0}]}
      - {id: begun, kind: timestamp, text: Begun?}
      - {id: ended, kind: timestamp, text: Ended?}
      - {id: took, kind: duration, text: Took, from: begun, to: ended, unit: minutes,
         bands: [{up_to: 9, credit: 1}, {credit: 0}]}
      - {id: said, kind: text, text: Said?}
      - {id: shot, kind: photo, text: Shot, required: true, applies_when: {item: greets, is: "no"}}
"""
SECRET = "Anna of the third counter"  # noqa: S105  no password
MOMENTS = st.datetimes(datetime(2026, 5, 1), datetime(2026, 5, 9)).map(lambda each: each.replace(microsecond=0))  # noqa: DTZ001
ZONED = st.builds(
    lambda each, hours: each.replace(tzinfo=timezone(timedelta(hours=hours))), MOMENTS, st.integers(-11, 13)
)
STATES = st.sampled_from([NOT_APPLICABLE, NOT_OBSERVED])
ANSWERS = {
    "greets": st.sampled_from(["yes", "no"]) | STATES,
    "tidy": st.sampled_from(["fine", "poor"]) | STATES,
    "offers": st.sampled_from([(), ("tea",), ("milk",), ("tea", "milk")]),
    "mood": st.integers(1, 5),
    "rings": st.decimals(0, 9, places=2, allow_nan=False),
    "begun": MOMENTS | ZONED,
    "ended": MOMENTS | ZONED | st.just(NEVER),
    "said": st.just(SECRET),
    "shot": st.just(f"{SECRET}.jpg") | STATES,
}
COVER: dict[str, Any] = {
    "shopper": "K7",
    "employee": SECRET,
    "handed_in": datetime(2026, 5, 9, 10, tzinfo=UTC),
    "start": datetime(2026, 5, 4, 10, tzinfo=timezone(timedelta(hours=5))),
    "minutes_to_first_contact": Decimal("2.50"),
    "staff_on_duty": 4,
    "supersedes": "ab" * 32,
    "facts": {"note": SECRET},
    "published": {"": SECRET},
}


@pytest.fixture(scope="module")
def checklist(tmp_path_factory: pytest.TempPathFactory) -> Checklist:
    path = tmp_path_factory.mktemp("desk") / "checklist.yaml"
    path.write_text(DEFINITION, encoding="utf-8")
    found, problems = load_checklist(path)
    assert found is not None, problems
    return found


class Only:
    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def get(self, id_: str, version: str | None = None, /) -> Checklist | None:  # noqa: ARG002
        return self.checklist if id_ == "desk" else None


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    answers = draw(st.fixed_dictionaries({}, optional=ANSWERS))
    return Submission(
        visit_id="V1",
        checklist="desk",
        version="1.0.0",
        branch="B01",
        outcome=draw(st.sampled_from([Outcome.DONE, Outcome.DONE, Outcome.CLOSED, Outcome.NOT_SERVED])),
        visit_date=draw(st.none() | st.just(date(2026, 5, 4))),
        comments=draw(st.dictionaries(st.sampled_from(list(ANSWERS)), st.sampled_from([SECRET, "short", " ", "."]))),
        evidence=draw(st.dictionaries(st.sampled_from(list(ANSWERS)), st.sampled_from([f"{SECRET}.jpg", ""]))),
        typed=draw(st.dictionaries(st.sampled_from(list(ANSWERS)), st.sampled_from(["Да", SECRET * 2]))),
        cells={item: f"D{at}" for at, item in enumerate(answers, 9)},
        source=Source(file="visits/W1/a.csv", row=4, sha256="cd" * 32, reader="wide", attached=(f"{SECRET}.png",)),
        **draw(st.fixed_dictionaries({}, optional={name: st.just(value) for name, value in COVER.items()})),
    ).model_copy(update={"answers": answers})


def through_a_file(
    reading: Reading, problems: tuple[Problem, ...] = ()
) -> tuple[str, list[Reading], tuple[Problem, ...]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv.kept"
        path.write_text("".join(lines_of(Head("ef" * 32, ("words",)), [reading], problems)), encoding="ascii")
        kept = KeptFile(path, "visits/W1/a.csv")
        return path.read_text(encoding="ascii"), list(kept.readings()), kept.problems


FAULTY = Problem(
    "S203", Severity.ERROR, Place("visits/W1/a.csv", None, "D9"), SECRET, (("item", "1.1"), ("typed", SECRET))
)


@settings(max_examples=150, deadline=None)
@given(submissions(), st.booleans())
def test_without_words__scored_and_known_as_before(checklist: Checklist, said: Submission, faulty: bool) -> None:
    job = Job(Only(checklist))
    reading = Reading(said, (FAULTY,) if faulty else (), "V1")
    text, (kept,), _ = through_a_file(without_words(reading, checklist))
    assert "Anna" not in text
    before, after = one_reading(job, said, reading.problems), one_reading(job, kept.submission, kept.problems)
    assert after.score == before.score
    assert kept.submission is not None
    assert submission_hash(kept.submission) == submission_hash(said)
    assert kept.submission.place("greets") == said.place("greets")
    codes = [[each.code for each in one.problems if each.code != "S103"] for one in (before, after)]
    assert codes[0] == codes[1]
    again = without_words(kept, checklist)
    assert again == kept


@settings(max_examples=100, deadline=None)
@given(submissions())
def test_kept_as_it_is__the_very_same(said: Submission) -> None:
    reading = Reading(said, (FAULTY,), "V1")
    _, found, problems = through_a_file(reading, (FAULTY,))
    assert found == [reading]
    assert problems == (FAULTY,)
    assert found[0].submission is not None
    assert {k: (type(v), v) for k, v in found[0].submission.answers.items()} == {
        k: (type(v), v) for k, v in said.answers.items()
    }


def test_what_could_not_be_read__stays_unreadable() -> None:
    text, (kept,), _ = through_a_file(without_words(Reading(None, (FAULTY,), SECRET), None))
    assert "Anna" not in text
    assert kept == Reading(None, (FAULTY._replace(value=GONE, facts=(("item", "1.1"),)),))


@pytest.mark.parametrize(
    "break_it",
    [
        lambda text: text[:-1].rpartition("\n")[0] + "\n",
        lambda text: text.replace('"readings":1', '"readings":2'),
        lambda text: text + '{"readings":1,"problems":[]}\n',
        lambda text: text[:-20],
        lambda text: text.replace('"auditkit":"kept"', '"auditkit":"page"'),
        lambda text: text.replace('"format":1', '"format":9'),
        lambda text: text.replace('"visit_id"', '"visit"'),
        lambda text: text[:0],
        lambda text: text.replace('"desk"', '["desk"]', 1),
    ],
)
def test_damaged__is_said(tmp_path: Path, break_it: Any) -> None:
    said = Submission(visit_id="V1", checklist="desk", version="1.0.0", branch="B01", source=Source(file="a.csv"))
    text = "".join(lines_of(Head("ef" * 32, ("words",)), [Reading(said, ())], ()))
    path = tmp_path / "a.csv.kept"
    path.write_text(text, encoding="ascii")
    whole = KeptFile(path, "a.csv")
    assert (len(list(whole.readings())), whole.problems) == (1, ())
    path.write_text(break_it(text), encoding="ascii")
    broken = KeptFile(path, "a.csv")
    list(broken.readings())
    assert [each.code for each in broken.problems] == [DAMAGED.code]


def test_the_file_itself__goes_before_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert (is_kept(path), stored(path), head_of(path)) == (False, path, None)
    kept_of(path).write_text("".join(lines_of(Head("ef" * 32, ("words",)), [], ())), encoding="ascii")
    assert (is_kept(path), stored(path), head_of(path)) == (True, kept_of(path), Head("ef" * 32, ("words",)))
    path.write_text("x", encoding="ascii")
    assert (is_kept(path), stored(path)) == (False, path)
