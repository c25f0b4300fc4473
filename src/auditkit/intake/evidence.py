"""What comes beside the answers: photos, receipts, sound; each file with its hash and the time it says it was made."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.problems import Place, Problem, Severity, declare, problem

EMPTY = declare(
    "S406",
    Severity.ERROR,
    finds="A file of evidence that is empty or cannot be read.",
    why="It proves nothing; a transfer that broke off leaves such files.",
    mend="Ask the shopper to send it once more.",
)

PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".pdf"})
"""A receipt comes as a picture or as a PDF."""
SOUND = frozenset({".mp3", ".m4a", ".wav", ".ogg", ".oga", ".opus", ".amr", ".aac", ".flac", ".3gp", ".wma"})
_HIDDEN = (".", "_", "~$")
_NOT_OURS = frozenset({"thumbs.db", "desktop.ini"})
_DATA = re.compile(r"data:[\w.+/-]*;base64,", re.ASCII)


class Piece(NamedTuple):
    """One file of evidence."""

    visit: str
    """Code of the visit it was sent for, as its folder or its report says."""
    file: str
    """Relative to the programme, `/` between folders; inside a report: `report.json#name`."""
    name: str
    size: int
    """Bytes."""
    sha256: str
    taken: datetime | None
    """When it was made, as the file says; with an offset only where the file has one."""

    @property
    def kind(self) -> str:
        """`photo`, `audio` or `file`, by its ending."""
        return kind_of(self.name)


def kind_of(name: str) -> str:
    """`photo`, `audio` or `file`, by the ending of a file's name."""
    ending = os.path.splitext(name)[1].casefold()  # noqa: PTH122  a name, no path
    return "photo" if ending in PHOTOS else "audio" if ending in SOUND else "file"


def listed(folder: Path) -> Iterator[Path]:
    """The files of one visit that hold something, none of them opened."""
    try:
        entries = sorted(os.scandir(folder), key=lambda each: each.name)
    except OSError:
        return  # `auditkit evidence` says so
    for entry in entries:
        if entry.name.startswith(_HIDDEN) or entry.name.casefold() in _NOT_OURS or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from listed(Path(entry.path))
        elif entry.stat().st_size:
            yield Path(entry.path)


def visits_with_evidence(top: Path) -> Iterator[Path]:
    """The folders of visits below `evidence/WAVE/`."""
    for folder in sorted(top.iterdir()) if top.is_dir() else ():
        if folder.is_dir() and not folder.name.startswith((".", "_")):
            yield folder


def in_folder(folder: Path, visit: str, name: str) -> Iterator[Piece | Problem]:
    """The files below the folder of one visit; `name`: what people call the folder."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield problem(EMPTY, Place(name), error.strerror or "")
        return
    for path in entries:
        inner = f"{name}/{path.name}"
        if path.name.startswith(_HIDDEN) or path.name.casefold() in _NOT_OURS or path.is_symlink():
            continue
        if path.is_dir():
            yield from in_folder(path, visit, inner)
            continue
        try:
            data = path.read_bytes()
        except OSError as error:
            yield problem(EMPTY, Place(inner), error.strerror or "")
            continue
        yield _piece(visit, inner, path.name, data)


def in_report(data: Any, file: str) -> Iterator[Piece | Problem]:
    """The files that a page form's JSON holds itself: `photos: {name: {data: data:…;base64,…, made: time}}`.

    Pictures were made smaller by the page, which takes out what cameras write; `made` is the file's own time.
    """
    if not isinstance(data, Mapping) or data.get("auditkit") != "page" or not isinstance(data.get("photos"), Mapping):
        return
    reports = data.get("reports")
    first = reports[0] if isinstance(reports, list) and reports and isinstance(reports[0], Mapping) else {}
    visit = str(first.get("visit_id") or "")
    for name, given in data["photos"].items():
        inner = f"{file}#{name}"
        held = given if isinstance(given, Mapping) else {"data": given}
        text = held.get("data")
        head = _DATA.match(text) if isinstance(text, str) else None
        try:
            body = base64.b64decode(text[head.end() :], validate=True) if head is not None and text else b""
        except (binascii.Error, ValueError):
            body = b""
        piece = _piece(visit, inner, str(name), body)
        yield piece._replace(taken=piece.taken or _moment(held.get("made"))) if isinstance(piece, Piece) else piece


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _piece(visit: str, file: str, name: str, data: bytes) -> Piece | Problem:
    if not data:
        return problem(EMPTY, Place(file), "")
    return Piece(visit, file, name, len(data), hashlib.sha256(data).hexdigest(), taken(data))


def taken(data: bytes) -> datetime | None:
    """When a picture was made, as its camera wrote into it; nothing else of what cameras write is looked at."""
    import logging

    import exifread

    logging.getLogger("exifread").setLevel(logging.CRITICAL)
    try:
        tags = exifread.process_file(BytesIO(data), details=False, extract_thumbnail=False)
    except Exception:  # noqa: BLE001  a damaged picture has no time, and nothing more follows from it
        return None
    text = _first(tags, "EXIF DateTimeOriginal", "EXIF DateTimeDigitized")
    offset = _first(tags, "EXIF OffsetTimeOriginal", "EXIF OffsetTime")
    try:
        return datetime.strptime(f"{text} {offset}", "%Y:%m:%d %H:%M:%S %z")
    except ValueError:
        pass
    try:
        return datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  a camera without a zone
    except ValueError:
        return None


def _first(tags: Mapping[str, Any], *names: str) -> str:
    return next((str(tags[name]).strip("\x00 ") for name in names if name in tags), "")
