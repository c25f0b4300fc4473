"""What chance does to the figures, in sentences: how far visits lie apart, and what the table can carry."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import sqrt

from auditkit.analysis.certainty import Noise, PairedChange, Source, Standings
from auditkit.analysis.network_shapes import NetworkFigures
from auditkit.analysis.shapes import Context
from auditkit.figures import number_text, percent_text, rounded, score_text
from auditkit.locales import say
from auditkit.reports import wording


def chance_texts(figures: NetworkFigures, language: str, context: Context) -> Iterator[str]:
    """What the intervals of a table mean, and where they come from; or why there are none."""
    if any(row.interval for row in figures.ranking):
        yield say(language, "reports.could_be")
    versions = {(each.checklist, each.version.partition(".")[0]): each.version for each in figures.checklists}
    for noise in figures.noises:
        version = versions.get((noise.checklist, str(noise.major)), "")
        yield noise_text(noise, wording.checklist_title(context, noise.checklist, version, language), language, context)


def noise_text(noise: Noise, checklist: str, language: str, context: Context) -> str:
    """How far visits to one branch lie apart, and how that is known."""
    sd = "" if noise.variance is None else number_text(Fraction(sqrt(noise.variance)), language, 1)
    stated = context.programme.visit_sd if context.programme and noise.source is Source.STATED else None
    source = stated.source if stated is not None else ""
    return say(language, f"reports.noise.{noise.source.value}", checklist=checklist, sd=sd, source=source)


def noise_share_text(standings: Standings | None, language: str) -> str | None:
    """How much of the differences in a table is noise; `None` where that cannot be said."""
    if standings is None or standings.noise_share is None:
        return None
    percent = percent_text(rounded(Fraction(standings.noise_share) * 100, 0), language)
    if standings.at_most:
        percent = f"≤ {percent}"
    key = "reports.noise_share" if standings.fewest == standings.most else "reports.noise_share_range"
    return say(language, key, n=standings.most, fewest=standings.fewest, percent=percent)


def change_sentence(change: PairedChange, language: str) -> str:
    """The paired change with its exact p, and whether chance explains it; an arrow only where it does not."""
    p = rounded(change.p, 4)
    said = "< 0.0001" if not p else f"= {p.normalize():f}"
    point = number_text(Fraction(1, 2), language)[1]
    arrow = ("↑ " if change.mean > 0 else "↓ ") if change.beyond and change.mean else ""
    return arrow + say(
        language,
        "reports.paired.beyond" if change.beyond else "reports.paired.within",
        n=change.branches,
        change=("+" if change.mean > 0 else "") + score_text(change.mean, language),
        risen=change.risen,
        fallen=change.fallen,
        p=said.replace(".", point),
    )
