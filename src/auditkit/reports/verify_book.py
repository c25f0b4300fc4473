"""A verification as a list to send to whoever published the scores: a workbook, or a csv that Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from auditkit.analysis import verify_rows
from auditkit.analysis.verification import Compared, Verification
from auditkit.analysis.verify_hints import Hints
from auditkit.guarded import guarded
from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.problems import Place
from auditkit.reports.sheets import BLANK, Cell, Row, Sheet, header, paragraph, title
from auditkit.whole import write_whole

_WIDTHS = {"file": 22.0, "place": 10.0, "visit": 16.0, "branch": 14.0, "what": 30.0, "published": 13.0, "ours": 13.0,
           "difference": 12.0, "why": 44.0}  # fmt: skip
_NUMBERS = ("published", "ours", "difference")
_BEHIND_WIDTHS = (10.0, 16.0, 24.0, 8.0, 46.0, 24.0, 18.0, 10.0, 10.0, 10.0)


def write_verification(
    verification: Verification,
    hints: Hints,
    checklists: Mapping[str, Checklist],
    path: Path,
    language: str,
) -> None:
    """Every figure that disagrees, with its cell and the items behind it; the ending of the name says which form."""
    if path.suffix.lower() == ".csv":
        write_whole(path, _csv(verification, checklists, language))
        return
    from auditkit.reports.excel import write_workbook

    write_workbook(sheets(verification, hints, checklists, language), path)


def sheets(verification: Verification, hints: Hints, checklists: Mapping[str, Checklist], language: str) -> list[Sheet]:
    """The differences, and the answers behind them."""
    found = [_differences(verification, hints, checklists, language)]
    if any(each.items for each in verification.disagreeing):
        found.append(_answers(verification, checklists, language))
    return found


def _keys(verification: Verification) -> tuple[str, ...]:
    files = {each.place.file for each in verification.disagreeing}
    return tuple(_WIDTHS) if len(files) > 1 else tuple(_WIDTHS)[1:]


def _cells(row: verify_rows.Row, keys: Sequence[str]) -> Iterator[str]:
    for key in keys:
        if key == "place":
            yield _place(row.place)
        else:
            yield row.place.file if key == "file" else getattr(row, key)


def _place(place: Place) -> str:
    if place.cell is None:
        return str(place.line or "")
    return f"{place.sheet}!{place.cell}" if place.sheet else place.cell


def _differences(verification: Verification, hints: Hints, checklists: Mapping[str, Checklist], language: str) -> Sheet:
    keys = _keys(verification)
    name = say(language, "verify.sheet.differences")
    rows = [title(say(language, "verify.sheet.title"), len(keys))]
    files = sorted({each.place.file for each in verification.compared})
    rows.append(paragraph(", ".join(files), len(keys), "subtitle"))
    rows += [paragraph(line, len(keys)) for line in verify_rows.summary(verification, language)]
    told = (
        *verify_rows.reasons(verification, checklists, language),
        *verify_rows.hint_lines(hints, checklists, language),
    )
    rows += [paragraph(line, len(keys), "quiet") for line in told]
    rows.append(BLANK)
    if verification.disagreeing:
        numeric = [at for at, key in enumerate(keys) if key in _NUMBERS]
        rows.append(header((say(language, f"verify.column.{key}") for key in keys), numeric))
    top = len(rows)
    for row in verify_rows.rows(verification, checklists, language):
        cells = zip(keys, _cells(row, keys), strict=True)
        rows.append(Row(tuple(Cell(text, "number" if key in _NUMBERS else "text") for key, text in cells)))
    return Sheet(name, tuple(_WIDTHS[key] for key in keys), tuple(rows), landscape=True,
                 header=top if verification.disagreeing else 0, footer=name)  # fmt: skip


def _answers(verification: Verification, checklists: Mapping[str, Checklist], language: str) -> Sheet:
    name = say(language, "verify.sheet.answers")
    keys = ("place", "visit", "what", *verify_rows.BEHIND_COLUMNS)
    rows = [title(name, len(keys)), header((say(language, f"verify.column.{key}") for key in keys), (3, 7, 8))]
    for each in verification.disagreeing:
        if verification.reason(each) != "follows_sections":  # its answers stand under its sections
            rows += _behind(each, checklists[each.checklist], language)
    return Sheet(name, _BEHIND_WIDTHS, tuple(rows), landscape=True, header=2, footer=name)


def _behind(each: Compared, checklist: Checklist, language: str) -> Iterator[Row]:
    figure = (_place(each.place), each.visit_id, verify_rows.named(each.name, checklist, language))
    for row in verify_rows.behind(each, checklist, language):
        yield Row((
            *(Cell(text, "note") for text in figure),
            Cell(row.number, "number"),
            Cell(row.text),
            Cell(row.answer),
            Cell(row.state),
            Cell(Decimal(row.earned), "number"),
            Cell(Decimal(row.possible), "number"),
            Cell(_place(row.place)),
        ))  # fmt: skip


def _csv(verification: Verification, checklists: Mapping[str, Checklist], language: str) -> bytes:
    keys = ("file", *_keys(verification)) if "file" not in _keys(verification) else _keys(verification)
    text = io.StringIO()
    # Where a comma marks decimals, Excel parts columns by semicolons.
    out = csv.writer(text, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    out.writerow([say(language, f"verify.column.{key}") for key in keys])
    for row in verify_rows.rows(verification, checklists, language):
        out.writerow([guarded(each, numbers=True) for each in _cells(row, keys)])
    # Excel takes a csv without this mark for the machine's old 8-bit encoding.
    return text.getvalue().encode("utf-8-sig")
