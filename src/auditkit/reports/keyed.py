"""Rows that programs read back: behind what is seen a hidden cell says what the row is about."""

from __future__ import annotations

import json
from collections.abc import Sequence

from auditkit.reports.heights import row_height
from auditkit.reports.sheets import Cell, Row


def keyed(cells: tuple[Cell, ...], key: str | Sequence[str], widths: tuple[float, ...]) -> Row:
    """As high as the seen cells ask for; a key of several parts is written as JSON."""
    text = key if isinstance(key, str) else json.dumps(list(key), ensure_ascii=False)
    return Row((*cells, Cell(text, "quiet")), row_height(Row(cells), widths))
