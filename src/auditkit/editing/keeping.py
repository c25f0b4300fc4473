"""A draft put into a folder of checklists: as a new one, or as the next version beside those that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from auditkit.definitions.changes import Change, Step, changes, next_version, step_of
from auditkit.definitions.library import Library
from auditkit.definitions.shelf import Shelf, shipped_folder, version_order
from auditkit.definitions.texts import texts_of
from auditkit.definitions.translations import beside, language_of
from auditkit.editing.draft import OWN, Draft
from auditkit.editing.exchange import exchange, finish, plan_of
from auditkit.model.checklist import Checklist
from auditkit.problems import Place, Problem, Severity, declare, has_errors, problem

IN_THE_WAY = declare(
    "D506",
    Severity.ERROR,
    finds="A version that a standard would be kept under, and a file of that name is there already.",
    why="What somebody wrote is never lost; nothing at all was written.",
    mend="Move that file away, or give the standard another version.",
)
OLDER = declare(
    "D507",
    Severity.ERROR,
    finds="A standard whose version is older than the one that is there, with other content.",
    why="Two different standards would bear one version, or an old state would go before a newer one.",
    mend="Write the newest version into the sheet Checklist where the workbook goes on from it; else export it anew "
    "and make the changes there.",
)


class Kept(NamedTuple):
    """What was done. `before`: `None` for a checklist that was not there yet."""

    before: Checklist | None
    after: Checklist | None
    changes: tuple[Change, ...]
    paths: tuple[Path, ...]
    """Files written; none where nothing differs."""
    problems: tuple[Problem, ...]
    stated: str = ""
    """The version that the draft itself said."""


def keep_proposal(draft: Draft, folder: Path) -> Kept:
    """Write a proposal, also one that has faults still, but over nothing."""
    home = _home(str(draft.data["checklist"]), folder)
    finish(plan_of(home))
    checklist, problems = draft.loaded(Library([folder, shipped_folder()]))
    found = (*draft.problems, *problems)
    if home.exists() and checklist is not None:
        return keep(draft, folder)
    if home.exists():
        return Kept(None, None, (), (), (*found, problem(IN_THE_WAY, Place(str(home)), home.name)))
    return Kept(None, checklist, (), _write(draft, home, None), found)


def keep(draft: Draft, folder: Path) -> Kept:
    """Write a draft into a folder of checklists, whole or not at all.

    Where that checklist is there with other content, the new one gets a version that says how far the changes reach
    (unless it has a higher one), and the files of the old one are kept under theirs.
    """
    finish(plan_of(_home(str(draft.data.get("checklist", "")), folder)))
    shelf = Library([folder, shipped_folder()])
    checklist, problems = draft.loaded(shelf)
    problems = [*draft.problems, *problems]
    if checklist is None or has_errors(problems):
        return Kept(None, None, (), (), tuple(problems))
    old, stated = _before(checklist, shelf), checklist.version
    found: tuple[Change, ...] = ()
    if old is not None:
        found = changes(old, checklist)
        if _same(old, checklist):
            return Kept(old, old, (), (), tuple(problems))
        if version_order(checklist.version) < version_order(old.version):
            refused = problem(
                OLDER, draft.places[OWN].get(("version",), Place("")), checklist.version, there=old.version
            )
            return Kept(old, None, found, (), (*problems, refused))
        if checklist.version == old.version:
            checklist = _raised(draft, old, checklist, step_of(found))
    home = _home(checklist.checklist, folder)
    blocked = next((path for _, path in _moves(home, old) if path.exists()), None)
    if blocked is not None:
        return Kept(old, None, found, (), (*problems, problem(IN_THE_WAY, Place(str(blocked)), blocked.name)))
    return Kept(old, checklist, found, _write(draft, home, old), tuple(problems), stated)


def _before(checklist: Checklist, shelf: Library) -> Checklist | None:
    """The newest version there is, in force or not."""
    volumes = sorted(shelf.volumes(checklist.checklist), key=lambda each: version_order(each.version))
    return shelf.get(checklist.checklist, volumes[-1].version) if volumes else None


def _same(one: Checklist, other: Checklist) -> bool:
    """Whether nothing differs, but for a version that the workbook was not told of."""
    return one == other.model_copy(update={"source_hash": one.source_hash, "version": one.version})


def _raised(draft: Draft, old: Checklist, new: Checklist, step: Step) -> Checklist:
    """With the version that its changes ask for, in its translations too where they went along."""
    version = next_version(old.version, max(step, Step.PATCH))
    draft.data["version"] = version
    behind = set(_behind(old, new))
    for language, words in draft.words.items():
        if language not in behind:
            words["translates"] = version
    return new.model_copy(update={"version": version})


def _behind(old: Checklist, new: Checklist) -> Iterator[str]:
    """Languages in which a text still says what it said, though the standard's own words changed."""
    before = {name: text for _, name, text in texts_of(old)}
    for _, name, text in texts_of(new):
        was = before.get(name)
        if was is not None and was.said(new.language) != text.said(new.language):
            yield from (code for code, words in text.words.items() if words == was.words.get(code))


def _home(id_: str, folder: Path) -> Path:
    """The definition's file: the one that is there, else one in a folder of its own."""
    own = [each.path for each in Shelf([folder]).volumes(id_)]
    plain = (folder / f"{id_}.yaml", folder / id_ / "checklist.yaml")
    return next((path for path in plain if path in own), plain[1])


def _translation(home: Path, language: str) -> Path:
    return home.with_name(f"{language}.yaml" if home.stem == "checklist" else f"{home.stem}.{language}.yaml")


def _moves(home: Path, old: Checklist | None) -> list[tuple[Path, Path]]:
    """What is there, and the name under which it is kept."""
    if old is None or not home.exists():
        return []
    kept = home.with_name(f"{home.stem}-{old.version}.yaml")
    moves = [(home, kept)]
    for path in beside(home):
        language = language_of(path)
        name = f"{language}-{old.version}.yaml" if home.stem == "checklist" else f"{kept.stem}.{language}.yaml"
        moves.append((path, path.with_name(name)))
    return moves


def _write(draft: Draft, home: Path, old: Checklist | None) -> tuple[Path, ...]:
    home.parent.mkdir(parents=True, exist_ok=True)
    pages = {
        home if language == OWN else _translation(home, language): page.text for language, page in draft.pages().items()
    }
    exchange(plan_of(home), pages, _moves(home, old))
    return tuple(pages)
