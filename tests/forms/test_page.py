"""The page form in a real browser: filled, closed, opened again, handed in, scored."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from auditkit.forms.blank import Blank, Remark
from auditkit.forms.page.writing import _parts, data_of, page_of, write_page
from auditkit.intake.checks import check
from auditkit.intake.evidence import in_report
from auditkit.intake.reading import read_file
from auditkit.locales import LANGUAGES, say
from auditkit.model.asked import asked_items
from auditkit.model.checklist import Checklist
from auditkit.model.judging import Observer
from auditkit.model.visit import NOT_ASKED
from tests.forms.browser import DESK, PHONE, Shopper, opened, program, watched
from tests.forms.person import LIBRARY, SHIPPED, answers_for, filled, only_given, shipped
from tests.forms.test_workbook import digits
from tests.scoring.random_cases import Case, cases
from tests.verify.sheets import checklist_from

chromium = [pytest.mark.chromium, pytest.mark.slow]
CODE = "K7-Q3-0412"


def written(folder: Path, *names: str, **facts) -> Path:
    """A page form on shipped checklists."""
    blank = Blank(
        [shipped(name) for name in names or ("phone-etiquette",)],
        **{"visit_id": CODE, "branch": "B07", "wave": "2026-Q3", "shopper": "K7", **facts},
    )
    write_page(blank, folder / "form.html")
    return folder / "form.html"


# -- what is in the file -------------------------------------------------------------------------------------------


def test_nothing_from_anywhere_else():
    text = page_of(Blank([shipped(name) for name in SHIPPED], visit_id=CODE))
    assert not re.findall(r"(?:src|href)=|https?://|url\(|@import", text)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_no_weights_no_credits_no_points(tmp_path):
    yaml = """
        checklist: desk
        version: 1.0.0
        title: Desk
        min_coverage: 41.7
        grades:
          - {grade: splendid, at_least: 83.77, verdict: pass}
          - {grade: poor, verdict: fail}
        sections:
          - id: a
            title: A
            weight: 61.93
            items:
              - {id: one, text: Is it so?, weight: 7.391, critical: fail, severity: critical}
              - id: two
                text: Which?
                kind: choice
                options: [{id: x, text: X, credit: 0.827}, {id: y, text: Y, credit: 0.119}]
              - {id: three, text: Seen in the office?, seen_by: office}
          - id: b
            title: B
            weight: 38.07
            items: [{id: four, text: Is it?}]
    """
    text = page_of(Blank([checklist_from(tmp_path, yaml)], visit_id="V"))
    for secret in ("61.93", "7.391", "0.827", "0.119", "83.77", "splendid", "41.7", "critical", "office?"):
        assert secret not in text, secret


def test_hostile_words__are_words(tmp_path):
    nasty = "</script><script>alert(1)</script><!-- & \u2028 \"'"
    yaml = f"""
        checklist: desk
        version: 1.0.0
        title: {json.dumps(nasty)}
        sections: [{{id: a, title: A, items: [{{id: one, text: {json.dumps(nasty)}}}]}}]
    """
    checklist = checklist_from(tmp_path, yaml)
    text = page_of(Blank([checklist], visit_id=nasty, branch=nasty))
    assert text.count("</script>") == 2
    assert "<script>alert" not in text
    (data,) = re.findall(r'<script type="application/json" id="form">(.*?)</script>', text, re.DOTALL)
    assert json.loads(data)["checklists"][0]["title"] == [nasty]


def test_sent_itself_instead_of_its_report__said(tmp_path):
    (told,) = read_file(written(tmp_path), LIBRARY).problems
    assert told.code == "F125"
    (tmp_path / "other.html").write_text("<!doctype html><p>auditkit page form")
    assert read_file(tmp_path / "other.html", LIBRARY).problems[0].code == "F106"


def test_all_shipped_in_five_languages__small_enough():
    for name in LIBRARY.ids():
        assert len(page_of(Blank([shipped(name)], visit_id=CODE)).encode()) < 200_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_words__every_key_that_the_scripts_ask_for(language):
    script = _parts("js")
    asked = set(re.findall(r'say\("(\w+)"', script)) | {"no_answer", "no_comment", "no_evidence", "wrong"}
    asked |= {"not_number", "out_of_range", "visit", "finish", "photo", "audio", "receipt", "file"}
    known = data_of(Blank([shipped("premises")]))["words"][language]
    assert asked - known.keys() == set()
    own = {key for key in known if not key.startswith(("c_", "a_"))}
    assert {key for key in own if f'"{key}"' not in script} == {"no_script"}


# -- in a browser ---------------------------------------------------------------------------------------------------


class TestInABrowser:
    pytestmark = chromium

    @pytest.mark.parametrize(("names", "language", "seed"), [(SHIPPED, "kk", 1), (SHIPPED[2:3], "pl", 2)])
    def test_filled__the_scores_of_the_workbook(self, page, tmp_path, names, language, seed):
        checklists = [shipped(name) for name in names]
        shopper = Shopper(opened(page, written(tmp_path, *names, language=language)), *checklists)
        shopper.cover()
        shopper.everything({each.checklist: answers_for(each, seed) for each in checklists})
        got = read_file(shopper.report(tmp_path), LIBRARY)
        wanted = read_file(filled(tmp_path, checklists, language, seed), LIBRARY)
        assert got.problems == ()
        assert len(got.readings) == len(checklists)
        for checklist, one, other in zip(checklists, got.readings, wanted.readings, strict=True):
            assert one.problems == ()
            assert one.submission.answers == other.submission.answers
            same = ("visit_id", "branch", "wave", "shopper", "visit_date", "start", "end", "outcome", "definition_hash")
            for name in same:
                assert getattr(one.submission, name) == getattr(other.submission, name), name
            assert one.submission.language == language
            assert digits(checklist, one.submission) == digits(checklist, other.submission)
        assert page.faults == []

    def test_closed_in_the_middle__taken_up_again(self, playwright, tmp_path):
        checklist, path = shipped("phone-etiquette"), written(tmp_path)
        answers = {checklist.checklist: answers_for(checklist, 3)}

        def browser_of_hers():
            return playwright.chromium.launch_persistent_context(
                str(tmp_path / "profile"), executable_path=program(), args=["--no-sandbox"], viewport=PHONE
            )

        first = browser_of_hers()
        shopper = Shopper(opened(watched(first.new_page()), path), checklist)
        shopper.cover()
        for step in (1, 2):
            shopper.go(step)
            shopper.step(answers)
        shopper.page.locator("#kept:not(:empty)").wait_for()
        shopper.page.wait_for_timeout(300)
        first.close()
        second = browser_of_hers()
        shopper = Shopper(opened(watched(second.new_page()), path), checklist)
        assert shopper.page.locator("#told").is_visible()
        assert shopper.page.locator("#steps").input_value() == "2"
        for step in range(3, shopper.steps() - 1):
            shopper.go(step)
            shopper.step(answers)
        (reading,) = read_file(shopper.report(tmp_path), LIBRARY).readings
        second.close()
        assert only_given(reading.submission.answers) == only_given(answers[checklist.checklist])

    def test_what_is_missing__listed_with_jumps(self, page, tmp_path):
        checklist = shipped("phone-etiquette")
        shopper = Shopper(opened(page, written(tmp_path)), checklist)
        shopper.finish()
        lines = page.locator("main .list button")
        (reading,) = read_file(shopper.report(tmp_path), LIBRARY).readings
        problems = check(reading.submission, checklist)
        missing = [each.params["item"] for each in problems if each.code == "S101"]
        assert [each.split()[0] for each in lines.all_text_contents()[1:]] == missing
        assert lines.first.text_content() == "Date of the visit – no answer".replace("Date", " Date", 1)
        lines.nth(3).click()
        number = missing[2]
        item = next(id_ for id_, at in checklist.numbers.items() if at == number)
        assert page.evaluate("document.activeElement.closest('fieldset').id") == f"q-phone-etiquette-{item}"

    def test_comment_and_photo__asked_for_where_the_answer_needs_them(self, page, tmp_path):
        yaml = """
            checklist: desk
            version: 1.0.0
            title: Desk
            sections:
              - id: a
                title: A
                items:
                  - {id: clean, text: Is it clean?, comment: {when: not_met, at_least: 12}, evidence: {when: not_met, kind: photo}}
        """  # noqa: E501
        checklist = checklist_from(tmp_path, yaml)
        write_page(Blank([checklist], visit_id="V1", branch="B"), tmp_path / "form.html")
        shopper = Shopper(opened(page, tmp_path / "form.html"), checklist)
        shopper.cover()
        shopper.go(1)
        box = shopper.box(checklist, "clean")
        shopper.answer(checklist, "clean", "yes")
        assert box.locator(".due:visible").count() == 0
        shopper.answer(checklist, "clean", "no")
        assert box.locator(".due:visible").count() == 2
        box.locator("textarea").fill("Dirt")
        assert "At least 12 characters; now 4." in box.inner_text()
        box.locator("textarea").fill("Dirt on the floor")
        picture = tmp_path / "IMG 0001.png"
        picture.write_bytes(_png(page, 2400, 1200))
        box.locator("input[type=file]").set_input_files(picture)
        box.locator(".files li").wait_for()
        assert box.locator(".due:visible").count() == 0
        shopper.finish()
        assert page.locator("main .due").count() == 0
        path = shopper.report(tmp_path)
        (reading,) = read_file(path, _Only(checklist)).readings
        assert reading.submission.comments == {"clean": "Dirt on the floor"}
        assert reading.submission.evidence == {"clean": "V1-1.1-1.jpg"}
        assert check(reading.submission, checklist) == ()
        (piece,) = in_report(json.loads(path.read_text()), "report.json")
        assert (piece.visit, piece.name, piece.kind) == ("V1", "V1-1.1-1.jpg", "photo")
        data = json.loads(path.read_text())["photos"]["V1-1.1-1.jpg"]["data"]
        script = """async (text) => {
            const bytes = Uint8Array.from(atob(text.split(",")[1]), (sign) => sign.charCodeAt(0));
            const picture = await createImageBitmap(new Blob([bytes]));
            return [picture.width, picture.height];
        }"""
        assert page.evaluate(script, data) == [1600, 800]
        assert piece.taken is not None

    def test_storage_blocked__said_before_the_first_question(self, page, tmp_path):
        page.add_init_script("Object.defineProperty(window, 'indexedDB', {get() { throw new Error('blocked'); }});")
        opened(page, written(tmp_path, language="ru"))
        notice = page.locator("header .notice").first
        assert say("ru", "page.no_store") in notice.inner_text()
        checklist = shipped("phone-etiquette")
        shopper = Shopper(page, checklist)
        shopper.cover()
        shopper.go(1)
        shopper.step({checklist.checklist: answers_for(checklist, 3)})
        with page.expect_download() as waiting:
            page.locator("header .notice button").first.click()
        draft = tmp_path / "draft.json"
        waiting.value.save_as(draft)
        # A new page that knows nothing: the draft brings everything back.
        opened(page, tmp_path / "form.html")
        page.locator("input[accept*=json]").first.set_input_files(draft)
        page.locator("#told:not([hidden])").wait_for()
        shopper.everything({checklist.checklist: answers_for(checklist, 3)})
        (reading,) = read_file(shopper.report(tmp_path), LIBRARY).readings
        assert only_given(reading.submission.answers) == only_given(answers_for(checklist, 3))
        assert str(reading.submission.visit_date) == "2026-08-20"

    def test_storage_full__said_at_once(self, page, tmp_path):
        opened(page, written(tmp_path))
        page.evaluate(
            "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
        )
        page.locator("#f-branch").fill("B08")
        page.locator("#kept.notice").wait_for()
        assert say("en", "page.store_full") in page.locator("#kept").inner_text()
        with page.expect_download():
            page.locator("#kept button").click()

    def test_share__offered_only_where_the_browser_can(self, page, tmp_path):
        shopper = Shopper(opened(page, written(tmp_path)))
        shopper.finish()
        assert page.get_by_role("button", name=say("en", "page.share")).count() == 0
        page.add_init_script(
            "navigator.canShare = () => true;navigator.share = async ({files}) => { window.handed = files[0].name; };"
        )
        opened(page, tmp_path / "form.html")
        shopper.finish()
        page.get_by_role("button", name=say("en", "page.share")).click()
        page.locator("#told:not([hidden])").wait_for()
        assert page.evaluate("window.handed") == f"{CODE}.json"

    def test_returned_report__its_remarks_beside_the_questions(self, page, tmp_path):
        checklist = shipped("phone-etiquette")
        (reading,) = read_file(filled(tmp_path, [checklist], "pl", 3), LIBRARY).readings
        item = next(iter(only_given(reading.submission.answers)))
        remarks = (Remark("phone-etiquette", item, "Proszę sprawdzić."), Remark("", "visit_date", "Ta data minęła."))
        facts = {"filled": {"phone-etiquette": reading.submission}, "remarks": remarks, "supersedes": "ab" * 32}
        opened(page, written(tmp_path, language="pl", **facts))
        assert page.locator("main .remark").inner_text() == "Ta data minęła."
        page.locator("main section.notice button").click()
        assert "Proszę sprawdzić." in page.evaluate("document.activeElement.closest('fieldset').innerText")
        (again,) = read_file(Shopper(page, checklist).report(tmp_path), LIBRARY).readings
        assert again.submission.answers == reading.submission.answers
        assert (again.submission.supersedes, again.submission.visit_id) == ("ab" * 32, CODE)
        assert again.submission.start == reading.submission.start

    def test_visit_not_carried_out__asks_nothing(self, page, tmp_path):
        shopper = Shopper(opened(page, written(tmp_path)), shipped("phone-etiquette"))
        shopper.cover(outcome="no_answer")
        shopper.go(1)
        assert page.locator("fieldset:visible").count() == 0
        (reading,) = read_file(shopper.report(tmp_path), LIBRARY).readings
        assert (reading.submission.outcome, reading.submission.answers) == ("no_answer", {})
        assert check(reading.submission, shipped("phone-etiquette")) == ()

    def test_file_of_another_form__refused(self, page, tmp_path):
        opened(page, written(tmp_path))
        for at, text in enumerate(("{}", "not json", '{"auditkit":"page","format":1,"reports":[]}')):
            (tmp_path / f"{at}.json").write_text(text)
            page.locator("input[accept*=json]").first.set_input_files(tmp_path / f"{at}.json")
            page.locator("#told", has_text=f"{at}.json").wait_for()
            assert page.locator("#told").inner_text() == say("en", "page.not_ours", name=f"{at}.json")

    def test_delete_everything(self, page, tmp_path):
        opened(page, written(tmp_path))
        page.locator("#f-branch").fill("B99")
        page.locator("summary").last.click()
        page.get_by_role("button", name=say("en", "page.delete")).click()
        page.get_by_role("button", name=say("en", "page.delete_yes")).click()
        page.locator("#told:not([hidden])").wait_for()
        opened(page, tmp_path / "form.html")
        assert page.locator("#f-branch").input_value() == "B07"

    def test_keyboard_alone(self, page, tmp_path):
        checklist = shipped("premises")
        opened(page, written(tmp_path, "premises"))
        page.locator("#f-branch").focus()
        page.keyboard.type("X")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.className") == "first":
                break
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "step"
        item = next(iter(only_given(answers_for(checklist, 1))))
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.type") in ("radio", "checkbox"):
                break
        page.keyboard.press("Space")
        assert Shopper(page).box(checklist, item).locator("input:checked").count() == 1
        assert page.evaluate("document.activeElement.checked")

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
    def test_wcag(self, browser, tmp_path, size, scheme):
        from axe_playwright_python.sync_playwright import Axe

        remark = Remark("phone-etiquette", "rings", "Please look at it.")
        path = written(tmp_path, "phone-etiquette", remarks=(remark,), language="kk" if size is PHONE else "en")
        context = browser.new_context(viewport=size, color_scheme=scheme)
        page = opened(watched(context.new_page()), path)
        shopper = Shopper(page, shipped("phone-etiquette"))
        found = []
        for step in range(shopper.steps()):
            shopper.go(step)
            for each in page.locator("input[type=radio]:visible").all()[:2]:
                each.check()
            tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
            result = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
            found += [
                (step, each["id"], [node["html"] for node in each["nodes"]]) for each in result.response["violations"]
            ]
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        context.close()
        assert found == []

    def test_touch_targets__large_enough(self, page, tmp_path):
        shopper = Shopper(opened(page, written(tmp_path)))
        for step in range(shopper.steps()):
            shopper.go(step)
            heights = page.evaluate(
                "[...document.querySelectorAll('button, .choice, select, input[type=text], summary, .button')]"
                ".filter((e) => e.offsetParent)"
                ".map((e) => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 50)])"
            )
            assert [each for each in heights if each[0] < 44] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_button_beside_a_time__never_broken_within_a_word(self, page, tmp_path, language):
        page.set_viewport_size({"width": 360, "height": 740})
        opened(page, written(tmp_path, "appearance", language=language))
        lines = page.evaluate(
            "() => [...document.querySelectorAll('.with button')].map((button) => {"
            "const range = document.createRange(); range.selectNodeContents(button);"
            "return new Set([...range.getClientRects()].map((each) => each.top)).size; })"
        )
        assert lines == [1, 1]

    def test_without_scripts__says_what_to_do(self, browser, tmp_path):
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(written(tmp_path).as_uri())
        shown = page.locator("body").inner_text()
        context.close()
        assert all(say(language, "page.no_script") in shown for language in LANGUAGES)

    def test_law__asks_what_the_model_asks(self, page):
        """Random checklists, half filled: the page's own rules against `model.asked`."""
        page.goto("about:blank")
        model = (Path("src/auditkit/forms/page/parts/model.js")).read_text(encoding="utf-8")
        seen = set()

        @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
        @given(cases())
        def law(case: Case) -> None:
            checklist = Checklist.model_validate(case.doc)
            answers = {k: v for k, v in case.answers.items() if v not in ("maybe", NOT_ASKED)}
            answers = {
                k: v.astimezone(UTC).replace(tzinfo=None) if isinstance(v, datetime) else v for k, v in answers.items()
            }
            data = data_of(Blank([checklist], seen_by=tuple(Observer)))
            plain = {k: list(v) if isinstance(v, tuple) else _text(v) for k, v in answers.items()}
            asked = page.evaluate(
                "([data, answers, position]) => { document.body.innerHTML = '<p id=form></p>';"
                "document.getElementById('form').textContent = data;"
                f"return (() => {{ {model} return [...askedOf(CHECKLISTS[0], answers, position)]; }})(); }}",
                [json.dumps(data), plain, case.position],
            )
            wanted = asked_items(checklist, answers, case.position)
            there = {row["id"] for row in data["checklists"][0]["rows"] if "id" in row}
            assert set(asked) == wanted & there
            seen.add(there <= wanted)

        law()
        assert seen == {True, False}


def _text(value) -> str:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)


def _png(page, width: int, height: int) -> bytes:
    """A picture that the browser itself draws."""
    import base64

    text = page.evaluate(
        "([w, h]) => { const c = document.createElement('canvas'); c.width = w; c.height = h;"
        "c.getContext('2d').fillRect(0, 0, w / 2, h); return c.toDataURL('image/png'); }",
        [width, height],
    )
    return base64.b64decode(text.partition(",")[2])


class _Only:
    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist

    def get(self, _id: str, _version: str | None = None, /) -> Checklist:
        return self.checklist
