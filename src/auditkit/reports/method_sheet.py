"""How the scores were made, in words and tables: what a branch needs to check them or to object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditkit.analysis.shapes import BranchFigures, Context, VisitFigure
from auditkit.figures import number_text
from auditkit.locales import say
from auditkit.model.checklist import Checklist, Grade
from auditkit.model.items import AnyItem
from auditkit.model.judging import CriticalEffect
from auditkit.model.programme import Programme
from auditkit.model.visit import State
from auditkit.reports import wording
from auditkit.reports.sheets import BLANK, Cell, Row, Sheet, heading, paragraph, title
from auditkit.reports.standing import standing_of

WIDTHS = (30.0, 12.0, 13.0, 16.0, 26.0)
COLUMNS = len(WIDTHS)
_RULES = ("rule.visit", "rule.not_scored", "rule.lost", "rule.mean", "rule.rounding", "rule.critical", "rule.people")


def method_sheet(figures: BranchFigures, language: str, context: Context) -> Sheet:
    """Rules in words, then every checklist with its weights, levels and critical criteria."""
    rows = [title(say(language, "reports.sheet.method"), COLUMNS)]
    rows += [paragraph(say(language, f"reports.{rule}"), COLUMNS) for rule in _RULES]
    if context.programme:
        rows += _index(context.programme, figures, language, context)
    for each in figures.checklists:
        if checklist := context.checklists.get((each.checklist, each.version)):
            rows += checklist_rows(checklist, language)
    rows += _annulled(figures.visits, language)
    footer = f"{wording.branch_title(figures.branch)} · {wording.wave_title(figures.wave, context, language)}"
    return Sheet(say(language, "reports.sheet.method"), WIDTHS, tuple(rows), footer=footer)


def _index(programme: Programme, figures: BranchFigures, language: str, context: Context) -> Iterator[Row]:
    yield BLANK
    yield heading(say(language, "reports.index"), COLUMNS)
    yield paragraph(say(language, "reports.rule.index"), COLUMNS)
    yield _head(language, "checklist", "weight", "", "", "")
    versions = {each.checklist: each.version for each in figures.checklists}
    for use in programme.checklists:
        name = wording.checklist_title(context, use.checklist, versions.get(use.checklist, ""), language)
        yield Row((Cell(name), Cell(use.weight, "number"), Cell(None, span=3)))
    if programme.grades:
        yield BLANK
        yield from grade_rows(programme.grades, language)


def checklist_rows(checklist: Checklist, language: str) -> Iterator[Row]:
    """All that one checklist's scores rest on."""
    yield BLANK
    yield heading(f"{checklist.title.said(language)} {checklist.version}", COLUMNS)
    for name, value in _facts(checklist, language):
        yield Row((Cell(name, "strong"), Cell(value, span=COLUMNS - 1)))
    yield BLANK
    yield from _sections(checklist, language)
    if checklist.grades:
        yield BLANK
        yield from grade_rows(checklist.grades, language)
    yield from _criticals(checklist, language)


def _facts(checklist: Checklist, language: str) -> Iterator[tuple[str, str]]:
    """Names and values: how the version stands, then how its answers add up."""
    yield from standing_of(checklist, language)
    start = number_text(checklist.start, language)
    facts = {"rollup": say(language, f"reports.rollup.{_rollup(checklist)}", start=start)}
    if checklist.min_coverage:
        percent = number_text(checklist.min_coverage, language)
        facts["min_coverage"] = say(language, "reports.min_coverage", percent=percent)
    facts["unreached"] = say(language, f"reports.unreached.{checklist.unreached}")
    if checklist.source_hash:
        facts["hash"] = checklist.source_hash[:16]
    yield from ((say(language, f"reports.fact.{key}"), value) for key, value in facts.items())


def _rollup(checklist: Checklist) -> str:
    if checklist.scoring == "points":
        return f"points_{checklist.direction}"
    return "items" if checklist.pools_items else "sections"


def _head(language: str, *keys: str) -> Row:
    texts = (say(language, f"reports.col.{key}") if key else None for key in keys)
    looks = ("header_right" if key in ("weight", "items") else "header" for key in keys)
    return Row(tuple(Cell(text, look) for text, look in zip(texts, looks, strict=True)))


def _sections(checklist: Checklist, language: str) -> Iterator[Row]:
    yield _head(language, "section", "weight", "items", "", "")
    for section in checklist.walk_sections():
        name = f"{checklist.numbers['/' + section.id]} {section.title.said(language)}"
        weight = "–" if section.weight is None else section.weight
        scored = sum(item.scored for item in section.items)
        origin = say(language, "reports.included", source=section.included_from) if section.included_from else None
        yield Row((Cell(name), Cell(weight, "number"), Cell(scored or None, "number"), Cell(origin, "note", span=2)))


def grade_rows(grades: Sequence[Grade], language: str) -> Iterator[Row]:
    """The table of levels: the first row that holds is given."""
    yield _head(language, "level", "from", "verdict", "conditions", "")
    for grade in grades:
        name = grade.title.said(language) if grade.title else grade.grade
        yield Row((
            Cell(name), Cell(_bound(grade, language)), Cell(wording.verdict_word(grade.verdict, language)),
            Cell("; ".join(_limits(grade, language)), span=2),
        ))  # fmt: skip


def _bound(grade: Grade, language: str) -> str:
    if grade.at_least is not None:
        return "≥ " + number_text(grade.at_least, language)
    if grade.at_most is not None:
        return "≤ " + number_text(grade.at_most, language)
    return say(language, "reports.otherwise")


def _limits(grade: Grade, language: str) -> Iterator[str]:
    if grade.no_critical_failed:
        yield say(language, "reports.limit.no_critical_failed")
    for key in ("each_section_at_least", "each_section_at_most", "each_item_at_most"):
        if (bound := getattr(grade, key)) is not None:
            yield say(language, f"reports.limit.{key}", value=number_text(bound, language))
    if grade.not_met_at_most:
        counts = ", ".join(
            f"{say(language, f'reports.severity.{severity.value}')} {most}"
            for severity, most in grade.not_met_at_most.items()
        )
        yield say(language, "reports.limit.not_met_at_most", counts=counts)


def _criticals(checklist: Checklist, language: str) -> Iterator[Row]:
    found = [item for _, item in checklist.walk_items() if item.critical]
    if not found:
        return
    yield BLANK
    yield Row(
        (
            Cell(say(language, "reports.critical_criteria"), "header", span=3),
            Cell(say(language, "reports.effect"), "header", span=2),
        )
    )
    for item in found:
        yield Row(
            (Cell(_numbered(checklist, item, language), span=3), Cell(effects_text(item.critical, language), span=2))
        )


def effects_text(effects: Sequence[CriticalEffect], language: str) -> str:
    """What a critical criterion does when it is not met."""
    said = []
    for effect in effects:
        amount = "" if effect.amount is None else number_text(effect.amount, language)
        said.append(say(language, f"reports.effect.{effect.effect.value}", amount=amount, grade=effect.grade or ""))
    return "; ".join(said)


def _numbered(checklist: Checklist, item: AnyItem, language: str) -> str:
    return f"{checklist.numbers.get(item.id, '')} {item.text.said(language)}".strip()


def _annulled(visits: Sequence[VisitFigure], language: str) -> Iterator[Row]:
    lines = [(visit, line) for visit in visits for line in visit.items if line.state is State.ANNULLED]
    if not lines:
        return
    yield BLANK
    yield heading(say(language, "reports.annulled"), COLUMNS)
    for visit, line in lines:
        yield Row((Cell(visit.visit_id), Cell(f"{line.number} {line.item.text.said(language)}", span=COLUMNS - 1)))
