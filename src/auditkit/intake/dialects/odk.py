"""ODK Central: groups before the names, the submitter behind the answers."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

ODK = Dialect(
    "ODK Central",
    (
        headers("SubmissionDate", "SubmitterID", "SubmitterName", "ReviewState"),
        headers("SubmissionDate", "KEY", "FormVersion"),
    ),
    visit=("key", "meta-instanceid", "instanceid"),
    start=("start",),
    end=("end",),
    handed_in=("submissiondate",),
)
