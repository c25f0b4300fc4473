"""Every mapping on the pages about foreign tables is one that can be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditkit.definitions.columns import columns_from

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = [
    (page, number, block)
    for page in ("columns.md", "verify.md")
    for number, block in enumerate(
        re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    )
]


@pytest.mark.parametrize(("page", "number", "block"), BLOCKS, ids=[f"{page}-{number}" for page, number, _ in BLOCKS])
def test_mapping_on_a_page__ok(page, number, block):
    text = block.replace("{…}", "{}")
    if not re.search(r"^checklists?:", text, re.MULTILINE):
        text = f"checklist: hall\n{text}"
    columns, problems = columns_from(text, name=f"{page} ({number})")
    assert columns is not None, problems
    assert problems == ()
