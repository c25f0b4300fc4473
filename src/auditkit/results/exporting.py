"""The tidy tables as files for other programs, written by DuckDB; every text and every exact number as it stands."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditkit.results.columns import TABLES, Table
from auditkit.results.engine import connect, parquet_source, quoted, rows_of
from auditkit.results.store import ORDER, Store
from auditkit.whole import whole

FILES = {
    "csv": "(FORMAT csv, HEADER)",
    "parquet": "(FORMAT parquet, COMPRESSION zstd)",
    "json": "(FORMAT json, ARRAY true)",
}
"""Forms with a file a table, and how DuckDB is asked for them."""
_BOM = b"\xef\xbb\xbf"


def write_files(store: Store, waves: Sequence[str], folder: Path, form: str) -> list[Path]:
    """`visits.csv`, `sections.csv` …, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    connection = connect(folder)
    try:
        for table in TABLES:
            path = folder / f"{table.name}.{form}"
            rows = _select(store, waves, table, guarded=form == "csv")
            with whole(path) as part:
                rows_of(connection, f"COPY ({rows}) TO {quoted(part)} {FILES[form]}")
                if form == "csv":
                    _marked(part)
            written.append(path)
    finally:
        connection.close()
    return written


def write_database(store: Store, waves: Sequence[str], path: Path) -> None:
    """One DuckDB file; what each table and column holds is its comment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as part:
        part.unlink(missing_ok=True)
        connection = connect(path.parent, part)
        try:
            for table in TABLES:
                rows_of(connection, f"CREATE TABLE {table.name} AS {_select(store, waves, table)}")
                rows_of(connection, f"COMMENT ON TABLE {table.name} IS {quoted(table.doc)}")
                for column in table.columns:
                    rows_of(connection, f'COMMENT ON COLUMN {table.name}."{column.name}" IS {quoted(column.doc)}')
        finally:
            connection.close()


def counts(store: Store, waves: Sequence[str]) -> dict[str, int]:
    """Table → rows."""
    connection = connect()
    try:
        found = {}
        for table in TABLES:
            ((found[table.name],),) = rows_of(connection, f"SELECT count(*) FROM {_source(store, waves, table)}")  # noqa: S608
        return found
    finally:
        connection.close()


def rows(store: Store, waves: Sequence[str], table: Table) -> Iterator[tuple[object, ...]]:
    """The rows of a table, a few thousand at a time."""
    connection = connect()
    try:
        asked = connection.execute(_select(store, waves, table))
        while found := asked.fetchmany(4096):
            yield from found
    finally:
        connection.close()


def _select(store: Store, waves: Sequence[str], table: Table, *, guarded: bool = False) -> str:
    columns = ", ".join(_column(name, type_, guarded=guarded) for name, type_ in table.types.items())
    order = f"wave, {ORDER[table.name]}"
    return f"SELECT {columns} FROM {_source(store, waves, table)} ORDER BY {order}"  # noqa: S608  our own names


def _column(name: str, type_: str, *, guarded: bool) -> str:
    if not guarded or type_ != "VARCHAR":
        return f'"{name}"'
    # What a spreadsheet would take for a formula, typed by somebody into a form.
    return (
        f"""CASE WHEN regexp_matches("{name}", '^[=+@\\t\\r-]') THEN '''' || "{name}" ELSE "{name}" END AS "{name}\""""
    )


def _source(store: Store, waves: Sequence[str], table: Table) -> str:
    return parquet_source(table, store.files(waves).get(table.name, ()))


def _marked(path: Path) -> None:
    """With the mark by which Excel knows a csv as UTF-8."""
    other = path.with_name(path.name + "2")
    with path.open("rb") as source, other.open("wb") as target:
        target.write(_BOM)
        shutil.copyfileobj(source, target, 1 << 20)
    os.replace(other, path)  # noqa: PTH105  atomic on every system
