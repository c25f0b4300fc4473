"""A table with a row an answer: which column names the item, which answers, and where the visits stand."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.intake.columns import find
from auditkit.intake.columns_items import Names
from auditkit.intake.columns_layout import Row, Table, table_of
from auditkit.intake.columns_published import sections_named
from auditkit.intake.proposing_draft import Draft
from auditkit.intake.proposing_scores import mostly_numbers, writing
from auditkit.intake.proposing_words import (
    FIELDS,
    FINAL,
    LONG_ANSWER,
    LONG_COMMENT,
    LONG_ITEM,
    LONG_MOST,
    LONG_POINTS,
)
from auditkit.intake.spelling_rules import as_text, key
from auditkit.model.checklist import Checklist
from auditkit.model.column import Column
from auditkit.model.columns import Columns
from auditkit.tables.table import Book, CellValue

_LOOKED_AT = 60
_HEADERS_AMONG = 20


def long_table(book: Book, checklist: Checklist) -> tuple[Table, dict[str, object]] | None:
    """The table in one of whose columns the items stand, with what a mapping says to find it; `None`: there is none."""
    names = Names(checklist)
    shown = [each for each in book.sheets if not each.hidden] or list(book.sheets)
    fits = []
    for place, sheet in enumerate(shown):
        found = _column_of_items([row for _, row in zip(range(_LOOKED_AT), sheet.rows, strict=False)], names)
        if found is not None:
            fits.append((place, sheet.name, found))
    if not fits:
        return None
    place, name, header = fits[0]
    same = [each for each in fits if each[2] == header]
    settings: dict[str, object] = {"header": [header]} if header > 1 else {}
    if len(same) > 1:
        settings |= {"sheet": "*" if len(same) == len(shown) else [each[1] for each in same]}
    elif place:
        settings["sheet"] = name
    table, _ = table_of(book, Columns.model_validate({"checklist": checklist.checklist, **settings}))
    if table is None or not any(key(word) in names for word in LONG_ANSWER for names in table.headers.keys):
        return None
    return table, {**settings, "sheets": [each[1] for each in same]}


def _column_of_items(rows: list[list[CellValue]], names: Names) -> int | None:
    """The header row (from 1) above a column in which items stand; `None` where there is no such column."""
    width = max((len(row) for row in rows), default=0)
    usual = set(map(key, LONG_ITEM))
    for column in range(width):
        at = [n for n, row in enumerate(rows, 1) if column < len(row) and _names_item(row[column], names)]
        if not at or not 1 < at[0] <= _HEADERS_AMONG:
            continue
        above = rows[at[0] - 2]
        said = column < len(above) and key(as_text(above[column])) in usual
        if above and (said or len(at) > 1):
            return at[0] - 1
    return None


def _names_item(cell: CellValue, names: Names) -> bool:
    return isinstance(cell, str) and names.plain(cell) is not None


def looks_long(draft: Draft) -> bool:
    """Whether the usual headers of item and answer are there, where no items were found."""
    names = {name for at in draft.left() for name in draft.headers.keys[at]}
    return all(any(key(word) in names for word in words) for words in (LONG_ITEM, LONG_ANSWER))


def propose_long(draft: Draft) -> None:
    """Item, answer, comment, points; and the sheet that has a row a visit."""
    item = _item_column(draft)
    answer = draft.first_of(LONG_ANSWER)
    if item is None or answer is None:
        return
    draft.long = {"item": item, "answer": answer}
    for name, words in (("comment", LONG_COMMENT), ("points", LONG_POINTS), ("most", LONG_MOST)):
        header = draft.first_of(words)
        if header is not None:
            draft.long[name] = header
    _scores(draft, item)


def _scores(draft: Draft, item: str) -> None:
    """Rows that state a score instead of an answer: totals, and lines named like a section."""
    at = find(Column(header=(item,)), draft.headers, "").column
    if at is None:
        return
    names = Names(draft.checklist)
    finals, sections = set(map(key, FINAL)), sections_named(draft.checklist)["text"]
    lines: dict[str, list[Row]] = {}
    for _, row in draft.rows:
        word = as_text(row[at]).strip() if at < len(row) else ""
        if word and names.plain(word) is None and (key(word) in finals or key(word) in sections):
            lines.setdefault(word, []).append(row)
    column = _numbers_in([row for rows in lines.values() for row in rows], draft)
    if column is None:
        return
    draft.long["points"] = draft.take(column)
    draft.long["scores"] = {word: sections.get(key(word), "final") for word in lines}
    how = writing([row[column] for rows in lines.values() for row in rows if column < len(row)], draft)
    if how:
        draft.writing["final"] = how


def _numbers_in(rows: list[Row], draft: Draft) -> int | None:
    """The column in which such rows state their figure."""
    said = draft.long.get("points")
    candidates = [find(Column(header=(said,)), draft.headers, "").column] if said else list(draft.left())
    for column in candidates:
        values = [row[column] for row in rows if column is not None and column < len(row)]
        filled = [value for value in values if as_text(value).strip()]
        if column is not None and filled and mostly_numbers(filled):
            return column
    return None


def _item_column(draft: Draft) -> str | None:
    names = Names(draft.checklist)
    rated = [(sum(_names_item(v, names) for v in draft.values(column)), -column) for column in draft.left()]
    most, column = max(rated, default=(0, 0))
    return draft.take(-column) if most else draft.first_of(LONG_ITEM)


def visits_sheet(draft: Draft) -> Draft | None:
    """Another sheet that has a row a visit under the same header; what stands in it is found as in a wide table."""
    if len(draft.settings.get("sheets", ())) > 1:
        return None  # a sheet a visit
    wanted = _key_column(draft)
    if wanted is None:
        return None
    own_key = next((c for c in draft.headers.filled if draft.headers.shown(c) == wanted), None)
    for sheet, table in _others(draft):
        own = Draft(draft.book, table, draft.checklist, {"sheet": sheet})
        at = next((c for c in table.headers.filled if key(wanted) in table.headers.keys[c]), None)
        if at is None:
            continue
        values = [as_text(value) for value in own.values(at)]
        if values and len(set(values)) == len(values):
            draft.fields["visit"] = wanted
            draft.used |= {own_key} if own_key is not None else set()
            own.used.add(at)
            return own
    return None


def _key_column(draft: Draft) -> str | None:
    """The column that names the visit of an answer, so that its values repeat: a usual one, else the first."""
    repeating = [at for at in draft.left() if len(set(map(as_text, values := draft.values(at)))) < len(values)]
    for word in FIELDS["visit"]:
        at = next((each for each in repeating if key(word) in draft.headers.keys[each]), None)
        if at is not None:
            draft.fields["visit"] = draft.take(at)
            return draft.headers.shown(at)
    return draft.headers.shown(repeating[0]) if repeating else None


def _others(draft: Draft) -> Iterator[tuple[str, Table]]:
    for sheet in draft.book.sheets:
        if sheet.name != draft.table.sheet.name and not sheet.hidden:
            settings = {"checklist": draft.checklist.checklist, "sheet": sheet.name}
            table, _ = table_of(draft.book, Columns.model_validate(settings))
            if table is not None:
                yield sheet.name, table
