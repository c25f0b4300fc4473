"""Commands about a whole programme: init, demo, run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    AsJson,
    Draft,
    FailUnder,
    Language,
    Processes,
    Progress,
    mark,
    opened,
    out,
    show_problems,
    spoken,
)

if TYPE_CHECKING:
    from auditkit.run.report import RunReport

MOST_PROBLEMS = 20
"""Of a run, shown at once; all of them stand in `show problems` and in the network's workbook."""


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(run)
    app.command()(init)
    app.command()(demo)


def init(
    folder: Annotated[Path, typer.Argument(help="A new folder, or an empty one.")],
    country: Annotated[str, typer.Option(help="KZ, PL, RO, RU …: its holidays and time zone.")] = "",
    language: Language = None,
    excel: Annotated[bool, typer.Option("--excel", help="Tables as sheets of programme.xlsx instead of csv.")] = False,
) -> None:
    """Set up a programme's folder that works at once; nothing is ever written over."""
    from auditkit.definitions.starter import write_starter
    from auditkit.locales import say

    said = spoken(language)
    today = date.today()  # noqa: DTZ011  the quarter of the person who sits here
    written, problems = write_starter(folder, today=today, country=country, language=said, excel=excel)
    show_problems(problems, said)
    if not written:
        raise typer.Exit(COULD_NOT)
    for path in written:
        out(str(path))
    out(say(said, "cli.next_init", folder=folder))


def demo(
    folder: Annotated[Path, typer.Argument(help="A new folder, or an empty one.")] = Path("auditkit-demo"),
    language: Language = None,
    processes: Processes = None,
) -> None:
    """Make a programme of twelve branches, run both its waves, and show the network."""
    from auditkit.demo.making import begin_demo, end_demo
    from auditkit.locales import say

    said = spoken(language)
    written, problems = begin_demo(folder)
    show_problems(problems, said)
    if not written:
        raise typer.Exit(COULD_NOT)
    home = opened(folder, language)
    for wave in home.programme.waves:
        report = _run(folder, wave.id, said if language else None, processes)
    end_demo(folder)
    from auditkit.cli.showing import print_network_of

    print_network_of(folder, None, said)
    out("")
    _say_reports(report, said)
    out(say(said, "cli.next_demo", folder=folder))


def run(
    folder: Annotated[Path, typer.Argument(help="The programme's folder.")] = Path(),
    wave: Annotated[str | None, typer.Option(help="The wave to report; default: the latest with files.")] = None,
    language: Language = None,
    fail_under: FailUnder = None,
    processes: Processes = None,
    as_json: AsJson = False,
    draft: Draft = False,
) -> None:
    """Read what came in, score it, and write the reports that are out of date."""
    least = mark(fail_under)
    said = spoken(language)
    report = _run(folder, wave, said if language else None, processes, draft=draft)
    if not language and report.language:
        said = spoken(None, report.language)
    if as_json:
        out(report.as_json(said))
        raise typer.Exit(report.exit_code(least))
    shown = report.problems if len(report.problems) <= MOST_PROBLEMS else _gravest(report)
    show_problems(shown, said)
    if report.done:
        _say_run(report, said, len(shown))
        if least is not None:
            _say_below(report, said, least)
    raise typer.Exit(report.exit_code(least))


def _run(
    folder: Path, wave: str | None, language: str | None, processes: int | None, *, draft: bool = True
) -> RunReport:
    from auditkit.run.programme import run as run_programme

    bars: dict[str, Progress] = {}

    def progress(what: str, done: int, total: int) -> None:
        bar = bars.setdefault(what, Progress(total, what))
        bar.step(done - bar.done)
        if done >= total:
            bar.end()

    today = date.today()  # noqa: DTZ011  a visit that is still to come was typed wrongly
    return run_programme(
        folder, wave=wave, processes=processes, language=language, progress=progress, today=today, draft=draft
    )


def _gravest(report: RunReport) -> tuple:  # type: ignore[type-arg]
    from auditkit.problems import Severity

    order = list(Severity)
    return tuple(sorted(report.problems, key=lambda each: order.index(each.severity))[:MOST_PROBLEMS])


def _say_run(report: RunReport, language: str, shown: int) -> None:
    from auditkit.locales import say

    left = len(report.problems) - shown
    if left > 0:
        out(say(language, "cli.more_problems", n=left))
    parts = " + ".join(f"{say(language, f'reports.fate.{fate}')} {n}" for fate, n in report.fates if n) or "0"
    out(say(language, "cli.run_sum", wave=report.wave, received=report.received, parts=parts))
    out(say(language, "cli.run_read", read=report.read, files=report.files))
    _say_reports(report, language)


def _say_reports(report: RunReport, language: str) -> None:
    from auditkit.locales import say

    folder = report.folder.as_posix()
    out(say(language, "cli.run_reports", written=len(report.written), kept=report.kept, folder=folder))
    if report.removed:
        out(say(language, "cli.run_removed", n=len(report.removed), names=", ".join(p.name for p in report.removed)))


def _say_below(report: RunReport, language: str, least: object) -> None:
    from auditkit.locales import say

    below = report.below(least)  # type: ignore[arg-type]
    if below:
        names = ", ".join(f"{code} {shown}" for code, shown in below)
        out(say(language, "cli.below", n=len(below), least=least, names=names))
