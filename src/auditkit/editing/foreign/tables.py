"""Where in a foreign sheet the questions stand, and what each of its columns holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import fmean

from auditkit.editing.cells import written
from auditkit.editing.foreign import words as w
from auditkit.editing.foreign.answers import STEP, answers_of
from auditkit.tables.table import ErrorCell, NoValue, Sheet

_SEARCHED = 30
"""Rows in which a header is looked for: titles and logos stand above it."""
_MOST_ROWS = 20_000
_LONG = 12
"""Characters of a question, on average at least."""
_SENTENCE = 3
"""Words of one, at least."""
_NARROW = 4
"""A table of more columns is no list of questions where most of them mean nothing."""
_WORDS = 5
"""A column's name has not more; a question may name a column too."""
_NAME = 60
"""A longer text is no column's name."""
_PARALLEL = 0.6
"""Of the questions at least as many have a text in a column that translates them."""
TEXTS = ("question", "description", "section", "subsection", "subsubsection", "guidance", "options")
"""Fields that may come once a language."""


@dataclass(frozen=True)
class Column:
    """What stands in one column."""

    at: int
    """From 0."""
    field: str
    header: str
    language: str = ""
    """Of a translation; empty: the sheet's own."""


@dataclass
class Found:
    """A sheet with questions."""

    sheet: str
    rows: list[list[str]]
    """All of it as text, ragged."""
    header: int
    """Its row, from 0; -1 where there is none."""
    columns: list[Column] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    """Columns that are an answer each."""
    aside: list[int] = field(default_factory=list)
    stands_for: dict[int, int] = field(default_factory=dict)
    """Columns that are not in the file → those that they were made of."""

    def column(self, name: str, language: str = "") -> Column | None:
        """The column of a field."""
        return next((each for each in self.columns if each.field == name and each.language == language), None)

    def cell(self, row: int, name: str, language: str = "") -> str:
        """What stands in it."""
        column = self.column(name, language)
        return self.at(row, column.at) if column else ""

    def at(self, row: int, column: int) -> str:
        """One cell, empty beyond the end of its row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""

    @property
    def body(self) -> range:
        """The rows below the header."""
        return range(self.header + 1, len(self.rows))


def find_table(sheet: Sheet) -> Found | None:
    """The table of questions in a sheet, `None` where there is none."""
    rows = [[_text(value) for value in row] for row in islice(sheet.rows, _MOST_ROWS)]
    if not any(any(row) for row in rows):
        return None
    found = _with_header(sheet.name, rows) or _without_header(sheet.name, rows)
    if found is None:
        return None
    _translations(found)
    used = {each.at for each in found.columns} | set(found.levels)
    wide = max(len(row) for row in rows)
    found.aside = [at for at in range(wide) if at not in used and any(found.at(row, at) for row in found.body)]
    return found


def _text(value: object) -> str:
    return "" if isinstance(value, ErrorCell | NoValue) else written(value)  # type: ignore[arg-type]


def _with_header(name: str, rows: list[list[str]]) -> Found | None:
    rated = [(_rate(row), -at) for at, row in enumerate(rows[:_SEARCHED])]
    best, at = max(rated, default=(0, 0))
    if best < 2 and not _lonely(rows, -at):
        return None
    header = -at
    found = Found(name, rows, header)
    levels = _levels(rows[header])
    for place, title in enumerate(rows[header]):
        if not title or len(title) > _NAME:
            continue
        if place in levels:
            found.levels.append(place)
        elif kind := w.field_of(title):
            found.columns.append(Column(place, kind, title, w.language_named(title)))
    _one_each(found)
    return found if _ensure_question(found) else None


def _rate(row: Sequence[str]) -> int:
    named = sum(bool(w.field_of(cell)) for cell in row if cell and len(cell.split()) <= _WORDS)
    return named + len(_levels(row))


def _lonely(rows: list[list[str]], at: int) -> bool:
    """Whether a table has one column, and its name is that of questions."""
    filled = [cell for cell in rows[at] if cell]
    return len(filled) == 1 and w.field_of(filled[0]) == "question" and len(filled[0].split()) <= 2


def _levels(row: Sequence[str]) -> list[int]:
    """Columns that are an answer each: by its words, or as steps of a scale in a row."""
    known = (*w.YES, *w.NO, *w.NA, *w.MET, *w.PARTLY, *w.NOT_MET)
    words = [at for at, title in enumerate(row) if title and w.is_one_of(title.split("(")[0].strip(), known)]
    steps = [(at, int(found[1])) for at, title in enumerate(row) if (found := STEP.match(title))]
    numbers = sorted(step for _, step in steps)
    if len(steps) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        beside = [at for at in words if at not in dict(steps) and w.is_one_of(row[at], w.NA)]
        return sorted([*dict(steps), *beside])
    words = [at for at in words if not row[at].isdigit()]
    return words if len(words) > 1 else []


def _one_each(found: Found) -> None:
    """Of columns for the same field and language, the one with the most to say."""
    kept: dict[tuple[str, str], Column] = {}
    for each in found.columns:
        if each.language and each.field not in TEXTS:
            continue
        key = (each.field, each.language)
        other = kept.get(key)
        if other is not None and each.field == "question" and (code := _other_language(found, other, each)):
            kept[(each.field, code)] = Column(each.at, each.field, each.header, code)
            continue
        if other is None or (each.field in TEXTS and _length(found, each.at) > _length(found, other.at)):
            kept[key] = each
    found.columns = sorted(kept.values(), key=lambda each: each.at)
    if not any(each.language == "" for each in found.columns if each.field == "question"):
        _own(found)


def _other_language(found: Found, one: Column, other: Column) -> str:
    """The language of a second column of questions, empty where it is that of the first."""
    own, said = ([found.at(row, each.at) for row in found.body if found.at(row, each.at)] for each in (one, other))
    if not said or len(said) < _PARALLEL * len(own):
        return ""
    language = w.language_of(said)
    return language if language != w.language_of(own) else ""


def _own(found: Found) -> None:
    """Where every column of questions names a language, the first is the sheet's own."""
    first = next((each for each in found.columns if each.field == "question"), None)
    if first is not None:
        found.columns = [
            Column(each.at, each.field, each.header) if each.language == first.language else each
            for each in found.columns
        ]


def _length(found: Found, at: int) -> float:
    texts = [len(found.at(row, at)) for row in found.body if found.at(row, at)]
    return fmean(texts) if texts else 0.0


def _ensure_question(found: Found) -> bool:
    if found.column("question"):
        return True
    taken = {each.at for each in found.columns if each.field not in ("description", "section")} | set(found.levels)
    if described := found.column("description"):
        taken_at = described.at
    else:
        wide = max(len(row) for row in found.rows)
        lengths = [(_length(found, at), -at) for at in range(wide) if at not in taken]
        longest, place = max(lengths, default=(0.0, 0))
        if longest < _LONG or not _speaks(found, -place):
            return False
        taken_at = -place
    title = found.at(found.header, taken_at) if found.header >= 0 else ""
    found.columns = [each for each in found.columns if each.at != taken_at]
    found.columns.append(Column(taken_at, "question", title))
    return True


def _speaks(found: Found, at: int) -> bool:
    """Whether a column that nobody named holds sentences, and what is beside it is what stands beside questions."""
    texts = [text for row in found.body if (text := found.at(row, at))]
    sentences = sum(len(text.split()) >= _SENTENCE for text in texts)
    wide = max(len(row) for row in found.rows)
    known = len(found.columns) + len(found.levels)
    return sentences >= _PARALLEL * len(texts) and (wide <= _NARROW or known * 2 >= wide)


def _without_header(name: str, rows: list[list[str]]) -> Found | None:
    """Told by what stands in the columns: the longest texts are questions, lists are answers."""
    found = Found(name, rows, -1)
    wide = max(len(row) for row in rows)
    for at in range(wide):
        cells = [found.at(row, at) for row in found.body if found.at(row, at)]
        kinds = [answers_of(cell).kind for cell in cells]
        listed = sum(kind in ("yes_no", "choice", "scale") for kind in kinds)
        if cells and listed > len(cells) / 2 and not all(cell.isdigit() for cell in cells):
            found.columns.append(Column(at, "options", ""))
            break
    return found if len(rows) > 1 and _ensure_question(found) else None


def _translations(found: Found) -> None:
    """Columns that say nothing of themselves, and run beside the questions in another script."""
    question = found.column("question")
    if question is None:
        return
    script = w.script_of(" ".join(found.at(row, question.at) for row in found.body))
    for at in range(max(len(row) for row in found.rows)):
        known = next((each for each in found.columns if each.at == at), None)
        if at in found.levels or (known is not None and known.field not in ("question", "description")):
            continue
        if known is not None and (known.at == question.at or known.language):
            continue
        pairs = [(found.at(row, question.at), found.at(row, at)) for row in found.body]
        asked = [other for own, other in pairs if own]
        said = [other for other in asked if other]
        if not said or len(said) < _PARALLEL * len(asked) or fmean(map(len, said)) < _LONG:
            continue
        if w.script_of(" ".join(said)) not in ("", script):
            found.columns = [each for each in found.columns if each.at != at]
            title = found.at(found.header, at) if found.header >= 0 else ""
            found.columns.append(Column(at, "question", title, w.language_of(said)))


def own_texts(found: Found) -> Iterator[str]:
    """The questions in the sheet's own language."""
    return (text for row in found.body if (text := found.cell(row, "question")))
