"""Workbooks through openpyxl, in a child process with a time limit: for files that the fast reader must not touch."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from datetime import datetime, time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from auditkit.tables.table import CellValue, ErrorCell, Limits, NoValue, Row, Sheet

Cells = dict[tuple[int, int], Any]
"""openpyxl's cells by (row, column)."""


class Failed(Exception):  # noqa: N818  a verdict, not an error of ours
    """It could not be read; `reason` is `damaged`, `timeout` or `too_big`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_careful(path: Path, limits: Limits, *, formulas: bool = True) -> tuple[Sheet, ...]:
    """The sheets, all read; `formulas`: the workbook may hold some. Raises `Failed` only."""
    forks = sys.platform.startswith("linux") and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    reader, writer = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(str(path), limits, formulas, writer))  # type: ignore[attr-defined]
    child.start()
    writer.close()
    try:
        if not reader.poll(limits.seconds):
            raise Failed("timeout")
        answer = reader.recv()
    except (EOFError, OSError):
        raise Failed("damaged") from None
    finally:
        child.kill()
        child.join()
        reader.close()
    if isinstance(answer, str):
        raise Failed(answer)
    return tuple(Sheet(name, rows, hidden=hidden) for name, hidden, rows in answer)


def _child(path: str, limits: Limits, formulas: bool, writer: Connection) -> None:  # noqa: FBT001  a process's argument
    # Ctrl-C is for the process that waits for us, and that ends us then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer: object = _read(path, limits, formulas=formulas)
    except Failed as failed:
        answer = failed.reason
    except Exception:  # noqa: BLE001  public files make openpyxl fail with ten different exceptions
        answer = "damaged"
    writer.send(answer)
    writer.close()


def _read(path: str, limits: Limits, *, formulas: bool) -> list[tuple[str, bool, list[Row]]]:
    import warnings

    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    workbook = load_workbook(path, data_only=True, keep_links=False)
    left = limits.filled_cells
    found: list[tuple[str, bool, Cells]] = []
    for sheet in workbook.worksheets:
        cells: Cells = sheet._cells  # noqa: SLF001  only the cells that exist: iter_rows walks to the farthest corner
        left -= len(cells)
        if left < 0:
            raise Failed("too_big")
        found.append((sheet.title, sheet.sheet_state != "visible", cells))
    typed = load_workbook(path, keep_links=False).worksheets if formulas else ()
    without = [_valueless(cells, sheet._cells) for (_, _, cells), sheet in zip(found, typed, strict=False)]  # noqa: SLF001
    without += [[] for _ in found[len(without) :]]
    return [(name, hidden, _rows(cells, odd)) for (name, hidden, cells), odd in zip(found, without, strict=True)]


def _valueless(values: Cells, typed: Cells) -> list[tuple[int, int]]:
    """Formulas without a stored value, which are blank where values are read; a stored empty text is a value."""
    return [
        place
        for place, cell in typed.items()
        if cell.data_type == "f" and values[place].value is None and values[place].data_type != "str"
    ]


def _value(cell: Any) -> CellValue:
    """A cell as the other reader gives it: a moment at midnight is a date."""
    value: CellValue = cell.value
    if cell.data_type == "e":
        return ErrorCell(value)
    return value.date() if isinstance(value, datetime) and value.time() == time() else value


def _rows(cells: Cells, valueless: list[tuple[int, int]]) -> list[Row]:
    filled = {place: _value(cell) for place, cell in cells.items() if cell.value is not None}
    filled |= dict.fromkeys(valueless, NoValue(""))
    nothing: Row = []
    rows: list[Row] = [nothing] * max((row for row, _ in filled), default=0)
    for (row, column), value in filled.items():
        if rows[row - 1] is nothing:
            rows[row - 1] = []
        line = rows[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = value
    return rows
