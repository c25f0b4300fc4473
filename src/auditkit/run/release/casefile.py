"""One branch's wave as a case: everything by which its score was come to and may be defended, in one printable file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.figures import MISSING, date_text, score_text
from auditkit.locales import say
from auditkit.reports import wording
from auditkit.reports.branch_sheets import branch_sheets
from auditkit.reports.excel import write_workbook
from auditkit.reports.sheets import BLANK, Cell, Row, Sheet, header, heading, paragraph, title
from auditkit.reports.standing import standing_of
from auditkit.run.purging.purged import read_purges
from auditkit.run.register import registered
from auditkit.run.release.manifest import Manifest, releases_of
from auditkit.scoring.grades import shown as rounded

if TYPE_CHECKING:
    from auditkit.analysis.shapes import BranchFigures, Context
    from auditkit.run.showing import Shown

_WIDTHS = (24.0, 20.0, 16.0, 26.0, 16.0, 30.0)
_WIDE = len(_WIDTHS)


def write_case(shown: Shown, found: tuple[BranchFigures, Context], path: Path, language: str) -> None:
    """The case, then the branch's sheets with every item and how it was scored; as the QA lead sees them."""
    figures, context = found
    sheets = [_case(shown, figures, context, language), *branch_sheets(figures, language, context)]
    write_workbook(sheets, path)


def _case(shown: Shown, figures: BranchFigures, context: Context, language: str) -> Sheet:
    name = say(language, "casefile.sheet")
    branch, wave = wording.branch_title(figures.branch), wording.wave_line(figures.wave, context, language)
    visits = {visit.visit_id for visit in figures.visits}
    rows = [
        title(f"{name} · {branch}", _WIDE),
        paragraph(" · ".join(filter(None, (figures.branch.code, wave))), _WIDE, "subtitle"),
        *_notice(shown, figures, language),
        *_standards(figures, context, language),
        *_published(shown, figures, language),
        *_decisions(shown, figures, visits, language),
        *_evidence(shown, visits, language),
    ]
    return Sheet(name, _WIDTHS, tuple(rows), landscape=True, footer=f"{name} · {branch} · {wave}")


def _notice(shown: Shown, figures: BranchFigures, language: str) -> Iterator[Row]:
    programme = shown.home.programme
    accepted = sum(visit.fate == "accepted" for visit in figures.visits)
    day = programme.staff_notice_date
    facts = (
        ("notice", date_text(day, language) if day is not None else say(language, "casefile.not_said")),
        ("uses", ", ".join(programme.declared_uses) or say(language, "casefile.not_said")),
        ("reports", say(language, "casefile.of", n=accepted, total=len(figures.visits))),
    )
    yield BLANK
    for key, value in facts:
        yield Row((Cell(say(language, f"casefile.{key}"), "strong", span=2), Cell(value, "text", span=_WIDE - 2)))


def _standards(figures: BranchFigures, context: Context, language: str) -> Iterator[Row]:
    yield BLANK
    yield heading(say(language, "casefile.standard"), _WIDE)
    for each in figures.checklists:
        checklist = context.checklists.get((each.checklist, each.version))
        if checklist is None:
            continue
        yield Row((Cell(checklist.title.said(language), "strong", span=_WIDE),))
        for name, value in standing_of(checklist, language):
            yield Row((Cell(name, "text", span=2), Cell(value, "text", span=_WIDE - 2)))


def _published(shown: Shown, figures: BranchFigures, language: str) -> Iterator[Row]:
    """The branch's score and each report's, as they were published and as they are now."""
    releases = releases_of(shown.home.folder, shown.wave)[-3:]
    yield BLANK
    yield heading(say(language, "casefile.scores"), _WIDE)
    named = [each.release.removeprefix(f"{shown.wave}-") for each in releases]
    yield header([say(language, "casefile.score"), "", *named, say(language, "casefile.now")], range(2, 3 + len(named)))
    code = figures.branch.code
    means = [_mean(each, code) for each in releases]
    yield _line([say(language, "reports.index"), ""], [*means, _shown(figures.index.shown, language)], "strong")
    for visit in figures.visits:
        then = [_score(shown, each, (visit.visit_id, visit.checklist), language) for each in releases]
        now = _shown(visit.shown, language) if visit.fate == "accepted" else say(language, f"reports.fate.{visit.fate}")
        yield _line([visit.visit_id, visit.checklist], [*then, now], "text")
    for each in releases:
        facts = {"release": each.release, "at": each.at[:10], "by": each.prepared_by, "approved": each.approved_by}
        yield paragraph(say(language, "casefile.release", **facts), _WIDE, "quiet")


def _line(names: Sequence[str], values: Sequence[str], look: str) -> Row:
    return Row((*(Cell(text, look) for text in names), *(Cell(text, "number") for text in values)))


def _mean(release: Manifest, code: str) -> str:
    known = release.branches.get(code)
    return known.shown if known is not None and known.shown else MISSING


def _score(shown: Shown, release: Manifest, about: tuple[str, str], language: str) -> str:
    """A published score, to the decimals of the version that it was scored with."""
    for each in release.visits:
        if (each.visit, each.checklist) == about and each.fate != "duplicate":
            if each.fate != "accepted":
                return say(language, f"reports.fate.{each.fate}")
            known = shown.home.library.get(each.checklist, each.version)
            decimals, percent = (known.decimals, known.scoring == "percent") if known is not None else (1, True)
            return _shown(rounded(Fraction(each.score), decimals, percent) if each.score else None, language)
    return MISSING


def _shown(value: Decimal | None, language: str) -> str:
    return score_text(value, language) if value is not None else MISSING


def _decisions(shown: Shown, figures: BranchFigures, visits: set[str], language: str) -> Iterator[Row]:
    decisions = shown.home.decisions
    own = decisions.about(shown.wave, figures.branch.code, visits)
    yield BLANK
    yield heading(say(language, "reports.decisions.title"), _WIDE)
    if not own:
        yield paragraph(say(language, "reports.decisions.none"), _WIDE)
        return
    for each in own:
        what = say(language, f"run.what_{each.what.value}")
        if (by := decisions.undone.get(each.number)) is not None:
            what = f"{what} ({say(language, 'reports.decisions.undone', number=by)})"
        about = " ".join(filter(None, (each.visit, each.checklist, each.item)))
        change = f"{each.old} → {each.new}" if each.new else each.old
        who = ", ".join(filter(None, (each.by, each.role)))
        texts = (f"{each.number} {what}", about, change, each.reason, who, each.at[:16].replace("T", " "))
        yield Row(tuple(Cell(text) for text in texts))


def _evidence(shown: Shown, visits: set[str], language: str) -> Iterator[Row]:
    yield BLANK
    yield heading(say(language, "casefile.evidence"), _WIDE)
    known = registered(shown.home.folder / "evidence" / shown.wave)
    rows = [row for row in known.values() if row["visit"] in visits]
    if not rows:
        yield paragraph(say(language, "casefile.no_evidence"), _WIDE)
    gone = {each.file: each.at[:10] for each in read_purges(shown.home.folder)[0]}
    for row in rows:
        name = row["file"]
        if name in gone and not (shown.home.folder / name).exists():
            name = f"{name} ({say(language, 'casefile.deleted', at=gone[name])})"
        yield Row((Cell(row["visit"]), Cell(name, "text", span=3), Cell(row["sha256"], "note", span=2)))
