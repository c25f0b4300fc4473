"""What is true in the demo: branches, shoppers, and the things that its reports should bring to light."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

SEED = 20260815


class Wave(NamedTuple):
    """A wave: its id, the short name that visit codes bear, and the day from which its visits are counted."""

    id: str
    short: str
    first: date


WAVES = (Wave("2026-Q1", "Q1", date(2026, 2, 3)), Wave("2026-Q2", "Q2", date(2026, 5, 12)))
"""Fourteen weeks apart: nobody comes to the same branch again within 90 days."""


class Place(NamedTuple):
    """A branch: code, name, region, city, language of its shoppers, how good its service is in each wave (0 to 1)."""

    code: str
    name: str
    region: str
    city: str
    language: str
    quality: tuple[float, float]
    staff: int = 7
    """On duty at a usual hour; under five, a report shows the week of a visit only."""


BRANCHES = (
    Place("B01", "Almaty, Abay 52", "South", "Almaty", "ru", (0.88, 0.89), 9),
    Place("B02", "Almaty, Dostyk Plaza", "South", "Almaty", "en", (0.93, 0.92), 11),
    Place("B03", "Shymkent, Tauke Khan", "South", "Shymkent", "ru", (0.62, 0.95), 8),
    Place("B04", "Taraz, Tole Bi", "South", "Taraz", "ru", (0.79, 0.80), 3),
    Place("B05", "Astana, Mangilik El", "North", "Astana", "en", (0.86, 0.85), 10),
    Place("B06", "Astana, Respublika", "North", "Astana", "ru", (0.82, 0.84)),
    Place("B07", "Karaganda, Bukhar Zhyrau", "North", "Karaganda", "en", (0.85, 0.76), 8),
    Place("B08", "Kokshetau, Abay", "North", "Kokshetau", "en", (0.74, 0.76), 6),
    Place("B09", "Aktobe, Eset Batyr", "West", "Aktobe", "ru", (0.77, 0.75), 6),
    Place("B10", "Atyrau, Satpayev", "West", "Atyrau", "en", (0.81, 0.79)),
    Place("B11", "Aktau, Yntymak", "West", "Aktau", "ru", (0.90, 0.88), 6),
    Place("B12", "Uralsk, Nazarbayev", "West", "Uralsk", "ru", (0.70, 0.0), 4),
)

SHOPPERS = {
    "K1": ("ru,kk", "Almaty"), "K2": ("en,ru", "Almaty"), "K3": ("ru", "Astana"), "K4": ("en,ru", "Astana"),
    "K5": ("ru,kk", "Aktobe"), "K6": ("ru,en", "Shymkent"),
}  # fmt: skip
"""Code → the languages that a shopper speaks, and where she lives."""

COUNTER = (
    {"South": "K2", "North": "K4", "West": "K1"},
    {"South": "K1", "North": "K2", "West": "K4"},
)
"""Wave by wave, who visits the branches of a region: appearance, premises and conflict handling in one visit."""
CALLERS = (
    {"South": ("K6", "K3"), "North": ("K3", "K5"), "West": ("K5", "K6")},
    {"South": ("K5", "K6"), "North": ("K6", "K3"), "West": ("K3", "K5")},
)
"""Wave by wave, who calls the branches of a region first and second."""

IMPROVES, LENIENT, ABUSER = "B03", "K6", "K4"
COPIED = ("B05", "B08")
"""The second branch's counter visit in the last wave is the first one's, copied."""
CRITICAL, UNANSWERED, CLOSED = "B07", "B09", "B12"
CRITICAL_ITEM, CRITICAL_SCORE = "customer_wrong", "86.7"
"""What the visit with the critical failure scores, by the answers that the demo looks for."""
CLOSED_ON = date(2026, 3, 31)
MOVED_TO = "B11"
"""Where one of the closed branch's employees works afterwards."""
NEW_MANAGER = date(2026, 3, 16)
"""First day of a new manager at the branch that improves."""
CORRECTED, TWICE_SENT, CUT_OFF, INCOMPLETE, WEB_PAGE = "B01", "B02", "B06", "B10", "B11"
"""Branches about which, in the last wave, a call was reported anew, a file came twice, a file broke off while it was
sent, a report lacks answers, and a web page was saved under the name of a workbook."""

HARD = frozenset({
    "repeats_back", "full_information", "thanks", "feelings_justified", "questionnaires", "badge_in_sight",
})  # fmt: skip
"""What all branches find hard."""
