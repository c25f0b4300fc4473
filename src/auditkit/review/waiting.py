"""The reports of a wave on which somebody has to decide, each with what speaks for waiting and a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from auditkit.analysis.asking import ask
from auditkit.analysis.network_shapes import NotAccepted
from auditkit.analysis.quality import quality_of
from auditkit.intake.inbox import Fate
from auditkit.model.decision import What
from auditkit.reports.quality_sheet import reason_text
from auditkit.run.deciding import Bench, Report
from auditkit.run.showing import Shown

OPEN = (Fate.HELD, Fate.RETURNED)
"""What a person can let count."""
_GRAVITY = (What.ACCEPT, What.RETURN, What.EXCLUDE)
_PROPOSED = {
    "review": What.ACCEPT,
    "late": What.ACCEPT,
    "outside_window": What.ACCEPT,
    "coverage": What.RETURN,
    "critical_not_applicable": What.RETURN,
    "outside_hours": What.RETURN,
    "proof_missing": What.RETURN,
    "proof_not_sent": What.RETURN,
    "incomplete": What.RETURN,
    "outside_wave": What.EXCLUDE,
}
"""Reason → what is usually done; where there are several the gravest. Of two versions the later is proposed."""


class Waiting(NamedTuple):
    """One report with everything that is needed to decide on it."""

    report: Report
    day: date | None
    shopper: str
    why: str
    """In words of the reader's language."""
    proposal: What | None
    """`None`: nothing is proposed."""


def waiting(shown: Shown, language: str, *, every: bool = False) -> list[Waiting]:
    """Held and returned reports by branch; with `every` also those that count."""
    bench = Bench.of(shown.home, shown.wave)
    known = {each.incoming.key: each for each in bench.reports}
    fates = [*(fate.value for fate in OPEN), *([Fate.ACCEPTED.value] if every else [])]
    found = []
    with shown.store.open([shown.wave]) as tables:
        quality = quality_of(tables, shown.wave)
        for key, file, row, visit, _, checklist, version, day, shopper, fate, reason in ask(
            tables, "waiting", wave=shown.wave, fates=fates
        ):
            report = known.get(key)
            if report is None:
                continue
            one = NotAccepted(f"{file}:{row}" if row is not None else file, visit, fate, reason, checklist, version)
            why = reason_text(quality, one, language) if fate != Fate.ACCEPTED else ""
            found.append(Waiting(report, day, shopper, why, _proposal(report, bench.reports)))
    return found


def _proposal(report: Report, every: Sequence[Report]) -> What | None:
    if report.fate.fate is Fate.ACCEPTED:
        return None
    words = [part.partition(" ")[0] for part in report.fate.reason.split("; ")]
    if "two_versions" in words:
        own = report.incoming
        rivals = [each.incoming for each in every if each.incoming[2:4] == own[2:4] and each.fate.fate is Fate.HELD]
        return What.ACCEPT if own.handed_in and own.handed_in == max(each.handed_in for each in rivals) else None
    proposed = [_PROPOSED[word] for word in words if word in _PROPOSED]
    return max(proposed, key=_GRAVITY.index, default=None)
