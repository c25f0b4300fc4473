"""Photos and receipts beside their visits: what is lacking, what does not fit, what changed."""

from __future__ import annotations

import csv
import hashlib
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditkit.definitions.programme import load_programme
from auditkit.intake.evidence import in_folder, in_report, taken
from auditkit.problems import Problem
from auditkit.run.evidence import look_at
from auditkit.run.planning import scenario_of
from auditkit.run.register import REGISTER, register
from tests.run.made import programme, report


def picture(moment: str = "", offset: str = "", salt: bytes = b"") -> bytes:
    """A small JPEG that bears a time as cameras write it."""
    texts = [(0x9003, moment.encode() + b"\0")] if moment else []
    texts += [(0x9011, offset.encode() + b"\0")] if offset else []
    start = 8 + 2 + 12 + 4
    entries, data = b"", b""
    after = start + 2 + 12 * len(texts) + 4
    for tag, text in texts:
        entries += struct.pack(">HHII", tag, 2, len(text), after + len(data))
        data += text
    exif = struct.pack(">H", len(texts)) + entries + struct.pack(">I", 0) + data
    tiff = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">HHHIII", 1, 0x8769, 4, 1, start, 0) + exif
    body = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9" + salt


def test_time_of_a_picture():
    assert taken(picture("2026:05:04 10:40:00")).isoformat() == "2026-05-04T10:40:00"
    assert taken(picture("2026:05:04 10:40:00", "+05:00")).astimezone(UTC) == datetime(2026, 5, 4, 5, 40, tzinfo=UTC)
    assert taken(picture()) is None
    assert taken(picture("0000:00:00 00:00:00")) is None


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"GIF89a", b"not a picture", picture("2026:05:04")[:40], b"II*\0" * 9]
)
def test_what_is_no_picture__has_no_time(data):
    assert taken(data) is None


SCENARIO = """
scenario: desk-visit
title: Desk
legend: You ask for the way.
proof:
  - {kind: photo, what: {en: the entrance, ru: вход}, at_least: 2}
  - {kind: receipt, what: the receipt, when: purchase}
  - {kind: photo, what: the shut door, when: closed}
purchase: {what: A pen, limit: 5, currency: EUR}
"""


@pytest.fixture
def acme(tmp_path) -> Path:
    folder = programme(tmp_path / "acme")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "desk-visit.yaml").write_text(SCENARIO, encoding="utf-8")
    times = {"start": "2026-05-04T10:00", "end": "2026-05-04T10:30"}
    report(folder, "W1/V1", "B01", evidence={"greets": "door.jpg; receipt.pdf"}, **times)
    report(folder, "W1/V2", "B02", **times)
    report(folder, "W1/V3", "B01", outcome="closed")
    return folder


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / "evidence" / "W1" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def seen(folder: Path):
    home, problems = load_programme(folder)
    assert home is not None, problems
    return look_at(home, "W1", scenario_of(home, "W1"))


def told(problems: list[Problem]) -> set[tuple[str, str, str]]:
    return {(each.code, str(each.place), each.value) for each in problems}


def test_what_is_lacking__file_by_file_and_proof_by_proof(acme):
    put(acme, "V1/door.jpg", picture("2026:05:04 10:10:00"))
    found = seen(acme)
    assert found.reports == 3
    codes = told(found.problems)
    assert ("S402", "visits/W1/V1.json", "receipt.pdf") in {(c, p.partition("[")[0], v) for c, p, v in codes}
    lacking = [
        (each.value, each.params["what"], each.params["there"]) for each in found.problems if each.code == "S403"
    ]
    assert sorted(lacking) == [
        ("V1", "the entrance", "1"),
        ("V1", "the receipt", "0"),
        ("V2", "the entrance", "0"),
        ("V2", "the receipt", "0"),
        ("V3", "the entrance", "0"),
        ("V3", "the shut door", "0"),
    ]
    assert set(found.lacking) == {"V1", "V2", "V3"}
    assert found.lacking["V2"][0].text == (
        "Something is missing beside your answers: the entrance (0 of 2 is there). "
        "Please send it, or say in a comment why you have none."
    )


def test_all_there__nothing_is_said(acme):
    for visit in ("V1", "V2"):
        for at, name in enumerate(("door.jpg", "hall.jpg", "receipt.pdf")):
            put(acme, f"{visit}/{name}", picture("2026:05:04 10:10:00", salt=f"{visit}{at}".encode()))
    for at in range(3):
        put(acme, f"V3/{at}.jpg", picture(salt=f"V3{at}".encode()))
    found = seen(acme)
    assert found.problems == []
    assert found.lacking == {}
    assert {piece.kind for piece in found.pieces} == {"photo"}


def test_made_at_another_time__and_the_same_file_twice(acme):
    put(acme, "V1/door.jpg", picture("2026:05:04 08:59:00"))
    put(acme, "V1/edge.jpg", picture("2026:05:04 09:00:00"))
    put(acme, "V1/late.jpg", picture("2026:05:04 10:31:00", "+00:00"))
    put(acme, "V2/door.jpg", picture("2026:05:04 08:59:00"))
    found = seen(acme)
    other = {(c, p, v) for c, p, v in told(found.problems) if c in ("S404", "S405")}
    # The programme's clock is five hours ahead of the third picture's.
    assert other == {
        ("S404", "evidence/W1/V1/door.jpg", "2026-05-04 08:59"),
        ("S404", "evidence/W1/V1/late.jpg", "2026-05-04 15:31"),
        ("S404", "evidence/W1/V2/door.jpg", "2026-05-04 08:59"),
        ("S405", "evidence/W1/V2/door.jpg", "V2"),
    }


def test_folder_of_no_visit_and_a_file_that_is_empty(acme):
    put(acme, "V11/door.jpg", picture())
    put(acme, "V1/cut.jpg", b"")
    put(acme, "V1/Thumbs.db", b"x")
    put(acme, "V1/.hidden", b"x")
    found = seen(acme)
    codes = told(found.problems)
    assert ("S401", "evidence/W1/V11", "V11") in codes
    assert ("S406", "evidence/W1/V1/cut.jpg", "") in codes
    assert {piece.name for piece in found.pieces} == {"door.jpg"}


def test_register__keeps_what_was_first_seen(acme):
    path = put(acme, "V1/=door.jpg", picture())
    found = seen(acme)
    assert register(found.folder, found.pieces) == []
    with (found.folder / REGISTER).open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["visit"], row["sha256"]) == ("V1", hashlib.sha256(path.read_bytes()).hexdigest())
    assert register(found.folder, seen(acme).pieces) == []
    path.write_bytes(picture(salt=b"another"))
    (changed,) = register(found.folder, seen(acme).pieces)
    assert (changed.code, str(changed.place)) == ("S407", "evidence/W1/V1/=door.jpg")
    assert changed.params["before"] == row["sha256"][:12]


def test_inside_a_report():
    made = "2026-05-04T10:10:00+05:00"
    photos = {
        "a.jpg": {"data": "data:image/jpeg;base64,/9j/4QAA", "made": made},
        "b.jpg": "data:image/jpeg;base64,???",
        "c.jpg": 7,
    }
    data = {"auditkit": "page", "reports": [{"visit_id": "V1"}], "photos": photos}
    found = list(in_report(data, "visits/W1/V1.json"))
    assert (found[0].visit, found[0].file) == ("V1", "visits/W1/V1.json#a.jpg")
    assert found[0].taken.isoformat() == made
    assert found[0].sha256 == hashlib.sha256(b"\xff\xd8\xff\xe1\0\0").hexdigest()
    assert [(each.code, str(each.place)) for each in found[1:]] == [
        ("S406", "visits/W1/V1.json#b.jpg"),
        ("S406", "visits/W1/V1.json#c.jpg"),
    ]


def test_a_folder_that_is_not_there__is_a_problem(tmp_path):
    (only,) = in_folder(tmp_path / "gone", "V1", "evidence/W1/V1")
    assert only.code == "S406"


def test_photos_of_a_page_form__found_in_the_report_itself(acme):
    import json

    path = acme / "visits" / "W1" / "V1.json"
    report_ = json.loads(path.read_text(encoding="utf-8")) | {"evidence": {"greets": "V1-1.1-1.jpg"}}
    photos = {"V1-1.1-1.jpg": {"data": "data:image/jpeg;base64,/9j/4QAA", "made": "2026-05-04T07:00:00+05:00"}}
    data = {"auditkit": "page", "format": 1, "draft": False, "reports": [report_], "photos": photos}
    path.write_text(json.dumps(data), encoding="utf-8")
    found = seen(acme)
    assert [(piece.visit, piece.file) for piece in found.pieces] == [("V1", "visits/W1/V1.json#V1-1.1-1.jpg")]
    codes = {each.code for each in found.problems if "V1" in str(each.place)}
    assert "S402" not in codes
    assert "S404" in codes


def test_register__somebody_adds_a_column_and_saves_it_by_excel__kept(acme):
    put(acme, "V1/door.jpg", picture())
    found = seen(acme)
    register(found.folder, found.pieces)
    path = found.folder / REGISTER
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    noted = [f"{line},{'My note' if at == 0 else '=seen by Ann'}" for at, line in enumerate(lines)]
    path.write_bytes("\r\n".join(line.replace(",", ";") for line in noted).encode("cp1252"))
    assert register(found.folder, found.pieces) == []
    again = path.read_text(encoding="utf-8-sig").splitlines()
    assert again == [noted[0], *(line.replace("=seen", "'=seen") for line in noted[1:])]
    assert register(found.folder, found.pieces) == []
    assert path.read_text(encoding="utf-8-sig").splitlines() == again


@pytest.mark.parametrize("content", [b"visit,name\nV1,door.jpg\n", b"PK\x03\x04 torn", b"\x00\x01\x02\x03" * 40])
def test_register__that_cannot_be_understood__is_not_written_over(acme, content):
    put(acme, "V1/door.jpg", picture())
    found = seen(acme)
    path = found.folder / REGISTER
    path.write_bytes(content)
    problems = register(found.folder, found.pieces)
    assert problems
    assert all(each.place.file.endswith(REGISTER) for each in problems)
    assert path.read_bytes() == content
