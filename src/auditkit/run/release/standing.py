"""How far a wave is published: its latest release, the last day of appeals, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.model.publication import FINAL, Objected, Publication, reference
from auditkit.run.release.manifest import Manifest, releases_of


def publication_of(home: ProgrammeFolder, wave: str) -> Publication | None:
    """What stands of a wave; `None` where nothing of it was released."""
    releases = releases_of(home.folder, wave)
    if not releases:
        return None
    latest = releases[-1]
    return standing(home, wave, latest.release, latest.kind, latest.at, releases[:-1])


def standing(
    home: ProgrammeFolder, wave: str, release: str, kind: str, at: str, earlier: list[Manifest]
) -> Publication:
    """What stands with a release that is just made, after these."""
    day = date.fromisoformat(at[:10])
    return Publication(release, kind, day, last_day(home, kind, day), _before(kind, earlier), _objected(home, wave))


def last_day(home: ProgrammeFolder, kind: str, day: date) -> date | None:
    """Of appeals against a release; `None` where there are none."""
    days = home.programme.rules.appeal_days
    return day + timedelta(days=days) if kind != FINAL and days else None


def _before(kind: str, earlier: list[Manifest]) -> dict[str, str]:
    provisional = [each for each in earlier if each.kind != FINAL]
    if kind != FINAL or not provisional:
        return {}
    return {code: one.shown for code, one in provisional[-1].branches.items()}


def _objected(home: ProgrammeFolder, wave: str) -> dict[tuple[str, str], Objected]:
    found = {}
    for line, outcome in home.decisions.appeals(wave):
        key = reference(line.visit, line.checklist, line.answers), line.item
        said = outcome.what.value if outcome is not None else "open"
        found[key] = Objected(line.reason, said, outcome.reason if outcome is not None else "")
    return found


def covered(known: Publication | None, words: Callable[[str], str]) -> Publication | None:
    """As branches may read it: what people wrote about appeals with names and codes masked."""
    if known is None or not known.objected:
        return known
    objected: Mapping[tuple[str, str], Objected] = {
        key: each._replace(words=words(each.words), reason=words(each.reason)) for key, each in known.objected.items()
    }
    return Publication(known.release, known.kind, known.day, known.appeal_until, known.before, objected)
