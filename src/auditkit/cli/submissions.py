"""Commands about what shoppers handed in: check, score, explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    AsJson,
    FailUnder,
    Language,
    Processes,
    console,
    files_under,
    leave,
    out,
    show_problems,
    spoken,
    stop,
)

if TYPE_CHECKING:
    from auditkit.run.files import Job

Files = Annotated[list[Path], typer.Argument(help="Files or folders: xlsx, csv, tsv, json, json lines.")]
ChecklistNames = Annotated[
    list[str] | None, typer.Option("--checklist", "-c", help="Id, id@version or path; the shipped ones are known anyway.")
]
ColumnsFile = Annotated[
    Path | None, typer.Option("--columns", help="A mapping of other people's columns (docs/columns.md).")
]
BranchesFile = Annotated[Path | None, typer.Option("--branches", help="branches.csv; without it any branch is welcome.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(check)
    app.command()(score)
    app.command()(explain)


def job_for(
    checklists: list[str] | None, columns: Path | None, branches: Path | None, language: str, time_zone: str = "UTC"
) -> Job:
    """What files are read with; whatever is wrong with it is said, and the command stops."""
    from datetime import date

    from auditkit.cli.standards import find_checklist, library
    from auditkit.run.files import Job
    from auditkit.run.inputs import load_branches, load_columns

    shelf = library(*[Path(name).parent.parent for name in checklists or () if name.endswith((".yaml", ".yml"))])
    named = [find_checklist(name, shelf, language) for name in checklists or ()]
    mapping, problems = load_columns(columns, named) if columns else (None, ())
    places, more = load_branches(branches) if branches else (None, ())
    show_problems((*problems, *more), language)
    if (columns and mapping is None) or (branches and places is None):
        raise typer.Exit(2)
    return Job(
        checklists=shelf,
        columns=(("*", mapping),) if mapping else (),
        branches=places,
        time_zone=time_zone,
        today=date.today(),  # noqa: DTZ011  a shopper's form knows no time zone
    )


def check(
    files: Files,
    checklist: ChecklistNames = None,
    columns: ColumnsFile = None,
    branches: BranchesFile = None,
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with filled forms: file, sheet, cell, value, and what to do."""
    from auditkit.run.submissions import check_files

    said = spoken(language)
    paths = _existing(files)
    report = check_files(job_for(checklist, columns, branches, said), paths)
    if as_json:
        from auditkit.reports.as_json import problems_json

        out(problems_json(report.problems, said))
    else:
        show_problems(report.problems, said, errors=False)
        for line in report.summary(said):
            out(line)
    leave(report.problems)


def _existing(files: list[Path]) -> list[Path]:
    paths = files_under(files)
    if not paths:
        stop(f"there are no files in {', '.join(map(str, files))}")
    return paths


def score(
    files: Files,
    checklist: ChecklistNames = None,
    columns: ColumnsFile = None,
    branches: BranchesFile = None,
    language: Language = None,
    as_json: AsJson = False,
    items: Annotated[bool, typer.Option("--items", help="With --json: every item, not the findings alone.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the workbooks into this folder.")] = None,
    fail_under: FailUnder = None,
    processes: Processes = None,
    time_zone: Annotated[str, typer.Option(help="Of times without an offset.")] = "UTC",
) -> None:
    """Score filled forms and print the result; with --output, write branch and network workbooks."""
    from auditkit.run import submissions

    said = spoken(language)
    job = job_for(checklist, columns, branches, said, time_zone)
    paths = _existing(files)
    if as_json:
        summary = submissions.score_as_json(job, paths, out, every_item=items, processes=processes)
        raise typer.Exit(summary)
    report = submissions.score_and_report(job, paths, language=said, processes=processes, output=output)
    report.show(console(), said)
    show_problems(report.problems, said)
    leave(report.problems)


def explain(
    visit: Annotated[str, typer.Argument(help="A visit's code, or the file that reports it.")],
    item: Annotated[str | None, typer.Argument(help="Number (3.2) or id of an item; default: the whole visit.")] = None,
    folder: Annotated[Path, typer.Option("--programme", "-p", help="The programme's folder.")] = Path(),
    checklist: ChecklistNames = None,
    columns: ColumnsFile = None,
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show every step from the cell in the file to the score."""
    raise NotImplementedError
