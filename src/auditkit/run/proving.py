"""Which proof a report lacks: files that it names and that nobody has, files that its scenario asks for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from auditkit.intake.evidence import kind_of
from auditkit.model.checklist import Checklist
from auditkit.model.scenario import Needed, Proof, Scenario
from auditkit.model.visit import GONE, NEVER, NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, Outcome, Submission
from auditkit.run.state import digest

_NAMES_FILES = ("photo", "audio", "receipt", "file")
_NO_NAMES = (NOT_APPLICABLE, NOT_OBSERVED, NOT_ASKED, NEVER)
_SHOWN = 3
"""Files that a reason names."""


@dataclass(frozen=True)
class Proving:
    """The scenarios of a programme and the evidence that lies in its folder. Picklable."""

    scenarios: tuple[Scenario, ...] = ()
    planned: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Wave, visit → scenario."""
    there: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Wave → visit → names of its files; a wave without a folder of evidence is not in it, and nothing of it waits."""

    def reasons(self, wave: str, submission: Submission, checklist: Checklist) -> Iterator[str]:
        """A word for machines for each kind of proof that lacks, and one for the files that were not sent."""
        if wave not in self.there:
            return
        names = (*self.there[wave].get(submission.visit_id, ()), *submission.source.attached)
        asked = self._asked(wave, submission.visit_id, submission.checklist)
        kinds = [kind_of(name) for name in names]
        lacks = lacking(asked, submission.outcome, kinds, receipts_in(submission, checklist))
        yield from (f"proof_missing {kind}" for kind in dict.fromkeys(proof.kind for proof, _ in lacks))
        gone = list(dict.fromkeys(name for _, name in not_there(submission, checklist, names)))
        if gone:
            more = f" +{len(gone) - _SHOWN}" if len(gone) > _SHOWN else ""
            yield f"proof_not_sent {', '.join(gone[:_SHOWN])}{more}"

    def mark(self, wave: str, visit: str, checklist: str) -> str:
        """A hash of all that its proof hangs on; '' where nothing waits for it."""
        if wave not in self.there or not visit:
            return ""
        names, asked = self.there[wave].get(visit, ()), self._asked(wave, visit, checklist)
        if not names:
            # What most visits have in common is not hashed a million times.
            key = tuple(map(repr, asked))
            return self._nothing.setdefault(key, digest(key))
        return digest((names, *map(repr, asked)))

    @cached_property
    def _nothing(self) -> dict[tuple[str, ...], str]:
        return {}

    @cached_property
    def _by_id(self) -> Mapping[str, Scenario]:
        return {each.scenario: each for each in self.scenarios}

    def _asked(self, wave: str, visit: str, checklist: str) -> tuple[Proof, ...]:
        name = self.planned.get((wave, visit), "")
        scenario = self._by_id.get(name) or only_fitting(self.scenarios, checklist)
        return scenario.proof if scenario is not None else ()


NOTHING_PROVED = Proving()


def only_fitting(scenarios: Iterable[Scenario], checklist: str) -> Scenario | None:
    """The one scenario after which a checklist is filled in; `None` where there is none, or more than one."""
    fitting = [each for each in scenarios if not each.checklists or checklist in each.checklists]
    return fitting[0] if len(fitting) == 1 else None


def lacking(
    asked: Iterable[Proof], outcome: Outcome, kinds: Iterable[str], receipts: int = 0
) -> list[tuple[Proof, int]]:
    """Proofs of which there are too few, with how many there are. `receipts`: those written down among the answers."""
    every = list(kinds)
    left = {"photo": every.count("photo"), "audio": every.count("audio"), "file": len(every)}
    found = []
    for proof in asked:
        if not _is_asked(proof, outcome):
            continue
        written = min(proof.at_least, receipts) if proof.kind == "receipt" else 0
        receipts -= written
        # A receipt comes as a picture or as a PDF.
        kind = "photo" if proof.kind == "receipt" else proof.kind
        taken = min(proof.at_least - written, left[kind])
        left[kind] -= taken
        if written + taken < proof.at_least:
            found.append((proof, written + taken))
    return found


def _is_asked(proof: Proof, outcome: Outcome) -> bool:
    if proof.when is Needed.CLOSED:
        return outcome in (Outcome.CLOSED, Outcome.NOT_FOUND)
    return outcome is Outcome.DONE if proof.when is Needed.PURCHASE else outcome is not Outcome.NO_ANSWER


def receipts_in(submission: Submission, checklist: Checklist) -> int:
    """Receipts whose number, time and amount are written down as an answer."""
    return sum(item.kind == "receipt" and _told(submission, item.id) != "" for _, item in checklist.walk_items())


def not_there(submission: Submission, checklist: Checklist, there: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Item and name of every file that a report names and that is not among these; a name may lack its ending."""
    here = {name.casefold() for name in there}
    here |= {name.rpartition(".")[0] for name in here}
    for item, name in named(submission, checklist):
        if name.casefold() not in here:
            yield item, name


def named(submission: Submission, checklist: Checklist) -> Iterator[tuple[str, str]]:
    """Item and name of every file that a report names, beside an answer or as one."""
    for item, text in submission.evidence.items():
        yield from ((item, name) for name in names_in(text))
    for _, asked in checklist.walk_items():
        if asked.kind in _NAMES_FILES:
            # What is written of a receipt is its number more often than a file.
            names = names_in(_told(submission, asked.id))
            files = (name for name in names if asked.kind != "receipt" or kind_of(name) != "file")
            yield from ((asked.id, name) for name in files)


def _told(submission: Submission, item: str) -> str:
    answer = submission.answers.get(item, "")
    return answer.strip() if isinstance(answer, str) and answer not in _NO_NAMES else ""


def names_in(text: str) -> list[str]:
    """`a.jpg; b.jpg` as names without folders."""
    parts = text.replace("\n", ";").replace(",", ";").split(";")
    names = (part.strip().replace("\\", "/").rpartition("/")[2] for part in parts)
    return [name for name in names if name not in ("", GONE)]
