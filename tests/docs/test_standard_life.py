"""The page on a standard's life, walked through in the demo: what it shows is what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.demo.making import make_demo
from auditkit.run.programme import run
from tests.docs.generated import ROOT

PAGE = ROOT / "docs" / "standard-life.md"
REMARKS = {
    "AK": ("employee", "B01", {"rings": ("yes", "no", "no", "At noon there is one of us for two lines.")}),
    "M2": ("manager", "B02", {"rings": ("yes", "yes", "hard to say", "Fine outside the lunch hour.")}),
    "C9": ("customer", "", {"spelled": ("yes", "no", "yes", "Spelling my address takes two minutes.")}),
}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each step prints."""
    folder = tmp_path_factory.mktemp("life") / "demo"
    make_demo(folder)
    for wave in ("2026-Q1", "2026-Q2"):
        assert run(folder, wave=wave, processes=1).done
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "100")
        patch.delenv("AUDITKIT_LANGUAGE", raising=False)
        return dict(walk())


def walk() -> Iterator[tuple[str, str]]:
    yield "SCORECARD", call(f"lint {ROOT.as_posix()}/checklists/appearance --scorecard")
    call("export phone-etiquette -o phone.xlsx")
    reweigh(Path("phone.xlsx"), {"greeting": 25, "conversation": 15})
    call("import phone.xlsx")
    yield "DIFF", call("diff phone-etiquette@1.0.0 phone-etiquette@2.0.0")
    yield (
        "WAVE",
        call("diff phone-etiquette@1.0.0 phone-etiquette@2.0.0 --wave 2026-Q2").partition("so.\n")[2].strip("\n"),
    )
    call("form phone-etiquette@2.0.0 --trial -o trial.xlsx --language en")
    Path("returned").mkdir()
    for who, (role, branch, said) in REMARKS.items():
        judge(Path("trial.xlsx"), Path("returned") / f"{who}.xlsx", {"who": who, "role": role, "branch": branch}, said)
    yield "TRIAL", call("trial returned -o summary.xlsx")


def call(words: str) -> str:
    result = CliRunner().invoke(application(), words.split())
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.stdout.splitlines()).strip("\n")


def reweigh(path: Path, weights: dict[str, int]) -> None:
    """As somebody does in Excel."""
    book = load_workbook(path)
    sheet = book["Questions"]
    at = [cell.value for cell in sheet[1]].index("weight")
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "section" and row[1].value in weights:
            row[at].value = weights[row[1].value]
    book.save(path)


def judge(form: Path, target: Path, cover: dict[str, str], said: dict[str, tuple[str, ...]]) -> None:
    """A trial form filled in: yes to everything that nothing is said of."""
    book = load_workbook(form)
    for row in book.worksheets[0].iter_rows():
        if row[2].value in cover:
            row[1].value = cover[row[2].value] or None
    for row in book.worksheets[1].iter_rows(min_row=5):
        if row[7].value:
            for cell, value in zip(row[3:7], said.get(row[7].value, ("yes",) * 3), strict=False):
                cell.value = value
    book.save(target)


@pytest.mark.parametrize("step", ["SCORECARD", "DIFF", "WAVE", "TRIAL"])
def test_shown__is_what_comes_out(walked: dict[str, str], step: str) -> None:
    blocks = PAGE.read_text(encoding="utf-8").split("```")[1::2]
    printed = walked[step]
    if step == "SCORECARD":
        shown = next(block.strip("\n") for block in blocks if "what each criterion" in block)
        lines = printed.splitlines()
        head, _, tail = shown.partition("\n…\n")
        assert head.splitlines() == lines[: len(head.splitlines())]
        assert tail.splitlines() == lines[-len(tail.splitlines()) :]
    else:
        assert printed in [block.strip("\n") for block in blocks]
