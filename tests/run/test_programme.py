from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

from auditkit.run.programme import run
from tests.run.made import BRANCHES, CHECKLIST, PROGRAMME, programme, report, tree


def names(report_):
    return sorted(path.name for path in report_.written)


def test_first_run__every_report_is_there_and_the_sum_is_right(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01", {"names": "no"})
    report(home, "W1/V2", "B02")
    report(home, "W1/V3", "B02", outcome="closed")
    done = run(home, processes=1)
    assert done.done
    assert done.problems == ()
    assert done.wave == "W1"
    assert dict(done.fates)["accepted"] == 2
    assert dict(done.fates)["not_carried_out"] == 1
    assert done.received == 3 == sum(count for _, count in done.fates)
    assert names(done) == ["B01.xlsx", "B02.xlsx", "network.xlsx"]
    assert dict(done.scores) == {"B01": Decimal("80.0"), "B02": Decimal("100.0"), "B03": None}
    assert done.exit_code() == 0
    assert done.exit_code(Decimal(80)) == 0
    assert done.exit_code(Decimal("80.1")) == 1
    assert (home / "reports" / "W1" / "branches" / "B01.xlsx").read_bytes()[:2] == b"PK"


def test_second_run__nothing_is_read_or_written(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    report(home, "W1/V2", "B02")
    run(home, processes=1)
    before = tree(home)
    done = run(home, processes=1)
    assert (done.read, done.written, done.kept) == (0, (), 3)
    assert dict(done.scores)["B01"] == 100
    assert tree(home) == before


def test_one_changed_file__only_its_branch_and_the_network_are_written(tmp_path):
    home = programme(tmp_path)
    for at in range(6):
        report(home, f"W1/V{at}", f"B0{at % 3 + 1}")
    run(home, processes=1)
    report(home, "W1/V1", "B02", {"greets": "no"})
    done = run(home, processes=1)
    assert (done.read, names(done), done.kept) == (1, ["B02.xlsx", "network.xlsx"], 2)
    assert dict(done.scores)["B02"] == 90


def test_removed_file__its_results_and_its_branch_s_report_are_gone(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    gone = report(home, "W1/V2", "B02")
    run(home, processes=1)
    gone.unlink()
    done = run(home, processes=1)
    assert done.received == 1
    assert [path.name for path in done.removed] == ["B02.xlsx"]
    assert not (home / "reports" / "W1" / "branches" / "B02.xlsx").exists()
    assert names(done) == ["network.xlsx"]


def test_touched_file__same_bytes_are_not_read_again(tmp_path):
    home = programme(tmp_path)
    path = report(home, "W1/V1", "B01")
    run(home, processes=1)
    os.utime(path, (1, 1))
    done = run(home, processes=1)
    assert (done.read, done.written) == (0, ())


def test_same_size_and_time__a_race_right_after_the_run_is_noticed(tmp_path):
    home = programme(tmp_path)
    path = report(home, "W1/V1", "B01", {"greets": "yes", "names": "no"})
    stat = path.stat()
    run(home, processes=1)
    report(home, "W1/V1", "B01", {"greets": "no", "names": "yes"})
    assert path.stat().st_size == stat.st_size
    os.utime(path, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
    assert run(home, processes=1).read == 1


def test_definition_changed__what_was_scored_with_it_is_scored_anew(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01", {"thanks": "no"})
    assert dict(run(home, processes=1).scores)["B01"] == 60
    file = home / "checklists" / "desk" / "checklist.yaml"
    file.write_text(CHECKLIST.replace("weight: 40", "weight: 60"), encoding="utf-8")
    done = run(home, processes=1)
    assert (done.read, dict(done.scores)["B01"]) == (1, 50)
    assert names(done) == ["B01.xlsx", "network.xlsx"]


def test_calendar_changed__visits_that_count_no_working_days_stay(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    (home / "calendar.csv").write_text("country,date,working\n,2026-05-04,yes\n", encoding="utf-8")
    run(home, processes=1)
    (home / "calendar.csv").write_text("country,date,working\n,2026-05-04,no\n", encoding="utf-8")
    assert run(home, processes=1).read == 0


def test_programme_changed__everything_is_done_anew(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    run(home, processes=1)
    (home / "branches.csv").write_text(BRANCHES.replace("Oak Street", "Oak Lane"), encoding="utf-8")
    done = run(home, processes=1)
    assert (done.read, names(done)) == (1, ["B01.xlsx", "network.xlsx"])


def test_one_bad_file__is_accounted_for_and_stops_nothing(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    (home / "visits" / "W1" / "broken.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    (home / "visits" / "W1" / "half.json").write_text('{"visit_id": ', encoding="utf-8")
    (home / "visits" / "W1" / "~$V1.xlsx").write_bytes(b"lock")
    (home / "visits" / "W1" / "V2.json.draft").write_text('{"auditkit_draft": 1}', encoding="utf-8")
    done = run(home, processes=1)
    assert (dict(done.fates)["accepted"], dict(done.fates)["unreadable"], done.received) == (1, 2, 3)
    assert {each.place.file for each in done.problems} == {"visits/W1/broken.xlsx", "visits/W1/half.json"}
    assert done.exit_code() == 1
    again = run(home, processes=1)
    assert (again.read, again.problems) == (0, done.problems)


def test_duplicates__decided_over_the_whole_wave_even_where_one_of_them_was_read_long_ago(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    run(home, processes=1)
    copy = report(home, "W1/V1 (1)", "B01", visit_id="V1")
    done = run(home, processes=1)
    assert (done.read, dict(done.fates)["duplicate"], dict(done.fates)["accepted"]) == (1, 1, 1)
    assert names(done) == ["B01.xlsx", "network.xlsx"]
    copy.unlink()
    assert dict(run(home, processes=1).fates)["duplicate"] == 0


def test_waves__the_latest_with_files_is_reported_and_another_when_asked(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    report(home, "W2/V2", "B01")
    done = run(home, processes=1)
    assert done.wave == "W2"
    assert not (home / "reports" / "W1").exists()
    asked = run(home, wave="W1", processes=1)
    assert (asked.wave, asked.read, names(asked)) == ("W1", 0, ["B01.xlsx", "network.xlsx"])


def test_earlier_wave_changed__reports_that_compare_with_it_are_written(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B02")
    report(home, "W2/V2", "B01")
    run(home, processes=1)
    report(home, "W1/V1", "B02", {"greets": "no"})
    assert names(run(home, processes=1)) == ["B01.xlsx", "network.xlsx"]


def test_wave__error_names_the_nearest(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    done = run(home, wave="W11", processes=1)
    assert not done.done
    assert (done.problems[-1].code, done.problems[-1].params["known"], done.exit_code()) == ("R205", "W1", 2)


def test_no_visits__error(tmp_path):
    done = run(programme(tmp_path), processes=1)
    assert (done.done, done.problems[-1].code, done.exit_code()) == (False, "R206", 2)


def test_no_programme__error(tmp_path):
    assert run(tmp_path).exit_code() == 2


def test_lost_files__strange_folders_are_named(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    report(home, "W01/V2", "B01")
    (home / "visits" / "loose.json").write_text("{}", encoding="utf-8")
    done = run(home, processes=1)
    assert {(each.code, each.place.file) for each in done.problems} == {
        ("R201", "visits/W01"), ("R202", "visits/loose.json"),
    }  # fmt: skip


def test_processes__the_same_bytes_from_one_process_and_from_two(tmp_path):
    made = []
    for count in (1, 2):
        home = programme(tmp_path / str(count))
        for at in range(60):
            report(home, f"W1/V{at:02}", f"B0{at % 3 + 1}", {"greets": "no" if at % 7 else "yes"})
        run(home, processes=count)
        made.append((tree(home / "reports"), tree(home / ".auditkit" / "results")))
    assert made[0] == made[1]


def test_results_lost__are_reckoned_anew(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    run(home, processes=1)
    next((home / ".auditkit" / "results").glob("items-*.parquet")).unlink()
    assert run(home, processes=1).read == 1


def test_report_deleted_by_hand__is_written_again(tmp_path):
    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    run(home, processes=1)
    (home / "reports" / "W1" / "branches" / "B01.xlsx").unlink()
    assert names(run(home, processes=1)) == ["B01.xlsx"]


def test_odd_codes__stay_inside_the_folder(tmp_path):
    codes = ["../../x", "CON", "b" * 300, "a/b", "ab", "AB"]
    rows = "".join(f"{code},N {at},R\n" for at, code in enumerate(codes))
    home = programme(tmp_path / "p", branches="code,name,region\n" + rows)
    for at, code in enumerate(codes):
        report(home, f"W1/V{at}", code)
    done = run(home, processes=1)
    folder = (home / "reports" / "W1" / "branches").resolve()
    written = [path for path in done.written if path.name != "network.xlsx"]
    assert len({path.name.casefold() for path in written}) == len(codes)
    assert all(path.resolve().parent == folder and path.is_file() for path in written)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p"]


def test_locked_report__is_a_problem_and_the_next_run_writes_it(tmp_path, monkeypatch):
    from auditkit.reports import excel

    home = programme(tmp_path)
    report(home, "W1/V1", "B01")
    report(home, "W1/V2", "B02")
    real = excel.write_branch

    def locked(figures, path: Path, language, context):
        if path.name == "B01.xlsx":
            raise PermissionError(13, "Permission denied", str(path))
        real(figures, path, language, context)

    monkeypatch.setattr(excel, "write_branch", locked)
    done = run(home, processes=1)
    assert ([each.code for each in done.problems], names(done)) == (["R204"], ["B02.xlsx", "network.xlsx"])
    monkeypatch.undo()
    assert names(run(home, processes=1)) == ["B01.xlsx"]


def test_language__of_the_branch_else_of_the_programme(tmp_path):
    home = programme(tmp_path, branches="code,name,region,language\nB01,Oak,N,pl\nB02,Elm,N,\n", programme=PROGRAMME)
    report(home, "W1/V1", "B01")
    report(home, "W1/V2", "B02")
    run(home, processes=1)
    assert len(run(home, processes=1, language="ru").written) == 3
    assert run(home, processes=1, language="ru").written == ()


def test_review_all__nothing_is_accepted_by_itself(tmp_path):
    rules = f"{PROGRAMME}rules: {{review: all}}\n"
    folder = programme(tmp_path, programme=rules)
    report(folder, "W1/V1", "B01")
    report(folder, "W1/V2", "B02", {"smiles": None})
    done = run(folder)
    assert dict(done.fates) | {"held": 1, "returned": 1} == dict(done.fates)
    assert dict(done.fates)["accepted"] == 0
    assert dict(done.scores) == {"B01": None, "B02": None, "B03": None}
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    assert dict(run(folder).fates)["accepted"] == 1


def test_managers_corrected__nothing_is_scored_or_written_again(tmp_path):
    from openpyxl import Workbook

    programme(tmp_path)
    report(tmp_path, "W1/V1", "B01")
    (tmp_path / "managers.csv").write_text("code,branch,from\nM1,B01,2026-01-01\n")
    assert run(tmp_path).read == 1
    (tmp_path / "managers.csv").write_text("code,branch,from\nM2,B01,2026-01-01\n")
    again = run(tmp_path)
    assert (again.read, again.written) == (0, ())

    def workbook(manager):
        book = Workbook()
        for name, rows in {
            "branches": (["code", "region"], ["B01", "North"]),
            "managers": (["code", "branch", "from"], [manager, "B01", "2026-01-01"]),
        }.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "programme.xlsx")

    (tmp_path / "branches.csv").unlink()
    workbook("M1")
    assert run(tmp_path).read == 1
    workbook("M2")
    again = run(tmp_path)
    assert (again.read, again.written) == (0, ())


PAST = "branch,wave,score,n\nB01,2024,81.5,4\nB02,2024,70,\nB01,2025,84,\n"


def test_history_corrected__only_its_branch_and_the_network_are_written(tmp_path):
    programme(tmp_path)
    report(tmp_path, "W1/V1", "B01")
    report(tmp_path, "W1/V2", "B02")
    (tmp_path / "history.csv").write_text(PAST)
    run(tmp_path, processes=1)
    (tmp_path / "history.csv").write_text(PAST.replace("70", "71"))
    again = run(tmp_path, processes=1)
    assert (again.read, names(again)) == (0, ["B02.xlsx", "network.xlsx"])
    assert names(run(tmp_path, processes=1)) == []


def test_what_is_remembered_deleted__results_and_reports_come_out_the_same(tmp_path):
    import shutil

    home = programme(tmp_path)
    (home / "history.csv").write_text(PAST)
    (home / "managers.csv").write_text("code,branch,from\nM1,B01,2026-01-01\n")
    for at in range(6):
        report(home, f"W{at % 2 + 1}/V{at}", f"B0{at % 3 + 1}", {"greets": "no" if at % 2 else "yes"})
    made = []
    for _ in range(2):
        run(home, wave="W1", processes=1)
        run(home, processes=1)
        made.append((tree(home / "reports"), tree(home / ".auditkit" / "results")))
        shutil.rmtree(home / ".auditkit")
    assert made[0] == made[1]
    assert len(made[0][0]) == 8


def test_people__are_named_in_no_report(tmp_path):
    from zipfile import ZipFile

    home = programme(tmp_path)
    (home / "managers.csv").write_text("code,name,branch,from\nMGR77,Aidana Baimenova,B01,2026-01-01\n")
    (home / "staff.csv").write_text("code,name,branch,from\nEMP88,Berik Dosymbek,B01,2026-01-01\n")
    report(home, "W1/V1", "B01", {"greets": "no"})
    run(home, processes=1)
    reports = sorted((home / "reports").rglob("*.xlsx"))
    assert len(reports) == 2
    for path in reports:
        with ZipFile(path) as book:
            text = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
        assert not [word for word in ("MGR77", "EMP88", "Baimenova", "Dosymbek") if word in text], path.name
