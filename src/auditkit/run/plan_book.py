"""A plan to be filled in: a row a visit, with the branches as they are and lists to choose from."""

from __future__ import annotations

from pathlib import Path

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.definitions.scenarios import load_scenarios
from auditkit.definitions.shoppers import read_shoppers
from auditkit.model.programme import Wave
from auditkit.reports.excel import write_workbook
from auditkit.reports.sheets import Cell, DropDown, Row, Sheet, header

COLUMNS = ("visit", "branch", "name", "city", "scenario", "shopper", "language", "from", "to")
_WIDTHS = (18.0, 10.0, 30.0, 16.0, 18.0, 12.0, 10.0, 13.0, 13.0)
_FILLED = ("scenario", "shopper", "language", "from", "to")


def write_plan(home: ProgrammeFolder, wave: Wave, path: Path, visits: int) -> int:
    """So many visits of every branch that is open in the wave; gives their number. The file appears whole."""
    from auditkit.locales import LANGUAGES

    shoppers, _ = read_shoppers(home)
    scenarios = load_scenarios(home).scenarios
    only = next(iter(scenarios)) if len(scenarios) == 1 else ""
    rows = [header(COLUMNS)]
    for code, branch in home.branches.items():
        if not branch.open_between(wave.from_, wave.to):
            continue
        for number in range(1, visits + 1):
            known = {"visit": f"{wave.id}-{code}-{number}", "branch": code, "name": branch.name, "city": branch.city,
                     "scenario": only, "language": branch.language if branch.language in LANGUAGES else ""}  # fmt: skip
            rows.append(Row(tuple(_cell(name, known.get(name, "")) for name in COLUMNS)))
    last = max(len(rows), 2)
    lists = {"scenario": tuple(scenarios), "shopper": tuple(shoppers or ()), "language": LANGUAGES}
    drops = [DropDown(COLUMNS.index(name) + 1, 2, last, words, strict=False) for name, words in lists.items() if words]
    drops += [DropDown(COLUMNS.index(name) + 1, 2, last, ()) for name in ("from", "to")]
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet = Sheet(f"plan {wave.id}", _WIDTHS, tuple(rows), header=1, landscape=True, drop_downs=tuple(drops))
    write_workbook([sheet], path)
    return len(rows) - 1


def _cell(name: str, value: str) -> Cell:
    look = "fill_date" if name in ("from", "to") else "fill" if name in _FILLED else "text"
    return Cell(value or None, look, "date" if look == "fill_date" else "")
