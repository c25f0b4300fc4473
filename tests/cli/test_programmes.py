"""A programme from its setting up to what is shown of it: init, run, show, explain."""

import json

import pytest

from tests.run.made import programme, report


@pytest.fixture
def acme(tmp_path):
    """Two branches in two waves, an incomplete report, a damaged file, a closed branch."""
    folder = programme(tmp_path / "acme")
    report(folder, "W1/V1", "B01")
    report(folder, "W1/V2", "B02", {"greets": "no"}, comments={"greets": "Nobody looked up."})
    report(folder, "W2/V3", "B01", {"thanks": "no"})
    report(folder, "W2/V4", "B02", {"smiles": None})
    report(folder, "W2/V6", "B03", outcome="closed")
    (folder / "visits" / "W2" / "x.xlsx").write_bytes(b"PK\x03\x04junk")
    return folder


@pytest.mark.parametrize("more", [(), ("--excel",), ("--country", "KZ", "-l", "ru"), ("--country", "PL", "-l", "pl")])
def test_init__a_programme_that_runs_at_once(auditkit, more):
    assert auditkit("init", "new", *more).code == 0
    said = auditkit("run", "new")
    assert (said.code, "R206" in said.err) == (2, True)


def test_init__writes_over_nothing(auditkit):
    auditkit("init", "new")
    said = auditkit("init", "new")
    assert (said.code, "D430" in said.err) == (2, True)


def test_init__a_country_that_is_not(auditkit):
    said = auditkit("init", "new", "--country", "XX")
    assert (said.code, "D431" in said.err) == (2, True)


def test_run__does_what_can_be_done_and_says_what_not(auditkit, acme):
    said = auditkit("run", acme)
    assert said.code == 1
    assert (
        "Wave W2: received 4 = accepted 1 + returned to be completed 1 + visit not carried out 1 + unreadable 1."
        in (said.out)
    )
    assert "Files read now: 6 of 6" in said.out
    assert (acme / "reports" / "W2" / "network.xlsx").is_file()
    assert "S101" in said.err
    assert "F107" in said.err


def test_second_run__reads_and_writes_nothing(auditkit, acme):
    auditkit("run", acme)
    again = auditkit("run", acme)
    assert "Files read now: 0 of 6" in again.out
    assert "0 written" in again.out


def test_run__fail_under_names_the_branches(auditkit, acme):
    (acme / "visits" / "W2" / "x.xlsx").unlink()
    (acme / "visits" / "W2" / "V4.json").unlink()
    assert auditkit("run", acme).code == 0
    assert auditkit("run", acme, "--fail-under", "60").code == 0
    said = auditkit("run", acme, "--fail-under", "61")
    assert said.code == 1
    assert "1 branch is below 61: B01 60.0." in said.out


def test_run_json__for_machines(auditkit, acme):
    found = json.loads(auditkit("run", acme, "--json").out)
    assert found["wave"] == "W2"
    assert found["received"] == sum(found["fates"].values()) == 4
    assert found["scores"]["B01"] == "60.0"
    assert {each["code"] for each in found["problems"]} == {"S101", "F107"}


def test_run__speaks_the_programmes_language(auditkit, acme):
    text = (acme / "programme.yaml").read_text(encoding="utf-8")
    (acme / "programme.yaml").write_text(text + "language: ru\n", encoding="utf-8")
    said = auditkit("run", acme)
    assert "Волна W2" in said.out
    assert "на вопрос 1.3 нет ответа" in said.err
    assert "Wave W2" in auditkit("run", acme, "-l", "en").out


def test_run__no_programme_no_wave(auditkit, acme):
    assert (auditkit("run", "nowhere").code, "D401" in auditkit("run", "nowhere").err) == (2, True)
    said = auditkit("run", acme, "--wave", "W3")
    assert (said.code, "R205" in said.err) == (2, True)


def test_run__many_problems_are_cut_and_counted(auditkit, acme):
    for at in range(30):
        report(acme, f"W2/N{at:02}", "B01", {"smiles": None})
    said = auditkit("run", acme)
    assert said.err.count("error ") == 20
    assert "12 more problems: auditkit show problems" in said.out
    everything = auditkit("show", "problems", "-p", acme)
    assert everything.code == 1
    assert everything.out.count("error ") == 32


def test_show_network__by_name_with_n_and_the_sum(auditkit, acme):
    auditkit("run", acme)
    said = auditkit("show", "network", "-p", acme)
    assert said.code == 0
    names = [line.split()[0] for line in said.out.splitlines() if line[:3] in ("B01", "B02", "B03")]
    assert names == ["B03", "B02", "B01"]
    assert "The sum is right" in said.out
    first = json.loads(auditkit("show", "network", "-p", acme, "--wave", "W1", "--json").out)
    assert first["index"]["shown"] == "90.0"


def test_show_branch__with_the_shoppers_words(auditkit, acme):
    auditkit("run", acme)
    said = auditkit("show", "branch", "B02", "-p", acme, "-w", "W1")
    assert "“Nobody looked up.”" in said.out
    assert "80.0" in said.out
    assert (
        json.loads(auditkit("show", "branch", "B02", "-p", acme, "-w", "W1", "--json").out)["branch"]["code"] == "B02"
    )


def test_show_branch__unknown_names_the_nearest(auditkit, acme):
    auditkit("run", acme)
    said = auditkit("show", "branch", "B1", "-p", acme)
    assert (said.code, "R211" in said.err, "B01" in said.err) == (2, True, True)


def test_show__before_a_run_and_after_a_change(auditkit, acme):
    said = auditkit("show", "network", "-p", acme)
    assert (said.code, "R210" in said.err) == (2, True)
    auditkit("run", acme)
    report(acme, "W2/V9", "B01")
    said = auditkit("show", "network", "-p", acme)
    assert (said.code, "R212" in said.err) == (0, True)


def test_explain__a_visit_by_its_code(auditkit, acme):
    auditkit("run", acme)
    said = auditkit("explain", "V2", "-p", acme)
    assert said.code == 0
    assert "visits/W1/V2.json[answers.greets]: “no” → No → not met" in said.out
    assert (auditkit("explain", "V2", "greet", "-p", acme).code, auditkit("explain", "V77", "-p", acme).code) == (2, 2)


def test_explain__a_file_that_no_run_has_read(auditkit, acme):
    auditkit("run", acme)
    report(acme, "W2/V9", "B01")
    assert "V9 · Desk 1.0.0" in auditkit("explain", "V9", "-p", acme).out


def test_a_code_that_branches_csv_lacks__no_workbook_and_no_row(auditkit, acme):
    report(acme, "W2/V5", "B99")
    auditkit("run", acme)
    assert not (acme / "reports" / "W2" / "branches" / "B99.xlsx").exists()
    found = json.loads(auditkit("show", "network", "-p", acme, "--json").out)
    assert "B99" not in {row["branch"]["code"] for row in found["ranking"]}
    assert any(each["file"].endswith("V5.json") for each in found["quality"]["not_accepted"])
