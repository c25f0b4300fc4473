"""A browser that is installed anyway, used without a window to print a page as PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from auditkit.forms.blank import CannotWrite
from auditkit.locales import say
from auditkit.whole import whole, write_whole

SECONDS = 90
"""A form of a hundred questions takes two; a browser that waits for something waits for ever."""
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "microsoft-edge-stable",
    "brave-browser",
)
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")


def browsers() -> Iterator[str]:
    """Programs that may print, those on the path first. Firefox has no such switch."""
    yield from (found for name in _NAMES if (found := shutil.which(name)))
    folders: list[Path] = []
    if sys.platform == "darwin":
        homes = (Path("/Applications"), Path.home() / "Applications")
        folders = [home / f"{name}.app/Contents/MacOS/{name}" for home in homes for name in _MAC]
    elif os.name == "nt":
        roots = (os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"))
        folders = [Path(root, name) for root in roots if root for name in _WINDOWS]
    yield from (str(each) for each in folders if each.is_file())


def write_page(page: str, path: Path, language: str) -> None:
    """Write a page as `.html`, or as `.pdf` through a browser; it appears whole or not at all. Raises `CannotWrite`."""
    if path.suffix.lower() != ".pdf":
        write_whole(path, page.encode())
        return
    # Beside the target: browsers that are packed in a sandbox of their own see the home folder, not the system's.
    with TemporaryDirectory(prefix="auditkit-", dir=path.parent, ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        print_pdf(source, made, language)
        with whole(path) as part:
            made.replace(part)


def print_pdf(page: Path, pdf: Path, language: str) -> None:
    """Print an HTML file. Raises `CannotWrite` where no browser is found or none of them prints."""
    found = list(browsers())
    if not found:
        raise CannotWrite(say(language, "paper.no_browser"))
    for browser in found:
        if _prints(browser, page, pdf):
            return
    raise CannotWrite(say(language, "paper.not_printed", browsers=", ".join(found)))


def _prints(browser: str, page: Path, pdf: Path) -> bool:
    try:
        subprocess.run(  # noqa: S603  a browser that the user installed, and a page of ours
            _command(browser, page, pdf), capture_output=True, timeout=SECONDS, check=False
        )
        with pdf.open("rb") as made:
            return made.read(5) == b"%PDF-"
    except (OSError, subprocess.TimeoutExpired):
        return False


def _command(browser: str, page: Path, pdf: Path) -> list[str]:
    """With a profile of its own: an open window of the same browser would take the page and print nothing."""
    # Chromium refuses its sandbox to root; what is opened is our own page, without scripts.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        browser,
        "--headless",
        "--disable-gpu",
        "--disable-extensions",
        "--no-first-run",
        "--no-pdf-header-footer",
        f"--user-data-dir={page.parent / 'profile'}",
        f"--print-to-pdf={pdf.resolve()}",
        *root,
        page.resolve().as_uri(),
    ]
