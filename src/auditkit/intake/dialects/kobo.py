"""KoboToolbox: names or labels, with or without groups, `_submission_time` and `_uuid` behind the answers."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

KOBO = Dialect(
    "KoboToolbox",
    (headers("_id", "_uuid", "_submission_time"),),
    visit=("_uuid", "rootuuid"),
    start=("start",),
    end=("end",),
    handed_in=("_submission_time",),
)
