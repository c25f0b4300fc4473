"""The checklists that a programme can use: its own and those that are shipped, each read once, when it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.shelf import Shelf, peek, shipped_folder, version_order
from auditkit.model.checklist import Checklist
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem

__all__ = ["Library", "shipped_folder"]

UNKNOWN = declare(
    "D150",
    Severity.ERROR,
    finds="The name of a checklist that is in none of the folders looked at, and is no file either.",
    why="Without its definition nothing can be asked or scored.",
    mend="Correct the name, put the checklist into checklists/, or give the path of its file.",
)
NO_VERSION = declare(
    "D151",
    Severity.ERROR,
    finds="A version of a checklist that is not kept.",
    why="A visit is scored with the very version that was asked; another one would give another score.",
    mend="Put the file of that version back as checklist-1.0.0.yaml, or name one of the versions kept.",
)
OTHER_NAME = declare(
    "D152",
    Severity.ERROR,
    finds="A checklist in a folder or file that bears another name than the checklist itself.",
    why="It is looked for under its id, and results name the id: two names for one thing lose one of them.",
    mend="Rename the folder, or correct `checklist:` in the file.",
)
DRAFT = declare(
    "D153",
    Severity.ERROR,
    finds="A checklist with `status: draft` where forms, results or the book of a standard are made.",
    why="What is not approved yet must not reach a branch as if it were in force.",
    mend="Set `status:` once it is approved; to try it out, say --draft.",
)


def draft(checklist: Checklist, place: Place) -> tuple[Problem, ...]:
    """The problem of using this checklist as if it were approved; none where it is."""
    if checklist.status != "draft":
        return ()
    return (problem(DRAFT, place, f"{checklist.checklist} {checklist.version}"),)


class Library(Shelf):
    """Checklists by id and version out of folders; what was read is kept, with the problems met."""

    def __init__(self, folders: Iterable[Path | str] = ()) -> None:
        super().__init__(folders)
        self._read: dict[Path, tuple[Checklist | None, tuple[Problem, ...]]] = {}
        self._got: dict[tuple[str, str | None], Checklist | None] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Of every checklist that was read so far."""
        return tuple(each for _, found in self._read.values() for each in found)

    def get(self, id_: str, version: str | None = None) -> Checklist | None:
        """A checklist, by default its newest version in force; `None` where it is not there or has errors."""
        key = id_, version
        if key not in self._got:
            # Asked several times a visit: the files are looked up once.
            path = self.path(id_, version)
            self._got[key] = self._load(path, id_)[0] if path is not None else None
        return self._got[key]

    def beside(self, path: Path, id_: str) -> list[Checklist]:
        """The versions of a checklist in the other files of its folder that are free of errors, the newest last."""
        home = path.resolve()
        files = [each for each in self.files(id_) if each.resolve().parent == home.parent and each.resolve() != home]
        found = (self._load(each, None)[0] for each in files)
        return sorted((each for each in found if each is not None), key=lambda each: version_order(each.version))

    def find(self, reference: str) -> tuple[Checklist | None, tuple[Problem, ...]]:
        """`phone-etiquette`, `phone-etiquette@1.0.0`, or the path of a definition or its folder."""
        id_, _, version = reference.partition("@")
        path = self.path(id_, version or None)
        if path is not None:
            return self._load(path, id_)
        file = Path(reference)
        if file.is_dir():
            file = file / "checklist.yaml"
        if file.is_file():
            return self._load(file, None)
        return None, (self._unknown(reference, Place(reference)),)

    def lacks(self, reference: str, place: Place) -> Problem | None:
        """What is wrong with a name (`id`, `id@version`) that stands somewhere; `None` where there is such a file."""
        id_, _, version = reference.partition("@")
        return self._unknown(reference, place) if self.path(id_, version or None) is None else None

    def _unknown(self, reference: str, place: Place) -> Problem:
        id_, _, version = reference.partition("@")
        kept = [volume.version for volume in self.volumes(id_)]
        if kept:
            return problem(NO_VERSION, place, version, checklist=id_, known=", ".join(kept))
        known = nearest(id_, self.ids()) or ", ".join(self.ids())
        return problem(UNKNOWN, place, reference, known=known)

    def _load(self, path: Path, id_: str | None) -> tuple[Checklist | None, tuple[Problem, ...]]:
        if path not in self._read:
            checklist, problems = load_checklist(path, self)
            if checklist is not None and id_ is not None and checklist.checklist != id_:
                place = Place(path.as_posix(), line=1)
                problems = (*problems, problem(OTHER_NAME, place, checklist.checklist, folder=id_))
                checklist = None
            self._read[path] = checklist, problems
        return self._read[path]


def is_definition(path: Path) -> bool:
    """Whether a file says that it is a checklist."""
    return path.suffix in (".yaml", ".yml") and bool(peek(path).checklist)
