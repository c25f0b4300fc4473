"""What the README tells people to do works, and what it says of the example is so."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.demo.making import make_demo
from auditkit.run.programme import run
from auditkit.scoring import score
from tests.docs.generated import ROOT
from tests.scoring.made import visit
from tests.scoring.test_worked_example import Checklist, blocks

README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(language: str) -> Iterator[str]:
    """The blocks of the README in this language; '' is that of the tours."""
    parts = README.split("```")
    for block in parts[1::2]:
        name, _, text = block.partition("\n")
        if name == language:
            yield text


def tours() -> Iterator[list[str]]:
    """Every `auditkit …` line of the tours, as words."""
    for block in fenced(""):
        for line in block.splitlines():
            if line.startswith("auditkit "):
                yield shlex.split(line, comments=True)[1:]


TOURS = list(tours())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with both waves run, and a form that was filled by nobody."""
    folder = tmp_path_factory.mktemp("readme") / "demo-programme"
    make_demo(folder)
    (folder.parent / "examples").symlink_to(ROOT / "examples")
    for wave in ("2026-Q1", "2026-Q2"):
        assert run(folder, wave=wave, processes=1).done
    return folder


@pytest.mark.parametrize("words", TOURS, ids=" ".join)
def test_tour__does_what_it_says(words: list[str], demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo)
    runner = CliRunner()
    before = TOURS[: TOURS.index(words)]
    for earlier in before:
        if earlier[0] in ("init", "form") and not (demo / "call.xlsx").exists():
            runner.invoke(application(), earlier)
    if words[0] in ("run", "show") and "acme" in words:
        _a_report(demo, runner)
    result = runner.invoke(application(), words)
    assert result.exit_code in (0, 1), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def _a_report(demo: Path, runner: CliRunner) -> None:
    """One form in the programme of the tour; the show commands need a run."""
    from datetime import date

    from auditkit.definitions.starter import Quarter

    folder = demo / "acme" / "visits" / Quarter.of(date.today()).id  # noqa: DTZ011  init takes the quarter of the day
    if not (folder / "call.xlsx").exists():
        (folder / "call.xlsx").write_bytes((demo / "call.xlsx").read_bytes())
    runner.invoke(application(), ["run", "acme"])


def test_example__is_that_of_the_scoring_page() -> None:
    definition_data, answers, said = blocks()
    result = score(Checklist.model_validate(definition_data), visit(answers))
    table = README.partition("## How a score comes about")[2]
    rows = re.findall(r"^\|[^|]*\|[^|]*\|[^|]*\| ([^|]*) \|$", table, re.MULTILINE)[1:]
    printed = [(cell.split(" / ") if " / " in cell else ["0", "0"]) for cell in rows]
    reckoned = [[str(item.earned), str(item.possible)] for item in result.items]
    assert printed == reckoned
    sections = {one.section: one.score for one in result.sections}
    assert {str(share) for share in sections.values()} == {"50"}
    assert f"**{result.shown}, {result.grade}, not passed**" in table
    assert (str(result.shown), result.grade) == (said["shown"], said["grade"])


def test_first_two_commands__install_and_run() -> None:
    first, second, *_ = fenced("sh")
    assert first.strip().endswith("auditkit demo demo-programme")
    assert second.strip().endswith("-m pytest -n auto")
    assert README.count("```powershell") == 1
