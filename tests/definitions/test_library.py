"""Checklists are found by id, version and path; the newest in force is meant where nothing else is said."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import Library, shipped_folder

TEXT = """checklist: {id}
version: {version}
status: {status}
title: {id}
sections:
  - {{id: a, title: A, items: [{{id: one, text: One}}]}}
"""


def put(path: Path, id_: str = "phone", version: str = "1.0.0", status: str = "in_force") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(id=id_, version=version, status=status), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "phone" / "checklist.yaml", version="1.10.0")
    put(tmp_path / "phone" / "checklist-1.9.0.yaml", version="1.9.0")
    put(tmp_path / "phone" / "checklist-2.0.0.yaml", version="2.0.0", status="draft")
    put(tmp_path / "premises.yaml", "premises")
    return tmp_path


def version(library: Library, reference: str) -> str | None:
    checklist, _ = library.find(reference)
    return checklist.version if checklist is not None else None


def test_found__ok(folder: Path) -> None:
    library = Library([folder])
    assert library.ids() == ["phone", "premises"]
    assert version(library, "phone") == "1.10.0"
    assert version(library, "phone@1.9.0") == "1.9.0"
    assert version(library, "phone@2.0.0") == "2.0.0"
    assert version(library, str(folder / "phone" / "checklist-1.9.0.yaml")) == "1.9.0"
    assert version(library, str(folder / "phone")) == "1.10.0"
    assert version(library, "premises") == "1.0.0"
    assert library.get("phone") is library.get("phone", "1.10.0")
    assert library.get("phone", "3.0.0") is None
    assert library.problems == ()


def test_includes_from_beside__ok(tmp_path: Path) -> None:
    put(tmp_path / "premises.yaml", "premises")
    own = put(tmp_path / "own.yaml", "own")
    own.write_text(
        own.read_text().replace("id: a,", "id: b,").replace("id: one", "id: two") + "  - include: premises/a\n"
    )
    checklist, problems = load_checklist(own)
    assert problems == ()
    assert checklist is not None
    assert list(checklist.items_by_id) == ["two", "one"]


def test_own_goes_before_shipped__ok(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    put(other / "phone" / "checklist.yaml", version="1.10.0", status="approved")
    own = Library([other, folder]).get("phone", "1.10.0")
    assert own is not None
    assert own.status == "approved"


@pytest.mark.parametrize(
    ("reference", "code", "known"),
    [("phon", "D150", "phone"), ("phone@7.0.0", "D151", "1.10.0, 1.9.0, 2.0.0"), ("zzz", "D150", "phone, premises")],
)
def test_unknown__error(folder: Path, reference: str, code: str, known: str) -> None:
    checklist, problems = Library([folder]).find(reference)
    assert checklist is None
    assert [(p.code, p.params["known"]) for p in problems] == [(code, known)]


def test_other_name__error(tmp_path: Path) -> None:
    put(tmp_path / "phone" / "checklist.yaml", id_="telephone")
    library = Library([tmp_path])
    assert library.get("phone") is None
    assert [p.code for p in library.problems] == ["D152"]


def test_broken__error(tmp_path: Path) -> None:
    put(tmp_path / "phone" / "checklist.yaml").write_text("checklist: phone\n  version: [", encoding="utf-8")
    library = Library([tmp_path])
    assert library.get("phone") is None
    assert [(p.code, p.place.line) for p in library.problems] == [("D128", 2)]


def test_goes_to_workers__ok(folder: Path) -> None:
    library = Library([folder])
    library.get("phone")
    there = pickle.loads(pickle.dumps(library))  # noqa: S301
    assert there.get("phone") == library.get("phone")
    assert there.get("premises") is not None


@pytest.mark.parametrize("id_", Library([shipped_folder()]).ids())
def test_shipped__ok(id_: str) -> None:
    checklist, problems = Library([shipped_folder()]).find(id_)
    assert problems == ()
    assert checklist is not None
    assert checklist.checklist == id_
