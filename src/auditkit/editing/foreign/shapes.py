"""Shapes that need a second look before they are tables of questions: forms of survey tools, two languages in one cell.

Both only add columns and blank out lines, so that every cell keeps its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from auditkit.editing.cells import written
from auditkit.editing.foreign import words as w
from auditkit.editing.foreign.tables import Column, Found
from auditkit.tables.table import Book, Sheet

_MOST_ROWS = 20_000
_MOST = 0.6
_SELECT = ("select_one", "select_multiple", "select one", "select multiple")
_TYPES = {"text": "text", "integer": "number", "decimal": "number", "image": "photo", "date": "date", "time": "time",
          "datetime": "date", "range": "scale"}  # fmt: skip
"""Types of a survey tool's questions that are asked of people, and what they are here."""


def is_survey(sheet: Sheet) -> bool:
    """Whether a sheet lists the questions of an XLSForm."""
    header = _header(sheet)
    labelled = any(name == "label" or name.startswith("label::") for name in header)
    return labelled and {"type", "name"} <= set(header)


def of_survey(book: Book, sheet: Sheet) -> Found:
    """An XLSForm as a table: groups are headings, what no person answers is blanked out, lists are written out."""
    rows = _rows(sheet)
    header = [name.lower() for name in rows[0]]
    found = Found(sheet.name, rows, 0)
    labels = [at for at, name in enumerate(header) if name == "label" or name.startswith("label::")]
    found.columns = [Column(labels[0], "question", rows[0][labels[0]])]
    found.columns += [Column(at, "question", rows[0][at], w.language_named(rows[0][at])) for at in labels[1:]]
    for name, kind in (("name", "id"), ("required", "required"), ("hint", "guidance")):
        place = next((at for at, each in enumerate(header) if each == name or each.startswith(f"{name}::")), None)
        if place is not None:
            found.columns.append(Column(place, kind, rows[0][place]))
    types, lists, wide = header.index("type"), _lists(book), max(len(row) for row in rows)
    for row in rows:
        row.extend([""] * (wide + 2 - len(row)))
    rows[0][wide], rows[0][wide + 1] = "choices", "type"
    found.stands_for = {wide: types, wide + 1: types}
    found.columns += [Column(wide, "options", "choices"), Column(wide + 1, "kind", "type")]
    for row in rows[1:]:
        _reshape(row, row[types], lists, labels, wide)
    return found


def _reshape(row: list[str], kind: str, lists: Mapping[str, Sequence[str]], labels: Sequence[int], wide: int) -> None:
    said = " ".join(kind.split())
    select = next((each for each in _SELECT if said.startswith(each + " ")), None)
    if select is not None:
        name = said[len(select) :].split()[0]
        row[wide] = "\n".join(lists.get(name, ()))
        row[wide + 1] = "multi" if "multiple" in select else "choice"
    elif said.replace("_", " ").startswith(("begin group", "begin repeat")):
        row[:] = [cell if at in labels else "" for at, cell in enumerate(row)]
    elif said in _TYPES:
        row[wide] = _TYPES[said]
    else:
        row[:] = [""] * len(row)


def _lists(book: Book) -> dict[str, list[str]]:
    """The labels of every list of choices, in the form's first language."""
    sheet = book.sheet("choices")
    if sheet is None:
        return {}
    rows = _rows(sheet)
    header = [name.lower() for name in rows[0]] if rows else []
    label = next((at for at, name in enumerate(header) if name.startswith("label")), None)
    name = next((at for at, each in enumerate(header) if each in ("list_name", "list name")), None)
    found: dict[str, list[str]] = {}
    if label is not None and name is not None:
        for row in rows[1:]:
            if len(row) > max(label, name) and row[name] and row[label]:
                found.setdefault(row[name], []).append(row[label])
    return found


def _rows(sheet: Sheet) -> list[list[str]]:
    return [[written(value) for value in row] for row in islice(sheet.rows, _MOST_ROWS)]


def _header(sheet: Sheet) -> list[str]:
    return [written(value).lower() for value in next(iter(sheet.rows), [])]


def split_languages(found: Found) -> None:
    """Cells that say the same in two scripts, one below the other or with a stroke between, as two columns."""
    for name in ("question", "section"):
        column = found.column(name)
        if column is None:
            continue
        filled = [row for row in found.body if found.at(row, column.at)]
        pairs = {row: pair for row in filled if (pair := _pair(found.at(row, column.at)))}
        if not filled or len(pairs) < _MOST * len(filled):
            continue
        at = max(len(row) for row in found.rows)
        language = w.language_of(other for _, other in pairs.values())
        for row, (own, other) in pairs.items():
            cells = found.rows[row]
            cells.extend([""] * (at + 1 - len(cells)))
            cells[column.at], cells[at] = own, other
        found.columns.append(Column(at, name, column.header, language))
        found.stands_for[at] = column.at


def _pair(text: str) -> tuple[str, str] | None:
    for sign in ("\n", " / ", " | "):
        first, found, second = text.partition(sign)
        if found and first.strip() and second.strip():
            scripts = w.script_of(first), w.script_of(second)
            if all(scripts) and scripts[0] != scripts[1]:
                return first.strip(), second.strip()
    return None
