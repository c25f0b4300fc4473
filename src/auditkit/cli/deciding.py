"""Commands with which a person decides: about reports, single answers, comments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditkit.cli.reviewing import write_lines
from auditkit.cli.screen import (
    COULD_NOT,
    AsJson,
    Folder,
    Language,
    console,
    now,
    opened,
    out,
    results,
    show_problems,
    spoken,
    stop,
)
from auditkit.model.decision import What

if TYPE_CHECKING:
    from auditkit.model.decision import Decision
    from auditkit.problems import Problem
    from auditkit.run.deciding import Bench, Taker

Wave = Annotated[str, typer.Argument(help="Id of the wave.")]
Visit = Annotated[str, typer.Argument(help="Code of the visit.")]
By = Annotated[str, typer.Option("--by", help="Who decides, by the name in programme.yaml.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why; it is kept with the decision.")]
OfChecklist = Annotated[str, typer.Option("--checklist", "-c", help="Where the visit has reports on several.")]
OfFile = Annotated[str, typer.Option("--file", help="Where there are several reports of the visit.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands into the program."""
    decide = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="Decide about reports; every decision is kept."
    )
    for name, what, told in (
        ("accept", What.ACCEPT, "Let a report count that was held."),
        ("accept-incomplete", What.ACCEPT_INCOMPLETE, "Take a report as it is: what is blank was not observed."),
        ("return", What.RETURN, "Send a report back to its shopper."),
        ("exclude", What.EXCLUDE, "Let a report count nowhere."),
    ):
        decide.command(name=name, help=told)(_of_report(what))
    for name, what, told in (
        ("release", What.RELEASE, "Let a branch read a comment, as it is or in other words."),
        ("withhold", What.WITHHOLD, "Let no branch read a comment."),
    ):
        decide.command(name=name, help=told)(_of_comment(what))
    decide.command()(uphold)
    decide.command()(reject)
    decide.command()(annul)
    decide.command()(amend)
    decide.command()(undo)
    decide.command(name="list")(list_)
    app.add_typer(decide, name="decide")


def _of_report(what: What):  # type: ignore[no-untyped-def]
    def command(
        wave: Wave,
        visit: Visit,
        by: By,
        reason: Reason,
        checklist: OfChecklist = "",
        file: OfFile = "",
        folder: Folder = Path(),
        language: Language = None,
    ) -> None:
        from auditkit.run.deciding import Asked

        bench, taker, said = _bench(folder, wave, by, reason, language)
        _written(bench, *bench.of_report(what, Asked(visit, checklist, file), taker), said)

    return command


def _of_comment(what: What):  # type: ignore[no-untyped-def]
    def command(
        wave: Wave,
        visit: Visit,
        item: Annotated[str, typer.Argument(help="Number or id of the question.")],
        by: By,
        reason: Reason,
        text: Annotated[str, typer.Option("--text", help="Other words, which the branch reads instead.")] = "",
        checklist: OfChecklist = "",
        folder: Folder = Path(),
        language: Language = None,
    ) -> None:
        from auditkit.run.commenting import Words, comment_of, decide_comment

        if text and what is What.WITHHOLD:
            stop("--text: words that nobody reads need no others")
        bench, taker, said = _bench(folder, wave, by, reason, language)
        shown, _ = results(folder, wave, language)
        found, problems = comment_of(bench, Words(shown), visit, item, checklist)
        new = " ".join(text.split()) if what is What.RELEASE else ""
        lines = [] if found is None else decide_comment(bench, found.said, what, new, taker, found.fate.value)
        _written(bench, lines, problems, said)

    return command


def annul(
    wave: Wave,
    checklist: Annotated[str, typer.Argument(help="Id of the checklist.")],
    item: Annotated[str, typer.Argument(help="Number or id of the question.")],
    by: By,
    reason: Reason,
    branch: Annotated[list[str] | None, typer.Option("--branch", "-b", help="Only these; default: all.")] = None,
    visit: Annotated[str, typer.Option("--visit", help="Only this one.")] = "",
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Take a question out of the scores of a wave, at all branches or some."""
    bench, taker, said = _bench(folder, wave, by, reason, language)
    _written(bench, *bench.annul(checklist, item, branch or [], visit, taker), said)


def amend(
    wave: Wave,
    visit: Visit,
    item: Annotated[str, typer.Argument(help="Number or id of the question.")],
    answer: Annotated[str, typer.Argument(help="The answer that holds, as a form offers it.")],
    by: By,
    reason: Reason,
    checklist: OfChecklist = "",
    file: OfFile = "",
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Replace one answer of a report; the file itself stays as it came."""
    from auditkit.run.deciding import Asked

    bench, taker, said = _bench(folder, wave, by, reason, language)
    _written(bench, *bench.amend(Asked(visit, checklist, file), item, answer, taker), said)


def uphold(
    number: Annotated[int, typer.Argument(help="Number of the appeal.")],
    by: By,
    reason: Reason,
    answer: Annotated[str, typer.Option("--answer", help="The answer that holds instead.")] = "",
    annul: Annotated[bool, typer.Option("--annul", help="Leave the question out of this visit's score.")] = False,
    exclude: Annotated[bool, typer.Option("--exclude", help="Let the whole report count nowhere.")] = False,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Find an appeal right, and say what follows from it: --answer, --annul or --exclude."""
    follows = {"amend": answer} if answer else {}
    follows |= {name: "" for name, wanted in (("annul", annul), ("exclude", exclude)) if wanted}
    if len(follows) != 1:
        stop("an appeal that is upheld needs one of --answer, --annul, --exclude")
    _settle(number, follows, folder, (by, reason), language)


def reject(
    number: Annotated[int, typer.Argument(help="Number of the appeal.")],
    by: By,
    reason: Reason,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Find an appeal not right."""
    _settle(number, {}, folder, (by, reason), language)


def _settle(number: int, follows: dict[str, str], folder: Path, who: tuple[str, str], language: str | None) -> None:
    from auditkit.run.appealing import settle_appeal

    home = opened(folder, language)
    appeal = home.decisions.appeal(number)
    bench, taker, said = _bench(folder, appeal.line.wave if appeal is not None else "", *who, language)
    _written(bench, *settle_appeal(bench, number, follows, taker), said)


def undo(
    number: Annotated[int, typer.Argument(help="Number of the decision.")],
    by: By,
    reason: Reason,
    folder: Folder = Path(),
    language: Language = None,
) -> None:
    """Take a decision back by a further line; nothing is erased."""
    bench, taker, said = _bench(folder, "", by, reason, language)
    _written(bench, *bench.undo(number, taker), said)


def list_(
    wave: Annotated[str | None, typer.Argument(help="Only of this wave.")] = None,
    folder: Folder = Path(),
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """All decisions in their order, with those that were undone."""
    from auditkit.reports.terminal_decisions import decisions_json, print_decisions

    home = opened(folder, language)
    found = [each for each in home.decisions.every if wave in (None, each.wave)]
    if as_json:
        out(decisions_json(found, home.decisions))
    else:
        print_decisions(console(), found, home.decisions, spoken(language, home.programme.language))


def _bench(folder: Path, wave: str, by: str, reason: str, language: str | None) -> tuple[Bench, Taker, str]:
    """Where it is decided and by whom; where that cannot be, say why and stop."""
    from auditkit.run.deciding import Bench, Taker, person_of
    from auditkit.run.waves import unknown_wave

    home = opened(folder, language)
    said = spoken(language, home.programme.language)
    faults = [unknown_wave(home, wave) if wave else None, person_of(home, by)]
    if any(faults):
        show_problems([each for each in faults if each is not None], said)
        raise typer.Exit(COULD_NOT)
    return Bench.of(home, wave), Taker(by.strip(), " ".join(reason.split()), now()), said


def _written(bench: Bench, lines: list[Decision], problems: list[Problem], language: str) -> None:
    from auditkit.locales import say

    show_problems(problems, language)
    if not lines:
        raise typer.Exit(COULD_NOT)
    write_lines(bench.home, lines, language)
    out(say(language, "run.decided_then"))
