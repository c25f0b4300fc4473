"""Every command that writes, what it needs, and what of its files may differ from one time to the next."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile, is_zipfile

from tests.run.made import CHECKLIST, PROGRAMME, call, programme, report, tree

DESK = "checklists/desk/checklist.yaml"
PEOPLE = "people:\n  - {name: Ann, role: approver, email: a@example.com}\n  - {name: Bob, role: director}\n"
SIGNED = ("--by", "Ann", "--approved-by", "Bob")
DECIDED = ("--by", "Ann", "--reason", "Because")
PLAN = "visit,branch,shopper,from,to\nV1,B01,K77,2026-05-04,\nV7,B02,K77,2026-05-05,2026-05-08\n"


class Command(NamedTuple):
    """A command as it is called in the prepared folder."""

    words: tuple[str, ...]
    grows: bool = False
    """Called once more it writes once more: a decision, a release."""


WRITING = {
    "run": Command(("run", "--processes", "2")),
    "run in one process": Command(("run", "--processes", "1", "--wave", "W2")),
    "init": Command(("init", "new", "--country", "KZ")),
    "init --excel": Command(("init", "new", "--excel")),
    "demo": Command(("demo", "new", "--processes", "2")),
    "plan": Command(("plan", "W2", "--visits", "2")),
    "status": Command(("status", "W1", "--on", "2026-05-20", "--remind", "--alert")),
    "decide": Command(("decide", "exclude", "W1", "V1", *DECIDED), grows=True),
    "review": Command(("review", "W1", "--force")),
    "take": Command(("take", "taken.xlsx"), grows=True),
    "take what a branch does": Command(("take", "acted.xlsx")),
    "take a plan": Command(("take", "planned.xlsx")),
    "release": Command(("release", "W1", "--provisional", *SIGNED), grows=True),
    "casefile": Command(("casefile", "B01", "W1", "-o", "case.xlsx", "--force")),
    "check": Command(("check", "visits/W1/V2.json", "-c", DESK, "--mark", "marked", "--force")),
    "score": Command(("score", "visits/W1", "-c", DESK, "-o", "scored")),
    "verify": Command(("verify", "published.csv", "--columns", "published.yaml", "-c", DESK, "-o", "verified.xlsx")),
    "map": Command(("map", "published.csv", "-c", DESK, "-o", "mapping.yaml", "--force")),
    "form": Command(("form", DESK, "-o", "form.xlsx", "--visit", "V9", "--force")),
    "form --to page": Command(("form", DESK, "-o", "form.html", "--to", "page", "--visit", "V9", "--force")),
    "form --to xlsform": Command(("form", DESK, "-o", "survey.xlsx", "--to", "xlsform", "--force")),
    "form --wave": Command(("form", "--wave", "W1", "--force")),
    "form --trial": Command(("form", DESK, "-o", "trial.xlsx", "--trial", "--force")),
    "brief": Command(("brief", "way", "-o", "brief.html", "--force")),
    "purge": Command(("purge", "W1", "--yes", "--by", "Ann")),
    "returns": Command(("returns", "W1")),
    "evidence": Command(("evidence", "W1")),
    "trial": Command(("trial", "judged.xlsx", "-c", DESK, "-o", "summary.xlsx", "--force")),
    "standard": Command(("standard", DESK, "-o", "standard", "--for", "leaflet")),
    "new": Command(("new", "shop", "--title", "Shop", "--sections", "Door,Till", "--mark", "80")),
    "import": Command(("import", "changed.xlsx", "-o", "checklists")),
    "export": Command(("export", DESK, "-o", "desk.xlsx", "--force")),
    "export --to csv": Command(("export", "--to", "csv", "-o", "tables", "--force")),
    "export --to xlsx": Command(("export", "--to", "xlsx", "-o", "tables.xlsx", "--force")),
    "schema": Command(("schema", "checklist", "-o", "schema.json")),
}
NOT_WRITING = {
    "replay": "compares only",
    "show": "shows what a run left",
    "explain": "shows only",
    "fill": "a talk, whose every answer is on the disk before the next question: tests/cli/test_filling.py",
    "lint": "shows only",
    "diff": "shows only",
    "problem": "shows only",
}


def prepared(folder: Path) -> Path:
    """A programme of two waves that was run, with what every command needs; `folder` becomes its home."""
    programme(
        folder,
        programme=PROGRAMME + PEOPLE + "retention: {photo: 1}\n",
        checklist=CHECKLIST.replace("{id: thanks,", "{id: thanks, critical: fail,"),
    )
    report(folder, "W1/V1", "B01", {"thanks": "no"}, comments={"thanks": "Nobody did."})
    report(folder, "W1/V2", "B02", {"greets": None})
    report(folder, "W1/V3", "B03")
    report(folder, "W2/V4", "B01")
    for name, text in {
        "plan/W1.csv": PLAN,
        "shoppers.csv": "code,languages\nK77,en\n",
        "scenarios/way.yaml": "scenario: way\ntitle: The way\nlegend: You ask for the way.\n",
        "evidence/W1/V1/door.jpg": "no picture",
        "published.csv": "visit,branch,date,greets,names,smiles,thanks,total\nV1,B01,2026-05-04,yes,yes,yes,no,61\n",
        "published.yaml": PUBLISHED,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for words in (
        ("run", folder),
        ("run", folder, "--wave", "W1"),
        ("form", folder / DESK, "--trial", "-o", folder / "judged.xlsx"),
        ("export", folder / DESK, "-o", folder / "changed.xlsx"),
        ("review", "W1", "-p", folder, "-o", folder / "taken.xlsx"),
        ("plan", "W2", "-p", folder),
    ):
        assert call(*words).exit_code < 2
    _fill(folder)
    # What a run has still to do.
    report(folder, "W2/V4", "B01", {"greets": "no"})
    report(folder, "W2/V6", "B02")
    return folder


PUBLISHED = """
checklist: desk
visit: visit
branch: branch
date: date
items: {answer: "{id}"}
published: {final: total}
"""


def _fill(folder: Path) -> None:
    """A decision in the workbook, a change in the standard, what a branch does, a plan from elsewhere."""
    from openpyxl import load_workbook

    book = load_workbook(folder / "reports/W1/branches/B01.xlsx")
    book.worksheets[1]["K4"] = "A. Example"
    book.save(folder / "acted.xlsx")
    (folder / "plan/W2.xlsx").rename(folder / "planned.xlsx")
    book = load_workbook(folder / "taken.xlsx")
    sheet = book.worksheets[0]
    sheet["C4"] = "Ann"
    for row in range(7, sheet.max_row + 1):
        sheet.cell(row, 9, "Exclude")
        sheet.cell(row, 10, "Because")
    book.save(folder / "taken.xlsx")
    book = load_workbook(folder / "judged.xlsx")
    sheet = book.worksheets[1]
    for row in range(5, sheet.max_row + 1):
        if sheet.cell(row, 8).value:
            sheet.cell(row, 4, "yes")
    book.save(folder / "judged.xlsx")
    book = load_workbook(folder / "changed.xlsx")
    sheet = book["Questions"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "Smiles?":
                cell.value = "Smiles at the customer?"
    book.save(folder / "changed.xlsx")


_MOMENT = re.compile(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[+-]\d{2}:\d{2}|Z)?")


def told(content: bytes) -> object:
    """What a file says, without the moment at which it was written."""
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            names = [each for each in archive.namelist() if not each.startswith("docProps")]
            return {name: archive.read(name) for name in names}
    return _MOMENT.sub(b"", content)


def outcome(folder: Path) -> dict[str, object]:
    """Every file that a person may look at, by what it says."""
    return {name: told(content) for name, content in tree(folder).items() if ".auditkit/" not in name}


def halves(folder: Path) -> Sequence[str]:
    """Files that are not finished."""
    return [name for name in tree(folder) if name.endswith(".part") and ".auditkit/" not in name]


def copied(source: Path, target: Path) -> Path:
    """With the times of the files, by which a run knows what changed."""
    shutil.copytree(source, target)
    return target
