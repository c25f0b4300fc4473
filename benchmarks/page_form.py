"""A page form of 60 items in five languages: its size, and how soon it can be filled on a phone a quarter as fast."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from auditkit.definitions.library import Library, shipped_folder
from auditkit.forms.blank import Blank
from auditkit.forms.page.writing import page_of
from auditkit.locales import LANGUAGES
from auditkit.model.checklist import Checklist

SLOWED = 4
LARGEST, LONGEST = 200, 300
"""KB (1,000 bytes), ms."""
ITEMS = 60


def checklist() -> Checklist:
    """Sixty questions as the shipped checklists ask them, guidance and options with them, in all languages."""
    library = Library([shipped_folder()])
    folders = sorted(each.name for each in shipped_folder().iterdir() if each.is_dir())
    sections: list[dict[str, Any]] = []
    count = 0
    for name in folders:
        found = library.get(name)
        assert found is not None
        for number, section in enumerate(found.sections):
            items = [item for item in section.items if item.kind not in ("duration", "deadline")][: ITEMS - count]
            if items:
                plain = [_item(item, f"i{count + at}") for at, item in enumerate(items)]
                title = {language: section.title.said(language) for language in LANGUAGES}
                sections.append({"id": f"s{len(sections)}_{number}", "title": title, "items": plain})
                count += len(items)
    assert count == ITEMS, count
    return Checklist.model_validate({"checklist": "bench", "version": "1.0.0", "title": "Bench", "sections": sections})


def _item(item: Any, name: str) -> dict[str, Any]:
    data = item.model_dump(by_alias=True, exclude_defaults=True, mode="python")
    data = {key: value for key, value in data.items() if key not in ("applies_when", "critical", "trains", "number")}
    return {**data, "id": name, "kind": item.kind}


def measure(rounds: int = 7) -> tuple[float, float]:
    """Kilobytes, and median milliseconds from the start of the navigation until the first question can be answered."""
    from playwright.sync_api import sync_playwright

    text = page_of(Blank([checklist()], visit_id="V000001", branch="B0001", wave="2026-Q3", shopper="K01"))
    browsers = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for name in browsers if (path := shutil.which(name))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        path = Path(folder) / "form.html"
        path.write_text(text, encoding="utf-8")
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox"])
        times = [_once(browser, path.as_uri()) for _ in range(rounds + 1)][1:]
        browser.close()
    return len(text.encode()) / 1000, statistics.median(times)


def _once(browser: Any, address: str) -> float:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.add_init_script(
        "new MutationObserver((_, o) => { if (document.documentElement.dataset.shown) {"
        "window.readyAt = performance.now(); o.disconnect(); } })"
        ".observe(document, {attributes: true, subtree: true, childList: true});"
    )
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(50)
    ready = float(page.evaluate("window.readyAt"))
    context.close()
    return ready


if __name__ == "__main__":
    size, ready = measure()
    print(f"{size:.0f} KB, at most {LARGEST}")
    print(f"can be filled after {ready:.0f} ms on a CPU slowed {SLOWED} times, at most {LONGEST}")
