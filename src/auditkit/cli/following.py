"""Commands that follow a wave: status."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    AsJson,
    Folder,
    Language,
    console,
    leave,
    out,
    programme_with,
    refuse,
    show_problems,
)
from auditkit.problems import has_errors

if TYPE_CHECKING:
    from auditkit.definitions.programme import ProgrammeFolder


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(plan)
    app.command()(status)


def plan(
    wave: Annotated[str, typer.Argument(help="Id of the wave.")],
    visits: Annotated[int | None, typer.Option("--visits", help="Of every branch, in a new plan.")] = None,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Check a wave's plan against the rules; where there is none, write plan/WAVE.xlsx with every open branch."""
    from auditkit.locales import say
    from auditkit.run.plan_book import write_plan
    from auditkit.run.plan_checks import check_plan

    home, said = programme_with(folder, wave, language)
    known = next(each for each in home.programme.waves if each.id == wave)
    planned, problems, file = check_plan(home, known)
    if file:
        show_problems(problems, said)
        out(say(said, "planning.checked", file=file, n=len(planned)))
        leave(problems)
        return
    path = home.folder / "plan" / f"{wave}.xlsx"
    try:
        count = write_plan(home, known, path, visits or home.programme.rules.visits_per_branch or 1)
    except OSError as why:
        refuse(why, said)
    out(say(said, "planning.plan_written", file=path, n=count))


def status(
    wave: Annotated[str, typer.Argument(help="Id of the wave.")],
    remind: Annotated[
        bool, typer.Option("--remind", help="Also write a message for every shopper, in reminders/WAVE/.")
    ] = False,
    alert: Annotated[
        bool, typer.Option("--alert", help="Also write a letter for each critical finding, in alerts/WAVE/.")
    ] = False,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="As of this day.")] = None,
    folder: Folder = Path(),
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show how far a wave is: planned, accepted, held, returned, overdue, by shopper, region and agency."""
    from auditkit.reports.terminal_status import print_status, status_json
    from auditkit.run.following import follow

    home, said = programme_with(folder, wave, language)
    known = next(each for each in home.programme.waves if each.id == wave)
    today = on.date() if on is not None else date.today()  # noqa: DTZ011  the day on the QA lead's wall
    told, problems = follow(home, known, today)
    if as_json:
        out(status_json(told))
    else:
        print_status(console(), told, said)
    show_problems(problems, said)
    if remind and not has_errors(problems):
        from auditkit.run.messages import write_reminders

        _tell(write_reminders(home, told), "reminders", said)
    if alert:
        _alerts(home, wave, said)
    leave(problems)


def _alerts(home: ProgrammeFolder, wave: str, language: str) -> None:
    from auditkit.run.messages import write_alerts
    from auditkit.run.showing import last_results

    shown, problems = last_results(home, wave)
    if shown is None:
        show_problems(problems, language)
        raise typer.Exit(COULD_NOT)
    _tell(write_alerts(shown), "alerts", language)


def _tell(written: list[Path], what: str, language: str) -> None:
    from auditkit.locales import say

    for path in written:
        out(str(path))
    out(say(language, f"run.{what}_written", n=len(written)))
