"""What chance does to the figures, in sentences: how far visits lie apart, and what the table can carry."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import sqrt

from auditkit.analysis.certainty import Noise, Source
from auditkit.analysis.shapes import Context, NetworkFigures
from auditkit.figures import number_text
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
