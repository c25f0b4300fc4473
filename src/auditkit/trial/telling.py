"""The summary of a trial as people read it: in the terminal, as JSON, as a workbook that can be filtered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditkit.locales import has, say
from auditkit.problems import Problem
from auditkit.reports.as_json import dumped, problem_record
from auditkit.reports.bars import heading, indented, numbered
from auditkit.reports.excel import write_workbook
from auditkit.reports.sheets import BLANK, Cell, Row, Sheet, header, paragraph, title
from auditkit.reports.wording import quoted
from auditkit.trial.asking import ASKED
from auditkit.trial.reading import Opinion, Voice
from auditkit.trial.summary import Judged, QuestionSummary, Summary

if TYPE_CHECKING:
    from rich.console import Console

_SUMMARY_WIDTHS = (7.0, 45.0, 12.0, 13.0, 13.0, 14.0, 14.0)
_REMARKS_WIDTHS = (22.0, 7.0, 34.0, 11.0, 12.0, 12.0, 34.0, 20.0, 24.0)


def print_trial(console: Console, found: Summary, language: str) -> None:
    """What people object to and what they remark, most objections first; then what nobody minds or judged."""
    from rich.text import Text

    console.print()
    console.print(Text(f"{found.checklist.title.said(language)} · {found.checklist.version}", style="bold"))
    console.print(Text(_tried(found, language), style="dim"))
    if found.noted:
        heading(console, say(language, "trial.objections"))
    else:
        console.print(say(language, "trial.no_objections"))
    for each in found.noted:
        numbered(console, each.number, each.item.text.said(language))
        indented(console, _counts(each, language), 7, "dim")
        for opinion in each.opinions:
            if line := _opinion(opinion, language):
                indented(console, line, 7)
    console.print()
    for line in _rest(found, language):
        indented(console, line, 0)
    general = list(_general(found, language))
    if general:
        heading(console, say(language, "trial.general"))
        for line in general:
            indented(console, line)


def _tried(found: Summary, language: str) -> str:
    said = say(language, "trial.tried", n=len(found.voices))
    known = [(role, n) for role, n in found.roles if role]
    if not known:
        return said
    return f"{said} ({', '.join(f'{_role(role, language)} {n}' for role, n in known)})"


def _role(role: str, language: str) -> str:
    """A role's name; one that somebody typed stays as it was typed."""
    key = f"trial.role_{role}"
    return say(language, key) if has(key) else role


def _counts(each: QuestionSummary, language: str) -> str:
    """`Apt? 6 of 6 · Feasible? 2 of 6`: what nobody judged is left out."""
    parts = (
        f"{say(language, f'trial.{asked}')} {_of(judged, language)}"
        for asked, judged in each.judged.items()
        if judged.n
    )
    return " · ".join(parts)


def _of(judged: Judged, language: str) -> str:
    if not judged.n:
        return ""
    said = say(language, "trial.of", yes=judged.yes, n=judged.n)
    return f"{said} ({say(language, 'trial.unsure')}: {judged.unsure})" if judged.unsure else said


def _opinion(opinion: Opinion, language: str) -> str:
    """The remark with whose it is; an objection without words is in the counts."""
    return f"{quoted(opinion.remark, language)} {_signed(opinion.voice, language)}" if opinion.remark else ""


def _signed(voice: Voice, language: str) -> str:
    return f"({_person(voice, language) or Path(voice.file).name})"


def _person(voice: Voice, language: str) -> str:
    """`AK, employee, B01`: as much of it as the form says."""
    parts = (voice.who, _role(voice.role, language) if voice.role else "", voice.branch)
    return ", ".join(filter(None, parts))


def _rest(found: Summary, language: str) -> Iterator[str]:
    yield say(language, "trial.agreed", n=found.agreed, total=len(found.questions))
    if found.unjudged:
        yield say(language, "trial.unjudged", items=", ".join(found.unjudged))


def _general(found: Summary, language: str) -> Iterator[str]:
    for field in ("lacking", "other"):
        for voice in found.voices:
            if words := getattr(voice, field):
                label = say(language, f"trial.{field}")
                yield f"{label} {quoted(words, language)} {_signed(voice, language)}"


def trial_json(found: Sequence[Summary], problems: Sequence[Problem], language: str) -> str:
    """`auditkit trial --json`: a summary a checklist and version, with every opinion and its cell."""
    return dumped({
        "trials": [_record(each, language) for each in found],
        "problems": [problem_record(each, language) for each in problems],
    })  # fmt: skip


def _record(found: Summary, language: str) -> dict[str, Any]:
    return {
        "checklist": found.checklist.checklist,
        "version": found.checklist.version,
        "voices": [voice._asdict() for voice in found.voices],
        "questions": [
            {
                "item": each.item.id,
                "number": each.number,
                "text": each.item.text.said(language),
                "judged": {asked: judged._asdict() for asked, judged in each.judged.items()},
                "voices": each.voices,
                "objecting": each.objecting,
                "opinions": [
                    {"file": one.voice.file, "judged": one.judged, "remark": one.remark, "place": str(one.place)}
                    for one in each.opinions
                ],
            }
            for each in found.questions
        ],
    }


def write_summary(found: Sequence[Summary], path: Path, language: str) -> None:
    """A sheet a checklist with every question, and one with every objection and remark and its cell."""
    sheets = [_sheet(each, language, several=len(found) > 1) for each in found]
    write_workbook([*sheets, _remarks(found, language)], path)


def _sheet(found: Summary, language: str, *, several: bool) -> Sheet:
    name = found.checklist.title.said(language) if several else say(language, "trial.sheet_summary")
    width = len(_SUMMARY_WIDTHS)
    rows = [
        title(say(language, "trial.title"), width),
        paragraph(f"{found.checklist.title.said(language)} · {found.checklist.version}", width, "lead"),
        paragraph(_tried(found, language), width, "subtitle"),
        *(paragraph(line, width) for line in _rest(found, language)),
        *(paragraph(line, width) for line in _general(found, language)),
        paragraph(say(language, "trial.summary_about"), width, "quiet"),
        BLANK,
    ]
    titles = ("forms.number", "forms.question", *(f"trial.{asked}" for asked in ASKED))
    heads = [say(language, key) for key in (*titles, "trial.col_judged", "trial.col_objects")]
    rows.append(header(heads, (5, 6)))
    top = len(rows)
    for each in sorted(found.questions, key=lambda each: -each.objecting):
        look = "strong" if each.objecting else "text"
        cells = [Cell(each.number, look), Cell(each.item.text.said(language), look)]
        cells += [Cell(_of(each.judged[asked], language), look) for asked in ASKED]
        cells += [Cell(each.voices, "number"), Cell(each.objecting, "number_strong" if each.objecting else "number")]
        rows.append(Row(tuple(cells)))
    return Sheet(name, _SUMMARY_WIDTHS, tuple(rows), header=top, footer=name)


def _remarks(found: Sequence[Summary], language: str) -> Sheet:
    name = say(language, "trial.sheet_remarks")
    keys = ("reports.checklist", "forms.number", "forms.question", *(f"trial.{asked}" for asked in ASKED),
            "trial.remark", "trial.who", "trial.col_place")  # fmt: skip
    first = 0 if len(found) > 1 else 1
    widths = _REMARKS_WIDTHS[first:]
    rows = [title(name, len(widths)), header([say(language, key) for key in keys[first:]])]
    for one in found:
        for each in one.questions:
            for opinion in each.opinions:
                words = (opinion.judged.get(asked, "") for asked in ASKED)
                cells = (
                    one.checklist.title.said(language),
                    each.number,
                    each.item.text.said(language),
                    *(say(language, f"trial.{word}") if word else "" for word in words),
                    opinion.remark,
                    _person(opinion.voice, language),
                    str(opinion.place._replace(file=Path(opinion.place.file).name)),
                )
                rows.append(Row(tuple(Cell(text) for text in cells[first:])))
    return Sheet(name, widths, tuple(rows), header=2, landscape=True, footer=name)
