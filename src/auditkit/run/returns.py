"""What goes back to the shoppers of a wave: a folder each, with the marked copies and one message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.forms.blank import Remark
from auditkit.intake.inbox import Fate, Incoming, settle
from auditkit.locales import say
from auditkit.problems import Problem
from auditkit.run.discovery import Paths, find_visits
from auditkit.run.files import FileOutcome, Job, one_file
from auditkit.run.jobs import job_of, mappings_of
from auditkit.run.marking import Copying, Marked, mark, needs_mending
from auditkit.run.names import safe_names
from auditkit.run.submissions import incoming_from
from auditkit.run.wave import deciding
from auditkit.run.waves import unknown_wave
from auditkit.whole import write_letter

MESSAGE = "message.txt"
Step = Callable[[int, int], None]
"""(files read, of how many)."""


@dataclass
class Returned:
    """What `returns` wrote."""

    folder: Path
    shoppers: dict[str, list[Marked]] = field(default_factory=dict)
    """Shopper's code ('' where a report names none) → her reports that go back."""
    stale: list[Path] = field(default_factory=list)
    """Copies of an earlier call that are not wanted any more; they are left where they are."""
    unreadable: list[str] = field(default_factory=list)
    """Files of which nobody knows whose they are."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def copies(self) -> list[Path]:
        """All copies that were written just now."""
        return [each.path for marked in self.shoppers.values() for each in marked if each.path is not None]


def write_returns(
    home: ProgrammeFolder,
    wave: str,
    how: Copying,
    folder: Path | None = None,
    *,
    today: date | None = None,
    evidence: Mapping[str, Sequence[Remark]] | None = None,
    step: Step = lambda _done, _total: None,
) -> Returned:
    """Write the folders; `folder`: by default `returns/WAVE` of the programme.

    `evidence`: visit → what is lacking beside its form; such a visit goes back too.
    """
    target = folder if folder is not None else home.folder / "returns" / wave
    returned = Returned(target)
    if (unknown := unknown_wave(home, wave)) is not None:
        returned.problems.append(unknown)
        return returned
    mappings, returned.problems = mappings_of(home)
    job = job_of(home, mappings, today)
    back = _back(job, home, wave, evidence or {}, returned, step)
    nameless = say(home.programme.language, "run.no_shopper")
    codes = {shopper for visits in back.values() for shopper, _ in visits.values()}
    places = {code: target / name for code, name in safe_names(codes - {""}).items()} | {"": target / nameless}
    wanted: set[Path] = set()
    for path, visits in back.items():
        outcome = one_file(job, path)
        for shopper in sorted({who for who, _ in visits.values()}):
            own = {visit: more for visit, (who, more) in visits.items() if who == shopper}
            for one in mark(outcome, job.checklists, places[shopper], how, own):
                returned.shoppers.setdefault(shopper, []).append(one)
        wanted |= {places[who] / f"{safe_names([visit])[visit]}{how.ending}" for visit, (who, _) in visits.items()}
    for shopper, marked in returned.shoppers.items():
        write_letter(places[shopper] / MESSAGE, message_of(marked, wave, marked[0].language))
    returned.stale = sorted(each for each in target.glob(f"*/*{how.ending}") if each not in wanted)
    return returned


_Back = dict[Path, dict[str, tuple[str, Sequence[Remark]]]]
"""File → visit → (shopper, what is lacking beside the form)."""


def _back(
    job: Job,
    home: ProgrammeFolder,
    wave: str,
    evidence: Mapping[str, Sequence[Remark]],
    returned: Returned,
    step: Step,
) -> _Back:
    """The reports that go back, file by file."""
    found, problems = find_visits(home.folder, [each.id for each in home.programme.waves])
    returned.problems += problems
    paths = Paths(home.folder, [each.name for each in found[wave]])
    incoming: list[Incoming] = []
    candidates: list[tuple[Path, list[Incoming]]] = []
    for at, path in enumerate(paths, 1):
        outcome = one_file(job, path)
        keys = incoming_from(outcome, job)
        incoming += keys
        if any(each.visit_id in evidence for each in keys) or _mendable(outcome):
            candidates.append((path, keys))
        elif not any(each.readable for each in keys):
            returned.unreadable.append(outcome.file)
        step(at, len(paths))
    fates = settle(incoming, decided=deciding(home.decisions, wave))
    back: _Back = {}
    for path, keys in candidates:
        for each in keys:
            fate = fates[each.key].fate
            lacks = evidence.get(each.visit_id, ()) if fate in (Fate.ACCEPTED, Fate.HELD, Fate.RETURNED) else ()
            if each.readable and (fate is Fate.RETURNED or lacks):
                back.setdefault(path, {})[each.visit_id] = each.shopper, lacks
    return back


def _mendable(outcome: FileOutcome) -> bool:
    return any(needs_mending(each) for each in outcome.scored if each.submission is not None)


def message_of(marked: Sequence[Marked], wave: str, language: str) -> str:
    """What is sent with the copies: each visit, its file, and what is to be mended, question first."""
    return "\n".join(_lines(marked, wave, language)) + "\n"


def _lines(marked: Sequence[Marked], wave: str, language: str) -> Iterator[str]:
    yield say(language, "run.return_head", n=len(marked), wave=wave)
    yield ""
    yield say(language, "run.return_how")
    for one in marked:
        yield ""
        yield say(language, "run.return_visit", visit=one.visit_id, file=one.name or one.visit_id)
        for remark in one.remarks:
            yield "- " + " ".join(remark.split())
    yield ""
    yield say(language, "run.return_end")
