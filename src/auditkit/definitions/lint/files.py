"""Which kind of definition a YAML file holds."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

from auditkit.definitions.translations import beside

_TOP = re.compile(rb"^([A-Za-z_]+)[ \t]*:", re.MULTILINE)
_MAPPING = {b"checklists", b"items", b"branch", b"visit", b"columns", b"long", b"shape"}


class Kind(Enum):
    """What a file is for."""

    CHECKLIST = "checklist"
    COLUMNS = "columns"


def kind_of(path: Path) -> tuple[Kind, Path]:
    """The kind of a file, and for a translation the checklist that it belongs to."""
    try:
        keys = set(_TOP.findall(path.read_bytes()))
    except OSError:
        keys = set()
    if b"translates" in keys and b"checklist" not in keys:
        return Kind.CHECKLIST, _translated(path)
    if b"sections" not in keys and b"version" not in keys and keys & _MAPPING:
        return Kind.COLUMNS, path
    return Kind.CHECKLIST, path


def _translated(path: Path) -> Path:
    others = [each for each in sorted(path.parent.glob("*.y*ml")) if each != path]
    return next((each for each in others if path in beside(each)), path)
