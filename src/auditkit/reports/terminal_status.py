"""How far a wave is, in the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from auditkit.figures import date_text
from auditkit.locales import say
from auditkit.model.following import State, Status
from auditkit.reports.as_json import dumped
from auditkit.reports.bars import indented, table

if TYPE_CHECKING:
    from rich.console import Console

_MOST = 12
"""Visits or branches that are named one by one."""


def print_status(console: Console, told: Status, language: str) -> None:
    """The sum, then by shopper, region and agency, then what is outstanding."""
    from rich.text import Text

    left = say(language, "reports.status_left" if told.days_left >= 0 else "reports.status_over", n=abs(told.days_left))
    title = told.wave.title.said(language) if told.wave.title else told.wave.id
    console.print(Text(f"{title} · {left}", style="bold"))
    if not told.planned:
        console.print(say(language, "reports.status_no_plan"))
    for name, groups in told.groups.items():
        _table(console, name, groups, language)
    for line in _outstanding(told, language):
        indented(console, line, 0)


def _table(console: Console, name: str, groups: Mapping[str, Counter[State]], language: str) -> None:
    wanted = [state for state in State if any(counts[state] for counts in groups.values())]
    title = "" if name == "all" else say(language, f"reports.status_by_{name}")
    titles = [
        say(language, "reports.status_planned"),
        *(say(language, f"reports.status_{each.value}") for each in wanted),
    ]
    made = table(title, *titles, right=tuple(range(1, len(titles) + 1)))
    for group, counts in groups.items():
        named = group or say(language, "reports.status_sum" if name == "all" else "reports.status_nobody")
        made.add_row(named, str(counts.total()), *(str(counts[state]) for state in wanted))
    console.print()
    console.print(made)


def _outstanding(told: Status, language: str) -> Iterator[str]:
    yield ""
    if told.overdue:
        visits = (
            f"{each.visit_id} ({', '.join(filter(None, (each.branch, each.shopper)))}"
            f"{'; ' + date_text(each.to, language) if each.to else ''})"
            for each in told.overdue[:_MOST]
        )
        yield _listed("overdue", list(visits), len(told.overdue), language)
    without = [f"{each.code} {each.name}".strip() for each in told.without]
    for name, found in (("without", without), ("unplanned", told.unplanned), ("unreadable", told.unreadable)):
        if found:
            yield _listed(name, list(found[:_MOST]), len(found), language)


def _listed(name: str, shown: list[str], count: int, language: str) -> str:
    more = ", …" if count > len(shown) else ""
    return say(language, f"reports.status_list_{name}", n=count, names=", ".join(shown) + more)


def status_json(told: Status) -> str:
    """The same as data."""
    return dumped({
        "wave": told.wave.id,
        "day": told.today.isoformat(),
        "days_left": told.days_left,
        "planned": told.planned,
        "groups": {
            name: {group: {state.value: n for state, n in counts.items()} for group, counts in groups.items()}
            for name, groups in told.groups.items()
        },
        "visits": [
            {"visit": each.planned.visit_id, "branch": each.planned.branch, "shopper": each.planned.shopper,
             "state": each.state.value, "files": list(each.files)}
            for each in told.visits
        ],
        "branches_without": [each.code for each in told.without],
        "unplanned": list(told.unplanned),
        "unreadable": list(told.unreadable),
    })  # fmt: skip
