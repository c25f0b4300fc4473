"""What is true in the demo: branches, shoppers, and the things that its reports should bring to light."""

from __future__ import annotations

from typing import NamedTuple

SEED = 20260815
WAVES = (("2026-Q1", "2026-02-02", "2026-03-13"), ("2026-Q2", "2026-05-04", "2026-06-12"))
IMPROVES, LENIENT, ABUSER = "B03", "K6", "K4"
COPIED = ("B05", "B08")
"""The second branch's counter visit in the last wave is the first one's, copied."""
CRITICAL, UNANSWERED, CLOSED = "B07", "B09", "B12"
CRITICAL_SCORE = "86.7"
"""What the visit with the critical failure scores, by the answers that the demo looks for."""


class Place(NamedTuple):
    """A branch: code, name, region, city, language of its shoppers, how good its service is in each wave (0 to 1)."""

    code: str
    name: str
    region: str
    city: str
    language: str
    quality: tuple[float, float]


BRANCHES = (
    Place("B01", "Almaty, Abay Avenue", "South", "Almaty", "ru", (0.88, 0.89)),
    Place("B02", "Almaty, Dostyk Plaza", "South", "Almaty", "en", (0.93, 0.92)),
    Place("B03", "Shymkent, Central Market", "South", "Shymkent", "ru", (0.62, 0.95)),
    Place("B04", "Taraz, Tole bi Street", "South", "Taraz", "ru", (0.79, 0.80)),
    Place("B05", "Astana, Mangilik El", "North", "Astana", "en", (0.86, 0.85)),
    Place("B06", "Astana, Respublika", "North", "Astana", "ru", (0.82, 0.84)),
    Place("B07", "Karaganda, Bukhar Zhyrau", "North", "Karaganda", "ru", (0.85, 0.86)),
    Place("B08", "Kokshetau, Abay Street", "North", "Kokshetau", "en", (0.74, 0.85)),
    Place("B09", "Aktobe, Eset Batyr", "West", "Aktobe", "ru", (0.77, 0.75)),
    Place("B10", "Atyrau, Satpayev", "West", "Atyrau", "en", (0.81, 0.79)),
    Place("B11", "Aktau, Seaside", "West", "Aktau", "ru", (0.90, 0.88)),
    Place("B12", "Uralsk, Nazarbayev Avenue", "West", "Uralsk", "ru", (0.70, 0.0)),
)

SHOPPERS = {"South": ("K1", "K6"), "North": ("K2", "K4"), "West": ("K3", "K5")}
"""Who visits which region: the first in the counter visits, the second on the phone."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "appearance": (
            "Two of the four people at the counter wore no badge.",
            "The shirt had a coffee stain on the sleeve.",
            "A private mobile rang aloud while I was being served.",
            "The desk plate showed the name of somebody else.",
        ),
        "premises": (
            "Three lamps above the waiting area were out.",
            "I had to ask where the cash desk is: there is no sign.",
            "Old leaflets of the spring promotion lay on the table.",
            "The glass of the entrance door was covered with finger marks.",
        ),
        "conflict-handling": (
            "He said 'these are the rules' and looked at his screen.",
            "Nobody asked whether I could wait or gave a time.",
            "She explained it well, but never said what happens next.",
            "I was told that the colleagues from accounting are to blame.",
        ),
        "phone-etiquette": (
            "I heard a loud talk in the background during the whole call.",
            "No name was given, only the name of the company.",
            "He hung up while I was still saying goodbye.",
            "I had to draw out every detail by a question of my own.",
        ),
    },
    "ru": {
        "appearance": (
            "У двух из четырёх сотрудников за стойкой не было бейджа.",
            "На рукаве рубашки было пятно от кофе.",
            "Во время обслуживания громко зазвонил личный телефон.",
            "На табличке стояло имя другого человека.",
        ),
        "premises": (
            "Над зоной ожидания не горели три лампы.",
            "Пришлось спрашивать, где касса: указателя нет.",
            "На столе лежали листовки прошлой акции.",
            "Стекло входной двери было в следах от рук.",
        ),
        "conflict-handling": (
            "Ответили «такие правила» и смотрели в экран.",
            "Никто не спросил, могу ли я подождать, и не назвал срок.",
            "Объяснили хорошо, но не сказали, что будет дальше.",
            "Сказали, что виноваты коллеги из бухгалтерии.",
        ),
        "phone-etiquette": (
            "В течение всего звонка был слышен громкий разговор рядом.",
            "Имя не назвали, только компанию.",
            "Положили трубку, когда я ещё прощался.",
            "Каждую подробность пришлось вытягивать вопросом.",
        ),
    },
}
