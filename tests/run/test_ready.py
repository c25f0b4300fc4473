"""The network's page that a run leaves: shown where nothing moved, never where anything did."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from auditkit.definitions.programme import load_programme
from auditkit.model.publication import Publication
from auditkit.reports.network_page import draw, page_from
from auditkit.reports.terminal_network import page_of
from auditkit.run import ready
from auditkit.run.programme import run
from auditkit.run.showing import last_results
from tests.run.made import BRANCHES, CHECKLIST, PROGRAMME, call, programme, report

RETENTION = "retention: {submissions: 100}\n"
PEOPLE = "people:\n  - {name: Ann, role: editor}\n  - {name: Bob, role: approver}\n"
PAST = "branch,wave,score\nB01,2024,70\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    programme(tmp_path, programme=PROGRAMME + PEOPLE + RETENTION)
    report(tmp_path, "W1/V1", "B01", {"names": "no"})
    report(tmp_path, "W1/V2", "B02", outcome="closed")
    report(tmp_path, "W2/V3", "B01", {"thanks": "no"})
    report(tmp_path, "W2/V4", "B03", {"greets": "Да"})
    (tmp_path / "visits/W2/broken.xlsx").write_bytes(b"no workbook")
    run(tmp_path, processes=1)
    assert is_ready()
    return tmp_path


def is_ready(wave: str | None = None) -> bool:
    return ready.ready_page(Path(), wave) is not None


def shown(*words: str) -> tuple[str, str, int]:
    made = call("show", "network", *words)
    return made.stdout, made.stderr, made.exit_code


def anew(*words: str) -> tuple[str, str, int]:
    """The same without what the last run left."""
    path = Path(".auditkit") / ready.NAME
    left = path.read_bytes() if path.exists() else None
    path.unlink(missing_ok=True)
    try:
        return shown(*words)
    finally:
        if left is not None:
            path.write_bytes(left)


def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing may be reckoned."""

    def never(*_: object) -> None:
        raise AssertionError("the tables were asked")

    monkeypatch.setattr("auditkit.run.showing.last_results", never)


WAYS = [(), ("--json",), ("--wave", "W1"), ("--wave", "W2"), ("--wave", "W9"), ("-l", "ru"), ("-l", "en"), ("-l", "xx")]


@pytest.mark.parametrize("words", WAYS, ids=" ".join)
@pytest.mark.parametrize("width", ["80", "100", "160"])
def test_every_way_to_ask__the_same_bytes(words, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", width)
    assert shown(*words) == anew(*words)


def test_ready__nothing_is_reckoned_nor_loaded(monkeypatch):
    before = anew()
    refused(monkeypatch)
    assert shown() == shown("--wave", "W2") == before
    with pytest.raises(AssertionError):
        call("show", "network", "-l", "kk")


def test_environment__another_language_is_reckoned(monkeypatch):
    monkeypatch.setenv("AUDITKIT_LANGUAGE", "pl")
    assert shown() == anew()
    assert "Oddział" in shown()[0] or "placówka" in shown()[0].lower()


def added(name: str, text: str) -> Callable[[], object]:
    def change() -> None:
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def replaced(name: str, old: str, new: str) -> Callable[[], object]:
    def change() -> None:
        text = Path(name).read_text(encoding="utf-8")
        assert old in text
        Path(name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def newer() -> None:
    folder = Path("checklists/desk")
    (folder / "checklist-1.1.0.yaml").write_text(CHECKLIST.replace("1.0.0", "1.1.0"), encoding="utf-8")


def lost() -> None:
    next(Path(".auditkit/results").glob("visits-*.parquet")).unlink()


CHANGES = {
    "a branch's name": replaced("branches.csv", "Oak Street", "Oak Avenue"),
    "a branch more": added("branches.csv", "B04,Fir Street,South\n"),
    "the programme's name": replaced("programme.yaml", "Acme", "Acme Ltd"),
    "a fault in the programme": replaced("programme.yaml", "time_zone", "time_zoen"),
    "a question's words": replaced("checklists/desk/checklist.yaml", "Thanks the", "Thanks every"),
    "a translation": lambda: Path("checklists/desk/checklist.ru.yaml").write_text("title: Касса\n", encoding="utf-8"),
    "a new version": newer,
    "earlier scores": added("history.csv", PAST),
    "earlier scores with a fault": added("history.csv", "branch,wave,score\nB77,2024,\n"),
    "staff": added("staff.csv", "branch,name\n"),
    "a decision with a fault": added("decisions.csv", "number\nx\n"),
    "a wave's results gone": lambda: shutil.rmtree(".auditkit/results"),
    "a table gone": lost,
    "the memory gone": lambda: shutil.rmtree(".auditkit/state"),
    "everything gone": lambda: shutil.rmtree(".auditkit"),
    "a file more": lambda: report(Path(), "W2/V5", "B02"),
    "a file of an earlier wave gone": lambda: Path("visits/W1/V1.json").unlink(),
    "no visits at all": lambda: shutil.rmtree("visits"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed__as_if_nothing_had_been_left__and_again_after_a_run(name):
    CHANGES[name]()
    assert shown() == anew()
    run(Path(), processes=1)
    assert shown() == anew()
    assert shown("--json") == anew("--json")


@pytest.mark.parametrize("name", ["a branch's name", "the programme's name", "a question's words", "a branch more"])
def test_changed__is_seen_at_once(name):
    before = shown()
    replaced("checklists/desk/checklist.yaml", "Thanks the", "Thanks the")()
    CHANGES[name]()
    assert not is_ready()
    assert shown()[0] != before[0]


def test_decided__shows_as_before_until_the_next_run():
    before = shown()
    said = call("decide", "exclude", "W2", "V3", "--reason", "Not our branch", "--by", "Ann")
    assert said.exit_code == 0, said.output
    assert not is_ready()
    assert shown() == anew() == before
    run(Path(), processes=1)
    assert is_ready()
    assert shown() == anew()
    assert shown()[0] != before[0]


def test_changed_so_that_no_report_is_written__is_ready_again():
    Path("columns").mkdir()
    Path("columns/spare.yaml").write_text("checklist: desk\n", encoding="utf-8")
    assert not is_ready()
    assert run(Path(), processes=1).written == ()
    assert is_ready()
    assert shown() == anew()


def test_purged__no_page_names_what_is_gone():
    path = Path(".auditkit") / ready.NAME
    assert b"broken.xlsx" in path.read_bytes()
    done = call("purge", "--yes", "--by", "Ann")
    assert done.exit_code == 0, done.output
    assert not Path("visits/W2/broken.xlsx").exists()
    assert not path.exists() or is_ready()
    assert shown() == anew()
    run(Path(), processes=1)
    assert is_ready()
    assert shown() == anew()


def test_purge_that_is_killed__has_taken_the_page_before_any_file(monkeypatch):
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("auditkit.run.purging.deleting._carry_out", dies)
    call("purge", "--yes", "--by", "Ann")
    assert Path("visits/W2/broken.xlsx").exists()
    assert not (Path(".auditkit") / ready.NAME).exists()


def test_an_earlier_wave_reported__leaves_the_page_of_the_latest():
    before = shown()
    run(Path(), wave="W1", processes=1)
    assert is_ready()
    assert shown() == before == anew()
    assert shown("--wave", "W1") == anew("--wave", "W1")
    assert shown("--wave", "W1")[0] != before[0]


def test_run_with_nothing_new__makes_the_page_again_where_it_is_gone_or_damaged():
    path = Path(".auditkit") / ready.NAME
    whole = path.read_bytes()
    for content in (None, b"", b"\xff\xfe", whole[:-7], whole.replace(b"Oak", b"Elk"), whole[65:], b"{}\n[]"):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        assert not is_ready()
        assert shown() == anew()
        assert run(Path(), processes=1).written == ()
        assert path.read_bytes() == whole


def test_of_another_programme_or_program__is_not_looked_at(tmp_path, monkeypatch):
    other = programme(tmp_path / "other", branches=BRANCHES.replace("Oak", "Elk"))
    report(other, "W2/V3", "B01")
    run(other, processes=1)
    shutil.copy(other / ".auditkit" / ready.NAME, Path(".auditkit") / ready.NAME)
    assert not is_ready()
    assert "Elk" not in shown()[0]
    run(Path(), processes=1)
    assert is_ready()
    monkeypatch.setattr(ready, "__version__", "0.0.1")
    assert not is_ready()


def test_a_file_that_changes_while_it_is_read__no_page_is_kept(monkeypatch):
    (Path(".auditkit") / ready.NAME).unlink()
    monkeypatch.setattr("auditkit.run.programme.inputs_of", lambda _folder: "of a moment ago")
    run(Path(), processes=1)
    assert not is_ready()


def test_a_folder_that_takes_no_page__the_run_is_none_the_worse(monkeypatch):
    (Path(".auditkit") / ready.NAME).unlink()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ready, "write_whole", full)
    assert run(Path(), processes=1).done
    assert not is_ready()


OPENED: list[str] | None = None


def _hear(event: str, args: tuple[object, ...]) -> None:
    if OPENED is not None and event == "open" and isinstance(args[0], str | bytes | Path):
        with contextlib.suppress(ValueError):
            OPENED.append(str(args[0]) if not isinstance(args[0], bytes) else args[0].decode())


def test_every_file_that_is_read_to_show_it__is_in_the_key(home):
    global OPENED  # noqa: PLW0603  what Python tells of cannot be told not to
    for name in ("calendar", "history", "managers", "staff", "decisions"):
        path = home / f"{name}.csv"
        if not path.exists():
            path.write_text("", encoding="utf-8")
    newer()
    sys.addaudithook(_hear)
    OPENED = []
    try:
        call("show", "network")
        read = {Path(each).resolve() for each in OPENED}
    finally:
        OPENED = None
    known = {path.resolve() for _, path in ready._read(home)}
    ours = {each for each in read if each.is_relative_to(home) and each.is_file()}
    beyond = {each.relative_to(home).parts[0] for each in ours - known}
    assert beyond <= {".auditkit", "visits", "releases"}
    assert {"programme.yaml", "branches.csv", "checklist.yaml"} <= {each.name for each in ours}


def test_how_far_a_wave_is_published__stands_nowhere_in_it():
    home, _ = load_programme(Path())
    assert home is not None
    found, _ = last_results(home, None)
    assert found is not None
    figures, context = found.network(visits=False)
    published = replace(context, publication=Publication("W2-01-final", "final", date(2026, 7, 1), None, {}, {}))
    assert page_of(figures, "en", published) == page_of(figures, "en", context)
    assert page_from(json.loads(json.dumps(page_of(figures, "en", context)))) == page_of(figures, "en", context)


def test_drawn_as_it_was_made(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    found = ready.ready_page(Path(), None)
    assert found is not None
    drawn = io.StringIO()
    draw(Console(file=drawn, width=100, highlight=False, markup=False, emoji=False), found.page)
    assert drawn.getvalue() == shown()[0]
