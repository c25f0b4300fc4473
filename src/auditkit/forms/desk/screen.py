"""The form in the terminal: one question after the other, nothing lost whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from auditkit.forms.desk.interview import Interview, State, Step
from auditkit.forms.desk.keyboard import COMMANDS, Keyboard, meant
from auditkit.forms.desk.questions import Now, Offer, Question, question
from auditkit.forms.desk.replies import Refused, Replies
from auditkit.locales import say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDEST = 100
"""Columns; longer lines are hard to follow."""
_SINGLE = ("one",)
"""Kinds that a single key answers."""
_MARK = "› "


class End(StrEnum):
    """How the talk ended."""

    DONE = "done"
    """The report is to be written."""
    LEFT = "left"
    """Somebody will go on another time."""


class Desk:
    """Asks on a console, reads from a keyboard, and hands every state to `keep` before anything else is shown."""

    def __init__(
        self, interview: Interview, console: Console, keyboard: Keyboard, now: Now, keep: Callable[[State], None]
    ) -> None:
        self._interview, self._language = interview, interview.blank.language
        self._console, self._keyboard, self._keep = console, keyboard, keep
        self._console.width = min(console.width, WIDEST)
        self._replies = Replies(interview, now)
        self._heading = ""

    def run(self, state: State) -> tuple[End, State]:
        """Ask until somebody ends it. Raises `Closed` and `KeyboardInterrupt`; what was said is kept by then."""
        while True:
            self._keep(state)
            found = self._end(state) if state.at is None else self._ask(state)
            if isinstance(found, End):
                return found, state
            state = found

    def _say(self, name: str, **facts: object) -> str:
        return say(self._language, f"fill.{name}", **facts)

    # One question

    def _ask(self, state: State) -> State | End:
        """Show what stands at `state.at` and wait for a reply that leads on."""
        assert state.at is not None  # noqa: S101  the end is another screen
        asked = question(self._interview, state, state.at)
        self._show(asked, state)
        while True:
            typed = self._reply(asked)
            found = self._command(meant(typed, self._language), asked, state) or self._answer(typed, asked, state)
            if found is not None:
                return found

    def _reply(self, asked: Question) -> str:
        single = asked.kind in _SINGLE and all(len(offer.key) == 1 for offer in asked.offers)
        if not (single and self._keyboard.by_key):
            return self._keyboard.line(_MARK)
        self._console.print(_MARK, end="")
        pressed = self._keyboard.key()
        offer = _offer(asked, meant(pressed, self._language))
        self._console.print(f"{offer.key} {offer.word}".rstrip() if offer is not None else pressed.strip())
        return pressed

    def _command(self, key: str, asked: Question, state: State) -> State | End | None:
        """What a key that is no answer does; `None` where it was an answer, or the question still stands."""
        if key not in COMMANDS or key == "w":
            return None
        match key:
            case "b":
                return self._interview.back(state)
            case "s":
                return self._interview.skip(state)
            case "q":
                return End.LEFT
            case "c" if asked.step.part == "answer":
                return self._interview.go(state, asked.step._replace(part="comment"))
            case _:
                return None

    def _answer(self, typed: str, asked: Question, state: State) -> State | None:
        key = meant(typed, self._language)
        if key == "?" or (key == "c" and asked.step.part != "answer"):
            self._guide(asked)
            return None
        if not typed.strip():
            return self._enter(asked, state)
        value = self._replies.read(asked, state, self._as_typed(typed, asked))
        if isinstance(value, Refused):
            self._console.print(self._text(f"! {value.says}", "bold"))
            return None
        return self._interview.give(state, value)

    def _as_typed(self, typed: str, asked: Question) -> str:
        """The key meant where it is one of the question's; words as they are, for they may be a word of one letter."""
        key = meant(typed, self._language)
        known = {offer.key for offer in asked.offers} | ({"n"} if asked.now else set())
        return key if key in known else typed

    def _enter(self, asked: Question, state: State) -> State | None:
        """Enter alone keeps what is there, passes over what may be left out, and asks again for the rest."""
        if asked.given:
            return self._interview.onward(state)
        if self._interview.is_needed(state, asked.step):
            self._console.print(self._text(f"! {self._say('needed')}", "bold"))
            return None
        return self._interview.skip(state)

    # What is shown

    def _text(self, words: str, style: str = "") -> Text:
        from rich.text import Text

        return Text(words, style=style)

    def _show(self, asked: Question, state: State) -> None:
        console, (here, of) = self._console, self._interview.progress(state)
        if asked.heading != self._heading:
            self._heading = asked.heading
            console.print()
            console.print(self._text(asked.heading, "bold"))
            console.print("─" * console.width)
        console.print()
        place = self._say("place", here=here, of=of) if asked.step.part in ("answer", "cover") else ""
        console.print(_spread(f"{asked.number}  ".lstrip() + asked.text, place, console.width))
        if asked.hint:
            console.print(_indented(asked.hint, 3, console.width))
        for offer in asked.offers:
            console.print(_hanging(offer, max(len(each.key) for each in asked.offers), console.width))
        if asked.given:
            console.print(self._text("   " + self._say("given", answer=asked.given)))
        console.print(self._text(self._keys(asked), "dim"))

    def _keys(self, asked: Question) -> str:
        """The keys that do something here, each with its word."""
        keys = [("?", "help")] if asked.guidance else []
        keys += [("n", "now")] if asked.now else []
        keys += [("c", "comment_key")] if asked.step.part == "answer" else []
        keys += [("b", "back"), ("s", "skip"), ("q", "leave")]
        return " · ".join(f"{key} {self._say(name)}" for key, name in keys)

    def _guide(self, asked: Question) -> None:
        for line in asked.guidance.splitlines() or [self._say("no_guidance")]:
            self._console.print(_indented(line, 3, self._console.width))

    # The end

    def _end(self, state: State) -> State | End:
        """What is missing, by number; then the report is written, or somebody goes back."""
        missing = self._interview.missing(state)
        self._heading = ""
        self._list(missing, state)
        while True:
            typed = self._keyboard.line(_MARK)
            key = meant(typed, self._language)
            if typed.strip().isdigit() and 1 <= int(typed) <= len(missing):
                return self._interview.go(state, missing[int(typed) - 1])
            if key == "b":
                return self._interview.back(state)
            if key == "q":
                return End.LEFT
            if key == "w" or (not key and not missing):
                return End.DONE
            if not key and missing:
                return self._interview.go(state, missing[0])
            self._console.print(self._text(f"! {self._say('end_choose', n=len(missing))}", "bold"))

    def _list(self, missing: tuple[Step, ...], state: State) -> None:
        console = self._console
        console.print()
        told = self._say("missing", n=len(missing)) if missing else self._say("complete")
        console.print(self._text(told, "bold"))
        width = len(str(len(missing)))
        for number, step in enumerate(missing, 1):
            asked = question(self._interview, replace(state, at=step), step)
            what = f"{asked.number} {asked.text}".strip()
            console.print(_hanging(Offer(str(number), what, None), width, console.width))
        console.print(self._text(self._say("end_missing" if missing else "end_complete"), "dim"))


def _offer(asked: Question, key: str) -> Offer | None:
    return next((offer for offer in asked.offers if offer.key == key), None)


def _spread(left: str, right: str, width: int) -> Text:
    """A text with its place at the right end of its first line; its further lines stay clear of that."""
    from rich.cells import cell_len
    from rich.text import Text

    room = width - cell_len(right) - 2
    lines = _wrapped(left, room)
    found = Text(lines[0], style="bold")
    found.append(" " * (width - cell_len(lines[0]) - cell_len(right)) + right, style="not bold dim")
    for line in lines[1:]:
        found.append(f"\n{line}", style="bold")
    return found


def _hanging(offer: Offer, widest: int, width: int) -> Text:
    from rich.text import Text

    indent = widest + 5
    lines = _wrapped(offer.word, width - indent) or [""]
    found = Text(f"   {offer.key:>{widest}}", style="bold")
    found.append(f"  {lines[0]}", style="not bold")
    for line in lines[1:]:
        found.append("\n" + " " * indent + line, style="not bold")
    return found


def _indented(text: str, indent: int, width: int) -> Text:
    from rich.text import Text

    return Text("\n".join(" " * indent + line for line in _wrapped(text, width - indent)))


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return [line for part in text.splitlines() or [""] for line in wrap(part, width) or [""]]
