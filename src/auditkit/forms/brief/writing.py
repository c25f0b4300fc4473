"""The brief of a visit: one page that says what to play, what to ask, what to bring back; no weights, no points."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from auditkit.locales import say
from auditkit.model.checklist import Checklist
from auditkit.model.scenario import Needed, Proof, Scenario
from auditkit.model.text import Text

PARTS = Path(__file__).parent / "parts"


@dataclass(frozen=True)
class Brief:
    """What a brief is written from; what is empty is left out."""

    scenario: Scenario
    language: str = "en"
    checklists: Sequence[Checklist] = ()
    visit_id: str = ""
    branch: str = ""
    """Code, name and city, as people find it."""
    opening_hours: str = ""
    shopper: str = ""
    from_: date | None = None
    to: date | None = None
    form: str = ""
    """The name of the file to be filled in afterwards."""


class Part(NamedTuple):
    """A heading with its points."""

    title: str
    lines: tuple[str, ...]
    warns: bool = False


def write_brief(brief: Brief, path: Path) -> None:
    """Write it as `.html` or `.pdf`; it appears whole or not at all. Raises `CannotWrite` where no browser prints."""
    from auditkit.forms.browser import write_page

    write_page(brief_html(brief), path, brief.language)


def brief_html(brief: Brief) -> str:
    """The page as text."""
    from markupsafe import Markup

    style = (PARTS / "brief.css").read_text(encoding="utf-8")
    text: str = _template().render(
        language=brief.language,
        kind=say(brief.language, "brief.kind"),
        title=brief.scenario.title.said(brief.language),
        visit=brief.visit_id,
        facts=list(_facts(brief)),
        legend=brief.scenario.legend.said(brief.language),
        parts=list(_parts(brief)),
        foot=say(brief.language, "brief.foot"),
        style=Markup(style),  # noqa: S704  our own
        hash=base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
    )
    return text


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("auditkit.forms.brief", "parts")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("brief.html")


def _facts(brief: Brief) -> Iterator[tuple[str, str]]:
    known = {"visit": brief.visit_id, "branch": brief.branch, "hours": brief.opening_hours, "shopper": brief.shopper}
    known["when"] = _window(brief.from_, brief.to)
    for name, value in known.items():
        if value:
            yield say(brief.language, f"brief.{name}"), value


def _window(start: date | None, end: date | None) -> str:
    days = [each.strftime("%d.%m.%Y") for each in dict.fromkeys((start, end)) if each is not None]
    return " – ".join(days)


def _parts(brief: Brief) -> Iterator[Part]:
    of, language = brief.scenario, brief.language

    def said(texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(each.said(language) for each in texts)

    rules = [say(language, "brief.waiting_limit", n=of.waiting_limit)] if of.waiting_limit else []
    rules += [say(language, "brief.attempts", n=of.attempts)] if of.attempts else []
    bought = []
    if of.purchase is not None:
        limit = f"{of.purchase.limit:f} {of.purchase.currency}"
        bought = [of.purchase.what.said(language), say(language, "brief.limit", limit=limit)]
    fill = [each.title.said(language) for each in brief.checklists]
    fill += [say(language, "brief.form", name=brief.form)] if brief.form else []
    parts = (
        Part("say", said(of.say)),
        Part("never_say", said(of.never_say), warns=True),
        Part("purchase", tuple(bought)),
        Part("rules", tuple(rules)),
        Part("remember", (say(language, "brief.times"), *said(of.remember))),
        Part("bring", said(of.bring)),
        Part("proof", tuple(_proof(each, language) for each in of.proof)),
        Part("fill", tuple(fill)),
    )
    for part in parts:
        if part.lines:
            yield part._replace(title=say(language, f"brief.part_{part.title}"))


def _proof(proof: Proof, language: str) -> str:
    what = proof.what.said(language)
    count = f" (× {proof.at_least})" if proof.at_least > 1 else ""
    when = "" if proof.when is Needed.ALWAYS else f" – {say(language, f'brief.when_{proof.when.value}')}"
    return f"{what}{count}{when}"
