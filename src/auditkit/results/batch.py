"""Rows on their way from the workers to DuckDB: a csv file a table, which any text survives."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Self

from auditkit.results.columns import TABLES
from auditkit.results.rows import Row, Rows

if TYPE_CHECKING:
    from auditkit.results.engine import Tables


def as_csv(rows: Iterable[Row]) -> str:
    """Rows as csv; `None` and '' are both an empty field, which the column's type tells apart."""
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    text = out.getvalue()
    return text.replace("\0", "\ufffd") if "\0" in text else text


class Batch:
    """A folder with one csv file a table, written by one process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        # Lone surrogates, which a damaged file may hold, cannot be written as UTF-8.
        self._files = {
            table.name: (folder / f"{table.name}.csv").open("w", encoding="utf-8", errors="replace", newline="")
            for table in TABLES
        }

    def add(self, texts: Mapping[str, str]) -> None:
        """Csv text by table, see `as_csv`."""
        for table, text in texts.items():
            self._files[table].write(text)

    def close(self) -> None:
        """Everything is on disk after this."""
        for file in self._files.values():
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def in_memory(rows: Iterable[Rows], problems: Iterable[Row], fates: Iterable[tuple[str, str, str]]) -> Tables:
    """The tables of a few submissions, without any file that stays. `fates`: key, fate, reason."""
    from tempfile import TemporaryDirectory

    from auditkit.results.engine import open_batch

    with TemporaryDirectory(prefix="auditkit-") as name:
        folder = Path(name)
        with Batch(folder) as batch:
            for each in rows:
                batch.add(texts_of(each))
            batch.add({"problems": as_csv(problems)})
        write_fates(folder, fates)
        return open_batch(folder)


def texts_of(rows: Rows) -> dict[str, str]:
    """Csv text by table."""
    return {table: as_csv(part) for table, part in zip(Rows._fields, rows, strict=True) if part}


def joined(parts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Csv text by table of many submissions as one."""
    texts: dict[str, list[str]] = {}
    for part in parts:
        for table, text in part.items():
            texts.setdefault(table, []).append(text)
    return {table: "".join(each) for table, each in texts.items()}


def write_fates(folder: Path, fates: Iterable[tuple[str, str, str]]) -> None:
    """What the whole wave decided, beside the batch."""
    (folder / "fates.csv").write_text(as_csv(fates), encoding="utf-8", errors="replace", newline="")
