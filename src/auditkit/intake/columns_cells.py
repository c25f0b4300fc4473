"""What a cell means under a mapping: its words, the points it carries, and what a blank says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from auditkit.intake.columns import pattern
from auditkit.intake.columns_faults import BAD_MEANING
from auditkit.intake.misread import Misread
from auditkit.intake.spelling_numbers import points_of, share_of, split_points
from auditkit.intake.spelling_options import option_keys, several
from auditkit.intake.spelling_rules import Read, as_text, key
from auditkit.intake.spellings import Speller
from auditkit.model.columns import ItemRule, Items
from auditkit.model.items import RECORDED, AnyItem, Choice, Multi, YesNo
from auditkit.model.visit import NO, NONE_OF_THESE, NOT_ASKED, YES, Value
from auditkit.problems import Place, Problem, problem
from auditkit.tables.folding import fold
from auditkit.tables.table import CellValue, NoValue

ANY_NUMBER = "<number>"
"""In `values:`, whatever is a number: every score in a column where words stand too."""


class Meanings:
    """Typed words → what they mean; an exact word stands above one with `*` in it, and this above `<number>`."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.exact = {_spelt(typed): meant for typed, meant in values.items()}
        self.number = values.get(ANY_NUMBER)
        self.globs = [(pattern(typed), meant) for typed, meant in values.items() if "*" in typed]

    def of(self, typed: str) -> str | None:
        """What a cell's words mean, with or without points in brackets behind them."""
        if not self.exact:
            return None
        for text in (typed, split_points(typed)[0]):
            found = self.exact.get(_spelt(text))
            if found is not None:
                return found
        folded = key(typed)
        found = next((meant for glob, meant in self.globs if glob.fullmatch(folded)), None)
        return self.number if found is None and self.number is not None and points_of(typed) is not None else found


def _spelt(text: str) -> str:
    return key(text) or fold(text)


class Rule(NamedTuple):
    """What holds for one item: its own rule over that of all items."""

    meanings: Meanings
    points: Mapping[Decimal, str]
    read: str
    blank: str
    absent: str


def merged(common: ItemRule, own: ItemRule | None) -> Rule:
    """One item's rule; what it does not say is as for all."""
    own = own if own is not None else ItemRule()
    return Rule(
        Meanings({**common.values, **own.values}),
        {**common.points, **own.points},
        own.read or common.read or "words",
        own.blank or common.blank or "missing",
        own.absent or common.absent or "problem",
    )


class Told(NamedTuple):
    """What one cell says; shared by all cells that hold the same."""

    answer: Read
    typed: str | None
    """What stood in the cell, where that is not the answer itself."""
    filled: bool


class _Known(dict[Any, Told]):
    """Cell → what it says: a text as it is, anything else with its class, since 1 and True are one key."""

    def __init__(self, make: Callable[[CellValue], Told]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, at: Any) -> Told:
        found = self._make(at if at.__class__ is str else at[1])
        if len(self) < _MOST_KNOWN:
            self[at] = found
        return found


_MOST_KNOWN = 20_000


class Answers:
    """Reads the cells of one item's column, every value once."""

    def __init__(self, item: AnyItem, rule: Rule, speller: Speller) -> None:
        self.item, self.rule, self.speller = item, rule, speller
        self.as_it_stands: dict[CellValue, Value] = {}
        """Texts that are met, and are an answer as they are typed; those that are not stand in `known` only."""
        self.known: Mapping[Any, Told] = _Known(self._told)
        """What cells say, a text by itself, anything else as (class, cell): to look one up takes no call."""

    def read(self, raw: CellValue) -> Read:
        """The canonical answer (`not_asked` included), `None` where it is missing, or what is wrong."""
        return self.known[raw if raw.__class__ is str else (raw.__class__, raw)].answer

    def seen(self) -> Iterator[tuple[str, Read]]:
        """The texts that were read so far, and as what."""
        return ((raw, told.answer) for raw, told in self.known.items() if isinstance(raw, str))

    def _told(self, raw: CellValue) -> Told:
        answer = self._read(raw)
        told = Told(answer, typed_of(raw, answer) if answer is not None else None, not is_blank(raw))
        if answer is None or isinstance(answer, Misread) or not told.filled or told.typed is not None:
            return told
        # By equality an error of a spreadsheet would find the text that looks like it.
        if raw.__class__ is str and len(self.as_it_stands) < _MOST_KNOWN:
            self.as_it_stands[raw] = answer
        return told

    def _read(self, raw: CellValue) -> Read:
        if is_blank(raw):
            return None if self.rule.blank == "missing" else self.rule.blank
        meant = self.rule.meanings.of(as_text(raw))
        if meant is None and self.rule.points:
            points = points_of(raw)
            meant = self.rule.points.get(points) if points is not None else None
        answer = self.meaning(meant) if meant is not None else self._parts(raw)
        if meant is None and answer is not None:
            return answer
        if meant is not None and not isinstance(answer, Misread):
            return answer
        # A meaning that is said of all items holds for those that have such an answer.
        number = {"points": points_of, "share": share_of}.get(self.rule.read, _nothing)(raw)
        if number is None:
            return self.speller.read(self.item.id, raw)
        if not isinstance(self.item, YesNo | Choice):
            return self.speller.read(self.item.id, number)
        found = self.speller.read(self.item.id, raw)
        bare = as_text(raw).strip() in ("0", "1")
        earning = self._earning(number) if isinstance(found, Misread) or bare else None
        return found if earning is None else earning

    def _earning(self, number: Decimal) -> str | None:
        """The only answer that earns so many points, or so much in percent; `None` where none does, or two do."""
        item = self.item
        if isinstance(item, YesNo):
            worth = {YES: Decimal(not item.inverted), NO: Decimal(item.inverted)}
        else:
            worth = {option.id: option.credit for option in getattr(item, "options", ())}
        best = max(worth.values(), default=Decimal(0))
        in_percent = self.rule.read == "share"
        if in_percent and not best:
            return None
        # 33.33 is a third: what a file rounds, it rounds to two digits at least.
        fits = [
            answer
            for answer, credit in worth.items()
            if abs((credit * 100 / best if in_percent else credit * item.weight) - number) <= Decimal("0.01")
        ]
        return fits[0] if len(fits) == 1 else None

    def _parts(self, raw: CellValue) -> Read:
        """Several options in one cell, some of them as the mapping's words: `1 2`; `None` where it is none such."""
        if not isinstance(self.item, Multi) or not self.rule.meanings.exact:
            return None
        ids = {option.id: place for place, option in enumerate(self.item.options)}
        own = {typed: meant for typed, meant in self.rule.meanings.exact.items() if meant in ids}
        keys = {**option_keys(self.item), **own}
        chosen, unknown = several(_spelt(split_points(as_text(raw))[0]), keys, sorted(keys, key=len, reverse=True))
        return tuple(sorted(chosen, key=ids.__getitem__)) if own and chosen and not unknown else None

    def meaning(self, meant: str) -> Read:
        """A meaning of the mapping as a canonical answer."""
        if meant == "missing" or not meant:
            return None
        if meant == NOT_ASKED:
            return NOT_ASKED
        if meant == "none" and isinstance(self.item, Multi):
            return NONE_OF_THESE
        return self.speller.read(self.item.id, meant)

    def takes(self, meant: str) -> bool:
        """Whether a meaning is an answer of the item."""
        return not isinstance(self.meaning(meant), Misread)


def wrong_meanings(items: Items, answers: Mapping[str, Answers], place: Place) -> list[Problem]:
    """Meanings of a mapping that are no answers: of the item that they are said of, or of any item at all."""
    own = [
        (meant, name)
        for name, rule in items.each.items()
        for meant in (*rule.values.values(), *rule.points.values())
        if name in answers and not answers[name].takes(meant)
    ]
    # An item of free words takes anything, so it vouches for nothing.
    closed = [each for each in answers.values() if each.item.kind not in RECORDED]
    common = [
        (meant, "")
        for meant in (*items.values.values(), *items.points.values())
        if closed and not any(each.takes(meant) for each in closed)
    ]
    return [problem(BAD_MEANING, place, meant, item=name) for meant, name in dict.fromkeys([*own, *common])]


def is_blank(raw: CellValue) -> bool:
    """Whether nothing stands in a cell; a formula without a stored value is something."""
    if raw.__class__ is str and raw[:1].isalnum():
        return False  # no letter and no digit is ever folded away: nearly every cell is known by its first sign
    return raw is None or (isinstance(raw, str) and raw.__class__ is not NoValue and not fold(raw))


def _nothing(_: CellValue) -> Decimal | None:
    return None


def typed_of(raw: CellValue, answer: object) -> str | None:
    """What stood in the cell, where that is not the canonical answer itself."""
    text = as_text(raw)
    return None if not text or text == answer or text == str(answer) else text
