"""LimeSurvey: with full questions or with codes as headers."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

LIMESURVEY = Dialect(
    "LimeSurvey",
    (headers("id", "submitdate", "lastpage", "startlanguage"), headers("Response ID", "Date submitted", "Last page")),
    visit=("id", "response id"),
    start=("startdate", "date started"),
    end=("datestamp", "date last action"),
    handed_in=("submitdate", "date submitted"),
    personal=("ipaddr", "ip address", "email"),
)
