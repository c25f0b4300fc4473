"""The book, the leaflets and the newcomer's questions as files: HTML that prints well, PDF, Markdown."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

from auditkit.book.chapters import Book, Rule, book_of
from auditkit.book.questions import questions_of
from auditkit.forms.browser import write_page
from auditkit.locales import say
from auditkit.model.checklist import Checklist, positions_of

Format = Literal["html", "pdf", "md"]
BOOK = "book"
ALL = "leaflet"
NEWCOMER = "newcomer"
KINDS = (BOOK, ALL, NEWCOMER)
"""What is written beside the leaflets of positions."""


class Edition(NamedTuple):
    """What is printed on every page of it."""

    language: str
    format: Format = "html"
    number: str = ""
    """Of the leaflets, which change more often than the standard; empty: none."""


def readers_of(checklists: Sequence[Checklist]) -> tuple[str, ...]:
    """What can be written: the book, the leaflet for all, the one for newcomers, one for each position."""
    return (*KINDS, *positions_of(checklists))


def write_standard(checklists: Sequence[Checklist], reader: str, edition: Edition, folder: Path) -> Path:
    """One file for one of `readers_of`, whole or not at all. Raises `CannotWrite` where no browser prints."""
    position = None if reader in KINDS else reader
    book = book_of(checklists, edition.language, position)
    name = reader if position is None else f"{ALL}-{reader}"
    path = folder / f"{name}.{edition.format}"
    write_page(_rendered(book, reader if position is None else ALL, edition), path, edition.language)
    return path


def _rendered(book: Book, kind: str, edition: Edition) -> str:
    from markupsafe import Markup

    style = (Path(__file__).parent / "parts" / "book.css").read_text(encoding="utf-8")
    ending = "md" if edition.format == "md" else "html"
    text: str = _template(f"{kind}.{ending}").render(
        book=book,
        language=book.language,
        heading=_heading(book, kind),
        edition=say(book.language, "book.edition", edition=edition.number) if edition.number and kind != BOOK else "",
        questions=questions_of(book) if kind == NEWCOMER else (),
        critical=[(chapter, rule) for chapter in book.chapters for rule in chapter.rules if rule.critical],
        foot=_foot(book),
        say=_word(book.language),
        style=Markup(style),  # noqa: S704  our own
        hash=base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
    )
    return text.strip() + "\n"


def _word(language: str) -> Callable[..., str]:
    return partial(say, language)


def _heading(book: Book, kind: str) -> str:
    if book.position:
        return book.position
    return say(book.language, f"book.for_{kind}")


def _foot(book: Book) -> str:
    versions = "; ".join(f"{chapter.checklist} {chapter.version}" for chapter in book.chapters)
    remarks = dict.fromkeys(chapter.remark for chapter in book.chapters if chapter.remark)
    return " · ".join((versions, *remarks))


@cache
def _template(name: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("auditkit.book", "parts"),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(inline=_inline, runs=_runs)
    return environment.get_template(name)


def _runs(rules: Sequence[Rule]) -> list[tuple[str, list[Rule]]]:
    """Criteria that follow each other under the same condition, together."""
    return [(only, list(group)) for only, group in groupby(rules, key=lambda rule: rule.only)]


def _inline(words: str) -> str:
    """Words in Markdown that mean themselves."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in " ".join(words.split()))
