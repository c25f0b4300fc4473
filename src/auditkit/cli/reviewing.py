"""Commands by which decisions go out as a workbook and come back as one: review, take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    PROBLEMS,
    Folder,
    Language,
    existing,
    now,
    opened,
    out,
    results,
    show_problems,
    spoken,
    to_be_new,
    written,
)
from auditkit.problems import has_errors

if TYPE_CHECKING:
    from auditkit.definitions.programme import ProgrammeFolder
    from auditkit.model.decision import Decision

Wave = Annotated[str, typer.Argument(help="Id of the wave.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(review)
    app.command()(take)


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
    from auditkit.review.workbook import to_decide, write_review

    shown, said = results(folder, wave, language)
    found = to_decide(shown, said, every=every)
    if not found:
        out(say(said, "review.nothing"))
        return
    path = output or shown.home.folder / "review" / f"{wave}.xlsx"
    to_be_new(path, ".xlsx", said, force=force)
    with written(path, said):
        write_review(shown, found, path, said)
    out(say(said, "review.written", file=path, reports=len(found.reports),
            comments=len(found.comments), appeals=len(found.appeals)))  # fmt: skip


def take(
    files: Annotated[list[Path], typer.Argument(help="Workbooks that came back filled in.")],
    received: Annotated[
        datetime | None, typer.Option("--received", formats=["%Y-%m-%d"], help="When appeals came; default: today.")
    ] = None,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Take the decisions of workbooks that came back; what cannot be taken is named by its cell."""
    from auditkit.locales import say
    from auditkit.review.taking import take as take_one
    from auditkit.run.action_lines import FILE as ACTIONS
    from auditkit.run.action_lines import write_actions

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    faulty = False
    for path in existing(files):
        with _kept("plan", said):
            found = take_one(path, home, now(), received.date() if received is not None else None)
        show_problems(found.problems, said)
        faulty = faulty or has_errors(found.problems)
        if found.lines:
            write_lines(home, list(found.lines), said)
            home = opened(folder, language)
        if found.actions:
            with _kept(ACTIONS, said):
                write_actions(home.folder, found.actions)
        if found.plan is not None:
            out(say(said, "review.taken_plan", file=path, **found.plan._asdict()))
            continue
        out(say(said, "review.taken", file=path, n=len(found.lines), known=found.known,
                actions=len(found.actions) or ""))  # fmt: skip
    if faulty:
        raise typer.Exit(PROBLEMS)


def write_lines(home: ProgrammeFolder, lines: list[Decision], language: str) -> None:
    """Put decisions into decisions.csv and say each by its number; where that cannot be, say why and stop."""
    from auditkit.locales import say
    from auditkit.run.decision_lines import write

    with _kept("decisions.csv", language):
        numbered = write(home, lines)
    for each in numbered:
        out(say(language, "run.decided", number=each.number, what=say(language, f"run.what_{each.what.value}"),
                visit=each.visit, checklist=each.checklist, item=each.item))  # fmt: skip


@contextmanager
def _kept(name: str, language: str) -> Iterator[None]:
    """A table of the programme is written in here; where that cannot be, say why and stop."""
    from auditkit.problems import Place, problem
    from auditkit.run.decision_lines import BUSY

    try:
        yield
    except OSError as error:
        show_problems([problem(BUSY, Place(name), error.strerror or str(error))], language)
        raise typer.Exit(COULD_NOT) from None
