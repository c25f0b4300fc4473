"""Rules over words: one thing is asked, two observers would answer alike, and nothing is called by a wrong name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditkit.definitions.evidence import Evidence
from auditkit.definitions.lint.rules import Remark, rule
from auditkit.definitions.lint.texts import texts_of
from auditkit.locales.glossary import Where, traps
from auditkit.model.items import AnyItem, Scale, YesNo

_TWO = {
    "en": r"\?.*\?|\band (?:also |then )?(?:greets?|introduces?|asks?|offers?|tells?|says?|thanks?|gives?|names?"
    r"|writes?|calls?|listens?|explains?|shows?|checks?|repeats?|invites?|apologi[sz]es?|proposes?|agrees?|sends?"
    r"|hands?|takes?|makes?|keeps?|uses?|answers?|wishes|says|confirms?|transfers?|records?|informs?|passes)\b"
    r"|\band (?:not|only) [a-z]+|\b[a-z]+ly(?: enough)? and [a-z]+ly\b",
    "ru": r"\?.*\?|\bи (?:не )?[а-яё]+(?:ет|ёт|ит|ют|ут|ется|ится|лся|лась|ил|ал|ил[аи]|ал[аи]) ",
    "kk": r"\?.*\?",
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


@rule("D301")
def two_in_one(evidence: Evidence) -> Iterator[Remark]:
    """A yes/no question that asks two things: two question marks, or 'does this and does that'.

    Where one was done and the other not, each observer answers differently, and the report does not say which it was.

    Make two items, or one of kind `multi` with an option each.
    """
    pattern = re.compile(_TWO.get(evidence.checklist.language, _TWO["kk"]), re.IGNORECASE)
    for spot in evidence.spots:
        if isinstance(spot.item, YesNo):
            found = pattern.search(_own(evidence, spot.item))
            if found:
                yield Remark((*spot.path, "text"), found.group().strip()[-60:], (("item", spot.item.id),))


@rule("D302")
def judged(evidence: Evidence) -> Iterator[Remark]:
    """A word of judgement (polite, good, proper) in a question without anchors or guidance.

    What one observer calls polite another does not; the score then measures the observer.

    Say under `anchors:` what is seen or heard when it is met and when it is not, or ask for that instead.
    """
    pattern = re.compile(_JUDGED.get(evidence.checklist.language, r"(?!)"), re.IGNORECASE)
    for spot in evidence.scored:
        item = spot.item
        anchored = item.anchors is not None or item.guidance is not None or (isinstance(item, Scale) and item.labels)
        found = None if anchored or not isinstance(item, (YesNo, Scale)) else pattern.search(_own(evidence, item))
        if found:
            yield Remark((*spot.path, "text"), found.group(), (("item", item.id),))


@rule("D303")
def misleading(evidence: Evidence) -> Iterator[Remark]:
    """A word that means something else in the field: the name of a penalty for a missed standard, 'not noticed' for
    'could not be seen', a letter with the wrong mark below.

    A shopper answers something else than was asked, and a branch reads a reproach where a fact was meant.

    Use the word of the glossary (`auditkit/locales/glossary`).
    """
    for path, name, text in texts_of(evidence):
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
    for path, _, _ in texts_of(evidence):
        if home.has(path):
            at = home.at(path)
            found = _REMARK.match(lines[at.line - 1], at.column - 1)
            if found is not None:
                yield Remark(path, found.group().strip()[-60:])


def _own(evidence: Evidence, item: AnyItem) -> str:
    return item.text.words.get(evidence.checklist.language, "")


RULES = (two_in_one, judged, misleading, cut_off)
