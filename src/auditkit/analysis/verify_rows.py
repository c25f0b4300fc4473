"""A verification as neutral rows, in the order and with the words that every output prints."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.verify import Compared, Finding, ItemBehind, Verification
from auditkit.intake.columns_published import FINAL, GRADE
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.problems import Place, Problem, Severity, declare, problem

DIFFERS = declare(
    "V101",
    Severity.WARNING,
    finds="A published section or final score, or grade, that its answers do not give under the checklist's rules.",
    why="Either the published figure or the definition is wrong; until that is settled neither can be relied on.",
    mend="Look at the items behind the figure (they are listed), then at the rules named under which ours would agree.",
)
NO_FIGURE = declare(
    "V102",
    Severity.WARNING,
    finds="A text where a published score should stand, which the mapping gives no meaning to.",
    why="It may be a visit that was not carried out, or a figure that was overwritten.",
    mend="Say under `published: words:` what it means: not_scored, not_carried_out or not_stated.",
)
NOTHING_PUBLISHED = declare(
    "V103",
    Severity.ERROR,
    finds="A file without one published score that could be compared.",
    why="Verifying compares published scores with those that the answers give.",
    mend="Name the columns under `published:` in the mapping: `final:` and `sections:`.",
)

COLUMNS = ("place", "visit", "what", "published", "ours", "difference", "why")
"""Keys of the columns; their words are `verify.column.KEY`."""


class Row(NamedTuple):
    """One figure that disagrees."""

    place: str
    visit: str
    what: str
    """`B Welcome`, or the words for the whole visit or its grade."""
    published: str
    ours: str
    difference: str
    why: str
    """The rules under which ours would agree, in words; '' where none was found."""


class BehindRow(NamedTuple):
    """One item behind a figure that disagrees."""

    number: str
    text: str
    state: str
    answer: str
    earned: str
    possible: str
    place: str


def header(language: str) -> tuple[str, ...]:
    """The columns' words."""
    return tuple(say(language, f"verify.column.{name}") for name in COLUMNS)


def rows(verification: Verification, checklists: Mapping[str, Checklist], language: str) -> tuple[Row, ...]:
    """Every figure that disagrees or cannot be read. `checklists`: id → definition."""
    return tuple(_row(each, checklists[each.checklist], language) for each in verification.disagreeing)


def _row(each: Compared, checklist: Checklist, language: str) -> Row:
    nothing = say(language, "verify.nothing")
    return Row(
        str(each.place),
        each.visit_id,
        named(each.section, checklist, language),
        each.published or nothing,
        each.shown or nothing,
        "" if each.difference is None else _signed(each.difference),
        "; ".join(say(language, f"verify.why.{rule}") for rule in each.why),
    )


def named(section: str, checklist: Checklist, language: str) -> str:
    """What a figure is about, in words."""
    if section == FINAL:
        return say(language, "verify.final")
    if section == GRADE:
        return say(language, "verify.grade")
    title = next((each.title.said(language) for each in checklist.walk_sections() if each.id == section), section)
    return f"{section} {title}" if title != section else section


def behind(each: Compared, checklist: Checklist, language: str) -> tuple[BehindRow, ...]:
    """The items of a figure that disagrees, so that it can be added up by hand."""
    return tuple(_behind(item, checklist, language) for item in each.items)


def _behind(item: ItemBehind, checklist: Checklist, language: str) -> BehindRow:
    return BehindRow(
        checklist.numbers[item.item],
        checklist.items_by_id[item.item].text.said(language),
        item.state.value,
        item.answer,
        _plain(item.earned),
        _plain(item.possible),
        str(item.place),
    )


def summary(verification: Verification, language: str) -> tuple[str, ...]:
    """What came of it, a sentence a line: finals, sections, not carried out, unreadable, and the likeliest reason."""
    lines = []
    for key, final in (("finals", True), ("sections", False)):
        agree = verification.count(Finding.AGREES, final=final)
        all_of = agree + verification.count(Finding.DISAGREES, final=final)
        all_of += verification.count(Finding.UNREADABLE, final=final)
        if all_of:
            lines.append(say(language, f"verify.{key}", agree=agree, all=all_of))
    for finding in (Finding.NOT_CARRIED_OUT, Finding.UNREADABLE):
        count = verification.count(finding, final=True)
        if count:
            lines.append(say(language, f"verify.{finding.value}", count=count))
    total = len(verification.disagreeing)
    for rule, count in verification.explained[:3]:
        words = say(language, f"verify.why.{rule}")
        lines.append(say(language, "verify.explained", count=count, all=total, why=words))
    return tuple(lines)


def problems(verification: Verification, file: str) -> tuple[Problem, ...]:
    """Every disagreement as a problem, for `--json` and exit codes; one where nothing could be compared."""
    if not verification.compared:
        return (problem(NOTHING_PUBLISHED, Place(file)),)
    return tuple(_problem(each) for each in verification.disagreeing)


def _problem(each: Compared) -> Problem:
    code = NO_FIGURE if each.finding is Finding.UNREADABLE else DIFFERS
    return problem(code, each.place, each.published, visit=each.visit_id, what=each.section or "-", ours=each.shown)


def _signed(difference: Fraction) -> str:
    text = _plain(difference)
    return text if text.startswith("-") or difference == 0 else f"+{text}"


def _plain(number: Fraction) -> str:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{exact.quantize(Decimal('0.0001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
