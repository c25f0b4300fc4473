import json
import re
from pathlib import Path

import pytest

from tests.docs.generated import PAGES, ROOT

LOCALES = ROOT / "src" / "auditkit" / "locales"


@pytest.mark.parametrize("name", PAGES)
def test_generated_page__fresh(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name](), (
        f"docs/{name} is stale: python -m tests.docs.generated"
    )


@pytest.mark.parametrize(
    "page", [p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]]
)
def test_links_of_a_page__lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in link and not link.startswith("mailto:"):
            assert ((ROOT / page).parent / link).exists(), f"{page} links to {link}"


def _catalogue(language):
    found = {}
    for part in sorted((LOCALES / language).glob("*.json")):
        area = json.loads(part.read_text(encoding="utf-8"))
        assert not found.keys() & area.keys(), f"{part.name} says again {found.keys() & area.keys()}"
        found.update(area)
    return found


def _places(message):
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("language", ["ru", "kk", "pl", "ro"])
def test_catalogue__says_everything_with_the_same_facts(language):
    english, other = _catalogue("en"), _catalogue(language)
    assert sorted(english) == sorted(other)
    for key, message in english.items():
        assert _places(message) == _places(other[key]), f"{language} {key}"
    for key, message in other.items():
        if isinstance(message, dict):
            assert "other" in message, key


def test_every_problem_code__has_its_message():
    from auditkit.cli.codes import every_code

    english = _catalogue("en")
    for code in every_code():
        assert f"{code}.says" in english, code
        assert f"{code}.do" in english, code


def test_no_page_of_the_repository__names_a_machine_path():
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *Path(ROOT / "src").rglob("*.py")]:
        assert not re.search(r"(?<![\w.])/(work|root|farm)/", page.read_text(encoding="utf-8")), page
