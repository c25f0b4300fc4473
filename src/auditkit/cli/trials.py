"""Commands about a standard's trial: trial (what came back); the form itself is `form --trial`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    AsJson,
    Language,
    console,
    existing,
    leave,
    out,
    refuse,
    show_problems,
    spoken,
    to_be_new,
)
from auditkit.cli.standards import library

if TYPE_CHECKING:
    from auditkit.trial.summary import Summary


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(trial)


def trial(
    files: Annotated[list[Path], typer.Argument(help="Trial forms that came back, or folders of them.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Also a workbook (.xlsx) with every remark.")
    ] = None,
    checklist: Annotated[
        list[str] | None, typer.Option("--checklist", "-c", help="Definitions that were tried, where not at hand.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Add up what people said of a draft: is each question apt, convenient, feasible, and what do they remark?"""
    from auditkit.run.inputs import Shelf
    from auditkit.trial.reading import read_trials
    from auditkit.trial.summary import summaries
    from auditkit.trial.telling import print_trial, trial_json

    said = spoken(language)
    if output is not None:
        to_be_new(output, ".xlsx", said, force=force)
    shelf = Shelf(library().folders)
    for name in checklist or ():
        show_problems(shelf.name(name)[1], said)
    found = read_trials(existing(files), shelf)
    told = summaries(found.heard)
    if as_json:
        out(trial_json(told, found.problems, said))
    else:
        for each in told:
            print_trial(console(), each, said)
        show_problems(found.problems, said)
    if not told:
        raise typer.Exit(COULD_NOT)
    if output is not None:
        _write(told, output, said)
    leave(found.problems)


def _write(told: list[Summary], output: Path, language: str) -> None:
    from auditkit.locales import say
    from auditkit.trial.telling import write_summary

    try:
        write_summary(told, output, language)
    except OSError as why:
        refuse(why, language)
    typer.echo(say(language, "trial.summary_written", file=output), err=True)
