"""A visit that was filled in with Google Forms: exported, mapped, read, scored."""

from __future__ import annotations

import pytest

from auditkit.definitions.columns import load_columns
from auditkit.intake.proposing import propose
from auditkit.intake.reading import read_file
from auditkit.tables.opening import open_book
from tests.forms.person import LIBRARY, SHIPPED, filled, only_given, shipped
from tests.forms.test_workbook import digits
from tests.intake.google_export import exported


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", SHIPPED)
def test_mapped_by_the_program_alone__the_workbook_s_answers_and_scores(name, language, tmp_path):
    checklist = shipped(name)
    wanted = []
    for seed in range(1, 9):
        (reading,) = read_file(filled(tmp_path, [checklist], language, seed), LIBRARY).readings
        given = [item for item, answer in reading.submission.answers.items() if answer == "no"]
        comments = {item: f"Seen at {item}, {seed}" for item in given}
        wanted.append(reading.submission.model_copy(update={"visit_id": f"V{seed}", "comments": comments}))
    path = tmp_path / "export.csv"
    path.write_text(exported(checklist, wanted, language), encoding="utf-8")
    book, _ = open_book(path, name="export.csv")
    proposal = propose(book, checklist)
    assert proposal.unread == ()
    (tmp_path / "columns.yaml").write_text(proposal.text, encoding="utf-8")
    columns, problems = load_columns(tmp_path / "columns.yaml", [checklist])
    assert columns is not None, problems
    found = read_file(path, LIBRARY, columns=columns)
    assert len(found.readings) == len(wanted)
    for reading, one in zip(found.readings, wanted, strict=True):
        assert [each.code for each in reading.problems] == []
        got = reading.submission
        assert only_given(got.answers) == only_given(one.answers)
        assert (got.visit_id, got.branch, got.visit_date) == (one.visit_id, one.branch, one.visit_date)
        assert got.comments == one.comments
        assert digits(checklist, got)[:4] == digits(checklist, one)[:4]
