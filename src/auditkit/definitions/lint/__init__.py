"""What is wrong with a definition, and what could be better in it; one file per family of rules."""

from __future__ import annotations

from pathlib import Path

from auditkit.problems import Problem

__all__ = ["lint_file"]


def lint_file(path: Path | str) -> tuple[Problem, ...]:
    """Everything about one file: a checklist, a translation, a programme.yaml, or a mapping of columns.

    A folder stands for the programme or the checklist in it.
    """
    path = Path(path)
    if path.is_dir():
        names = ("programme.yaml", "programme.yml", "checklist.yaml", "checklist.yml")
        path = next((path / name for name in names if (path / name).is_file()), path / "checklist.yaml")
    if path.name in ("programme.yaml", "programme.yml"):
        return _lint_programme(path.parent)
    from auditkit.definitions.lint.files import Kind, kind_of

    kind, definition = kind_of(path)
    if kind is Kind.COLUMNS:
        from auditkit.definitions.columns import load_columns

        return load_columns(path)[1]
    return lint_checklist(definition)


def _lint_programme(folder: Path) -> tuple[Problem, ...]:
    """As `load_programme`, with files named as seen from here and not from the folder."""
    from auditkit.definitions.programme import load_programme

    found = load_programme(folder)[1]
    named = [each._replace(place=each.place._replace(file=(folder / each.place.file).as_posix())) for each in found]
    return tuple(named)


def lint_checklist(path: Path) -> tuple[Problem, ...]:
    """All load problems of a checklist with its translations, and what the rules say of one without errors."""
    from auditkit.definitions.checklists import around, by_place, load_with_origins
    from auditkit.definitions.evidence import Evidence
    from auditkit.definitions.library import Library
    from auditkit.definitions.lint import (
        conditions,
        critical,
        languages,
        mirrors,
        structure,
        versions,
        weights,
        wording,
    )
    from auditkit.definitions.lint.rules import run

    library = Library(around(path).folders)
    checklist, origins, problems = load_with_origins(path, library)
    if checklist is None or origins is None:
        return problems
    evidence = Evidence.of(checklist, origins)
    evidence.library, evidence.kept = library, library.beside(path, checklist.checklist)
    families = (wording, languages, structure, critical, weights, conditions, mirrors, versions)
    found = run(evidence, [each for family in families for each in family.RULES])
    return tuple(sorted(dict.fromkeys([*problems, *found]), key=by_place))
