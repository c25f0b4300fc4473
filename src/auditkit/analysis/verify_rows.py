"""A verification as neutral rows, in the order and with the words that every output prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from auditkit.analysis.verification import KINDS, Compared, Finding, ItemBehind, Verification
from auditkit.analysis.verify_common import Common
from auditkit.analysis.verify_hints import Hints
from auditkit.analysis.verify_rules import HOW, WITHOUT
from auditkit.analysis.verify_spare import Added
from auditkit.analysis.verify_weights import Weights
from auditkit.intake.columns_published import FINAL, GRADE, item_of
from auditkit.locales import has, say
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

COLUMNS = ("place", "visit", "branch", "what", "published", "ours", "difference", "why")
"""Keys of the columns; their words are `verify.column.KEY`."""
BEHIND_COLUMNS = ("number", "text", "answer", "state", "earned", "possible", "answer_place")
"""The same of the items behind a figure."""
_MOST_RULES = 4
_COUNTED = {"final": "finals", "grade": "levels", "sections": "sections", "items": "items"}
"""Kind → the sentence that counts it."""


class Row(NamedTuple):
    """One figure that disagrees."""

    place: Place
    visit: str
    branch: str
    what: str
    """`B Welcome`, or the words for the whole visit or its grade."""
    published: str
    ours: str
    difference: str
    why: str
    """The rule under which ours would agree, in words; '' where none was found."""


class BehindRow(NamedTuple):
    """One item behind a figure that disagrees."""

    number: str
    text: str
    answer: str
    state: str
    earned: str
    possible: str
    place: Place


def header(language: str) -> tuple[str, ...]:
    """The columns' words."""
    return tuple(say(language, f"verify.column.{name}") for name in COLUMNS)


def rows(verification: Verification, checklists: Mapping[str, Checklist], language: str) -> tuple[Row, ...]:
    """Every figure that disagrees or cannot be read. `checklists`: id → definition."""
    return tuple(_row(each, verification, checklists[each.checklist], language) for each in verification.disagreeing)


def _row(each: Compared, verification: Verification, checklist: Checklist, language: str) -> Row:
    nothing = say(language, "verify.nothing")
    return Row(
        each.place,
        each.visit_id,
        each.branch,
        named(each.name, checklist, language),
        each.published or nothing,
        each.shown or nothing,
        "" if each.difference is None else _signed(each.difference),
        say(language, "verify.why.unread")
        if each.unread
        else rule_words(verification.reason(each), language, checklist),
    )


def rule_words(rule: str, language: str, checklist: Checklist) -> str:
    """A rule, or two together, in words; '' for none."""
    if rule.startswith(WITHOUT):
        return say(
            language, "verify.why.without_item", item=_item_words(rule.removeprefix(WITHOUT), checklist, language)
        )
    parts = [say(language, f"verify.why.{each}") for each in rule.split("+") if each]
    return say(language, "verify.both", one=parts[0], other=parts[1]) if len(parts) == 2 else "".join(parts)


def _item_words(item: str, checklist: Checklist, language: str) -> str:
    return f"{checklist.numbers[item]} {checklist.items_by_id[item].text.said(language)}"


def named(name: str, checklist: Checklist, language: str) -> str:
    """What a figure is about, in words."""
    if name == FINAL:
        return say(language, "verify.final")
    if name == GRADE:
        return say(language, "verify.grade")
    item = item_of(name)
    if item:
        return _item_words(item, checklist, language)
    title = next((each.title.said(language) for each in checklist.walk_sections() if each.id == name), name)
    return f"{name} {title}" if title != name else name


def behind(each: Compared, checklist: Checklist, language: str) -> tuple[BehindRow, ...]:
    """The items of a figure that disagrees, so that it can be added up by hand."""
    return tuple(_behind(item, checklist, language) for item in each.items)


def _behind(item: ItemBehind, checklist: Checklist, language: str) -> BehindRow:
    return BehindRow(
        checklist.numbers[item.item],
        checklist.items_by_id[item.item].text.said(language),
        item.answer,
        say(language, f"reports.state.{item.state.value}"),
        plain(item.earned),
        plain(item.possible),
        item.place,
    )


def summary(verification: Verification, language: str) -> tuple[str, ...]:
    """What came of it, a sentence a line: what agrees of what, not carried out, unreadable."""
    lines = []
    for kind in KINDS:
        agree = verification.count(Finding.AGREES, kind)
        all_of = agree + verification.count(Finding.DISAGREES, kind) + verification.count(Finding.UNREADABLE, kind)
        if all_of:
            lines.append(say(language, f"verify.{_COUNTED[kind]}", agree=agree, all=all_of))
    if verification.not_carried_out:
        lines.append(say(language, "verify.not_carried_out", count=verification.not_carried_out))
    return tuple(lines)


def reasons(verification: Verification, checklists: Mapping[str, Checklist], language: str) -> tuple[str, ...]:
    """The rules that explain most, each with what to write for it; what explains but a few of many is left out."""
    total = len(verification.disagreeing)
    unread = sum(each.unread for each in verification.disagreeing)
    first = (say(language, "verify.unread", count=unread, all=total),) if unread else ()
    compared = len(verification.compared)
    told = [
        (rule, count)
        for rule, count in verification.explained
        if (count > 2 and count * 33 >= total) or count * 5 >= compared or count == total
    ]
    lines = [_reason(rule, count, verification, checklists, language) for rule, count in told[:_MOST_RULES]]
    return (*first, *_unreadable(verification, language), *lines)


def _unreadable(verification: Verification, language: str) -> Iterator[str]:
    """Every text that stands where a score should, with what to write."""
    texts = Counter(each.published for each in verification.disagreeing if each.finding is Finding.UNREADABLE)
    for text, count in texts.most_common(_MOST_RULES):
        how = f"published: {{words: {{{text}: not_carried_out}}}}"
        yield say(language, "verify.word", text=text, count=count, how=how)


def _reason(
    rule: str, count: int, verification: Verification, checklists: Mapping[str, Checklist], language: str
) -> str:
    own = [each for each in verification.disagreeing if verification.reason(each) == rule]
    why = rule_words(rule, language, checklists[own[0].checklist])
    words = say(language, "verify.explained", count=count, all=len(verification.disagreeing), why=why)
    to_do = [_to_write(each, {figure.kind for figure in own}, language) for each in rule.split("+")]
    return " ".join([words, *filter(None, to_do)])


def _to_write(rule: str, kinds: set[str], language: str) -> str:
    if rule.startswith(WITHOUT):
        return say(language, "verify.write_checklist", how="weight: 0")
    where, how = HOW.get(rule, ("", ""))
    if not where:
        return ""
    if where == "mapping":
        only = next(iter(kinds)) if len(kinds) == 1 and ("decimals" in how or "scale" in how) else ""
        how = f"published: {{{only}_as: {{{how}}}}}" if only else f"published: {{{how}}}"
    return say(language, f"verify.write_{where}", how=how)


def hint_lines(hints: Hints, checklists: Mapping[str, Checklist], language: str) -> tuple[str, ...]:
    """What the wave as a whole tells, a sentence a line."""
    return (
        *(_added(each, checklists[each.checklist], language) for each in hints.added),
        *(_weights(each, language) for each in hints.weights),
        *(_common(each, checklists[each.checklist], language) for each in hints.common),
    )


def _added(each: Added, checklist: Checklist, language: str) -> str:
    columns = "; ".join(f"{letter} {' '.join(header.split())}" for letter, header in each.columns)
    what = named(each.section, checklist, language)
    return say(language, "verify.added", what=what, count=each.figures, columns=columns)


def _weights(each: Weights, language: str) -> str:
    weights = ", ".join(f"{section} {weight:f}" for section, weight in each.weights)
    return say(language, "verify.weights", weights=weights, agree=each.agree, all=each.all)


def _common(each: Common, checklist: Checklist, language: str) -> str:
    key = f"reports.answer.{each.answer}"
    return say(
        language,
        "verify.common",
        what=named(each.name, checklist, language),
        count=each.visits,
        item=_item_words(each.item, checklist, language),
        answer=say(language, key) if has(key) else each.answer,
    )


def problems(verification: Verification, file: str) -> tuple[Problem, ...]:
    """Every disagreement as a problem, for `--json` and exit codes; one where nothing could be compared."""
    if not verification.compared:
        return (problem(NOTHING_PUBLISHED, Place(file)),)
    return tuple(_problem(each) for each in verification.disagreeing)


def _problem(each: Compared) -> Problem:
    code = NO_FIGURE if each.finding is Finding.UNREADABLE else DIFFERS
    return problem(code, each.place, each.published, visit=each.visit_id, what=each.name or "-", ours=each.shown)


def _signed(difference: Fraction) -> str:
    text = plain(difference)
    return text if text.startswith("-") or difference == 0 else f"+{text}"


def plain(number: Fraction) -> str:
    """A number with at most four digits behind the point."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{exact.quantize(Decimal('0.0001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
