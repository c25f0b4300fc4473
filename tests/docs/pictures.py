"""The README's pictures and the sample report, made from the demo: `python -m tests.docs.pictures`.

Needs LibreOffice, pdftoppm and Chromium. The pictures are real output: a page of a workbook, a report in the terminal.
"""

# ruff: noqa: S603  it starts the programs that make pictures

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from auditkit.definitions.programme import load_programme
from auditkit.demo.making import make_demo
from auditkit.reports.terminal import print_branch
from auditkit.run.programme import run
from auditkit.run.showing import last_results
from tests.docs.generated import ROOT

BRANCH, WAVE, WIDTH = "B07", "2026-Q2", 92
LINES = 46
"""Of the terminal report: its upper part."""
PICTURES = ROOT / "docs" / "pictures"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "demo"
        make_demo(folder)
        for wave in ("2026-Q1", WAVE):
            run(folder, wave=wave, language="en")
        workbook = folder / "reports" / WAVE / "branches" / f"{BRANCH}.xlsx"
        shutil.copy(workbook, ROOT / "reports" / f"sample-{BRANCH}.xlsx")
        page(workbook, Path(name))
        terminal(folder, Path(name))
        forms(Path(name))
        books(Path(name))
        standard(Path(name))
        trial(Path(name))


def page(workbook: Path, scratch: Path) -> None:
    """The first page of the workbook as LibreOffice prints it."""
    office = ["soffice", f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless"]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", scratch, workbook], check=True, capture_output=True)
    picture = ["pdftoppm", "-r", "90", "-f", "1", "-l", "1", "-singlefile", "-png", "-H", "880"]
    subprocess.run([*picture, scratch / f"{BRANCH}.pdf", PICTURES / "branch-workbook"], check=True)


def forms(scratch: Path) -> None:
    """A form as a workbook, filled in part, and as a page on a phone."""
    from openpyxl import load_workbook
    from playwright.sync_api import sync_playwright

    from auditkit.forms.blank import Blank
    from auditkit.forms.page.writing import write_page
    from tests.forms.person import filled, shipped

    path = filled(scratch, [shipped("phone-etiquette")], "en", 7, "workbook-form.xlsx")
    book = load_workbook(path)
    sheet = book.worksheets[1]
    for number in (6, 12, 20):
        sheet.cell(number, 4).value = None
    book.save(path)
    office = ["soffice", f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless"]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", scratch, path], check=True, capture_output=True)
    picture = ["pdftoppm", "-r", "90", "-f", "2", "-l", "2", "-singlefile", "-png"]
    subprocess.run([*picture, scratch / "workbook-form.pdf", PICTURES / "workbook-form"], check=True)
    write_page(Blank([shipped("phone-etiquette")], "kk", "K7-Q3-0412", "B07"), scratch / "form.html")
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = opened.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=1.5)
        page.goto((scratch / "form.html").as_uri())
        page.wait_for_selector("html[data-ready]")
        page.select_option("#steps", "1")
        page.locator("fieldset:visible").nth(1).scroll_into_view_if_needed()
        page.locator("fieldset:visible input[type=radio]").nth(1).check()
        page.locator("fieldset:visible").nth(1).evaluate("each => window.scrollTo(0, each.offsetTop - 8)")
        page.screenshot(path=PICTURES / "page-form.png")
        opened.close()


def standard(scratch: Path) -> None:
    """The first page of a standard as a workbook."""
    from auditkit.definitions.library import Library, shipped_folder
    from auditkit.editing.exporting import source_of
    from auditkit.editing.workbook import write_workbook

    source, _ = source_of(Library([shipped_folder()]), "phone-etiquette")
    assert source is not None
    path = scratch / "standard.xlsx"
    write_workbook(source.data, source.words[1:2], path, "en")
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book["Questions"]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = "A1:H24"
    book.save(path)
    office = ["soffice", f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless"]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", scratch, path], check=True, capture_output=True)
    crop = ["-r", "110", "-f", "1", "-l", "1", "-singlefile", "-png", "-x", "60", "-y", "60", "-W", "1170", "-H", "410"]
    picture = ["pdftoppm", *crop]
    subprocess.run([*picture, scratch / "standard.pdf", PICTURES / "standard-workbook"], check=True)


def trial(scratch: Path) -> None:
    """The first questions of a trial form."""
    from auditkit.trial.form import write_trial
    from tests.forms.person import shipped

    write_trial([shipped("phone-etiquette")], "en", scratch / "trial.xlsx")
    office = ["soffice", f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless"]
    made = [*office, "--convert-to", "pdf", "--outdir", scratch, scratch / "trial.xlsx"]
    subprocess.run(made, check=True, capture_output=True)
    draw = ["pdftoppm", "-r", "80", "-f", "2", "-l", "2", "-singlefile", "-png", "-H", "560"]
    subprocess.run([*draw, scratch / "trial.pdf", PICTURES / "trial-form"], check=True)


def books(scratch: Path) -> None:
    """Of three standards in every language: cover and a page of the book, the leaflet, both sides for newcomers."""
    from playwright.sync_api import sync_playwright

    from auditkit.book.writing import Edition, write_standard
    from auditkit.model.text import LANGUAGES
    from tests.forms.person import shipped

    standards = [shipped(name) for name in ("phone-etiquette", "face-to-face", "conflict-handling")]
    with sync_playwright() as started:
        opened = started.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        for language in LANGUAGES:
            folder = scratch / f"book-{language}"
            folder.mkdir()
            pages = []
            for reader, numbers in (("book", (1, 3)), ("leaflet", (1,)), ("newcomer", (1, 2))):
                made = write_standard(standards, reader, Edition(language, "pdf", "2026-12"), folder)
                for number in numbers:
                    picture = folder / f"{reader}-{number}"
                    draw = [
                        "pdftoppm",
                        "-r",
                        "72",
                        "-f",
                        str(number),
                        "-l",
                        str(number),
                        "-singlefile",
                        "-png",
                        "-gray",
                    ]
                    subprocess.run([*draw, made, picture], check=True)
                    pages.append(f'<img src="{picture.name}.png">')
            style = (
                "body{margin:0;padding:8px;background:#ddd;display:flex;gap:8px} img{width:420px;border:1px solid #999}"
            )
            (folder / "shown.html").write_text(f"<style>{style}</style>{''.join(pages)}", encoding="utf-8")
            page = opened.new_page(viewport={"width": 5 * 430 + 8, "height": 614})
            page.goto((folder / "shown.html").as_uri())
            page.screenshot(path=PICTURES / f"book-{language}.png")
        opened.close()


def terminal(folder: Path, scratch: Path) -> None:
    """`auditkit show branch` as a terminal of some width shows it."""
    from rich.console import Console
    from rich.terminal_theme import TerminalTheme

    home, _ = load_programme(folder)
    assert home is not None
    shown, _ = last_results(home, WAVE)
    assert shown is not None
    found = shown.branch(BRANCH)
    assert found is not None
    figures, context = found
    whole = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    print_branch(whole, figures, "en", context)
    lines = whole.export_text(styles=True).splitlines()[:LINES]
    from rich.text import Text

    part = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    part.print(Text.from_ansi("\n".join(lines)))
    paper = TerminalTheme((255, 255, 255), (40, 40, 40), [(0, 0, 0), (176, 32, 32), *([(60, 60, 60)] * 6)])
    svg = part.export_svg(title=f"auditkit show branch {BRANCH}", theme=paper)
    # The picture is drawn with the fonts of this machine: nothing is fetched.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    (scratch / "terminal.svg").write_text(svg, encoding="utf-8")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert box is not None
    size = f"{int(float(box[1]))},{int(float(box[2])) + 90}"
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    assert browser is not None
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
             f"--user-data-dir={scratch / 'browser'}", f"--window-size={size}"]  # fmt: skip
    target = PICTURES / "terminal.png"
    subprocess.run([browser, *flags, f"--screenshot={target}", (scratch / "terminal.svg").as_uri()], check=True,
                   capture_output=True, env={**os.environ, "LANG": "C.UTF-8"})  # fmt: skip


if __name__ == "__main__":
    main()
