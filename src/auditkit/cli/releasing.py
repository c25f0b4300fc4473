"""Commands about what is published: release, replay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    PROBLEMS,
    Folder,
    Language,
    Processes,
    now,
    opened,
    out,
    programme_with,
    refuse,
    results,
    show_problems,
    spoken,
    stop,
    to_be_new,
    written,
)
from auditkit.problems import Problem, Severity


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(release)
    app.command()(replay)
    app.command()(casefile)


def release(
    wave: Annotated[str, typer.Argument(help="Id of the wave.")],
    provisional: Annotated[bool, typer.Option("--provisional", help="Branches may still appeal.")] = False,
    final: Annotated[bool, typer.Option("--final", help="What counts.")] = False,
    by: Annotated[str, typer.Option("--by", help="Who prepares it, by the name in programme.yaml.")] = "",
    approved_by: Annotated[str, typer.Option("--approved-by", help="Who approves it: somebody else.")] = "",
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Write down what is published: every input's hash and every score; without a kind, list a wave's releases."""
    from auditkit.locales import say
    from auditkit.model.publication import FINAL, PROVISIONAL
    from auditkit.run.release.making import Signed, make
    from auditkit.run.release.manifest import releases_of
    from auditkit.run.showing import last_results

    home, said = programme_with(folder, wave, language)
    if provisional == final:
        if provisional:
            stop("--provisional or --final, not both")
        for each in releases_of(home.folder, wave):
            facts = {"release": each.release, "at": each.at[:16].replace("T", " "), "by": each.prepared_by,
                     "approved": each.approved_by, "visits": len(each.visits)}  # fmt: skip
            out(say(said, "run.release_line", **facts))
        return
    if not by or not approved_by:
        stop("a release needs --by and --approved-by")
    shown, problems = last_results(home, wave)
    if shown is None:
        show_problems(problems, said)
        raise typer.Exit(COULD_NOT)
    try:
        path, problems = make(shown, Signed(PROVISIONAL if provisional else FINAL, by, approved_by, now()))
    except OSError as why:
        refuse(why, said)
    show_problems(problems, said)
    if path is None:
        raise typer.Exit(COULD_NOT)
    out(say(said, "run.released", file=path))


def replay(
    name: Annotated[str, typer.Argument(help="Name of a release (2026-Q3-01-final), or its file.")],
    folder: Folder = Path(),
    language: Language = None,
    processes: Processes = None,
) -> None:
    """Score a release again from its files and decisions, and hold every digit against what was published."""
    from auditkit.locales import say
    from auditkit.run.release.manifest import find
    from auditkit.run.release.replaying import replay as replay_one

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    found = find(home.folder, name)
    if isinstance(found, Problem):
        show_problems([found], said)
        raise typer.Exit(COULD_NOT)
    told = replay_one(home, found, processes=processes)
    show_problems(told.problems, said)
    facts = {"release": found.release, "same": told.same, "results": told.results,
             "branches_same": told.branches_same, "branches": told.branches}  # fmt: skip
    out(say(said, "run.replayed", **facts))
    if any(each.severity is not Severity.NOTE for each in told.problems):
        raise typer.Exit(PROBLEMS)


def casefile(
    branch: Annotated[str, typer.Argument(help="Branch code.")],
    wave: Annotated[str, typer.Argument(help="Id of the wave.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Default: case-BRANCH-WAVE.xlsx.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Write one branch's wave as a case: standard, notice, scores published and now, decisions, proof, every item."""
    from auditkit.locales import say
    from auditkit.run.names import safe_names
    from auditkit.run.release.casefile import write_case

    shown, said = results(folder, wave, language)
    found = shown.branch(branch)
    if found is None:
        show_problems([shown.no_branch(branch)], said)
        raise typer.Exit(COULD_NOT)
    path = output or Path(f"case-{safe_names([branch])[branch]}-{wave}.xlsx")
    to_be_new(path, ".xlsx", said, force=force)
    with written(path, said):
        write_case(shown, found, path, said)
    out(say(said, "casefile.written", file=path, branch=branch))
