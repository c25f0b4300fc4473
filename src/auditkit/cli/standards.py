"""Commands about the standard: lint, diff, schema, problem."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.screen import (
    COULD_NOT,
    PROBLEMS,
    AsJson,
    Counting,
    Folder,
    Language,
    Processes,
    console,
    leave,
    out,
    results,
    show_problems,
    spoken,
    stop,
)

if TYPE_CHECKING:
    from auditkit.analysis.rescored import Rescored
    from auditkit.definitions.library import Library
    from auditkit.model.checklist import Checklist
    from auditkit.run.showing import Shown


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    app.command()(lint)
    app.command()(diff)
    app.command()(schema)
    app.command()(problem)


def library(*folders: Path) -> Library:
    """The shipped checklists, those of the current folder, and those of the folders named."""
    from auditkit.definitions.library import Library, shipped_folder

    here = [Path("checklists")] if Path("checklists").is_dir() else []
    return Library([*folders, *here, shipped_folder()])


def find_checklist(name: str, shelf: Library, language: str, *, drafts: bool = True) -> Checklist:
    """A checklist by id, id@version or path; where there is none, or it is a draft not asked for, say so and stop."""
    checklist, problems = shelf.find(name)
    if checklist is not None and not drafts:
        from auditkit.definitions.library import draft
        from auditkit.problems import Place

        if refused := draft(checklist, Place(name)):
            checklist, problems = None, (*problems, *refused)
    show_problems(problems, language)
    if checklist is None:
        raise typer.Exit(2)
    return checklist


def lint(
    files: Annotated[list[Path], typer.Argument(help="Definitions (checklist.yaml), or folders of them.")],
    language: Language = None,
    as_json: AsJson = False,
    github: Annotated[bool, typer.Option("--github", help="As annotations for a workflow on GitHub.")] = False,
    scorecard: Annotated[
        bool, typer.Option("--scorecard", help="Instead: is each criterion measurable, specific, mandatory?")
    ] = False,
) -> None:
    """Say what is wrong with a checklist definition: file, line, column, and what to do."""
    from auditkit.definitions.lint import lint_file

    said = spoken(language)
    if scorecard:
        _scorecards(_definitions(files), said, as_json=as_json)
        return
    problems = [each for path in _definitions(files) for each in lint_file(path)]
    if as_json:
        from auditkit.reports.as_json import problems_json

        out(problems_json(problems, said))
    elif github:
        from auditkit.reports.annotations import annotated

        for line in annotated(problems, said):
            out(line)
    elif problems:
        show_problems(problems, said, errors=False)
    else:
        from auditkit.locales import say

        out(say(said, "cli.nothing_wrong", n=len(_definitions(files))))
    leave(problems)


def _scorecards(paths: list[Path], language: str, *, as_json: bool) -> None:
    from auditkit.definitions.lint.scorecard import scorecard_of
    from auditkit.reports.terminal_scorecard import print_scorecard, scorecards_json

    told = [scorecard_of(path) for path in paths]
    cards = [card for card, _ in told if card is not None]
    if as_json:
        out(scorecards_json(cards, language))
    else:
        for card in cards:
            print_scorecard(console(), card, language)
    show_problems([each for _, problems in told for each in problems], language)
    if len(cards) < len(told):
        raise typer.Exit(COULD_NOT)


def _definitions(paths: list[Path]) -> list[Path]:
    found = [each for path in paths for each in (sorted(path.rglob("checklist*.yaml")) if path.is_dir() else [path])]
    if not found:
        stop(f"there is no checklist.yaml in {', '.join(map(str, paths))}")
    return found


def diff(
    old: Annotated[str, typer.Argument(help="The version before: id@version, or a file.")],
    new: Annotated[str, typer.Argument(help="The version now: id, id@version, or a file.")],
    wave: Annotated[
        str | None, typer.Option("--wave", "-w", help="Also score this wave's visits on OLD with NEW, by branch.")
    ] = None,
    folder: Folder = Path(),
    language: Language = None,
    as_json: AsJson = False,
    processes: Processes = None,
) -> None:
    """Say what changed between two versions of a checklist, and how large a step of the version that is."""
    from auditkit.definitions.changes import changes, step_between, step_of

    shown = _wave(folder, wave, language) if wave is not None else None
    said = spoken(language, shown.home.programme.language if shown is not None else "")
    shelf = library(*([folder / "checklists"] if shown is not None else []))
    before, after = (find_checklist(name, shelf, said) for name in (old, new))
    found = changes(before, after)
    rescored = _rescored(shown, before, after, said, processes) if shown is not None else None
    if as_json:
        from auditkit.reports.terminal_changes import changes_json

        out(changes_json(before, after, found, rescored, said))
    else:
        from auditkit.reports.terminal_changes import print_changes

        print_changes(console(), before, after, found, said)
        if shown is not None and rescored is not None:
            from auditkit.reports.terminal_rescored import print_rescored

            print_rescored(console(), rescored, shown.home.programme, said)
    if step_between(before.version, after.version) < step_of(found):
        raise typer.Exit(PROBLEMS)
    if shown is not None and rescored is None:
        raise typer.Exit(COULD_NOT)


def _wave(folder: Path, wave: str, language: str | None) -> Shown:
    """The results of a wave; where there are none, say why and stop."""
    return results(folder, wave, language)[0]


def _rescored(shown: Shown, old: Checklist, new: Checklist, language: str, processes: int | None) -> Rescored | None:
    from auditkit.run.rescoring import rescore

    with Counting("diff") as step:
        found, problems = rescore(shown, old, new, processes=processes, step=step)
    show_problems(problems, language)
    return found


def schema(
    what: Annotated[str, typer.Argument(help="checklist, submission, programme, columns or scenario.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Default: printed.")] = None,
) -> None:
    """Write the JSON Schema by which an editor completes and checks a file while it is written."""
    from auditkit.definitions.schema import NAMES
    from auditkit.definitions.schema import schema as schema_of

    if what not in NAMES:
        stop(f"there is no schema '{what}', but {', '.join(NAMES)}")
    text = json.dumps(schema_of(what), ensure_ascii=False, indent=2)
    if output is None:
        out(text)
    else:
        from auditkit.whole import write_whole

        write_whole(output, f"{text}\n".encode())


def problem(
    code: Annotated[str | None, typer.Argument(help="Such as S101; without it, all codes in a line each.")] = None,
    language: Language = None,
) -> None:
    """Print the card of a problem code: what it finds, why it matters, how to mend it."""
    from auditkit.cli.codes import every_code
    from auditkit.locales import say
    from auditkit.problems import nearest

    said = spoken(language)
    codes = every_code()
    if code is None:
        for each in codes.values():
            out(f"{each.code}  {each.severity:<7}  {each.finds}")
        return
    card = codes.get(code.upper())
    if card is None:
        near = nearest(code.upper(), codes)
        out(say(said, "cli.no_such_code", code=code, near=near) if near else say(said, "cli.no_code", code=code))
        raise typer.Exit(PROBLEMS + 1)
    out(f"{card.code} · {card.severity}\n")
    for label, text in (("finds", card.finds), ("why", card.why), ("mend", card.mend)):
        out(f"{say(said, 'cli.card_' + label)}: {text}\n")
