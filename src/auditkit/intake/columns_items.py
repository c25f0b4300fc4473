"""Which columns hold the answers, comments and evidence of a checklist's items."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditkit.intake.columns import Found, Headers, find, pattern
from auditkit.intake.columns_faults import BAD_MEANING, ITEM_WITHOUT, OPTIONAL_WITHOUT, SEVERAL_COLUMNS
from auditkit.intake.spelling_options import option_keys
from auditkit.intake.spelling_rules import key
from auditkit.model.checklist import Checklist
from auditkit.model.columns import Column, Items
from auditkit.model.items import DERIVED, AnyItem, Multi, is_required
from auditkit.model.text import Text
from auditkit.problems import Problem, nearest, problem


@dataclass(slots=True)
class ItemColumns:
    """Columns (from 0) of one item."""

    answer: int | None = None
    comment: int | None = None
    evidence: int | None = None
    options: dict[int, str] = field(default_factory=dict)
    """Column → the option that a tick in it means; only where no single column holds the whole answer."""

    def all(self) -> Iterator[int]:
        """Every column that belongs to the item."""
        yield from (each for each in (self.answer, self.comment, self.evidence) if each is not None)
        yield from self.options


class Names:
    """How a header, or a cell of a long table, may name an item: id, printed number, or text in any language."""

    def __init__(self, checklist: Checklist, prefix: str = "") -> None:
        self.ids = {key(_bare(item.id, prefix)): item.id for _, item in checklist.walk_items()}
        self.ids |= {key(item.id): item.id for _, item in checklist.walk_items()}
        numbers = checklist.numbers
        self.numbers = {key(numbers[item.id]): item.id for _, item in checklist.walk_items()}
        self.texts = _unique(
            (word, item.id) for section, item in checklist.walk_items() for word in _said(item.text, section.title)
        )
        self.groups = {
            key(name) for each in checklist.walk_sections() for name in (each.id, *each.title.words.values())
        }

    @property
    def tokens(self) -> dict[str, Iterable[str]]:
        """What the tokens of a header pattern can stand for."""
        return {"id": self.ids, "number": self.numbers, "text": self.texts}

    def caught(self, match: re.Match[str]) -> str | None:
        """The item that the caught tokens of a pattern name."""
        tokens = match.groupdict()
        for token, known in (("id", self.ids), ("number", self.numbers), ("text", self.texts)):
            if token in tokens:
                return known.get(key(tokens[token]))
        return None

    def plain(self, name: str) -> str | None:
        """The item that a name without a pattern means, with or without its group or number before it."""
        folded = key(name)
        for each in (folded, *_tails(folded, self.groups)):
            found = self.ids.get(each) or self.texts.get(each)
            if found is not None:
                return found
        number, _, text = folded.partition(" ")
        return self.texts.get(text) if self.numbers.get(number.strip(".")) == self.texts.get(text, "") else None


def _bare(item: str, prefix: str) -> str:
    return item.removeprefix(prefix) if prefix else item


def _said(text: Text, title: Text) -> Iterator[str]:
    for language, word in text.words.items():
        yield word
        yield f"{title.said(language)} [{word}]"


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Two items with the same words cannot be told apart by them; such words name neither."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for word, item in pairs:
        spelt = key(word)
        if found.setdefault(spelt, item) != item:
            twice.add(spelt)
    return {word: item for word, item in found.items() if word not in twice}


def _tails(folded: str, groups: set[str]) -> Iterator[str]:
    """`greeting/greeted` → `greeted`; `greeting-greeted` too, where `greeting` is a section."""
    if "/" in folded:
        yield folded.rpartition("/")[2].strip()
    for at in (place for place, letter in enumerate(folded) if letter in "/-"):
        if folded[:at].strip() in groups:
            yield folded[at + 1 :].strip()


def assign(
    checklist: Checklist, items: Items, headers: Headers, *, absent: Mapping[str, str], points: Sequence[str] = ()
) -> tuple[dict[str, ItemColumns], list[Problem]]:
    """Item id → its columns, and what could not be matched. `absent`: item → `problem` or `not_asked`.

    `points`: header patterns of columns that state an answer's points, which are no answers.
    """
    names = Names(checklist, items.prefix)
    asked = [item for _, item in checklist.walk_items() if item.kind not in DERIVED]
    found = {item.id: ItemColumns() for item in asked}
    problems = _explicit(items, headers, found)
    taken = {column for each in found.values() for column in each.all()}
    notes = _by_own_pattern(items.comment, names, headers)
    proofs = _by_own_pattern(items.evidence, names, headers)
    _set_rest(found, "comment", notes)
    _set_rest(found, "evidence", proofs)
    if items.answer != points:
        taken |= {column for columns in _by_own_pattern(points, names, headers).values() for column in columns}
    beside = (*items.comment, *items.evidence, *points)
    candidates = _candidates(items, names, headers, taken)
    for name, columns in candidates.items():
        if name in found and found[name].answer is None and not found[name].options:
            problems += _choose(name, columns, found[name], beside, headers)
    for item in asked:
        _beside(item, found[item.id], items, headers)
        problems += _lacking(item, found[item.id], headers, absent.get(item.id, "problem"))
    return found, problems


def _explicit(items: Items, headers: Headers, found: Mapping[str, ItemColumns]) -> list[Problem]:
    problems: list[Problem] = []
    for item, rule in items.each.items():
        if item not in found:
            problems.append(problem(BAD_MEANING, headers.place(), item, item=nearest(item, found)))
            continue
        for part in ("answer", "comment", "evidence"):
            column: Column | None = getattr(rule, "column" if part == "answer" else part)
            if column is not None:
                at = find(column, headers, item)
                setattr(found[item], part, at.column)
                problems += at.problems
        for option, column in rule.options.items():
            at = find(column, headers, f"{item}/{option}")
            problems += at.problems
            if at.column is not None:
                found[item].options[at.column] = option
    return problems


def _by_own_pattern(patterns: Sequence[str], names: Names, headers: Headers) -> dict[str, list[int]]:
    """Item → columns of those patterns that name the item themselves, not by `{answer}`."""
    return _matching([each for each in patterns if "{answer}" not in each], names, headers, set())


def _matching(patterns: Sequence[str], names: Names, headers: Headers, taken: set[int]) -> dict[str, list[int]]:
    fits: dict[str, list[int]] = defaultdict(list)
    for text in patterns:
        each = pattern(text, known=names.tokens)
        for column in headers.filled:
            for header in headers.keys[column]:
                match = each.fullmatch(header)
                item = names.caught(match) if match else None
                if item is not None and column not in taken and column not in fits[item]:
                    fits[item].append(column)
                    break
    return fits


def _set_rest(found: Mapping[str, ItemColumns], part: str, fits: Mapping[str, list[int]]) -> None:
    for item, columns in fits.items():
        if item in found and columns and getattr(found[item], part) is None:
            setattr(found[item], part, columns[0])


def _candidates(items: Items, names: Names, headers: Headers, taken: set[int]) -> dict[str, list[int]]:
    if items.answer:
        return _matching(items.answer, names, headers, taken)
    fits: dict[str, list[int]] = defaultdict(list)
    for column in headers.filled:
        item = next((each for name in headers.names[column] if (each := names.plain(name)) is not None), None)
        if item is not None and column not in taken:
            fits[item].append(column)
    return fits


def _choose(item: str, columns: list[int], own: ItemColumns, beside: Sequence[str], headers: Headers) -> list[Problem]:
    """The answer's column among those that fit: those of its comment and evidence fit the same pattern."""
    columns = [each for each in columns if each not in (own.comment, own.evidence)]
    if len(columns) > 1:
        columns = _without_companions(columns, beside, headers)
    if len(columns) > 1:
        shown = headers.shown(columns[0])
        at = headers.letters(columns)
        return [problem(SEVERAL_COLUMNS, headers.place(columns[0]), shown, field=item, at=at)]
    own.answer = columns[0] if columns else None
    return []


def _without_companions(columns: list[int], beside: Sequence[str], headers: Headers) -> list[int]:
    others = {
        other
        for column in columns
        for each in beside
        if "{answer}" in each
        for other in _companions(each, column, headers)
    }
    return [each for each in columns if each not in others] or columns


def _companions(text: str, answer: int, headers: Headers) -> list[int]:
    found: list[int] = []
    for name in headers.keys[answer]:
        whole = pattern(text, {"answer": name})
        found += [c for c in headers.filled if c != answer and any(whole.fullmatch(one) for one in headers.keys[c])]
    return found


def _beside(item: AnyItem, own: ItemColumns, items: Items, headers: Headers) -> None:
    """Comment and evidence whose headers are made of the answer's; ticks of a multi item's options."""
    if own.answer is not None:
        for part, patterns in (("comment", items.comment), ("evidence", items.evidence)):
            if getattr(own, part) is None:
                fits = [c for each in patterns if "{answer}" in each for c in _companions(each, own.answer, headers)]
                setattr(own, part, fits[0] if fits else None)
    if isinstance(item, Multi):
        own.options = own.options or _ticks(item, own, items, headers)
        if own.answer in own.options:
            own.answer = None


def _ticks(item: Multi, own: ItemColumns, items: Items, headers: Headers) -> dict[int, str]:
    options = option_keys(item)
    found: dict[int, str] = {}
    for start in _starts(item, own, items, headers):
        for each in items.options:
            whole = pattern(each, {"answer": start}, {"option": options})
            for column in headers.filled:
                for header in headers.keys[column]:
                    match = whole.fullmatch(header)
                    option = options.get(key(match["option"])) if match else None
                    if option is not None:
                        found.setdefault(column, option)
    return found


def _starts(item: Multi, own: ItemColumns, items: Items, headers: Headers) -> list[str]:
    """What the headers of an item's ticks begin with: its answer's header, its id, its text, behind any group."""
    answer = list(headers.keys[own.answer]) if own.answer is not None else []
    plain = [key(_bare(item.id, items.prefix)), *(key(word) for word in item.text.words.values())]
    grouped = {
        name.rpartition("/")[0]
        for column in headers.filled
        for name in headers.keys[column]
        if any(name.rpartition("/")[0].endswith(("/" + each, "-" + each)) for each in plain)
    }
    return list(dict.fromkeys([*answer, *plain, *sorted(grouped)]))


def _lacking(item: AnyItem, own: ItemColumns, headers: Headers, absent: str) -> list[Problem]:
    if own.answer is not None or own.options:
        return []
    near = nearest(key(item.text.said("en")), [headers.shown(each) for each in headers.filled])
    code = ITEM_WITHOUT if is_required(item) and absent == "problem" else OPTIONAL_WITHOUT
    return [problem(code, headers.place(), item.id, nearest=near, **item.text.facts("text"))]


def used(found: Iterable[ItemColumns], fields: Iterable[Found]) -> set[int]:
    """Every column that something in the mapping uses."""
    columns = {column for each in found for column in each.all()}
    return columns | {each.column for each in fields if each.column is not None}
