"""Tells what a file is by its content, opens it with the right reader, and says in plain words why it can't be."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

from auditkit.problems import Code, Place, Problem, Severity, declare, problem
from auditkit.tables import csv_table, guard, json_table
from auditkit.tables.table import Book, Limits, Sheet

_ASK = "Ask the sender for the file as .xlsx or .csv, saved anew in Excel, LibreOffice or Google Sheets."


def _code(number: str, finds: str, why: str, mend: str = _ASK) -> Code:
    return declare(number, Severity.ERROR, finds=finds, why=why, mend=mend)


GONE = _code("F101", "A file that is not there.", "Nothing of it can be read.", "Check its name and folder.")
FORBIDDEN = _code("F102", "A file that may not be read.", "Nothing of it can be read.", "Give yourself the right to read it, or close the program that holds it.")  # fmt: skip
EMPTY = _code("F103", "An empty file.", "A report came in with nothing in it, often an upload that was cut off.")
LOCKED = _code("F104", "A workbook with a password.", "What is in it can't be read without the password.", "Open it, take the password away (File, Info, Protect Workbook), save it and send it again.")  # fmt: skip
OLD = _code(
    "F105",
    "A workbook in the old .xls form.",
    "Only the present form (.xlsx) is read.",
    "Open it and save it as .xlsx.",
)
PAGE = _code("F106", "A web page under the name of a workbook.", "Some programs export HTML and call it .xls or .xlsx.", "Open it in Excel or LibreOffice and save it as .xlsx.")  # fmt: skip
TRUNCATED = _code("F107", "A workbook that is cut off or damaged.", "It can't be unpacked: the upload or the disk lost a part of it.", "Ask for the file again.")  # fmt: skip
BOMB = _code(
    "F108",
    "A file that would unpack to an enormous size.",
    "Such files are made to bring programs down; no form is like that.",
)
ENTITIES = _code(
    "F109",
    "A workbook with definitions (DOCTYPE) in its XML.",
    "No spreadsheet program writes them; they are used for attacks.",
)
OTHER = _code("F110", "A file that is no table: a document, a picture, a PDF …", "Answers can't be read from it.")
HARD = _code("F111", "A workbook that no reader understands.", "Its inside does not follow the format.")
SLOW = _code("F112", "A workbook that takes too long to read.", "It claims an enormous area or is made badly.")
BIG = _code("F113", "A workbook with more filled cells than are read.", "Memory would not suffice.", "Split it, or send it as .csv: that is read at any size.")  # fmt: skip
SYNTAX = _code("F120", "JSON that is not well-formed.", "From that place on nothing can be understood.", "Correct it at that place, or export it again.")  # fmt: skip
TWICE = _code("F121", "JSON with the same key twice in one object.", "One of the two values would be lost without a word.", "Take one of them away.")  # fmt: skip
NO_NUMBER = _code("F122", "NaN or Infinity in JSON.", "They are not numbers that anything can be reckoned with.", "Put the number, or null.")  # fmt: skip
DEEP = _code("F123", "JSON that is nested too deep.", "No report is; such files are made to bring programs down.")
LOCK_FILE = declare("F130", Severity.NOTE, finds="A lock file (~$…) that Excel leaves while a workbook is open.", why="It holds no answers.", mend="Nothing; it goes away when the workbook is closed.")  # fmt: skip

_GUARD = {
    "zip_bomb": BOMB,
    "entries": BOMB,
    "doctype": ENTITIES,
    "not_xlsx": OTHER,
    "encrypted": LOCKED,
    "damaged": TRUNCATED,
}
_CAREFUL = {"damaged": HARD, "timeout": SLOW, "too_big": BIG}
_JSON = {"syntax": SYNTAX, "duplicate": TWICE, "number": NO_NUMBER, "depth": DEEP}
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
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Opened = tuple[Book | None, tuple[Problem, ...]]


def open_any(path: Path, name: str, limits: Limits) -> Opened:
    """A file as sheets, or why not."""
    place = Place(name)
    if path.name.startswith("~$"):
        return None, (problem(LOCK_FILE, place, path.name),)
    try:
        with path.open("rb") as stream:
            head = stream.read(csv_table.SAMPLE)
            digest = _digest(stream, head)
    except PermissionError:
        return None, (problem(FORBIDDEN, place, path.name),)
    except OSError:
        return None, (problem(GONE, place, path.name),)
    return _by_content(path, name, head, digest, limits)


def _digest(stream: object, head: bytes) -> str:
    digest = hashlib.sha256(head)
    while block := stream.read(1 << 20):  # type: ignore[attr-defined]
        digest.update(block)
    return digest.hexdigest()


def _by_content(path: Path, name: str, head: bytes, digest: str, limits: Limits) -> Opened:
    place = Place(name)
    if not head.strip():
        return None, (problem(EMPTY, place, path.name),)
    if head.startswith(b"PK\x03\x04"):
        return _workbook(path, name, digest, limits)
    if head.startswith(_OLE):
        secret = b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"
        locked = secret in head or (
            path.suffix.lower() == ".xlsx" and b"W\x00o\x00r\x00k\x00b\x00o\x00o\x00k" not in head
        )
        return None, (problem(LOCKED if locked else OLD, place, path.name),)
    if _HTML.match(head):
        return None, (problem(PAGE, place, path.name),)
    if head.startswith(_BINARY) or (b"\x00" in head[:1024] and not csv_table.encoding_of(head).startswith("utf-16")):
        return None, (problem(OTHER, place, path.name),)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _json(path, name, head, digest)
    sheet, shape = csv_table.read_csv(path, head)
    return Book(name, digest, "csv", (sheet,), encoding=shape.encoding, separator=shape.separator), ()


def _workbook(path: Path, name: str, digest: str, limits: Limits) -> Opened:
    place = Place(name)
    try:
        with zipfile.ZipFile(path) as archive:
            verdict = guard.judge(archive, limits)
            sheets = _read(path, archive, verdict, limits)
    except guard.Refused as refused:
        return None, (problem(_GUARD[refused.reason], place, refused.detail or path.name),)
    except _Careful as failed:
        return None, (problem(_CAREFUL[failed.reason], place, path.name),)
    except Exception:  # noqa: BLE001  a damaged zip raises BadZipFile, zlib.error, EOFError, NotImplementedError …
        return None, (problem(TRUNCATED, place, path.name),)
    return Book(name, digest, "xlsx", sheets, verdict.date1904), ()


class _Careful(Exception):  # noqa: N818
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _read(path: Path, archive: zipfile.ZipFile, verdict: guard.Verdict, limits: Limits) -> tuple[Sheet, ...]:
    if not verdict.careful:
        from auditkit.tables.fast_xlsx import read_fast

        try:
            return read_fast(path, archive, verdict)
        except Exception:  # noqa: BLE001, S110  whatever the fast reader does not like, the careful one may
            pass
    from auditkit.tables.careful_xlsx import Failed, read_careful

    try:
        return read_careful(path, limits)
    except Failed as failed:
        raise _Careful(failed.reason) from None


def _json(path: Path, name: str, head: bytes, digest: str) -> Opened:
    encoding = csv_table.encoding_of(head)
    try:
        if _is_lines(head, encoding):
            sheet = json_table.sheet_of_lines(path, encoding)
            return Book(name, digest, "jsonl", (sheet,), encoding=encoding, data=sheet.rows), ()
        data = json_table.parse(path.read_text(encoding=encoding, errors="replace"))
    except json_table.Refused as refused:
        return None, (json_problem(refused, name),)
    return Book(name, digest, "json", (), encoding=encoding, data=data), ()


def json_problem(refused: json_table.Refused, name: str) -> Problem:
    """What is wrong with a JSON document, with its line."""
    place = Place(name, line=refused.line, column=refused.column)
    return problem(_JSON[refused.reason], place, refused.detail)


def _is_lines(head: bytes, encoding: str) -> bool:
    """Two objects on two lines; a single document may also begin and end on its first line."""
    lines = [line for line in head.decode(encoding, "ignore").split("\n", 3)[:2] if line.strip()]
    return len(lines) == 2 and all(line.strip().startswith("{") and line.strip().endswith("}") for line in lines)
