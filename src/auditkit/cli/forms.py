"""Commands that give shoppers something to fill: form, brief."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from auditkit.cli.screen import COULD_NOT, Counting, Draft, Folder, Language, opened, out, show_problems, spoken, stop
from auditkit.cli.standards import find_checklist, library
from auditkit.problems import has_errors

if TYPE_CHECKING:
    from auditkit.definitions.library import Library
    from auditkit.forms.blank import Blank
    from auditkit.model.scenario import Scenario
    from auditkit.run.planning import WaveForms

Employees = Literal["none", "position", "named"]


class Kind(NamedTuple):
    """One way to write a form."""

    endings: tuple[str, ...]
    module: str
    function: str
    """Takes a `Blank` and a path."""
    many: bool = False
    """One form for any number of visits, unless a visit code is given."""

    @property
    def write(self) -> Callable[[Blank, Path], None]:
        """Writes it; may raise `CannotWrite`."""
        found: Callable[[Blank, Path], None] = getattr(import_module(f"auditkit.forms.{self.module}"), self.function)
        return found


KINDS = {
    "workbook": Kind((".xlsx",), "workbook.writing", "write_form"),
    "page": Kind((".html",), "page.writing", "write_page"),
    "xlsform": Kind((".xlsx",), "survey.xlsform", "write_xlsform", many=True),
    "print": Kind((".html", ".pdf"), "paper.writing", "write_paper"),
}
"""What `--to` may say."""


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(form)
    app.command()(brief)


def form(
    checklists: Annotated[
        list[str] | None, typer.Argument(help="Ids (phone-etiquette, or phone-etiquette@1.0.0) or paths.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write, default CODE.xlsx; of a wave, a folder.")
    ] = None,
    to: Annotated[str, typer.Option("--to", help=f"What to write: {', '.join(KINDS)}.")] = "workbook",
    language: Language = None,
    branch: Annotated[str | None, typer.Option(help="Branch code printed on the cover.")] = None,
    wave: Annotated[str | None, typer.Option(help="Wave of the visit; alone: the forms of the whole wave.")] = None,
    shopper: Annotated[str | None, typer.Option(help="Shopper's code printed on the cover.")] = None,
    visit: Annotated[str | None, typer.Option(help="Visit code; default: a new one.")] = None,
    country: Annotated[str, typer.Option(help="KZ, RU …: leaves out what a survey tool abroad must not ask.")] = "",
    folder: Folder = Path(),
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    draft: Draft = False,
    trial: Annotated[
        bool, typer.Option("--trial", help="Instead: a form in which people judge a draft's questions.")
    ] = False,
) -> None:
    """Write the form that a mystery shopper fills (a workbook, or what --to names), or all forms of a wave."""
    if trial:
        _trial(checklists or [], output, to, spoken(language), force=force)
        return
    kind = KINDS.get(to)
    if kind is None:
        stop(f"--to {to}: there is no such form, but {', '.join(KINDS)}")
    if not checklists:
        if wave is None:
            stop("name a checklist, such as phone-etiquette, or --wave for the forms of a whole wave")
        _whole_wave(folder, wave, kind, output, language, force=force, draft=draft)
        return
    code = visit or ("" if kind.many else new_visit_code(branch, wave))
    output = output or _named(code or "-".join(Path(name).stem for name in checklists), kind)
    if output.suffix.lower() not in kind.endings:
        stop(f"{output}: the name of this form ends in {' or '.join(kind.endings)}")
    _free(output, force=force)
    from auditkit.forms.blank import Blank, CannotWrite
    from auditkit.locales import say

    said = spoken(language)
    shelf = library()
    found = [find_checklist(name, shelf, said, drafts=draft) for name in checklists]
    try:
        kind.write(Blank(found, said, code, branch, wave, shopper, employees=employees_of(kind, country)), output)
    except CannotWrite as why:
        stop(str(why))
    out(say(said, "cli.form_written" if code else "survey.written", file=output, visit=code))


def _trial(names: list[str], output: Path | None, to: str, language: str, *, force: bool) -> None:
    from auditkit.locales import say
    from auditkit.trial.form import write_trial

    if to != "workbook":
        stop(say(language, "trial.to_workbook", to=to))
    if not names:
        stop("name the checklist that is to be tried, by its id or its file")
    shelf = library()
    found = [find_checklist(name, shelf, language) for name in names]
    output = output or Path(f"trial-{'-'.join(each.checklist for each in found)}-{found[0].version}.xlsx")
    if output.suffix.lower() != ".xlsx":
        stop(f"{output}: the name of this form ends in .xlsx")
    _free(output, force=force)
    write_trial(found, language, output)
    out(say(language, "trial.written", file=output))


def _free(output: Path, *, force: bool) -> None:
    """Stop where a file must not or cannot be written."""
    if output.exists() and not force:
        stop(f"{output} is there already; --force writes over it")
    if not output.parent.is_dir():
        stop(f"{output}: there is no folder {output.parent}")


def _named(code: str, kind: Kind) -> Path:
    from auditkit.run.names import safe_names

    return Path(f"{safe_names([code])[code]}{kind.endings[0]}")


def _whole_wave(
    folder: Path, wave: str, kind: Kind, output: Path | None, language: str | None, *, force: bool, draft: bool
) -> None:
    from auditkit.definitions.programme import drafts_of
    from auditkit.forms.blank import CannotWrite
    from auditkit.run.planning import Forms, write_wave

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    if not draft and (refused := drafts_of(home)):
        show_problems(refused, said)
        raise typer.Exit(COULD_NOT)
    try:
        with Counting("forms") as step:
            told = write_wave(home, wave, Forms(kind.write, kind.endings[0], kind.many, force), output, step)
    except CannotWrite as why:
        stop(str(why))
    show_problems(told.problems, said)
    if has_errors(told.problems):
        raise typer.Exit(COULD_NOT)
    _tell_wave(told, wave, said)


def _tell_wave(told: WaveForms, wave: str, language: str) -> None:
    from auditkit.locales import say

    if not told.planned:
        out(say(language, "planning.form_wave_register", wave=wave))
    for shopper, count in sorted(told.shoppers.items()):
        name = shopper or say(language, "run.no_shopper")
        out(say(language, "planning.form_wave_shopper", shopper=name, n=count))
    facts = {"briefs": len(told.briefs), "wave": wave, "folder": told.folder}
    out(say(language, "planning.form_wave_sum", n=len(told.forms), **facts))
    if told.kept:
        out(say(language, "planning.form_wave_kept", n=told.kept))


def brief(
    scenario: Annotated[str, typer.Argument(help="A file of scenarios/, or the id of one in the programme.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A file that ends in .html or .pdf.")],
    language: Language = None,
    folder: Folder = Path(),
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write the one-page brief of a scenario: what to play, to ask, to remember and to bring back."""
    from auditkit.forms.blank import CannotWrite
    from auditkit.forms.brief.writing import Brief, write_brief
    from auditkit.locales import say

    if output.suffix.lower() not in (".html", ".pdf"):
        stop(f"{output}: a brief ends in .html or .pdf")
    _free(output, force=force)
    said = spoken(language)
    found, shelf = _scenario(scenario, folder, said)
    lists = [each for name in found.checklists if (each := shelf.get(name)) is not None]
    try:
        write_brief(Brief(found, said, lists), output)
    except CannotWrite as why:
        stop(str(why))
    out(say(said, "planning.brief_written", file=output))


def _scenario(name: str, folder: Path, language: str) -> tuple[Scenario, Library]:
    from auditkit.definitions.scenarios import load_scenario, load_scenarios

    if Path(name).is_file():
        shelf = library()
        found, problems = load_scenario(Path(name), shelf)
    else:
        home = opened(folder, language)
        scenarios = load_scenarios(home)
        shelf, found, problems = home.library, scenarios.scenarios.get(name), list(scenarios.problems)
        if found is None and not has_errors(problems):
            stop(f"{name}: there is no such scenario, but {', '.join(scenarios.scenarios) or 'none at all'}")
    show_problems(problems, language)
    if found is None:
        raise typer.Exit(COULD_NOT)
    return found, shelf


def employees_of(kind: Kind, country: str) -> Employees:
    """How far a form of this kind may ask about the employee."""
    from auditkit.forms.blank import COLLECTED_AT_HOME

    return "none" if kind.many and country.upper() in COLLECTED_AT_HOME else "position"


def new_visit_code(branch: str | None, wave: str | None) -> str:
    """A code that no other form has: branch and wave, where known, and letters that can't be misread."""
    import secrets

    ending = "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(6))
    return "-".join(part for part in (branch, wave, ending) if part)
