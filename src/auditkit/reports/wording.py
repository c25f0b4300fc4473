"""What the codes of figures are called in the reader's language: answers, levels, sections, states, branches."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from auditkit.analysis.certainty import Interval
from auditkit.analysis.contexts import ALONE, UNDATED
from auditkit.analysis.shapes import BranchFigures, Context, FindingFigure, Mean
from auditkit.figures import (
    MISSING,
    counted_text,
    date_text,
    number_text,
    percent_text,
    rounded,
    score_text,
)
from auditkit.locales import has, say
from auditkit.model.checklist import Checklist, Verdict
from auditkit.model.items import AnyItem, Choice, Deadline, Duration, Multi, NumberItem, Scale
from auditkit.model.programme import Branch, Programme, Wave
from auditkit.model.visit import GONE


def branch_title(branch: Branch) -> str:
    """The branch as people call it: its name, else its code."""
    return branch.name or branch.code


def branch_line(branch: Branch) -> str:
    """Code, region and city in one line, whatever of them is known."""
    parts = (branch.code if branch.name else "", branch.region, branch.city)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def branch_word(programme: Programme | None, language: str) -> str:
    """What a branch is called in this programme, with a capital."""
    word = (
        programme.branch_word.said(language) if programme and programme.branch_word else say(language, "reports.branch")
    )
    return word[:1].upper() + word[1:]


def wave_title(wave: Wave | str, context: Context, language: str) -> str:
    """A wave's title, else its id."""
    found = next((each for each in context.waves if each.id == wave), None) if isinstance(wave, str) else wave
    if found is None:
        return str(wave)
    if found.id == ALONE and context.programme is None:
        return say(language, "reports.alone")
    return found.title.said(language) if found.title else found.id


def wave_line(wave: Wave, context: Context, language: str) -> str:
    """The wave with its dates, where it has any."""
    title = wave_title(wave, context, language)
    if wave.from_ == UNDATED:
        return f"{title}: {say(language, 'reports.undated')}"
    first, last = date_text(wave.from_, language), date_text(wave.to, language)
    return f"{title}: {first if wave.from_ == wave.to else say(language, 'reports.days', first=first, last=last)}"


def section_title(checklist: Checklist | None, section: str, language: str) -> str:
    """A section's title, else its id where the definition is not at hand."""
    return _sections(checklist, language).get(section, section) if checklist else section


def _sections(checklist: Checklist, language: str) -> dict[str, str]:
    return {each.id: each.title.said(language) for each in checklist.walk_sections()}


def checklist_title(context: Context, checklist: str, version: str, language: str) -> str:
    """A checklist's title, else its id."""
    found = context.checklists.get((checklist, version))
    return found.title.said(language) if found else checklist


def grade_title(grades: Checklist | Programme | None, grade: str | None, language: str) -> str:
    """A level as its definition calls it; '' where there is none."""
    if grade is None:
        return ""
    rows = grades.grades if grades else ()
    return next((row.title.said(language) for row in rows if row.grade == grade and row.title), grade)


def verdict_word(verdict: Verdict | None, language: str) -> str:
    """Passed or not passed; '' where nothing was judged."""
    return say(language, f"reports.verdict.{verdict.value}") if verdict else ""


def level_text(grades: Checklist | Programme | None, grade: str | None, verdict: Verdict | None, language: str) -> str:
    """`Good · passed`, as much of it as there is."""
    parts = (grade_title(grades, grade, language), verdict_word(verdict, language))
    return " · ".join(part for part in parts if part)


def mean_text(mean: Mean | None, language: str, *, percent: bool = True) -> str:
    """A mean as text; 'not scored' where nothing was, never a 0."""
    if mean is None:
        return MISSING
    if mean.shown is None:
        return say(language, "reports.not_scored")
    return shown_text(mean.shown, language, percent=percent)


def shown_text(shown: Decimal, language: str, *, percent: bool) -> str:
    """A rounded score in percent, or in points."""
    if percent:
        return percent_text(shown, language)
    return say(language, "reports.points", points=score_text(shown, language))


def snapshot_text(n: int, language: str, interval: Interval | None = None) -> str:
    """What n says about the score, as a plain sentence; the ends of an interval are rounded outwards."""
    # Russian's "one" is also 21 and 31, so a single visit has a message of its own.
    if interval is not None:
        ends = {"low": number_text(floor(interval.low), language), "high": number_text(ceil(interval.high), language)}
        key = "reports.snapshot_range_one" if n == 1 else "reports.snapshot_range"
        return say(language, key, n=n, **ends)
    return say(language, "reports.snapshot_one") if n == 1 else say(language, "reports.snapshot", n=n)


def unseen_text(most: Decimal, n: int, language: str) -> str:
    """That n visits without a critical failure do not mean that there is none; whole percents."""
    return say(
        language, "reports.critical_unseen", n=n, percent=percent_text(rounded(Fraction(most) * 100, 0), language)
    )


def item_text(finding: FindingFigure, figures: BranchFigures, language: str, context: Context) -> str:
    """The criterion; with its checklist where the workbook has several, since numbers begin anew in each."""
    text = finding.item.text.said(language)
    if len(figures.checklists) < 2:
        return text
    return f"{text}\n({checklist_title(context, finding.checklist, finding.version, language)})"


def words(said: str, language: str) -> str:
    """The shopper's words, or that they were deleted."""
    return say(language, "reports.gone") if said == GONE else said


def quoted(words: str, language: str) -> str:
    """The shopper's words in the language's quotation marks; marks inside them become those of the second rank."""
    if words == GONE:
        return say(language, "reports.gone")
    opening, closing = say(language, "reports.quoted", words="\n").split("\n")
    inner = str.maketrans({opening: _INNER[opening][0], closing: _INNER[opening][1]})
    return f"{opening}{words.strip().translate(inner)}{closing}"


_INNER = {"“": "‘’", "«": "„“", "„": "«»"}
"""Opening mark → the pair to be used inside it."""


def label_text(language: str, key: str) -> str:
    """A code's word, or the code itself where nobody gave it one."""
    return say(language, key) if has(key) else key.rpartition(".")[2]


def answer_text(item: AnyItem, answer: str, language: str) -> str:
    """A canonical answer in words: the option's text, the number with its unit, 'did not come up in this visit'."""
    if not answer:
        return MISSING
    if answer == GONE:
        return say(language, "reports.gone")
    return _answer_text(_ById(item), answer, language)


def seen_text(item: AnyItem, answer: str, met: str | None, language: str) -> str:
    """An answer in words; of a deadline, which nobody types, whether it was kept."""
    if answer or item.kind != "deadline" or met is None:
        return answer_text(item, answer, language)
    return say(language, "reports.answer.met" if met == "met" else "reports.answer.missed")


class _ById:
    """An item compared by identity: hashing a whole record for every cell would cost more than the words."""

    __slots__ = ("item",)

    def __init__(self, item: AnyItem) -> None:
        self.item = item

    def __hash__(self) -> int:
        return id(self.item)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.item is other.item


@lru_cache(maxsize=4096)
def _answer_text(known: _ById, answer: str, language: str) -> str:
    item = known.item
    if has(f"reports.answer.{answer}"):
        return say(language, f"reports.answer.{answer}")
    if isinstance(item, Choice | Multi):
        texts = {option.id: option.text.said(language) for option in item.options}
        return "; ".join(texts.get(part, part) for part in _parts(answer))
    if isinstance(item, Scale) and item.labels and answer.lstrip("-").isdigit() and int(answer) in item.labels:
        return f"{answer}: {item.labels[int(answer)].said(language)}"
    if isinstance(item, NumberItem):
        return _measured(item, answer, language)
    if isinstance(item, Duration | Deadline):
        return _span_answer(answer, language)
    return _moment(answer, language) if item.kind == "timestamp" else answer


def _parts(answer: str) -> list[str]:
    return [part.strip() for part in answer.strip("[]()").replace(",", ";").split(";") if part.strip()]


def _measured(item: NumberItem, answer: str, language: str) -> str:
    """`12 minutes`, with the remark that its band carries."""
    try:
        value = Decimal(answer)
    except ArithmeticError:
        return answer
    band = next((each for each in item.bands if each.up_to is None or value <= each.up_to), None)
    remark = f": {band.text.said(language)}" if band and band.text else ""
    return counted_text(value, item.unit, item.unit_forms, language) + remark


def _number(answer: str, language: str) -> str:
    try:
        return number_text(Decimal(answer), language)
    except ArithmeticError:
        return answer


def _span_answer(answer: str, language: str) -> str:
    amount, _, unit = answer.partition(" ")
    key = f"reports.unit.{unit}"
    if has(key) and amount.lstrip("-").isdigit():
        return say(language, key, n=int(amount))
    return _number(answer, language)


def _moment(answer: str, language: str) -> str:
    try:
        moment = datetime.fromisoformat(answer)
    except ValueError:
        return answer
    return f"{date_text(moment.date(), language)}, {moment:%H:%M}"
