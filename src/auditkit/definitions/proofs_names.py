"""Proofs over names: every id, number, dimension and spelling means one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditkit.definitions.documents import Keys
from auditkit.definitions.evidence import Evidence, Spot
from auditkit.model.checklist import MISSING
from auditkit.model.items import AnyItem, Choice, Multi
from auditkit.model.visit import RESERVED
from auditkit.problems import Severity, declare, nearest, problem

TWICE = declare(
    "D201",
    Severity.ERROR,
    finds="Two items, or two sections, of a checklist with the same id.",
    why="Answers, scores and reports are kept by id: those of the two could not be told apart.",
    mend="Give one of the two lines named another id.",
)
OPTION_TWICE = declare(
    "D202",
    Severity.ERROR,
    finds="Two options of an item with the same id.",
    why="An answer could mean either.",
    mend="Give one of them another id.",
)
RESERVED_OPTION = declare(
    "D203",
    Severity.ERROR,
    finds="An option whose id is a word that the program itself uses for a state, such as `not_applicable` or `none`.",
    why="The answer could not be told from the state.",
    mend="Give the option another id; whether 'did not come up' may be answered is said by `not_applicable: true`.",
)
NUMBER_TWICE = declare(
    "D204",
    Severity.ERROR,
    finds="Two items that are printed with the same number.",
    why="People say 'point 3.2', and it must be one point.",
    mend="Change the `number:` of one of them.",
)
NO_DIMENSION = declare(
    "D205",
    Severity.ERROR,
    finds="An item with a dimension that the checklist does not name.",
    why="It would be missing from the roll-up by dimensions, or stand there without a title.",
    mend="Correct the spelling, or add the dimension with its title under `dimensions:`.",
)
SPELLING = declare(
    "D206",
    Severity.ERROR,
    finds="A spelling under `spellings:` that is to mean two different answers.",
    why="A cell with that word could not be read.",
    mend="Leave it under one of the answers.",
)
INCLUDED_TWICE = declare(
    "D208",
    Severity.ERROR,
    finds="A section that is taken in twice.",
    why="Its questions would be asked twice, and their answers could not be told apart.",
    mend="Delete one of the two `include:`.",
)
NO_BLOCK = declare(
    "D209",
    Severity.ERROR,
    finds="Somebody who answers for a section (`block:`) that the checklist does not have.",
    why="Nobody would answer for the section that is meant.",
    mend="Use the id of one of its sections.",
)
NO_POSITION = declare(
    "D215",
    Severity.ERROR,
    finds="An item `for:` a position that is not named under `positions:`.",
    why="Forms and leaflets would show a position without a title, and nobody could choose it.",
    mend="Correct the spelling, or add the position with its title under `positions:`.",
)
BOTH_OR_NEITHER = declare(
    "D207",
    Severity.ERROR,
    finds="A section that holds items and subsections at once, or nothing at all.",
    why="How its score comes about would be unclear.",
    mend="Put the loose items into a subsection of their own; delete an empty section.",
)

_USUAL = {"yes": ("yes", "да", "иә", "tak", "da"), "no": ("no", "нет", "жоқ", "nie", "nu")}


def prove_names(evidence: Evidence) -> None:
    """Ids, numbers, dimensions, spellings and the shape of sections."""
    _ids(evidence)
    _blocks(evidence)
    _numbers(evidence)
    _spellings(evidence)
    for section, path in evidence.sections:
        standing_in = section.included_from == MISSING or f"/{section.id}" in evidence.untrusted
        if bool(section.items) == bool(section.sections) and not standing_in:
            evidence.say(BOTH_OR_NEITHER, (*path, "id"), section.id)
    for spot in evidence.spots:
        named = spot.item.dimension
        if named is not None and named not in evidence.checklist.dimensions:
            known = list(evidence.checklist.dimensions)
            facts = {"known": nearest(named, known) or ", ".join(known)}
            evidence.say(NO_DIMENSION, (*spot.path, "dimension"), named, **facts)
        _positions(evidence, spot)
        _options(evidence, spot.item, spot.path)


def _positions(evidence: Evidence, spot: Spot) -> None:
    known = list(evidence.checklist.positions)
    for name in spot.item.for_ if known else ():
        if name not in known:
            evidence.say(NO_POSITION, (*spot.path, "for"), name, known=nearest(name, known) or ", ".join(known))


def _ids(evidence: Evidence) -> None:
    again = tuple(_again(evidence))
    items = ((spot.item.id, spot.path) for spot in evidence.spots)
    sections = ((section.id, path) for section, path in evidence.sections)
    for named in (items, sections):
        _unique(evidence, ((id_, path) for id_, path in named if not any(path[: len(a)] == a for a in again)))


def _again(evidence: Evidence) -> Iterator[Keys]:
    """Sections taken in a second time: one problem, at the place where they are, not one for each of their ids."""
    seen: set[str] = set()
    for section, path in evidence.sections:
        origin = section.included_from
        if origin in seen:
            place = evidence.origins.home.place((*path, "include", "section"))
            evidence.problems.append(problem(INCLUDED_TWICE, place, origin))
            yield path
        elif origin not in (None, MISSING):
            seen.add(origin or "")


def _blocks(evidence: Evidence) -> None:
    known = [section.id for section, _ in evidence.sections]
    for at, person in enumerate(evidence.checklist.responsible):
        if person.block is not None and person.block not in known:
            near = nearest(person.block, known) or ", ".join(known)
            evidence.say(NO_BLOCK, ("responsible", at, "block"), person.block, known=near)


def _unique(evidence: Evidence, named: Iterable[tuple[str, Keys]]) -> None:
    seen: dict[str, Keys] = {}
    for id_, path in named:
        if id_ in seen:
            first = evidence.origins.place((*seen[id_], "id"))
            evidence.say(TWICE, (*path, "id"), id_, first=first, second=evidence.origins.place((*path, "id")))
        else:
            seen[id_] = path


def _numbers(evidence: Evidence) -> None:
    numbers = evidence.checklist.numbers
    seen: dict[str, str] = {}
    for spot in evidence.spots:
        number = numbers[spot.item.id]
        if seen.setdefault(number, spot.item.id) != spot.item.id:
            evidence.say(NUMBER_TWICE, (*spot.path, "number"), number, first=seen[number], second=spot.item.id)


def _options(evidence: Evidence, item: AnyItem, path: Keys) -> None:
    if not isinstance(item, (Choice, Multi)):
        return
    seen: set[str] = set()
    for at, option in enumerate(item.options):
        where = (*path, "options", at, "id")
        if option.id in seen:
            evidence.say(OPTION_TWICE, where, option.id, item=item.id)
        if option.id in RESERVED:
            evidence.say(RESERVED_OPTION, where, option.id, item=item.id)
        seen.add(option.id)


def _spellings(evidence: Evidence) -> None:
    said = list(_said(evidence))
    if not said:
        return
    from auditkit.tables.folding import fold  # most checklists have no spellings of their own

    meant: dict[str, str] = {}
    for answer, place, word in said:
        usual = next((a for a, words in _USUAL.items() if fold(word) in map(fold, words)), answer)
        other = usual if usual != answer else meant.setdefault(fold(word), answer)
        if other != answer:
            evidence.say(SPELLING, ("spellings", answer, *place), word, first=other, second=answer)


def _said(evidence: Evidence) -> Iterator[tuple[str, tuple[int, ...], str]]:
    for answer in ("not_applicable", "not_observed", "yes", "no"):
        words = getattr(evidence.checklist.spellings, answer)
        single = not evidence.origins.home.has(("spellings", answer, 0))
        for at, word in enumerate(words):
            yield answer, () if single else (at,), word
