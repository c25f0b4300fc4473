"""Columns that say which visit a row reports: by their usual headers, else by what stands in them."""

from __future__ import annotations

from auditkit.intake.dialects import recognise
from auditkit.intake.dialects.dialect import plain
from auditkit.intake.moments import AmbiguousDate, Moment, orders_of, read_moment, read_time
from auditkit.intake.proposing_draft import Draft
from auditkit.intake.proposing_words import FIELDS, NOT_VALID, OF_TOOLS, STATUS, TURNED_DOWN
from auditkit.intake.spelling_rules import as_text, key
from auditkit.tables.table import CellValue

_MOSTLY = 0.9
_NOT_VALID = frozenset(map(key, NOT_VALID))


def propose_fields(draft: Draft) -> None:
    """Visit, branch, dates and the rest."""
    if draft.long and len(draft.settings.get("sheets", ())) > 1:
        draft.fields.setdefault("visit", {"always": "{sheet}"})
        _head(draft)
    _of_dialect(draft)
    for name, words in FIELDS.items():
        # Of a table with a row an answer the visit's column was sought among those that repeat.
        header = None if name in draft.fields or (draft.long and name == "visit") else draft.first_of(words)
        if header is not None:
            draft.fields[name] = header
    _turned_down(draft)
    _of_tools(draft)
    _date(draft)
    _branch(draft)


def _of_dialect(draft: Draft) -> None:
    """What the program that the file comes from calls its own columns; names and addresses of people stay aside."""
    dialect = recognise(name for names in draft.headers.names for name in names)
    if dialect is None:
        return
    draft.tool = dialect.name
    for name in () if draft.long else ("visit", "start", "end", "handed_in"):
        header = draft.first_of(getattr(dialect, name)) if name not in draft.fields else None
        if header is not None:
            draft.fields[name] = header
    for column in list(draft.left()):
        if any(plain(name) in dialect.personal for name in draft.headers.names[column]):
            draft.personal.append(draft.take(column))


def _turned_down(draft: Draft) -> None:
    """Reports that a survey tool says were turned down or never finished."""
    for column in draft.headers.filled:
        header = draft.headers.keys[column][0]
        typed = {as_text(row[column]).strip() if column < len(row) else "" for _, row in draft.rows}
        there = [word for word in TURNED_DOWN.get(header, ()) if word in typed]
        if header in STATUS:
            there = sorted(word for word in typed if key(word) in _NOT_VALID)
        if there and typed - set(there):
            draft.skip[draft.take(column)] = there


def _of_tools(draft: Draft) -> None:
    """Columns that a survey tool adds by itself are of no use to a score."""
    for column in list(draft.left()):
        if draft.headers.keys[column][0] in OF_TOOLS:
            draft.ignore.append(draft.take(column))


def _head(draft: Draft) -> None:
    """Labels and values above the headers of a form: `Store code: | 0071`."""
    labels = {key(word): name for name, words in FIELDS.items() for word in words}
    for number, row in draft.table._replace(first_row=1).rows():
        if number >= draft.headers.row:
            return
        for at in range(len(row) - 1):
            name = labels.get(key(as_text(row[at])))
            if name is not None and name not in draft.fields and as_text(row[at + 1]).strip():
                draft.fields[name] = {"cell": draft.headers.cell(number, at + 1)}


def _date(draft: Draft) -> None:
    """A column of dates that no usual header names; with a column of hours beside it the start of the visit."""
    if not {"date", "start"} & set(draft.fields):
        column = next((each for each in draft.left() if _all(draft.values(each), _is_date)), None)
        if column is None:
            _handed_in(draft)
            return
        timed = any(isinstance(at := read_moment(v, "dmy"), Moment) and at.at for v in draft.values(column))
        draft.fields["start" if timed else "date"] = draft.take(column)
        draft.unsure.add("start" if timed else "date")
    if "date" in draft.fields and "start" not in draft.fields:
        hours = next((each for each in draft.left() if _all(draft.values(each), _is_hour)), None)
        if hours is not None:
            draft.fields["start"] = {"join": [draft.fields.pop("date"), draft.take(hours)]}
            draft.unsure.add("start")


def _handed_in(draft: Draft) -> None:
    """Where nothing else says when the visit was, the hour at which it was reported does, nearly."""
    if "handed_in" in draft.fields:
        draft.fields["start"] = draft.fields["handed_in"]
        draft.unsure.add("start")


def _branch(draft: Draft) -> None:
    """The first column before the questions that is left: whatever the organisation calls its branches.

    Before another such column, one that is different in every row is the visit's code.
    """
    if "branch" in draft.fields or draft.long:
        return
    answers = [at for each in draft.found.values() for at in each.all()]
    before = [each for each in draft.left() if answers and each < min(answers)]
    codes = [each for each in before if _all(draft.values(each), _is_code)]
    if len(codes) > 1 and "visit" not in draft.fields and _differs(draft, codes[0]):
        draft.fields["visit"] = draft.take(codes.pop(0))
        draft.unsure.add("visit")
    if codes:
        draft.fields["branch"] = draft.take(codes[0])
        draft.unsure.add("branch")


def _differs(draft: Draft, column: int) -> bool:
    answers = [at.answer for at in draft.found.values() if at.answer is not None]
    rows = [row for _, row in draft.rows if any(at < len(row) and as_text(row[at]).strip() for at in answers)]
    values = [as_text(row[column]) if column < len(row) else "" for row in rows]
    return len(values) > 1 and len(set(values)) == len(values)


def _all(values: list[CellValue], test: object) -> bool:
    return bool(values) and callable(test) and sum(map(bool, map(test, values))) >= _MOSTLY * len(values)


def _is_date(value: CellValue) -> bool:
    if isinstance(value, int | float):
        return False  # a serial number is any number
    return isinstance(read_moment(value), Moment | AmbiguousDate)


def _is_hour(value: CellValue) -> bool:
    return hasattr(value, "hour") or (
        isinstance(value, str) and not orders_of(value) and read_time(value.strip()) is not None
    )


def _is_code(value: CellValue) -> bool:
    return len(as_text(value)) <= 60 and not _is_date(value) and not _is_hour(value)


def ambiguous_dates(draft: Draft) -> list[str]:
    """The first dates of fields of which nothing tells whether day or month stands first."""
    headers = {draft.headers.shown(at): at for at in draft.headers.filled}
    parts = [each.get("join", ()) if isinstance(each, dict) else [each] for each in draft.fields.values()]
    named = [name for each in parts for name in each]
    texts = [v for name in named if name in headers for v in draft.values(headers[name]) if isinstance(v, str)]
    orders = {"dmy", "mdy"}
    for text in texts:
        fits = orders_of(text) - {"ymd"}
        orders &= fits or orders
    unclear = [text for text in texts if isinstance(read_moment(text), AmbiguousDate)]
    return unclear[:2] if len(orders) > 1 else []
