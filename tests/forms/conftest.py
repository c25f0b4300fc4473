"""A headless Chromium for the tests that need one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.forms.browser import PHONE, missing, program, watched


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed: pip install -e '.[browser]'")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Any) -> Iterator[Any]:
    opened = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
    yield opened
    opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on a phone that keeps nothing from another test, and fails where a script does."""
    context = browser.new_context(viewport=PHONE, accept_downloads=True)
    yield watched(context.new_page())
    context.close()
