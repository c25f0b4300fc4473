"""Tells what a file is by its content, opens it with the right reader, and says in plain words why it can't be."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from auditkit.problems import Code, Place, Problem, problem
from auditkit.tables import csv_table, faults, guard, json_table
from auditkit.tables.encodings import SAMPLE, Text
from auditkit.tables.table import LIMITS, Book, Limits, Sheet

_GUARD = {
    "zip_bomb": faults.BOMB,
    "entries": faults.BOMB,
    "doctype": faults.ENTITIES,
    "not_xlsx": faults.OTHER,
    "encrypted": faults.LOCKED,
    "damaged": faults.TRUNCATED,
}
_CAREFUL = {"damaged": faults.HARD, "timeout": faults.SLOW, "too_big": faults.BIG}
_JSON = {"syntax": faults.SYNTAX, "duplicate": faults.TWICE, "number": faults.NO_NUMBER, "depth": faults.DEEP}
PAGE_MARK = b'content="auditkit page form"'
"""Stands in the head of every page form."""
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|table|\?xml|meta|head)", re.IGNORECASE)
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"OggS",
    b"ID3",
    b"PAR1",
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW = 50
"""Bytes of a text to each that is no letter, sign or end of a line: a stray one does not make it a picture."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Opened = tuple[Book | None, tuple[Problem, ...]]


def open_book(path: Path, *, name: str | None = None, limits: Limits = LIMITS, encoding: str | None = None) -> Opened:
    """A file as sheets, told by its content and not by its name; where it can't be read, the problems say why.

    `encoding`: of a text file without a mark of its own, where somebody knows better than its bytes tell.
    """
    return _opened(path, name if name is not None else path.as_posix(), limits, encoding)


def _opened(path: Path, name: str, limits: Limits, encoding: str | None) -> Opened:
    place = Place(name)
    if path.name.startswith("~$"):
        return None, (problem(faults.LOCK_FILE, place, path.name),)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or device would be waited on for ever
            return None, (problem(faults.OTHER, place, path.name),)
        with path.open("rb") as stream:
            head = stream.read(SAMPLE)
            if head.startswith(b"PK\x03\x04"):
                digest = _digest(stream, head)
                # A form fits into the head: its parts are then looked at without asking the disk again.
                archive = stream if len(head) == SAMPLE else BytesIO(head)
                return _workbook(_Packed(path, name, digest, archive), limits)
            digest, text = _gone_through(stream, head)
            text.said(encoding)
            return _by_content(_Seen(path, name, head, digest, text, stream), limits)
    except PermissionError:
        return None, (problem(faults.FORBIDDEN, place, path.name),)
    except OSError:
        return None, (problem(faults.GONE, place, path.name),)


class _Packed(NamedTuple):
    """A zip archive, which has parts and no letters: nobody asks for its encoding."""

    path: Path
    name: str
    sha256: str
    stream: BinaryIO


def _digest(stream: BinaryIO, head: bytes) -> str:
    digest = hashlib.sha256(head)
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


class _Seen(NamedTuple):
    """A file that was gone through once from end to end, and is no workbook of today."""

    path: Path
    name: str
    head: bytes
    sha256: str
    text: Text
    stream: BinaryIO


def _gone_through(stream: BinaryIO, head: bytes) -> tuple[str, Text]:
    digest, text = hashlib.sha256(head), Text(head)
    while block := stream.read(1 << 20):
        digest.update(block)
        text.go_on(block)
    return digest.hexdigest(), text


def _by_content(seen: _Seen, limits: Limits) -> Opened:
    refused = _no_table(seen)
    if refused is not None:
        return None, (problem(refused, Place(seen.name), seen.path.name),)
    start = seen.head[:200].decode(seen.text.encoding, "ignore").lstrip("\ufeff \t\r\n")
    if start.startswith(("{", "[")):
        opened = _json(seen, limits)
        # The header of a table may begin with a bracket too.
        if opened[0] is not None or seen.path.suffix.lower() not in (".csv", ".tsv", ".txt", ".tab"):
            return opened
    return _separated(seen)


def _no_table(seen: _Seen) -> Code | None:
    """What a file is that is neither a workbook nor text."""
    head = seen.head
    if not head.strip():
        return faults.EMPTY
    if head.startswith(_OLE):
        return _inside_ole(seen)
    if _HTML.match(head):
        return faults.OUR_PAGE if PAGE_MARK in head else faults.PAGE
    start = head[:1024]
    signs = 0 if seen.text.encoding.startswith("utf-16") else len(_CONTROLS.findall(start))
    return faults.OTHER if head.startswith(_BINARY) or (signs > 1 and signs * _FEW > len(start)) else None


def _inside_ole(seen: _Seen) -> Code:
    """An old workbook, or a new one that is encrypted: the names in the container's directory tell."""
    sector = int.from_bytes(seen.head[48:52], "little")
    seen.stream.seek((sector + 1) * 512)
    names = seen.stream.read(4096)
    if "EncryptedPackage".encode("utf-16-le") in names:
        return faults.LOCKED
    return faults.OLD if any(name.encode("utf-16-le") in names for name in ("Workbook", "Book")) else faults.OTHER


def _separated(seen: _Seen) -> Opened:
    sheet, shape = csv_table.read_csv(seen.path, seen.head, seen.text.encoding)
    if seen.text.quotes_differ:
        line = csv_table.unclosed(sheet.rows)
        if line is not None:
            return None, (problem(faults.UNCLOSED, Place(seen.name, line=line), line),)
    return Book(seen.name, seen.sha256, "csv", (sheet,), encoding=shape.encoding, separator=shape.separator), ()


def _workbook(seen: _Packed, limits: Limits) -> Opened:
    place, name = Place(seen.name), seen.path.name
    try:
        with zipfile.ZipFile(seen.stream) as archive:
            size = seen.stream.seek(0, 2)
            verdict = guard.judge(seen.stream, archive, size, limits)
        sheets = _read(seen.path, verdict, limits)
    except guard.Refused as refused:
        return None, (problem(_GUARD[refused.reason], place, refused.detail or name),)
    except _Careful as failed:
        return None, (problem(_CAREFUL[failed.reason], place, name),)
    except Exception:  # noqa: BLE001  a damaged zip raises BadZipFile, zlib.error, EOFError, NotImplementedError …
        return None, (problem(faults.TRUNCATED, place, name),)
    return Book(seen.name, seen.sha256, "xlsx", sheets, verdict.date1904), ()


class _Careful(Exception):  # noqa: N818
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _read(path: Path, verdict: guard.Verdict, limits: Limits) -> tuple[Sheet, ...]:
    sheets = _sheets(path, verdict, limits)
    if any(len(sheet.rows) > limits.filled_rows for sheet in sheets):
        raise _Careful("too_big")
    return sheets


def _sheets(path: Path, verdict: guard.Verdict, limits: Limits) -> tuple[Sheet, ...]:
    if not verdict.careful:
        from auditkit.tables.fast_xlsx import read_fast

        try:
            return read_fast(path, verdict)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001, S110  what the fast reader does not like, its panics are no Exception
            pass
    from auditkit.tables.careful_xlsx import Failed, read_careful

    try:
        return read_careful(path, limits, formulas=verdict.formulas)
    except Failed as failed:
        raise _Careful(failed.reason) from None


def _json(seen: _Seen, limits: Limits) -> Opened:
    encoding, name = seen.text.encoding, seen.name
    try:
        if _is_lines(seen.head, encoding):
            sheet = json_table.sheet_of_lines(seen.path, encoding)
            return Book(name, seen.sha256, "jsonl", (sheet,), encoding=encoding, data=sheet.rows), ()
        if seen.stream.seek(0, 2) > limits.unpacked:
            return None, (problem(faults.LARGE, Place(name), seen.path.name),)
        data = json_table.parse(seen.path.read_text(encoding=encoding, errors="replace"))
    except json_table.Refused as refused:
        return None, (json_problem(refused, name),)
    return Book(name, seen.sha256, "json", (), encoding=encoding, data=data), ()


def json_problem(refused: json_table.Refused, name: str) -> Problem:
    """What is wrong with a JSON document, with its line."""
    place = Place(name, line=refused.line, column=refused.column)
    return problem(_JSON[refused.reason], place, refused.detail)


def _is_lines(head: bytes, encoding: str) -> bool:
    """Whether two lines begin an object each, and one of them is whole; a document may stand on one line too."""
    lines = [line for line in head.decode(encoding, "ignore").removeprefix("\ufeff").split("\n") if line.strip()][:2]
    return len(lines) == 2 and all(line.lstrip().startswith("{") for line in lines) and any(map(_is_whole, lines))


def _is_whole(line: str) -> bool:
    try:
        json_table.parse(line)
    except json_table.Refused as refused:
        return refused.reason != "syntax"
    return True
