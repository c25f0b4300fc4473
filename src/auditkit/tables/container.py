"""What a zip archive really holds: judged by its directory, each part unpacked no further than it declares."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from auditkit.tables.table import Limits

_HEADER = struct.Struct("<4s22sHH")
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _NEW_YEAR_1980 = 20, 1 << 11, 33
_ENCRYPTED = 1
_SMALL = 1_000_000
"""Bytes unpacked up to which no ratio is suspicious: a short XML of one word repeated packs very well."""


class Refused(Exception):  # noqa: N818  a verdict, not an error of ours
    """The archive is not opened; `reason` is `zip_bomb`, `entries`, `encrypted`, `doctype`, `not_xlsx`, `damaged`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def weigh(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    """Judge an archive of `size` bytes by its directory alone; raises `Refused`."""
    if len(entries) > limits.entries:
        raise Refused("entries", f"{len(entries)} parts")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    # More packed bytes than the file has: parts lie over one another, so that a small file unpacks without end.
    if unpacked > limits.unpacked or packed > size or (unpacked > _SMALL and unpacked > limits.ratio * max(1, packed)):
        raise Refused("zip_bomb", f"{unpacked / 1_000_000:.0f} MB")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("encrypted")


def unpack(stream: BinaryIO, entry: zipfile.ZipInfo) -> bytes:
    """One part. Raises `Refused` where it is not what the directory says of it.

    zipfile stops at the declared size without a word, the fast reader goes on to the real one: a directory that
    lies would be judged by the one and filled by the other.
    """
    stream.seek(entry.header_offset)
    mark, _, name, extra = _HEADER.unpack(stream.read(_HEADER.size).ljust(_HEADER.size, b"\0"))
    if mark != b"PK\x03\x04":
        raise Refused("damaged")
    stream.seek(name + extra, 1)
    data = stream.read(entry.compress_size)
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, entry.file_size + 1)
    elif entry.compress_type != zipfile.ZIP_STORED:
        raise Refused("damaged")
    # Longer than declared is a lie or damage; nobody can tell which, and neither is unpacked to its end.
    if len(data) != entry.file_size or zlib.crc32(data) != entry.CRC:
        raise Refused("damaged")
    return data


def packed(parts: Iterable[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    """An archive of parts that were unpacked, as they are: whoever reads it sees what was judged and nothing else."""
    bodies: list[bytes] = []
    directory: list[bytes] = []
    at = count = 0
    for entry, data in parts:
        name, size = entry.filename.encode(), len(data)
        common = (_UTF8, zipfile.ZIP_STORED, 0, _NEW_YEAR_1980, entry.CRC, size, size, len(name), 0)
        bodies += (_LOCAL.pack(b"PK\x03\x04", _VERSION, *common), name, data)
        directory += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *common, 0, 0, 0, 0, at), name)
        at, count = at + _LOCAL.size + len(name) + size, count + 1
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), at, 0)
    return b"".join((*bodies, listed, end))
