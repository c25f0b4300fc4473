"""What every sheet says of how far its wave is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from auditkit.analysis.shapes import Context
from auditkit.figures import date_text, score_text
from auditkit.locales import say
from auditkit.reports.sheets import Row, Sheet, paragraph


def publication_rows(context: Context, language: str, columns: int) -> Iterator[Row]:
    """PRELIMINARY with the last day of appeals, or since when the wave is final; nothing before any release."""
    known = context.publication
    if known is None:
        return
    day = date_text(known.day, language)
    if not known.is_preliminary:
        yield paragraph(say(language, "reports.released_final", day=day, release=known.release), columns, "quiet")
        return
    until = date_text(known.appeal_until, language) if known.appeal_until is not None else ""
    said = say(language, "reports.released_provisional", day=day, release=known.release, until=until)
    yield paragraph(f"{say(language, 'reports.preliminary')}. {said}", columns, "notice")


def moved_row(context: Context, branch: str, shown: Decimal | None, language: str, columns: int) -> Iterator[Row]:
    """Both scores of a branch, where the provisional one was another."""
    before = context.publication.before.get(branch, "") if context.publication is not None else ""
    if before and (shown is None or Decimal(before) != shown):
        text = say(language, "reports.released_before", score=score_text(Decimal(before), language))
        yield paragraph(text, columns, "quiet")


def marked(sheets: Sequence[Sheet], context: Context, language: str) -> tuple[Sheet, ...]:
    """The sheets of a provisional copy say so at the foot of every page."""
    if context.publication is None or not context.publication.is_preliminary:
        return tuple(sheets)
    mark = say(language, "reports.preliminary")
    return tuple(replace(each, footer=" · ".join(filter(None, (mark, each.footer)))) for each in sheets)
