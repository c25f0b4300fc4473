"""Messages that a wave asks for while it runs: a reminder for each shopper, a letter for each critical finding."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.figures import date_text, day_text
from auditkit.locales import LANGUAGES, say
from auditkit.model.following import Followed, State, Status
from auditkit.reports import wording
from auditkit.reports.method_sheet import effects_text
from auditkit.run.names import safe_names
from auditkit.whole import write_letter

if TYPE_CHECKING:
    from auditkit.analysis.shapes import BranchFigures, Context, ItemLine, VisitFigure
    from auditkit.run.showing import Shown

_OUTSTANDING = (State.OVERDUE, State.RETURNED, State.PART)


def write_reminders(home: ProgrammeFolder, status: Status) -> list[Path]:
    """`reminders/WAVE/SHOPPER.txt`: what is overdue, what waits to be completed, in her language."""
    of_shopper: dict[str, list[Followed]] = defaultdict(list)
    for each in status.visits:
        if each.state in _OUTSTANDING and each.planned.shopper:
            of_shopper[each.planned.shopper].append(each)
    folder = home.folder / "reminders" / status.wave.id
    names = safe_names(of_shopper)
    written = []
    for shopper, visits in sorted(of_shopper.items()):
        known = status.shoppers.get(shopper)
        languages = [*(known.languages if known is not None else ()), *(each.planned.language for each in visits)]
        language = next((each for each in languages if each in LANGUAGES), home.programme.language)
        path = folder / f"{names[shopper]}.txt"
        write_letter(path, "\n".join(_reminder(visits, status, language)) + "\n")
        written.append(path)
    return written


def _reminder(visits: list[Followed], status: Status, language: str) -> Iterator[str]:
    wave = status.wave.title.said(language) if status.wave.title else status.wave.id
    yield say(language, "run.remind_head", wave=wave)
    for state in _OUTSTANDING:
        found = [each for each in visits if each.state is state]
        if not found:
            continue
        yield ""
        yield say(language, f"run.remind_{state.value}")
        for each in found:
            branch = status.branches.get(each.planned.branch)
            named = wording.branch_title(branch) if branch is not None else each.planned.branch
            day = date_text(each.planned.to, language) if each.planned.to is not None else ""
            files = ", ".join(Path(file).name for file in each.files)
            yield "- " + " · ".join(filter(None, (each.planned.visit_id, named, day, files)))
    yield ""
    yield say(language, "run.remind_end")


def write_alerts(shown: Shown) -> list[Path]:
    """`alerts/WAVE/…txt`: a letter to the branch for each critical finding of an accepted report; those that are
    there already stay as they are, and are not among what is returned."""
    from auditkit.analysis.branches import branch_figures
    from auditkit.analysis.contexts import context_for
    from auditkit.audience.copies import branch_copy, comments_of, employees_of, shoppers_of

    home = shown.home
    folder = home.folder / "alerts" / shown.wave
    written = []
    with shown.store.open(shown.waves) as tables:
        context = context_for(tables, home.library, home.programme, home.branches)
        employees = employees_of(home.staff, home.managers)
        comments = comments_of(context, shown.wave, home.decisions, shoppers_of(tables), employees)
        for figures in branch_figures(tables, context, shown.wave, audience=branch_copy(context, comments)):
            language = _language(figures, home)
            for visit, line in _critical(figures):
                path = folder / f"{_name(figures, visit, line)}.txt"
                if not path.exists():
                    write_letter(path, "\n".join(_alert(figures, visit, line, context, language)) + "\n")
                    written.append(path)
    return written


def _language(figures: BranchFigures, home: ProgrammeFolder) -> str:
    return figures.branch.language if figures.branch.language in LANGUAGES else home.programme.language


def _critical(figures: BranchFigures) -> Iterator[tuple[VisitFigure, ItemLine]]:
    wanted = {(each.checklist, each.item.id) for each in figures.findings if each.critical}
    for visit in figures.visits:
        for line in visit.items if visit.fate == "accepted" else ():
            if line.met == "not_met" and (visit.checklist, line.item.id) in wanted:
                yield visit, line


def _name(figures: BranchFigures, visit: VisitFigure, line: ItemLine) -> str:
    """Of the branch and the question, with a mark of the visit: its code may hold the shopper's."""
    mark = hashlib.sha256(f"{visit.file}|{visit.visit_id}|{visit.day}".encode()).hexdigest()[:6]
    name = f"{figures.branch.code} {visit.checklist} {line.number} {mark}"
    return safe_names([name])[name]


def _alert(
    figures: BranchFigures, visit: VisitFigure, line: ItemLine, context: Context, language: str
) -> Iterator[str]:
    yield say(language, "run.alert_head", branch=wording.branch_title(figures.branch))
    yield ""
    name = wording.checklist_title(context, visit.checklist, visit.version, language)
    if visit.day is not None:
        yield f"{name} · {day_text(visit.day, visit.part_of_day, language, week_only=visit.week_only)}"
    yield f"{line.number} {line.item.text.said(language)}"
    if answer := wording.seen_text(line.item, line.answer, line.met, language):
        yield answer
    if line.comment:
        yield wording.quoted(line.comment, language)
    if line.item.critical:
        yield say(language, "run.alert_effect", effect=effects_text(line.item.critical, language))
    yield ""
    yield say(language, "run.alert_end")
