"""The files that are measured: a checklist of 60 items, its form filled by dice, a programme folder around them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import yaml

from auditkit.definitions.checklists import load_checklist
from auditkit.forms.answers import shown_answers
from auditkit.forms.blank import Blank
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.reading import read_file
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem
from auditkit.model.visit import NOT_APPLICABLE, Source, Submission, Value

NAME, WAVE, SEED = "bench-service", "2026-Q3", 20260701
WAVES = {"2026-Q1": date(2026, 1, 1), "2026-Q2": date(2026, 4, 1), WAVE: date(2026, 7, 1)}
"""Wave → its first day; each has 90 days."""
VISITS_A_BRANCH = 10
SECTIONS, ITEMS_A_SECTION = 6, 10
_DAYS, _EPOCH = 90, date(1899, 12, 30)
_REGIONS = ("North", "South", "East", "West", "Centre")
_OPTIONS = (("at_once", "At once, within half a minute", "1"), ("soon", "Within two minutes", "0.75"),
            ("late", "Later than that", "0.25"), ("nobody", "Nobody came", "0"))  # fmt: skip
_SUBJECTS = ("The employee", "The cashier", "The consultant", "Nobody", "The manager on duty", "The guard")
_DEEDS = (
    "did not look up from the screen",
    "answered without a greeting",
    "went on talking with a colleague",
    "named neither the price nor the term",
    "promised to call back and did not",
    "sent me to another window",
)
_ENDINGS = ("although two windows were free.", "for about three minutes.", "until I asked again.", "as others waited.")


def checklist_data() -> dict[str, Any]:
    """60 items in 6 weighted sections: most yes/no, a choice and a scale in five, a comment wherever one is not met."""
    sections = [
        {
            "id": f"part_{number}",
            "title": f"Part {number} of the visit",
            "weight": 10 + 2 * number,
            "items": [_item(number, place) for place in range(1, ITEMS_A_SECTION + 1)],
        }
        for number in range(1, SECTIONS + 1)
    ]
    grades = [
        {"grade": "excellent", "title": "Excellent", "at_least": 90, "verdict": "pass", "no_critical_failed": True},
        {"grade": "good", "title": "Good", "at_least": 75, "verdict": "pass"},
        {"grade": "weak", "title": "Needs work", "verdict": "fail"},
    ]
    head = {"checklist": NAME, "version": "1.0.0", "language": "en", "title": "Service at the counter"}
    return {**head, "grades": grades, "sections": sections}


def _item(section: int, place: int) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"item_{section}_{place}",
        "text": f"Does the employee do what step {place} of part {section} asks, without being reminded of it?",
        "guidance": "Count what you saw and heard yourself. What a colleague did in the employee's place counts too.",
        "weight": 1 + place % 3,
        "not_applicable": place % 4 == 0,
        "severity": ("minor", "major")[place % 5 == 1],
        "trains": "service",
    }
    if place % 5 == 3:
        options = [{"id": name, "text": text, "credit": credit} for name, text, credit in _OPTIONS]
        return {**item, "kind": "choice", "text": f"How soon was step {place} of part {section} done?",
                "options": options, "comment": "not_met"}  # fmt: skip
    if place % 5 == 4:
        return {**item, "kind": "scale", "text": f"How well was step {place} of part {section} done, from 1 to 5?"}
    return {**item, "comment": "not_met"}


class Programme:
    """A programme folder whose every branch was visited so many times in each wave, each visit a workbook.

    `inbox` is the folder of the last wave; `visits` is the number of visits of a branch in a wave.
    """

    def __init__(
        self, folder: Path, branches: int, *, visits: int = VISITS_A_BRANCH, waves: Sequence[str] = (WAVE,)
    ) -> None:
        self.folder = folder
        self.visits = visits
        self.inboxes = [folder / "visits" / wave for wave in waves]
        self.inbox = self.inboxes[-1]
        definition = folder / "checklists" / NAME / "checklist.yaml"
        definition.parent.mkdir(parents=True)
        put_yaml(definition, checklist_data())
        put_yaml(folder / "programme.yaml", programme_data(waves))
        (folder / "branches.csv").write_text(branch_rows(branches), encoding="utf-8")
        self._writer = FormWriter(definition, folder)
        self._next = 0
        for inbox in self.inboxes:
            inbox.mkdir(parents=True)
            self._fill(inbox, branches * visits, lambda place: place // visits)

    def _fill(self, inbox: Path, count: int, branch: Callable[[int], int]) -> None:
        for place in range(count):
            self._writer.write(inbox, self._next, branch(place), wave=inbox.name)
            self._next += 1

    def change(self, edition: int) -> None:
        """Other answers in one of the workbooks."""
        self._writer.write(self.inbox, edition, edition // self.visits, edition=edition)

    def arrive(self, count: int) -> None:
        """So many workbooks more in the last wave, each about another branch."""
        self._fill(self.inbox, count, lambda place: place)

    def forget(self) -> None:
        """As before the first run."""
        for name in (".auditkit", "reports"):
            shutil.rmtree(self.folder / name, ignore_errors=True)


def branch_rows(count: int) -> str:
    """`branches.csv`."""
    rows = (f"{code_of(at)},Branch {at + 1},{_REGIONS[at % len(_REGIONS)]},City {at % 37}\n" for at in range(count))
    return "code,name,region,city\n" + "".join(rows)


def put_yaml(path: Path, data: dict[str, Any]) -> None:
    """A definition."""
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def programme_data(waves: Sequence[str] = (WAVE,)) -> dict[str, Any]:
    """`programme.yaml`."""
    days = ((wave, WAVES[wave], WAVES[wave] + timedelta(days=_DAYS - 1)) for wave in waves)
    return {
        "programme": "bench",
        "name": "Bench",
        "language": "en",
        "time_zone": "Asia/Almaty",
        "waves": [{"id": wave, "from": first.isoformat(), "to": last.isoformat()} for wave, first, last in days],
        "checklists": [NAME],
        "grades": [{"grade": "good", "at_least": 75, "verdict": "pass"}, {"grade": "weak", "verdict": "fail"}],
    }


def code_of(branch: int) -> str:
    """`B0001`."""
    return f"B{branch + 1:04}"


class FormWriter:
    """Fills the form as a spreadsheet program would: the empty form's own file, with answers in its cells.

    `write_form` takes longer for one workbook than reading a dozen. It writes the empty form once; the first filled
    one is read back, and must say what was filled in.
    """

    def __init__(self, definition: Path, scratch: Path) -> None:
        checklist, problems = load_checklist(definition)
        if checklist is None:
            raise SystemExit(f"the benchmark's checklist has faults: {problems}")
        self.checklist: Checklist = checklist
        empty = scratch / "empty.xlsx"
        write_form(Blank([checklist]), empty)
        with ZipFile(empty) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}
        empty.unlink()
        self.cover_sheet = _reckoned(self.parts["xl/worksheets/sheet1.xml"].decode())
        self.sheet = _reckoned(self.parts["xl/worksheets/sheet2.xml"].decode())
        self.rows, self.cover = _rows_by_key(self.sheet, "G"), _rows_by_key(self.cover_sheet, "C")
        self.proved = False

    def write(self, folder: Path, number: int, branch: int, *, edition: int = 0, wave: str = WAVE) -> Path:
        """The workbook of one visit; another edition has other answers."""
        visit = self.submission(number, branch, edition, WAVES[wave])
        path = folder / f"visit-{number + 1:06}.xlsx"
        changed = {
            "xl/worksheets/sheet1.xml": self._cover(visit, wave),
            "xl/worksheets/sheet2.xml": self._answers(visit),
        }
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, changed.get(name, data))
        if not self.proved:
            self._prove(path, visit)
        return path

    def submission(self, number: int, branch: int, edition: int, first: date) -> Submission:
        """Nine answers in ten are good, the rest bear a comment, a few do not apply."""
        dice = Random(f"{SEED}/{number}/{edition}")
        answers: dict[str, Value] = {}
        comments: dict[str, str] = {}
        for _, item in self.checklist.walk_items():
            answers[item.id], met = _answer(item, dice)
            if not met:
                comments[item.id] = f"{dice.choice(_SUBJECTS)} {dice.choice(_DEEDS)}, {dice.choice(_ENDINGS)}"
        day = first + timedelta(days=dice.randrange(_DAYS))
        begin = datetime.combine(day, time(9 + dice.randrange(8), dice.randrange(60)))
        return Submission(
            visit_id=f"V{number + 1:06}",
            checklist=NAME,
            version="1.0.0",
            branch=code_of(branch),
            shopper=f"K{1 + number % 50:02}",
            visit_date=day,
            start=begin,
            end=begin + timedelta(minutes=8 + dice.randrange(30)),
            answers=answers,
            comments=comments,
            source=Source(file=""),
        )

    def _cover(self, visit: Submission, wave: str) -> str:
        assert visit.visit_date is not None
        values: dict[str, object] = {
            "visit_id": visit.visit_id,
            "branch": visit.branch,
            "wave": wave,
            "shopper": visit.shopper,
            "visit_date": (visit.visit_date - _EPOCH).days,
            "start": _part_of_day(visit.start),
            "end": _part_of_day(visit.end),
            "outcome": say("en", "forms.outcome_done"),
        }
        return _filled(self.cover_sheet, {f"B{self.cover[key]}": value for key, value in values.items()})

    def _answers(self, visit: Submission) -> str:
        cells: dict[str, object] = {}
        for key, (answer, comment, _) in shown_answers(self.checklist, visit, "en").items():
            cells[f"D{self.rows[key]}"] = answer
            if comment:
                cells[f"E{self.rows[key]}"] = comment
        return _filled(self.sheet, cells)

    def _prove(self, path: Path, visit: Submission) -> None:
        reading = read_file(path, _Only(self.checklist)).readings[0]
        read = reading.submission
        fields = ("visit_id", "branch", "shopper", "visit_date", "start", "end", "answers", "comments")
        if read is None or reading.problems or any(getattr(read, f) != getattr(visit, f) for f in fields):
            raise SystemExit(f"a filled form is not read as it was filled: {reading}")
        self.proved = True


class _Only:
    """A library of one checklist."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def get(self, id_: str, _version: str | None = None, /) -> Checklist | None:
        """The one checklist."""
        return self.checklist if id_ == NAME else None


def _answer(item: AnyItem, dice: Random) -> tuple[Value, bool]:
    """An answer, and whether nothing is to be said about it."""
    if item.not_applicable and dice.random() < 0.2:
        return NOT_APPLICABLE, True
    good = dice.random() < 0.9
    if item.kind == "choice":
        name = "at_once" if good else dice.choice(("soon", "late", "nobody"))
        return name, name != "nobody"
    if item.kind == "scale":
        return (5 if good else dice.randint(1, 4)), True
    return ("yes" if good else "no"), good


def _rows_by_key(sheet: str, column: str) -> dict[str, int]:
    found = re.findall(rf'<c r="{column}(\d+)"[^>]*><is><t>([^<]*)</t>', sheet)
    return {key: int(row) for row, key in found}


def _reckoned(sheet: str) -> str:
    """With what a spreadsheet program stores beside its formulas: here that all is answered, and nothing is missing."""

    def put(cell: re.Match[str]) -> str:
        place, column, formula = cell[1], cell[2], cell[3]
        if column == "B":
            return f'<c r="{place}" t="str"{formula}<v>Nothing. Questions answered: 60</v></c>'
        return f'<c r="{place}"{formula}<v>{0 if column == "I" else 1}</v></c>'

    return re.sub(r'<c r="(([A-Z]+)\d+)"((?: s="\d+")?><f>[^<]*</f>)<v ?/></c>', put, sheet)


def _filled(sheet: str, cells: dict[str, object]) -> str:
    """The sheet's XML with values in cells that stand empty or filled in it."""

    def put(cell: re.Match[str]) -> str:
        place, style = cell[1], cell[2]
        if place not in cells:
            return cell[0]
        value = cells[place]
        if isinstance(value, (int, float)):
            return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'

    return re.sub(r'<c r="([A-Z]+\d+)" s="(\d+)"(?: t="\w+")?(?: ?/>|>.*?</c>)', put, sheet)


def _part_of_day(moment: datetime | None) -> float:
    assert moment is not None
    return (moment.hour * 60 + moment.minute) / 1440
