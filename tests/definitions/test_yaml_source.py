"""What the YAML reader takes, and where it says that a fault stands."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from auditkit.definitions import yaml_source
from auditkit.definitions.yaml_source import parse_yaml, read_yaml


def said(raw: bytes | str) -> list[str]:
    document, problems = parse_yaml(raw.encode() if isinstance(raw, str) else raw, "a.yaml")
    assert problems or document is not None
    return [f"{each.code} {each.place} {each.value}".rstrip() for each in problems]


def test_scalars_stay_text__ok() -> None:
    document, problems = parse_yaml(b"a: yes\nb: 010\nc: 1:30\nd: 0.1\ne: null\nf: 2026-01-01\n", "a.yaml")
    assert problems == ()
    assert document is not None
    assert document.data == {"a": "yes", "b": "010", "c": "1:30", "d": "0.1", "e": "null", "f": "2026-01-01"}


def test_places__ok() -> None:
    document, _ = parse_yaml("a: 1\nlist:\n  - x: 1\n    ключ:   two\n".encode(), "a.yaml")
    assert document is not None
    assert str(document.place(("list", 0, "ключ"))) == "a.yaml:4:13"
    assert str(document.place(("list", 0, "ключ"), key=True)) == "a.yaml:4:5"
    assert str(document.place(("list", 0, "gone", "deeper"))) == "a.yaml:3:5"


def test_byte_order_mark__ok() -> None:
    document, problems = parse_yaml(b"\xef\xbb\xbfa: 1\n", "a.yaml")
    assert (document.data if document else None, problems) == ({"a": "1"}, ())


def test_references__ok() -> None:
    document, problems = parse_yaml(b"a: &x {k: 1}\nb: *x\n", "a.yaml")
    assert problems == ()
    assert document is not None
    assert document.data["b"] == {"k": "1"}


def test_duplicate_key__error() -> None:
    _, problems = parse_yaml(b"a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", "a.yaml")
    assert [(p.code, str(p.place), p.params) for p in problems] == [
        ("D105", "a.yaml:5:3", {"value": "c", "first": "3", "second": "5"})
    ]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("a: 'Привет".encode("cp1251"), "D102 a.yaml:1"),
        ("", "D107 a.yaml:1:1"),
        ("- a\n- b\n", "D107 a.yaml:1:1"),
        ("a: !!python/object:os.system x\n", "D106 a.yaml:1:4 !!python/object:os.system"),
        ("a: *b\n", "D106 a.yaml:1:4 *b"),
        ("a: &b [*b]\n", "D106 a.yaml:1:8 *b"),
        ("a: 1\n---\nb: 2\n", "D106 a.yaml:2:1 ---"),
        ('"": 1\n', "D106 a.yaml:1:1 ? …"),
        ("? [a]\n: 1\n", "D106 a.yaml:1:3 ? …"),
        ("a: " + "[" * 500 + "\n", "D103 a.yaml:1:43 40"),
    ],
)
def test_bad_yaml__error(raw: str | bytes, problem: str) -> None:
    assert said(raw)[:1] == [problem]


SLIPS = [
    ("a: 1\n\tb: 2\n", "D109 a.yaml:2:1 b: 2"),
    ("a:\n\tb: 2\n", "D109 a.yaml:2:1 b: 2"),
    ("a:\n  - x: 1\n\t  y: 2\n", "D109 a.yaml:3:1 y: 2"),
    ('a: 1\nb: "c\nd: 2\n', 'D108 a.yaml:2:4 b: "c'),
    ('a: 1\nb: "c\nd: "e"\nf: 2\n', 'D108 a.yaml:2:4 b: "c'),  # closed by the quote that should open the next text
    ("a: 'the employee's name'\nb: 1\n", "D108 a.yaml:1:4 a: 'the employee's name'"),
    ("a: [1, 2\nb: 3\n", "D108 a.yaml:1:4 a: [1, 2"),
    ("- {up_to: 3, credit: 1\n- {credit: 0}\n", "D108 a.yaml:1:3 - {up_to: 3, credit: 1"),
    ("a: {b: 1", "D108 a.yaml:1:4 a: {b: 1"),
    ("a: what: this\n", "D126 a.yaml:1:4 a: what: this"),
    ("- id: x\n  text: One: is it so?\n", "D126 a.yaml:2:9 text: One: is it so?"),
    ('a: "Good day" is said\nb: 1\n', 'D126 a.yaml:1:4 a: "Good day" is said'),
    ("a: {name} is said\nb: 1\n", "D126 a.yaml:1:4 a: {name} is said"),
    ("a: *very* clean\nb: 1\n", "D126 a.yaml:1:4 a: *very* clean"),
    ("a: @home\n", "D126 a.yaml:1:4 a: @home"),
    ("a: > 3 minutes\n", "D126 a.yaml:1:4 a: > 3 minutes"),
    ("a: & more\n", "D126 a.yaml:1:4 a: & more"),
    ("a: 1\nb:2\nc: 3\n", "D127 a.yaml:2:1 b:2"),
    ("a: 1\nwords\n", "D127 a.yaml:2:1 words"),
    ("a:\n    b: 1\n   c: 2\n", "D128 a.yaml:3:4 c: 2"),
    ("a:\n  b: 1\n    c: 2\n", "D128 a.yaml:3:5 c: 2"),
    ("a:\n  - b: 1\n   c: 2\n", "D128 a.yaml:3:4 c: 2"),
    ("a:\n- b: 1\n  - c\n", "D128 a.yaml:3:3 - c"),
    ("a: 1\nb: \x07\n", "D136 a.yaml:2:4 U+0007"),
    ("a: 1\nb:\u00a02\nc: 3\n", "D136 a.yaml:2:3 U+00A0"),
    ("a：1\nc: 3\n", "D136 a.yaml:1:2 U+FF1A"),
    ("a:\n  b: 1\n\u00a0 c: 2\n", "D136 a.yaml:3:1 U+00A0"),
]


@pytest.mark.parametrize("parser", ["with the C library", "without"])
@pytest.mark.parametrize(("raw", "problem"), SLIPS)
def test_slips_of_the_pen__error(raw: str, problem: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if parser == "without":
        monkeypatch.setattr(yaml_source, "_Parser", yaml.SafeLoader)
    assert said(raw) == [problem]


def test_spaces_of_a_typographer_within_a_text__ok() -> None:
    document, problems = parse_yaml("a: «Добрый\u00a0день»\n".encode(), "a.yaml")
    assert document is not None
    assert (problems, document.data["a"]) == ((), "«Добрый\u00a0день»")


def test_a_row_without_its_dash__one_problem() -> None:
    assert said("- id: a\n  text: A\n  id: b\n  text: B\n")[0] == "D105 a.yaml:3:3 id"
    found = said("x:\n  - id: a\n    text: A\n    id: b\n    text: B\n  - id: c\n    text: C\n    text: D\n")
    assert found == ["D105 a.yaml:4:5 id", "D105 a.yaml:8:5 text"]


def test_alias_bomb__error() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert [each.split()[0] for each in said("\n".join(lines))] == ["D103"]


def test_unreadable_file__error(tmp_path: Path) -> None:
    assert [p.code for p in read_yaml(tmp_path / "none.yaml")[1]] == ["D101"]
    assert [p.code for p in read_yaml(tmp_path)[1]] == ["D101"]
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a: 1\n" * 1_000_000)
    assert [p.code for p in read_yaml(big)[1]] == ["D103"]


def test_without_the_c_library__ok(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: 1\nlist:\n  - x: 'yes'\n    y: {k: [1, 2]}\n"
    fast, _ = parse_yaml(text.encode(), "a.yaml")
    monkeypatch.setattr(yaml_source, "_Parser", yaml.SafeLoader)
    slow, problems = parse_yaml(text.encode(), "a.yaml")
    assert problems == ()
    assert fast is not None
    assert slow is not None
    assert slow.data == fast.data
    assert slow.place(("list", 0, "y", "k", 1)) == fast.place(("list", 0, "y", "k", 1))
    assert said("a: [1, 2\nb: 3\n")[0].startswith("D108 a.yaml:1")
    assert [each.split()[0] for each in said("a: " + "[" * 3000)] == ["D103"]
