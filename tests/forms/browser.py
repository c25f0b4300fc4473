"""A headless Chromium, and somebody who fills the page form in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from auditkit.model.checklist import Checklist
from auditkit.model.items import RECORDED, Multi
from tests.forms.person import only_given

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def missing(reason: str) -> None:
    """Skip with a reason on a user's machine, fail where everything must be there."""
    if os.environ.get("AUDITKIT_BROWSER") == "must":
        pytest.fail(reason)
    pytest.skip(reason)


def program() -> str:
    """The browser's program."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        missing("no Chromium is installed: pages cannot be tried")
    return str(found)


def watched(page: Any) -> Any:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page.faults = faults
    return page


def opened(page: Any, path: Path) -> Any:
    """The page form, ready."""
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")
    return page


class Shopper:
    """Fills a page form as a person does: step by step, question by question."""

    def __init__(self, page: Any, *checklists: Checklist) -> None:
        self.page, self.checklists = page, checklists

    def steps(self) -> int:
        return int(self.page.locator("#steps option").count())

    def go(self, step: int) -> None:
        self.page.select_option("#steps", str(step))

    def cover(self, **fields: str) -> None:
        self.go(0)
        usual = {"visit_date": "2026-08-20", "start": "10:31", "end": "10:47"}
        for name, value in {**usual, **fields}.items():
            box = self.page.locator(f"#f-{name}")
            if box.evaluate("each => each.tagName") == "SELECT":
                box.select_option(value)
            else:
                box.fill(value)

    def box(self, checklist: Checklist, item: str) -> Any:
        return self.page.locator(f'[id="q-{checklist.checklist}-{item}"]')

    def everything(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """All questions as they come up, from the first step to the last."""
        for step in range(1, self.steps() - 1):
            self.go(step)
            self.step(answers)

    def step(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        for checklist in self.checklists:
            given = only_given(answers[checklist.checklist])
            for _, item in checklist.walk_items():
                box = self.box(checklist, item.id)
                if item.id in given and box.count() and box.is_visible():
                    self.answer(checklist, item.id, given[item.id])

    def answer(self, checklist: Checklist, name: str, value: Any) -> None:
        box, item = self.box(checklist, name), checklist.items_by_id[name]
        if isinstance(item, Multi) and isinstance(value, tuple):
            for option in value or ("none",):
                box.locator(f'input[value="{option}"]').check()
        elif isinstance(value, (Decimal, datetime)):
            shown = value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
            box.locator("input[type=text], input[type=datetime-local]").first.fill(shown)
        elif item.kind in RECORDED and item.kind == "text":
            box.locator("textarea").first.fill(str(value))
        else:
            box.locator(f'input[value="{value}"]').check()

    def finish(self) -> None:
        self.go(self.steps() - 1)

    def report(self, folder: Path, name: str = "report.json") -> Path:
        """The file that the last step gives."""
        self.finish()
        with self.page.expect_download() as waiting:
            self.page.locator(".actions button").filter(has_not_text="…").first.click()
        path = folder / name
        waiting.value.save_as(path)
        return path
