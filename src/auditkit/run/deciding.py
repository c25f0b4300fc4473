"""Decisions taken: which report is meant, and whether the decision fits what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.decisions import FILE, NOTHING_TO_UNDO
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.inbox import Decided, Fate, Incoming, settle
from auditkit.intake.misread import Misread
from auditkit.intake.spellings import Speller
from auditkit.model.checklist import Checklist
from auditkit.model.decision import OF_A_REPORT, Decision, Decisions, What
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.results.keys import canonical
from auditkit.run.explaining import NO_ITEM
from auditkit.run.files import one_file
from auditkit.run.jobs import job_of, mappings_of
from auditkit.run.wave import deciding, known_of

NO_REPORT = declare(
    "R230",
    Severity.ERROR,
    finds="A decision about a visit, a checklist or a file that the wave's last run did not find.",
    why="A decision must name a report that is there.",
    mend="Use the visit's code as reports print it; run `auditkit run` first where the report is new.",
)
SEVERAL = declare(
    "R231",
    Severity.ERROR,
    finds="A visit with several reports, where the decision does not say which is meant.",
    why="They say different things.",
    mend="Name the checklist (--checklist), or the file (--file).",
)
NOT_SO = declare(
    "R232",
    Severity.ERROR,
    finds="A decision that does not fit what became of the report: it counts already, lacks answers, cannot be read.",
    why="It would change nothing, or count what cannot count.",
    mend="A report with gaps is taken as it is with `accept-incomplete`; see `auditkit show problems`.",
)
NO_PERSON = declare(
    "R233",
    Severity.ERROR,
    finds="A decision by somebody whom the programme's `people:` do not have.",
    why="Who may decide is said in programme.yaml.",
    mend="Use the name as it stands there, or add the person.",
)
NO_ANSWER = declare(
    "R234",
    Severity.ERROR,
    finds="An amended answer that the question does not take.",
    why="It could not be scored.",
    mend="Write an answer as the form offers it: yes, no, the option's id or words, a number.",
)
GONE = declare(
    "R236",
    Severity.WARNING,
    finds="A decision about a report that is not there any more, or that came anew with other answers.",
    why="It acts on nothing; what came instead waits for a decision of its own.",
    mend="Decide about the new report; undo the old decision where it was wrong.",
)


class Report(NamedTuple):
    """One report of a wave as its last run left it."""

    incoming: Incoming
    branch: str
    version: str
    fate: Decided


@dataclass(frozen=True)
class Taker:
    """Who decides, why, and when."""

    by: str
    reason: str
    at: str
    """ISO 8601 with offset."""


class Asked(NamedTuple):
    """Which report of the wave is meant: as much of it as was said."""

    visit: str
    checklist: str = ""
    file: str = ""


@dataclass(frozen=True)
class Bench:
    """Where decisions about one wave are taken."""

    home: ProgrammeFolder
    wave: str
    reports: tuple[Report, ...]

    @classmethod
    def of(cls, home: ProgrammeFolder, wave: str) -> Bench:
        """All reports of the wave that the last run found, each with its fate by what is decided now."""
        memory, fates = known_of(home, wave)
        lights = (light for each in memory.values() for light in each.lights)
        found = (Report(light.incoming, light.branch, light.version, fates[light.incoming.key]) for light in lights)
        return cls(home, wave, tuple(found))

    # -- which report

    def find(self, asked: Asked) -> Report | Problem:
        """The one report that is meant; duplicates of it are the same report."""
        visits = {each.incoming.visit_id for each in self.reports} - {""}
        of_visit = [each for each in self.reports if each.incoming.visit_id == asked.visit]
        if not of_visit:
            near = nearest(asked.visit, visits)
            return problem(NO_REPORT, Place(f"visits/{self.wave}"), asked.visit, nearest=near)
        fitting = [
            each
            for each in of_visit
            if asked.checklist in ("", each.incoming.checklist)
            and (not asked.file or Path(each.incoming.file).name == Path(asked.file).name)
            and each.fate.fate is not Fate.DUPLICATE
        ]
        if not fitting:
            known = ", ".join(sorted({f"{each.incoming.checklist} ({each.incoming.file})" for each in of_visit}))
            return problem(NO_REPORT, Place(f"visits/{self.wave}"), asked.checklist or asked.file, nearest=known)
        if len(fitting) > 1:
            known = ", ".join(f"{each.incoming.checklist} ({each.incoming.file})" for each in fitting)
            return problem(SEVERAL, Place(f"visits/{self.wave}"), asked.visit, known=known)
        return fitting[0]

    def _rivals(self, report: Report) -> list[Report]:
        """Other reports of the same visit that wait for the same decision."""
        own = report.incoming
        return [
            each
            for each in self.reports
            if each.incoming[2:4] == own[2:4]
            and each.incoming.answers != own.answers
            and each.fate.fate in (Fate.HELD, Fate.ACCEPTED)
        ]

    # -- decisions, as lines that are not numbered yet

    def of_report(self, what: What, asked: Asked, taker: Taker) -> tuple[list[Decision], list[Problem]]:
        """Accept, accept as it is, return or exclude; where two versions waited, the other one is set aside."""
        found = self.find(asked)
        if isinstance(found, Problem):
            return [], [found]
        lines = [self._line(what, found, taker)]
        if what in (What.ACCEPT, What.ACCEPT_INCOMPLETE):
            lines += [self._line(What.EXCLUDE, each, taker) for each in self._rivals(found)]
        becomes = self._becomes(found, lines)
        if becomes is found.fate.fate or becomes.value not in (lines[0].new, Fate.NOT_CARRIED_OUT):
            facts = {"fate": found.fate.fate.value, "visit": found.incoming.visit_id}
            return [], [problem(NOT_SO, Place(found.incoming.file), what.value, **facts)]
        return lines, []

    def _becomes(self, report: Report, lines: Sequence[Decision]) -> Fate:
        """What such decisions would make of a report; what they would not change is refused."""
        first = self.home.decisions.next_number
        more = [each._replace(number=first + at) for at, each in enumerate(lines)]
        decisions = Decisions.of([*self.home.decisions.every, *more])
        visit = [each.incoming for each in self.reports if each.incoming.visit_id == report.incoming.visit_id]
        review_all = self.home.programme.rules.review == "all"
        return settle(visit, review_all=review_all, decided=deciding(decisions, self.wave))[report.incoming.key].fate

    def _line(self, what: What, report: Report, taker: Taker) -> Decision:
        own = report.incoming
        old = f"{report.fate.fate.value} {report.fate.reason}".strip()
        new = {What.RETURN: Fate.RETURNED, What.EXCLUDE: Fate.EXCLUDED}.get(what, Fate.ACCEPTED).value
        return self.signed(
            taker, what, visit=own.visit_id, checklist=own.checklist, old=old, new=new, answers=own.answers
        )

    def signed(self, taker: Taker, what: What, **more: str) -> Decision:
        """A line by whoever decides, with their role; not numbered yet."""
        role = next((each.role for each in self.home.programme.people if each.name == taker.by), "")
        signed = Decision(0, taker.at, taker.by, role, what, self.wave, reason=taker.reason)
        return signed._replace(**more)  # type: ignore[arg-type]  # texts only

    def annul(
        self, checklist: str, item: str, branches: Sequence[str], visit: str, taker: Taker
    ) -> tuple[list[Decision], list[Problem]]:
        """Take an item out of the scores of the wave, at these branches or all."""
        versions = sorted({each.version for each in self.reports if each.incoming.checklist == checklist})
        known = [found for version in versions if (found := self.home.library.get(checklist, version)) is not None]
        if not known:
            near = ", ".join(sorted({each.incoming.checklist for each in self.reports} - {""}))
            return [], [problem(NO_REPORT, Place(f"visits/{self.wave}"), checklist, nearest=near)]
        name = next((named for each in known if (named := item_of(each, item))), "")
        problems = [] if name else [problem(NO_ITEM, Place(checklist), item, nearest=_near_item(known[-1], item))]
        for code in branches:
            if code not in self.home.branches:
                near = nearest(code, self.home.branches) or ", ".join(list(self.home.branches)[:8])
                problems.append(problem(NO_REPORT, Place("branches.csv"), code, nearest=near))
        if problems:
            return [], problems
        line = self.signed(taker, What.ANNUL, checklist=checklist, item=name, visit=visit)
        return [line._replace(branches=tuple(branches))], []

    def amend(self, asked: Asked, item: str, answer: str, taker: Taker) -> tuple[list[Decision], list[Problem]]:
        """Another answer to one question of a report."""
        found = self.find(asked)
        if isinstance(found, Problem):
            return [], [found]
        own = found.incoming
        checklist = self.home.library.get(own.checklist, found.version)
        name = item_of(checklist, item) if checklist is not None else ""
        if checklist is None or not name:
            near = _near_item(checklist, item) if checklist is not None else ""
            return [], [problem(NO_ITEM, Place(own.file), item, nearest=near)]
        value = Speller(checklist).read(name, answer)
        if value is None or isinstance(value, Misread):
            options = getattr(checklist.items_by_id[name], "options", ())
            known = ", ".join(each.id for each in options) or "yes, no, not_applicable, not_observed"
            return [], [problem(NO_ANSWER, Place(own.file), answer, item=checklist.numbers[name], known=known)]
        old = self._answer(own, name)
        more = {"visit": own.visit_id, "checklist": own.checklist, "item": name, "answers": own.answers}
        return [self.signed(taker, What.AMEND, old=old, new=canonical(value), **more)], []

    def _answer(self, own: Incoming, item: str) -> str:
        mappings, _ = mappings_of(self.home)
        outcome = one_file(job_of(self.home, mappings, None), self.home.folder / own.file)
        for each in outcome.scored:
            said = each.submission
            if said is not None and (said.visit_id, said.checklist) == (own.visit_id, own.checklist):
                return canonical(said.answers.get(item))
        return ""

    def undo(self, number: int, taker: Taker) -> tuple[list[Decision], list[Problem]]:
        """Take back an earlier decision."""
        decisions = self.home.decisions
        earlier = next((each for each in decisions.every if each.number == number), None)
        if earlier is None or earlier.what is What.UNDO or number in decisions.undone:
            return [], [problem(NOTHING_TO_UNDO, Place(FILE), str(number))]
        line = self.signed(taker, What.UNDO, item=str(number), old=earlier.what.value)
        return [line._replace(wave=earlier.wave, visit=earlier.visit, checklist=earlier.checklist)], []


def person_of(home: ProgrammeFolder, by: str) -> Problem | None:
    """What is wrong with the name of who decides."""
    people = [each.name for each in home.programme.people]
    if not people or by in people:
        return None
    return problem(NO_PERSON, Place("programme.yaml"), by, known=nearest(by, people) or ", ".join(people))


def item_of(checklist: Checklist, said: str) -> str:
    """An item by its id or its printed number; '' where there is none."""
    if said in checklist.items_by_id:
        return said
    numbers = {number: name for name, number in checklist.numbers.items() if not name.startswith("/")}
    return numbers.get(said, "")


def _near_item(checklist: Checklist, said: str) -> str:
    return nearest(said, checklist.items_by_id) or ", ".join(list(checklist.items_by_id)[:12])


def gone(home: ProgrammeFolder, wave: str, reports: Iterable[Incoming]) -> Iterator[Problem]:
    """Decisions that hold and find no report to act on."""
    if not home.decisions.every:
        return
    here = {(each.visit_id, each.checklist, each.answers) for each in reports}
    for each in home.decisions.holding(wave):
        names_one = each.what in (*OF_A_REPORT, What.AMEND, What.APPEAL)
        if names_one and (each.visit, each.checklist, each.answers) not in here:
            facts = {"visit": each.visit, "checklist": each.checklist}
            yield problem(GONE, Place(FILE), str(each.number), **facts)
