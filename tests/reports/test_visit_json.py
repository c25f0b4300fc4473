"""A scored visit as JSON: written out by hand for speed, and letter by letter what the JSON library would write."""

from __future__ import annotations

import json
from datetime import date

import pytest

from auditkit.model.checklist import Checklist
from auditkit.model.visit import Outcome, Source, Submission
from auditkit.reports.visit_json import visit_json, with_fate
from auditkit.run import submissions
from auditkit.run.files import Job
from auditkit.scoring import score
from tests.verify.sheets import Shelf, mapping

HALL = Checklist.model_validate(
    {
        "checklist": "hall",
        "version": "1.0.0",
        "title": "Hall",
        "sections": [
            {
                "id": "A",
                "title": "All",
                "items": [
                    {"id": "clean", "text": "Clean?", "critical": [{"effect": "fail"}]},
                    {"id": "light", "text": "Light?", "weight": 2},
                    {
                        "id": "seen",
                        "text": "What was seen?",
                        "kind": "multi",
                        "options": [
                            {"id": "a", "text": "A", "credit": "0.5"},
                            {"id": "b", "text": "B", "credit": "0.5"},
                        ],
                    },
                ],
            }
        ],
    }
)
WORDS = ('say "no"\\', "two\nlines\tand \x01", "Алматы, қала", "☕ \u2028", "")


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(
    "answers",
    [
        {"clean": "yes", "light": "yes", "seen": ("a", "b")},
        {"clean": "no", "light": "yes", "seen": ("a",)},
        {"clean": "yes"},
    ],
)
@pytest.mark.parametrize("every_item", [False, True])
def test_it_is_what_the_library_writes(words, answers, every_item):
    said = Submission(
        visit_id=words, checklist="hall", version="1.0.0", branch=words, shopper=words or None,
        visit_date=date(2026, 5, 4) if words else None, answers=answers, comments=dict.fromkeys(answers, words),
        cells={"light": "D4"}, source=Source(file=f"{words}.csv", row=3 if words else None),
    )  # fmt: skip
    scored = score(HALL, said)
    text = visit_json(said, scored, HALL, every_item=every_item)
    found = json.loads(text)
    assert json.dumps(found, ensure_ascii=False, separators=(",", ":")) == text
    assert (found["visit"], found["file"], found["row"]) == (words, f"{words}.csv", said.source.row)
    assert (found["branch"], found["shopper"]) == (words, words or None)
    assert found["date"] == ("2026-05-04" if words else None)
    assert found["score_exact"] == (None if scored.score is None else str(scored.score))
    assert found["score"] == (None if scored.shown is None else str(scored.shown))
    assert found["critical_failed"] == list(scored.critical_failed)
    assert found["verdict"] == (scored.verdict.value if scored.verdict else None)
    assert list(found["counts"].values()) == [
        scored.n_scored, scored.n_not_observed, scored.n_missing, scored.n_not_applicable
    ]  # fmt: skip
    items = {each["item"]: each for each in found["items" if every_item else "findings"]}
    wanted = [each.item for each in scored.items if every_item or each.met in ("not_met", "partly_met")]
    assert list(items) == wanted
    for name in wanted:
        answer = answers.get(name)
        assert items[name]["answer"] == (list(answer) if isinstance(answer, tuple) else answer)
        assert items[name]["comment"] == (words if name in answers else "")
        assert items[name]["cell"] == said.cells.get(name, "")
    told = json.loads(with_fate(text, "held", words))
    assert told == found | {"fate": "held", "reason": words}


def test_a_visit_that_was_not_made__no_items():
    said = Submission(
        visit_id="V", checklist="hall", version="1.0.0", branch="B", outcome=Outcome.CLOSED, source=Source(file="x")
    )
    found = json.loads(visit_json(said, score(HALL, said), HALL))
    assert (found["outcome"], found["score"], found["findings"]) == ("closed", None, [])


@pytest.mark.parametrize("at_once", [1, 3, 8, 500])
@pytest.mark.parametrize("unscored", [(), (0, 1), (2, 7), tuple(range(8))])
def test_visits_in_blocks_of_lines__one_list(tmp_path, monkeypatch, at_once, unscored):
    monkeypatch.setattr(submissions, "_LINES", at_once)
    table = tmp_path / "visits.csv"
    rows = [f"V{n},B,{'' if n in unscored else 'yes'},yes,A" for n in range(8)]
    table.write_text("\n".join(["visit,branch,clean,light,seen", *rows]), encoding="utf-8")
    columns = mapping("checklist: hall\nvisit: visit\nbranch: branch\n")
    printed: list[str] = []
    submissions.score_as_json(Job(Shelf(HALL), (("*", columns),)), [table], printed.append, "en")
    scored = [f"V{n}" for n in range(8) if n not in unscored]
    told = json.loads("\n".join(printed))
    assert [each["visit"] for each in told["visits"]] == scored
    assert [each["visit"] for each in told["not_scored"]] == [f"V{n}" for n in unscored]
    lines = "\n".join(printed).split("\n")
    assert [line[:11] for line in lines[1:-1]] == ['{"visit":"V', *[',{"visit":"'] * 8][: len(scored)]
    assert len(printed) == 2 + -(-len(scored) // at_once)
