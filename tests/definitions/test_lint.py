"""What lint says of a checklist that is right but could be better, and that every code can be explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definitions.lint import lint_file
from auditkit.locales import LANGUAGES, catalogue

HEAD = "checklist: x\nversion: 1.0.0\ntitle: X\nsections:\n  - id: a\n    title: A\n    items:\n"


def lint(tmp_path: Path, *lines: str, head: str = HEAD, **others: str) -> list[str]:
    path = tmp_path / "x" / "checklist.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(head + "".join(f"      - {line}\n" for line in lines), encoding="utf-8")
    for name, text in others.items():
        (path.parent / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [f"{p.code} {p.place.line}:{p.place.column} {p.value}".rstrip() for p in lint_file(path)]


BANDS = "bands: [{up_to: 3, credit: 1}, {credit: 0, severity: major}]"
ONE = "{id: one, text: Does the employee greet the customer?, source: S1.10d/1}"


def test_nothing_to_say__ok(tmp_path: Path) -> None:
    assert lint(tmp_path, ONE) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{id: b, text: Does the employee greet and introduce themselves?, source: S}", "D301 8:23 and introduce"),
        ("{id: b, text: Was it said? Was it heard?, source: S}", "D301 8:23 ? Was it heard?"),
        ("{id: b, text: Did they keep calm and not let go?, source: S}", "D301 8:23 and not let"),
        ("{id: b, text: Did they ask and only then act?, source: S}", "D301 8:23 and only then"),
        (
            "{id: b, text: Did they speak clearly and loudly?, source: S, guidance: G}",
            "D301 8:23 clearly and loudly",
        ),
        ("{id: b, text: Is the employee polite?, source: S}", "D302 8:23 polite"),
        ("{id: b, text: Is it there?}", "D320 8:14 b"),
        ("{id: b, source: S,\n         text: Is place #3 clean?\n        }", "D304 9:16 Is place #3 clean?"),
        ("{id: b, text: Is it there?, source: S, critical: fail}", "D330 8:58 b"),
        (
            "{id: b, text: Is it there?, source: S, critical: fail, comment: not_met, not_applicable: yes}",
            "D331 8:98 b",
        ),
        (
            f"{{id: b, text: N, kind: number, unit: u, source: S, {BANDS}}}",
            "D322 8:91 b",
        ),
        (
            f"{{id: b, text: N, kind: number, unit: u, unit_forms: a | b | c, source: S, {BANDS}, trains: t}}".replace(
                ", severity: major", ""
            ),
            "D311 8:61 a | b | c",
        ),
    ],
)
def test_rule__error(tmp_path: Path, line: str, problem: str) -> None:
    assert lint(tmp_path, line) == [problem]


@pytest.mark.parametrize(
    "line",
    [
        "{id: b, text: Are first and last name on the badge?, source: S}",
        "{id: b, text: Is the employee polite?, source: S, anchors: {met: Says please}}",
        "{id: b, text: Is it there?, source: S, critical: flag}",
        "{id: b, text: Is it there?, scored: no}",
        "{id: b, text: N, kind: number, unit: u, unit_forms: a | b, source: S, linear: {full_at: 1, none_at: 2}}",
    ],
)
def test_rule__ok(tmp_path: Path, line: str) -> None:
    assert lint(tmp_path, ONE, line) == []


def test_russian__error(tmp_path: Path) -> None:
    head = HEAD.replace("title: X", "language: ru\ntitle: X")
    line = "{id: b, text: Сотрудник вежливо здоровается?, source: S}"
    assert lint(tmp_path, line, head=head) == ["D302 9:23 вежливо"]


@pytest.mark.parametrize(
    ("language", "word", "instead"),
    [
        ("ru", "Есть ли замечания?", "замечания → несоответствие"),
        ("ru", "Не наблюдалось ли очереди?", "Не наблюдалось → не удалось оценить"),
        ("kk", "Ескерту болды ма?", "Ескерту → сәйкессіздік"),
        ("pl", "Czy są uchybienia?", "uchybienia → niezgodność"),
        ("ro", "Sunt abateri?", "abateri → neconformitate"),
        ("ro", "Există o unităţi?", "unităţi → ș"),
    ],
)
def test_misleading__error(tmp_path: Path, language: str, word: str, instead: str) -> None:
    from auditkit.locales import say

    head = HEAD.replace("title: X", f"language: {language}\ntitle: X")
    path = tmp_path / "x.yaml"
    path.write_text(head + f"      - {{id: b, text: {word}, source: S}}\n", encoding="utf-8")
    (found,) = lint_file(path)
    facts = dict(found.facts)
    assert (found.code, found.place.line, f"{found.value} → {facts['instead']}") == ("D303", 9, instead)
    assert facts["instead"] in say(language, "D303.do", value=found.value, **facts)


def test_misleading__of_a_translation(tmp_path: Path) -> None:
    ru = "language: ru\ntranslates: 1.0.0\ntitle: Икс\nsections: {a: А}\nitems: {one: {text: Есть нарушения?}}\n"
    assert lint(tmp_path, ONE, ru=ru) == ["D303 8:25 нарушения"]


@pytest.mark.parametrize("word", ["Лежит ли книга замечаний и предложений?", "Есть ли жалобы?", "Есть ли менеджер?"])
def test_misleading__ok(tmp_path: Path, word: str) -> None:
    head = HEAD.replace("title: X", "language: ru\ntitle: X")
    assert lint(tmp_path, f"{{id: b, text: {word}, source: S}}", head=head) == []


def test_too_long__error(tmp_path: Path) -> None:
    lines = [ONE.replace("id: one", f"id: i{n}, inverted: {'yes' if n else 'no'}") for n in range(41)]
    assert lint(tmp_path, *lines) == ["D321 5:3 41"]


def test_untranslated__error(tmp_path: Path) -> None:
    ru = "language: ru\ntranslates: 1.0.0\ntitle: Икс\nsections: {a: А}\n"
    assert lint(tmp_path, ONE, ru=ru) == ["D310 8:25 one.text"]
    assert lint_file(tmp_path / "x" / "ru.yaml")[0].code == "D310"


def test_folders__error(tmp_path: Path) -> None:
    lint(tmp_path, "{id: b, text: Is it there?}")
    assert [p.code for p in lint_file(tmp_path / "x")] == ["D320"]
    assert [p.code for p in lint_file(tmp_path)] == ["D101"]
    (tmp_path / "programme.yaml").write_text("programme: 1\n", encoding="utf-8")
    places = {str(p.place) for p in lint_file(tmp_path)}
    assert f"{tmp_path.as_posix()}/programme.yaml:1:12" in places


def test_load_problems__come_first(tmp_path: Path) -> None:
    assert lint(tmp_path, ONE.replace("source", "sorce")) == ["D110 8:64 sorce"]


def test_every_code__has_words() -> None:
    from auditkit.cli.codes import every_code

    codes = [code for code in every_code() if code.startswith("D")]
    assert len(codes) > 80
    for language in LANGUAGES:
        said = catalogue(language)
        assert [code for code in codes if f"{code}.says" not in said or f"{code}.do" not in said] == []


def test_every_card__is_full() -> None:
    from auditkit.cli.codes import every_code

    assert [c.code for c in every_code().values() if c.code[0] == "D" and not (c.finds and c.why and c.mend)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages__name_the_same_facts(language: str) -> None:
    import re

    english, theirs = catalogue("en"), catalogue(language)
    for key, text in english.items():
        if key[0] == "D" and isinstance(text, str):
            other = theirs[key]
            assert isinstance(other, str)
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", other)), key


TWO_ASKED = {
    "ru": "Сотрудник поздоровался и представился?",
    "kk": "Қызметкер сәлемдесіп, өзін таныстырды ма?",
    "pl": "Czy pracownik wita klienta i pyta o sprawę?",
    "ro": "Angajatul salută și se prezintă?",
}
ONE_ASKED = {
    "ru": "Сотрудник назвал имя и фамилию?",
    "kk": "Қызметкер атын және тегін айтты ма?",
    "pl": "Czy na identyfikatorze jest imię i nazwisko?",
    "ro": "Pe ecuson sunt numele și prenumele?",
}


@pytest.mark.parametrize(("language", "text"), TWO_ASKED.items())
def test_two_questions__found_in_the_first_language_and_in_a_translation(
    tmp_path: Path, language: str, text: str
) -> None:
    own = lint(tmp_path, f"{{id: b, text: '{text}', source: S}}", head=f"language: {language}\n{HEAD}")
    assert [each[:9] for each in own] == ["D301 9:23"]
    both = lint(tmp_path, f"{{id: b, text: {{en: Do they greet?, {language}: '{text}'}}, source: S}}")
    assert [each[:9] for each in both] == ["D301 8:23"]


@pytest.mark.parametrize(("language", "text"), [*ONE_ASKED.items(), ("kk", "Жауабын айтып берді ме?")])
def test_one_question__not_taken_for_two(tmp_path: Path, language: str, text: str) -> None:
    assert lint(tmp_path, f"{{id: b, text: '{text}', source: S}}", head=f"language: {language}\n{HEAD}") == []
