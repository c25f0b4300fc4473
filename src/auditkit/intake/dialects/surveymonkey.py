"""SurveyMonkey: two header rows, the respondent first."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

SURVEYMONKEY = Dialect(
    "SurveyMonkey",
    (headers("Respondent ID", "Collector ID", "Start Date", "End Date"),),
    visit=("respondent id",),
    start=("start date",),
    end=("end date",),
    personal=("ip address", "email address", "first name", "last name"),
)
