"""Commands about other people's tables: verify, map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    PROBLEMS,
    AsJson,
    Language,
    Progress,
    console,
    existing,
    out,
    refuse,
    show_problems,
    spoken,
    stop,
)
from auditkit.cli.submissions import BranchesFile, ChecklistNames, Files, TimeZone, job_for, shelf_for
from auditkit.problems import Problem, Severity, has_errors

if TYPE_CHECKING:
    from auditkit.intake.proposing import Proposal
    from auditkit.model.checklist import Checklist
    from auditkit.run.verifying import Verified

MOST_PROBLEMS = 8
"""Different ones of the files themselves, shown below the verification; `auditkit check` shows all."""


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(verify)
    app.command(name="map")(map_columns)


def verify(
    files: Files,
    columns: Annotated[Path, typer.Option("--columns", help="The mapping, with `published:` (docs/verify.md).")],
    checklist: ChecklistNames = None,
    branches: BranchesFile = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the list as .xlsx or .csv.")] = None,
    language: Language = None,
    as_json: AsJson = False,
    time_zone: TimeZone = "UTC",
) -> None:
    """Recompute published scores from their answers, and list the cells that disagree."""
    from auditkit.run.verifying import verify_files

    said = spoken(language)
    if output is not None and output.suffix.lower() not in (".xlsx", ".csv"):
        stop(f"--output {output}: a file that ends in .xlsx or .csv")
    paths = existing(files)
    job = job_for(checklist, columns, branches, said, time_zone)
    bar = Progress(len(paths), "verify")
    found = verify_files(job, job.columns[0][1], paths, bar.step)
    bar.end()
    if as_json:
        from auditkit.reports.as_json import verification_json

        problems = (*found.problems, *found.disagreements)
        out(verification_json(found.verification, found.hints, found.checklists, problems, said))
    else:
        _show(found, said)
    if output is not None:
        _write(found, output, said, quiet=as_json)
    if not found.verification.compared:
        raise typer.Exit(COULD_NOT)
    if not found.verification.agrees or has_errors(found.problems):
        raise typer.Exit(PROBLEMS)


def _show(found: Verified, language: str) -> None:
    """What came of it; what is wrong with the files themselves stands below, and notes stay with `check`."""
    from auditkit.reports.terminal_verify import print_verification

    print_verification(console(), found.verification, found.hints, found.checklists, language)
    # What nothing uses is of interest where something differs: a question may have been added or replaced.
    agrees = found.verification.agrees
    worth = [each for each in found.problems if not agrees or each.severity is not Severity.NOTE]
    # Where no visit came out of the files at all, what is wrong with them is all there is to say.
    nothing = found.disagreements if found.submissions and not found.verification.compared else ()
    _show_some([*nothing, *worth], language)


def _write(found: Verified, output: Path, language: str, *, quiet: bool) -> None:
    from auditkit.locales import say
    from auditkit.reports.verify_book import write_verification

    try:
        write_verification(found.verification, found.hints, found.checklists, output, language)
    except OSError as error:
        refuse(error, language)
    if not quiet:
        out(say(language, "cli.list_written", file=output))


def _show_some(problems: Sequence[Problem], language: str) -> None:
    left = show_problems(problems, language, most=MOST_PROBLEMS)
    if left:
        from auditkit.locales import say

        typer.echo(say(language, "cli.more_in_check", n=left), err=True)


def map_columns(
    file: Annotated[Path, typer.Argument(help="A table: xlsx, csv, tsv, json lines.")],
    checklist: ChecklistNames = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; default: printed.")] = None,
    language: Language = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Propose a mapping of a table's columns to a checklist, to be looked over."""
    said = spoken(language)
    if output is not None and output.exists() and not force:
        stop(f"{output} is there already; --force writes over it")
    shelf = shelf_for(checklist, said)
    if len(shelf.named) != 1:
        stop("name the one checklist that the table answers: --checklist ID, or the path of its definition")
    proposal = _proposal(file, next(iter(shelf.named.values())), said)
    if output is None:
        out(proposal.text.rstrip("\n"))
    else:
        from auditkit.whole import write_whole

        write_whole(output, proposal.text.encode())
    from auditkit.locales import say

    facts = {"items": len(proposal.items_left), "columns": len(proposal.columns_left), "answers": len(proposal.unread)}
    typer.echo(say(said, "cli.mapped", **facts), err=True)


def _proposal(file: Path, checklist: Checklist, language: str) -> Proposal:
    """The mapping proposed for a file; where none can be, say why and stop."""
    from auditkit.run.inputs import propose_columns

    proposal, problems = propose_columns(file, checklist)
    show_problems(problems, language)
    if proposal is None or not proposal.text:
        raise typer.Exit(COULD_NOT)
    return proposal
