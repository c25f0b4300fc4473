"""The form as one HTML file that works without a network: everything is in it, in all languages."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from auditkit.forms.blank import Blank
from auditkit.forms.failing import failing_answers, failing_spans
from auditkit.forms.fields import values_of
from auditkit.forms.layout import FormRow, anchors_of, not_reviewed, rows_of
from auditkit.intake.spelling_words import plain_word
from auditkit.locales import LANGUAGES, NAMES, catalogue, say
from auditkit.model.checklist import Checklist, positions_of
from auditkit.model.conditions import All, AnyOf, Not, Test
from auditkit.model.items import RECORDED, AnyItem, Choice, Multi, NumberItem, Scale, Timestamp, YesNo
from auditkit.model.judging import Asked
from auditkit.model.text import Text
from auditkit.model.visit import NEVER, NO, NOT_APPLICABLE, NOT_OBSERVED, YES, Outcome, Submission
from auditkit.whole import write_whole

FORMAT = 1
"""Of the JSON that a page gives; `intake.json_submission` reads it."""
PARTS = ("model.js", "store.js", "pictures.js", "questions.js", "steps.js", "main.js")
_COVER = (
    "visit_id", "branch", "wave", "shopper", "visit_date", "start", "end", "outcome", "attempts",
    "customers_waiting", "staff_on_duty", "minutes_to_first_contact", "position", "employee",
)  # fmt: skip


def write_page(blank: Blank, path: Path) -> None:
    """Write the page of one visit; the file appears whole or not at all."""
    write_whole(path, page_of(blank).encode())


def page_of(blank: Blank) -> str:
    """The page as text."""
    from markupsafe import Markup

    script, style = _parts("js"), _parts("css")
    text: str = _template().render(
        language=blank.language,
        title=say(blank.language, "page.title"),
        visit=blank.visit_id,
        data=Markup(_embedded(data_of(blank))),  # noqa: S704  _embedded leaves no `<` in it
        script=Markup(script),  # noqa: S704  our own
        style=Markup(style),  # noqa: S704  our own
        script_hash=_hash(script),
        style_hash=_hash(style),
        no_script=[(code, say(code, "page.no_script")) for code in LANGUAGES],
    )
    return text


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("auditkit.forms.page", "parts")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("page.html")


@cache
def _parts(kind: str) -> str:
    folder = Path(__file__).parent / "parts"
    names = PARTS if kind == "js" else ("page.css",)
    text = "".join((folder / name).read_text(encoding="utf-8") for name in names)
    return f'"use strict";\n(() => {{\n{text}}})();\n' if kind == "js" else text


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _embedded(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Inside a script element no text may end it or begin a comment, whatever a definition says.
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def data_of(blank: Blank) -> dict[str, Any]:
    """Everything that the page knows: words, visit, checklists, what is filled, what is to be mended."""
    positions = positions_of(blank.checklists)
    shown = [name for name in _COVER if name not in ("position", "employee")]
    shown += ["position"] if positions and blank.employees != "none" else []
    shown += ["employee"] if blank.employees == "named" else []
    return {
        "format": FORMAT,
        "language": blank.language,
        "names": NAMES,
        "words": {language: _words(language) for language in LANGUAGES},
        "cover": shown,
        "fixed": [name for name in ("visit_id", "wave") if dict(values_of(blank)).get(name)],
        "positions": [[name, _said(title)] for name, title in positions.items()],
        "outcomes": [each.value for each in Outcome],
        "supersedes": blank.supersedes,
        "visit": _visit(blank),
        "filled": {id_: _filled(each) for id_, each in blank.filled.items()},
        "remarks": [{"of": each.checklist, "key": each.key, "text": each.text} for each in blank.remarks],
        "checklists": [_checklist(each, blank) for each in blank.checklists],
    }


def _words(language: str) -> dict[str, str]:
    known = catalogue(language)
    own = {key.removeprefix("page."): str(text) for key, text in known.items() if key.startswith("page.")}
    names = (*_COVER, *(f"outcome_{each.value}" for each in Outcome))
    plain = {name: plain_word(name, language) for name in (YES, NO, NEVER, "none", NOT_APPLICABLE, NOT_OBSERVED)}
    return (
        own | {f"c_{name}": say(language, f"forms.{name}") for name in names} | {f"a_{k}": v for k, v in plain.items()}
    )


def _visit(blank: Blank) -> dict[str, str]:
    first = next(iter(blank.filled.values()), None)
    found = {name: value for name, value in values_of(blank).items() if value is not None}
    if first is not None:
        found |= {"outcome": first.outcome.value} | ({"position": first.position} if first.position else {})
    # A date that nobody could read fits no field for dates; the remark beside it says what was typed.
    return {name: _plain(value) for name, value in found.items() if name not in blank.typed}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _filled(submission: Submission) -> dict[str, Any]:
    answers = {
        item: list(answer) if isinstance(answer, tuple) else _plain(answer)
        for item, answer in submission.answers.items()
    }
    return {"answers": answers, "comments": submission.comments, "evidence": submission.evidence}


def _checklist(checklist: Checklist, blank: Blank) -> dict[str, Any]:
    shown = {language: rows_of(checklist, language, blank.seen_by) for language in LANGUAGES}
    rows = [[shown[language][at] for language in LANGUAGES] for at in range(len(shown["en"]))]
    others = [
        item.id for _, item in checklist.walk_items() if item.seen_by not in blank.seen_by and item.kind not in RECORDED
    ]
    return {
        "id": checklist.checklist,
        "version": checklist.version,
        "hash": checklist.source_hash,
        "title": _said(checklist.title),
        "about": _said(checklist.about) if checklist.about else [],
        "remark": _short(not_reviewed(checklist, language) for language in LANGUAGES),
        "others": others,
        "rows": [_row(each, checklist) for each in rows if each[0].kind != "option"],
    }


def _said(text: Text) -> list[str]:
    """In the order of `LANGUAGES`; one word for all where they say the same."""
    return _short([text.said(language) for language in LANGUAGES])


def _short(texts: Iterable[str]) -> list[str]:
    found = list(texts)
    return found[:1] if len(set(found)) == 1 else found


def _row(in_languages: list[FormRow], checklist: Checklist) -> dict[str, Any]:
    row = in_languages[0]
    found: dict[str, Any] = {"n": row.number, "q": _short(each.text for each in in_languages)}
    if row.kind == "section":
        return found | {"level": row.number.count(".")}
    item = checklist.items_by_id[row.key]
    found |= {"id": item.id, "kind": item.kind, "req": row.required}
    guidance = _short(_guidance(item, checklist, language) for language in LANGUAGES)
    if any(guidance):
        found["g"] = guidance
    if row.conditions:
        found["if"] = [_condition(each) for each in row.conditions]
    if item.for_:
        found["for"] = list(item.for_)
    found |= _kind(item) | _outside(item) | _notes(item, checklist)
    return found


def _guidance(item: AnyItem, checklist: Checklist, language: str) -> str:
    parts = [item.guidance.said(language)] if item.guidance is not None else []
    return "\n".join(parts + anchors_of(item, checklist, language))


def _kind(item: AnyItem) -> dict[str, Any]:
    match item:
        case Choice() | Multi():
            return {"o": [[option.id, _said(option.text)] for option in item.options]}
        case Scale():
            labels = {str(step): _said(text) for step, text in (item.labels or {}).items()}
            return {"min": item.min, "max": item.max, "labels": labels}
        case NumberItem():
            bounds = {"low": item.lowest, "high": item.highest}
            return {"unit": _said(item.unit)} | {k: str(v) for k, v in bounds.items() if v is not None}
        case _:
            return {}


def _outside(item: AnyItem) -> dict[str, Any]:
    own = [NEVER] if isinstance(item, Timestamp) else []
    own += [NOT_APPLICABLE] if item.not_applicable else []
    own += [NOT_OBSERVED] if item.not_observed and item.scored else []
    return {"out": own} if own else {}


def _notes(item: AnyItem, checklist: Checklist) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if item.comment.when is not Asked.NEVER:
        found["c"] = [item.comment.when.value, item.comment.at_least]
    if item.evidence.when is not Asked.NEVER:
        found["e"] = [item.evidence.when.value, item.evidence.kind]
    if Asked.NOT_MET in (item.comment.when, item.evidence.when):
        if isinstance(item, (YesNo, Choice)):
            found["bad"] = list(failing_answers(item, checklist))
        else:
            spans = failing_spans(item, checklist)
            bounds = [[_bound(s.above), _bound(s.up_to), s.bottom] for s in spans]
            found |= {"spans": bounds} if bounds else {}
    return found


def _bound(value: Any) -> float | None:
    return None if value is None else float(value)


def _condition(condition: Test | All | AnyOf | Not) -> dict[str, Any]:
    match condition:
        case All():
            return {"all": [_condition(each) for each in condition.all]}
        case AnyOf():
            return {"any": [_condition(each) for each in condition.any]}
        case Not():
            return {"not": _condition(condition.not_)}
        case Test():
            found: dict[str, Any] = {"item": condition.item}
            for name, value in (("is", condition.is_), ("has", condition.includes)):
                found |= {name: value} if value is not None else {}
            for name, number in (("min", condition.at_least), ("max", condition.at_most)):
                found |= {name: float(number)} if number is not None else {}
            return found | ({"in": list(condition.in_)} if condition.in_ is not None else {})
