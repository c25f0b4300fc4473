"""What a file is, told by its content; and why it is none, in plain words."""

from __future__ import annotations

import os
import random
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.locales import LANGUAGES, has, say
from auditkit.problems import REGISTER
from auditkit.tables.opening import open_book
from tests.tables.made import row, sheet, text, workbook


def ole(*names: str, sectors: int = 0) -> bytes:
    """The container of old Office files with these names in its directory, behind some other sectors."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[48:52] = struct.pack("<I", sectors)
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return bytes(head) + bytes(512) * sectors + directory.ljust(4096, b"\0")


def code_of(path: Path) -> str:
    book, problems = open_book(path, name=path.name)
    assert book is None
    (found,) = problems
    assert found.place == (path.name, None, None, None, None)
    assert found.value == path.name
    return found.code


NOISE = random.Random(7)  # noqa: S311  any bytes will do
FILES = [
    ("empty.xlsx", b"", "F103"),
    ("blank.csv", b" \r\n\r\n ", "F103"),
    ("locked.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "F104"),
    ("locked-large.xlsx", ole("EncryptionInfo", "EncryptedPackage", sectors=2000), "F104"),
    ("old.xls", ole("Workbook"), "F105"),
    ("old-under-a-new-name.xlsx", ole("Workbook", sectors=2000), "F105"),
    ("older.xls", ole("Book"), "F105"),
    ("letter.doc", ole("WordDocument"), "F110"),
    ("page.xlsx", b"<html><body><table><tr><td>1</td></tr></table></body></html>", "F106"),
    ("page.xls", b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html>", "F106"),
    ("spreadsheet2003.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com">', "F106"),
    ("scan.pdf", b"%PDF-1.7\n%\xe2\xe3", "F110"),
    ("photo.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "F110"),
    ("noise.csv", NOISE.randbytes(5000), "F110"),
    ("letter.docx", None, "F110"),
    ("~$report.xlsx", b"\x05user", "F130"),
]


@pytest.mark.parametrize(("name", "data", "code"), FILES, ids=[name for name, _, _ in FILES])
def test_pain_28_29__what_is_no_table__error(name, data, code, tmp_path):
    path = tmp_path / name
    if data is None:
        workbook(path, "", {"word/document.xml": "<w/>"})
        _without(path, "xl/workbook.xml")
    else:
        path.write_bytes(data)
    assert code_of(path) == code


def _without(path: Path, name: str) -> None:
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist() if each != name}
    with ZipFile(path, "w") as archive:
        for each, data in parts.items():
            archive.writestr(each, data)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_pain_29__truncated__error(share, tmp_path):
    whole = workbook(tmp_path / "w.xlsx", sheet(row(1, text("A1", "x" * 5000)))).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert code_of(path) == "F107"


def test_pain_29__one_byte_changed_inside_a_part__error(tmp_path):
    path = workbook(tmp_path / "w.xlsx", sheet(row(1, *(text(f"A{n}", NOISE.random()) for n in range(50)))))
    data = bytearray(path.read_bytes())
    at = data.find(b"xl/worksheets/sheet1.xml") + 200
    data[at] ^= 0x55
    path.write_bytes(data)
    assert code_of(path) == "F107"


def test_a_file_that_is_not_there__error(tmp_path):
    assert code_of(tmp_path / "nowhere.xlsx") == "F101"


def test_a_folder_and_a_pipe__error(tmp_path):
    assert code_of(tmp_path) == "F110"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        assert code_of(tmp_path / "pipe.csv") == "F110"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_a_file_that_may_not_be_read__error(tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("a;b\n")
    path.chmod(0)
    assert code_of(path) == "F102"


def test_the_name_says_nothing(tmp_path):
    path = workbook(tmp_path / "visits.csv", sheet(row(1, text("A1", "x"))))
    book, _ = open_book(path)
    assert book is not None
    assert book.kind == "xlsx"
    (tmp_path / "visits.xlsx").write_text("branch;clean\nB01;yes\n", encoding="utf-8")
    book, _ = open_book(tmp_path / "visits.xlsx")
    assert book is not None
    assert (book.kind, book.separator) == ("csv", ";")


def test_the_same_bytes_have_the_same_hash(tmp_path):
    from hashlib import sha256

    data = ("branch;clean\n" + "B01;yes\n" * 300_000).encode()
    (tmp_path / "v.csv").write_bytes(data)
    book, _ = open_book(tmp_path / "v.csv")
    assert book is not None
    assert book.sha256 == sha256(data).hexdigest()


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"{", b"[", b"\xff\xfe", b"sep=;\n", b"\xd0\xcf\x11\xe0"]),
)
def test_no_bytes_raise(tmp_path_factory, data, start):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(start + data)
    book, problems = open_book(path)
    assert (book is None) == bool(problems)
    if book is not None:
        for each in book.sheets:
            list(each.rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=30))
def test_no_damage_to_a_workbook_raises(tmp_path_factory, changes):
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    data = bytearray(workbook(path, sheet(row(1, text("A1", "yes"), text("B1", "no")))).read_bytes())
    for at, value in changes:
        data[at % len(data)] = value
    path.write_bytes(data)
    book, problems = open_book(path)
    assert (book is None) == bool(problems)


def test_every_fault_of_a_file__said_in_plain_words():
    codes = [code for code in REGISTER if code.startswith("F1")]
    assert len(codes) >= 19
    for code in codes:
        assert has(f"{code}.says")
        assert has(f"{code}.do")
        for language in LANGUAGES:
            said = say(language, f"{code}.says", value="report.xlsx")
            assert "Exception" not in said
            assert "{" not in said
    assert say("en", "F104.says", value="r.xlsx") == "this workbook is password-protected: r.xlsx"
