"""The command that deletes what is past its time: purge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    PROBLEMS,
    AsJson,
    Folder,
    Language,
    opened,
    out,
    show_problems,
    spoken,
    stop,
)

if TYPE_CHECKING:
    from auditkit.definitions.programme import ProgrammeFolder
    from auditkit.model.programme import Wave
    from auditkit.problems import Problem
    from auditkit.run.purging.due import Due

MOST = 40
"""Files that are listed; `--json` lists all."""


def add_to(app: typer.Typer) -> None:
    """Put this command into the program."""
    app.command()(purge)


def purge(
    wave: Annotated[str | None, typer.Argument(help="Id of the wave; default: all waves.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete; without it nothing is.")] = False,
    by: Annotated[str, typer.Option("--by", help="Who deletes, by the name in programme.yaml.")] = "",
    despite: Annotated[str, typer.Option("--despite", help="Why also what somebody still needs is deleted.")] = "",
    folder: Folder = Path(),
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Show what is past its time of retention; with --yes delete it, keeping the answers of reports."""
    from auditkit.run.deciding import person_of
    from auditkit.run.purging.standing import not_current
    from auditkit.run.waves import unknown_wave

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    wrong = [each for each in (unknown_wave(home, wave) if wave else None, person_of(home, by) if by else None) if each]
    if not wrong and yes and not by.strip():
        stop("--yes needs --by: who deletes")
    waves = [each for each in home.programme.waves if wave in (None, each.id)]
    wrong += [] if wrong else not_current(home, waves, finish=yes)
    if wrong:
        show_problems(wrong, said)
        raise typer.Exit(COULD_NOT)
    # A shopper's file knows no time zone; a day more or less is the reader's.
    today = date.today()  # noqa: DTZ011
    if yes:
        _delete(home, waves, today, (by.strip(), despite.strip()), said, as_json=as_json)
    else:
        _preview(home, waves, today, said, as_json=as_json)


def _preview(home: ProgrammeFolder, waves: Sequence[Wave], today: date, language: str, *, as_json: bool) -> None:
    from auditkit.locales import say
    from auditkit.results.store import Store
    from auditkit.run.purging.due import due_in, unconfirmed

    due = due_in(home, Store(home.folder / ".auditkit" / "results"), waves, today)
    problems = [*unconfirmed(due, home), *(needed for each in due if (needed := each.needed) is not None)]
    going = [each for each in due if each.needed is None and not each.usual]
    if as_json:
        _json(due, problems, language, deleted=[])
        return
    show_problems(problems, language)
    _list(due, language)
    if not due:
        out(say(language, "purge.nothing"))
    elif going:
        out(say(language, "purge.would", n=len(going), size=_size(going)))


def _delete(
    home: ProgrammeFolder, waves: Sequence[Wave], today: date, who: tuple[str, str], language: str, *, as_json: bool
) -> None:
    from auditkit.locales import say
    from auditkit.run.programme import run
    from auditkit.run.purging.deleting import Who, delete
    from auditkit.run.purging.due import unconfirmed

    by, despite = who
    now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    told = delete(home, waves, today, Who(by, now, despite))
    # The words stood in results and reports too.
    first = min((at for at, each in enumerate(home.programme.waves) if each.id in told.waves), default=None)
    for each in home.programme.waves[first:] if first is not None else ():
        if each.id in told.waves or (home.folder / "reports" / each.id).is_dir():
            run(home.folder, wave=each.id)
    problems = [*told.problems, *unconfirmed(told.left, home)]
    if as_json:
        _json([*told.done, *told.left], problems, language, deleted=told.done)
    else:
        show_problems(problems, language)
        _list(told.done, language)
        if told.done:
            out(say(language, "purge.done", n=len(told.done), size=_size(told.done)))
        elif not problems:
            out(say(language, "purge.nothing"))
    if problems:
        raise typer.Exit(PROBLEMS)


def _list(due: Sequence[Due], language: str) -> None:
    from auditkit.locales import say

    for each in due[:MOST]:
        facts = {"file": each.file, "kind": say(language, f"purge.kind_{each.kind}"), "age": each.age,
                 "since": each.since, "days": each.days}  # fmt: skip
        key = f"purge.line_{each.without}" if each.without else "purge.line"
        out(say(language, key, **facts))
    if len(due) > MOST:
        out(say(language, "purge.more", n=len(due) - MOST))


def _size(due: Sequence[Due]) -> str:
    return f"{sum(each.size for each in due) / 1_000_000:.1f}"


def _json(due: Sequence[Due], problems: Sequence[Problem], language: str, *, deleted: Sequence[Due]) -> None:
    from auditkit.reports.as_json import dumped, problem_record

    gone = {each.file for each in deleted}
    rows = [
        {
            "kind": each.kind,
            "file": each.file,
            "wave": each.wave,
            "bytes": each.size,
            "since": str(each.since),
            "age": each.age,
            "days": each.days,
            "without": each.without,
            "needed": (needed.code if (needed := each.needed) is not None else ""),
            "confirmed": not each.usual,
            "deleted": each.file in gone,
        }
        for each in due
    ]
    out(dumped({"files": rows, "problems": [problem_record(each, language) for each in problems]}))
