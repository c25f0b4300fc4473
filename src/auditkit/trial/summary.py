"""What people say of a standard, added up question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem
from auditkit.trial.asking import ASKED, ROLES, UNSURE, YES
from auditkit.trial.reading import Heard, Opinion, Voice


class Judged(NamedTuple):
    """One of the three of one question: so many said yes, of so many who said anything."""

    yes: int
    n: int
    unsure: int
    """Of the n, those for whom it was hard to say."""


class QuestionSummary(NamedTuple):
    """One question over all voices."""

    item: AnyItem
    number: str
    judged: dict[str, Judged]
    """`apt`, `convenient`, `feasible`."""
    voices: int
    """Who judged or remarked anything."""
    objecting: int
    """Who said no to at least one of the three."""
    opinions: tuple[Opinion, ...]
    """With an objection or a remark, objections first."""


class Summary(NamedTuple):
    """One version of one checklist over all voices."""

    checklist: Checklist
    voices: tuple[Voice, ...]
    roles: tuple[tuple[str, int], ...]
    """Role → voices, the usual roles first; '' where none was said."""
    questions: tuple[QuestionSummary, ...]
    """In the checklist's order."""

    @property
    def noted(self) -> list[QuestionSummary]:
        """Questions with an objection or a remark, those with most objections first."""
        found = [each for each in self.questions if each.objecting or each.opinions]
        return sorted(found, key=lambda each: (-each.objecting, -len(each.opinions)))

    @property
    def agreed(self) -> int:
        """Questions that somebody judged and nobody objected to."""
        return sum(bool(each.voices) and not each.objecting for each in self.questions)

    @property
    def unjudged(self) -> list[str]:
        """Numbers of the questions that nobody judged."""
        return [each.number for each in self.questions if not each.voices]


def summaries(heard: Iterable[Heard]) -> list[Summary]:
    """A summary for each version of each checklist, by name and version."""
    known: dict[tuple[str, str], list[Heard]] = {}
    for each in heard:
        known.setdefault((each.checklist.checklist, each.checklist.version), []).append(each)
    return [_summary(each) for _, each in sorted(known.items())]


def _summary(heard: Sequence[Heard]) -> Summary:
    checklist = heard[0].checklist
    opinions: dict[str, list[Opinion]] = {}
    for each in heard:
        for opinion in each.opinions:
            opinions.setdefault(opinion.item, []).append(opinion)
    voices = tuple(each.voice for each in heard)
    counted = Counter(voice.role for voice in voices)
    order = {role: at for at, role in enumerate((*ROLES, ""))}
    roles = tuple(sorted(counted.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0])))
    questions = tuple(_question(item, checklist, opinions.get(item.id, [])) for _, item in checklist.walk_items())
    return Summary(checklist, voices, roles, questions)


def _question(item: AnyItem, checklist: Checklist, opinions: Sequence[Opinion]) -> QuestionSummary:
    judged = {}
    for asked in ASKED:
        said = [each.judged[asked] for each in opinions if asked in each.judged]
        judged[asked] = Judged(said.count(YES), len(said), said.count(UNSURE))
    telling = sorted((each for each in opinions if each.objects or each.remark), key=lambda each: not each.objects)
    return QuestionSummary(
        item, checklist.numbers[item.id], judged, len(opinions), sum(each.objects for each in opinions), tuple(telling)
    )
