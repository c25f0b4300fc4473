"""Appeals: what a branch objects to becomes a line that asks for a decision, and a person answers it by another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.model.decision import Appeal, Decision, What
from auditkit.model.publication import reference
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.run.decided import HASH
from auditkit.run.deciding import Asked, Bench, Taker, person_of
from auditkit.run.release.manifest import releases_of
from auditkit.run.release.standing import publication_of

LACKS = declare(
    "R246",
    Severity.ERROR,
    finds="An appeal that does not say what happened, or who appeals.",
    why="It could not be decided, and nobody could be answered.",
    mend="Fill in the cell and take the workbook again; what was taken already is not taken twice.",
)
LATE = declare(
    "R247",
    Severity.ERROR,
    finds="An appeal that came after its last day, or against a wave that is not released provisionally.",
    why="The last day is the same for all branches.",
    mend="If it came in time, say when: `auditkit take FILE --received 2026-10-12`.",
)
NOT_THERE = declare(
    "R248",
    Severity.ERROR,
    finds="An appeal about a report or a question that the wave does not have any more.",
    why="What it objects to counts nowhere, or came anew.",
    mend="Send the branch its present copy.",
)
TWICE = declare(
    "R249",
    Severity.ERROR,
    finds="A second appeal, in other words, about the same question of the same report.",
    why="One objection gets one answer.",
    mend="Undo the first (`auditkit decide undo NUMBER`) where the second should take its place.",
)
MAY_NOT = declare(
    "R258",
    Severity.ERROR,
    finds="An appeal decided by whoever accepted the report, or by somebody without the role `appeals` where anybody "
    "has it.",
    why="Who has let a report count does not judge whether that was right.",
    mend="Let somebody else decide it.",
)
NOT_OPEN = declare(
    "R259",
    Severity.ERROR,
    finds="A decision on an appeal that is not there, was taken back, or is decided already.",
    why="It would answer nobody.",
    mend="`auditkit decide list WAVE` prints appeals with their numbers; undo the earlier decision to decide anew.",
)


class Objection(NamedTuple):
    """What a branch wrote into one row of its appeal sheet."""

    reference: str
    item: str
    """'' where it is about the whole report."""
    happened: str
    evidence: str
    name: str


class Docket:
    """Where appeals against one wave are filed."""

    def __init__(self, home: ProgrammeFolder, wave: str, at: str, received: date) -> None:
        self.home, self.wave, self.at, self.received = home, wave, at, received
        self.publication = publication_of(home, wave)
        self._reports = dict(self._named())

    def _named(self) -> Iterator[tuple[str, tuple[str, str, str]]]:
        """Reference → visit, checklist, answers: as released, and as they are now."""
        for release in releases_of(self.home.folder, self.wave)[-1:]:
            for each in release.visits:
                yield reference(each.visit, each.checklist, each.answers), (each.visit, each.checklist, each.answers)
        for one in Bench.of(self.home, self.wave).reports:
            own = one.incoming
            yield (
                reference(own.visit_id, own.checklist, own.answers),
                (own.visit_id, own.checklist, own.answers),
            )

    @property
    def last_day(self) -> date | None:
        """Until when appeals are heard; `None`: there are none."""
        return self.publication.appeal_until if self.publication is not None else None

    def late(self, place: Place) -> Problem | None:
        """What to say where the day is over."""
        until = self.last_day
        if until is not None and self.received <= until:
            return None
        return problem(LATE, place, self.received.isoformat(), until=until.isoformat() if until else "")

    def file(self, each: Objection, branch: str) -> Decision | Problem | None:
        """The line; `None` where the very same appeal is there already."""
        report = self._reports.get(each.reference)
        if report is None:
            return problem(NOT_THERE, Place(""), each.happened)
        visit, checklist, answers = report[0], report[1], report[2][:HASH]
        for line, _ in self.home.decisions.appeals(self.wave):
            if (line.visit, line.checklist, line.item) == (visit, checklist, each.item):
                if (line.reason, line.new) == (each.happened, each.evidence):
                    return None
                return problem(TWICE, Place(""), each.happened, number=str(line.number))
        old = self.publication.release if self.publication is not None else ""
        return Decision(
            0, self.at, each.name, "branch", What.APPEAL, self.wave, visit, checklist, each.item, (branch,),
            reason=each.happened, old=old, new=each.evidence, answers=answers,
        )  # fmt: skip


def open_appeals(home: ProgrammeFolder, wave: str) -> list[Appeal]:
    """Those that nobody has decided, in their order."""
    return [each for each in home.decisions.appeals(wave) if each.outcome is None]


def settle_appeal(
    bench: Bench, number: int, follows: Mapping[str, str], taker: Taker
) -> tuple[list[Decision], list[Problem]]:
    """The answer to an appeal, with what follows from it.

    `follows`: `{}` rejects it; `{"amend": ANSWER}`, `{"annul": ""}` or `{"exclude": ""}` upholds it.
    """
    appeal = bench.home.decisions.appeal(number)
    if appeal is None or appeal.outcome is not None:
        decided = "" if appeal is None or appeal.outcome is None else str(appeal.outcome.number)
        return [], [problem(NOT_OPEN, Place("decisions.csv"), str(number), number=decided)]
    if (why := may_not(bench.home, appeal, taker.by)) is not None:
        return [], [why]
    line = appeal.line
    consequence, problems = _consequence(bench, line, follows, taker)
    if problems:
        return [], problems
    what = What.UPHOLD if follows else What.REJECT
    answer = bench.signed(taker, what, visit=line.visit, checklist=line.checklist, item=str(number), old="open")
    return [answer._replace(branches=line.branches), *consequence], []


def _consequence(
    bench: Bench, line: Decision, follows: Mapping[str, str], taker: Taker
) -> tuple[list[Decision], list[Problem]]:
    asked = Asked(line.visit, line.checklist)
    if "amend" in follows:
        return bench.amend(asked, line.item, follows["amend"], taker)
    if "annul" in follows:
        return bench.annul(line.checklist, line.item, [], line.visit, taker)
    if "exclude" in follows:
        return bench.of_report(What.EXCLUDE, asked, taker)
    return [], []


def may_not(home: ProgrammeFolder, appeal: Appeal, by: str) -> Problem | None:
    """Why somebody does not decide this appeal; `None` where they may."""
    if (unknown := person_of(home, by)) is not None:
        return unknown
    line = appeal.line
    people = home.programme.people
    judges = [each.name for each in people if each.role == "appeals"]
    if judges and by not in judges:
        return problem(MAY_NOT, Place("programme.yaml"), by, number=str(line.number), known=", ".join(judges))
    accepted = home.decisions.fate(line.wave, line.visit, line.checklist, line.answers)
    if accepted is not None and accepted.what in (What.ACCEPT, What.ACCEPT_INCOMPLETE) and accepted.by == by:
        facts = {"number": str(line.number), "accepted": str(accepted.number)}
        return problem(MAY_NOT, Place("decisions.csv"), by, **facts)
    return None
