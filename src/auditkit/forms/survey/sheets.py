"""The sheets of an XLSForm: their rows, and how they are written."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from auditkit.locales import LANGUAGES, NAMES
from auditkit.whole import save_whole

Words = tuple[str, ...]
"""In the order of `LANGUAGES`; empty: nothing is said."""


class Line(NamedTuple):
    """One row of the sheet `survey`."""

    type: str
    name: str = ""
    label: Words = ()
    hint: Words = ()
    required: str = ""
    required_message: Words = ()
    relevant: str = ""
    constraint: str = ""
    constraint_message: Words = ()
    appearance: str = ""
    calculation: str = ""
    default: str = ""
    readonly: str = ""
    parameters: str = ""


class Option(NamedTuple):
    """One row of the sheet `choices`."""

    list_name: str
    name: str
    label: Words


class Survey(NamedTuple):
    """A form, sheet by sheet."""

    survey: list[Line]
    choices: list[Option]
    settings: dict[str, str]


def write_sheets(made: Survey, path: Path) -> None:
    """Write the workbook; every text stays a text."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    spread = ("label", "hint", "required_message", "constraint_message")
    for title, rows in (("survey", made.survey), ("choices", made.choices)):
        sheet = book.create_sheet(title)
        fields = rows[0]._fields
        heads = [(f, at) for f in fields for at in (range(len(LANGUAGES)) if f in spread else (None,))]
        sheet.append([f if at is None else f"{f}::{tongue(LANGUAGES[at])}" for f, at in heads])
        for number, row in enumerate(rows, 2):
            for column, (name, at) in enumerate(heads, 1):
                value = getattr(row, name)
                text = value if at is None else (value[at] if value else "")
                if text:
                    cell = sheet.cell(number, column, text)
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
    sheet = book.create_sheet("settings")
    sheet.append(list(made.settings))
    sheet.append(list(made.settings.values()))
    save_whole(path, book.save)


def tongue(language: str) -> str:
    """`Қазақша (kk)`, as survey tools tell languages."""
    return f"{NAMES[language]} ({language})"
