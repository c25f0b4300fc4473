"""Service standards as checklists; mystery visits in, exact and traceable scores out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditkit.definitions.checklists import load_checklist as load_checklist
    from auditkit.definitions.programme import load_programme as load_programme
    from auditkit.run.programme import run as audit
    from auditkit.run.submissions import read_submissions as read_submissions
    from auditkit.scoring import score as score

__version__ = "0.1.0"

_PUBLIC = {
    "audit": ("auditkit.run.programme", "run"),
    "load_checklist": ("auditkit.definitions.checklists", "load_checklist"),
    "load_programme": ("auditkit.definitions.programme", "load_programme"),
    "read_submissions": ("auditkit.run.submissions", "read_submissions"),
    "score": ("auditkit.scoring", "score"),
}
__all__ = ["__version__", "audit", "load_checklist", "load_programme", "read_submissions", "score"]


def __getattr__(name: str) -> Any:
    """Public names are imported on first use: `import auditkit` alone costs nothing."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'auditkit' has no attribute {name!r}")
    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)
