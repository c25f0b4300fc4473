"""Rows on their way from the workers to DuckDB: a csv file a table, which any text survives."""

from __future__ import annotations

import csv
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, TextIO

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


class Piece(NamedTuple):
    """A file of a batch with the items of the branches from `first` up to the next file's."""

    path: Path
    first: str = ""


def pieces_of(folder: Path) -> list[Piece]:
    """The files with the items of a batch, by branch."""
    cuts = json.loads((folder / _CUTS).read_text(encoding="utf-8"))
    return [Piece(_items_file(folder, at), first) for at, first in enumerate(("", *cuts))]


_CUTS = "cuts.json"


def _items_file(folder: Path, at: int) -> Path:
    return folder / (f"items-{at}.csv" if at else "items.csv")


def _opened(path: Path) -> TextIO:
    # Lone surrogates, which a damaged file may hold, cannot be written as UTF-8.
    return path.open("w", encoding="utf-8", errors="replace", newline="")


class Batch:
    """A folder with one csv file a table, written by one process; the items of a large one in several.

    `cuts`: branches in order; the items of those from each of them on go into the next file. Whoever sorts the rows
    then has as many as fit into the memory at a time.
    """

    def __init__(self, folder: Path, cuts: Sequence[str] = ()) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._cuts = cuts
        self._files = {table.name: _opened(folder / f"{table.name}.csv") for table in TABLES}
        further = (_opened(_items_file(folder, at)) for at in range(1, len(cuts) + 1))
        self._items = [self._files["items"], *further]
        (folder / _CUTS).write_text(json.dumps(list(cuts)), encoding="utf-8")

    def add(self, texts: Mapping[str, str], items: Mapping[str, str] = {}) -> None:
        """Csv text by table, see `as_csv`; that of items also by branch."""
        for table, text in texts.items():
            self._files[table].write(text)
        for branch, text in items.items():
            self._items[bisect_right(self._cuts, branch)].write(text)

    def close(self) -> None:
        """Everything is on disk after this."""
        for file in (*self._files.values(), *self._items):
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
