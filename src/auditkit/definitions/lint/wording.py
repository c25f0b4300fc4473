"""Rules over words: one thing is asked, two observers would answer alike, and nothing is called by a wrong name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from auditkit.definitions.documents import Keys
from auditkit.definitions.evidence import Evidence
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.definitions.texts import texts_of
from auditkit.locales.glossary import Where, traps
from auditkit.model.items import AnyItem, Deadline, Duration, NumberItem, Scale, YesNo
from auditkit.model.text import Text

_TWO = {
    "en": r"\?.*\?|\band (?:also |then )?(?:greets?|introduces?|asks?|offers?|tells?|says?|thanks?|gives?|names?"
    r"|writes?|calls?|listens?|explains?|shows?|checks?|repeats?|invites?|apologi[sz]es?|proposes?|agrees?|sends?"
    r"|hands?|takes?|makes?|keeps?|uses?|answers?|wishes|says|confirms?|transfers?|records?|informs?|passes)\b"
    r"|\band (?:not|only) [a-z]+|\b[a-z]+ly(?: enough)? and [a-z]+ly\b",
    "ru": r"\?.*\?|\bи (?:не )?[а-яё]+(?:ет|ёт|ит|ют|ут|ется|ится|лся|лась|ил|ал|ил[аи]|ал[аи])\b",
    "kk": r"\?.*\?|\b(?:сәлемдес|амандас|таныстыр|сұра|айт|бер|көрсет|ұсын|түсіндір|жаз|шақыр|тексер|хабарла|қоштас"
    r"|қайтала|көмектес)[а-яёәғқңөұүһі]*?(?:(?:ып|іп|п),|(?:ды|ді|ты|ті),? (?:және|әрі)) ",
    "pl": r"\?.*\?|\b(?:i|oraz) (?:się )?\w+(?:uje|ał|ała|ił|iła|ził|awia|yta)\b",
    "ro": r"\?.*\?|\bși (?:se|își|îi|îl|cere|oferă|spune|explică|mulțumește|salută|întreabă|notează)\b",
}
_JUDGED = {
    "en": r"\b(?:polite(?:ly)?|friendly|nice(?:ly)?|good|well|proper(?:ly)?|appropriate(?:ly)?|adequate(?:ly)?"
    r"|professional(?:ly)?|pleasant(?:ly)?|quick(?:ly)?|sufficient(?:ly)?|correct(?:ly)?|neat(?:ly)?|excessive)\b",
    "ru": r"\b(?:вежлив|дружелюбн|хорош|приятн|правильн|профессиональн|быстр|надлежащ|уместн|достаточн|аккуратн"
    r"|опрятн|доброжелательн|корректн)[а-яё]*",
    "kk": r"\b(?:сыпайы|жақсы|дұрыс|тез|кәсіби|ұқыпты|жағымды|лайықты|жеткілікті)[а-яёәғқңөұүһі]*",
    "pl": r"\b(?:uprzejm|mił|dobrz|odpowiedni|właściw|profesjonaln|szybk|schludn|przyjemn|poprawn|wystarczając)\w*",
    "ro": r"\b(?:politico[sș]|amabil|prieteno[sș]|bine|corespunzăto|potrivit|profesionist|rapid|îngrijit|plăcut"
    r"|suficient|corect)\w*",
}

_REMARK = re.compile(r"[^\"'|>&*{\[][^#]*?(?<=\s)#[^\s#].*")
"""A text without quotes and the remark behind it."""
_NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?:[.,]\d+)?(?![\w:/-])")
_BARE = re.compile(r"(?<![\w№#.,:/-])(?<!№ )(?<!No )(?<!nr )\d+(?:[.,]\d+)?(?=\s*(?:[?.;!)](?!\d)|$))")
_YEAR = re.compile(r"(?:19|20)\d\d")


@rule("D301")
def two_in_one(evidence: Evidence) -> Iterator[Remark]:
    """A yes/no question that asks two things, in one of its languages at least: two question marks, or 'does this and
    does that'.

    Where one was done and the other not, each observer answers differently, and the report does not say which it was.

    Make two items, or one of kind `multi` with an option each.
    """
    for spot in evidence.spots:
        for code, words in spot.item.text.words.items() if isinstance(spot.item, YesNo) else ():
            found = _two(code or evidence.checklist.language).search(words)
            if found:
                yield Remark((*spot.path, "text"), found.group().strip(" ,")[-60:], (("item", spot.item.id),))


@cache
def _two(language: str) -> re.Pattern[str]:
    return re.compile(_TWO.get(language, r"\?.*\?"), re.IGNORECASE)


@rule("D302")
def judged(evidence: Evidence) -> Iterator[Remark]:
    """A word of judgement (polite, good, proper) in a question without anchors or guidance.

    What one observer calls polite another does not; the score then measures the observer.

    Say under `anchors:` what is seen or heard when it is met and when it is not, or ask for that instead.
    """
    for spot in evidence.scored:
        item = spot.item
        anchored = item.anchors is not None or item.guidance is not None or (isinstance(item, Scale) and item.labels)
        found = None if anchored or not isinstance(item, (YesNo, Scale)) else judgement_in(evidence, item)
        if found:
            yield Remark((*spot.path, "text"), found, (("item", item.id),))


@rule("D303")
def misleading(evidence: Evidence) -> Iterator[Remark]:
    """A word that means something else in the field: the name of a penalty for a missed standard, 'not noticed' for
    'could not be seen', a letter with the wrong mark below.

    A shopper answers something else than was asked, and a branch reads a reproach where a fact was meant.

    Use the word of the glossary (`auditkit/locales/glossary`).
    """
    for path, name, text in texts_of(evidence.checklist):
        for code, words in text.words.items():
            for trap in traps(code or evidence.checklist.language, words, where=Where.ALL):
                yield Remark(path, trap.word, (("name", name), ("instead", trap.term.say[0])))


@rule("D304")
def cut_off(evidence: Evidence) -> Iterator[Remark]:
    """A text without quotes that ends before ` #`, with something right behind the `#`.

    In YAML ` #` begins a remark: of `Is place #3 clean?` only `Is place` is shown to anybody.

    Put the text in quotes; a remark is written with a space after its `#`.
    """
    home = evidence.origins.home
    lines = home.lines
    for path, _, _ in texts_of(evidence.checklist):
        if home.has(path):
            at = home.at(path)
            found = _REMARK.match(lines[at.line - 1], at.column - 1)
            if found is not None:
                yield Remark(path, found.group().strip()[-60:])


@rule("D305")
def no_unit(evidence: Evidence) -> Iterator[Remark]:
    """A number in a question, an anchor or an option with nothing behind it that says of what.

    'Within 3?' is read as minutes by one observer and as days by another.

    Write the unit behind the number: '3 minutes'.
    """
    language = evidence.checklist.language
    for path, name, text in texts_of(evidence.checklist):
        if "bands" in path or "labels" in path or path[-1] in ("unit", "unit_forms", "title"):
            continue
        for found in _BARE.finditer(text.words.get(language, "")):
            if not _YEAR.fullmatch(found.group()):
                yield Remark(path, found.group(), (("name", name),))


@rule("D306")
def other_threshold(evidence: Evidence) -> Iterator[Remark]:
    """A number in the question or the band texts of a number or a deadline that is none of its thresholds.

    The observer is told one limit and judged by another.

    Correct the text or the `bands:` (`within:`); they must name the same numbers.
    """
    for spot in evidence.scored:
        item = spot.item
        known = _thresholds(item)
        if not known:
            continue
        said: list[tuple[Keys, Text]] = [((*spot.path, "text"), item.text)]
        for at, band in enumerate(item.bands if isinstance(item, (NumberItem, Duration, Deadline)) else ()):
            said += [((*spot.path, "bands", at, "text"), band.text)] if band.text is not None else []
        for path, text in said:
            for number in _NUMBER.findall(text.words.get(evidence.checklist.language, "")):
                if Decimal(number.replace(",", ".")) not in known:
                    facts = (("item", item.id), ("known", ", ".join(f"{each:f}" for each in sorted(known))))
                    yield Remark(path, number, facts)


@rule("D307")
def too_long(evidence: Evidence) -> Iterator[Remark]:
    """A text, in any language, that is longer than its place in the form: a question over 200 characters, an option
    over 120, anything else that stands beside a question over 400.

    A drop-down shows one line of an option, and long questions are skimmed on a telephone. The limits are ours.

    Shorten it; what explains belongs into `guidance:`.
    """
    for path, name, text in texts_of(evidence.checklist):
        most = _longest(path)
        for code, words in text.words.items():
            if most and len(words) > most:
                said = code or evidence.checklist.language
                yield Remark(path, f"{words[:40]}…", (("name", name), ("language", said), ("most", str(most))))


@rule("D308")
def no_partly(evidence: Evidence) -> Iterator[Remark]:
    """A scale with steps between its ends that nothing describes: neither `labels:` nor `anchors: {partly: …}`.

    What is a 3 for one observer is a 4 for another.

    Write `labels:` for the steps, or say under `anchors:` what `partly` looks like.
    """
    for spot in evidence.scored:
        item = spot.item
        if isinstance(item, Scale) and item.max - item.min > 1:
            told = set(item.labels or ()) >= set(range(item.min + 1, item.max))
            if not told and (item.anchors is None or item.anchors.partly is None):
                yield Remark((*spot.path, "id"), item.id)


def _thresholds(item: AnyItem) -> set[Decimal]:
    """Every number by which an answer of this item is judged."""
    found: set[Decimal] = set()
    if isinstance(item, NumberItem):
        ends = (item.linear.full_at, item.linear.none_at) if item.linear is not None else ()
        found |= {each for each in (item.lowest, item.highest, *ends) if each is not None}
    if isinstance(item, Deadline):
        found |= {Decimal(item.within.amount)} if item.within is not None else set()
        at = item.next_working_day_at
        found |= {Decimal(at.hour), Decimal(at.minute)} if at is not None else set()
    if isinstance(item, (NumberItem, Duration, Deadline)):
        found |= {band.up_to for band in item.bands if band.up_to is not None}
    return found


def _longest(path: Keys) -> int:
    if path[-1] in ("unit", "unit_forms", "title"):
        return 0
    if "options" in path:
        return 120
    return 200 if path[-1] == "text" and "bands" not in path else 400


def judgement_in(evidence: Evidence, item: AnyItem) -> str | None:
    """The word of judgement in an item's question, if there is one."""
    found = _judging(evidence.checklist.language).search(_own(evidence, item))
    return found.group() if found else None


@cache
def _judging(language: str) -> re.Pattern[str]:
    return re.compile(_JUDGED.get(language, r"(?!)"), re.IGNORECASE)


def _own(evidence: Evidence, item: AnyItem) -> str:
    return item.text.words.get(evidence.checklist.language, "")


_TO_DO = re.compile(r"\bTODO\b|^\?+$|^\.{3}$|^…$")


@rule("D309")
def unfinished(evidence: Evidence) -> Iterator[Remark]:
    """A text, a source or a person that is still to be written: TODO, or nothing but a question mark.

    A form with it would reach a shopper, and a report with it a branch.

    Write what is meant.
    """
    for path, name, text in texts_of(evidence.checklist):
        if any(_TO_DO.search(words) for words in text.words.values()):
            yield Remark(path, str(text), (("item", name),))
    for spot in evidence.spots:
        if any(_TO_DO.search(source) for source in spot.item.source):
            yield Remark((*spot.path, "source"), "TODO", (("item", f"{spot.item.id}.source"),))
    for at, person in enumerate(evidence.checklist.responsible):
        if _TO_DO.search(person.name):
            yield Remark(("responsible", at, "name"), person.name, (("item", f"responsible.{at + 1}"),))


RULES = (two_in_one, judged, misleading, cut_off, no_unit, other_threshold, too_long, no_partly, unfinished)
