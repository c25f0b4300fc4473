"""What Google Forms gives for a form with our questions in it: a row an answer sheet, in the words of its language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from auditkit.forms.conditions import answer_word
from auditkit.intake.spelling_words import plain_word
from auditkit.model.checklist import Checklist
from auditkit.model.items import DERIVED, AnyItem, Multi
from auditkit.model.visit import NOT_APPLICABLE, NOT_ASKED, NOT_OBSERVED, Submission

HEADS = {
    "en": ("Timestamp", "Email Address", "Visit code", "Branch code", "Date of the visit", "comment"),
    "ru": ("Отметка времени", "Адрес электронной почты", "Код визита", "Код филиала", "Дата визита", "комментарий"),
}
STAMPS = {"en": "%Y/%m/%d %I:%M:%S %p GMT+5", "ru": "%d.%m.%Y %H:%M:%S"}
DAYS = {"en": "%Y-%m-%d", "ru": "%d.%m.%Y"}
SENT = datetime(2026, 8, 20, 14, 2, 40)  # noqa: DTZ001  as the sheet's owner sees it


def exported(checklist: Checklist, reports: Sequence[Submission], language: str) -> str:
    """The file as it is downloaded (csv, UTF-8, commas)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    items = [item for _, item in checklist.walk_items() if item.kind not in DERIVED]
    shown = [item for item in items if any(each.answers.get(item.id) not in (None, NOT_ASKED) for each in reports)]
    stamp, mail, visit, branch, day, note = HEADS[language]
    head = [stamp, mail, visit, branch, day]
    for item in shown:
        head += [item.text.said(language), f"{item.text.said(language)} - {note}"]
    writer.writerow(head)
    for at, each in enumerate(reports):
        row = [SENT.strftime(STAMPS[language]), f"shopper{at}@example.com", each.visit_id, each.branch]
        row.append(each.visit_date.strftime(DAYS[language]) if each.visit_date else "")
        for item in shown:
            row += [_said(checklist, item, each.answers, language), each.comments.get(item.id, "")]
        writer.writerow(row)
    return text.getvalue()


def _said(checklist: Checklist, item: AnyItem, answers: Mapping[str, Any], language: str) -> str:
    answer = answers.get(item.id)
    if answer is None or answer == NOT_ASKED:
        return ""
    if isinstance(item, Multi) and isinstance(answer, tuple):
        # Options with commas in them stand as they are: Google puts no marks around them.
        words = [option.text.said(language) for option in item.options if option.id in answer]
        return ", ".join(words) or plain_word("none", language)
    if isinstance(answer, datetime):
        return answer.strftime("%Y-%m-%d %H:%M")
    if answer in (NOT_APPLICABLE, NOT_OBSERVED):
        return plain_word(str(answer), language)
    return answer_word(checklist, item.id, str(answer), language)
