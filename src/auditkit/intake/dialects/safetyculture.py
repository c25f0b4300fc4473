"""SafetyCulture: a row an answer of an inspection, or a row an inspection."""

from __future__ import annotations

from auditkit.intake.dialects.dialect import Dialect, headers

SAFETYCULTURE = Dialect(
    "SafetyCulture",
    (headers("audit_id", "item_id", "label", "response"), headers("audit_id", "template_id", "date_started")),
    visit=("audit_id",),
    start=("date_started",),
    end=("date_completed",),
    handed_in=("date_completed",),
    personal=("author_name", "owner_name", "prepared_by"),
    final=("score_percentage", "score"),
)
