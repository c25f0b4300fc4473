"""How the columns of a visit are usually headed, in survey tools and in five languages."""

from __future__ import annotations

from collections.abc import Mapping

FIELDS: Mapping[str, tuple[str, ...]] = {
    "visit": (
        "visit", "visit id", "visit code", "visit_id", "review number", "_uuid", "meta/rootUuid", "KEY",
        "instanceID", "meta-instanceID", "audit_id", "respondent id", "response id", "_id", "id", "report",
        "report id", "call id", "visit no", "visit number", "ref", "reference", "case id", "interview id", "nr",
        "no", "№", "#", "n°", "lp", "код визита", "номер визита", "номер анкеты", "визит коды", "kod wizyty",
        "numer wizyty", "cod vizită", "codul vizitei",
    ),
    "branch": (
        "branch code", "branch_code", "site code", "store code", "shop code", "store no", "store number",
        "branch no", "dealer no", "dealer code", "outlet code", "filiale", "filialnummer", "standort", "tienda",
        "sucursal", "toko", "код филиала", "branch", "site", "store", "shop", "location", "outlet", "dealer",
        "hotel", "restaurant", "station", "pharmacy", "team", "филиал", "отделение", "магазин", "салон", "офис",
        "торговая точка", "бөлімше", "дүкен", "placówka", "oddział", "sklep", "salon", "unitate", "unitatea",
        "sucursală", "magazin", "agenție", "site_id", "site name",
    ),
    "shopper": (
        "shopper", "shopper id", "username", "_submitted_by", "SubmitterName", "auditor", "inspector", "evaluator",
        "assessor", "agent", "author", "email address", "email", "тайный покупатель", "аудитор",
        "адрес электронной почты", "құпия сатып алушы", "audytor", "tajemniczy klient", "client misterios",
    ),
    "position": ("position", "должность", "лауазым", "stanowisko", "funcție", "poziție"),
    "wave": ("wave", "period", "волна", "кезең", "fala", "val"),
    "date": (
        "date", "visit date", "visit_date", "date of visit", "datum", "fecha", "tanggal", "visited", "дата",
        "дата визита", "күні", "визит күні", "data", "data wizyty", "data vizitei",
    ),
    "start": (
        "start", "start time", "starttime", "start date", "startdate", "call date/time", "date and time",
        "date started", "начало", "początek",
    ),
    "end": ("end", "end time", "endtime", "end date", "окончание", "koniec"),
    "handed_in": (
        "_submission_time", "SubmissionDate", "completion time", "CompletionDate", "timestamp", "submitdate",
        "date submitted", "submitted at", "submitted", "submission date", "отметка времени", "sygnatura czasowa",
    ),
}  # fmt: skip
"""Field → headers, the likeliest first."""

FINAL = ("final score", "total score", "score", "total", "result", "final", "overall", "overall score", "total points",
         "percent", "итог", "итоговый балл", "результат", "балл", "нәтиже", "жалпы балл", "wynik", "wynik końcowy",
         "ocena", "scor", "scor final", "total/score", "total %", "score %", "overall %", "gesamt", "gesamtergebnis",
         "ergebnis", "resultado", "puntaje", "nilai", "nilai akhir", "demerits", "penalty points",
         )  # fmt: skip
FINAL_PARTS = ("total", "score", "result", "final", "overall", "percent", "%", "points", "gesamt", "ergebnis", "summe",
               "итог", "балл", "результат", "оценка", "нәтиже", "ұпай", "wynik", "suma", "ocena", "scor", "punctaj",
               "rezultat", "resultado", "puntaje", "nilai", "skor", "demerit")  # fmt: skip
"""A header that holds one of them, over a column of numbers, may state a visit's score."""
LONG_ITEM = ("item", "item_id", "question", "question id", "label", "criterion", "вопрос", "критерий", "сұрақ",
             "pytanie", "kryterium", "întrebare", "criteriu")  # fmt: skip
LONG_ANSWER = ("answer", "response", "value", "ответ", "жауап", "odpowiedź", "răspuns", "antwort", "respuesta",
               "jawaban", "réponse")  # fmt: skip
LONG_COMMENT = ("comment", "comments", "note", "notes", "remark", "комментарий", "түсініктеме", "komentarz",
                "comentariu", "bemerkung", "comentario")  # fmt: skip
LONG_POINTS = ("points", "score", "points earned", "earned", "баллы", "балл", "punkty", "puncte", "punkte", "puntos")
LONG_MOST = ("max", "max points", "max score", "max_score", "out of", "possible", "points possible", "макс. балл",
             "maks", "maks.", "punkty max", "maxim", "maximum")  # fmt: skip

SECTION_PATTERNS = (
    "(Section) {id}. *", "(Section) {text}", "{id}. {text}", "{text} score", "{text} %", "score {text}", "{text}/score",
    "{text} points", "{text} pts", "{text} total", "total {text}", "subtotal {text}", "{text}/*", "{text} (*",
    "{text} - score", "{text}: score", "{text}", "{id}", "{id} %", "{id} score", "Section {id}", "Section {number}",
    "{text} avg", "{text} average", "avg {text}", "average {text}", "* {text}", "{text} *",
)  # fmt: skip
ANSWER_PATTERNS = (
    "({id}) *",
    "[{id}] *",
    "{id}. *",
    "{id}: *",
    "{id} - *",
    "{id} *",
    "* - {text}",
    "*: {text}",
    "* / {text}",
    "{number}. *",
    "{number} *",
    "{number}) *",
    "Q{number}. *",
    "Q{number} *",
    "Q{number}: *",
)
OPTION_PATTERNS = ("{answer}: {option}", "{answer} - {option}", "{answer} ({option})", "{answer}. {option}",
                   "{answer} {option}", "*: {option}", "* - {option}")  # fmt: skip
POINT_PATTERNS = ("Points - {text}", "Score - {text}", "{answer} - points", "{answer} points", "{answer} - score",
                  "{answer} score", "{answer}/score", "{answer} (points)", "{answer} (score)", "{answer}_score",
                  "{answer}_points")  # fmt: skip
NOT_QUESTIONS = ("points - ", "feedback - ", "score - ")
"""How headers begin that stand beside a question's."""

NOT_APPLICABLE = (
    "n/a", "na", "n.a.", "n/d", "nd", "н/п", "н/д", "не применимо", "-", "–", "not relevant", "tak/nie dotyczy",
    "nie dot", "entf", "entfällt", "k.a.", "n/p", "no aplica", "n.v.t.", "nvt", "s/o", "sans objet", "não se aplica",
    "tidak berlaku", "n/r", "x/x", "not rated",
)  # fmt: skip
YES = ("ja", "j", "sí", "si", "s", "oui", "sim", "ya", "evet", "hai", "igen", "ano", "ok", "так", "pass", "passed",
       "met", "achieved", "compliant")  # fmt: skip
NO = ("nein", "non", "não", "nao", "tidak", "hayır", "nem", "ne", "ні", "fail", "failed", "not met", "not achieved",
      "non-compliant", "nok", "nee")  # fmt: skip
"""Spellings outside our five languages that a proposal offers, to be confirmed."""
OF_TOOLS = frozenset((
    "_id", "_uuid", "_index", "_notes", "_tags", "_status", "__version__", "_validation_status", "_submitted_by",
    "meta/instanceid", "meta/rootuuid", "meta-instanceid", "meta-instancename", "instanceid", "instancename",
    "submitterid", "attachmentspresent", "attachmentsexpected", "reviewstate", "deviceid", "edits",
    "formversion", "formdef_version", "devicephonenum", "subscriberid", "simid", "username", "duration", "caseid",
    "review_quality", "review_comments", "review_corrections", "review_status", "completiondate", "submissiondate",
    "lastpage", "last page", "startlanguage", "start language", "seed", "datestamp", "date last action", "ipaddr",
    "ip address", "refurl", "collector id", "first name", "last name", "custom data 1", "name", "email",
    "last modified time", "quiz feedback", "key", "phonenumber", "simserial",
))  # fmt: skip
"""Columns that survey tools add by themselves, folded."""
TURNED_DOWN: Mapping[str, tuple[str, ...]] = {
    "_validation_status": ("Not approved", "validation_status_not_approved"),
    "reviewstate": ("rejected",),
    "review_status": ("REJECTED",),
    "submitdate": ("",),
    "date submitted": ("",),
}
"""Column of a survey tool → what stands there in a report that was turned down, or never finished."""
STATUS = ("status", "state", "stage", "статус", "stan", "stare", "күйі", "мәртебе")
NOT_VALID = frozenset((
    "rejected", "draft", "test", "cancelled", "canceled", "deleted", "void", "invalid", "incomplete", "in progress",
    "not approved", "pending", "черновик", "отклонён", "отклонен", "отменён", "тест", "қаралама", "қабылданбады",
    "odrzucony", "odrzucona", "wersja robocza", "anulowany", "respins", "ciornă", "anulat",
))  # fmt: skip
"""Folded words in a column of such a header that a valid report does not bear."""
