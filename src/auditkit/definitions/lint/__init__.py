"""What is wrong with a definition, and what could be better in it; one file per family of rules."""

from __future__ import annotations

from pathlib import Path

from auditkit.problems import Problem

__all__ = ["lint_file"]


def lint_file(path: Path | str) -> tuple[Problem, ...]:
    """Everything about one file: a checklist, a translation, a programme.yaml, or a mapping of columns."""
    path = Path(path)
    if path.name in ("programme.yaml", "programme.yml"):
        from auditkit.definitions.programme import load_programme

        return load_programme(path.parent)[1]
    from auditkit.definitions.lint.files import Kind, kind_of

    kind, definition = kind_of(path)
    if kind is Kind.COLUMNS:
        from auditkit.definitions.columns import load_columns

        return load_columns(path)[1]
    return lint_checklist(definition)


def lint_checklist(path: Path) -> tuple[Problem, ...]:
    """All load problems of a checklist with its translations, and what the rules say of one without errors."""
    from auditkit.definitions.checklists import by_place, load_with_origins
    from auditkit.definitions.evidence import Evidence
    from auditkit.definitions.lint import critical, languages, structure, wording
    from auditkit.definitions.lint.rules import run

    checklist, origins, problems = load_with_origins(path)
    if checklist is None or origins is None:
        return problems
    evidence = Evidence.of(checklist, origins)
    found = run(evidence, (*wording.RULES, *languages.RULES, *structure.RULES, *critical.RULES))
    return tuple(sorted(dict.fromkeys([*problems, *found]), key=by_place))
