"""The tables of a programme on disk: Parquet by wave under content hashes, and the manifest that names them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.results.columns import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from auditkit.results.engine import Tables

FORMAT = 1
"""Of the manifest and the columns; results of another format are reckoned anew."""
_ORDER = {
    "visits": "branch, key",
    "sections": "branch, key, kind DESC, section",
    "items": "branch, key, place",
    "problems": "file, key, code, place, value, params",
}
_ROWS = 20_480
"""In a row group: a few branches, so that asking for one reads little."""
_PART = 100_000
"""Rows sorted at a time and put into one file; whole branches, so a file may be larger."""


class Store:
    """One folder of Parquet files with its manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waves = self._read()
        """Wave → table → file names."""

    def _read(self) -> dict[str, dict[str, list[str]]]:
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
            waves: dict[str, dict[str, list[str]]] = manifest["waves"] if manifest["format"] == FORMAT else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return {wave: files for wave, files in waves.items() if self._whole(files)}

    def _whole(self, files: Mapping[str, list[str]]) -> bool:
        names = [name for table in TABLES for name in files.get(table.name, ["?"])]
        return all((self.folder / name).is_file() for name in names)

    def update(self, wave: str, batch: Path) -> None:
        """Replace what a batch brings anew; rows that its `fates.csv` does not name any more are dropped."""
        from auditkit.results.engine import connect

        self.folder.mkdir(parents=True, exist_ok=True)
        # On disk, not in memory: a batch may be larger than what a run may hold.
        connection = connect(batch, batch / "work.duckdb")
        try:
            for statement in _sources(self.folder, self.waves.get(wave, {}), batch):
                connection.execute(statement)
            self.waves[wave] = {table.name: self._written(connection, table.name) for table in TABLES}
        finally:
            connection.close()

    def _written(self, connection: DuckDBPyConnection, table: str) -> list[str]:
        names = []
        for condition in _parts(connection, table):
            part = self.folder / f"{table}.part"
            connection.execute(_copy(table, condition, part))
            names.append(self._take(table, part))
        return names

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
        part = self.folder / "manifest.json.part"
        part.write_text(json.dumps({"format": FORMAT, "waves": self.waves}, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(part, self.folder / "manifest.json")  # noqa: PTH105  atomic
        named = {name for files in self.waves.values() for names in files.values() for name in names}
        for path in self.folder.glob("*.parquet"):
            if path.name not in named:
                path.unlink(missing_ok=True)

    def files(self, waves: Iterable[str]) -> dict[str, list[Path]]:
        """Table → its files for these waves."""
        there = [self.waves[wave] for wave in waves if wave in self.waves]
        return {table.name: [self.folder / name for files in there for name in files[table.name]] for table in TABLES}

    def open(self, waves: Iterable[str]) -> Tables:
        """The tables of these waves."""
        from auditkit.results.engine import open_parquet

        return open_parquet(self.files(waves))


def _sources(folder: Path, before: Mapping[str, list[str]], batch: Path) -> Iterable[str]:
    """SQL that makes `new_TABLE` for every table out of the batch and what stays of the wave before it."""
    from auditkit.results.engine import csv_source, fates_source, parquet_source

    yield f"CREATE TABLE fates AS SELECT * FROM {fates_source(batch / 'fates.csv')}"
    for table in TABLES:
        yield f"CREATE TABLE fresh_{table.name} AS SELECT * FROM {csv_source(table, batch / f'{table.name}.csv')}"  # noqa: S608
        old = parquet_source(table, [folder / name for name in before.get(table.name, ())])
        yield f"CREATE VIEW old_{table.name} AS SELECT * FROM {old}"  # noqa: S608  our own names and quoted paths
    yield "CREATE TABLE there AS SELECT file FROM fresh_visits UNION SELECT file FROM old_visits SEMI JOIN fates USING (key)"
    stays = "SEMI JOIN fates USING (key) ANTI JOIN fresh_visits USING (key)"
    yield (
        f"CREATE VIEW new_visits AS SELECT v.*, f.fate, f.reason FROM (SELECT * FROM fresh_visits UNION ALL "  # noqa: S608
        f"SELECT * EXCLUDE (fate, reason) FROM old_visits {stays}) v JOIN fates f USING (key)"
    )
    for name in ("sections", "items"):
        yield f"CREATE VIEW new_{name} AS SELECT * FROM fresh_{name} UNION ALL SELECT * FROM old_{name} {stays}"  # noqa: S608
    yield (
        "CREATE VIEW new_problems AS SELECT * FROM fresh_problems UNION ALL "
        "SELECT * FROM old_problems SEMI JOIN there USING (file) ANTI JOIN fresh_visits USING (file)"
    )


def _parts(connection: DuckDBPyConnection, table: str) -> Iterable[str]:
    """Conditions that cut a table into runs of branches, each small enough to be sorted in little memory."""
    from auditkit.results.engine import quoted

    if table == "problems":
        return ["true"]
    counts = connection.execute(f"SELECT branch, count(*) FROM new_{table} GROUP BY branch ORDER BY branch").fetchall()  # noqa: S608
    runs: list[list[str]] = []
    held = _PART
    for branch, n in counts:
        if held + n > _PART:
            runs.append([])
            held = 0
        runs[-1].append(branch)
        held += n
    return [f"branch BETWEEN {quoted(run[0])} AND {quoted(run[-1])}" for run in runs] or ["true"]


def _copy(table: str, condition: str, path: Path) -> str:
    from auditkit.results.engine import quoted

    return (
        f"COPY (SELECT * FROM new_{table} WHERE {condition} ORDER BY {_ORDER[table]}) TO {quoted(path)} "  # noqa: S608
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS})"
    )
