"""A reply typed at the desk, as the canonical answer to the question on the screen, or a sentence on what it lacks."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from auditkit.forms.desk.interview import Interview, State, Step
from auditkit.forms.desk.questions import Now, Question
from auditkit.intake.misread import Misread
from auditkit.intake.moments import AmbiguousDate, read_moment, read_time
from auditkit.intake.native_cover import outcomes
from auditkit.intake.spelling_numbers import read_number
from auditkit.intake.spellings import Speller
from auditkit.locales import say
from auditkit.tables.folding import fold

NOW = ("n", "now")


class Refused(NamedTuple):
    """What was typed is no answer; the question is asked again."""

    says: str


class Replies:
    """Understands replies in one language."""

    def __init__(self, interview: Interview, now: Now) -> None:
        self._interview, self._now = interview, now
        self._language = interview.blank.language
        self._spellers = {name: Speller(each) for name, each in interview.checklists.items()}

    def read(self, asked: Question, state: State, typed: str) -> Any:
        """The canonical answer, or `Refused`."""
        text = typed.strip()
        for offer in asked.offers if asked.kind != "several" else ():
            if text.casefold() == offer.key:
                return offer.value
        match asked.kind:
            case "several":
                return self._several(asked, text)
            case "text":
                return self._text(asked, text)
            case "date" | "time" | "moment":
                return self._timed(asked, state, text)
            case "count" | "minutes":
                return self._amount(asked, text)
            case _:
                return self._spelt(asked, text)

    def _refused(self, name: str, **facts: object) -> Refused:
        return Refused(say(self._language, f"fill.{name}", **facts))

    def _spelt(self, asked: Question, text: str) -> Any:
        """Words instead of a key: as everywhere else."""
        step = asked.step
        if asked.kind == "one" and len(text) < 2:
            # An `x` is a tick in a sheet and 'did not come up' here: a key that is not offered is never guessed at.
            return self._choose(asked)
        if step.part == "cover":
            said = {fold(offer.word): offer.value for offer in asked.offers}
            known = outcomes() if step.key == "outcome" else {}
            found = said.get(fold(text)) or known.get(fold(text))
            return str(found) if found is not None else self._choose(asked)
        found = self._spellers[step.checklist].read(step.key, text)
        if found is None or (isinstance(found, Misread) and asked.kind == "one"):
            return self._choose(asked)
        if isinstance(found, Misread):
            return self._misread(asked, found, text)
        return found if self._allowed(step, found) else self._choose(asked)

    def _choose(self, asked: Question) -> Refused:
        return self._refused("choose", keys=", ".join(offer.key for offer in asked.offers))

    def _allowed(self, step: Step, found: Any) -> bool:
        item = self._interview.item(step)
        if found == "not_applicable":
            return item.not_applicable
        return item.not_observed and item.scored if found == "not_observed" else True

    def _misread(self, asked: Question, found: Misread, text: str) -> Refused:
        facts = dict(found.facts)
        lacks = say(self._language, f"{found.code.code}.says", value=_short(text), **facts)
        return Refused(f"{lacks[:1].upper()}{lacks[1:]}. {asked.hint}")

    def _several(self, asked: Question, text: str) -> Any:
        """`1 3`, `1,3`, `0`; in words where there is no figure."""
        known = {offer.key: offer.value for offer in asked.offers}
        parts = re.split(r"[\s,;.+]+", text.casefold().strip(" ,;.+"))
        chosen = [known[part] for part in parts if part in known]
        if len(chosen) != len(parts):
            return self._choose(asked) if any(part.isdigit() for part in parts) else self._spelt(asked, text)
        alone = [each for each in chosen if each == () or each in ("not_applicable", "not_observed")]
        if alone:
            return alone[0] if len(set(map(str, chosen))) == 1 else self._refused("alone")
        return tuple(offer.value for offer in asked.offers if offer.value in chosen)

    def _text(self, asked: Question, text: str) -> str | Refused:
        bare = text[1:-1] if len(text) > 2 and text[0] == text[-1] == '"' else text
        if len(bare) < asked.least:
            return self._refused("too_short", n=len(bare), least=asked.least)
        return bare

    def _timed(self, asked: Question, state: State, text: str) -> Any:
        if text.casefold() in NOW:
            return _part(self._now().replace(second=0, microsecond=0), asked.kind)
        if asked.kind == "time":
            at = read_time(_colon(text))
            return at if at is not None else self._refused("wrong_time", value=_short(text))
        if asked.kind == "date":
            found = read_moment(text)
            if isinstance(found, AmbiguousDate):
                return self._refused("date_order", value=_short(text))
            return found.day if found is not None else self._refused("wrong_date", value=_short(text))
        day, at = state.given.get(Step("cover", "", "visit_date")), read_time(_colon(text))
        if at is not None and isinstance(day, date):
            return datetime.combine(day, at)
        return self._spelt(asked, text)

    def _amount(self, asked: Question, text: str) -> Any:
        number = read_number(text)
        if not isinstance(number, Decimal) or not 0 <= number < 100_000:
            return self._refused("wrong_count", value=_short(text))
        if asked.kind == "minutes":
            return number
        return int(number) if number == int(number) else self._refused("wrong_count", value=_short(text))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _colon(text: str) -> str:
    """`1031` and `10 31` as `10:31`."""
    found = re.fullmatch(r"(\d{1,2})[\s-]?(\d{2})", text)
    return f"{found[1]}:{found[2]}" if found else text


def _part(moment: datetime, kind: str) -> datetime | date | time:
    return moment.date() if kind == "date" else moment.time() if kind == "time" else moment
