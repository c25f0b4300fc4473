"""What pydantic's locations mean in a checklist; needed only where one has faults."""

from __future__ import annotations

from pydantic import BaseModel

from auditkit.definitions.faults import Shape
from auditkit.model import checklist as c
from auditkit.model import conditions as w
from auditkit.model import items as i
from auditkit.model.judging import CriticalEffect, Effect, EvidenceRule, NoteRule

KINDS: dict[str, type[BaseModel]] = {
    "yes_no": i.YesNo,
    "choice": i.Choice,
    "multi": i.Multi,
    "scale": i.Scale,
    "number": i.NumberItem,
    "duration": i.Duration,
    "deadline": i.Deadline,
    "timestamp": i.Timestamp,
    "text": i.TextItem,
    "photo": i.Photo,
    "audio": i.Audio,
    "receipt": i.Receipt,
    "file": i.FileItem,
}

SHAPE = Shape(
    c.Checklist,
    {
        **KINDS,
        "sections": c.Section,
        "items": i.ItemBase,
        "grades": c.Grade,
        "responsible": c.Responsible,
        "spellings": c.Spellings,
        "options": i.Option,
        "bands": i.Band,
        "linear": i.Linear,
        "anchors": i.Anchors,
        "replacements": i.Replacement,
        "comment": NoteRule,
        "evidence": EvidenceRule,
        "critical": CriticalEffect,
        "within": i.Within,
        "test": w.Test,
        "any": w.AnyOf,
        "all": w.All,
        "not": w.Not,
    },
    more={
        "": ("defaults",),
        "sections": ("defaults", "include"),
        "critical": tuple(Effect),
        "kinds": tuple(KINDS),
    },
    instead="include",
    hidden=(*c.FILLED_IN, "effect", "amount"),
)
