"""One definition put together from its files: defaults spread, translations merged, included sections in place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditkit.definitions.documents import Document, Keys
from auditkit.definitions.fault_codes import EMPTY, NOT_KEYS, UNKNOWN_KEY
from auditkit.definitions.faults import shown
from auditkit.definitions.origins import Origins
from auditkit.definitions.shelf import Shelf
from auditkit.definitions.translations import Words, check_translation, language_in, read_translations
from auditkit.definitions.yaml_source import read_yaml
from auditkit.model.checklist import FILLED_IN, MISSING, spread_defaults
from auditkit.problems import Problem, Severity, declare, has_errors, nearest, problem

BAD_INCLUDE = declare(
    "D130",
    Severity.ERROR,
    finds="An `include:` that does not name a checklist and one of its sections.",
    why="A whole section is taken in; there is nothing smaller or larger to take.",
    mend="Write `- include: {section: premises/outside, weight: 20}`.",
)
NO_CHECKLIST = declare(
    "D131",
    Severity.ERROR,
    finds="An `include:` from a checklist (or a version of it) that is not there.",
    why="Its questions would be missing from the form.",
    mend="Correct the name, or put the checklist into the checklists/ folder.",
)
NO_SECTION = declare(
    "D132",
    Severity.ERROR,
    finds="An `include:` of a section that the other checklist does not have.",
    why="Its questions would be missing from the form.",
    mend="Use the id of one of its sections.",
)
CIRCLE = declare(
    "D133",
    Severity.ERROR,
    finds="Checklists that include each other in a circle.",
    why="There would be no end to them.",
    mend="Move the shared section into a checklist of its own, and include it from both.",
)
BROKEN_INCLUDE = declare(
    "D134",
    Severity.ERROR,
    finds="An `include:` from a checklist that has faults of its own.",
    why="What it would bring in cannot be trusted.",
    mend="Mend the other checklist first: `auditkit lint` on its file lists what is wrong.",
)
OTHER_SCORING = declare(
    "D135",
    Severity.ERROR,
    finds="An `include:` from a checklist that is scored in another way: points into percent or the reverse, or where "
    "fewer points are better.",
    why="Its credits mean something else there.",
    mend="Copy the section and give it credits of this checklist's kind.",
)


@dataclass(slots=True)
class Assembled:
    """One definition as data for the model, with the origin of every part."""

    document: Document
    data: dict[str, Any]
    origins: Origins
    parts: list[str]
    """SHA-256 of every file that went into it, in order."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def source_hash(self) -> str:
        """Over all files that it was put together from."""
        return hashlib.sha256("\n".join(self.parts).encode()).hexdigest()


def assemble(
    path: Path, shelf: Shelf, shown: str | None = None, above: tuple[Path, ...] = ()
) -> tuple[Assembled | None, list[Problem]]:
    """A definition with everything that belongs to it; `above` are the definitions that include it."""
    shown = shown if shown is not None else path.as_posix()
    document, problems = read_yaml(path, shown)
    if document is None:
        return None, list(problems)
    translations, found = read_translations(path, shown)
    faults = [*problems, *found, *_filled_in(document)]
    data = spread_defaults(document.data)
    for words in translations:
        faults.extend(check_translation(words, data))
    merged = Words(language_in(document), translations).merge(data)
    parts = [document.sha256, *(words.sha256 for words in translations)]
    whole = Assembled(document, merged, Origins(document), parts, faults)
    _Includes(whole, shelf, (*above, path.resolve())).take()
    return whole, whole.problems


def _filled_in(document: Document) -> Iterator[Problem]:
    """What would be passed over without a word: keys that reading fills in, and defaults that are none."""
    records: list[tuple[Any, Keys]] = [(document.data, ())]
    for record, path in records:
        if not isinstance(record, dict):
            continue
        yield from (_no_meaning(document, (*path, key), ()) for key in FILLED_IN if key in record)
        if not isinstance(record.get("defaults", {}), dict):
            value, place = shown(record["defaults"]), document.place((*path, "defaults"))
            yield problem(NOT_KEYS, place, value, key="defaults", form="comment: not_met")
        parts = record.get("sections")
        if isinstance(parts, list):
            records.extend((part, (*path, "sections", at)) for at, part in enumerate(parts))


def _no_meaning(document: Document, path: Keys, known: Sequence[str]) -> Problem:
    from auditkit.definitions.checklist_shape import SHAPE

    key, names = str(path[-1]), known or SHAPE.keys(path[:-1])
    return problem(UNKNOWN_KEY, document.place(path, key=True), key, known=nearest(key, names) or ", ".join(names))


class _Includes:
    """Puts the sections of other checklists where one says `include:`."""

    def __init__(self, whole: Assembled, shelf: Shelf, above: tuple[Path, ...]) -> None:
        self.whole = whole
        self.shelf = shelf
        self.above = above
        self.others: dict[Path, Assembled | None] = {}

    def take(self) -> None:
        data = self.whole.data
        if isinstance(data.get("sections"), list):
            data["sections"] = self._sections(data["sections"], ("sections",))

    def _sections(self, sections: list[Any], path: Keys) -> list[Any]:
        return [self._section(section, (*path, at)) for at, section in enumerate(sections)]

    def _section(self, section: Any, path: Keys) -> Any:
        if not isinstance(section, dict):
            return section
        if "include" in section:
            beside = [(*path, key) for key in section if key != "include"]
            self.whole.problems.extend(_no_meaning(self.whole.document, each, ("include",)) for each in beside)
            return self._included(section["include"], path)
        if isinstance(section.get("sections"), list):
            return {**section, "sections": self._sections(section["sections"], (*path, "sections"))}
        return section

    def _refuse(self, code: Any, path: Keys, value: object, **facts: object) -> None:
        place = self.whole.document.place((*path, "include", "section"))
        self.whole.problems.append(problem(code, place, value, **facts))

    def _refused(self, code: Any, path: Keys, value: object, **facts: object) -> dict[str, Any]:
        self._refuse(code, path, value, **facts)
        return _gap(path)

    def _included(self, said: Any, path: Keys) -> Any:
        if said == "":
            place = self.whole.document.place((*path, "include"), key=True)
            self.whole.problems.append(problem(EMPTY, place, "include"))
            return _gap(path)
        said = {"section": said} if isinstance(said, str) else said
        name = said.get("section") if isinstance(said, dict) else None
        if not isinstance(name, str) or "/" not in name:
            return self._refused(BAD_INCLUDE, path, shown(name if name is not None else said))
        unknown = [(*path, "include", key) for key in said if key not in _INCLUDE]
        self.whole.problems.extend(_no_meaning(self.whole.document, each, _INCLUDE) for each in unknown)
        reference, _, wanted = name.partition("/")
        other = self._other(reference, path)
        if other is None:
            return _gap(path)
        found = _find(other.data, wanted)
        if found is None:
            ids = [str(id_) for id_ in _ids(other.data)]
            return self._refused(NO_SECTION, path, name, known=nearest(wanted, ids) or ", ".join(ids))
        ours, theirs = _manner(self.whole.data), _manner(other.data)
        if ours != theirs:
            return self._refused(OTHER_SCORING, path, name, ours=ours, theirs=theirs)
        source, section = found
        self.whole.origins.graft(path, other.origins, source)
        self._lend_titles(other, "dimensions", _said("dimension", section))
        self._lend_titles(other, "positions", _said("for", section))
        return self._as_taken(section, said, path, f"{other.data['checklist']}@{other.data['version']}/{wanted}")

    def _as_taken(self, section: dict[str, Any], said: dict[str, Any], path: Keys, origin: str) -> dict[str, Any]:
        # Weight and printed numbers belong to the place that a section stands in, not to the section.
        out = {**_unnumbered(section), "included_from": origin}
        out.pop("weight", None)
        if "weight" in said:
            out["weight"] = said["weight"]
            self.whole.origins.graft((*path, "weight"), Origins(self.whole.document), (*path, "include", "weight"))
        return out

    def _other(self, reference: str, path: Keys) -> Assembled | None:
        id_, _, version = reference.partition("@")
        file = self.shelf.path(id_, version or None)
        if file is None:
            kept = ", ".join(f"{id_}@{volume.version}" for volume in self.shelf.volumes(id_))
            known = kept or nearest(id_, self.shelf.ids()) or ", ".join(self.shelf.ids())
            self._refuse(NO_CHECKLIST, path, reference, known=known)
            return None
        file = file.resolve()
        if file in self.above:
            self._refuse(CIRCLE, path, reference)
            return None
        if file not in self.others:
            self.others[file] = self._load(file, reference, path)
        return self.others[file]

    def _load(self, file: Path, reference: str, path: Keys) -> Assembled | None:
        other, problems = assemble(file, self.shelf, above=self.above)
        if other is None or has_errors(problems) or not {"checklist", "version"} <= set(other.data):
            circle = next((p for p in problems if p.code == CIRCLE.code), None)
            self._refuse(CIRCLE if circle else BROKEN_INCLUDE, path, reference, file=file.name)
            return None
        self.whole.parts.extend(other.parts)
        return other

    def _lend_titles(self, other: Assembled, kind: str, used: Iterable[str]) -> None:
        """What the included items roll up to, and whom they are about, is named by the checklist they come from."""
        theirs, ours = other.data.get(kind), self.whole.data.get(kind) or {}
        if isinstance(theirs, dict) and isinstance(ours, dict):
            lent = {name: theirs[name] for name in used if name in theirs and name not in ours}
            if lent:
                self.whole.data[kind] = {**ours, **lent}


def _manner(data: Mapping[str, Any]) -> str:
    """What decides whether a credit is good: percent or points, and which of two is the better."""
    scoring = str(data.get("scoring", "percent"))
    return scoring if scoring == "percent" else f"{scoring}, {data.get('direction', 'higher_is_better')}"


_INCLUDE = ("section", "weight")


def _gap(path: Keys) -> dict[str, Any]:
    name = "missing-" + "-".join(str(step) for step in path if isinstance(step, int))
    return {"id": name, "title": name, "included_from": MISSING}


def _find(data: Mapping[str, Any], wanted: str, path: Keys = ()) -> tuple[Keys, dict[str, Any]] | None:
    sections = data.get("sections")
    for at, section in enumerate(sections if isinstance(sections, list) else ()):
        if isinstance(section, dict):
            if section.get("id") == wanted:
                return (*path, "sections", at), section
            deeper = _find(section, wanted, (*path, "sections", at))
            if deeper is not None:
                return deeper
    return None


def _ids(data: Mapping[str, Any]) -> list[Any]:
    sections = data.get("sections")
    found = [s for s in sections if isinstance(s, dict)] if isinstance(sections, list) else []
    return [id_ for s in found for id_ in (s.get("id"), *_ids(s))]


def _unnumbered(section: dict[str, Any]) -> dict[str, Any]:
    out = {key: value for key, value in section.items() if key != "number"}
    if isinstance(out.get("items"), list):
        out["items"] = [
            {k: v for k, v in i.items() if k != "number"} if isinstance(i, dict) else i for i in out["items"]
        ]
    if isinstance(out.get("sections"), list):
        out["sections"] = [_unnumbered(s) if isinstance(s, dict) else s for s in out["sections"]]
    return out


def _said(key: str, section: Mapping[str, Any]) -> list[str]:
    """What the items of a section say under a key, a word or a list of them."""
    items = [i for i in section.get("items") or () if isinstance(i, dict)]
    said = [i[key] for i in items if key in i]
    own = [str(name) for each in said for name in (each if isinstance(each, (list, tuple)) else (each,))]
    return own + [p for child in section.get("sections") or () if isinstance(child, dict) for p in _said(key, child)]
