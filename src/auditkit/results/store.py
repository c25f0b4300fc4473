"""The tables of a programme on disk: Parquet by wave under content hashes, and the manifest that names them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditkit.results.batch import Piece, pieces_of
from auditkit.results.columns import ITEMS, TABLES, Table
from auditkit.whole import write_whole

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from auditkit.results.engine import Tables

FORMAT = 2
"""Of the manifest and the columns; results of another format are reckoned anew."""
ORDER = {
    "visits": "branch, key",
    "sections": "branch, key, kind DESC, section",
    "items": "branch, key, place",
    "problems": "file, key, code, place, value, params",
}
_ROWS = 20_480
"""In a row group: a few branches, so that asking for one reads little."""
_PART = 25_000
"""Rows sorted at a time and put into one file; whole branches, so a file may be larger. A file whose branches got
nothing new stays as it is."""


class Part(NamedTuple):
    """One file with the rows of some branches: from `first` up to the next part's."""

    file: str
    first: str = ""


class Store:
    """One folder of Parquet files with its manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waves = self._read()
        """Wave → table → its files, by branch."""

    def reload(self) -> None:
        """Another process wrote."""
        self.waves = self._read()

    def _read(self) -> dict[str, dict[str, list[Part]]]:
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
            if manifest["format"] != FORMAT:
                return {}
            waves = {
                wave: {table: [Part(*part) for part in parts] for table, parts in tables.items()}
                for wave, tables in manifest["waves"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
        return {wave: tables for wave, tables in waves.items() if self._whole(tables)}

    def _whole(self, tables: Mapping[str, list[Part]]) -> bool:
        names = [part.file for table in TABLES for part in tables.get(table.name, [Part("?")])]
        return all((self.folder / name).is_file() for name in names)

    def update(self, wave: str, batch: Path) -> None:
        """Replace what a batch brings anew; rows that its `fates.csv` does not name any more are dropped."""
        from auditkit.results.engine import connect, rows_of

        self.folder.mkdir(parents=True, exist_ok=True)
        before = self.waves.get(wave, {})
        pieces = pieces_of(batch)
        # In several files the items of a wave that had none are sorted as they come, file by file.
        several = len(pieces) > 1 and not before
        # A batch may be larger than what a run may hold; a small one is faster without a file.
        large = _weight(batch, [] if several else pieces) > _LARGE
        connection = connect(batch, batch / "work.duckdb" if large else None)
        try:
            for statement in _sources(self.folder, before, batch, [] if several else pieces):
                rows_of(connection, statement)
            moved = [branch for (branch,) in rows_of(connection, _MOVED)]
            written = {
                table.name: list(self._written(connection, table, before.get(table.name, []), moved))
                for table in TABLES
            }
            if several:
                written["items"] = list(self._sorted(connection, pieces))
            self.waves[wave] = written
        finally:
            connection.close()

    def _sorted(self, connection: DuckDBPyConnection, pieces: Iterable[Piece]) -> Iterator[Part]:
        from auditkit.results.engine import csv_source

        filled = [piece for piece in pieces if piece.path.stat().st_size]
        for at, piece in enumerate(filled):
            rows = f"SELECT * FROM {csv_source(ITEMS, piece.path)}"  # noqa: S608
            # What comes later about any branch before the first that is there belongs to the first part.
            yield self._copy(connection, ITEMS, rows, piece.first if at else "")

    def _written(
        self, connection: DuckDBPyConnection, table: Table, before: list[Part], moved: list[str]
    ) -> Iterator[Part]:
        if table.name in ("visits", "problems"):
            # Fates may move anywhere in a wave, and these are small.
            yield self._copy(connection, table, f"SELECT * FROM new_{table.name}", "")  # noqa: S608
            return
        for at, part in enumerate(before):
            end = before[at + 1].first if at + 1 < len(before) else None
            if any(part.first <= branch and (end is None or branch < end) for branch in moved):
                yield from self._runs(connection, table, part, end)
            else:
                yield part
        if not before:
            yield from self._runs(connection, table, Part(""), None)

    def _runs(self, connection: DuckDBPyConnection, table: Table, part: Part, end: str | None) -> Iterator[Part]:
        """What a part becomes: one file, or several where it grew."""
        from auditkit.results.engine import parquet_source, quoted, rows_of

        old = parquet_source(table, [self.folder / part.file] if part.file else [])
        until = "" if end is None else f" AND branch < {quoted(end)}"
        rows = (
            f"(SELECT * FROM fresh_{table.name} WHERE branch >= {quoted(part.first)}{until} "  # noqa: S608
            f"UNION ALL SELECT * FROM {old} {_STAYS})"
        )
        counts = f"SELECT branch, count(*) FROM {rows} GROUP BY branch ORDER BY branch"  # noqa: S608
        for at, run in enumerate(_cut(rows_of(connection, counts))):
            between = f"branch BETWEEN {quoted(run[0])} AND {quoted(run[-1])}"
            first = part.first if at == 0 else run[0]
            yield self._copy(connection, table, f"SELECT * FROM {rows} WHERE {between}", first)  # noqa: S608

    def _copy(self, connection: DuckDBPyConnection, table: Table, rows: str, first: str) -> Part:
        from auditkit.results.engine import quoted, rows_of

        path = self.folder / f"{table.name}.part"
        rows_of(
            connection,
            f"COPY ({rows} ORDER BY {ORDER[table.name]}) TO {quoted(path)} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS})",
        )
        return Part(self._take(table.name, path), first)

    def _take(self, table: str, part: Path) -> str:
        """Give a new file the name of its content."""
        with part.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        name = f"{table}-{digest[:24]}.parquet"
        os.replace(part, self.folder / name)  # noqa: PTH105  atomic on every system, over a file that is there too
        return name

    def drop(self, wave: str) -> None:
        """A wave whose files are all gone."""
        self.waves.pop(wave, None)

    def commit(self) -> None:
        """From here on the new files count; those that nobody names any more are deleted."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"format": FORMAT, "waves": self.waves}, indent=1, sort_keys=True)
        write_whole(self.folder / "manifest.json", text.encode())
        named = {part.file for tables in self.waves.values() for parts in tables.values() for part in parts}
        for path in self.folder.glob("*.parquet"):
            if path.name not in named:
                path.unlink(missing_ok=True)

    def files(self, waves: Iterable[str]) -> dict[str, list[Path]]:
        """Table → its files for these waves."""
        there = [self.waves[wave] for wave in waves if wave in self.waves]
        return {
            table.name: [self.folder / part.file for tables in there for part in tables[table.name]] for table in TABLES
        }

    def open(self, waves: Iterable[str]) -> Tables:
        """The tables of these waves."""
        from auditkit.results.engine import open_parquet

        return open_parquet(self.files(waves))


_STAYS = "SEMI JOIN fates USING (key) ANTI JOIN fresh_visits USING (key)"
_MOVED = (
    "SELECT branch FROM fresh_visits UNION SELECT branch FROM (SELECT key, branch FROM old_visits "
    "EXCEPT SELECT key, branch FROM old_visits SEMI JOIN fates USING (key) ANTI JOIN fresh_visits USING (key))"
)
"""Branches that something came in about, or went away from."""
_LARGE = 8_000_000
"""Bytes of a batch from which on it is worked on in a file."""


def _weight(batch: Path, pieces: Iterable[Piece]) -> int:
    """Bytes of what is held as tables."""
    return sum(path.stat().st_size for path in (*(batch / f"{name}.csv" for name in _WHOLE), *(p.path for p in pieces)))


_WHOLE = ("visits", "sections", "problems")
"""Tables of which a batch has one file."""


def _sources(folder: Path, before: Mapping[str, list[Part]], batch: Path, pieces: Iterable[Piece]) -> Iterator[str]:
    """SQL that makes out of the batch, and of what stays of the wave before it, what is written whole."""
    from auditkit.results.engine import csv_source, fates_source, parquet_source

    yield f"CREATE TABLE fates AS SELECT * FROM {fates_source(batch / 'fates.csv')}"  # noqa: S608
    for table in TABLES:
        paths = [batch / f"{table.name}.csv"] if table is not ITEMS else [piece.path for piece in pieces]
        fresh = csv_source(table, *paths) if paths else parquet_source(table, [])
        yield f"CREATE TABLE fresh_{table.name} AS SELECT * FROM {fresh}"  # noqa: S608  our own names and quoted paths
    for table in TABLES:
        old = parquet_source(table, [folder / part.file for part in before.get(table.name, ())])
        yield f"CREATE VIEW old_{table.name} AS SELECT * FROM {old}"  # noqa: S608  our own names and quoted paths
    yield (
        "CREATE TABLE there AS SELECT file FROM fresh_visits UNION "
        "SELECT file FROM old_visits SEMI JOIN fates USING (key)"
    )
    yield (
        f"CREATE VIEW new_visits AS SELECT v.*, f.fate, f.reason FROM (SELECT * FROM fresh_visits UNION ALL "  # noqa: S608
        f"SELECT * EXCLUDE (fate, reason) FROM old_visits {_STAYS}) v JOIN fates f USING (key)"
    )
    yield (
        "CREATE VIEW new_problems AS SELECT * FROM fresh_problems UNION ALL "
        "SELECT * FROM old_problems SEMI JOIN there USING (file) ANTI JOIN fresh_visits USING (file)"
    )


def _cut(counts: Iterable[tuple[str, int]]) -> list[list[str]]:
    """Branches with their rows, in order, cut into runs that can be sorted in little memory."""
    runs: list[list[str]] = []
    held = _PART
    for branch, n in counts:
        if held + n > _PART:
            runs.append([])
            held = 0
        runs[-1].append(branch)
        held += n
    return runs
