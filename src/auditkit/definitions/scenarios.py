"""The scenarios of a programme, read from `scenarios/*.yaml` when a command needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from auditkit.definitions.checklists import by_place
from auditkit.definitions.documents import Document
from auditkit.definitions.faults import Shape, faults
from auditkit.definitions.library import Library
from auditkit.definitions.programme import ProgrammeFolder
from auditkit.definitions.yaml_source import read_yaml
from auditkit.model import scenario as m
from auditkit.problems import Problem, Severity, declare, has_errors, problem

TWICE = declare(
    "D440",
    Severity.ERROR,
    finds="Two files in scenarios/ with the same id.",
    why="The plan names scenarios by their id: which of the two is played would be a guess.",
    mend="Give one of them another id after `scenario:`.",
)
NOTHING_BOUGHT = declare(
    "D441",
    Severity.WARNING,
    finds="A proof that is asked for only after a purchase, in a scenario without one.",
    why="It would never be asked for.",
    mend="Describe the purchase under `purchase:`, or delete `when: purchase`.",
)

SHAPE = Shape(m.Scenario, {"proof": m.Proof, "purchase": m.Purchase}, more={})


@dataclass(frozen=True)
class Scenarios:
    """The scenarios that could be read, by id, and everything that is wrong with any."""

    scenarios: dict[str, m.Scenario]
    faulty: frozenset[str]
    """Names and ids of files whose scenario could not be read."""
    problems: tuple[Problem, ...]


def load_scenarios(home: ProgrammeFolder) -> Scenarios:
    """Every scenario of a programme; problems name files relative to its folder."""
    return read_scenarios(home.folder, home.library)


def read_scenarios(folder: Path, library: Library) -> Scenarios:
    """As `load_scenarios`, of a folder that need not be a whole programme."""
    found: dict[str, tuple[m.Scenario, str]] = {}
    faulty: set[str] = set()
    problems: list[Problem] = []
    for path in sorted(folder.glob("scenarios/*.y*ml")):
        name = path.relative_to(folder).as_posix()
        scenario, said, document = _read(path, name, library)
        problems.extend(said)
        if scenario is None or document is None:
            faulty.update((path.stem, str(document.data.get("scenario", "")) if document else ""))
        elif scenario.scenario in found:
            first = found[scenario.scenario][1]
            problems.append(problem(TWICE, document.place(("scenario",)), scenario.scenario, first=first))
        else:
            found[scenario.scenario] = scenario, name
    scenarios = {id_: scenario for id_, (scenario, _) in found.items()}
    return Scenarios(scenarios, frozenset(faulty), tuple(sorted(dict.fromkeys(problems), key=by_place)))


def load_scenario(
    path: Path | str, library: Library, *, name: str | None = None
) -> tuple[m.Scenario | None, list[Problem]]:
    """The scenario in a file, `None` where an error stands in the way."""
    path = Path(path)
    scenario, problems, _ = _read(path, name or path.as_posix(), library)
    return scenario, problems


def _read(path: Path, name: str, library: Library) -> tuple[m.Scenario | None, list[Problem], Document | None]:
    document, read = read_yaml(path, name)
    problems = list(read)
    if document is None:
        return None, problems, None
    problems.extend(_unknown_checklists(document, library))
    try:
        scenario = m.Scenario.model_validate(document.data)
    except ValidationError as error:
        return None, [*problems, *faults(error, document.data, SHAPE, document.place)], document
    for at, proof in enumerate(scenario.proof):
        if proof.when is m.Needed.PURCHASE and scenario.purchase is None:
            problems.append(problem(NOTHING_BOUGHT, document.place(("proof", at, "when")), str(proof.what)))
    return (None if has_errors(problems) else scenario), problems, document


def _unknown_checklists(document: Document, library: Library) -> Iterator[Problem]:
    """Of the data as written, so that what is wrong with it is said beside what is wrong with its form."""
    written = document.data.get("checklists", ())
    for at, reference in enumerate((written,) if isinstance(written, str) else written):
        if isinstance(reference, str) and reference:
            path = ("checklists",) if isinstance(written, str) else ("checklists", at)
            lacking = library.lacks(reference, document.place(path))
            if lacking is not None:
                yield lacking
