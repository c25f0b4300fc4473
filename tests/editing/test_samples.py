"""The sheets of `examples/sheets`: what is proposed is what stands beside them, and can be used."""

import pytest

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import Library
from auditkit.editing.foreign.proposal import Wishes, propose
from auditkit.editing.keeping import keep_proposal
from auditkit.tables.opening import open_book
from tests.docs.generated import ROOT

SHEETS = sorted(path for path in (ROOT / "examples" / "sheets").iterdir() if path.suffix in (".xlsx", ".csv"))
EXPECTED = ROOT / "examples" / "sheets" / "expected"


def _proposed(path, folder):
    book, problems = open_book(path, name=path.name)
    assert book is not None, problems
    return keep_proposal(propose(book, Wishes()), folder)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_sample__is_proposed_as_expected(path, tmp_path):
    kept = _proposed(path, tmp_path)
    id_ = kept.after.checklist
    assert sorted(each.name for each in kept.paths) == sorted(each.name for each in (EXPECTED / id_).iterdir())
    for each in kept.paths:
        assert each.read_text(encoding="utf-8") == (EXPECTED / id_ / each.name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_sample__every_guess_names_a_cell_and_every_question_a_guess(path, tmp_path):
    kept = _proposed(path, tmp_path)
    assert all(each.place.file == path.name for each in kept.problems)
    answers = [each for each in kept.problems if each.code == "D513"]
    assert len(answers) == len(kept.after.items_by_id)
    assert all(each.place.cell for each in answers)
    assert not [each for each in kept.problems if each.severity == "error"]


def test_expected__are_as_many_as_samples():
    assert len(SHEETS) == len(list(EXPECTED.iterdir()))


@pytest.mark.parametrize("path", sorted(EXPECTED.iterdir()), ids=lambda path: path.name)
def test_expected__is_a_draft_without_errors(path):
    checklist, problems = load_checklist(path / "checklist.yaml", Library([EXPECTED]))
    assert [each for each in problems if each.severity == "error"] == []
    assert checklist.status == "draft"
