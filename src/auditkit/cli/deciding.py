"""Commands with which a person decides about reports: decide accept, return, exclude, annul, amend, undo, list."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    PROBLEMS,
    AsJson,
    Folder,
    Language,
    console,
    existing,
    opened,
    out,
    show_problems,
    spoken,
    stop,
)
from auditkit.model.decision import What
from auditkit.problems import has_errors

if TYPE_CHECKING:
    from auditkit.definitions.programme import ProgrammeFolder
    from auditkit.model.decision import Decision
    from auditkit.problems import Problem
    from auditkit.run.deciding import Bench, Taker

Wave = Annotated[str, typer.Argument(help="Id of the wave.")]
Visit = Annotated[str, typer.Argument(help="Code of the visit.")]
By = Annotated[str, typer.Option("--by", help="Who decides, by the name in programme.yaml.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why; it is kept with the decision.")]
OfChecklist = Annotated[str, typer.Option("--checklist", "-c", help="Where the visit has reports on several.")]
OfFile = Annotated[str, typer.Option("--file", help="Where there are several reports of the visit.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    decide = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="Decide about reports; every decision is kept."
    )
    for name, what, told in (
        ("accept", What.ACCEPT, "Let a report count that was held."),
        ("accept-incomplete", What.ACCEPT_INCOMPLETE, "Take a report as it is: what is blank was not observed."),
        ("return", What.RETURN, "Send a report back to its shopper."),
        ("exclude", What.EXCLUDE, "Let a report count nowhere."),
    ):
        decide.command(name=name, help=told)(_of_report(what))
    decide.command()(annul)
    decide.command()(amend)
    decide.command()(undo)
    decide.command(name="list")(list_)
    app.command()(review)
    app.command()(take)
    app.add_typer(decide, name="decide")


def _of_report(what: What):  # type: ignore[no-untyped-def]
    def command(
        wave: Wave,
        visit: Visit,
        by: By,
        reason: Reason,
        checklist: OfChecklist = "",
        file: OfFile = "",
        folder: Folder = Path(),
        language: Language = None,
    ) -> None:
        from auditkit.run.deciding import Asked

        bench, taker, said = _bench(folder, wave, by, reason, language)
        _written(bench, *bench.of_report(what, Asked(wave, visit, checklist, file), taker), said)

    return command


def annul(
    wave: Wave,
    checklist: Annotated[str, typer.Argument(help="Id of the checklist.")],
    item: Annotated[str, typer.Argument(help="Number or id of the question.")],
    by: By,
    reason: Reason,
    branch: Annotated[list[str] | None, typer.Option("--branch", "-b", help="Only these; default: all.")] = None,
    visit: Annotated[str, typer.Option("--visit", help="Only this one.")] = "",
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Take a question out of the scores of a wave, at all branches or some."""
    bench, taker, said = _bench(folder, wave, by, reason, language)
    _written(bench, *bench.annul(checklist, item, branch or [], visit, taker), said)


def amend(
    wave: Wave,
    visit: Visit,
    item: Annotated[str, typer.Argument(help="Number or id of the question.")],
    answer: Annotated[str, typer.Argument(help="The answer that holds, as a form offers it.")],
    by: By,
    reason: Reason,
    checklist: OfChecklist = "",
    file: OfFile = "",
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Replace one answer of a report; the file itself stays as it came."""
    from auditkit.run.deciding import Asked

    bench, taker, said = _bench(folder, wave, by, reason, language)
    _written(bench, *bench.amend(Asked(wave, visit, checklist, file), item, answer, taker), said)


def undo(
    number: Annotated[int, typer.Argument(help="Number of the decision.")],
    by: By,
    reason: Reason,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Take a decision back by a further line; nothing is erased."""
    bench, taker, said = _bench(folder, "", by, reason, language)
    _written(bench, *bench.undo(number, taker), said)


def list_(
    wave: Annotated[str | None, typer.Argument(help="Only of this wave.")] = None,
    folder: Folder = Path(),
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """All decisions in their order, with those that were undone."""
    from auditkit.reports.terminal_decisions import decisions_json, print_decisions

    home = opened(folder, language)
    found = [each for each in home.decisions.every if wave in (None, each.wave)]
    if as_json:
        out(decisions_json(found, home.decisions))
    else:
        print_decisions(console(), found, home.decisions, spoken(language, home.programme.language))


def review(
    wave: Wave,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Default: review/WAVE.xlsx.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also reports that count.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Write a workbook with every report that waits: why, a proposal, and room for decision and reason."""
    from auditkit.locales import say
    from auditkit.review.waiting import waiting
    from auditkit.review.workbook import write_review
    from auditkit.run.showing import last_results

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    shown, problems = last_results(home, wave)
    show_problems(problems, said)
    if shown is None:
        raise typer.Exit(COULD_NOT)
    found = waiting(shown, said, every=every)
    if not found:
        out(say(said, "review.nothing"))
        return
    path = output or home.folder / "review" / f"{wave}.xlsx"
    if path.suffix.lower() != ".xlsx":
        stop(say(said, "editing.ending", file=path))
    if path.exists() and not force:
        stop(say(said, "editing.there", file=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_review(shown, found, path, said)
    except OSError as why:
        stop(str(why))
    out(say(said, "review.written", file=path, n=len(found)))


def take(
    files: Annotated[list[Path], typer.Argument(help="Workbooks that came back filled in.")],
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Take the decisions of workbooks that came back; what cannot be taken is named by its cell."""
    from auditkit.locales import say
    from auditkit.review.taking import take as take_one

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    faulty = False
    for path in existing(files):
        found = take_one(path, home, _now())
        show_problems(found.problems, said)
        faulty = faulty or has_errors(found.problems)
        if found.lines:
            _write(home, list(found.lines), said)
            home = opened(folder, language)
        out(say(said, "review.taken", file=path, n=len(found.lines), known=found.known))
    if faulty:
        raise typer.Exit(PROBLEMS)


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def _bench(folder: Path, wave: str, by: str, reason: str, language: str | None) -> tuple[Bench, Taker, str]:
    """Where it is decided and by whom; where that cannot be, say why and stop."""
    from auditkit.run.deciding import Bench, Taker, person_of
    from auditkit.run.programme import unknown_wave

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    faults = [unknown_wave(home, wave) if wave else None, person_of(home, by)]
    if any(faults):
        show_problems([each for each in faults if each is not None], said)
        raise typer.Exit(COULD_NOT)
    return Bench.of(home, wave), Taker(by.strip(), " ".join(reason.split()), _now()), said


def _written(bench: Bench, lines: list[Decision], problems: list[Problem], language: str) -> None:
    from auditkit.locales import say

    show_problems(problems, language)
    if not lines:
        raise typer.Exit(COULD_NOT)
    _write(bench.home, lines, language)
    out(say(language, "run.decided_then"))


def _write(home: ProgrammeFolder, lines: list[Decision], language: str) -> None:
    from auditkit.locales import say
    from auditkit.problems import Place, problem
    from auditkit.run.decision_lines import BUSY, write

    try:
        numbered = write(home, lines)
    except OSError as error:
        fault = problem(BUSY, Place("decisions.csv"), error.strerror or str(error))
        show_problems([fault], language)
        raise typer.Exit(COULD_NOT) from None
    for each in numbered:
        out(say(language, "run.decided", number=each.number, what=say(language, f"run.what_{each.what.value}"),
                visit=each.visit, checklist=each.checklist, item=each.item))  # fmt: skip
