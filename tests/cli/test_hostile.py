"""What a person sees of files that nobody should send: the name, the cause, what to do; never a traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from auditkit.locales import LANGUAGES
from tests.run.hostile import everything


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("hostile")
    return folder, everything(folder)


def squeezed(text: str) -> str:
    """Without the breaks of lines that a narrow terminal puts into names."""
    return re.sub(r"\s+", "", text)


def test_check__each_file_by_name_cause_and_what_to_do(auditkit, hostile):
    folder, expected = hostile
    for name, code in expected.items():
        said = auditkit("check", folder / name)
        assert "Traceback" not in said.out + said.err
        assert said.err == ""
        assert squeezed(name) in squeezed(said.out), name
        if code:
            assert code in said.out, (name, said.out)
            assert "What to do:" in said.out or code == "F130"
            assert said.code == (0 if code == "F130" else 1), name
        else:
            assert said.code == 0, (name, said.out)


@pytest.mark.parametrize("language", LANGUAGES)
def test_check__all_of_them_in_every_language(auditkit, hostile, language):
    folder, expected = hostile
    said = auditkit("check", folder, "--language", language)
    assert said.code == 1
    assert "Traceback" not in said.out + said.err
    for code in set(expected.values()) - {""}:
        assert code in said.out, code
    assert "S299" not in said.out
    assert re.search(r"\{\w+\}|\[\[", said.out.replace("[[0]]", "").replace("[[1]]", "")) is None


def test_check_and_score__as_json(auditkit, hostile):
    folder, expected = hostile
    found = json.loads(auditkit("check", folder, "--json").out)
    codes = {each["code"] for each in (found["problems"] if isinstance(found, dict) else found)}
    assert set(expected.values()) - {""} <= codes
    scored = json.loads(auditkit("score", folder, "--json").out)
    assert scored["counts"]["received"] == sum(
        scored["counts"][fate]
        for fate in ("accepted", "held", "returned", "excluded", "duplicate", "not_carried_out", "unreadable")
    )
    assert len(scored["visits"]) == 2


def test_check__in_a_process_of_its_own__nothing_is_printed_by_libraries(program, hostile):
    folder, _ = hostile
    said = program("check", folder)
    assert said.code == 1
    assert "panicked" not in said.err
    assert said.err.strip() == "", said.err
