"""The cells of a row, named when somebody asks: of a million rows few cells are ever pointed at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class RowCells(Mapping[str, str]):
    """Item id → cell of its answer in one row: the letters of the columns, shared by all rows, and the row's number."""

    __slots__ = ("_letters", "_number")

    def __init__(self, letters: Mapping[str, str], number: int) -> None:
        self._letters, self._number = letters, number

    def __getitem__(self, item: str) -> str:
        return f"{self._letters[item]}{self._number}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._letters)

    def __len__(self) -> int:
        return len(self._letters)

    def __repr__(self) -> str:
        return repr(dict(self))
