"""Commands that show what the last run found: show network, branch, problems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    AsJson,
    Folder,
    Language,
    console,
    leave,
    out,
    results,
    show_problems,
    spoken,
)

Wave = Annotated[str | None, typer.Option("--wave", "-w", help="Id of a wave; default: the latest with results.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    show = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show what the last run found.")
    show.command()(network)
    show.command()(branch)
    show.command()(problems)
    app.add_typer(show, name="show")


def network(folder: Folder = Path(), wave: Wave = None, language: Language = None, as_json: AsJson = False) -> None:
    """All branches of a wave by name, what is missed most, and what came in."""
    if as_json:
        from auditkit.reports.as_json import network_json

        shown, said = results(folder, wave, language)
        out(network_json(shown.network()[0], said))
    else:
        print_network_of(folder, wave, language)


def print_network_of(folder: Path, wave: str | None, language: str | None) -> None:
    """The network's wave as tables: those that the last run left, where nothing moved since."""
    from auditkit.run.ready import ready_page

    found = ready_page(folder, wave)
    if found is not None and spoken(language, found.language) == found.said:
        from auditkit.reports.network_page import draw
        from auditkit.run.moved import behind

        show_problems(behind(folder, found.waves), found.said)
        draw(console(), found.page)
        return
    from auditkit.reports.terminal import print_network

    shown, said = results(folder, wave, language)
    figures, context = shown.network(visits=False)
    print_network(console(), figures, said, context)


def branch(
    code: Annotated[str, typer.Argument(help="Branch code.")],
    folder: Folder = Path(),
    wave: Wave = None,
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """One branch of a wave: scores, sections, what was missed in the shoppers' words, visits."""
    shown, said = results(folder, wave, language)
    found = shown.branch(code)
    if found is None:
        show_problems([shown.no_branch(code)], said)
        raise typer.Exit(COULD_NOT)
    figures, context = found
    if as_json:
        from auditkit.reports.as_json import branch_json

        out(branch_json(figures, said))
    else:
        from auditkit.reports.terminal import print_branch

        print_branch(console(), figures, said, context)


def problems(folder: Folder = Path(), wave: Wave = None, language: Language = None, as_json: AsJson = False) -> None:
    """Everything that was wrong with the files of a wave, file by file."""
    shown, said = results(folder, wave, language)
    found = shown.problems()
    if as_json:
        from auditkit.reports.as_json import problems_json

        out(problems_json(found, said))
    elif found:
        show_problems(found, said, errors=False)
    else:
        from auditkit.locales import say

        out(say(said, "reports.term.no_problems"))
    leave(found)
