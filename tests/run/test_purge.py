"""What is past its time is deleted, and every score, decision and release comes out as before."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from auditkit.cli.main import application
from auditkit.intake.kept_names import is_kept
from auditkit.model.visit import GONE
from auditkit.results.columns import TABLES
from auditkit.results.store import Store
from tests.run.made import CHECKLIST, PROGRAMME, programme, report

WORDS = "She was rude to Anna"
"""In every report; nowhere once its time is over."""
PEOPLE = "people:\n  - {name: Ann, role: editor}\n  - {name: Bob, role: approver}\n"
KEEP = "retention: {photo: 30, audio: 20, file: 90, submissions: 100}\n"
MORE = (
    "      - {id: told, kind: text, text: What was said?}\n"
    "      - {id: wait, kind: number, text: Minutes, unit: minutes, scored: false}\n"
    "      - {id: when, kind: timestamp, text: When?}\n"
    "      - {id: had, kind: multi, text: What was offered?, options: "
    "[{id: tea, text: Tea, credit: 0.5}, {id: cake, text: Cake, credit: 0.5}]}\n"
)
SAID = {"told": WORDS, "wait": "2.50", "when": "2026-05-04T10:05:00", "had": "tea; cake"}
SIGNED = ("--by", "Ann", "--approved-by", "Bob")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """W1 with reports as JSON, one as a table of three visits; W2 with one. Everything is half a year old."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AUDITKIT_LANGUAGE", raising=False)
    rules = "rules: {comments: all, columns: {'visits/W1/wide.csv': wide.yaml}}\n"
    programme(tmp_path, programme=PROGRAMME + PEOPLE + KEEP + rules, checklist=CHECKLIST + MORE)
    spoken = {"comments": {"greets": WORDS, "thanks": WORDS}, "facts": {"note": WORDS}, "employee": "Anna"}
    report(tmp_path, "W1/V1", "B01", {**SAID, "thanks": "no"}, **spoken)
    report(tmp_path, "W1/V2", "B01", {**SAID, "greets": "Да"}, evidence={"greets": "Anna.jpg"})
    report(tmp_path, "W1/V3", "B02", {"names": "not_applicable", "smiles": "not_observed", "had": "none"}, **spoken)
    report(tmp_path, "W1/V4", "B02", outcome="closed", handed_in="2026-05-05T10:00:00+05:00")
    (tmp_path / "visits/W1/broken.xlsx").write_bytes(WORDS.encode())
    (tmp_path / "columns").mkdir()
    (tmp_path / "columns/wide.yaml").write_text(
        "checklist: desk\nvisit: Code\nbranch: Shop\ndate: Day\nshopper: Who\n"
        "items: {each: {greets: G, names: N, smiles: S, thanks: {column: T, comment: Words}, told: Told, had: Had}}\n",
        encoding="utf-8",
    )
    (tmp_path / "visits/W1/wide.csv").write_text(
        "Code,Shop,Day,Who,G,N,S,T,Told,Words,Had,Spare\n"
        f"X1,B03,2026-05-06,K1,yes,yes,no,yes,{WORDS},{WORDS},tea,{WORDS}\n"
        f"X2,B03,2026-05-07,K1,no,yes,no,yes,{WORDS},{WORDS},cake,\n"
        f"X3,B02,2026-05-08,K2,yes,no,yes,yes,,{WORDS},none,\n",
        encoding="utf-8",
    )
    report(tmp_path, "W2/V9", "B01", {**SAID, "smiles": "no"}, **spoken)
    return tmp_path


def call(*words: object, code: int | None = 0) -> Any:
    result = CliRunner().invoke(application(), [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert code is None or result.exit_code == code, result.output
    return result


def run(wave: str = "W1") -> Any:
    return json.loads(call("run", "--wave", wave, "--json", code=None).stdout)


def purge(*words: str, code: int | None = 0) -> Any:
    return json.loads(call("purge", *words, "--json", code=code).stdout)


def settle() -> None:
    """Nothing waits any more."""
    run()


def rows(wave: str = "W1") -> dict[str, list[tuple[Any, ...]]]:
    """The tables without words and without what only says so."""
    left_out = {"comment", "evidence", "answer", "employee", "params", "value"}
    found = {}
    with Store(Path(".auditkit/results")).open([wave]) as tables:
        for table in TABLES:
            names = ", ".join(f'"{name}"' for name in table.names if name not in left_out)
            found[table.name] = sorted(tables.ask(f"SELECT {names} FROM {table.name}"), key=str)  # noqa: S608  our own names
    return found


def lay(name: str, data: bytes = b"x", wave: str = "W1") -> Path:
    path = Path("evidence") / wave / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def register() -> list[dict[str, str]]:
    with Path("purges.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def with_words(folder: Path = Path()) -> list[str]:
    """Files that hold the shopper's words, packed ones unpacked."""
    from zipfile import ZipFile, is_zipfile

    found = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        if path.suffix == ".parquet":
            import duckdb

            text = str(duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall())  # noqa: S608  our own names
        elif is_zipfile(path):
            with ZipFile(path) as archive:
                text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        else:
            text = path.read_bytes().decode("utf-8", "replace")
        if WORDS in text or "Anna" in text:
            found.append(path.as_posix())
    return found


def test_scores__are_those_of_before() -> None:
    settle()
    before = {wave: rows(wave) for wave in ("W1", "W2")}
    assert len(before["W1"]["visits"]) == 8
    told = purge("--yes", "--by", "Ann", code=0)
    assert {each["file"] for each in told["files"] if each["deleted"]} == {
        "visits/W1/V1.json", "visits/W1/V2.json", "visits/W1/V3.json", "visits/W1/V4.json", "visits/W1/broken.xlsx",
        "visits/W1/wide.csv", "visits/W2/V9.json",
    }  # fmt: skip
    assert sorted(path.name for path in Path("visits").rglob("*.*")) == [
        "V1.json.kept", "V2.json.kept", "V3.json.kept", "V4.json.kept", "V9.json.kept", "broken.xlsx.kept",
        "wide.csv.kept",
    ]  # fmt: skip
    assert {wave: rows(wave) for wave in ("W1", "W2")} == before
    again = run()
    assert (again["read"], again["written"]) == (0, [])
    assert ("R265", "6") in {(each["code"], each["value"]) for each in again["problems"]}
    shutil.rmtree(".auditkit")
    run()
    assert {wave: rows(wave) for wave in ("W1", "W2")} == before


def test_words__are_nowhere_in_the_folder() -> None:
    settle()
    run("W2")
    assert len(with_words()) > 10
    Path(".auditkit/batch-left").mkdir()
    Path(".auditkit/batch-left/items.csv").write_text(WORDS, encoding="utf-8")
    purge("--yes", "--by", "Ann")
    assert with_words() == []
    call("export", "--to", "csv", "-o", "tables", code=None)
    assert list(Path("tables").rglob("*.csv")) or list(Path().rglob("*.csv"))
    assert with_words() == []
    with Store(Path(".auditkit/results")).open(["W1"]) as tables:
        told = dict(tables.ask("SELECT item, comment FROM items WHERE comment <> ''"))
        answers = set(tables.ask("SELECT answer FROM items WHERE item = 'told' AND answer <> ''"))
    assert told == {"greets": GONE, "thanks": GONE}
    assert answers == {(GONE,)}
    shown = " ".join(call("show", "branch", "B01", "-w", "W1", "-l", "en").stdout.split())
    assert "(deleted)" in shown


def test_without_yes__nothing_is_touched() -> None:
    settle()
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    told = call("purge", "-l", "en").stdout
    assert "visits/W1/V1.json" in told
    assert "Nothing was deleted" in told
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--yes",), "--by"), (("--yes", "--by", "Zoe"), "R233"), (("W7",), "R205")],
)
def test_who_and_what__else_refused(words: tuple[str, ...], said: str) -> None:
    settle()
    assert said in call("purge", *words, code=2).stderr
    assert not Path("purges.csv").exists()


def test_not_run_since_something_changed__said_or_run_first(home: Path) -> None:
    assert "R268" in call("purge", code=2).stderr
    settle()
    report(home, "W1/V7", "B01")
    assert "R268" in call("purge", "W1", code=2).stderr
    told = purge("W1", "--yes", "--by", "Ann", code=1)
    assert [each["file"] for each in told["files"] if not each["deleted"]] == ["visits/W1/V7.json"]


def test_register__what_when_by_whom_and_why() -> None:
    settle()
    lay("V1/talk.mp3", b"sound")
    lay("V2/Anna.jpg")
    run()
    purge("W1", "--yes", "--by", "Ann")
    by_file = {each["file"]: each for each in register()}
    sound = by_file["evidence/W1/V1/talk.mp3"]
    assert (sound["kind"], sound["by"], sound["rule"]) == ("audio", "Ann", "audio 20, visit 2026-05-04")
    assert sound["sha256"] == hashlib.sha256(b"sound").hexdigest()
    assert (sound["bytes"], sound["kept"], sound["at"][:2]) == ("5", "", "20")
    kept = Path("visits/W1/wide.csv.kept").read_bytes()
    assert by_file["visits/W1/wide.csv"]["kept"] == hashlib.sha256(kept).hexdigest()
    assert [each["number"] for each in register()] == [str(number) for number in range(1, len(register()) + 1)]
    assert not Path("evidence/W1/V1").exists()
    before = Path("purges.csv").read_bytes()
    assert purge("--yes", "--by", "Ann", code=0)["files"][0]["wave"] == "W2"
    assert Path("purges.csv").read_bytes().startswith(before)


def test_kinds__by_ending_by_question_and_by_name(home: Path) -> None:
    path = Path("checklists/desk/checklist.yaml")
    path.write_text(f"{CHECKLIST}{MORE}      - {{id: bill, kind: receipt, text: Receipt}}\n", encoding="utf-8")
    text = Path("programme.yaml").read_text(encoding="utf-8")
    Path("programme.yaml").write_text(text.replace(KEEP, "retention: {photo: 30, receipt: 9000}\n"), encoding="utf-8")
    report(home, "W1/V5", "B01", {"bill": "scan.pdf", "had": "none"})
    for name in ("scan.pdf", "чек 1.jpg", "shop.jpg", "bonus.jpg", "Receipt_2.PNG", "talk.mp3", "a.docx"):
        lay(f"V5/{name}", name.encode())
    run()
    told = purge("W1")
    assert {each["file"].rpartition("/")[2] for each in told["files"]} == {"shop.jpg", "bonus.jpg"}


def test_counted_from__the_visit_or_the_end_of_the_wave() -> None:
    settle()
    lay("V1/a.jpg")
    lay("V99/b.jpg", b"y")
    told = {each["file"]: each["since"] for each in purge("W1")["files"]}
    assert told["evidence/W1/V1/a.jpg"] == "2026-05-04"
    assert told["evidence/W1/V99/b.jpg"] == "2026-05-31"
    assert told["visits/W1/wide.csv"] == "2026-05-08"
    text = Path("programme.yaml").read_text(encoding="utf-8")
    Path("programme.yaml").write_text(text.replace("{photo: 30", "{since: wave, photo: 30"), encoding="utf-8")
    run()
    assert {each["since"] for each in purge("W1")["files"]} == {"2026-05-31"}


def test_undecided__is_kept_until_somebody_decides(home: Path) -> None:
    report(home, "W1/V5", "B01", {"greets": None})
    report(home, "W1/V6", "B02", {"had": "none"}, handed_in="2026-06-20T10:00:00")
    lay("V6/a.jpg")
    lay("V2/Anna.jpg")
    settle()
    told = purge("W1", "--yes", "--by", "Ann", code=1)
    left = {each["file"]: each["needed"] for each in told["files"] if not each["deleted"]}
    assert left == {"visits/W1/V5.json": "R260", "visits/W1/V6.json": "R260", "evidence/W1/V6/a.jpg": "R260"}
    assert Path("visits/W1/V5.json").is_file()
    call("decide", "accept", "W1", "V6", "--by", "Bob", "--reason", "Ill")
    run()
    before = rows()
    told = purge("W1", "--yes", "--by", "Ann", code=1)
    assert {each["file"] for each in told["files"] if each["deleted"]} == {"visits/W1/V6.json", "evidence/W1/V6/a.jpg"}
    assert rows() == before


def test_an_appeal_that_is_open__keeps_what_it_is_about() -> None:
    from auditkit.definitions.programme import load_programme
    from auditkit.model.decision import Decision, What
    from auditkit.run.deciding import Bench
    from auditkit.run.decision_lines import write

    settle()
    home, _ = load_programme(Path())
    assert home is not None
    of = next(each.incoming for each in Bench.of(home, "W1").reports if each.incoming.visit_id == "X2")
    at = "2026-06-02T10:00:00+05:00"
    line = Decision(0, at, "Bob", "approver", What.APPEAL, "W1", "X2", "desk", reason="No", answers=of.answers)
    write(home, [line])
    told = purge("W1", "--yes", "--by", "Ann", code=1)
    left = {each["file"]: each["needed"] for each in told["files"] if not each["deleted"]}
    assert left == {"visits/W1/wide.csv": "R260"}
    home, _ = load_programme(Path())
    assert home is not None
    write(home, [Decision(0, at, "Bob", "approver", What.REJECT, "W1", item="1", reason="Seen")])
    purge("W1", "--yes", "--by", "Ann")
    assert is_kept(Path("visits/W1/wide.csv"))


def test_comments_that_were_decided_on__wait_for_nobody_once_they_are_gone() -> None:
    settle()
    call("decide", "withhold", "W1", "X2", "thanks", "--by", "Bob", "--reason", "Names somebody")
    call("review", "W1")
    purge("W1", "--yes", "--by", "Ann")
    assert not Path("review/W1.xlsx").exists()
    assert with_words(Path("reports/W1")) == []
    call("review", "W1", "--all")
    assert GONE not in str(with_texts(Path("review/W1.xlsx")))


def with_texts(path: Path) -> list[str]:
    from openpyxl import load_workbook

    cells = (cell for sheet in load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.value is not None]


def test_despite__with_its_reason_in_the_register(home: Path) -> None:
    report(home, "W1/V5", "B01", {"greets": None})
    settle()
    before = rows()
    purge("W1", "--yes", "--by", "Ann", "--despite", "Order of a court")
    assert is_kept(Path("visits/W1/V5.json"))
    assert {each["file"]: each["despite"] for each in register()}["visits/W1/V5.json"] == "Order of a court"
    assert {each["despite"] for each in register()} == {"", "Order of a court"}
    assert rows() == before


def test_appeals__nothing_of_the_wave_is_deleted() -> None:
    settle()
    said = call("release", "W1", "--provisional", *SIGNED).stderr
    assert said.count("R266") == 1
    told = purge("W1", "--yes", "--by", "Ann", code=1)
    assert {each["needed"] for each in told["files"]} == {"R261"}
    assert not any(each["deleted"] for each in told["files"])
    path = Path("releases/W1-01-provisional.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"at": "2026-06-10T10:00:00+05:00"}), encoding="utf-8")
    assert all(each["deleted"] for each in purge("W1", "--yes", "--by", "Ann")["files"])


def test_release__of_evidence_that_stays_long_enough_warns_of_nothing() -> None:
    text = Path("programme.yaml").read_text(encoding="utf-8")
    Path("programme.yaml").write_text(text.replace(KEEP, "retention: {photo: 9000, submissions: 9000}\n"), "utf-8")
    lay("V1/a.jpg")
    settle()
    assert "R266" not in call("release", "W1", "--provisional", *SIGNED).stderr
    Path("programme.yaml").write_text(text.replace(KEEP, "retention: {photo: 30}\n"), encoding="utf-8")
    run()
    assert "R266" in call("release", "W1", "--provisional", *SIGNED).stderr
    Path("programme.yaml").write_text(
        text.replace(KEEP, "retention: {photo: 30}\n").replace("rules: {", "rules: {appeal_days: 0, "), encoding="utf-8"
    )
    run()
    assert "R266" not in call("release", "W1", "--provisional", *SIGNED).stderr


def test_replay_and_decisions__after_the_files_are_gone() -> None:
    settle()
    call("decide", "amend", "W1", "V1", "thanks", "yes", "--by", "Bob", "--reason", "Heard")
    call("decide", "exclude", "W1", "X2", "--by", "Bob", "--reason", "Wrong shop")
    run()
    call("release", "W1", "--final", *SIGNED)
    before = rows()
    purge("W1", "--yes", "--by", "Ann")
    assert rows() == before
    said = call("replay", "W1-01-final", "-l", "en")
    assert "8 of 8 results and 3 of 3 branch scores" in " ".join(said.stdout.split())
    assert "R265" in said.stderr
    problems = {each["code"] for each in run()["problems"]}
    assert "R257" not in problems
    assert "R236" not in problems
    call("decide", "amend", "W1", "X1", "smiles", "yes", "--by", "Bob", "--reason", "Seen")
    assert "R257" in {each["code"] for each in run()["problems"]}
    call("release", "W1", "--final", *SIGNED)
    call("replay", "W1-02-final")


def test_explain__still_names_the_cell() -> None:
    settle()
    before = call("explain", "X2", "-l", "en", "--json").stdout
    one = call("explain", "V2", "1.1", "-l", "en").stdout
    purge("W1", "--yes", "--by", "Ann")
    said = call("explain", "X2", "1.3", "-l", "en")
    assert "visits/W1/wide.csv[G3]" in said.stdout
    assert "R265" in said.stderr
    assert call("explain", "V2", "1.1", "-l", "en").stdout == one
    assert "“Да”" in one
    after = call("explain", "X2", "-l", "en", "--json").stdout
    assert after == before.replace(WORDS, GONE)
    assert call("explain", "visits/W1/V1.json", "-l", "en", "--checklist", "desk", code=None).exit_code == 0


def test_a_new_file_under_the_old_name__counts(home: Path) -> None:
    settle()
    purge("W1", "--yes", "--by", "Ann")
    report(home, "W1/V1", "B01", {"had": "tea; cake"})
    run()
    with Store(Path(".auditkit/results")).open(["W1"]) as tables:
        ((score,),) = tables.ask("SELECT score_num FROM visits WHERE visit_id = 'V1'")
    assert score == "100"


def test_photos_inside_a_page__go_before_the_words() -> None:
    text = Path("programme.yaml").read_text(encoding="utf-8")
    Path("programme.yaml").write_text(text.replace("submissions: 100", "submissions: 9000"), encoding="utf-8")
    path = Path("visits/W1/V1.json")
    own = json.loads(path.read_text(encoding="utf-8")) | {"evidence": {"greets": "V1-1.jpg"}}
    page = {"auditkit": "page", "format": 1, "draft": False, "reports": [own]}
    path.write_text(json.dumps(page | {"photos": {"V1-1.jpg": "data:image/jpeg;base64,/9j/4QAA"}}), encoding="utf-8")
    lay("V2/Anna.jpg")
    run()
    before = rows()
    told = purge("W1", "--yes", "--by", "Ann")
    assert [(each["file"], each["kind"], each["without"]) for each in told["files"]] == [
        ("evidence/W1/V2/Anna.jpg", "photo", ""), ("visits/W1/V1.json", "photo", "photos"),
    ]  # fmt: skip
    kept = Path("visits/W1/V1.json.kept").read_text(encoding="ascii")
    assert "/9j/4QAA" not in kept
    assert WORDS in kept
    assert rows() == before
    Path("programme.yaml").write_text(text, encoding="utf-8")
    run()
    assert "V1" not in call("evidence", "W1", "-l", "en", code=None).stdout
    purge("W1", "--yes", "--by", "Ann")
    assert WORDS not in Path("visits/W1/V1.json.kept").read_text(encoding="ascii")
    assert rows()["visits"] != []
    assert [each["file"] for each in register()].count("visits/W1/V1.json") == 2
    assert not {each["code"] for each in run()["problems"]} & {"R269", "R270"}


def test_evidence_that_was_deleted__proves_what_it_proved() -> None:
    Path("scenarios").mkdir()
    Path("scenarios/s.yaml").write_text(
        "scenario: s\ntitle: S\nlegend: L\nproof: [{kind: photo, what: the entrance}]\n", encoding="utf-8"
    )
    for number in range(1, 4):
        lay(f"V{number}/{'Anna' if number == 2 else 'a'}.jpg", str(number).encode())
    for code in ("X1", "X2", "X3"):
        lay(f"{code}/a.jpg", code.encode())
    assert run()["fates"]["held"] == 0
    call("evidence", "W1", code=None)
    before = rows()
    text = Path("programme.yaml").read_text(encoding="utf-8")
    Path("programme.yaml").write_text(text.replace("submissions: 100", "submissions: 9000"), encoding="utf-8")
    run()
    purge("W1", "--yes", "--by", "Ann")
    assert list(Path("evidence/W1").glob("*/*")) == []
    told = run()
    assert (told["read"], told["fates"]["held"]) == (0, 0)
    shutil.rmtree(".auditkit")
    assert run()["fates"]["held"] == 0
    after = rows()
    assert [row[:10] for row in after["visits"]] == [row[:10] for row in before["visits"]]
    said = call("evidence", "W1", "-l", "en", code=None).stdout
    assert "S402" not in said
    assert "S403 " not in said.replace("V4", "")
    assert "is lacking" not in said
    call("casefile", "B01", "W1", "-o", "case.xlsx")
    from openpyxl import load_workbook

    sheet = load_workbook("case.xlsx").worksheets[0]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("evidence/W1/V1/a.jpg" in each and "deleted on" in each for each in texts)


def test_a_report_that_a_person_let_count_without_its_file__goes_too(home: Path) -> None:
    lay("V1/a.jpg")
    run()
    call("decide", "accept", "W1", "V2", "--by", "Bob", "--reason", "Seen by the shop's manager")
    run()
    before = rows()
    purge("W1", "--yes", "--by", "Ann")
    assert is_kept(home / "visits/W1/V2.json")
    assert rows() == before


def test_an_answer_file_that_nobody_wrote_down__is_named(home: Path) -> None:
    settle()
    purge("W1", "--yes", "--by", "Ann")
    Path("visits/W1/V1.json.kept").rename("visits/W1/V8.json.kept")
    problems = {(each["code"], each["place"]) for each in run()["problems"]}
    assert ("R270", "visits/W1/V8.json") in problems
    (home / "purges.csv").unlink()
    assert ("R270", "visits/W1/V2.json") in {(each["code"], each["place"]) for each in run()["problems"]}


def test_country__is_only_proposed() -> None:
    text = Path("programme.yaml").read_text(encoding="utf-8").replace(KEEP, "country: RO\n")
    Path("programme.yaml").write_text(text, encoding="utf-8")
    lay("V1/talk.mp3")
    run()
    told = purge("W1", "--yes", "--by", "Ann", code=1)
    assert [(each["code"], each["value"]) for each in told["problems"]] == [("R262", "audio")]
    assert Path("evidence/W1/V1/talk.mp3").exists()
    Path("programme.yaml").write_text(f"{text}retention: {{audio: 30}}\n", encoding="utf-8")
    assert "D445" not in str(run()["problems"])
    purge("W1", "--yes", "--by", "Ann")
    assert not Path("evidence/W1/V1/talk.mp3").exists()


@pytest.mark.parametrize(
    ("more", "warned"), [("audio: 90", True), ("audio: 90, because: A court", False), ("photo: 90", False)]
)
def test_longer_than_usual__asks_why(more: str, warned: bool) -> None:
    text = Path("programme.yaml").read_text(encoding="utf-8").replace(KEEP, f"country: RO\nretention: {{{more}}}\n")
    Path("programme.yaml").write_text(text, encoding="utf-8")
    assert ("D445" in str(run()["problems"])) is warned


def test_copies_of_the_program__go_too() -> None:
    settle()
    for name in ("returns/W1/K77/V1.xlsx", "alerts/W1/B01.txt", "returns/W2/K77/V9.xlsx"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(WORDS, encoding="utf-8")
    purge("W1", "--yes", "--by", "Ann")
    assert not Path("returns/W1").exists() or not list(Path("returns/W1").rglob("*.xlsx"))
    assert not list(Path("alerts").rglob("*.txt"))
    assert Path("returns/W2/K77/V9.xlsx").exists()


def test_register_that_is_damaged__stops_every_deletion() -> None:
    settle()
    purge("W1", "--yes", "--by", "Ann")
    text = Path("purges.csv").read_text(encoding="utf-8-sig")
    Path("purges.csv").write_text(text.replace("submissions", "subm", 1), encoding="utf-8")
    told = purge("W2", "--yes", "--by", "Ann", code=1)
    assert [(each["code"], each["value"]) for each in told["problems"]] == [("R267", "subm")]
    assert Path("visits/W2/V9.json").exists()


def test_kept_answers_that_somebody_changed__are_named() -> None:
    settle()
    call("release", "W1", "--final", *SIGNED)
    purge("W1", "--yes", "--by", "Ann")
    path = Path("visits/W1/V1.json.kept")
    path.write_text(path.read_text(encoding="ascii").replace('"thanks":"no"', '"thanks":"yes"'), encoding="ascii")
    said = call("replay", "W1-01-final", code=1).stderr
    assert "R270" in said
    assert "R256" in said
    assert {"R270", "R257"} <= {each["code"] for each in run()["problems"]}
    path.write_bytes(path.read_bytes()[:-40])
    found = run()
    assert {"S239"} <= {each["code"] for each in found["problems"]}


def test_put_back__is_said_and_deleted_again() -> None:
    path = lay("V1/a.jpg")
    lay("V2/Anna.jpg", b"y")
    settle()
    purge("W1", "--yes", "--by", "Ann")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    assert "R269" in {each["code"] for each in run()["problems"]}
    lines = len(register())
    purge("W1", "--yes", "--by", "Ann")
    assert (path.exists(), len(register())) == (False, lines)


def test_check__takes_what_was_kept_for_the_file() -> None:
    settle()
    purge("W1", "--yes", "--by", "Ann")
    said = call("check", "visits/W1/V1.json.kept", "visits/W1/V2.json", "--checklist", "checklists/desk", code=None)
    assert "S225" not in said.output
    both = call("check", "visits/W1", "--checklist", "checklists/desk", code=None).output
    assert "kept" not in both
