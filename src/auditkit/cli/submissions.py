"""Commands about what shoppers handed in: check, score, explain."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.returning import RETURNED, Copies
from auditkit.cli.screen import (
    COULD_NOT,
    PROBLEMS,
    AsJson,
    Draft,
    FailUnder,
    Folder,
    Language,
    Processes,
    Progress,
    console,
    existing,
    leave,
    mark,
    opened,
    out,
    show_problems,
    spoken,
    stop,
)
from auditkit.problems import Problem, Severity

if TYPE_CHECKING:
    from auditkit.run.files import Job
    from auditkit.run.inputs import Shelf
    from auditkit.run.submissions import ScoredFiles, Summary

Files = Annotated[list[Path], typer.Argument(help="Files or folders: xlsx, csv, tsv, json, json lines.")]
ChecklistNames = Annotated[
    list[str] | None,
    typer.Option("--checklist", "-c", help="Id, id@version or path of a definition; shipped ones are known anyway."),
]
ColumnsFile = Annotated[
    Path | None, typer.Option("--columns", help="A mapping of other people's columns (docs/columns.md).")
]
BranchesFile = Annotated[Path | None, typer.Option("--branches", help="branches.csv; without it, any branch.")]
TimeZone = Annotated[str, typer.Option("--time-zone", help="Of times without an offset, such as Asia/Almaty.")]
MOST_ONE_BY_ONE = 8
"""Up to so many visits are shown item by item; more of them as a network."""


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(check)
    app.command()(score)
    app.command()(explain)


def shelf_for(names: list[str] | None, language: str) -> Shelf:
    """The definitions at hand; one that was named and can't be used ends the command."""
    from auditkit.run.inputs import Shelf

    shelf = Shelf([Path("checklists")])
    for name in names or ():
        checklist, problems = shelf.name(name)
        # What is only doubtful in a definition is said by lint, and not again with every file.
        show_problems([each for each in problems if each.severity is Severity.ERROR], language)
        if checklist is None:
            raise typer.Exit(COULD_NOT)
    return shelf


def job_for(
    names: list[str] | None,
    columns: Path | None,
    branches: Path | None,
    language: str,
    time_zone: str = "UTC",
    *,
    drafts: bool = True,
) -> Job:
    """What files are read with; whatever is wrong with it is said, and the command stops."""
    from datetime import date

    from auditkit.run.files import Job

    shelf = shelf_for(names, language)
    mapping = places = None
    if columns is not None or branches is not None:
        from auditkit.run.inputs import load_branches, load_columns

        problems: list[Problem] = []
        if columns is not None:
            mapping, found = load_columns(columns, list(shelf.named.values()))
            problems += found
        if branches is not None:
            places, found = load_branches(branches)
            problems += found
        show_problems(problems, language)
        if (columns is not None and mapping is None) or (branches is not None and places is None):
            raise typer.Exit(COULD_NOT)
    return Job(
        checklists=shelf,
        columns=(("*", mapping),) if mapping is not None else (),
        branches=places,
        time_zone=zone(time_zone),
        today=date.today(),  # noqa: DTZ011  a shopper's form knows no time zone
        drafts=drafts,
    )


def zone(name: str) -> str:
    """A time zone that exists."""
    if name != "UTC":
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            stop(f"--time-zone {name}: there is no such zone; names are like Asia/Almaty or Europe/Warsaw")
    return name


def check(
    files: Files,
    checklist: ChecklistNames = None,
    columns: ColumnsFile = None,
    branches: BranchesFile = None,
    language: Language = None,
    as_json: AsJson = False,
    mark: Annotated[
        Path | None,
        typer.Option("--mark", help="Write a marked copy of every form that must go back: its folder."),
    ] = None,
    to: Annotated[str, typer.Option("--to", help=f"With --mark, what to write: {', '.join(RETURNED)}.")] = "workbook",
    force: Annotated[bool, typer.Option("--force", help="With --mark: write over copies that are there.")] = False,
) -> None:
    """Say what is wrong with filled forms: file, sheet, cell, value, and what to do."""
    from auditkit.run.submissions import check_files

    said = spoken(language)
    paths = existing(files)
    job = job_for(checklist, columns, branches, said)
    bar = Progress(len(paths), "check")
    copies = Copies(job, mark, to, said, force=force) if mark is not None else None
    summary = (
        check_files(job, paths, bar.step, copies.look) if copies is not None else check_files(job, paths, bar.step)
    )
    bar.end()
    if as_json:
        from auditkit.reports.as_json import problems_json

        out(problems_json(summary.problems, said))
    else:
        show_problems(summary.problems, said, errors=False)
        say_sum(summary, said)
        if copies is not None:
            copies.tell()
    leave(summary.problems)


def say_sum(summary: Summary, language: str) -> None:
    """What came in = what became of it, fate by fate."""
    from auditkit.locales import say

    parts = [f"{say(language, f'reports.fate.{fate.value}')} {n}" for fate, n in summary.fates.items() if n]
    out(say(language, "cli.sum", received=summary.received, parts=" + ".join(parts) or "0", files=summary.files))


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
    time_zone: TimeZone = "UTC",
    draft: Draft = False,
) -> None:
    """Score filled forms and show the result; with --output, write branch and network workbooks."""
    said = spoken(language)
    least = mark(fail_under)
    paths = existing(files)
    job = job_for(checklist, columns, branches, said, time_zone, drafts=draft)
    if as_json and least is None and output is None:
        from auditkit.run.submissions import score_as_json

        leave(score_as_json(job, paths, out, said, every_item=items, processes=processes).problems)
        return
    from auditkit.run.submissions import score_and_analyse, write_workbooks

    bar = Progress(len(paths), "score")
    scored = score_and_analyse(job, paths, processes=processes, step=bar.step)
    bar.end()
    if as_json:
        from auditkit.reports.as_json import network_json

        out(network_json(scored.network, said))
    else:
        _show(scored, said)
    if output is not None:
        written = list(write_workbooks(scored, output, said))
        if not as_json:
            from auditkit.locales import say

            out(say(said, "cli.written", n=len(written), folder=output))
    leave(scored.summary.problems)
    below = [figures for figures in scored.branches if least is not None and is_below(figures.index.shown, least)]
    if below:
        raise typer.Exit(PROBLEMS)


def is_below(shown: Decimal | None, least: Decimal) -> bool:
    """Whether a score misses the mark; what was not scored misses nothing."""
    return shown is not None and shown < least


def _show(scored: ScoredFiles, language: str) -> None:
    from auditkit.reports.terminal import ScoredVisit, print_network, print_scores

    visits = [ScoredVisit(each.branch.code, visit) for each in scored.branches for visit in each.visits]
    if len(visits) <= MOST_ONE_BY_ONE:
        if visits:
            print_scores(console(), visits, language, scored.context)
    else:
        print_network(console(), scored.network, language, scored.context)
    show_problems([each for each in scored.summary.problems if not _of_mapping(each)], language)
    say_sum(scored.summary, language)


def _of_mapping(problem: Problem) -> bool:
    """A note of what a mapping leaves aside: said by `check`, and not again with every result."""
    return problem.severity is Severity.NOTE and problem.code.startswith("C")


def _file_and_code(visit: str) -> tuple[Path, str | None]:
    """`wave.csv#988999` as the file and the visit in it; a file whose own name holds the sign is just that."""
    from auditkit.intake.kept import stored

    file, sign, code = visit.rpartition("#")
    if sign and not Path(visit).exists() and stored(Path(file)).is_file():
        return Path(file), code
    return Path(visit), None


def explain(
    visit: Annotated[str, typer.Argument(help="A visit's code, the file that reports it, or FILE#CODE of a table.")],
    item: Annotated[str | None, typer.Argument(help="Number (3.2) or id of an item; default: the whole visit.")] = None,
    folder: Folder = Path(),
    checklist: ChecklistNames = None,
    columns: ColumnsFile = None,
    language: Language = None,
    as_json: AsJson = False,
    time_zone: TimeZone = "UTC",
) -> None:
    """Show every step from the cell in the file to the score."""
    from auditkit.intake.kept import stored
    from auditkit.run.explaining import explain_file, explain_visit

    file, code = _file_and_code(visit)
    if stored(file).is_file():
        said = spoken(language)
        found, problems = explain_file(job_for(checklist, columns, None, said, time_zone), file, item, code)
    else:
        programme = opened(folder, language)
        said = spoken(language, programme.programme.language)
        found, problems = explain_visit(programme, visit, item)
    show_problems([each for each in problems if not _of_mapping(each)], said)
    if as_json:
        from auditkit.reports.as_json import explanation_json

        out("[" + ",\n".join(explanation_json(each.explanation, each.decisions, said) for each in found) + "]")
    else:
        from auditkit.reports.terminal import print_explanation

        for each in found:
            print_explanation(console(), each.explanation, each.checklist, said, each.decisions)
    if not found:
        raise typer.Exit(COULD_NOT)
