"""What a form reckons while somebody fills it: which questions are asked, and what of them is missing.

Every formula finds a question by the key beside it, never by its row, so that a sheet may be sorted, get new rows, or
be renamed. Only functions that Excel of 2007, LibreOffice and Google Sheets share.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from auditkit.forms.conditions import AnyCondition, answer_word
from auditkit.forms.failing import ANY, Span
from auditkit.forms.layout import FormRow
from auditkit.intake.spelling_words import plain_word
from auditkit.model.checklist import Checklist
from auditkit.model.conditions import All, AnyOf, Not, Test
from auditkit.model.items import Multi
from auditkit.model.visit import YES


class Status(IntEnum):
    """What stands in the hidden column of a row while the form is filled."""

    NOT_ASKED = 0
    ANSWERED = 1
    MISSING = 2
    NO_COMMENT = 3
    FREE = 4
    """Asked, and may be left blank."""
    OTHER = 5
    """A heading, or one of several things to tick."""


class Columns(NamedTuple):
    """Letters of the columns that are looked at, and the rows that hold questions."""

    key: str
    answer: str
    comment: str
    status: str
    first: int
    last: int

    def area(self, letter: str) -> str:
        """All questions' cells of a column."""
        return f"${letter}${self.first}:${letter}${self.last}"


LONGEST = 7_500
"""Signs of a formula; Excel takes 8,192."""


class Live:
    """The formulas of one checklist's sheet; `open_cell` says 1 while there is anything to ask, `position_cell` whom
    it is about."""

    def __init__(
        self,
        rows: Sequence[FormRow],
        checklist: Checklist,
        language: str,
        columns: Columns,
        open_cell: str,
        position_cell: str,
    ) -> None:
        self._rows = {row.key: row for row in rows if row.kind == "item"}
        self._keys = {row.key for row in rows}
        self._checklist, self._language, self._at = checklist, language, columns
        self._open, self._position = open_cell, position_cell

    def status(self, row: FormRow, number: int) -> str | None:
        """The formula of a row's status, `None` where nothing is to be reckoned."""
        if row.kind != "item" and not row.conditions and not row.positions:
            return None
        inner = self._of_item(row, number) if row.kind == "item" else str(int(Status.OTHER))
        asked = [f"{self._open}=1", *(f"({each})=1" for each in self._asked(row))]
        formula = f"=IF(AND({','.join(asked)}),{inner},{int(Status.NOT_ASKED)})"
        if len(formula) > LONGEST:
            return f"={int(Status.FREE if row.kind == 'item' else Status.OTHER)}"
        return formula

    def _of_item(self, row: FormRow, number: int) -> str:
        answer = f"${self._at.answer}{number}"
        given = f"LEN({answer})>0"
        if self._is_multi(row.key):
            given = f"OR({given},{self._ticks(row.key)}>0)"
        full = int(Status.ANSWERED if row.required else Status.FREE)
        blank = int(Status.MISSING if row.required else Status.FREE)
        return f"IF({given},{self._with_comment(row, number, full)},{blank})"

    def _with_comment(self, row: FormRow, number: int, full: int) -> str:
        if not any(row.commented):
            return str(full)
        answer, least = f"${self._at.answer}{number}", max(1, row.comment_least)
        short = f"LEN(TRIM(${self._at.comment}{number}))<{least}"
        if ANY not in row.commented.words:
            said = [f"{answer}={_quoted(word)}" for word in row.commented.words]
            said += [f"IF(ISERROR({_number(answer)}),FALSE,{_within(answer, span)})" for span in row.commented.spans]
            short = f"AND({short},OR({','.join(said)}))"
        return f"IF({short},{int(Status.NO_COMMENT)},{full})"

    # -- whether it is asked: 1 yes, 0 no, 0.5 not known yet, as in `model.asked` ---------------------------------

    def _asked(self, row: FormRow) -> list[str]:
        parts = [self._said(condition) for condition in row.conditions]
        if row.positions and self._position:
            here = f"TRIM({self._position})"
            titles = (self._checklist.position_title(name, self._language) for name in row.positions)
            names = ",".join(f"{here}={_quoted(name)}" for name in dict.fromkeys([*titles, *row.positions]))
            parts.append(f'IF(OR({here}="",{names}),1,0)')
        return parts

    def _said(self, condition: AnyCondition) -> str:
        match condition:
            case All():
                return f"MIN({','.join(self._said(part) for part in condition.all)})"
            case AnyOf():
                return f"MAX({','.join(self._said(part) for part in condition.any)})"
            case Not():
                return f"(1-{self._said(condition.not_)})"
            case Test():
                return self._test(condition)

    def _test(self, test: Test) -> str:
        row = self._rows.get(test.item)
        if row is None:
            return "0"  # nobody who fills this form sees it
        told = f"IF(AND({','.join(self._compared(test))}),1,0)"
        if row.required:
            told = f"IF({self._blank(test.item)},0.5,{told})"
        asked = self._asked(row)
        return f"IF(AND({','.join(f'({each})=1' for each in asked)}),{told},0)" if asked else told

    def _blank(self, item: str) -> str:
        blank = f"LEN({self._answer(item)})=0"
        return f"AND({blank},{self._ticks(item)}=0)" if self._is_multi(item) else blank

    def _compared(self, test: Test) -> list[str]:
        answer = self._answer(test.item)
        parts = []
        if test.is_ is not None:
            parts.append(self._is(test.item, test.is_))
        if test.in_ is not None:
            parts.append(f"OR({','.join(self._is(test.item, each) for each in test.in_)})")
        if test.includes is not None:
            parts.append(self._ticked(test.item, test.includes))
        if test.at_least is not None or test.at_most is not None:
            number = _number(answer)
            low = "-1E+99" if test.at_least is None else str(test.at_least)
            high = "1E+99" if test.at_most is None else str(test.at_most)
            parts.append(f"IF(ISERROR({number}),FALSE,AND({number}>={low},{number}<={high}))")
        return parts or ["FALSE"]

    def _is(self, item: str, wanted: str) -> str:
        answer, word = self._answer(item), answer_word(self._checklist, item, wanted, self._language)
        of = self._checklist.items_by_id[item]
        if isinstance(of, Multi) and any(option.id == wanted for option in of.options):
            return f"AND({self._ticked(item, wanted)},{self._ticks(item)}=1)"
        same = f"TRIM({answer})={_quoted(word)}"
        if _is_number(wanted):
            same = f"OR({same},IF(ISNUMBER({answer}),{answer}={wanted},FALSE))"
        return same

    def _answer(self, key: str) -> str:
        at = self._at
        return f"INDEX({at.area(at.answer)},MATCH({_quoted(key)},{at.area(at.key)},0))"

    def _ticked(self, item: str, option: str) -> str:
        if f"{item}/{option}" not in self._keys:
            return "FALSE"
        return f"{self._answer(f'{item}/{option}')}={_quoted(plain_word(YES, self._language))}"

    def _ticks(self, item: str) -> str:
        at, yes = self._at, _quoted(plain_word(YES, self._language))
        return f"COUNTIFS({at.area(at.key)},{_quoted(item + '/*')},{at.area(at.answer)},{yes})"

    def _is_multi(self, item: str) -> bool:
        return isinstance(self._checklist.items_by_id.get(item), Multi)


def _number(answer: str) -> str:
    """A number that was typed as a text, or chosen from a list, is one all the same."""
    typed = f'IF(LEN({answer})=0,NA(),VALUE(SUBSTITUTE({answer},",",".")))'
    return f"IF(ISNUMBER({answer}),{answer},{typed})"


def _within(answer: str, span: Span) -> str:
    number, bounds = _number(answer), []
    if span.above is not None:
        bounds.append(f"{number}{'>=' if span.bottom else '>'}{_figure(span.above)}")
    if span.up_to is not None:
        bounds.append(f"{number}<={_figure(span.up_to)}")
    return f"AND({','.join(bounds) or 'TRUE'})"


def _figure(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"({value.numerator}/{value.denominator})"


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def _quoted(text: str) -> str:
    """A text inside a formula; Excel takes no more than 255 signs of it in one piece."""
    pieces = [text[at : at + 250] for at in range(0, len(text), 250)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def running_count(columns: Columns, number: int) -> str:
    """How many questions from the first to this one lack something: the n-th of them is where it reaches n."""
    seen = f"${columns.status}${columns.first}:${columns.status}{number}"
    return f"=COUNTIF({seen},{int(Status.MISSING)})+COUNTIF({seen},{int(Status.NO_COMMENT)})"


SHOWN = 10
"""Numbers of questions that the cover names; the rest is counted."""


def missing_sentence(sheet: str, columns: Columns, numbers: str, count: str, words: tuple[str, str, str, str]) -> str:
    """`7 of 41 missing: 2.3, 2.7 …`: the cover's formula.

    `sheet`: how a formula names the checklist's sheet. `numbers`, `count`: letters of the printed numbers and of the
    running count. `words`: before, between and behind the two numbers, and what is said when nothing is missing.
    """

    def area(letter: str) -> str:
        return f"{sheet}!{columns.area(letter)}"

    status = area(columns.status)
    asked = "+".join(f"COUNTIF({status},{int(each)})" for each in (Status.ANSWERED, Status.MISSING, Status.NO_COMMENT))
    missing = "+".join(f"COUNTIF({status},{int(each)})" for each in (Status.MISSING, Status.NO_COMMENT))
    before, between, behind, nothing = map(_quoted, words)
    named = [f"INDEX({area(numbers)},MATCH({n},{area(count)},0))" for n in range(1, SHOWN + 1)]
    listed = "&".join([named[0], *(f'IFERROR(", "&{each},"")' for each in named[1:])])
    more = f'IF({missing}>{SHOWN}," …","")'
    said = f"{before}&({missing})&{between}&({asked})&{behind}&{listed}&{more}"
    return f"=IF({missing}=0,{nothing}&({asked}),{said})"
