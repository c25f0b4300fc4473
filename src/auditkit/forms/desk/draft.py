"""What was answered at the desk as files: the draft that is kept after every answer, the report that is handed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.forms.desk.interview import Interview, State, Step
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem, Choice, Multi, NumberItem, Scale, Timestamp, YesNo
from auditkit.model.visit import NEVER, NO, NOT_APPLICABLE, NOT_OBSERVED, YES, Outcome, Submission

DRAFT = 1
"""The form in which drafts are written."""
_NIGHT = timedelta(hours=6)
"""Who leaves so long before the arrival has left after midnight."""


class Draft(NamedTuple):
    """A visit that was begun: what it was begun with, and the answers as they were written."""

    visit_id: str
    branch: str | None
    wave: str | None
    shopper: str | None
    supersedes: str
    checklists: tuple[tuple[str, str, str], ...]
    """Id, version, content hash."""
    given: tuple[tuple[Step, Any], ...]
    skipped: tuple[Step, ...]
    at: Step | None


def draft_path(output: Path) -> Path:
    """Where the draft of a report lies: beside it."""
    return output.with_name(output.name + ".draft")


def draft_json(interview: Interview, state: State) -> str:
    """The draft, answers of questions that are no longer asked included."""
    blank = interview.blank
    known = [(each.checklist, each.version, each.source_hash) for each in blank.checklists]
    data = {
        "auditkit_draft": DRAFT,
        "visit": blank.visit_id,  # not as a report names it: a draft that is sent in is no report
        "branch": blank.branch,
        "wave": blank.wave,
        "shopper": blank.shopper,
        "supersedes": blank.supersedes,
        "checklists": known,
        "given": [[*step, plain(value)] for step, value in state.given.items()],
        "skipped": sorted(list(step) for step in state.skipped),
        "at": None if state.at is None else list(state.at),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def plain(value: Any) -> Any:
    """An answer as JSON holds it, exactly."""
    match value:
        case datetime():
            return value.isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case tuple():
            return list(value)
        case _:
            return value


def read_draft(path: Path) -> Draft | None:
    """A draft as it was written; `None` where the file is something else."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or data["auditkit_draft"] != DRAFT:
            return None
        return Draft(
            str(data["visit"]),
            _word(data["branch"]),
            _word(data["wave"]),
            _word(data["shopper"]),
            str(data["supersedes"]),
            tuple((str(id_), str(version), str(digest)) for id_, version, digest in data["checklists"]),
            tuple((Step(*map(str, step)), value) for *step, value in data["given"]),
            tuple(Step(*map(str, step)) for step in data["skipped"]),
            None if data["at"] is None else Step(*map(str, data["at"])),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _word(value: Any) -> str | None:
    return None if value is None else str(value)


def resumed(interview: Interview, draft: Draft) -> tuple[State, int]:
    """The state that a draft holds, and how many of its answers no question takes any more."""
    read = {step: canonical(interview, step, value) for step, value in draft.given}
    given = {step: value for step, value in read.items() if value is not None}
    state = State(given, frozenset(draft.skipped), draft.at)
    if draft.at is not None and draft.at not in interview.steps(state):
        state = interview.onward(replace(state, at=None))
    return state, len(read) - len(given)


def state_of(interview: Interview, reports: Iterable[Submission]) -> State:
    """The state that a finished report was written from; it stands at the end."""
    given: dict[Step, Any] = {}
    for report in reports:
        given |= {Step("cover", "", name): value for name, value in _cover_of(report).items() if value is not None}
        for part, found in (
            ("answer", report.answers),
            ("comment", report.comments),
            ("evidence", report.evidence),
        ):
            given |= {Step(part, report.checklist, item): value for item, value in found.items()}
    unseen = {Step("answer", name, item) for name in interview.checklists for item in interview.unseen(name)}
    kept = {step: value for step, value in given.items() if step not in unseen}
    state = State(kept)
    return replace(state, skipped=frozenset(step for step in interview.steps(state) if step not in kept))


def _cover_of(report: Submission) -> dict[str, Any]:
    names = ("branch", "shopper", "visit_date", "attempts", "customers_waiting", "staff_on_duty")
    more = ("minutes_to_first_contact", "position", "employee")
    found = {name: getattr(report, name) for name in (*names, *more)}
    times = {name: at.timetz() for name in ("start", "end") if (at := getattr(report, name)) is not None}
    return found | times | {"outcome": report.outcome.value}


def report_json(interview: Interview, state: State) -> str:
    """The report as `auditkit check` and `auditkit score` read it: one object, or a list of one a checklist."""
    reports = [_report(interview, state, each) for each in interview.blank.checklists]
    return json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=1) + "\n"


def _report(interview: Interview, state: State, checklist: Checklist) -> dict[str, Any]:
    blank, name = interview.blank, checklist.checklist
    steps = set(interview.steps(state))
    told = {step: value for step, value in state.given.items() if step in steps}
    cover = {step.key: value for step, value in told.items() if step.part == "cover"}

    def part(kind: str) -> dict[str, Any]:
        here = ((step, value) for step, value in told.items() if step.part == kind and step.checklist == name)
        return {step.key: plain(value) for step, value in here}

    report = {
        "visit_id": blank.visit_id,
        "checklist": name,
        "version": checklist.version,
        "definition_hash": checklist.source_hash,
        "language": blank.language,
        "branch": blank.branch or "",
        "shopper": blank.shopper,
        "wave": blank.wave,
        **_joined(cover),
        "supersedes": blank.supersedes or None,
        "answers": part("answer") | dict.fromkeys(interview.unseen(name), "not_asked"),
        "comments": part("comment"),
        "evidence": part("evidence"),
    }
    return {key: plain(value) for key, value in report.items() if value is not None}


def _joined(cover: Mapping[str, Any]) -> dict[str, Any]:
    """Times of day as moments of the visit's date; without a date they are nobody's."""
    day, found = cover.get("visit_date"), {k: v for k, v in cover.items() if k not in ("start", "end")}
    if day is None:
        return found
    found |= {name: datetime.combine(day, cover[name]) for name in ("start", "end") if name in cover}
    if "start" in found and "end" in found and _before(found["end"], found["start"]):
        late = found["end"] + timedelta(days=1)
        found["end"] = late if late - found["start"] < _NIGHT else found["end"]
    return found


def _before(one: datetime, other: datetime) -> bool:
    # A time with an offset and one without can't be compared before the branch's zone is known.
    return (one.tzinfo is None) == (other.tzinfo is None) and one < other


def canonical(interview: Interview, step: Step, value: Any) -> Any:
    """A value out of a draft as the answer that it was; `None` where the question takes no such answer."""
    try:
        if step.part == "cover":
            return _COVER.get(step.key, str)(value)
        item = interview.checklists[step.checklist].items_by_id[step.key]
        return _answer(item, value) if step.part == "answer" else str(value)
    except (KeyError, ValueError, TypeError, InvalidOperation):
        return None


_COVER: dict[str, Callable[[Any], Any]] = {
    "visit_date": date.fromisoformat,
    "start": time.fromisoformat,
    "end": time.fromisoformat,
    "outcome": lambda value: Outcome(value).value,
    "attempts": int,
    "customers_waiting": int,
    "staff_on_duty": int,
    "minutes_to_first_contact": Decimal,
}


def _answer(item: AnyItem, value: Any) -> Any:  # noqa: PLR0911  one line a kind
    if value == NOT_APPLICABLE:
        return value if item.not_applicable else None
    if value == NOT_OBSERVED:
        return value if item.not_observed and item.scored else None
    match item:
        case YesNo():
            return value if value in (YES, NO) else None
        case Choice():
            return value if value in {option.id for option in item.options} else None
        case Multi():
            known = {option.id for option in item.options}
            return tuple(map(str, value)) if isinstance(value, list) and set(value) <= known else None
        case Scale():
            return int(value) if item.min <= int(value) <= item.max else None
        case NumberItem():
            number = Decimal(value)
            return number if number.is_finite() else None
        case Timestamp():
            return value if value == NEVER else datetime.fromisoformat(value)
        case _:
            return str(value)
