"""What a book of standards says, before anybody decides how it looks: pure, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from auditkit.book.examples import Examples, examples_of
from auditkit.forms.conditions import sentence
from auditkit.forms.layout import not_reviewed
from auditkit.locales import say
from auditkit.model.checklist import Area, Checklist, Section, positions_of
from auditkit.model.items import AnyItem, is_scored
from auditkit.model.judging import Observer, Severity
from auditkit.model.shares import shares
from auditkit.reports.method_sheet import effects_text
from auditkit.reports.standing import standing_of
from auditkit.reports.wording import quoted


class Rule(NamedTuple):
    """One criterion."""

    key: str
    """`checklist/item`, the anchor that leads to it."""
    number: str
    text: str
    examples: Examples
    only: str = ""
    """When it applies, with the questions meant."""
    guidance: str = ""
    observed: str = ""
    """Who sees it, and when; empty: as all of its chapter."""
    critical: str = ""
    """What happens when it is not met; empty: it is not critical."""
    severity: Severity = Severity.MINOR
    positions: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    """What may be done in its place."""
    deadline: bool = False
    rank: tuple[int, int, float] = (0, 0, 0.0)
    """How much it matters, for choosing among many: critical, severity, share of the result."""


class Part(NamedTuple):
    """A section with its criteria; those of sections within it follow as parts of their own."""

    number: str
    title: str
    depth: int
    only: str
    rules: tuple[Rule, ...]


class Chapter(NamedTuple):
    """One checklist."""

    checklist: str
    version: str
    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    """Version, status, the three dates, the people responsible: name and value."""
    remark: str
    """That no native speaker has read the translation."""
    draft: bool
    observed: str
    """Who sees its criteria where they don't say otherwise."""
    parts: tuple[Part, ...]

    @property
    def rules(self) -> Iterator[Rule]:
        """All of them, in order."""
        return (rule for part in self.parts for rule in part.rules)


class Book(NamedTuple):
    """Chapters, and what no chapter speaks of."""

    language: str
    chapters: tuple[Chapter, ...]
    unserved: tuple[str, ...]
    """Titles of the sections of a full standard that no checklist serves."""
    position: str = ""
    """Title of the position that it is written for; empty: all."""


def book_of(checklists: Sequence[Checklist], language: str, position: str | None = None) -> Book:
    """The standard of these checklists for everybody, or for one position: what concerns no other one alone."""
    chapters = (_chapter(each, language, position) for each in checklists)
    served = {area for each in checklists for area in each.serves}
    unserved = tuple(say(language, f"book.area_{area.value}") for area in Area if area not in served)
    title = positions_of(checklists)[position].said(language) if position else ""
    return Book(language, tuple(each for each in chapters if each.parts), unserved, title)


def _chapter(checklist: Checklist, language: str, position: str | None) -> Chapter:
    writer = _Writer(checklist, language, position)
    parts = tuple(part for top in checklist.sections for part in writer.parts(top, 0))
    seen = Counter(rule.observed for part in parts for rule in part.rules)
    usual = seen.most_common(1)[0][0] if seen else ""
    return Chapter(
        checklist.checklist,
        checklist.version,
        checklist.title.said(language),
        checklist.about.said(language) if checklist.about is not None else "",
        tuple(standing_of(checklist, language)),
        not_reviewed(checklist, language),
        checklist.status == "draft",
        usual,
        tuple(_unless(usual, part) for part in parts),
    )


def _unless(usual: str, part: Part) -> Part:
    """With what is usual in its chapter not said again."""
    rules = (rule._replace(observed="") if rule.observed == usual else rule for rule in part.rules)
    return part._replace(rules=tuple(rules))


_OUTSIDE = {Observer.SHOPPER_LATER: "later", Observer.OFFICE: "office", Observer.MANAGER: "manager"}


class _Writer:
    """One checklist in one language."""

    def __init__(self, checklist: Checklist, language: str, position: str | None) -> None:
        self._checklist = checklist
        self._language = language
        self._position = position
        self._shares = shares(checklist) if checklist.scoring == "percent" else {}

    def parts(self, section: Section, depth: int) -> Iterator[Part]:
        rules = tuple(self._rule(item) for item in section.items if self._concerns(item))
        inside = [part for child in section.sections for part in self.parts(child, depth + 1)]
        if rules or inside:
            number = self._checklist.numbers["/" + section.id]
            yield Part(number, section.title.said(self._language), depth, self._only(section), rules)
        yield from inside

    def _concerns(self, item: AnyItem) -> bool:
        """Facts of a visit are for the checker alone; of the others, those of this position."""
        return is_scored(item) and (self._position is None or not item.for_ or self._position in item.for_)

    def _rule(self, item: AnyItem) -> Rule:
        checklist, language = self._checklist, self._language
        found = examples_of(item, checklist, language)
        severities = list(Severity)
        weight = self._shares.get(item.id, 0)
        return Rule(
            f"{checklist.checklist}/{item.id}",
            checklist.numbers[item.id],
            item.text.said(language),
            found,
            self._only(item),
            item.guidance.said(language) if item.guidance is not None else "",
            self._observed(item),
            effects_text(item.critical, language),
            item.severity,
            tuple(checklist.position_title(name, language) for name in item.for_),
            tuple(each.text.said(language) for each in item.replacements),
            item.kind in ("deadline", "duration"),
            (int(bool(item.critical)), severities.index(item.severity), float(weight)),
        )

    def _observed(self, item: AnyItem) -> str:
        language = self._language
        parts = [say(language, f"book.seen_{_OUTSIDE.get(item.seen_by, 'visit')}")]
        if item.kind in ("deadline", "duration"):
            parts = [say(language, "book.seen_times")]
        if item.evidence.when.value == "always":
            parts.append(say(language, "book.proof", kind=say(language, f"forms.evidence_{item.evidence.kind}")))
        return " ".join(parts)

    def _only(self, of: Section | AnyItem) -> str:
        if of.applies_when is None:
            return ""
        return sentence(of.applies_when, self._checklist, self._language, self._named)

    def _named(self, item: str) -> str:
        words = self._checklist.items_by_id[item].text.said(self._language)
        return f"{self._checklist.numbers[item]} {quoted(words, self._language)}"
