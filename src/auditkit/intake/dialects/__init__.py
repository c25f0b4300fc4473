"""Survey tools and other programs whose exports are known by their columns."""

from __future__ import annotations

from collections.abc import Iterable

from auditkit.intake.dialects.checker import CHECKER
from auditkit.intake.dialects.dialect import Dialect, plain
from auditkit.intake.dialects.google_forms import GOOGLE_FORMS
from auditkit.intake.dialects.kobo import KOBO
from auditkit.intake.dialects.limesurvey import LIMESURVEY
from auditkit.intake.dialects.microsoft_forms import MICROSOFT_FORMS
from auditkit.intake.dialects.odk import ODK
from auditkit.intake.dialects.safetyculture import SAFETYCULTURE
from auditkit.intake.dialects.surveycto import SURVEYCTO
from auditkit.intake.dialects.surveymonkey import SURVEYMONKEY

__all__ = ["DIALECTS", "Dialect", "recognise"]

DIALECTS = (
    KOBO, ODK, SURVEYCTO, SURVEYMONKEY, LIMESURVEY, MICROSOFT_FORMS, SAFETYCULTURE, CHECKER, GOOGLE_FORMS,
)  # fmt: skip
"""Those with the most columns of their own first."""


def recognise(headers: Iterable[str]) -> Dialect | None:
    """The program that a table with these columns comes from, as far as its own columns tell."""
    named = {plain(each) for each in headers}
    return next((each for each in DIALECTS if each.fits(named)), None)
