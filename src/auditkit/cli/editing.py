"""Commands that write definitions: import, export, new."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    PROBLEMS,
    Folder,
    Language,
    console,
    opened,
    out,
    refuse,
    show_problems,
    spoken,
    stop,
    to_be_new,
    written,
)
from auditkit.cli.standards import library
from auditkit.problems import has_errors

if TYPE_CHECKING:
    from auditkit.editing.draft import Draft
    from auditkit.editing.keeping import Kept

Into = Annotated[Path, typer.Option("--output", "-o", help="The folder of checklists to write into.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command(name="import")(import_)
    app.command()(export)
    app.command()(new)


def import_(
    file: Annotated[Path, typer.Argument(help="A workbook that `export` wrote, or any sheet of questions.")],
    output: Into = Path("checklists"),
    id_: Annotated[str, typer.Option("--id", help="Id of the checklist; default: from the file's name.")] = "",
    sheet: Annotated[list[str] | None, typer.Option(help="Only these sheets; default: all with questions.")] = None,
    written_in: Annotated[str, typer.Option(help="Language of the questions (en, ru, ar …); default: guessed.")] = "",
    language: Language = None,
) -> None:
    """Make a definition of a workbook: a standard's next version, or of any sheet a proposal with its guesses."""
    from auditkit.editing.reading import is_ours, read_draft
    from auditkit.tables.opening import open_book

    said = spoken(language)
    book, problems = open_book(file)
    if book is None:
        show_problems(problems, said)
        raise typer.Exit(COULD_NOT)
    if is_ours(book):
        _keep(read_draft(book), output, said)
        return
    from auditkit.editing.foreign.proposal import Wishes, propose

    draft = propose(book, Wishes(id_, tuple(sheet or ()), written_in))
    if draft is None:
        from auditkit.editing.foreign.guesses import NO_QUESTIONS
        from auditkit.problems import Place, problem

        show_problems([problem(NO_QUESTIONS, Place(str(file)), file.name)], said)
        raise typer.Exit(COULD_NOT)
    _keep(draft, output, said, proposed=True)


def _keep(draft: Draft, output: Path, language: str, *, proposed: bool = False) -> None:
    from auditkit.editing.keeping import keep, keep_proposal
    from auditkit.locales import say

    try:
        kept = (keep_proposal if proposed else keep)(draft, output)
    except OSError as why:
        refuse(why, language)
    show_problems(kept.problems, language, errors=not kept.paths)
    if kept.after is None and not kept.paths:
        stop(say(language, "editing.nothing_written"))
    if kept.after is not None and not kept.paths:
        out(say(language, "editing.no_change", checklist=f"{kept.after.checklist} {kept.after.version}"))
        return
    _say_kept(kept, language)
    if has_errors(kept.problems):
        raise typer.Exit(PROBLEMS)


def _say_kept(kept: Kept, language: str) -> None:
    from auditkit.locales import say
    from auditkit.reports.terminal_changes import print_changes

    if kept.before is not None and kept.after is not None:
        print_changes(console(), kept.before, kept.after, kept.changes, language)
    for path in kept.paths:
        out(str(path))
    if kept.after is None:
        out(say(language, "editing.faulty"))
        return
    out(say(language, "editing.written", checklist=f"{kept.after.checklist} {kept.after.version}"))
    if kept.stated and kept.stated != kept.after.version:
        out(say(language, "editing.write_version", stated=kept.stated, version=kept.after.version))


def export(
    checklist: Annotated[
        str | None, typer.Argument(help="Id or path of a checklist; without one, the programme's results.")
    ] = None,
    to: Annotated[
        str, typer.Option("--to", help="A checklist: xlsx. Results: csv, xlsx, parquet, json or duckdb.")
    ] = "xlsx",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file; of csv, parquet and json a folder, default: export/.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
    wave: Annotated[
        list[str] | None, typer.Option("--wave", "-w", help="Of results: only these; default: all.")
    ] = None,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Write a checklist as a workbook that `import` takes back, or the results as tables for an analyst."""
    if checklist is None:
        _results(folder, wave or [], to, output, language, force=force)
    else:
        _standard(checklist, to, output, spoken(language), force=force)


def _standard(checklist: str, to: str, output: Path | None, language: str, *, force: bool) -> None:
    from auditkit.editing.exporting import source_of
    from auditkit.editing.workbook import write_workbook
    from auditkit.locales import say

    if to != "xlsx":
        stop(f"--to {to}: there is no such format of a checklist, but xlsx")
    source, problems = source_of(library(), checklist)
    show_problems(problems, language)
    if source is None:
        raise typer.Exit(COULD_NOT)
    path = output or Path(f"{source.id}.xlsx")
    to_be_new(path, ".xlsx", language, force=force)
    with written(path, language):
        write_workbook(source.data, source.words, path, language)
    out(say(language, "editing.exported", file=path, checklist=f"{source.id} {source.version}"))


def _results(
    folder: Path, waves: list[str], to: str, output: Path | None, language: str | None, *, force: bool
) -> None:
    from auditkit.exports.tables import FORMS, write
    from auditkit.locales import say
    from auditkit.results.exporting import Handed
    from auditkit.run.showing import last_results
    from auditkit.run.waves import unknown_wave

    if to not in FORMS:
        stop(f"--to {to}: there is no such format of results, but {', '.join(FORMS)}")
    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    unknown = [fault for each in waves if (fault := unknown_wave(home, each)) is not None]
    shown, problems = last_results(home, None)
    show_problems([*unknown, *problems], said)
    if unknown or shown is None:
        raise typer.Exit(COULD_NOT)
    single = to in ("xlsx", "duckdb")
    target = output or home.folder / "export" / (f"{home.programme.programme}.{to}" if single else "")
    if target.exists() and not force and (single or not target.is_dir() or any(target.iterdir())):
        stop(say(said, "cli.there", file=target))
    try:
        handed = Handed(shown.store, waves or list(shown.store.waves), home.managers, home.history)
        found = write(handed, target, to)
    except OSError as why:
        refuse(why, said)
    show_problems(found.problems, said)
    for path in found.paths:
        out(str(path))
    if not found.paths:
        raise typer.Exit(COULD_NOT)


def new(
    checklist: Annotated[str, typer.Argument(help="Its id: letters, digits, - and _, such as drive-in.")],
    title: Annotated[str | None, typer.Option(help="Else asked.")] = None,
    sections: Annotated[str | None, typer.Option(help="Titles, with commas between; else asked.")] = None,
    mark: Annotated[str | None, typer.Option(help="Percent from which it is met; else asked.")] = None,
    output: Into = Path("checklists"),
    language: Language = None,
) -> None:
    """Begin a checklist: asks for title, sections and pass mark, and writes a definition to be filled in."""
    from auditkit.editing.beginning import Beginning, begin, is_id, percent
    from auditkit.locales import say

    said = spoken(language)
    if not is_id(checklist):
        stop(say(said, "editing.new_bad_id", value=checklist))
    path = output / checklist / "checklist.yaml"
    if path.exists() or (output / f"{checklist}.yaml").exists():
        stop(say(said, "editing.new_there", file=path))
    title = _asked(title, say(said, "editing.new_title"), checklist.replace("-", " ").capitalize())
    sections = _asked(sections, say(said, "editing.new_sections"), say(said, "editing.new_sections_usual"))
    least = percent(_asked(mark, say(said, "editing.new_mark"), "75"))
    if least is None:
        stop(say(said, "editing.new_bad_mark", value=mark or ""))
    try:
        begin(Beginning(checklist, title, tuple(sections.split(",")), least, said), path)
    except OSError as why:
        refuse(why, said)
    out(str(path))
    out(say(said, "editing.written", checklist=f"{checklist} 0.1.0"))


def _asked(given: str | None, question: str, usual: str) -> str:
    """What was said on the command line, else what is answered; where nobody can answer, the usual."""
    if given is not None:
        return given.strip()
    if not sys.stdin.isatty():
        return usual
    return str(typer.prompt(question, default=usual)).strip()
