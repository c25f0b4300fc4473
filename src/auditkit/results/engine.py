"""DuckDB in memory, held small: tables out of csv batches, views over Parquet."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from auditkit.results.columns import TABLES, UNDECIDED, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "48MB"
MORE = ("256MB", "2GB", "16GB")
"""What a statement gets, one after the other, that had too little: slower than a run that is out of memory."""
_LONGEST_LINE = 4_000_000
_FETCH = 4096


class Tables:
    """The four tables of some waves, ready to be asked."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def ask(self, sql: str, params: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of one question, a few thousand at a time."""
        cursor = self._connection.cursor()
        try:
            rows = rows_of(cursor, sql, params, _FETCH)
            while rows:
                yield from rows
                rows = cursor.fetchmany(_FETCH)
        finally:
            cursor.close()

    def close(self) -> None:
        """Let go of memory and files."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(spill: Path | None = None, database: Path | None = None) -> DuckDBPyConnection:
    """A database of its own, in memory unless a file is named; what does not fit goes into the folder `spill`."""
    import duckdb

    connection = duckdb.connect(str(database or ":memory:"), config={"threads": 1})
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute("SET preserve_insertion_order = false")
    if spill is not None:
        connection.execute(f"SET temp_directory = {quoted(spill)}")
    return connection


def rows_of(
    connection: DuckDBPyConnection, sql: str, params: Mapping[str, Any] | None = None, most: int = -1
) -> list[tuple[Any, ...]]:
    """The first rows of a statement (all of them below 0); where the memory does not suffice, it is run with more."""
    import duckdb

    def rows() -> list[tuple[Any, ...]]:
        asked = connection.execute(sql, dict(params or {}))
        return asked.fetchall() if most < 0 else asked.fetchmany(most)

    for more in MORE:
        try:
            return rows()
        except duckdb.OutOfMemoryException:
            connection.execute(f"SET memory_limit = '{more}'")
        except duckdb.IOException as refused:
            # A full disk, a file that is gone: what every other writer says of it too.
            raise OSError(errno.EIO, " ".join(str(refused).split())) from refused
    return rows()


def quoted(text: object) -> str:
    """A text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def csv_source(table: Table, *paths: Path) -> str:
    """SQL that reads a batch's csv with the declared types; `visits` there lacks fate and reason."""
    types = {name: type_ for name, type_ in table.types.items() if not (table.name == "visits" and name in UNDECIDED)}
    columns = ", ".join(f"{quoted(name)}: {quoted(type_)}" for name, type_ in types.items())
    texts = ", ".join(quoted(name) for name, type_ in types.items() if type_ == "VARCHAR")
    return (
        f"read_csv([{', '.join(map(quoted, paths))}], auto_detect = false, header = false, delim = ',', quote = '\"', "
        f"escape = '\"', new_line = '\\r\\n', parallel = false, max_line_size = {_LONGEST_LINE}, "
        f"buffer_size = {2 * _LONGEST_LINE}, columns = {{{columns}}}, force_not_null = [{texts}])"
    )


def fates_source(path: Path) -> str:
    """SQL that reads a csv of key, fate, reason."""
    return (
        f"read_csv({quoted(path)}, auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', "
        "new_line = '\\r\\n', parallel = false, columns = {'key': 'VARCHAR', 'fate': 'VARCHAR', 'reason': 'VARCHAR'}, "
        "force_not_null = ['key', 'fate', 'reason'])"
    )


def open_parquet(files: Mapping[str, Sequence[Path]]) -> Tables:
    """The tables over Parquet files by table; nothing is read before it is asked for."""
    connection = connect()
    for table in TABLES:
        source = parquet_source(table, files.get(table.name, ()))
        connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM {source}")  # noqa: S608  our own names and quoted paths
    return Tables(connection)


def open_batch(folder: Path) -> Tables:
    """The tables of one batch with its `fates.csv`, held in memory."""
    connection = connect()
    for table in TABLES:
        source = csv_source(table, folder / f"{table.name}.csv")
        if table.name == "visits":
            source = f"{source} AS batch JOIN {fates_source(folder / 'fates.csv')} AS fates USING (key)"
        rows_of(connection, f"CREATE TABLE {table.name} AS SELECT * FROM {source}")  # noqa: S608  our own names and quoted paths
    return Tables(connection)


def parquet_source(table: Table, files: Sequence[Path]) -> str:
    """SQL that reads these files; no files are a table without rows."""
    if files:
        return f"read_parquet([{', '.join(quoted(path) for path in files)}])"
    columns = ", ".join(f"NULL::{type_} AS {name}" for name, type_ in table.types.items())
    return f"(SELECT {columns} WHERE false)"
