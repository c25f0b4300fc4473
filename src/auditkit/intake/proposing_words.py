"""How the columns of a visit are usually headed, in survey tools and in five languages."""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, tuple[str, ...]] = {
    "visit": (
        "visit", "visit id", "visit code", "visit_id", "review number", "_uuid", "meta/rootUuid", "KEY", "instanceID",
        "meta-instanceID", "audit_id", "respondent id", "response id", "_id", "id", "код визита", "номер визита",
        "номер анкеты", "визит коды", "kod wizyty", "numer wizyty", "cod vizită", "codul vizitei",
    ),
    "branch": (
        "branch code", "branch_code", "site code", "store code", "код филиала", "branch", "site", "store", "shop",
        "location", "outlet", "филиал", "отделение", "магазин", "салон", "офис", "торговая точка", "бөлімше",
        "дүкен", "placówka", "oddział", "sklep", "salon", "unitate", "unitatea", "sucursală", "magazin", "agenție",
        "site_id", "site name",
    ),
    "shopper": (
        "shopper", "shopper id", "username", "_submitted_by", "SubmitterName", "auditor", "author", "email address",
        "email", "тайный покупатель", "аудитор", "адрес электронной почты", "құпия сатып алушы", "audytor",
        "tajemniczy klient", "client misterios",
    ),
    "position": ("position", "должность", "лауазым", "stanowisko", "funcție", "poziție"),
    "wave": ("wave", "period", "волна", "кезең", "fala", "val"),
    "date": (
        "date", "visit date", "visit_date", "date of visit", "дата", "дата визита", "күні", "визит күні", "data",
        "data wizyty", "data vizitei",
    ),
    "start": ("start", "start time", "starttime", "start date", "startdate", "date started", "начало", "początek"),
    "end": ("end", "end time", "endtime", "end date", "окончание", "koniec"),
    "handed_in": (
        "_submission_time", "SubmissionDate", "completion time", "CompletionDate", "timestamp", "submitdate",
        "date submitted", "отметка времени", "sygnatura czasowa",
    ),
}  # fmt: skip
"""Field → headers, the likeliest first."""

FINAL = ("final score", "total score", "score", "total", "result", "final", "итог", "итоговый балл", "результат",
         "балл", "нәтиже", "жалпы балл", "wynik", "wynik końcowy", "ocena", "scor", "scor final", "total points",
         )  # fmt: skip
LONG_ITEM = ("item", "item_id", "question", "question id", "label", "criterion", "вопрос", "критерий", "сұрақ",
             "pytanie", "kryterium", "întrebare", "criteriu")  # fmt: skip
LONG_ANSWER = ("answer", "response", "value", "ответ", "жауап", "odpowiedź", "răspuns")
LONG_COMMENT = ("comment", "comments", "note", "комментарий", "түсініктеме", "komentarz", "comentariu")

SECTION_PATTERNS = (
    "(Section) {id}. *", "(Section) {text}", "{id}. {text}", "{text} score", "{text} %", "score {text}", "{text}",
    "{id}", "Section {id}", "Section {number}",
)  # fmt: skip
ANSWER_PATTERNS = (
    "({id}) *",
    "[{id}] *",
    "{id}. *",
    "{id}: *",
    "{id} - *",
    "{number}. *",
    "{number} *",
    "Q{number}. *",
)

NOT_APPLICABLE = (
    "n/a",
    "na",
    "n.a.",
    "n/d",
    "nd",
    "н/п",
    "н/д",
    "не применимо",
    "-",
    "–",
    "not relevant",
    "tak/nie dotyczy",
)
