"""A visit is scored with the version of the checklist that it names, whatever is in force on the day of the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definitions.programme import load_programme
from auditkit.run.files import Scored, one_file
from auditkit.run.jobs import job_of

from .made import CHECKLIST, programme, report

OLD = CHECKLIST.replace("title: Desk", "title: Desk\nin_force_from: 2026-01-01")
# Of the new version only the second section counts, and it is not in force before next year.
NEW = (
    CHECKLIST.replace("version: 1.0.0", "version: 2.0.0\nannounced_on: 2026-05-01\nin_force_from: 2027-01-01")
    .replace("weight: 60", "weight: 0")
    .replace("grade: good", "grade: fine")
)
MET_IN_FIRST = {"greets": "yes", "names": "yes", "smiles": "yes", "thanks": "no"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    programme(tmp_path, checklist=NEW)
    (tmp_path / "checklists" / "desk" / "checklist-1.0.0.yaml").write_text(OLD, encoding="utf-8")
    return tmp_path


def scored(folder: Path, path: Path) -> Scored:
    home, problems = load_programme(folder)
    assert home is not None, problems
    (found,) = one_file(job_of(home, [], None), path).scored
    return found


@pytest.mark.parametrize(("version", "expected", "grade"), [("1.0.0", 60, "weak"), ("2.0.0", 0, "weak")])
def test_the_version_named__ok(folder: Path, version: str, expected: int, grade: str) -> None:
    found = scored(folder, report(folder, "W1/V1", "B01", MET_IN_FIRST, version=version))
    assert found.score is not None, found.problems
    assert (found.score.version, found.score.score, found.score.grade) == (version, expected, grade)


def test_no_version_named__the_newest_in_force(folder: Path) -> None:
    found = scored(folder, report(folder, "W1/V1", "B01", version=None))
    assert found.score is not None, found.problems
    assert (found.score.version, found.score.grade) == ("2.0.0", "fine")


def test_the_newest_is_a_draft__the_one_in_force(folder: Path) -> None:
    path = folder / "checklists" / "desk" / "checklist.yaml"
    path.write_text(NEW.replace("title: Desk", "title: Desk\nstatus: draft"), encoding="utf-8")
    found = scored(folder, report(folder, "W1/V1", "B01", version=None))
    assert found.score is not None, found.problems
    assert found.score.version == "1.0.0"


def test_a_version_that_is_not_kept__error(folder: Path) -> None:
    found = scored(folder, report(folder, "W1/V1", "B01", version="1.1.0"))
    assert found.score is None
    assert [each.value for each in found.problems] == ["desk@1.1.0"]


def test_the_result_says_which_definition_it_was_reckoned_with(folder: Path) -> None:
    home, _ = load_programme(folder)
    assert home is not None
    hashes = {home.library.get("desk", version).source_hash for version in ("1.0.0", "2.0.0")}  # type: ignore[union-attr]
    assert len(hashes) == 2
