# ruff: noqa: E501  a case stands on one line

"""What lint says of weights, thresholds, numbers, lengths and conditions: each rule with a bad and a good definition."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.scoring.made import checklist, choice, visit
from tests.scoring.made import section as made_section

from auditkit.definitions.checklists import load_checklist
from auditkit.definitions.lint import lint_file
from auditkit.model.checklist import Checklist
from auditkit.model.shares import shares
from auditkit.scoring import score

HEAD = "checklist: x\nversion: 1.0.0\ntitle: X\nabout: Y\n"
NUMBER = "kind: number, unit: rings, source: S, bands: [{up_to: 3, credit: 1}, {credit: 0}]"
DUE = "kind: deadline, from: asked, to: came, within: 3 days, source: S"
TIMES = "      - {id: asked, kind: timestamp, text: When?}\n      - {id: came, kind: timestamp, text: When then?}\n"


def written(tmp_path: Path, text: str, **others: str) -> Path:
    path = tmp_path / "x" / "checklist.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    for name, words in others.items():
        (path.parent / f"{name}.yaml").write_text(words, encoding="utf-8")
    return path


def lint(tmp_path: Path, text: str, **others: str) -> list[str]:
    return [f"{p.code} {p.value}" for p in lint_file(written(tmp_path, text, **others))]


def section(id_: str, weight: int | str, *lines: str) -> str:
    head = f"  - id: {id_}\n    title: {id_}\n    weight: {weight}\n    items:\n"
    return head + "".join(f"      - {line}\n" for line in lines)


def asked(count: int, start: int = 0, **more: str) -> list[str]:
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    turned = [", inverted: true" if at == 0 else "" for at in range(count)]
    return [f"{{id: q{start + at}, text: Is it there?, source: S{turned[at]}{extra}}}" for at in range(count)]


def one(line: str, *more: str) -> str:
    return HEAD + "sections:\n" + section("a", 1, line, *more)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD + "sections:\n" + section("a", 80, *asked(9)) + section("b", 20, *asked(1, 9)), ["D340 20"]),
        (HEAD + "sections:\n" + section("a", 15, *asked(1, 9)) + section("b", 85, *asked(9)), []),
        (
            HEAD
            + "sections:\n"
            + section("a", 80, *asked(9))
            + section("b", 20, *asked(1, 9, critical="fail", comment="not_met")),
            [],
        ),
        (HEAD + "sections:\n" + section("a", 80, *asked(8)) + section("b", 20, *asked(1, 9)), []),  # too few to say it
        (
            HEAD + "sections:\n" + section("a", 1, *[line.replace(", inverted: true", "") for line in asked(8)]),
            ["D341 8"],
        ),
        (HEAD + "sections:\n" + section("a", 1, *[line.replace(", inverted: true", "") for line in asked(7)]), []),
        (HEAD + "sections:\n" + section("a", 1, *asked(8)), []),
        (one("{id: q, text: Is it there?, source: S, weight: 0}", *asked(2, 3)), ["D343 q"]),
        (one("{id: q, text: Is it there?, source: S, weight: 0, critical: fail, comment: not_met}", *asked(2, 3)), []),
        (one("{id: q, text: Is it there?, scored: no}", *asked(2, 3)), []),
        (HEAD + "sections:\n" + section("a", 400, *asked(12)) + section("b", 1, *asked(1, 20)), ["D344 b"]),
        (HEAD + "sections:\n" + section("a", 150, *asked(12)) + section("b", 1, *asked(1, 20)), []),
    ],
)
def test_weights(tmp_path: Path, text: str, found: list[str]) -> None:
    assert lint(tmp_path, text) == found


def test_impressions__over_a_fifth(tmp_path: Path) -> None:
    judged = [f"{{id: j{at}, text: Is the employee polite?, guidance: G, source: S}}" for at in range(3)]
    many = HEAD + "sections:\n" + section("a", 1, *asked(9), *judged)
    assert lint(tmp_path, many) == ["D342 25"]
    few = HEAD + "sections:\n" + section("a", 1, *asked(9), *judged[:2])
    assert lint(tmp_path, few) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{id: b, text: Was it done within 3?, source: S}", ["D305 3"]),
        ("{id: b, text: 'Was it done within 3 minutes, by 11:00, as point 3.2 asks?', source: S}", []),
        ("{id: b, text: Is it as in the standard of 2026?, source: S}", []),
        ("{id: b, text: Is form No 7 there?, source: S}", []),
        (f"{{id: b, text: Was it picked up by the 4th or after 5 rings?, {NUMBER}}}", ["D306 5"]),
        (f"{{id: b, text: Was it picked up within 3 rings?, {NUMBER}}}", []),
        ("{id: b, text: How so?, kind: scale, source: S}", ["D308 b"]),
        ("{id: b, text: How so?, kind: scale, source: S, anchors: {partly: Some of it}}", []),
        ("{id: b, text: How so?, kind: scale, min: 1, max: 3, source: S, labels: {2: Some of it}}", []),
        (
            f"{{id: b, text: Is {'very ' * 45}much there?, source: S}}",
            ["D307 Is very very very very very very very ve…"],
        ),
        (f"{{id: b, text: Is {'very ' * 35}much there?, source: S}}", []),
        ("{id: b, text: 'TODO: is it clean?', source: S}", ["D309 TODO: is it clean?"]),
        ("{id: b, text: Is it clean?, source: TODO}", ["D309 TODO"]),
        ("{id: b, text: Is it clean?, guidance: '?', source: S}", ["D309 ?"]),
        ("{id: b, text: Is the to-do list at the door?, source: S}", []),
    ],
)
def test_words(tmp_path: Path, line: str, found: list[str]) -> None:
    assert lint(tmp_path, one(line, *asked(1, 9))) == found


def test_threshold__of_a_deadline(tmp_path: Path) -> None:
    def of(days: int) -> list[str]:
        line = f"      - {{id: b, text: Answered within {days} days, {DUE}}}\n"
        return lint(tmp_path, one(*asked(1, 9)) + TIMES + line)

    assert of(3) == []
    assert of(5) == ["D306 5"]


@pytest.mark.parametrize(
    ("condition", "dead"),
    [
        ("[{item: n, at_least: 4}, {item: n, at_most: 3}]", True),
        ("[{item: n, at_least: 3}, {item: n, at_most: 3}]", False),
        ("{item: n, at_least: 21}", True),  # the highest number that is accepted is 20
        ("[{item: c, is: one}, {item: c, is: two}]", True),
        ("{any: [{item: c, is: one}, {item: c, is: two}]}", False),
        ("[{item: m, includes: one}, {item: m, includes: two}]", False),
        ("[{item: m, includes: one}, {item: m, is: none}]", True),
        ("[{item: y, is: yes}, {not: {item: y, is: yes}}]", True),
        ("{not: {item: y, is: yes}}", False),
        ("{item: n, is: 2.5}", False),
        ("[{item: n, at_least: 0}, {not: {item: n, at_most: 3}}, {not: {item: n, at_least: 3.3}}]", False),  # 3.1
        ("[{item: n, at_least: 0}, {not: {item: n, at_most: 3}}, {not: {item: n, at_least: 3}}]", True),
        ("[{not: {item: n, at_most: 3}}, {not: {item: n, at_least: 3}}]", False),  # holds while it is blank
        ("[{item: l, includes: a}, {item: l, includes: b}, {not: {item: l, includes: c}}]", False),
        ("[{item: l, includes: a}, {not: {item: l, includes: a}}]", True),
    ],
)
def test_condition__that_never_holds(tmp_path: Path, condition: str, dead: bool) -> None:
    options = "options: [{id: one, text: One, credit: 1}, {id: two, text: Two, credit: 0}]"
    many = ", ".join(f"{{id: {each}, text: {each}, credit: 0.1}}" for each in "abcdefgh")
    lines = [
        f"{{id: n, text: How many?, lowest: 0, highest: 20, {NUMBER}}}",
        f"{{id: c, text: Which?, kind: choice, source: S, {options}}}",
        f"{{id: m, text: Which ones?, kind: multi, source: S, {options}}}",
        "{id: y, text: Is it there?, source: S}",
        f"{{id: l, text: Which of eight?, kind: multi, source: S, options: [{many}]}}",
        f"{{id: b, text: Is it so?, source: S, applies_when: {condition}}}",
    ]
    assert lint(tmp_path, one(*lines)) == (["D350 b"] if dead else [])


def test_numbers__that_differ_between_languages(tmp_path: Path) -> None:
    line = "{id: b, text: Was it done within 3 minutes?, source: S}"
    ru = "language: ru\ntranslates: 1.0.0\ntitle: Икс\nabout: Игрек\nsections: {a: А}\nitems: {b: {text: Сделано за %s минут?}}\n"
    assert lint(tmp_path, one(line), ru=ru % 3) == []
    assert lint(tmp_path, one(line), ru=ru % 5) == ["D312 Сделано за 5 минут?"]
    assert lint(tmp_path, one(line), ru=ru % "три") == ["D312 Сделано за три минут?"]


def test_what_others_have__is_missed(tmp_path: Path) -> None:
    lines = ["{id: b, text: Is it there?, source: S, dimension: care, trains: m}", "{id: c, text: Is it?, source: S}"]
    head = HEAD + "dimensions: {care: Care}\nsections:\n"
    assert lint(tmp_path, head + section("a", 1, *lines)) == ["D323 c", "D324 c"]
    assert lint(tmp_path, one("{id: b, text: Is it there?, source: S}")) == []


@st.composite
def weighed(draw: st.DrawFn) -> Checklist:
    """Sections in sections or pooled items, whose best answers earn more or less than 1."""
    names = iter(range(99))

    def items() -> list[dict[str, object]]:
        return [
            choice(
                f"i{next(names)}", {"best": draw(st.sampled_from(["0.5", "1"])), "worst": 0},
                weight=draw(st.integers(1, 9)), bonus=draw(st.integers(0, 5)) == 0,
            )
            for _ in range(draw(st.integers(1, 3)))
        ]  # fmt: skip

    weighs = draw(st.booleans())
    parts = [
        made_section(f"s{at}", *items(), **({"weight": draw(st.integers(1, 9))} if weighs else {}))
        for at in range(draw(st.integers(1, 4)))
    ]
    inner = [made_section(f"t{at}", *items(), **({"weight": 3} if weighs else {})) for at in range(2)]
    return checklist(*parts, made_section("deep", *inner, **({"weight": 2} if weighs else {})))


@given(weighed())
def test_share__is_what_the_score_loses_with_the_worst_answer(definition: Checklist) -> None:
    found = shares(definition)
    best = {item.id: "best" for _, item in definition.walk_items()}
    earning = [item.id for _, item in definition.walk_items() if not item.bonus]
    assume(earning)
    assert sum(found[name] for name in earning) == 1
    assert sum(found["/" + section.id] for section in definition.sections if "/" + section.id in found) == 1
    without_bonus = best | {item.id: "worst" for _, item in definition.walk_items() if item.bonus}
    for name in earning:
        made = score(definition, visit(without_bonus | {name: "worst"}))
        assert made.score == 100 * (1 - found[name])


def test_shares__of_pooled_items(tmp_path: Path) -> None:
    text = "checklist: x\nversion: 1.0.0\ntitle: X\nsections:\n  - {id: a, title: A, items: [{id: q, text: Is it?}, {id: r, text: Is it?, bonus: true}]}\n"
    text += "  - {id: b, title: B, items: [{id: s, text: Is it?, weight: 3}]}\n"
    checklist, _ = load_checklist(written(tmp_path, text))
    assert checklist is not None
    assert shares(checklist) == {"q": Fraction(1, 4), "s": Fraction(3, 4), "/a": Fraction(1, 4), "/b": Fraction(3, 4)}


MIRRORED = "{id: e, text: Did somebody eat?, source: S, inverted: true, mirrors: %s}"


@pytest.mark.parametrize(
    ("mirrors", "line", "found"),
    [
        ("appearance/eats", MIRRORED, []),
        ("appearance/eatz", MIRRORED, ["D325 appearance/eatz"]),
        ("apearance/eats", MIRRORED, ["D325 apearance/eats"]),
        ("appearance/eats", MIRRORED.replace(", inverted: true", ""), ["D326 appearance/eats"]),
        ("appearance/whole_team", MIRRORED, ["D326 appearance/whole_team"]),
    ],
)
def test_mirrors(tmp_path: Path, mirrors: str, line: str, found: list[str]) -> None:
    assert lint(tmp_path, one(line % mirrors, *asked(1, 9))) == found
