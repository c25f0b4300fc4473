"""Workbooks through openpyxl, in a child process with a time limit: for files that the fast reader must not touch."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from auditkit.tables.table import ErrorCell, Limits, Row, Sheet


class Failed(Exception):  # noqa: N818  a verdict, not an error of ours
    """It could not be read; `reason` is `damaged`, `timeout` or `too_big`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_careful(path: Path, limits: Limits) -> tuple[Sheet, ...]:
    """The sheets, all read. Raises `Failed` only."""
    forks = sys.platform.startswith("linux") and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    reader, writer = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(str(path), limits, writer))  # type: ignore[attr-defined]
    child.start()
    writer.close()
    try:
        if not reader.poll(limits.seconds):
            raise Failed("timeout")
        answer = reader.recv()
    except EOFError:
        raise Failed("damaged") from None
    finally:
        child.kill()
        child.join()
        reader.close()
    if isinstance(answer, str):
        raise Failed(answer)
    return tuple(Sheet(name, rows, hidden=hidden) for name, hidden, rows in answer)


def _child(path: str, limits: Limits, writer: Connection) -> None:
    try:
        answer: object = _read(path, limits)
    except Failed as failed:
        answer = failed.reason
    except Exception:  # noqa: BLE001  public files make openpyxl fail with ten different exceptions
        answer = "damaged"
    writer.send(answer)
    writer.close()


def _read(path: str, limits: Limits) -> list[tuple[str, bool, list[Row]]]:
    import warnings

    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    workbook = load_workbook(path, data_only=True, keep_links=False)
    left = limits.filled_cells
    found = []
    for sheet in workbook.worksheets:
        cells = sheet._cells  # noqa: SLF001  only the cells that exist: iter_rows walks to the farthest corner
        left -= len(cells)
        if left < 0:
            raise Failed("too_big")
        found.append((sheet.title, sheet.sheet_state != "visible", _rows(cells)))
    return found


def _rows(cells: dict[tuple[int, int], object]) -> list[Row]:
    filled = [(row, column, cell) for (row, column), cell in cells.items() if getattr(cell, "value", None) is not None]
    nothing: Row = []
    rows: list[Row] = [nothing] * max((row for row, _, _ in filled), default=0)
    for row, column, cell in filled:
        if rows[row - 1] is nothing:
            rows[row - 1] = []
        line = rows[row - 1]
        line.extend([None] * (column - len(line)))
        value = cell.value  # type: ignore[attr-defined]
        line[column - 1] = ErrorCell(value) if getattr(cell, "data_type", "") == "e" else value
    return rows
