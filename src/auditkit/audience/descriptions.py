"""Words with which people are described, by language: as telling as a name, and personal data as a name is."""

from __future__ import annotations

import re

WORDS = {
    "en": """
        man men woman women girl* boy* guy* lady ladies gentleman gentlemen blond* brunette* redhead* ginger hair* bald*
        beard* moustache* mustache* tattoo* pierc* glasses tall fat slim overweight pregnan* elderly young* aged
        years_old accent*
    """,
    "ru": """
        девушк* девочк* женщин* мужчин* парень парня парню парнем молод* пожил* блондин* брюнет* рыж* волос* лыс* бород*
        усы усами татуиров* пирсинг* очки очках очками полный полная худой худая худощав* беременн* акцент* лет_на_вид
        высокий_мужч* высокая_женщ* высокая_дев* высокий_пар*
    """,
    "kk": """
        қыз қызы бойжеткен* келіншек* әйел* жігіт* ер_адам* ер_кісі* жас_қыз* жас_жігіт* жас_әйел* егде* шаш* сақал*
        мұрт* көзілдірік* татуировка* жүкті* акцент*
    """,
    "pl": """
        kobiet* mężczyzn* dziewczyn* chłopak* młod* starszy_pan* starsza_pan* starszą_pan* blondyn* brunet* rudy ruda
        rudą rudego rudej włos* łys* broda brodą brody brodę wąs* tatuaż* kolczyk* okular* gruby gruba szczupł* ciąż*
        akcent* wysoki_męż* wysoka_kob*
    """,
    "ro": """
        femei* bărbat* fată fata fete fetei băiat* tânăr* tiner* bătrân* blond* brunet* roșcat* păr părul chel* barbă
        barba mustaț* tatuaj* cercel* ochelari* înalt înaltă gras grasă slab slabă gravid* însărcinat* accent*
    """,
}
"""`*` stands for any ending, `_` for a space."""


def _of(word: str) -> str:
    return re.escape(word.replace("_", " ")).replace(r"\*", r"\w*")


_EVERY = sorted({word for words in WORDS.values() for word in words.split()}, key=lambda word: (-len(word), word))
PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(map(_of, _EVERY))})(?!\w)", re.IGNORECASE)
"""Any of them, in any language: nobody says in which a comment is written."""
