"""What the columns and answers of checklists in spreadsheets are called, and how a language shows in its letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from auditkit.tables.folding import fold

HEADERS: Mapping[str, tuple[str, ...]] = {
    # Whatever says something of a question or a section stands before these two: 'question type', 'section weight'.
    "section_weight": ("section weight", "category weight", "weight of section", "вес раздела", "waga sekcji",
                       "pondere secțiune", "бөлім салмағы"),
    "required": ("required", "mandatory", "obligatory", "обязательный", "обязательно", "обязательность", "міндетті",
                 "wymagane", "wymagalność", "obowiązkowe", "obligatoriu"),
    "critical": ("critical", "zero tolerance", "auto fail", "autofail", "auto-fail", "fatal", "knock out", "knockout",
                 "критично", "критический", "критическая", "нулевая терпимость", "krytyczne", "krytyczny",
                 "zero tolerancji", "critic", "toleranță zero", "сыни", "нөлдік төзімділік"),
    "kind": ("type", "kind", "answer type", "тип", "түрі", "typ", "tip", "format"),
    "options": ("options", "option", "answers", "answer", "response", "responses", "choices", "rating", "scale",
                "варианты", "варианты ответа", "ответ", "ответы", "шкала", "жауап", "жауаптар", "нұсқалар",
                "odpowiedzi", "odpowiedź", "opcje", "skala", "variante", "răspuns", "răspunsuri", "scală",
                "respuesta", "respuestas", "antwort", "antworten", "réponse", "réponses", "الإجابة", "الخيارات"),
    "weight": ("weight", "weightage", "weighting", "вес", "салмақ", "салмағы", "waga", "pondere", "peso", "gewicht",
               "poids", "الوزن"),
    "points": ("points", "max points", "max score", "maximum score", "score", "marks", "pts", "баллы", "балл",
               "макс балл", "ұпай", "ұпайлар", "punkty", "pkt", "punctaj", "puncte", "puntos", "punkte", "الدرجة"),
    "evidence": ("photo", "photo required", "picture", "evidence", "фото", "сурет", "zdjęcie", "foto", "fotografie"),
    "comment": ("comment", "comments", "remark", "remarks", "observations", "комментарий", "комментарии", "пікір",
                "komentarz", "uwagi", "comentariu", "comentarii", "observații", "findings", "ملاحظات"),
    "guidance": ("guidance", "guideline", "guidelines", "notes", "note", "help", "hint", "instruction",
                 "instructions", "how to", "explanation", "clarification", "пояснение", "пояснения", "подсказка",
                 "инструкция", "описание", "примечание", "түсіндірме", "нұсқау", "wskazówka", "wskazówki", "opis",
                 "instrukcja", "objaśnienie", "indicații", "descriere", "explicații"),
    "subsubsection": ("sub subsection", "subsubsection", "sub-subsection", "level 3"),
    "subsection": ("subsection", "sub section", "sub-section", "subcategory", "sub category", "sub-category",
                   "subgroup", "subtopic", "level 2", "подраздел", "подкатегория", "ішкі бөлім", "podsekcja",
                   "podkategoria", "subsecțiune", "subcategorie"),
    "id": ("id", "code", "ref", "reference", "key", "код", "коды", "kod", "cod"),
    "number": ("no", "nr", "№", "#", "n°", "number", "s/n", "sl no", "item no", "номер", "п/п", "№ п/п", "lp", "l.p",
               "nr crt", "р/с"),
    "question": ("question", "questions", "item", "items", "criterion", "criteria", "check", "checkpoint",
                 "check point", "standard", "requirement", "parameter", "statement", "attribute", "вопрос", "вопросы",
                 "критерий", "критерии", "показатель", "пункт", "сұрақ", "сұрақтар", "өлшемшарт", "pytanie",
                 "pytania", "kryterium", "kryteria", "întrebare", "întrebări", "întrebarea", "criteriu", "pregunta",
                 "frage", "fragen", "pertanyaan", "السؤال", "السوال", "شاخص"),
    "section": ("section", "sections", "category", "area", "chapter", "block", "group", "part", "topic", "department",
                "level 1", "раздел", "блок", "категория", "группа", "бөлім", "санат", "sekcja", "kategoria", "obszar",
                "dział", "secțiune", "secțiunea", "categorie", "capitol", "sección", "bereich", "القسم"),
    "description": ("description", "text", "what to check", "текст", "мәтін", "treść", "tekst", "conținut"),
}  # fmt: skip
"""Fields by what their columns are called; an earlier field goes before a later one."""

YES = ("yes", "y", "да", "иә", "tak", "da", "sí", "si", "ja", "oui", "ya", "نعم", "true", "compliant", "pass",
       "passed", "complies", "ok", "соответствует", "сәйкес", "zgodne", "conform")  # fmt: skip
NO = ("no", "n", "нет", "жоқ", "nie", "nu", "nein", "non", "tidak", "لا", "false", "non compliant", "non-compliant",
      "not compliant", "fail", "failed", "не соответствует", "сәйкес емес", "niezgodne", "neconform")  # fmt: skip
NA = ("na", "n/a", "n.a", "not applicable", "does not apply", "н/п", "неприменимо", "не применимо", "қолданылмайды",
      "nie dotyczy", "nd", "n/d", "nu se aplică", "nu este cazul", "no aplica", "entfällt", "لا ينطبق")  # fmt: skip
UNSEEN = ("not observed", "unable to observe", "could not observe", "not checked", "не наблюдалось", "байқалмады",
          "nie zaobserwowano", "neobservat")  # fmt: skip
MET = ("met", "fully met", "fully", "full", "meets", "meets standard", "exceeds", "excellent", "always", "good",
       "полностью", "отлично", "всегда", "толық", "әрдайым", "w pełni", "zawsze", "integral", "mereu")  # fmt: skip
PARTLY = ("partly", "partially", "partial", "partly met", "partially met", "partially compliant", "sometimes",
          "needs improvement", "average", "частично", "иногда", "ішінара", "кейде", "częściowo", "czasami", "parțial",
          "uneori", "kadang", "teilweise", "جزئيا")  # fmt: skip
NOT_MET = ("not met", "not at all", "never", "none", "poor", "unsatisfactory", "does not meet", "below standard",
           "не выполнено", "никогда", "плохо", "ешқашан", "орындалмаған", "nigdy", "wcale", "niespełnione",
           "niciodată", "deloc", "neîndeplinit")  # fmt: skip
MARKS = ("x", "✓", "✔", "+", "1", "v", "*", "required", "mandatory", "critical", "обязательно", "міндетті")
TOTALS = ("total", "grand total", "subtotal", "total score", "overall score", "итого", "всего", "барлығы", "razem",
          "suma", "ogółem", "total general", "gesamt", "المجموع")  # fmt: skip
ZERO = ("zero tolerance", "auto fail", "autofail", "auto-fail", "fatal", "knock out", "knockout", "нулевая терпимость",
        "нулевой терпимости", "стоп-факторы", "стоп фактор", "нөлдік төзімділік", "zero tolerancji", "toleranță zero",
        "critical errors", "critical items", "критические ошибки", "błędy krytyczne")  # fmt: skip
KINDS: Mapping[str, tuple[str, ...]] = {
    "yes_no": ("yes no", "yes/no", "boolean", "bool", "checkbox", "да/нет", "tak/nie", "da/nu", "иә/жоқ", "tick"),
    "multi": ("multi", "multiple", "multi select", "multiselect", "select_multiple", "checkboxes", "множественный"),
    "choice": ("choice", "single", "single choice", "multiple choice", "select", "select_one", "dropdown", "list",
               "radio", "выбор", "wybór"),
    "scale": ("scale", "rating", "slider", "likert", "шкала", "skala", "scală"),
    "number": ("number", "numeric", "integer", "decimal", "число", "сан", "liczba", "număr"),
    "timestamp": ("date", "time", "datetime", "date time", "дата", "время", "data", "czas", "ora"),
    "photo": ("photo", "image", "picture", "фото", "сурет", "zdjęcie", "foto"),
    "text": ("text", "free text", "open", "comment", "note", "string", "текст", "мәтін", "tekst", "otwarte"),
}  # fmt: skip
LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("english", "английский", "angielski", "engleză", "ағылшынша", "en"),
    "ru": ("russian", "русский", "на русском", "rosyjski", "rusă", "орысша", "ru", "рус"),
    "kk": ("kazakh", "қазақша", "казахский", "kazachski", "kk", "kaz", "каз", "қаз"),
    "pl": ("polish", "polski", "po polsku", "польский", "pl"),
    "ro": ("romanian", "română", "romana", "румынский", "ro"),
    "ar": ("arabic", "العربية", "عربي", "арабский", "ar"),
    "he": ("hebrew", "עברית", "he"),
    "fa": ("persian", "farsi", "فارسی", "fa"),
    "ur": ("urdu", "اردو", "ur"),
    "de": ("german", "deutsch", "de"),
    "es": ("spanish", "español", "es"),
    "fr": ("french", "français", "fr"),
    "tr": ("turkish", "türkçe", "tr"),
    "id": ("indonesian", "bahasa"),
    "uk": ("ukrainian", "українська", "ua"),
}

_LETTERS = {
    "ur": "ٹڈڑےں", "fa": "پچژگ", "kk": "әғқңөұүһ", "uk": "їєґ", "pl": "ąćęłńśźż", "ro": "ășțâî", "tr": "ğışç",
    "de": "äöüß", "es": "ñ¿¡", "fr": "èêçœ",
}  # fmt: skip
"""Letters that a language has and others of its script do not."""
_COMMON = {"en": "the is are does did was were of and", "pl": "czy jest i na do nie", "ro": "este sunt și la cu din",
           "id": "apakah dalam yang dan di", "es": "el la los está se", "de": "der die das ist wird",
           "fr": "le la les est une", "tr": "mi mı var ve"}  # fmt: skip
_SCRIPTS = {"arabic": "\u0600-\u06ff", "hebrew": "\u0590-\u05ff", "cyrillic": "\u0400-\u052f", "latin": "A-Za-zÀ-ɏ",
            "greek": "\u0370-\u03ff", "han": "\u4e00-\u9fff"}  # fmt: skip
_PATTERNS = {name: re.compile(f"[{span}]") for name, span in _SCRIPTS.items()}
_ALONE = {"hebrew": "he", "greek": "el", "han": "zh", "arabic": "ar", "cyrillic": "ru", "latin": "en"}
_FEW = 0.002
"""Of all letters: as many of its own show a language; a name or two does not."""


def is_one_of(text: str, words: Iterable[str]) -> bool:
    """Whether a text is one of some words, however it is written."""
    return fold(text) in _folded(tuple(words))


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether one of some words stands in a text as a whole word."""
    shown = f" {_spaced(fold(text))} "
    return any(f" {_spaced(word)} " in shown for word in _folded(tuple(words)))


def _spaced(text: str) -> str:
    return re.sub(r"[^\w/#№°]+", " ", text).strip()


_SEEN: dict[tuple[str, ...], frozenset[str]] = {}


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    if words not in _SEEN:
        _SEEN[words] = frozenset(fold(word) for word in words)
    return _SEEN[words]


def field_of(header: str) -> str:
    """What a column of this name holds; empty where nobody knows."""
    exact = next((name for name, words in HEADERS.items() if is_one_of(header, words)), "")
    return exact or next((name for name, words in HEADERS.items() if holds(header, words)), "")


def language_named(header: str) -> str:
    """The language that a column's name speaks of: `Question (Arabic)`, `question::ru`."""
    inside = re.findall(r"[(\[:_/-]\s*([^()\[\]:_/]+?)\s*[)\]]?$", header)
    for code, words in LANGUAGES.items():
        long = [word for word in words if len(word) > 2]
        if holds(header, long) or any(is_one_of(part, words) for part in inside):
            return code
    return ""


def script_of(text: str) -> str:
    """The script of most of its letters; empty without any."""
    counted = Counter({name: len(pattern.findall(text)) for name, pattern in _PATTERNS.items()})
    name, most = counted.most_common(1)[0]
    return name if most else ""


def language_of(texts: Iterable[str]) -> str:
    """The likely language of some texts, by script, letters and common words; `en` where nothing tells."""
    whole = " ".join(texts).casefold()
    script = script_of(whole)
    same = {code for code, letters in _LETTERS.items() if script_of(letters) == script}
    counted = Counter({code: sum(whole.count(letter) for letter in _LETTERS[code]) for code in same})
    code, most = counted.most_common(1)[0] if counted else ("", 0)
    if most > _FEW * max(len(whole), 1):
        return code
    if script == "latin":
        words = Counter(re.findall(r"\w+", whole))
        spoken = {code: sum(words[word] for word in common.split()) for code, common in _COMMON.items()}
        best = max(spoken, key=lambda each: spoken[each])
        return best if spoken[best] else "en"
    return _ALONE.get(script, "en")
