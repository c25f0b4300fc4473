"""What the standard wants to be seen, in the reader's words."""

from __future__ import annotations

from decimal import Decimal

from auditkit.figures import MISSING, counted_text, number_text
from auditkit.locales import say
from auditkit.model.items import AnyItem, Choice, Deadline, Duration, Multi, NumberItem, Scale, YesNo
from auditkit.reports.wording import answer_text


def expected_text(item: AnyItem, language: str, *, lower: bool = False) -> str:
    """What the standard wants to be seen: the anchor, else the best answer; `lower`: where fewer points are better."""
    if item.anchors and item.anchors.met:
        return item.anchors.met.said(language)
    if isinstance(item, YesNo):
        return say(language, "reports.answer.no" if item.inverted != lower else "reports.answer.yes")
    if isinstance(item, Choice | Multi | Scale):
        return _expected_choice(item, language, -1 if lower else 1)
    if isinstance(item, NumberItem):
        return _expected_number(item, language, -1 if lower else 1)
    return _expected_time(item, language, -1 if lower else 1)


def _expected_choice(item: Choice | Multi | Scale, language: str, sign: int) -> str:
    if isinstance(item, Choice):
        return max(item.options, key=lambda option: sign * option.credit).text.said(language)
    if isinstance(item, Multi):
        wanted = [option.text.said(language) for option in item.options if sign * option.credit > 0]
        return "; ".join(wanted) or answer_text(item, "none", language)
    credits_of = item.credits or {step: Decimal(step) for step in range(item.min, item.max + 1)}
    best = max(credits_of.items(), key=lambda step: sign * step[1])[0]
    return answer_text(item, str(best), language)


def _expected_number(item: NumberItem, language: str, sign: int) -> str:
    if item.linear:
        value = item.linear.full_at if sign > 0 else item.linear.none_at
        return counted_text(value, item.unit, item.unit_forms, language)
    return _best_band(item, language, sign) if item.bands else MISSING


def _best_band(item: NumberItem | Duration, language: str, sign: int) -> str:
    return band_text(item, max(range(len(item.bands)), key=lambda at: sign * item.bands[at].credit), language)


def band_text(item: NumberItem | Duration, at: int, language: str) -> str:
    """A band in words: its own, else its bound with the unit."""
    band = item.bands[at]
    if band.text:
        return band.text.said(language)
    if band.up_to is not None:
        return say(language, "reports.up_to", value=_counted(item, band.up_to, language))
    before = item.bands[at - 1].up_to if at else None
    return MISSING if before is None else say(language, "reports.over", value=_counted(item, before, language))


def _counted(item: NumberItem | Duration, value: Decimal, language: str) -> str:
    if isinstance(item, NumberItem):
        return counted_text(value, item.unit, item.unit_forms, language, bound=True)
    return f"{number_text(value, language)} {say(language, f'reports.unit_of.{item.unit.value}')}"


def _expected_time(item: AnyItem, language: str, sign: int) -> str:
    if isinstance(item, Deadline):
        if item.within:
            span = say(language, f"reports.unit.{item.within.unit.value}", n=item.within.amount)
            return say(language, "reports.within", span=span)
        if item.same_day:
            return say(language, "reports.same_day")
        if item.next_working_day_at:
            return say(language, "reports.next_working_day", time=f"{item.next_working_day_at:%H:%M}")
        return say(language, "reports.as_promised")
    if isinstance(item, Duration) and item.bands:
        return _best_band(item, language, sign)
    return MISSING
