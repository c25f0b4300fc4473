"""What the last run found of each report of a wave, as far as deleting asks: its day, and whether it still waits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from auditkit.analysis.asking import ask
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.intake.evidence import kind_of
from auditkit.model.checklist import Checklist
from auditkit.model.programme import Wave
from auditkit.results.store import Store
from auditkit.run.proving import names_in

_OPEN = ("held", "returned")


@dataclass
class Reported:
    """A file, or a visit: the day of its latest visit, and what of it is not decided."""

    day: date | None = None
    waits: str = ""
    """Code of a visit that waits for a decision, of its report or of an appeal, or to be completed."""

    def take(self, visit: str, day: date | None, *, waits: bool) -> None:
        """One report more."""
        if day is not None and (self.day is None or day > self.day):
            self.day = day
        if waits:
            self.waits = visit or self.waits or "?"


@dataclass
class WaveReports:
    """The reports of a wave by file and by visit, and which files are receipts."""

    wave: Wave
    files: dict[str, Reported] = field(default_factory=dict)
    visits: dict[str, Reported] = field(default_factory=dict)
    receipts: set[tuple[str, str]] = field(default_factory=set)
    """Visit, name of a file without its ending, in small letters."""


def reports_in(home: ProgrammeFolder, store: Store, wave: Wave) -> WaveReports:
    """Everything of a wave that the last run read."""
    found = WaveReports(wave)
    appealed = {each.line.visit for each in home.decisions.appeals(wave.id) if each.outcome is None}
    with store.open([wave.id]) as tables:
        for file, visit, day, fate in ask(tables, "deleting", wave=wave.id):
            waits = fate in _OPEN or visit in appealed
            found.files.setdefault(file, Reported()).take(visit, day, waits=waits)
            if visit:
                found.visits.setdefault(visit, Reported()).take(visit, day, waits=waits)
        asking: dict[tuple[str, str], frozenset[str]] = {}
        for visit, checklist, version, item, told in ask(tables, "naming_files", wave=wave.id):
            asked = asking.get((checklist, version))
            if asked is None:
                asked = asking[checklist, version] = _asking_receipts(home.library.get(checklist, version))
            if item in asked:
                found.receipts |= {(visit, _stem(name)) for name in names_in(told)}
    return found


def _asking_receipts(checklist: Checklist | None) -> frozenset[str]:
    """Items beside which, or as which, a receipt is named."""
    items = (item for _, item in checklist.walk_items()) if checklist is not None else ()
    return frozenset(item.id for item in items if item.kind == "receipt" or item.evidence.kind == "receipt")


_CALLED = frozenset({"receipt", "чек", "түбіртек", "paragon", "rachunek", "bon", "chitanta", "chitanță"})
_WORD = re.compile(r"[^\W\d_]+")


def kind_in(reports: WaveReports, visit: str, name: str) -> str:
    """`photo`, `audio`, `receipt` or `file`: a receipt by the question that names it, or by its own name."""
    words = {word.casefold() for word in _WORD.findall(name)}
    if (visit, _stem(name)) in reports.receipts or words & _CALLED:
        return "receipt"
    return kind_of(name)


def _stem(name: str) -> str:
    return (name.rpartition(".")[0] or name).casefold()
