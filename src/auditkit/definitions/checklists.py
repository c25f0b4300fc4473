"""A checklist read from its files, with everything that is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from auditkit.definitions.assembly import Assembled, assemble
from auditkit.definitions.origins import Origins
from auditkit.definitions.proofs import prove
from auditkit.definitions.shelf import Shelf, shipped_folder
from auditkit.model import checklist as c
from auditkit.problems import Problem, has_errors


def load_checklist(
    path: Path | str, library: Shelf | None = None, *, name: str | None = None
) -> tuple[c.Checklist | None, tuple[Problem, ...]]:
    """The checklist in a file, `None` where an error stands in the way, and everything that is wrong with it.

    `library` finds the checklists that it includes; without one, those beside it and those that are shipped.
    `name` is how problems call the file.
    """
    checklist, _, problems = load_with_origins(path, library, name=name)
    return checklist, problems


def load_with_origins(
    path: Path | str, library: Shelf | None = None, *, name: str | None = None
) -> tuple[c.Checklist | None, Origins | None, tuple[Problem, ...]]:
    """As `load_checklist`, with the place of every part."""
    path = Path(path)
    shelf = library if library is not None else around(path)
    whole, problems = assemble(path, shelf, name)
    if whole is None:
        return None, None, tuple(problems)
    checklist, found = _validated(whole)
    problems = sorted(dict.fromkeys([*problems, *found]), key=by_place)
    return (None if has_errors(problems) else checklist), whole.origins, tuple(problems)


def around(path: Path) -> Shelf:
    """The checklists beside a definition, whether each has a folder or not, and those that are shipped."""
    folder = path.resolve().parent
    own_folder = path.stem == "checklist" or path.stem.startswith("checklist-")
    return Shelf([folder.parent if own_folder else folder, shipped_folder()])


def by_place(each: Problem) -> tuple[str, int, int]:
    """In the order in which a reader comes upon them."""
    return each.place.file, each.place.line or 0, each.place.column or 0


def _validated(whole: Assembled) -> tuple[c.Checklist | None, list[Problem]]:
    data: dict[str, Any] = {**whole.data, "source_hash": whole.source_hash}
    try:
        checklist = c.Checklist.model_validate(data)
    except ValidationError as error:
        from auditkit.definitions.checklist_shape import SHAPE
        from auditkit.definitions.faults import faults

        found = faults(error, data, SHAPE, whole.origins.place)
        return None, [*found, *_proofs_of_the_rest(data, error, whole)]
    return checklist, prove(checklist, whole.origins)


def _proofs_of_the_rest(data: dict[str, Any], error: ValidationError, whole: Assembled) -> list[Problem]:
    # Whoever mends a file wants all its faults at once: what is well formed is proved beside what is not.
    from auditkit.definitions.repair import without_faults

    mended = without_faults(data, error)
    if mended is None:
        return []
    try:
        checklist = c.Checklist.model_validate(mended.data)
    except ValidationError:
        return []
    return prove(checklist, whole.origins, mended)
