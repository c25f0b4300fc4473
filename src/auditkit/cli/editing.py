"""Commands that write definitions: import, export, new."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import COULD_NOT, PROBLEMS, Language, console, out, show_problems, spoken, stop
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
        stop(str(why))
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
    checklist: Annotated[str, typer.Argument(help="Id (phone-etiquette, or phone-etiquette@1.0.0) or path.")],
    to: Annotated[str, typer.Option("--to", help="xlsx: a workbook to read, translate and change it in.")] = "xlsx",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Default: ID.xlsx in this folder.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    language: Language = None,
) -> None:
    """Write a definition as a workbook that `import` takes back as its next version."""
    from auditkit.editing.exporting import source_of
    from auditkit.editing.workbook import write_workbook
    from auditkit.locales import say

    said = spoken(language)
    if to != "xlsx":
        stop(f"--to {to}: there is no such format, but xlsx")
    source, problems = source_of(library(), checklist)
    show_problems(problems, said)
    if source is None:
        raise typer.Exit(COULD_NOT)
    path = output or Path(f"{source.id}.xlsx")
    if path.suffix.lower() != ".xlsx":
        stop(say(said, "editing.ending", file=path))
    if path.exists() and not force:
        stop(say(said, "editing.there", file=path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_workbook(source.data, source.words, path, said)
    except OSError as why:
        stop(str(why))
    out(say(said, "editing.exported", file=path, checklist=f"{source.id} {source.version}"))


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
        stop(str(why))
    out(str(path))
    out(say(said, "editing.written", checklist=f"{checklist} 0.1.0"))


def _asked(given: str | None, question: str, usual: str) -> str:
    """What was said on the command line, else what is answered; where nobody can answer, the usual."""
    if given is not None:
        return given.strip()
    if not sys.stdin.isatty():
        return usual
    return str(typer.prompt(question, default=usual)).strip()
