"""How a branch, a checklist and a question are called in the sheets that go out for decisions."""

from __future__ import annotations

from auditkit.model.items import AnyItem
from auditkit.run.showing import Shown


def branch_text(shown: Shown, code: str) -> str:
    """Code and name."""
    branch = shown.home.branches.get(code)
    return f"{code} {branch.name}".strip() if branch is not None else code


def checklist_text(shown: Shown, checklist: str, version: str, language: str) -> str:
    """Its title, else its id."""
    found = shown.home.library.get(checklist, version)
    return found.title.said(language) if found is not None else checklist


def item_of(shown: Shown, checklist: str, version: str, item: str) -> AnyItem | None:
    """The question; `None` where its checklist is not there any more."""
    found = shown.home.library.get(checklist, version)
    return found.items_by_id.get(item) if found is not None else None


def item_text(shown: Shown, of: tuple[str, str], item: str, number: str, language: str) -> str:
    """Number and words; `of`: checklist and version."""
    known = item_of(shown, *of, item)
    return f"{number} {known.text.said(language)}" if known is not None else f"{number} {item}"
