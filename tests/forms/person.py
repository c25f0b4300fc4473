"""Somebody who fills in a form: finds the question, chooses from the list beside it, types where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from auditkit.definitions.library import Library, shipped_folder
from auditkit.intake.spelling_words import plain_word
from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist
from auditkit.model.items import DERIVED, AnyItem, Choice, Multi, NumberItem, Scale, Timestamp, YesNo
from auditkit.model.judging import Observer
from auditkit.model.visit import NEVER, NO, NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, YES

SHIPPED = ("appearance", "conflict-handling", "phone-etiquette", "premises")
LIBRARY = Library([shipped_folder()])
KEY, ANSWER, COMMENT, EVIDENCE = 7, 4, 5, 6
DAY = date(2026, 8, 20)


def shipped(name: str) -> Checklist:
    checklist = LIBRARY.get(name)
    assert checklist is not None
    return checklist


class Form:
    """A form in the hands of a person; `save` writes it somewhere else, as a program that knows nothing of us would."""

    def __init__(self, path: Path, language: str) -> None:
        self.book, self.language = load_workbook(path), language
        self.cover = self.book.worksheets[0]

    def sheet(self, checklist: Checklist) -> Worksheet:
        """The sheet of a checklist."""
        mark = f"auditkit:{checklist.checklist}@"
        return next(s for s in self.book.worksheets if str(s.cell(1, KEY).value).startswith(mark))

    def row(self, checklist: Checklist, key: str) -> int:
        """The row of an item, or of an option as `item/option`."""
        sheet = self.sheet(checklist)
        return next(n for n in range(1, sheet.max_row + 1) if sheet.cell(n, KEY).value == key)

    def offered(self, sheet: Worksheet, cell: str, *, open_too: bool = False) -> list[str]:
        """The words of the list beside a cell; empty where anything may be typed, unless `open_too`."""
        for rule in sheet.data_validations.dataValidation:
            if rule.type == "list" and cell in rule and (rule.showErrorMessage or open_too):
                name, _, area = rule.formula1.partition("!")
                return [str(each.value) for (each,) in self.book[name.strip("'")][area.replace("$", "")]]
        return []

    def put(self, checklist: Checklist, key: str, value: object, column: int = ANSWER) -> str:
        """Type into a row; where a list is offered it must hold what is typed. Gives the cell."""
        sheet = self.sheet(checklist)
        cell = sheet.cell(self.row(checklist, key), column)
        offered = self.offered(sheet, cell.coordinate) if column == ANSWER else []
        assert not offered or str(value) in offered, (value, offered)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        return cell.coordinate

    def fill_cover(self, **fields: object) -> None:
        """Type beside the names of the cover's fields."""
        rows = {self.cover.cell(n, 3).value: n for n in range(1, self.cover.max_row + 1)}
        usual = {"visit_date": DAY, "start": time(10, 31), "end": time(10, 47)}
        for name, value in {**usual, **fields}.items():
            self.cover.cell(rows[name], 2).value = value

    def answer(self, checklist: Checklist, answers: Mapping[str, Any]) -> None:
        """Give canonical answers in the words of the form."""
        for name, value in answers.items():
            item = checklist.items_by_id[name]
            if isinstance(item, Multi) and isinstance(value, tuple) and value:
                for option in value:
                    self.put(checklist, f"{name}/{option}", plain_word(YES, self.language))
            elif value != NOT_ASKED:
                self.put(checklist, name, self.typed(item, value))

    def typed(self, item: AnyItem, value: Any) -> object:
        """What a person types for an answer."""
        if value == ():
            return plain_word("none", self.language)
        if isinstance(item, Choice) and value not in (NOT_APPLICABLE, NOT_OBSERVED):
            return next(option.text.said(self.language) for option in item.options if option.id == value)
        if isinstance(value, str) and item.kind in ("yes_no", "choice", "scale", "number", "timestamp", "multi"):
            return plain_word(value, self.language)
        return float(value) if isinstance(value, Decimal) else value

    def rearrange(self, sheet: Worksheet, change: Callable[[list[list[object]]], list[list[object]]]) -> None:
        """Move the rows and columns of a sheet about, the hidden ones with them, as sorting and inserting do."""
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        before = [[cell.value for cell in row] for row in sheet.iter_rows(1, sheet.max_row, 1, 9)]
        for number, values in enumerate(change(before), 1):
            for column, value in enumerate(values, 1):
                sheet.cell(number, column).value = value

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path


OUTSIDE = 0.2
"""How often something did not come up or could not be seen."""


def answers_for(checklist: Checklist, seed: int, outside: float = OUTSIDE) -> dict[str, Any]:
    """Canonical answers to everything that a shopper is asked, chosen by chance but the same each time."""
    dice = Random(f"{checklist.checklist}/{seed}")  # noqa: S311  it only has to be the same each time
    items = [item for _, item in checklist.walk_items()]
    mine = [i for i in items if i.kind not in DERIVED and i.seen_by in (Observer.SHOPPER, Observer.SHOPPER_LATER)]
    given: dict[str, Any] = {}
    while True:
        asked = asked_items(checklist, given)
        new = next((item for item in mine if item.id in asked and item.id not in given), None)
        if new is None:
            others = (i.id for i in items if i.seen_by not in (Observer.SHOPPER, Observer.SHOPPER_LATER))
            return given | dict.fromkeys(others, NOT_ASKED)
        given[new.id] = _one(new, dice, outside)


def _one(item: AnyItem, dice: Random, outside: float) -> Any:
    allowed = [NOT_APPLICABLE] * item.not_applicable + [NOT_OBSERVED] * (item.not_observed and item.scored)
    if allowed and dice.random() < outside:
        return dice.choice(allowed)
    if isinstance(item, YesNo):
        return dice.choice((YES, NO))
    if isinstance(item, Choice):
        return dice.choice(item.options).id
    if isinstance(item, Multi):
        return tuple(option.id for option in item.options if dice.random() < 0.5)
    return _free(item, dice)


def _free(item: AnyItem, dice: Random) -> Any:
    if isinstance(item, Scale):
        return dice.randint(item.min, item.max)
    if isinstance(item, NumberItem):
        return Decimal(dice.randint(int(item.lowest or 0), int(item.highest or 100)))
    if isinstance(item, Timestamp):
        moment = datetime(2026, 8, 20, 10 + len(item.id) % 8, dice.randint(0, 59))  # noqa: DTZ001
        return NEVER if dice.random() < 0.2 else moment
    return dice.choice(("Все вежливы, ничего не упущено", "photo-1.jpg", "кассир: «добрый день»"))


def only_given(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Without what somebody else is asked."""
    return {name: value for name, value in answers.items() if value != NOT_ASKED}


def filled(
    folder: Path,
    checklists: Iterable[Checklist],
    language: str,
    seed: int = 1,
    name: str = "form.xlsx",
    outside: float = OUTSIDE,
) -> Path:
    """A form that was written, filled in and saved."""
    from auditkit.forms.blank import Blank
    from auditkit.forms.workbook.writing import write_form

    chosen = list(checklists)
    empty = folder / f"empty-{name}"
    write_form(
        Blank(chosen, language=language, visit_id="K7-Q3-0412", branch="B07", wave="2026-Q3", shopper="K7"), empty
    )
    form = Form(empty, language)
    form.fill_cover()
    for checklist in chosen:
        form.answer(checklist, only_given(answers_for(checklist, seed, outside)))
    return form.save(folder / name)
