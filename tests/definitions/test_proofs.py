"""What cannot be meant is refused when a definition is read, at the word that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Load = Callable[..., Any]

REST = """
sections:
  - id: a
    title: A
    items:
      - {id: one, text: One}
"""


def items(*lines: str) -> str:
    """A definition with these items, the first of them in line 8."""
    return "sections:\n  - id: a\n    title: A\n    items:\n" + "".join(f"      - {line}\n" for line in lines)


def codes(problems: list[str]) -> list[str]:
    return [each.split()[0] for each in problems]


NAMES = [
    (items("{id: one, text: One}", "{id: one, text: Two}"), ["D201 9:14 one"]),
    (items("{id: one, text: One, dimension: profi}") + "dimensions: {prof: P}\n", ["D205 8:41 profi"]),
    (
        items("{id: c, kind: choice, text: C, options: [{id: x, text: X, credit: 1}, {id: x, text: Y, credit: 0}]}"),
        ["D202 8:84 x"],
    ),
    (
        items("{id: c, kind: choice, text: C, options: [{id: x, text: X, credit: 1}, {id: none, text: Y, credit: 0}]}"),
        ["D203 8:84 none"],
    ),
    (items("{id: one, text: One}", "{id: two, text: Two, number: 1.1}"), ["D204 9:38 1.1"]),
    (REST.lstrip() + "spellings: {not_applicable: [n/a, -], not_observed: [N/A]}\n", ["D206 9:54 N/A"]),
    (REST.lstrip() + "spellings: {not_observed: Нет}\n", ["D206 9:27 Нет"]),
    (REST.lstrip() + "  - {id: b, title: B}\n", ["D207 9:10 b"]),
    (REST.lstrip() + "    sections: [{id: b, title: B, items: [{id: two, text: Two}]}]\n", ["D207 5:9 a"]),
]

CONDITIONS = [
    (items("{id: one, text: One}", "{id: two, text: Two, applies_when: {item: ome, is: yes}}"), ["D210 9:51 ome"]),
    (items("{id: one, text: One}", "{id: two, text: Two, applies_when: {item: one, is: ja}}"), ["D211 9:60 ja"]),
    (
        items("{id: one, text: One}", "{id: two, text: Two, applies_when: {item: one, in: [yes, not_applicable]}}"),
        ["D211 9:66 not_applicable"],
    ),
    (
        items("{id: one, text: One}", "{id: two, text: Two, applies_when: {item: one, at_most: 3}}"),
        ["D212 9:65 at_most"],
    ),
    (
        items("{id: one, text: One}", "{id: two, text: Two, applies_when: {item: one, includes: x}}"),
        ["D212 9:66 includes"],
    ),
    (items("{id: one, text: One}", "{id: two, text: Two, applies_when: {item: one}}"), ["D214 9:51 one"]),
    (items("{id: one, text: One}", "{id: two, text: Two, applies_when: []}"), ["D214 9:44 []"]),
    (items("{id: one, text: One, applies_when: {item: one, is: yes}}"), ["D213 8:44 one"]),
    (
        items(
            "{id: one, text: One, applies_when: {item: two, is: yes}}",
            "{id: two, text: Two, applies_when: {not: {item: three, is: yes}}}",
            "{id: three, text: Three, applies_when: [{item: one, is: yes}]}",
        ),
        ["D213 8:44 one"],
    ),
    (
        REST.lstrip().replace("title: A", "title: A\n    applies_when: {item: one, is: yes}"),
        ["D213 9:9 one"],
    ),
]

T = "{id: t, kind: timestamp, text: T}"
TIMES = [
    (items("{id: one, text: One}", T, "{id: d, kind: deadline, text: D, from: t, to: one, within: 3 days}"),
     ["D220 10:55 one"]),
    (items("{id: one, text: One}", T, "{id: d, kind: deadline, text: D, from: t, to: u, within: 3 days}"),
     ["D210 10:55 u"]),
    (items("{id: one, text: One}", T, "{id: d, kind: deadline, text: D, from: t, to: t, same_day: yes}"),
     ["D223 10:55 t"]),
    (items("{id: one, text: One}", T, T.replace("id: t", "id: u"), "{id: d, kind: deadline, text: D, from: t, to: u}"),
     ["D221 11:14 d"]),
    (items("{id: one, text: One}", T, T.replace("id: t", "id: u"),
           "{id: d, kind: deadline, text: D, from: t, to: u, within: 24 hours, same_day: yes}"),
     ["D221 11:86 d"]),
    (items("{id: one, text: One}", T, T.replace("id: t", "id: u"),
           "{id: d, kind: deadline, text: D, from: t, to: u, promised: t}"),
     ["D221 11:48 d"]),
    (items("{id: one, text: One}", T, T.replace("id: t", "id: u"),
           "{id: d, kind: duration, text: D, unit: hours, from: t, to: u}"),
     ["D222 11:14 d"]),
]  # fmt: skip

CREDITS = [
    ("kind: number, unit: u, bands: [{up_to: 3, credit: 1}, {up_to: 2, credit: 0}, {credit: 0}]", ["D230 8:99 2"]),
    ("kind: number, unit: u, bands: [{up_to: 3, credit: 1}, {up_to: 4, credit: 0}]", ["D231 8:99 up_to: 4"]),
    (
        "kind: number, unit: u, bands: [{credit: 1}, {up_to: 3, credit: 0}]",
        ["D231 8:68 credit: 1", "D231 8:89 up_to: 3"],
    ),
    ("kind: number, unit: u", ["D232 8:14 x"]),
    ("kind: number, unit: u, linear: {full_at: 3, none_at: 3}", ["D233 8:90 3"]),
    ("kind: scale, min: 5, max: 1", ["D234 8:63 1"]),
    ("kind: scale, max: 3, credits: {1: 0, 3: 1, 4: 1}", ["D235 8:67 2", "D235 8:83 4"]),
    ("not_met_at: 1", ["D236 8:49 1"]),
    ("kind: number, unit: u, scored: no, lowest: 3, highest: 2", ["D237 8:80 3"]),
    ("kind: choice, options: [{id: a, text: A, credit: 2}, {id: b, text: B, credit: 0}]", ["D238 8:86 2"]),
    ("kind: choice, options: [{id: a, text: A, credit: 1}, {id: b, text: B, credit: 1}]", ["D239 8:14 x"]),
    ("critical: {cap_visit: 120}", ["D251 8:59 120"]),
    ("critical: [flag, deduct]", ["D251 8:54"]),
    ("critical: {cap_grade: best}", ["D252 8:59 best"]),
    ("kind: text, critical: fail", ["D250 8:59 x"]),
]

SUMS = [
    (REST.lstrip().replace("text: One", "text: One, weight: 0"), ["D241 1:12 x"]),
    (REST.lstrip() + "  - {id: b, title: B, items: [{id: two, text: Two, weight: 0}]}\n", ["D240 9:10 b"]),
    (REST.lstrip() + "  - {id: b, title: B, weight: 5, items: [{id: two, text: Two, scored: no}]}\n", ["D240 9:10 b"]),
    (REST.lstrip() + "  - {id: b, title: B, items: [{id: two, text: Two, scored: no}]}\n", []),
    (
        "scoring: points\n" + REST.lstrip() + "  - {id: b, title: B, items: [{id: c, text: C, weight: 0}]}\n",
        ["D240 10:10 b"],
    ),
    ("scoring: points\n" + REST.lstrip() + "  - {id: b, title: B, items: [{id: c, text: C, bonus: yes}]}\n", []),
    (REST.lstrip().replace("title: A", "title: A\n    weight: 0"), ["D242 7:13 0"]),
    ("rollup: items\n" + REST.lstrip().replace("title: A", "title: A\n    weight: 5"), ["D243 8:13 5"]),
    ("scoring: points\n" + REST.lstrip().replace("title: A", "title: A\n    weight: 5"), ["D243 8:13 5"]),
    ("start: 5\n" + REST.lstrip(), ["D244 4:8 start"]),
    ("direction: lower_is_better\n" + REST.lstrip(), ["D244 4:12 direction"]),
    ("scoring: points\nover_100: yes\n" + REST.lstrip(), ["D245 5:11 over_100"]),
    ("in_force_from: 2026-01-01\nannounced_on: 2026-02-01\n" + REST.lstrip(), ["D246 4:16 2026-01-01"]),
    (
        "scoring: points\ndirection: lower_is_better\n" + items("{id: one, text: One, critical: {cap_visit: 3}}"),
        ["D253 10:52 cap_visit"],
    ),
]

GRADES = [
    (["{grade: a, at_least: 75, verdict: pass}", "{grade: b, at_least: 90, verdict: pass}",
      "{grade: c, verdict: fail}"],
     ["D260 6:26 90"]),
    (["{grade: a, at_least: 75, verdict: pass}", "{grade: b, at_least: 75, verdict: pass, no_critical_failed: yes}",
      "{grade: c, verdict: fail}"], ["D261 6:13 b"]),
    (["{grade: a, at_least: 75, verdict: pass, not_met_at_most: {critical: 0}}",
      "{grade: b, at_least: 75, verdict: pass, not_met_at_most: {critical: 0, major: 2}}", "{grade: c, verdict: fail}"],
     ["D261 6:13 b"]),
    (["{grade: a, at_least: 75, verdict: pass, not_met_at_most: {critical: 0}}",
      "{grade: b, at_least: 75, verdict: pass, not_met_at_most: {major: 2}}", "{grade: c, verdict: fail}"], []),
    (["{grade: a, at_least: 75, verdict: pass, each_section_at_least: 50}",
      "{grade: a, at_least: 75, verdict: fail}", "{grade: c, verdict: fail}"], []),
    (["{grade: a, at_least: 75, verdict: pass}", "{grade: b, at_least: 50, verdict: fail}"], ["D262 6:13 b"]),
    (["{grade: a, verdict: pass}", "{grade: b, verdict: fail}"], ["D261 6:13 b"]),
    (["{grade: a, at_most: 75, verdict: pass}", "{grade: c, verdict: fail}"], ["D263 5:25 at_most"]),
    (["{grade: a, at_least: 101, verdict: pass}", "{grade: c, verdict: fail}"], ["D264 5:26 101"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*NAMES, *CONDITIONS, *TIMES, *SUMS])
def test_definition__error(load: Load, text: str, expected: list[str]) -> None:
    assert sorted(load(text)[1]) == sorted(expected)


@pytest.mark.parametrize(("keys", "expected"), CREDITS)
def test_item__error(load: Load, keys: str, expected: list[str]) -> None:
    found = load(items(f"{{id: x, text: What is seen, {keys}}}", "{id: one, text: One}"))[1]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(("rows", "expected"), GRADES)
def test_grades__error(load: Load, rows: list[str], expected: list[str]) -> None:
    assert load("grades:\n" + "".join(f"  - {row}\n" for row in rows) + REST.lstrip())[1] == expected


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "9" * 50, "NaN", "-Infinity", "0x10", "1 000"])
def test_monstrous_numbers__error(load: Load, number: str) -> None:
    assert codes(load(items(f"{{id: one, text: One, weight: {number}}}"))[1]) == ["D115"]


def test_lower_is_better__ok(load: Load) -> None:
    checklist, problems = load(
        "scoring: points\nstart: 10\ndirection: lower_is_better\ngrades:\n"
        "  - {grade: a, at_most: 12, verdict: pass}\n  - {grade: c, verdict: fail}\n"
        + items("{id: one, text: One, inverted: yes, weight: 4}")
    )
    assert problems == []
    assert checklist.pools_items


def test_conditions_on_states_and_options__ok(load: Load) -> None:
    _, problems = load(
        items(
            "{id: one, text: One, not_applicable: yes}",
            "{id: m, kind: multi, text: M, options: [{id: a, text: A, credit: 1}]}",
            "{id: n, kind: number, unit: u, text: N, linear: {full_at: 3, none_at: 5}}",
            T,
            "{id: two, text: Two, applies_when: [{item: one, is: not_applicable}, {item: m, includes: a}, "
            "{item: m, is: none}, {item: n, is: 4.5}, {item: t, is: never}, {item: n, at_most: 4}]}",
        )
    )
    assert problems == []


def test_a_deadline_where_fewer_points_are_better__needs_bands(load: Load) -> None:
    deadline = "id: d, kind: deadline, text: D, from: t, to: u, within: 3 days"
    text = "scoring: points\ndirection: lower_is_better\n" + items(
        T,
        T.replace("id: t", "id: u"),
        f"{{{deadline}}}",
        f"{{{deadline.replace('d,', 'e,', 1)}, bands: [{{up_to: 0, credit: 0}}, {{credit: 5}}]}}",
    )
    assert load(text)[1] == ["D224 12:14 d"]
