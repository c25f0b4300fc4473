"""Shoppers, and what their table and the plans of waves have in common: their columns in five languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.definitions.rows import Row, open_table, rows_of
from auditkit.locales import LANGUAGES
from auditkit.model.planning import Shopper
from auditkit.problems import Problem, Severity, declare

TWICE = declare(
    "D453",
    Severity.ERROR,
    finds="A code that stands twice: of a visit in the plan, of a shopper in shoppers.csv.",
    why="Reports are matched by the visit's code; with two of them one would replace the other.",
    mend="Give one of them another code, or leave the visit's code blank: it gets one.",
)
NO_LANGUAGE = declare(
    "D456",
    Severity.ERROR,
    finds="A language that forms cannot be written in.",
    why="The form would come in another one than was asked for.",
    mend="Write en, ru, kk, pl or ro.",
)

_CALLED: Mapping[str, tuple[str, ...]] = {
    "visit": ("visit", "visit code", "код визита", "визит коды", "kod wizyty", "codul vizitei"),
    "branch": ("branch", "branch code", "филиал", "код филиала", "бөлімше", "бөлімше коды", "placówka",
               "kod placówki", "unitate", "codul unității"),
    "scenario": ("scenario", "сценарий", "scenariusz", "scenariu"),
    "checklists": ("checklists", "checklist", "чек-лист", "чек-листы", "listy kontrolne", "liste de verificare"),
    "shopper": ("shopper", "тайный покупатель", "құпия сатып алушы", "tajemniczy klient", "client misterios"),
    "language": ("language", "язык", "тіл", "język", "limba"),
    "from": ("from", "date", "с", "дата", "бастап", "күні", "od", "data", "de la"),
    "to": ("to", "until", "по", "дейін", "do", "până la"),
    "code": ("code", "код", "коды", "kod", "cod"),
    "languages": ("languages", "языки", "тілдер", "języki", "limbi"),
    "city": ("city", "город", "қала", "miasto", "oraș"),
    "agency": ("agency", "агентство", "агенттік", "agencja", "agenție"),
    "barred": ("barred", "barred branches", "закрытые филиалы"),
}  # fmt: skip
_NAMES = {"_".join(word.split()): name for name, words in _CALLED.items() for word in words}


def read_shoppers(home: ProgrammeFolder) -> tuple[dict[str, Shopper] | None, list[Problem]]:
    """Shoppers by code, from shoppers.csv or the sheet `shoppers` of programme.xlsx.

    `None` where there is neither, or nobody on the sheet: any code is taken then.
    """
    path, book = home.folder / "shoppers.csv", home.folder / "programme.xlsx"
    if path.is_file():
        rows, problems = plan_rows(path, path.name, ("code",))
    elif book.is_file():
        rows, problems = plan_rows(book, book.name, ("code",), "shoppers")
        if not rows:
            return None, problems
    else:
        return None, []
    found: dict[str, Shopper] = {}
    for row in rows:
        code = row.text("code")
        if code in found:
            problems.append(row.say(TWICE, "code", code))
            continue
        languages = tuple(languages_in(row, "languages", problems)) or tuple(languages_in(row, "language", problems))
        barred = parts_of(row.text("barred"))
        found[code] = Shopper(code, languages, row.text("city"), row.text("agency"), barred)
    found.pop("", None)
    return found, problems


def plan_rows(path: Path, name: str, needs: Sequence[str], titled: str = "") -> tuple[list[Row], list[Problem]]:
    """The rows of a table of shoppers or visits, none where its columns are not there.

    `titled`: only a sheet of this name; default: the first that is seen.
    """
    book, problems = open_table(path, name)
    if book is None or not book.sheets:
        return [], list(problems)
    if titled:
        wanted = [each for each in book.sheets if each.name.strip().casefold() == titled]
    else:
        wanted = [each for each in book.sheets if not each.hidden] or list(book.sheets[:1])
    if not wanted:
        return [], list(problems)
    sheet = wanted[0]
    rows, _, found = rows_of(
        name, sheet, workbook=book.kind == "xlsx", needs=needs, known=tuple(_CALLED), called=_NAMES
    )
    return ([] if found else rows), [*problems, *found]


def languages_in(row: Row, name: str, problems: list[Problem]) -> Iterator[str]:
    """The languages of a cell; those that forms cannot be written in are said."""
    for each in parts_of(row.text(name)):
        short = each.casefold()
        if short in LANGUAGES:
            yield short
        else:
            problems.append(row.say(NO_LANGUAGE, name, each))


def parts_of(text: str) -> tuple[str, ...]:
    """A cell with several values, between commas or semicolons."""
    return tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())
