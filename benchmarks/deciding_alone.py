"""What holding and deciding cost a visit: CPU in one process, beside what its scoring costs."""

from __future__ import annotations

import statistics
from datetime import timedelta
from typing import NamedTuple

from auditkit.intake.inbox import Incoming, settle
from auditkit.model.checklist import Checklist
from auditkit.model.decision import Decision, Decisions, What
from auditkit.model.programme import Branch
from auditkit.model.visit import Submission
from auditkit.results.keys import submission_hash
from auditkit.run.decided import as_decided
from auditkit.run.holding import Holding, marks, reasons
from auditkit.run.wave import deciding
from auditkit.scoring import score
from benchmarks.checklist import DAYS, WAVE, WAVES, code_of
from benchmarks.filled_form import FormWriter
from benchmarks.measuring import cpu_here

VISITS, ZONE = 2_000, "Asia/Almaty"


class Costs(NamedTuple):
    """Seconds a visit, medians."""

    scoring: float
    holding: float
    settling: float
    deciding: float
    """Looking up what was decided of each, and settling, where one report in ten was decided."""


def measure(writer: FormWriter, rounds: int) -> Costs:
    """Of 2,000 visits, each with a window in the plan, opening hours and a time when it was handed in."""
    visits = [_handed_in(writer.submission(at, at // 4, 0, WAVES[WAVE])) for at in range(VISITS)]
    checklist, first = writer.checklist, WAVES[WAVE]
    last = first + timedelta(days=DAYS - 1)
    holding = Holding({WAVE: (first, last)}, {(WAVE, each.visit_id): (first, last) for each in visits})
    branches = {code: Branch(code=code, opening_hours="09:00-18:00", open_days="mon-sat") for code in _codes()}
    scored = [(checklist, score(checklist, each)) for each in visits]

    def hold() -> None:
        for each, both in zip(visits, scored, strict=True):
            list(marks(holding, each, ZONE))
            list(reasons(holding, WAVE, each, both, branches[each.branch], ZONE))

    incoming = [_incoming(each, checklist) for each in visits]
    decisions = Decisions.of(_accepted(at, each) for at, each in enumerate(incoming[::10], 1))
    decided = deciding(decisions, WAVE)

    def decide() -> None:
        for each in visits:
            as_decided(decisions, WAVE, each, checklist)
        settle(incoming, decided=decided)

    works = (
        lambda: [score(checklist, each) for each in visits],
        hold,
        lambda: settle(incoming),
        decide,
    )
    runs = [[cpu_here(work) for work in works] for _ in range(rounds)]
    return Costs(*(statistics.median(column) / VISITS for column in zip(*runs, strict=True)))


def _codes() -> list[str]:
    return [code_of(at) for at in range(VISITS // 4)]


def _handed_in(visit: Submission) -> Submission:
    assert visit.end is not None
    return visit.model_copy(update={"handed_in": visit.end + timedelta(hours=5)})


def _incoming(visit: Submission, checklist: Checklist) -> Incoming:
    return Incoming(f"{visit.visit_id}#{checklist.checklist}", f"{visit.visit_id}.xlsx", visit.visit_id,
                    checklist.checklist, visit.shopper or "", submission_hash(visit)[:32], "f" * 64)  # fmt: skip


def _accepted(number: int, each: Incoming) -> Decision:
    return Decision(number, "2026-08-01T09:00:00+05:00", "A. Example", "editor", What.ACCEPT, WAVE, each.visit_id,
                    each.checklist, reason="Late for illness", answers=each.answers)  # fmt: skip
