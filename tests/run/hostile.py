"""A folder of everything that nobody should send, each file with the code that it must be told with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from openpyxl import load_workbook

from tests.forms.person import filled, shipped
from tests.tables.made import row, shared, sheet, text, workbook
from tests.tables.test_guard import BILLION, FAR, with_definitions
from tests.tables.test_opening import NOISE, ole

FORM = "appearance"


def good(folder: Path, name: str = "good.xlsx", seed: int = 1) -> Path:
    """A form that was filled in from beginning to end."""
    path = filled(folder, [shipped(FORM)], "en", seed, name, outside=0)
    (folder / f"empty-{name}").unlink()
    return path


def everything(folder: Path) -> dict[str, str]:
    """Write all of it; file name → the code that it is refused with, '' where it is read."""
    made = {name: code for name, (data, code) in _BYTES.items() if _write(folder / name, data)}
    for name, (xml, code) in _WORKBOOKS.items():
        workbook(folder / name, xml)
        made[name] = code
    texts = {"xl/sharedStrings.xml": shared("yes", attributes='uniqueCount="4294967295"')}
    workbook(folder / "claims-too-many-texts.xlsx", sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')), texts)
    made["claims-too-many-texts.xlsx"] = "S230"
    whole = good(folder).read_bytes()
    (folder / "cut-off.xlsx").write_bytes(whole[: len(whole) // 2])
    shutil.copy(folder / "good.xlsx", folder / "good (1).xlsx")
    book = load_workbook(folder / "good.xlsx")
    book.remove(book.worksheets[1])
    book.save(folder / "cover-alone.xlsx")
    return made | {"cut-off.xlsx": "F107", "cover-alone.xlsx": "S210", "good.xlsx": "", "good (1).xlsx": ""}


def _write(path: Path, data: bytes | str) -> bool:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return True


_BYTES: dict[str, tuple[bytes | str, str]] = {
    "empty.xlsx": (b"", "F103"),
    "locked.xlsx": (ole("EncryptionInfo", "EncryptedPackage"), "F104"),
    "old.xls": (ole("Workbook"), "F105"),
    "page.xlsx": (b"<html><table><tr><td>yes</td></tr></table></html>", "F106"),
    "photo.xlsx": (b"\xff\xd8\xff\xe0" + NOISE.randbytes(3000), "F110"),
    "noise.csv": (NOISE.randbytes(3000), "F110"),
    "no-form.csv": ("branch;clean\nB01;yes\n", "S230"),
    "cut-off.csv": ('branch;comment\nB01;"no badge\nB02;fine\n', "F124"),
    "twice.json": ('{"visit_id": "V1", "visit_id": "V2"}', "F121"),
    "nan.json": ('{"visit_id": NaN}', "F122"),
    "huge-number.json": ('{"attempts": 1e999999999}', "F122"),
    "deep.json": ("[" * 100_000, "F123"),
    "not-well-formed.json": ('{"visit_id": "V1",}', "F120"),
    "something-else.json": (json.dumps({"hello": "world"}), "S225"),
    "empty-list.json": ("[]", "S231"),
    "numbers.json": ("[1, 2]", "S225"),
    "~$good.xlsx": (b"\x04user", "F130"),
}
_WORKBOOKS: dict[str, tuple[str | bytes, str]] = {
    "bomb.xlsx": (sheet(row(1, text("A1", "x" * 40_000_000))), "F108"),
    "entities.xlsx": (with_definitions(BILLION, "&l9;"), "F109"),
    "entities-utf16.xlsx": (with_definitions(BILLION, "&l9;").replace("UTF-8", "UTF-16").encode("utf-16"), "F109"),
    "far-corner.xlsx": (sheet(FAR), "S230"),
    "far-corner-without-rows.xlsx": (sheet(f"<row>{text('A1', 'x')}{text('XFD1048576', 'far')}</row>"), "S230"),
    "rows-beyond-the-end.xlsx": (sheet(row(99_999_999_999, text("A99999999999", "x"))), "F111"),
    "no-xml.xlsx": ("not XML at all", "F111"),
}
