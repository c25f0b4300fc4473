"""What becomes of everything that came in: each submission and each unreadable file has exactly one fate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from auditkit.model.decision import Decision, What
from auditkit.model.visit import UNREACHED, Outcome


class Fate(StrEnum):
    """Where a submission ended; the order is the one in which reports list them."""

    ACCEPTED = "accepted"
    HELD = "held"
    RETURNED = "returned"
    EXCLUDED = "excluded"
    DUPLICATE = "duplicate"
    NOT_CARRIED_OUT = "not_carried_out"
    UNREADABLE = "unreadable"


class Incoming(NamedTuple):
    """All that must be known of a submission to decide on it; small, since a wave holds millions."""

    key: str
    """Names it in all tables; unique."""
    file: str
    visit_id: str = ""
    checklist: str = ""
    shopper: str = ""
    answers: str = ""
    """Hash of everything that scoring looks at."""
    sha256: str = ""
    """Of the file."""
    supersedes: str = ""
    handed_in: str = ""
    """ISO 8601, or ''."""
    outcome: str = Outcome.DONE.value
    readable: bool = True
    complete: bool = True
    """No problem sends it back."""
    covered: bool = True
    """At or above the checklist's `min_coverage`."""
    printed_code: bool = False
    """The visit code was printed in a form of ours, so that the same code means the same visit."""
    hold: str = ""
    """Why it waits for a person though it is complete: words for machines, `; ` between them."""


class Decided(NamedTuple):
    """A submission's fate; `reason` is a word for machines (`duplicate_of`, `two_versions` …) and what it points at."""

    fate: Fate
    reason: str = ""


_ACCEPTED, _UNREADABLE = Decided(Fate.ACCEPTED), Decided(Fate.UNREADABLE)
_INCOMPLETE = Decided(Fate.RETURNED, "incomplete")


Deciding = Callable[[Incoming], Decision | None]
"""What a person decided of a report, if anybody did."""


def settle(
    incoming: Iterable[Incoming], *, review_all: bool = False, decided: Deciding | None = None
) -> dict[str, Decided]:
    """Key → fate. The order in which things came in changes nothing. `review_all`: each complete one waits."""
    found: dict[str, Decided] = {}
    taken: set[str] = set()
    found |= _settled(_left(incoming, decided, found, taken) if decided is not None else incoming, taken)
    if review_all:
        waiting = Decided(Fate.HELD, "review")
        waits = (key for key, each in found.items() if each.fate is Fate.ACCEPTED and key not in taken)
        found |= dict.fromkeys(list(waits), waiting)
    return found


def _left(
    incoming: Iterable[Incoming], decided: Deciding, found: dict[str, Decided], taken: set[str]
) -> Iterator[Incoming]:
    """What no person has set aside, with what a person has taken as if nothing were wrong with it."""
    for each in incoming:
        decision = decided(each) if each.visit_id else None
        if decision is None:
            yield each
            continue
        match decision.what:
            case What.EXCLUDE:
                found[each.key] = Decided(Fate.EXCLUDED, f"decision {decision.number}")
            case What.RETURN:
                found[each.key] = Decided(Fate.RETURNED, f"decision {decision.number}")
            case What.ACCEPT:
                taken.add(each.key)
                yield each._replace(covered=True, hold="")
            case What.ACCEPT_INCOMPLETE:
                taken.add(each.key)
                yield each._replace(covered=True, complete=True, hold="")
            case _:
                yield each


def _settled(incoming: Iterable[Incoming], taken: Collection[str] = ()) -> dict[str, Decided]:
    found: dict[str, Decided] = {}
    first_of: dict[tuple[str, str], Incoming] = {}
    several: dict[tuple[str, str], list[Incoming]] = {}
    for each in incoming:
        if not each.readable:
            found[each.key] = _UNREADABLE
        elif not each.visit_id:
            found[each.key] = _INCOMPLETE
        else:
            visit = (each.visit_id, each.checklist)
            first = first_of.setdefault(visit, each)
            if first is not each:
                several.setdefault(visit, [first]).append(each)
    for visit, alone in first_of.items():
        if visit in several:
            found |= _several_of_one_visit(sorted(several[visit]), taken)
        else:
            found[alone.key] = _by_itself(alone)
    return found


def _several_of_one_visit(group: list[Incoming], taken: Collection[str]) -> dict[str, Decided]:
    """The reports of one visit on one checklist."""
    first_of: dict[str, Incoming] = {}
    found: dict[str, Decided] = {}
    for each in sorted(group, key=_rank):
        original = first_of.setdefault(each.answers, each)
        if original is not each:
            found[each.key] = Decided(Fate.DUPLICATE, f"duplicate_of {original.file}")
    return found | _versions(list(first_of.values()), taken)


def _rank(each: Incoming) -> tuple[bool, str, str]:
    # `report (1).xlsx` is the copy, `report.xlsx` the original.
    return (not each.complete, each.file.replace(" (", "\x7f("), each.key)


def _versions(different: list[Incoming], taken: Collection[str]) -> dict[str, Decided]:
    """Reports of one visit that say different things: one replaces the other, or both wait for a person.

    Once a person has decided on one of them, a later one replaces it only where it says so itself.
    """
    replaced = {each.supersedes: each for each in different if each.supersedes}
    found: dict[str, Decided] = {}
    left = []
    for each in different:
        by = replaced.get(each.sha256)
        if by is not None and by is not each:
            found[each.key] = Decided(Fate.EXCLUDED, f"superseded_by {by.file}")
        else:
            left.append(each)
    # An incomplete report does not stand in the way of a complete one of the same visit.
    whole = [each for each in left if each.complete]
    if len(whole) == 1:
        found |= {each.key: _by_itself(each) for each in left}
        return found
    latest = None if any(each.key in taken for each in whole) else _latest(whole)
    if latest is not None:
        for each in whole:
            found[each.key] = (
                _by_itself(each) if each is latest else Decided(Fate.EXCLUDED, f"superseded_by {latest.file}")
            )
    else:
        others = {each.key: ", ".join(o.file for o in whole if o is not each) for each in whole}
        found |= {each.key: Decided(Fate.HELD, f"two_versions {others[each.key]}") for each in whole}
    return found | {each.key: _by_itself(each) for each in left if not each.complete}


def _latest(whole: list[Incoming]) -> Incoming | None:
    """The later of reports by the same shopper under the same printed code, where the times tell which that is."""
    shoppers = {each.shopper for each in whole}
    times = {each.handed_in for each in whole}
    if len(whole) < 2 or len(shoppers) != 1 or "" in shoppers or "" in times or len(times) != len(whole):
        return None
    return max(whole, key=lambda each: each.handed_in) if all(each.printed_code for each in whole) else None


def _by_itself(each: Incoming) -> Decided:
    if not each.complete:
        return _INCOMPLETE
    if each.outcome != Outcome.DONE and each.outcome not in UNREACHED:
        return Decided(Fate.NOT_CARRIED_OUT, each.outcome)
    if not each.covered or each.hold:
        reasons = ("" if each.covered else "coverage", each.hold)
        return Decided(Fate.HELD, "; ".join(filter(None, reasons)))
    return _ACCEPTED


def counts(decided: Sequence[Decided]) -> dict[Fate, int]:
    """Every fate with its number, zeros included; their sum is all that came in."""
    found = dict.fromkeys(Fate, 0)
    for each in decided:
        found[each.fate] += 1
    return found
