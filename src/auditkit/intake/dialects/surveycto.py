"""SurveyCTO: wide, with the reviews that its own workflow adds."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

SURVEYCTO = Dialect(
    "SurveyCTO",
    (headers("CompletionDate", "SubmissionDate", "formdef_version", "KEY"),),
    visit=("key",),
    start=("starttime",),
    end=("endtime",),
    handed_in=("submissiondate",),
    personal=("devicephonenum", "phonenumber", "simserial", "subscriberid"),
)
