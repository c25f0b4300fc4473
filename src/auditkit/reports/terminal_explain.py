"""One visit's score taken apart in the terminal: cells, credits, sections, effects, level, in the order of the sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from auditkit.figures import MISSING, number_text, score_text
from auditkit.locales import has, say
from auditkit.model.checklist import Checklist
from auditkit.model.visit import State
from auditkit.reports import wording
from auditkit.reports.bars import heading, indented, numbered, table
from auditkit.reports.terminal_decisions import print_decision

if TYPE_CHECKING:
    from rich.console import Console

    from auditkit.model.decision import Decision
    from auditkit.scoring.explanation import Explanation, GradeStep, ItemStep, Move
    from auditkit.scoring.grades import Failed


def print_explanation(
    console: Console, found: Explanation, checklist: Checklist, language: str, decisions: Sequence[Decision] = ()
) -> None:
    """`auditkit explain`: every number with the numbers that it came of."""
    from rich.text import Text

    name = checklist.title.said(language)
    console.print(Text(f"{found.visit_id} · {name} {found.version}", style="bold"))
    console.print(
        say(language, f"reports.rollup.{_rollup(found, checklist)}", start=number_text(checklist.start, language))
    )
    for item in found.missing:
        indented(
            console, f"{checklist.numbers.get(item, item)}  {say(language, 'reports.state.missing')}", 2, "bold red"
        )
    _items(console, found, language)
    _sections(console, found, checklist, language)
    _sum(console, found, checklist, language)
    _grades(console, found, checklist, language)
    if decisions:
        heading(console, say(language, "reports.decisions.title"))
        for each in decisions:
            print_decision(console, each, language)


def _rollup(found: Explanation, checklist: Checklist) -> str:
    return f"points_{checklist.direction}" if found.rollup == "points" else found.rollup


def _items(console: Console, found: Explanation, language: str) -> None:
    heading(console, say(language, "reports.sheet.items"))
    for step in found.items:
        numbered(console, step.number, step.item.text.said(language))
        for line in item_text(step, language):
            indented(console, line, 7, "dim")


def item_text(step: ItemStep, language: str) -> Iterator[str]:
    """What stood in the cell and what it means; then the sum."""
    typed = f"{step.place}: {wording.quoted(step.typed, language)}" if step.typed else str(step.place)
    answer = wording.answer_text(step.item, canonical(step.answer), language)
    yield f"{typed} → {answer} → {_judged(step, language)}"
    if step.times:
        yield _times(step, language)
    if step.state is State.SCORED and step.credit is not None:
        yield _reckoned(step, language)
    for effect in step.critical:
        yield f"▲ {say(language, 'reports.severity.critical')}: {_effect(effect.effect.value, effect.amount, language)}"


def canonical(answer: object) -> str:
    """An answer as the tables hold it: `;` between the options of a multi answer."""
    if answer is None:
        return ""
    if isinstance(answer, tuple):
        return ";".join(answer) or "none"
    return answer.isoformat() if hasattr(answer, "isoformat") else str(answer)


def _judged(step: ItemStep, language: str) -> str:
    return say(language, f"reports.met.{step.met}") if step.met else say(language, f"reports.state.{step.state.value}")


def _reckoned(step: ItemStep, language: str) -> str:
    def number(value: Fraction) -> str:
        return number_text(value, language)

    line = f"{number(step.weight)} × {number(step.credit or Fraction(0))} = {number(step.earned)}"
    line += f" / {number(step.possible)}"
    if step.lost:
        line += f" · −{number_text(step.lost, language, 2)}"
    if step.bonus:
        line += f" · +{number_text(step.bonus, language, 2)}"
    return line


def _times(step: ItemStep, language: str) -> str:
    times = step.times
    if times is None:
        return ""
    moments = (times.start, times.end, times.due)
    start, end, due = (MISSING if each is None else f"{each:%Y-%m-%d %H:%M}" for each in moments)
    text = say(language, "reports.times", start=start, end=end)
    return f"{text} {say(language, 'reports.due_at', due=due)}" if times.due else text


def _effect(effect: str, amount: object, language: str) -> str:
    return say(language, f"reports.effect.{effect}", amount="" if amount is None else amount, grade="")


def _sections(console: Console, found: Explanation, checklist: Checklist, language: str) -> None:
    if not found.sections:
        return
    heading(console, say(language, "reports.sections"))
    titles = (
        say(language, f"reports.{key}") for key in ("section", "col.earned", "col.possible", "col.score", "share")
    )
    made = table(*titles, right=(1, 2, 3, 4))
    for step in found.sections:
        score = say(language, "reports.not_scored") if step.score is None else number_text(step.score, language, 2)
        name = f"{step.number} {wording.section_title(checklist, step.section, language)}"
        made.add_row(name, number_text(step.earned, language), number_text(step.possible, language), score,
                     number_text(step.share * 100, language, 2))  # fmt: skip
    console.print(made)


def _sum(console: Console, found: Explanation, checklist: Checklist, language: str) -> None:
    heading(console, say(language, "reports.score"))
    if found.score is None:
        outcome = say(language, f"reports.outcome.{found.outcome.value}")
        console.print(f"{say(language, 'reports.not_scored')} ({outcome})")
        return
    made = table("", "", right=(1,))
    made.show_header = False
    made.add_row(say(language, "reports.full"), number_text(found.full, language, 2))
    made.add_row(say(language, "reports.lost_sum"), "−" + number_text(found.lost, language, 2))
    if found.bonus:
        made.add_row(say(language, "reports.bonus"), "+" + number_text(found.bonus, language, 2))
    for move in found.moves:
        made.add_row(move_text(move, checklist, language), _signed(move.by, language))
    made.add_row(say(language, "reports.exact"), number_text(found.score, language, 4), style="bold")
    made.add_row(say(language, "reports.shown"), score_text(found.shown, language), style="bold")
    console.print(made)
    seen, of = found.coverage
    console.print(say(language, "reports.coverage", seen=seen, of=of, none=found.not_applicable[0]))


def move_text(move: Move, checklist: Checklist, language: str) -> str:
    """One hold or effect, with its section and the criterion that did it."""
    text = wording.label_text(language, f"reports.step.{move.what}")
    if move.where:
        text += f" ({wording.section_title(checklist, move.where, language)})"
    return f"{text}: {checklist.numbers.get(move.item, move.item)}" if move.item else text


def _signed(value: Fraction, language: str) -> str:
    return ("+" if value > 0 else "") + number_text(value, language, 2)


def _grades(console: Console, found: Explanation, checklist: Checklist, language: str) -> None:
    if not found.grades and not found.verdict:
        return
    heading(console, say(language, "reports.level"))
    for step in found.grades:
        indented(console, grade_text(step, checklist, language))
    by = ", ".join(checklist.numbers.get(item, item) for item in found.failed_by)
    verdict = wording.verdict_word(found.verdict, language)
    if by:
        verdict += f" (▲ {say(language, 'reports.severity.critical')}: {by})"
    console.print(f"{say(language, 'reports.col.verdict')}: {verdict}")


def grade_text(step: GradeStep, checklist: Checklist, language: str) -> str:
    """A level that was tried, and what kept it from holding."""
    name = wording.grade_title(checklist, step.grade, language)
    if not step.failed:
        return f"✓ {name}"
    return f"· {name}: " + "; ".join(_failed(one, checklist, language) for one in step.failed)


def _failed(failed: Failed, checklist: Checklist, language: str) -> str:
    """`at least 90 (86.7)`; with the section that it is about."""
    if failed.limit in ("cap_grade", "skipped"):
        best = wording.grade_title(checklist, failed.bound, language)
        return say(language, "reports.effect.cap_grade", grade=best, amount="")
    limit, _, severity = failed.limit.partition(".")
    count = (
        f"{wording.label_text(language, f'reports.severity.{severity}')} {failed.bound}" if severity else failed.bound
    )
    key = f"reports.limit.{limit}"
    wanted = say(language, key, value=failed.bound, counts=count) if has(key) else failed.bound
    where = f"{wording.section_title(checklist, failed.where, language)}: " if failed.where else ""
    return f"{wanted} ({where}{failed.found})" if failed.found else wanted
