"""Reports in other formats than our own workbook: JSON, the export of a survey tool, a table with a row an answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from auditkit.forms.answers import shown_answers
from auditkit.intake.spelling_words import plain_word
from auditkit.model.checklist import Checklist
from auditkit.model.items import DERIVED, AnyItem, Multi
from auditkit.model.visit import NOT_OBSERVED, Submission, Value

OFFSET = "+05:00"
"""Of Kazakhstan's time, which the survey tool writes behind every moment."""
_COVER = (
    "visit_id", "checklist", "version", "branch", "shopper", "wave", "outcome", "visit_date", "start", "end",
    "handed_in", "attempts", "language", "supersedes", "staff_on_duty",
)  # fmt: skip


def as_json(submission: Submission) -> bytes:
    """One report as a form's JSON; a blank is absent."""
    data: dict[str, Any] = {
        name: _plain(value) for name in _COVER if (value := getattr(submission, name)) not in (None, "")
    }
    data["answers"] = {item: _plain(answer) for item, answer in submission.answers.items()}
    data |= {name: part for name in ("comments", "evidence") if (part := getattr(submission, name))}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else str(value)
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (str, int)) else value.isoformat()  # type: ignore[attr-defined]


def survey_export(checklist: Checklist, submissions: Sequence[Submission]) -> bytes:
    """A row a report, as KoboToolbox writes it: `;`, every cell quoted, groups before names, choices also as ticks."""
    items = [(section.id, item) for section, item in checklist.walk_items() if item.kind not in DERIVED]
    head = ["start", "end", "today", "visit_code", "branch", "outcome", "attempts_made", "staff_on_duty"]
    head += [name for group, item in items for name in _columns(f"{group}/{item.id}", item)]
    head += ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by",
             "__version__", "_tags", "_index"]  # fmt: skip
    rows = [_survey_row(submission, [item for _, item in items], at) for at, submission in enumerate(submissions, 1)]
    return _csv([head, *rows], quoting=csv.QUOTE_ALL).encode()


def _columns(name: str, item: AnyItem) -> Iterator[str]:
    yield name
    if isinstance(item, Multi):
        yield from (f"{name}/{option.id}" for option in item.options)
    if item.scored:
        yield f"{name}_comment"


def _survey_row(of: Submission, items: Iterable[AnyItem], at: int) -> list[str]:
    dice = Random(f"{of.visit_id}/{at}")  # noqa: S311  a number that looks like one of the tool's
    day = of.visit_date.isoformat() if of.visit_date else ""
    row = [_moment(of.start), _moment(of.end), day, of.visit_id, of.branch, of.outcome.value]
    row += ["" if number is None else str(number) for number in (of.attempts, of.staff_on_duty)]
    for item in items:
        answer = of.answers.get(item.id)
        row.append(_survey_word(answer))
        if isinstance(item, Multi):
            row += [_tick(answer, option.id) for option in item.options]
        if item.scored:
            row.append(of.comments.get(item.id, ""))
    uuid = str(UUID(int=dice.getrandbits(128), version=4))
    sent = of.handed_in.isoformat(timespec="seconds") + OFFSET if of.handed_in else ""
    return [*row, str(40_000 + at), uuid, sent, "", "", "submitted_via_web", of.shopper or "", "v7", "", str(at)]


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="milliseconds") + OFFSET if moment else ""


def _survey_word(answer: Value | None) -> str:
    if answer is None:
        return ""
    if isinstance(answer, datetime):
        return _moment(answer)
    if isinstance(answer, tuple):
        return " ".join(answer) or "none"
    return "cannot_say" if answer == NOT_OBSERVED else str(answer)


def _tick(answer: Value | None, option: str) -> str:
    return "" if not isinstance(answer, tuple) else str(int(option in answer))


def answers_table(checklist: Checklist, submissions: Iterable[Submission], language: str) -> bytes:
    """A row an answer, as somebody keeps it in a spreadsheet and saves it as csv: `;` and Windows' Cyrillic letters."""
    rows = [["Код визита", "Отделение", "Тайный покупатель", "Начало звонка", "Сотрудников на смене", "Вопрос",
             "Ответ", "Комментарий"]]  # fmt: skip
    for each in submissions:
        staff = "" if each.staff_on_duty is None else str(each.staff_on_duty)
        cover = [each.visit_id, each.branch, each.shopper or "", _dotted(each.start), staff]
        rows += [[*cover, *answer] for answer in _answers(checklist, each, language)]
    return _csv(rows).encode("cp1251")


def _answers(checklist: Checklist, of: Submission, language: str) -> Iterator[tuple[str, str, str]]:
    shown = shown_answers(checklist, of, language)
    for _, item in checklist.walk_items():
        answer, text = of.answers.get(item.id), item.text.said(language)
        comment = of.comments.get(item.id, "")
        if isinstance(item, Multi) and isinstance(answer, tuple):
            chosen = [option.text.said(language) for option in item.options if option.id in answer]
            for at, option in enumerate(chosen or [plain_word("none", language)]):
                yield text, option, comment if at == 0 else ""
        elif answer is not None:
            word = shown[item.id][0]
            yield text, _dotted(word) if isinstance(word, datetime) else str(word), comment


def _dotted(moment: datetime | None) -> str:
    return f"{moment:%d.%m.%Y %H:%M}" if moment else ""


def _csv(rows: Iterable[Sequence[str]], *, quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()
