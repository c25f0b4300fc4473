"""The tidy tables as files for other programs, written by DuckDB; every text and every exact number as it stands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditkit.guarded import FORMULA
from auditkit.model.past import NO_PAST, Past
from auditkit.model.people import NOBODY, Stays
from auditkit.results.columns import EXPORTED, HISTORY, VISITS, Table
from auditkit.results.engine import connect, parquet_source, quoted, rows_of
from auditkit.results.store import ORDER, Store
from auditkit.whole import whole

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILES = {
    "csv": "(FORMAT csv, HEADER)",
    "parquet": "(FORMAT parquet, COMPRESSION zstd)",
    "json": "(FORMAT json, ARRAY true)",
}
"""Forms with a file a table, and how DuckDB is asked for them."""
_BOM = b"\xef\xbb\xbf"
_PIECE = 500
"""Rows of a statement that fills a table."""


class Handed(NamedTuple):
    """What is handed on: the results of some waves, and what the programme's other files say of them."""

    store: Store
    waves: Sequence[str]
    managers: Stays = NOBODY
    past: Past = NO_PAST


def write_files(handed: Handed, folder: Path, form: str) -> list[Path]:
    """`visits.csv`, `sections.csv` …, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    connection = connect(folder)
    try:
        _beside(connection, handed)
        for table in EXPORTED:
            path = folder / f"{table.name}.{form}"
            rows = _select(handed, table, guarded=form == "csv")
            with whole(path) as part:
                rows_of(connection, f"COPY ({rows}) TO {quoted(part)} {FILES[form]}")
                if form == "csv":
                    _marked(part)
            written.append(path)
    finally:
        connection.close()
    return written


def write_database(handed: Handed, path: Path) -> None:
    """One DuckDB file; what each table and column holds is its comment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as part:
        part.unlink(missing_ok=True)
        connection = connect(path.parent, part)
        try:
            _beside(connection, handed)
            for table in EXPORTED:
                rows_of(connection, f"CREATE TABLE {table.name} AS {_select(handed, table)}")
                rows_of(connection, f"COMMENT ON TABLE {table.name} IS {quoted(table.doc)}")
                for column in table.columns:
                    rows_of(connection, f'COMMENT ON COLUMN {table.name}."{column.name}" IS {quoted(column.doc)}')
        finally:
            connection.close()


def counts(handed: Handed) -> dict[str, int]:
    """Table → rows."""
    connection = connect()
    try:
        _beside(connection, handed)
        found = {}
        for table in EXPORTED:
            ((found[table.name],),) = rows_of(connection, f"SELECT count(*) FROM {_source(handed, table)}")  # noqa: S608
        return found
    finally:
        connection.close()


def rows(handed: Handed, table: Table) -> Iterator[tuple[object, ...]]:
    """The rows of a table, a few thousand at a time."""
    connection = connect()
    try:
        _beside(connection, handed)
        asked = connection.execute(_select(handed, table))
        while found := asked.fetchmany(4096):
            yield from found
    finally:
        connection.close()


def _select(handed: Handed, table: Table, *, guarded: bool = False) -> str:
    columns = ", ".join(_column(name, type_, guarded=guarded) for name, type_ in table.types.items())
    order = "place, branch, checklist" if table is HISTORY else f"wave, {ORDER[table.name]}"
    return f"SELECT {columns} FROM {_source(handed, table)} ORDER BY {order}"  # noqa: S608  our own names


def _column(name: str, type_: str, *, guarded: bool) -> str:
    if not guarded or type_ != "VARCHAR":
        return f'"{name}"'
    # What a spreadsheet would take for a formula, typed by somebody into a form.
    risky = f'regexp_matches("{name}", {quoted(FORMULA)})'
    return f"""CASE WHEN {risky} THEN '''' || "{name}" ELSE "{name}" END AS "{name}\""""


def _source(handed: Handed, table: Table) -> str:
    if table is HISTORY:
        return "past"
    stored = VISITS if table.name == VISITS.name else table
    source = parquet_source(stored, handed.store.files(handed.waves).get(table.name, ()))
    if stored is table:
        return source
    # Reckoned here and not when a visit is scored: whoever corrects managers.csv need not score anything again.
    return (
        f"(SELECT v.*, coalesce(m.code, '') AS manager FROM {source} v "  # noqa: S608  our own names
        "LEFT JOIN managed m ON v.branch = m.branch AND v.date BETWEEN m.first AND m.last)"
    )


def _beside(connection: DuckDBPyConnection, handed: Handed) -> None:
    """Tables of this connection alone with what comes from other files."""
    connection.execute("CREATE TEMP TABLE managed (branch VARCHAR, first DATE, last DATE, code VARCHAR)")
    _fill(connection, "managed", [(each.branch, each.first, each.last, each.code) for each in handed.managers.spans()])
    columns = ", ".join(f"{name} {type_}" for name, type_ in HISTORY.types.items())
    connection.execute(f"CREATE TEMP TABLE past ({columns})")
    place = {wave: at for at, wave in enumerate(handed.past.waves, 1)}
    _fill(connection, "past", [
        (place[each.wave], each.wave, each.branch, each.checklist, each.score, each.n) for each in handed.past.every
    ])  # fmt: skip


def _fill(connection: DuckDBPyConnection, table: str, lines: Sequence[Sequence[object]]) -> None:
    for at in range(0, len(lines), _PIECE):
        values = (f"({', '.join(map(_literal, line))})" for line in lines[at : at + _PIECE])
        connection.execute(f"INSERT INTO {table} VALUES {', '.join(values)}")  # noqa: S608  quoted


def _literal(value: object) -> str:
    return "NULL" if value is None else quoted(value)


def _marked(path: Path) -> None:
    """With the mark by which Excel knows a csv as UTF-8."""
    with whole(path) as part, path.open("rb") as source, part.open("wb") as target:
        target.write(_BOM)
        shutil.copyfileobj(source, target, 1 << 20)
