"""The evidence of a wave: which visit each file belongs to, what is lacking, and what does not fit the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.forms.blank import Remark
from auditkit.intake.evidence import Piece, in_folder, in_report, kind_of, visits_with_evidence
from auditkit.intake.inbox import Fate, settle
from auditkit.locales import LANGUAGES, say
from auditkit.model.scenario import Scenario
from auditkit.model.visit import Submission
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.run.discovery import find_visits
from auditkit.run.files import one_file
from auditkit.run.jobs import job_of, mappings_of
from auditkit.run.marking import in_her_words
from auditkit.run.proving import lacking, not_there, receipts_in
from auditkit.run.purging.purged import gone_evidence, read_purges
from auditkit.run.submissions import incoming_from
from auditkit.run.wave import deciding
from auditkit.tables.opening import open_book

NOBODYS = declare(
    "S401",
    Severity.WARNING,
    finds="A folder of evidence whose name is the code of no report in the wave.",
    why="What lies in it proves no visit that anybody reported.",
    mend="Rename the folder to the visit's code, or ask the shopper for the report.",
)
NOT_SENT = declare(
    "S402",
    Severity.ERROR,
    finds="A file that a report names and that is not among the evidence of its visit.",
    why="The answer rests on something that nobody can look at.",
    mend="Put it into evidence/WAVE/VISIT/, or ask the shopper for it.",
)
NO_PROOF = declare(
    "S403",
    Severity.ERROR,
    finds="A visit without the photos, receipts or recordings that its scenario asks for.",
    why="Without them nobody can show that the visit took place.",
    mend="Ask the shopper for them; what was asked for stands in `proof:` of the scenario.",
)
OTHER_TIME = declare(
    "S404",
    Severity.WARNING,
    finds="A photo that was made before or after the reported visit, as the camera says.",
    why="Clocks of cameras go wrong and visits are reported with slips of the pen: somebody should look at both.",
    mend="Compare the two times, and ask the shopper what happened.",
)
TWO_VISITS = declare(
    "S405",
    Severity.WARNING,
    finds="The same file, byte for byte, as evidence of two visits.",
    why="It can have been made at one of them only; most often a folder was mixed up.",
    mend="Find out to which visit it belongs.",
)
AROUND = timedelta(hours=1)
"""How far from the reported visit a photo may have been made without anybody asking."""


@dataclass
class Evidence:
    """What was found in a wave."""

    folder: Path
    pieces: list[Piece] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reports: int = 0
    """Visits with a report that counts or waits."""
    lacking: dict[str, list[Remark]] = field(default_factory=dict)
    """Visit → what the shopper still has to send."""


ScenarioOf = Callable[[Submission], Scenario | None]


def look_at(home: ProgrammeFolder, wave: str, scenario_of: ScenarioOf, language: str | None = None) -> Evidence:
    """Match the files below `evidence/WAVE/` with the wave's reports. `language`: of what is lacking; by default the
    report's, else the programme's.
    """
    found = Evidence(home.folder / "evidence" / wave)
    for each in _all(home, wave):
        if isinstance(each, Problem):
            found.problems.append(each)
        else:
            found.pieces.append(each)
    reports = _reports(home, wave)
    gone = gone_evidence(read_purges(home.folder)[0], home.folder).get(wave, {})
    found.reports = len(reports)
    of_visit: dict[str, list[Piece]] = defaultdict(list)
    for piece in found.pieces:
        of_visit[piece.visit].append(piece)
    for visit in of_visit:
        if visit not in reports:
            place = Place(f"evidence/{wave}/{visit}")
            found.problems.append(problem(NOBODYS, place, visit, nearest=nearest(visit, reports)))
    for visit, submissions in reports.items():
        said = _Visit(home, wave, visit, submissions, of_visit.get(visit, []), gone.get(visit, ()))
        lacks = [*said.not_sent(), *said.no_proof(scenario_of)]
        found.problems += [*lacks, *said.other_time()]
        if lacks:
            spoken = next((s.language for s in submissions if s.language in LANGUAGES), None)
            words = language or spoken or home.programme.language
            found.lacking[visit] = [Remark("", "", in_her_words(each, words)) for each in lacks]
    found.problems += _twice(found.pieces)
    return found


def _all(home: ProgrammeFolder, wave: str) -> Iterator[Piece | Problem]:
    top = home.folder / "evidence" / wave
    for folder in visits_with_evidence(top):
        yield from in_folder(folder, folder.name, f"evidence/{wave}/{folder.name}")
    files, _ = find_visits(home.folder, [each.id for each in home.programme.waves])
    for each in files.get(wave, ()):
        if each.name.casefold().endswith(".json"):
            book, _ = open_book(home.folder / each.name, name=each.name)
            if book is not None and book.kind == "json":
                yield from in_report(book.data, each.name)


def _reports(home: ProgrammeFolder, wave: str) -> dict[str, list[Submission]]:
    """Visit → its reports that were not set aside."""
    mappings, _ = mappings_of(home)
    job = job_of(home, mappings, None)
    files, _ = find_visits(home.folder, [each.id for each in home.programme.waves])
    keyed = []
    for each in files.get(wave, ()):
        outcome = one_file(job, home.folder / each.name)
        keys = incoming_from(outcome, job)
        read = {(s.visit_id, s.checklist): s for one in outcome.scored if (s := one.submission) is not None}
        keyed += [(key, read.get((key.visit_id, key.checklist))) for key in keys]
    fates = settle((key for key, _ in keyed), decided=deciding(home.decisions, wave))
    aside = (Fate.EXCLUDED, Fate.DUPLICATE, Fate.UNREADABLE)
    found: dict[str, list[Submission]] = defaultdict(list)
    for key, submission in keyed:
        if submission is not None and fates[key.key].fate not in aside:
            found[submission.visit_id].append(submission)
    return found


class _Visit:
    """One visit's reports beside its files."""

    def __init__(
        self,
        home: ProgrammeFolder,
        wave: str,
        visit: str,
        submissions: Sequence[Submission],
        pieces: Sequence[Piece],
        gone: Iterable[str],
    ) -> None:
        self.home, self.visit, self.submissions, self.pieces = home, visit, submissions, pieces
        # What was there until its time was over proves what it proved.
        attached = {name for each in submissions for name in each.source.attached}
        self.names = [piece.name for piece in pieces]
        self.names += [*gone, *sorted(attached.difference(self.names))]
        self.place = Place(f"evidence/{wave}/{visit}")

    def not_sent(self) -> Iterator[Problem]:
        """Files that a report names."""
        told: set[str] = set()
        for submission in self.submissions:
            checklist = self.home.library.get(submission.checklist, submission.version)
            if checklist is None:
                continue
            for item, name in not_there(submission, checklist, self.names):
                if name not in told:
                    told.add(name)
                    number = checklist.numbers.get(item, item)
                    yield problem(NOT_SENT, submission.place(item), name, item=number)

    def no_proof(self, scenario_of: ScenarioOf) -> Iterator[Problem]:
        """What the scenario asks for, kind by kind."""
        scenario = scenario_of(self.submissions[0])
        if scenario is None:
            return
        kinds = map(kind_of, self.names)
        for proof, there in lacking(scenario.proof, self.submissions[0].outcome, kinds, self._receipts()):
            words = {f"what@{each}": proof.what.said(each) for each in LANGUAGES}
            facts = {"what": proof.what.said("en"), **words, "there": there, "least": proof.at_least}
            yield problem(NO_PROOF, self.place, self.visit, **facts)

    def _receipts(self) -> int:
        with_form = ((each, self.home.library.get(each.checklist, each.version)) for each in self.submissions)
        return sum(receipts_in(each, checklist) for each, checklist in with_form if checklist is not None)

    def other_time(self) -> Iterator[Problem]:
        """Pictures that were made at another time than the visit."""
        starts = [each.start for each in self.submissions if each.start is not None]
        if not starts:
            return
        zone = ZoneInfo(self.home.time_zone_of(self.submissions[0].branch))
        begin = min(_local(each, zone) for each in starts)
        end = max(_local(each.end or each.start, zone) for each in self.submissions if each.end or each.start)
        for piece in self.pieces:
            if piece.taken is None:
                continue
            made = _local(piece.taken, zone)
            if not begin - AROUND <= made <= end + AROUND:
                facts = {"start": f"{begin:%Y-%m-%d %H:%M}", "end": f"{end:%Y-%m-%d %H:%M}"}
                yield problem(OTHER_TIME, Place(piece.file), f"{made:%Y-%m-%d %H:%M}", **facts)


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime:
    assert moment is not None  # noqa: S101  asked for above
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo is not None else moment


def _twice(pieces: Iterable[Piece]) -> Iterator[Problem]:
    first: dict[str, Piece] = {}
    for piece in pieces:
        other = first.setdefault(piece.sha256, piece)
        if other.visit != piece.visit:
            yield problem(TWO_VISITS, Place(piece.file), piece.visit, other=other.file)


def sentence(found: Evidence, language: str) -> str:
    """How much there is, in one line."""
    size = sum(piece.size for piece in found.pieces) / 1_000_000
    visits = len({piece.visit for piece in found.pieces})
    facts = {"files": len(found.pieces), "visits": visits, "reports": found.reports, "size": f"{size:.1f}"}
    return say(language, "run.evidence_sum", n=len(found.pieces), **facts)
