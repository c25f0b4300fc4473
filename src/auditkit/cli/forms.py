"""Commands that give shoppers something to fill: form."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from auditkit.cli.screen import Language, out, spoken, stop
from auditkit.cli.standards import find_checklist, library

Employees = Literal["none", "position", "named"]


class Kind(NamedTuple):
    """One way to write a form."""

    endings: tuple[str, ...]
    module: str
    function: str
    """Takes a `Blank` and a path."""
    many: bool = False
    """One form for any number of visits, unless a visit code is given."""


KINDS = {
    "workbook": Kind((".xlsx",), "workbook", "write_form"),
    "page": Kind((".html",), "page", "write_page"),
    "xlsform": Kind((".xlsx",), "xlsform", "write_xlsform", many=True),
    "print": Kind((".html", ".pdf"), "paper", "write_paper"),
}
"""What `--to` may say."""


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(form)


def form(
    checklists: Annotated[list[str], typer.Argument(help="Ids (phone-etiquette, or phone-etiquette@1.0.0) or paths.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    to: Annotated[str, typer.Option("--to", help=f"What to write: {', '.join(KINDS)}.")] = "workbook",
    language: Language = None,
    branch: Annotated[str | None, typer.Option(help="Branch code printed on the cover.")] = None,
    wave: Annotated[str | None, typer.Option(help="Wave printed on the cover.")] = None,
    shopper: Annotated[str | None, typer.Option(help="Shopper's code printed on the cover.")] = None,
    visit: Annotated[str | None, typer.Option(help="Visit code; default: a new one.")] = None,
    country: Annotated[str, typer.Option(help="KZ, RU …: leaves out what a survey tool abroad must not ask.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write the form that a mystery shopper fills: a workbook for Excel, or what --to names."""
    from auditkit.forms.blank import Blank, CannotWrite
    from auditkit.locales import say

    said = spoken(language)
    kind = KINDS.get(to)
    if kind is None:
        stop(f"--to {to}: there is no such form, but {', '.join(KINDS)}")
    if output.suffix.lower() not in kind.endings:
        stop(f"{output}: the name of this form ends in {' or '.join(kind.endings)}")
    if output.exists() and not force:
        stop(f"{output} is there already; --force writes over it")
    shelf = library()
    found = [find_checklist(name, shelf, said) for name in checklists]
    code = visit or ("" if kind.many else new_visit_code(branch, wave))
    write = getattr(import_module(f"auditkit.forms.{kind.module}"), kind.function)
    try:
        write(Blank(found, said, code, branch, wave, shopper, employees=employees_of(kind, country)), output)
    except CannotWrite as why:
        stop(str(why))
    out(say(said, "cli.form_written" if code else "survey.written", file=output, visit=code))


def employees_of(kind: Kind, country: str) -> Employees:
    """How far a form of this kind may ask about the employee."""
    from auditkit.forms.blank import COLLECTED_AT_HOME

    return "none" if kind.many and country.upper() in COLLECTED_AT_HOME else "position"


def new_visit_code(branch: str | None, wave: str | None) -> str:
    """A code that no other form has: branch and wave, where known, and letters that can't be misread."""
    import secrets

    ending = "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(6))
    return "-".join(part for part in (branch, wave, ending) if part)
