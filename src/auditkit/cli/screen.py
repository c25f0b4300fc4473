"""What every command shares: the language it speaks, the console it prints on, problems, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, Self

import typer

from auditkit.problems import Problem, has_errors

if TYPE_CHECKING:
    from rich.console import Console

    from auditkit.definitions.programme import ProgrammeFolder
    from auditkit.run.showing import Shown

FINE, PROBLEMS, COULD_NOT = 0, 1, 2
NARROWEST, WIDEST = 80, 200

Draft = Annotated[bool, typer.Option("--draft", help="Also with a checklist that is not approved yet.")]
Language = Annotated[
    str | None, typer.Option("--language", "-l", help="en, ru, kk, pl or ro; default: the programme's, else English.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Processes = Annotated[int | None, typer.Option("--processes", help="Worker processes; default: one a processor.")]
Folder = Annotated[Path, typer.Option("--programme", "-p", help="The programme's folder; default: this one.")]
FailUnder = Annotated[
    str | None, typer.Option("--fail-under", help="Exit with 1 where a branch's score is below this many percent.")
]


def spoken(asked: str | None, default: str = "") -> str:
    """The language to speak: what was asked, else the environment's, else the default, else English."""
    from auditkit.locales import LANGUAGES, nearest_language

    if asked is not None and asked.replace("_", "-").partition("-")[0].lower() not in LANGUAGES:
        stop(f"--language {asked}: there is en, ru, kk, pl and ro")
    return nearest_language(asked or os.environ.get("AUDITKIT_LANGUAGE") or default or "en")


def console(*, errors: bool = False) -> Console:
    """Where tables go: as wide as the terminal within 80 to 200 columns, plain where piped."""
    from rich.console import Console

    made = Console(stderr=errors, highlight=False, emoji=False, markup=False, soft_wrap=False)
    made.width = min(WIDEST, max(NARROWEST, made.width)) if made.is_terminal else piped_width()
    return made


def show_problems(problems: Sequence[Problem], language: str, *, errors: bool = True, most: int | None = None) -> int:
    """Problems in the reader's language: place first, then what is wrong, then what to do.

    `most`: so many different ones. Gives the number of problems that are not shown.
    """
    if not problems:
        return 0
    from auditkit.reports.problem_list import print_problems, problem_lines

    if (sys.stderr if errors else sys.stdout).isatty() or "FORCE_COLOR" in os.environ:
        return print_problems(console(errors=errors), problems, language, most)
    # Colours are drawn by a library that takes longer to load than a form to be read; a pipe shows none.
    lines, left = problem_lines(problems, language, piped_width(), most)
    typer.echo("\n".join("".join(text for text, _ in line) for line in lines), err=errors)
    return left


def piped_width() -> int:
    """Columns of what no terminal shows."""
    said = os.environ.get("COLUMNS", "")
    return min(WIDEST, max(NARROWEST, int(said))) if said.isdigit() else 100


def out(text: str) -> None:
    """A line of plain text, whatever the encoding of the terminal."""
    typer.echo(text)


def stop(sentence: str) -> NoReturn:
    """The command cannot be carried out: say why, exit 2."""
    typer.echo(f"auditkit: {sentence}", err=True)
    raise typer.Exit(COULD_NOT)


def refuse(error: OSError, language: str) -> NoReturn:
    """A disk that refuses: what it is and what to do, exit 2."""
    from auditkit.run.disk import refused

    show_problems([refused(error)], language)
    raise typer.Exit(COULD_NOT)


def opened(folder: Path, language: str | None) -> ProgrammeFolder:
    """The programme in a folder; where it can't be used, say why and stop."""
    from auditkit.definitions.programme import load_programme

    home, problems = load_programme(folder)
    if home is None:
        show_problems(problems, spoken(language))
        raise typer.Exit(COULD_NOT)
    return home


def results(folder: Path, wave: str | None, language: str | None) -> tuple[Shown, str]:
    """The last results of a programme and the language to speak; where there are none, say why and stop."""
    from auditkit.run.showing import last_results

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    shown, found = last_results(home, wave)
    show_problems(found, said)
    if shown is None:
        raise typer.Exit(COULD_NOT)
    return shown, said


def programme_with(folder: Path, wave: str, language: str | None) -> tuple[ProgrammeFolder, str]:
    """The programme and the language to speak; where it has no such wave, say so and stop."""
    from auditkit.run.waves import unknown_wave

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    if (unknown := unknown_wave(home, wave)) is not None:
        show_problems([unknown], said)
        raise typer.Exit(COULD_NOT)
    return home, said


def now() -> str:
    """The moment, ISO 8601 with offset."""
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")


def to_be_new(path: Path, ending: str, language: str, *, force: bool) -> None:
    """Where a file may not be written under this name, say why and stop."""
    from auditkit.locales import say

    if path.suffix.lower() != ending:
        stop(say(language, "cli.ending", file=path))
    if path.exists() and not force:
        stop(say(language, "cli.there", file=path))


@contextmanager
def written(path: Path, language: str) -> Iterator[Path]:
    """A file is written in here, into a folder that is made; where that cannot be, say why and stop."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield path
    except OSError as why:
        refuse(why, language)


def leave(problems: Iterable[Problem]) -> None:
    """Exit 1 where something is wrong, else 0."""
    if has_errors(problems):
        raise typer.Exit(PROBLEMS)


def files_under(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those in the folders named, hidden ones left out; each once, in order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update((each, None) for each in _inside(path))
        else:
            found[_meant(path)] = None
    return list(found)


def _meant(path: Path) -> Path:
    """The file that a kept one stands for: what was kept is read under the name of what was deleted."""
    from auditkit.intake.kept_names import ENDING, is_kept

    own = path.with_name(path.name.removesuffix(ENDING))
    return own if path.name.endswith(ENDING) and is_kept(own) else path


def _inside(folder: Path) -> Iterator[Path]:
    # Not `rglob`, which asks the disk about every file: of ten thousand that takes longer than to load the program.
    try:
        entries = sorted(os.scandir(folder), key=lambda each: each.name)
    except OSError as error:
        stop(f"{folder}: this folder cannot be listed, and what lies in it would be lost: {error.strerror or error}")
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _inside(folder / entry.name)
        elif entry.is_file() and not entry.name.startswith("."):
            path = folder / entry.name
            if path.suffix != ".kept":
                yield path
            elif (meant := _meant(path)) != path:
                yield meant


def existing(paths: Sequence[Path]) -> list[Path]:
    """The files meant; where there are none, the command ends."""
    found = files_under(paths)
    if not found:
        stop(f"there are no files in {', '.join(map(str, paths))}")
    return found


def mark(text: str | None) -> Decimal | None:
    """`--fail-under 75` as a number."""
    if text is None:
        return None
    try:
        number = Decimal(text.replace(",", ".").rstrip("% "))
    except InvalidOperation:
        stop(f"--fail-under {text}: a number of percent, such as 75")
    if not number.is_finite():
        stop(f"--fail-under {text}: a number of percent, such as 75")
    return number


class Progress:
    """Counts pieces done; draws at most ten times a second, and only after a second has gone."""

    def __init__(self, total: int, label: str) -> None:
        self.total, self.label, self.done = total, label, 0
        self.visible = sys.stderr.isatty()
        self.began = self.drawn = self._now()

    @staticmethod
    def _now() -> float:
        import time

        return time.monotonic()

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        self.done += count
        now = self._now()
        if self.visible and now - self.began > 1 and now - self.drawn > 0.1:
            self.drawn = now
            full = 30 * self.done // max(1, self.total)
            bar = "█" * full + "░" * (30 - full)
            sys.stderr.write(f"\r{self.label} {bar} {self.done}/{self.total}")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the bar away."""
        if self.visible and self.drawn != self.began:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


class Counting:
    """A bar that learns with the first step how many pieces there are; taken away at the end of the block."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        if self._bar is None:
            self._bar = Progress(total, self.label)
        self._bar.step(done - self._bar.done)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.end()
