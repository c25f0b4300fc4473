"""What goes wrong when people write definitions, one slip at a time: each has its problem, at its line, and no other.

The slips stand in `broken.txt`, each a change to `broken.yaml` (`<` what was there, `>` what is written instead) with
what is to be said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.library import Library, shipped_folder
from auditkit.locales import LANGUAGES, say
from auditkit.problems import Problem

HERE = Path(__file__).parent
WHOLE = (HERE / "broken.yaml").read_text(encoding="utf-8")
JARGON = re.compile(
    r"pydantic|Input should|validation error|NoneType|\bdict\b|\btuple\b|\bstr\b|\bint\b|Literal|Traceback|Error\b"
    r"|loader|scalar|mapping values|block (end|mapping)|\{value\}|\{known\}",
    re.IGNORECASE,
)


def slips() -> Iterator[tuple[str, str, list[str]]]:
    """Name, definition, and what is said of it."""
    for block in (HERE / "broken.txt").read_text(encoding="utf-8").split("\n## "):
        name, *lines = block.removeprefix("## ").rstrip("\n").split("\n")
        old = "\n".join(line[2:] for line in lines if line.startswith("< "))
        new = "\n".join(line[2:] for line in lines if line.startswith("> "))
        expected = [line for line in lines if line[:2] not in ("< ", "> ") and line != "fine" and line]
        if old == "THE TOP":
            yield name, new + WHOLE, expected
        elif old == "THE END":
            yield name, WHOLE + new, expected
        else:
            assert old in WHOLE, name
            yield name, WHOLE.replace(old, new, 1), expected


SLIPS = list(slips())


def problems_of(folder: Path, raw: bytes) -> tuple[Problem, ...]:
    path = folder / "desk" / "checklist.yaml"
    path.parent.mkdir()
    path.write_bytes(raw)
    checklist, problems = load_checklist(path, Library([folder, shipped_folder()]), name="checklist.yaml")
    assert problems or checklist is not None
    return problems


def shown(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{each.code} {each.place.line}:{each.place.column} {each.value}".rstrip() for each in problems]


@pytest.mark.parametrize(("text", "expected"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip__error(tmp_path: Path, text: str, expected: list[str]) -> None:
    problems = problems_of(tmp_path, text.encode())
    assert shown(problems) == expected
    for each in problems:
        for language in LANGUAGES:
            words = (
                say(language, f"{each.code}.says", **each.params)
                + " "
                + say(language, f"{each.code}.do", **each.params)
            )
            assert not JARGON.search(words.replace(each.value, "") if each.value else words), words
            assert "  " not in words, words


def test_slips__are_many() -> None:
    assert len(SLIPS) > 120


LISTS = "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(10))
FILES = {
    "empty": (b"", ["D107 1:1"]),
    "a remark only": (b"# nothing\n", ["D107 1:1"]),
    "a list at the top": (b"- a\n- b\n", ["D107 1:1"]),
    "a word": (b"hello\n", ["D107 1:1"]),
    "lists of lists of lists": (("a: &a [x,x,x,x,x,x,x,x,x]\n" + LISTS).encode(), ["D103 6:11 200000"]),
    "a hundred thousand references": (("a: &a x\nl: [" + "*a," * 100_000 + "]\n").encode(), ["D103 2:605 200"]),
    "ten thousand brackets": (b"a: " + b"[" * 10_000 + b"]" * 10_000, ["D103 1:43 40"]),
    "two thousand levels": ("".join(" " * n + "a:\n" for n in range(2000)).encode(), ["D103 41:41 40"]),
    "two documents": ((WHOLE + "---\n" + WHOLE).encode(), ["D106 31:1 ---"]),
    "a bell": (WHOLE.replace("Meeting", "Meet\x07ing").encode(), ["D136 9:16 U+0007"]),
    "UTF-16": (WHOLE.encode("utf-16"), ["D102 1:None"]),
    "Windows-1251": (WHOLE.replace("Meeting", "Встреча").encode("cp1251"), ["D102 9:None"]),
    "bytes": (bytes(range(256)) * 10, ["D102 2:None"]),
    "a byte order mark": (b"\xef\xbb\xbf" + WHOLE.encode(), []),
    "line ends of Windows": (WHOLE.replace("\n", "\r\n").encode(), []),
    "a fault with line ends of Windows": (
        WHOLE.replace("weight: 60", "weight: sixty").replace("\n", "\r\n").encode(), ["D115 10:13 sixty"],
    ),
    "a fault with line ends of an old Macintosh": (
        WHOLE.replace("weight: 60", "weight: sixty").replace("\n", "\r").encode(), ["D115 10:13 sixty"],
    ),
    "a fault after a byte order mark": (
        b"\xef\xbb\xbf" + WHOLE.replace("checklist: desk", "checklist: de sk").encode(), ["D119 1:12 de sk"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), FILES.values(), ids=FILES.keys())
def test_a_file__error(tmp_path: Path, raw: bytes, expected: list[str]) -> None:
    found = shown(problems_of(tmp_path, raw))
    assert [re.sub(r"D103 1:\d+", "D103 1:43", each) for each in found] == expected


TYPED = [
    "", "[]", "{}", "[x]", "{x: y}", "-1", "yes", "0,5", '"', "'", "*a", "&a b", "!x y", "|", ">", "1e400", "null", "~",
    "a: b", "{a", "- x", "x" * 300, "\u200b", "{item: one, is: yes}", "{verdict: keep}", "include: x", "? ",
    "- - x", "%",
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 12), st.sampled_from(TYPED)), max_size=3))
def test_whatever_is_typed_over_it__a_checklist_or_problems_with_places(edits: list[tuple[int, int, str]]) -> None:
    text = WHOLE
    for at, length, typed in edits:
        text = text[:at] + typed + text[at + length :]
    with TemporaryDirectory() as folder:
        problems = problems_of(Path(folder), text.encode())
    assert all(each.place.line is not None for each in problems)
    assert len(set(problems)) == len(problems)
