"""What goes back to shoppers: returns, and the copies that check marks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.forms import KINDS
from auditkit.cli.screen import (
    COULD_NOT,
    AsJson,
    Counting,
    Folder,
    Language,
    leave,
    opened,
    out,
    show_problems,
    spoken,
    stop,
)
from auditkit.problems import has_errors

if TYPE_CHECKING:
    from auditkit.definitions.programme import ProgrammeFolder
    from auditkit.run.evidence import Evidence
    from auditkit.run.files import FileOutcome, Job
    from auditkit.run.marking import Copying, Marked
    from auditkit.run.returns import Returned

RETURNED = tuple(name for name in KINDS if name in ("workbook", "page"))
"""Kinds of form that hold remarks beside the questions."""


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(returns)
    app.command()(evidence)


def returns(
    wave: Annotated[str, typer.Argument(help="The wave, as programme.yaml calls it.")],
    folder: Folder = Path(),
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Default: returns/WAVE/.")] = None,
    to: Annotated[str, typer.Option("--to", help=f"What to write: {', '.join(RETURNED)}.")] = "workbook",
    language: Language = None,
    force: Annotated[bool, typer.Option("--force", help="Write over copies that are there.")] = False,
) -> None:
    """Write a folder for every shopper whose reports must go back: marked copies and one message."""
    from datetime import date

    from auditkit.run.returns import write_returns

    stop_unless_returned(to)
    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    lacking = None
    if (home.folder / "evidence" / wave).is_dir():
        found = _evidence(home, wave, said, said if language else None)
        lacking = found.lacking if found is not None else None
    with Counting("returns") as step:
        told = write_returns(
            home,
            wave,
            copying(to, said, force=force),
            output,
            today=date.today(),  # noqa: DTZ011  a shopper's form knows no time zone
            evidence=lacking,
            step=step,
        )
    show_problems(told.problems, said)
    if has_errors(told.problems):
        raise typer.Exit(COULD_NOT)
    _tell(told, wave, said)


def evidence(
    wave: Annotated[str, typer.Argument(help="The wave, as programme.yaml calls it.")],
    folder: Folder = Path(),
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Match photos, receipts and sound with the wave's visits, say what is lacking, and register their hashes."""
    from auditkit.locales import say
    from auditkit.run.evidence import sentence
    from auditkit.run.register import REGISTER, register

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    found = _evidence(home, wave, said)
    if found is None:
        raise typer.Exit(COULD_NOT)
    problems = [*found.problems, *register(found.folder, found.pieces)]
    if as_json:
        from auditkit.reports.as_json import problems_json

        out(problems_json(problems, said))
        leave(problems)
        return
    if not found.folder.is_dir():
        out(say(said, "cli.evidence_none", folder=found.folder))
    show_problems(problems, said, errors=False)
    out(sentence(found, said))
    if found.folder.is_dir():
        out(say(said, "cli.evidence_register", path=found.folder / REGISTER))
    leave(problems)


def _evidence(home: ProgrammeFolder, wave: str, language: str, words: str | None = None) -> Evidence | None:
    """What is known of a wave's evidence; a wave that is not, or a scenario that can't be read, is said."""
    from auditkit.definitions.scenarios import load_scenarios
    from auditkit.run.evidence import look_at
    from auditkit.run.planning import scenario_of
    from auditkit.run.waves import unknown_wave

    if (unknown := unknown_wave(home, wave)) is not None:
        show_problems([unknown], language)
        return None
    scenarios = load_scenarios(home)
    if has_errors(scenarios.problems):
        show_problems(scenarios.problems, language)
        return None
    return look_at(home, wave, scenario_of(home, wave), words)


def stop_unless_returned(to: str) -> None:
    """Only some kinds of form can say what is to be mended."""
    if to not in RETURNED:
        stop(f"--to {to}: a marked copy is one of {', '.join(RETURNED)}")


def copying(to: str, language: str, *, force: bool) -> Copying:
    """How copies of a kind are written."""
    from auditkit.run.marking import Copying

    kind = KINDS[to]
    return Copying(kind.write, kind.endings[0], language, force)


def _tell(found: Returned, wave: str, language: str) -> None:
    from auditkit.locales import say

    for shopper, marked in sorted(found.shoppers.items()):
        things = sum(len(each.remarks) for each in marked)
        name = shopper or say(language, "run.no_shopper")
        out(say(language, "cli.returns_shopper", shopper=name, n=len(marked), things=things))
    if found.shoppers:
        out(say(language, "cli.returns_sum", n=len(found.shoppers), folder=found.folder))
    else:
        out(say(language, "cli.returns_none", wave=wave))
    kept = sum(each.why == "exists" for marked in found.shoppers.values() for each in marked)
    if kept:
        out(say(language, "cli.returns_kept", n=kept))
    if found.stale:
        names = ", ".join(each.relative_to(found.folder).as_posix() for each in found.stale)
        out(say(language, "cli.returns_stale", names=names))
    if found.unreadable:
        out(say(language, "cli.returns_unreadable", names=", ".join(found.unreadable)))


class Copies:
    """Writes a marked copy of every report that must go back, and says so."""

    def __init__(self, job: Job, folder: Path, to: str, language: str, *, force: bool) -> None:
        stop_unless_returned(to)
        if folder.exists() and not folder.is_dir():
            stop(f"--mark {folder}: this is a file; name the folder for the copies")
        self._job, self._folder, self._language = job, folder, language
        self._how = copying(to, language, force=force)
        self.marked: list[Marked] = []

    def look(self, outcome: FileOutcome) -> None:
        """Take a file as it was read."""
        from auditkit.run.marking import mark

        self.marked += mark(outcome, self._job.checklists, self._folder, self._how)

    def tell(self) -> None:
        """Which copies were written, and which were not, with the reason."""
        from auditkit.locales import say

        written = [each for each in self.marked if each.path is not None]
        for each in self.marked:
            if each.path is not None:
                out(say(self._language, "cli.marked", path=each.path, n=len(each.remarks)))
            else:
                out(say(self._language, f"cli.mark_{each.why}", file=each.file, visit=each.visit_id))
        if written:
            out(say(self._language, "cli.marked_sum", n=len(written), folder=self._folder))
        elif not self.marked:
            out(say(self._language, "cli.mark_none"))
