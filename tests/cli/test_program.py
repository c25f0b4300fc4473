"""The program as a whole: help, versions, faults, pipes; and the commands about definitions."""

import json
import os
import subprocess
import sys

import pytest
import typer.main
from typer.testing import CliRunner

from auditkit import __version__
from auditkit.cli.main import GROUPS, application, main
from auditkit.cli.screen import Progress
from tests.docs.generated import _leaves

COMMANDS = [name for name, _ in _leaves(typer.main.get_command(application()), "")]


@pytest.mark.parametrize("command", COMMANDS)
def test_help__of_every_command(auditkit, command):
    said = auditkit(*command.split(), "--help")
    assert said.code == 0
    assert "Usage" in said.out


@pytest.mark.parametrize("words", [["--help"], ["-h"], [], ["--version"], ["--no-such-option"]])
def test_listed__says_what_the_whole_program_says(words):
    whole, listed = (CliRunner().invoke(each, words) for each in (application(), application(None)))
    assert (listed.output, listed.exit_code) == (whole.output, whole.exit_code)


def test_groups__every_command_is_where_the_program_looks_for_it():
    named = [name for commands in GROUPS.values() for name in commands]
    assert sorted(named) == sorted({command.split()[0] for command in COMMANDS})
    for name in named:
        assert name in typer.main.get_command(application(name)).commands


@pytest.mark.parametrize("command", COMMANDS)
def test_wrong_usage__exit_2_and_no_traceback(auditkit, command):
    said = auditkit(*command.split(), "--no-such-option")
    assert said.code == 2
    assert "Traceback" not in said.err


def test_version(auditkit):
    assert auditkit("--version").out == f"auditkit {__version__}\n"


@pytest.mark.parametrize("what", ["checklist", "submission", "programme", "columns"])
def test_schema__is_one(auditkit, what, tmp_path):
    assert json.loads(auditkit("schema", what).out)["$schema"].startswith("https://json-schema.org")
    assert auditkit("schema", what, "-o", "s.json").code == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert auditkit("schema", "visit").code == 2


def test_problem__a_card_a_list_a_misspelling(auditkit):
    card = auditkit("problem", "s101", "-l", "pl")
    assert card.code == 0
    assert card.out.startswith("S101 · error")
    assert "Co zrobić:" in card.out
    assert auditkit("problem").out.count("\n") > 100
    assert auditkit("problem", "S1011").code == 2


def test_lint__file_line_column(auditkit, tmp_path):
    (tmp_path / "checklist.yaml").write_text("checklist: a\nversoin: 1.0.0\ntitle: A\n", encoding="utf-8")
    said = auditkit("lint", "checklist.yaml")
    assert said.code == 1
    assert "checklist.yaml:2:1" in said.out
    assert "version" in said.out
    assert all(each["line"] for each in json.loads(auditkit("lint", "checklist.yaml", "--json").out))


def test_lint__a_folder_without_definitions(auditkit, tmp_path):
    assert auditkit("lint", tmp_path).code == 2


def test_program__plain_where_piped(program):
    said = program("problem", "S101")
    assert said.code == 0
    assert "\x1b" not in said.out


def test_program__a_disk_that_refuses_is_a_problem(program, tmp_path):
    (tmp_path / "f.xlsx.part").mkdir()
    said = program("form", "appearance", "-o", "f.xlsx")
    assert said.code == 2
    assert said.err.startswith("f.xlsx.part: error R296")
    assert "Traceback" not in said.err
    assert "R296" in program("form", "appearance", "-o", "f.xlsx", AUDITKIT_LANGUAGE="kk").err
    assert "Traceback" in program("form", "appearance", "-o", "f.xlsx", AUDITKIT_TRACEBACK="1").err


def test_program__a_fault_of_ours_is_one_sentence(monkeypatch, capsys):
    def broken(_: str) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("auditkit.cli.main.application", broken)
    monkeypatch.setattr("sys.argv", ["auditkit", "run"])
    with pytest.raises(SystemExit) as left:
        main()
    said = capsys.readouterr().err
    assert (left.value.code, said.count("\n")) == (2, 1)
    assert "RuntimeError: two lines" in said


def test_program__a_terminal_of_letters_only(program):
    said = program("problem", "S101", "-l", "ru", PYTHONIOENCODING="ascii")
    assert said.code == 0


@pytest.mark.skipif(os.name == "nt", reason="a pipe that closes early is a matter of POSIX")
def test_program__a_reader_that_goes_away(tmp_path):
    command = f"{sys.executable} -m auditkit.cli.main problem | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, timeout=60, check=False, cwd=tmp_path)  # noqa: S602
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr


def test_progress__drawn_on_a_terminal_only(capsys):
    bar = Progress(3, "visits")
    bar.step()
    bar.end()
    assert capsys.readouterr().err == ""
    bar.visible, bar.began, bar.drawn = True, bar.began - 5, bar.drawn - 5
    bar.step()
    assert "visits" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_where_nothing_can_be_raised__is_heard_a_moment_later():
    """Inside `__del__`, as inside a library's callback, the interruption itself is lost."""
    code = """
import os, signal, sys, time
from auditkit.cli import start, main

class Loud:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)

def program():
    Loud()
    time.sleep(20)

main.main = program
start.main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=15, check=False)  # noqa: S603
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
