"""The form in the terminal as a person meets it: piped, in a real terminal, left and taken up again."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application

CHECKLIST = """
checklist: till
version: 1.0.0
title: {en: Till, ru: Касса}
grades:
  - {grade: good, at_least: 75, verdict: pass}
  - {grade: weak, verdict: fail}
sections:
  - id: till
    title: {en: At the till, ru: На кассе}
    items:
      - {id: greets, text: {en: Greets first?, ru: Здоровается первым?}}
      - {id: names, text: {en: Says the sum?, ru: Называет сумму?}, guidance: "Aloud, before the card is held out."}
      - {id: bag, text: {en: Offers a bag?, ru: Предлагает пакет?}, not_applicable: true}
      - {id: thanks, text: {en: Says thank you?, ru: Благодарит?}, comment: {when: not_met, at_least: 5}}
"""
COVER = "2026-05-04\n10:31\n10:47\n1\n\n\n\n\n"
"""Date, arrival, leaving, carried out; nothing counted."""
ANSWERS = {"greets": "yes", "names": "no", "bag": "not_applicable", "thanks": "no"}


@pytest.fixture(autouse=True)
def till(tmp_path, monkeypatch):
    (tmp_path / "checklists" / "till").mkdir(parents=True)
    (tmp_path / "checklists" / "till" / "checklist.yaml").write_text(CHECKLIST, encoding="utf-8")
    (tmp_path / "checklists" / "desk").mkdir()
    desk = CHECKLIST.replace("checklist: till", "checklist: desk").replace("Till", "Desk")
    (tmp_path / "checklists" / "desk" / "checklist.yaml").write_text(desk, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def fill(typed: str, *words: str):
    known = ("--branch", "B07", "--shopper", "K7", "--visit", "V1")
    return CliRunner().invoke(application(), ["fill", "till", "-o", "r.json", *known, *words], input=typed)


def report(name: str = "r.json"):
    return json.loads(Path(name).read_text(encoding="utf-8"))


def test_lines_from_a_pipe__a_report_that_check_and_score_take(auditkit):
    made = fill(COVER + "1\n2\nx\n2\nnobody looked up\n\n")
    assert made.exit_code == 0, made.output
    assert report()["answers"] == ANSWERS
    assert report()["comments"] == {"thanks": "nobody looked up"}
    assert (report()["start"], report()["end"]) == ("2026-05-04T10:31:00", "2026-05-04T10:47:00")
    assert sorted(p.name for p in Path().iterdir()) == ["checklists", "r.json"]
    assert auditkit("check", "r.json").out.strip().endswith("accepted 1.")
    assert json.loads(auditkit("score", "r.json", "--json").out)["visits"][0]["score"] == "33.3"


def test_two_checklists__a_list_of_two_reports(auditkit):
    made = CliRunner().invoke(
        application(),
        ["fill", "till", "desk", "-o", "r.json", "--branch", "B07", "--shopper", "K7"],
        input=COVER + "1\n" * 8 + "\n",
    )
    assert made.exit_code == 0, made.output
    assert [each["checklist"] for each in report()] == ["till", "desk"]
    assert len({each["visit_id"] for each in report()}) == 1
    assert auditkit("check", "r.json").out.strip().endswith("accepted 2.")


def test_the_end_of_the_input__nothing_is_lost_and_the_next_call_goes_on():
    first = fill(COVER + "1\n2\n")
    assert first.exit_code == 1
    assert "r.json.draft" in first.output
    assert not Path("r.json").exists()
    second = fill("x\n1\n\n")
    assert second.exit_code == 0
    assert "You go on where you stopped. Visit code: V1" in second.output
    assert "Greets first?" not in second.output
    assert report()["answers"] == {**ANSWERS, "thanks": "yes"}
    assert report()["visit_id"] == "V1"
    assert not Path("r.json.draft").exists()


def test_q__keeps_everything():
    assert fill(COVER + "1\nq\n").exit_code == 1
    assert "3 of 4" in fill("2\nq\n").output


def test_back_skip_and_what_is_missing_by_number():
    made = fill(COVER + "1\nb\n2\ns\ns\n1\n1\n2\nw\n")
    assert "2 answers are still missing:" in made.output
    assert "One answer is still missing:" in made.output
    assert made.exit_code == 1
    assert report()["answers"] == {"greets": "no", "names": "no", "thanks": "yes"}


def test_again__changes_a_finished_report_and_names_the_one_it_replaces(auditkit):
    from hashlib import sha256

    fill(COVER + "1\n2\nx\n1\n\n")
    before = sha256(Path("r.json").read_bytes()).hexdigest()
    refused = fill("")
    assert refused.exit_code == 2
    assert "--again" in refused.output
    made = fill("b\n2\nlooked away\n\n", "--again", "--visit", "other")
    assert made.exit_code == 0, made.output
    assert report()["answers"] == ANSWERS
    assert report()["comments"] == {"thanks": "looked away"}
    assert (report()["visit_id"], report()["branch"], report()["shopper"]) == ("V1", "B07", "K7")
    assert report()["supersedes"] == before
    assert auditkit("check", "r.json").code == 0


def test_a_comment_that_is_too_short__is_refused_with_its_length():
    made = fill(COVER + "1\n1\n1\n2\nno\nlonger now\n\n")
    assert "That is too short: 2 characters, at least 5 are needed." in made.output
    assert report()["comments"] == {"thanks": "longer now"}


def test_guidance_and_a_comment_of_ones_own():
    made = fill(COVER + "1\n?\nc\nvery quietly\n2\n1\n1\n\n")
    assert "Aloud, before the card is held out." in made.output
    assert made.exit_code == 0, made.output
    assert report()["comments"] == {"names": "very quietly"}
    assert report()["answers"] == {"greets": "yes", "names": "no", "bag": "yes", "thanks": "yes"}


def test_letters_of_a_cyrillic_keyboard__mean_the_same_keys():
    made = fill(COVER + "1\nи\n2\nы\nч\n1\nй\n", "-l", "ru")
    assert "Ничего не потеряно" in made.output
    draft = json.loads(Path("r.json.draft").read_text(encoding="utf-8"))
    given = {key: value for part, _, key, value in draft["given"] if part == "answer"}
    assert given == {"greets": "no", "bag": "not_applicable", "thanks": "yes"}


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        ("not json", "cannot be read as a draft"),
        (None, "was begun with other checklists: till"),
    ],
)
def test_a_draft_that_is_another_one__is_left_alone(draft, said):
    if draft is None:
        fill(COVER + "1\n")
        draft = Path("r.json.draft").read_text(encoding="utf-8")
    Path("r.json.draft").write_text(draft, encoding="utf-8")
    made = CliRunner().invoke(application(), ["fill", "desk", "-o", "r.json"], input="1\n")
    assert made.exit_code == 2
    assert said in made.output
    assert Path("r.json.draft").read_text(encoding="utf-8") == draft


def test_wrong_names__are_said_in_a_sentence():
    assert CliRunner().invoke(application(), ["fill", "till", "-o", "r.xlsx"]).exit_code == 2
    assert CliRunner().invoke(application(), ["fill", "till", "till", "-o", "r.json"]).exit_code == 2
    Path("r.json").write_text("[1, 2", encoding="utf-8")
    assert fill("", "--again").exit_code == 2


class Terminal:
    """The program in a terminal of its own, `columns` wide."""

    def __init__(self, columns: int, *words: str) -> None:
        pty = pytest.importorskip("pty", reason="a terminal as Unix has it")
        import fcntl
        import struct
        import termios

        self.pid, self.at = pty.fork()
        if self.pid == 0:
            env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
            command = [sys.executable, "-m", "auditkit.cli.main", "fill", "till", "-o", "r.json", *words]
            os.execve(sys.executable, command, env)  # noqa: S606  our own program
        fcntl.ioctl(self.at, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        self.screen = ""

    def until(self, words: str, seconds: float = 30) -> str:
        """What is shown until these words are."""
        end, start = time.monotonic() + seconds, len(self.screen)
        while words not in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.screen[start:]):
            assert time.monotonic() < end, self.screen
            if select.select([self.at], [], [], 0.2)[0]:
                try:
                    self.screen += os.read(self.at, 4096).decode("utf-8", "replace")
                except OSError:
                    break
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.screen[start:])

    def press(self, keys: str) -> None:
        os.write(self.at, keys.encode())

    def ended(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_in_a_terminal__single_keys_at_80_columns():
    desk = Terminal(80, "--branch", "B07", "--shopper", "K7", "--visit", "V1", "-l", "ru")
    desk.until("Дата визита")
    desk.press("n\n")
    desk.until("2 из")
    for line in ("10:31\n", "10:47\n"):
        desk.press(line)
    desk.until("На звонок никто не ответил")
    desk.press("1\n\n\n\n")
    desk.until("Здоровается первым?")
    desk.press("1")
    shown = desk.until("Называет сумму?")
    assert "1 Да" in shown
    desk.press("ы")
    desk.until("Предлагает пакет?")
    desk.press("7")
    desk.until("Введите одно из: 1, 2, x, z")
    desk.press("x")
    desk.until("Благодарит?")
    desk.press("\x1b[A1")
    shown = desk.until("Ещё не хватает 1 ответа:")
    assert "нужен ответ" not in shown
    desk.press("1\n")
    desk.until("Называет сумму?")
    desk.press("2")
    desk.until("Все вопросы отвечены.")
    desk.press("\n")
    desk.until("auditkit check r.json")
    assert desk.ended() == 0
    assert report()["answers"] == {**ANSWERS, "thanks": "yes"}
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", desk.screen)
    assert max(len(line.rstrip("\r")) for line in plain.split("\n")[3:]) <= 80


@pytest.mark.parametrize("end", ["interrupt", "close", "kill"])
def test_in_a_terminal__interrupted_or_closed__loses_nothing(end):
    desk = Terminal(100, "--branch", "B07", "--shopper", "K7", "--visit", "V1")
    desk.until("Date of the visit")
    desk.press("2026-05-04\n\n\n1\n\n\n\n")
    desk.until("Greets first?")
    desk.press("2")
    desk.until("Says the sum?")
    if end == "interrupt":
        desk.press("\x03")
        desk.until("Nothing is lost")
        assert desk.ended() == 130
    elif end == "close":
        os.close(desk.at)
        desk.ended()
    else:
        os.kill(desk.pid, signal.SIGKILL)
        desk.ended()
    made = fill("1\n1\n1\n\n")
    assert made.exit_code == 0, made.output
    assert report()["answers"] == {"greets": "no", "names": "yes", "bag": "yes", "thanks": "yes"}
