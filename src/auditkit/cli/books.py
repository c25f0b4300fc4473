"""The command that prints the standard for those who work by it: standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auditkit.cli.screen import Draft, Language, out, refuse, spoken, stop
from auditkit.cli.standards import find_checklist, library


def add_to(app: typer.Typer) -> None:
    """Put this command into the program."""
    app.command()(standard)


def standard(
    checklists: Annotated[list[str], typer.Argument(help="Ids (phone-etiquette, or phone-etiquette@1.0.0) or paths.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write into.")] = Path("standard"),
    reader: Annotated[
        list[str] | None, typer.Option("--for", help="book, leaflet, newcomer, or a position; default: all of them.")
    ] = None,
    to: Annotated[str, typer.Option("--to", help="html, pdf or md.")] = "html",
    edition: Annotated[str, typer.Option(help="Printed on the leaflets, which change more often: 2026-12.")] = "",
    draft: Draft = False,
    language: Language = None,
) -> None:
    """Write the standard as people read it: a book, a leaflet for all and per position, ten questions for newcomers."""
    if to not in ("html", "pdf", "md"):
        stop(f"--to {to}: there is no such format, but html, pdf, md")
    from auditkit.book.writing import Edition, readers_of, write_standard
    from auditkit.forms.blank import CannotWrite
    from auditkit.locales import say

    said, shelf = spoken(language), library()
    found = [find_checklist(name, shelf, said, drafts=draft) for name in checklists]
    if len({each.checklist for each in found}) != len(found):
        stop(say(said, "book.twice"))
    known = readers_of(found)
    for name in reader or ():
        if name not in known:
            stop(say(said, "book.no_reader", reader=name, known=", ".join(known)))
    try:
        output.mkdir(parents=True, exist_ok=True)
        made = [write_standard(found, name, Edition(said, to, edition), output) for name in reader or known]  # type: ignore[arg-type]
    except OSError as why:
        refuse(why, said)
    except CannotWrite as why:
        stop(str(why))
    for path in made:
        out(str(path))
    out(say(said, "book.written", n=len(made), folder=output))
