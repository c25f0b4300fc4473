"""The command that asks a form's questions in the terminal: fill."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.forms import new_visit_code
from auditkit.cli.screen import PROBLEMS, Draft, Language, console, out, show_problems, spoken, stop
from auditkit.cli.standards import find_checklist, library
from auditkit.whole import write_whole

if TYPE_CHECKING:
    from auditkit.forms.blank import Blank
    from auditkit.forms.desk.interview import Interview, State


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(fill)


def fill(
    checklists: Annotated[list[str], typer.Argument(help="Ids (phone-etiquette, or phone-etiquette@1.0.0) or paths.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The report to write: a file that ends in .json.")],
    language: Language = None,
    branch: Annotated[str | None, typer.Option(help="Branch code; without it, it is asked.")] = None,
    wave: Annotated[str | None, typer.Option(help="Wave that the visit belongs to.")] = None,
    shopper: Annotated[str | None, typer.Option(help="Shopper's code; without it, it is asked.")] = None,
    visit: Annotated[str | None, typer.Option(help="Visit code; default: a new one.")] = None,
    draft: Draft = False,
    again: Annotated[bool, typer.Option("--again", help="Open a finished report to change it.")] = False,
) -> None:
    """Fill in a form in the terminal, question by question; every answer is kept, and a second call goes on."""
    from auditkit.forms.blank import Blank
    from auditkit.forms.desk.draft import draft_path
    from auditkit.locales import say

    said = spoken(language)
    if output.suffix.lower() != ".json":
        stop(say(said, "fill.ending", file=output))
    shelf = library()
    found = [find_checklist(name, shelf, said, drafts=draft) for name in checklists]
    if len({each.checklist for each in found}) != len(found):
        stop(say(said, "fill.twice"))
    blank = Blank(found, said, visit or "", branch, wave, shopper)
    if draft_path(output).exists():
        interview, state = _resume(blank, output)
    elif output.exists():
        if not again:
            stop(say(said, "fill.finished", file=output))
        interview, state = _reopen(blank, output)
    else:
        interview, state = _begin(replace(blank, visit_id=visit or new_visit_code(branch, wave)))
    _talk(interview, state, output)


def _begin(blank: Blank) -> tuple[Interview, State]:
    from auditkit.forms.desk.interview import Interview
    from auditkit.locales import say

    interview = Interview(blank)
    out(say(blank.language, "fill.begin", visit=blank.visit_id))
    return interview, interview.begin()


def _resume(blank: Blank, output: Path) -> tuple[Interview, State]:
    """Go on where the draft ended; one that belongs to another form is left alone, and said."""
    from auditkit.forms.desk.draft import draft_path, read_draft, resumed
    from auditkit.forms.desk.interview import Interview
    from auditkit.locales import say

    path = draft_path(output)
    draft = read_draft(path)
    if draft is None:
        stop(say(blank.language, "fill.no_draft", file=path))
    begun, now = [each[0] for each in draft.checklists], [each.checklist for each in blank.checklists]
    if begun != now:
        stop(say(blank.language, "fill.other_draft", file=path, checklists=", ".join(begun)))
    known = replace(
        blank,
        visit_id=draft.visit_id,
        branch=draft.branch,
        wave=draft.wave,
        shopper=draft.shopper,
        supersedes=draft.supersedes,
    )
    interview = Interview(known)
    state, lost = resumed(interview, draft)
    out(say(blank.language, "fill.resumed", n=len(state.given), file=path, visit=known.visit_id))
    if tuple((each.checklist, each.version, each.source_hash) for each in blank.checklists) != draft.checklists:
        out(say(blank.language, "fill.changed", n=lost))
    return interview, state


def _reopen(blank: Blank, output: Path) -> tuple[Interview, State]:
    """A finished report opened for changes; it keeps its visit code and names the report that it takes the place of."""
    from hashlib import sha256

    from auditkit.forms.desk.draft import state_of
    from auditkit.forms.desk.interview import Interview
    from auditkit.forms.desk.taking_up import read_report
    from auditkit.locales import say

    reports, problems = read_report(output, blank.checklists)
    show_problems(problems, blank.language)
    asked = {each.checklist for each in blank.checklists}
    if len(reports) != len(asked) or {r.checklist for r in reports} != asked or len({r.visit_id for r in reports}) > 1:
        stop(say(blank.language, "fill.other_report", file=output))
    first = reports[0]
    known = replace(
        blank,
        visit_id=first.visit_id,
        branch=None,
        shopper=None,
        wave=first.wave,
        supersedes=sha256(output.read_bytes()).hexdigest(),
    )
    interview = Interview(known)
    out(say(blank.language, "fill.again", file=output, visit=known.visit_id))
    return interview, state_of(interview, reports)


def _talk(interview: Interview, state: State, output: Path) -> None:
    """Ask; at the end the report stands where it should, or the draft beside it."""
    from datetime import datetime

    from auditkit.forms.desk.draft import draft_json, draft_path, report_json
    from auditkit.forms.desk.keyboard import Closed, Keyboard
    from auditkit.forms.desk.screen import Desk, End
    from auditkit.forms.layout import not_reviewed
    from auditkit.locales import say

    language, draft = interview.blank.language, draft_path(output)

    def keep(now: State) -> None:
        write_whole(draft, draft_json(interview, now).encode(), lasting=True)

    for each in interview.blank.checklists:
        if remark := not_reviewed(each, language):
            out(f"{each.title.said(language)}: {remark}.")
    # Naive on purpose: a shopper's clock shows the branch's time.
    desk = Desk(interview, console(), Keyboard(), datetime.now, keep)
    try:
        end, state = desk.run(state)
    except (Closed, KeyboardInterrupt) as left:
        out("\n" + say(language, "fill.left", file=draft))
        raise typer.Exit(130 if isinstance(left, KeyboardInterrupt) else PROBLEMS) from None
    if end is End.LEFT:
        out(say(language, "fill.left", file=draft))
        raise typer.Exit(PROBLEMS)
    write_whole(output, report_json(interview, state).encode(), lasting=True)
    draft.unlink(missing_ok=True)
    out(say(language, "fill.written", file=output, visit=interview.blank.visit_id))
    if interview.missing(state):
        raise typer.Exit(PROBLEMS)
