"""The form of the benchmarks' checklist filled by dice, written as a spreadsheet program would."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from auditkit.definitions.checklists import load_checklist
from auditkit.forms.answers import shown_answers
from auditkit.forms.blank import Blank
from auditkit.forms.workbook.writing import write_form
from auditkit.intake.reading import read_file
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.items import AnyItem
from auditkit.model.visit import NOT_APPLICABLE, Source, Submission, Value
from benchmarks.checklist import DAYS, NAME, SEED, WAVE, WAVES, code_of

_EPOCH = date(1899, 12, 30)
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
        day = first + timedelta(days=dice.randrange(DAYS))
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
        place, column, style, formula = cell[1], cell[2], cell[3], cell[4]
        if column == "B":  # its attributes in the order in which Excel and LibreOffice write them
            return f'<c r="{place}"{style} t="str">{formula}<v>Nothing. Questions answered: 60</v></c>'
        return f'<c r="{place}"{style}>{formula}<v>{0 if column == "I" else 1}</v></c>'

    return re.sub(r'<c r="(([A-Z]+)\d+)"((?: s="\d+")?)>(<f>[^<]*</f>)<v ?/></c>', put, sheet)


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
