"""What KoboToolbox and ODK Central export of a form that was written by us: every variant that real files have."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from auditkit.forms.blank import Blank
from auditkit.forms.survey.sheets import Line, Survey
from auditkit.forms.survey.xlsform import survey_of
from auditkit.intake.survey_names import COMMENT, FIELDS, FORM, OUT, PHOTO, before, outside, stamp
from auditkit.locales import LANGUAGES
from auditkit.model.visit import NOT_ASKED, Submission


class Variant(NamedTuple):
    """How the export is asked for."""

    labels: str = ""
    """A language; empty: names and codes (XML values)."""
    groups: str = ""
    """What stands between the groups before a name: `/`, `-`; empty: no groups."""
    several: str = "both"
    """A multi answer in one column (`summary`), in one a choice (`details`), or both."""
    api: bool = False
    central: bool = False


VARIANTS = (
    Variant(),
    Variant(groups="/"),
    Variant(groups="/", several="details"),
    Variant(several="summary"),
    Variant(labels="en"),
    Variant(labels="ru", groups="/"),
    Variant(labels="kk", groups="/", several="details"),
    Variant(labels="pl", several="summary"),
    Variant(labels="ro", groups="/", several="summary"),
    Variant(groups="/", several="summary", api=True),
    Variant(groups="-", central=True),
    Variant(central=True),
)


def exported(blank: Blank, reports: Sequence[Mapping[str, Submission]], variant: Variant) -> str:
    """The file; `reports`: a visit each, checklist id → submission."""
    survey = survey_of(blank)
    rows = [_row(survey, blank, each, variant, at) for at, each in enumerate(reports, 1)]
    if variant.api:
        filled = [{name: value for name, value in row.items() if value != ""} for row in rows]
        return json.dumps({"count": len(rows), "next": None, "previous": None, "results": filled}, ensure_ascii=False)
    text = io.StringIO()
    how: dict[str, Any] = {"delimiter": ","} if variant.central else {"delimiter": ";", "quoting": csv.QUOTE_ALL}
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n", **how)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(
    survey: Survey, blank: Blank, reports: Mapping[str, Submission], variant: Variant, number: int
) -> dict[str, Any]:
    values = values_of(blank, reports)
    found: dict[str, Any] = {"SubmissionDate": "2026-08-20T07:32:01.123Z"} if variant.central else {}
    at = LANGUAGES.index(variant.labels) if variant.labels else 0
    lists: dict[str, dict[str, str]] = {}
    for option in survey.choices:
        shown = option.label[at] if variant.labels else option.name
        lists.setdefault(option.list_name, {})[option.name] = shown
    for line, groups in _fields(survey.survey):
        own = line.label[at] if variant.labels and line.label else line.name
        above = [g.label[at] if variant.labels and g.label else g.name for g in groups]
        header = variant.groups.join([*above, own]) if variant.groups else own
        value = values.get(line.name, "")
        kind, _, list_name = line.type.partition(" ")
        words = lists.get(list_name, {})
        if kind != "select_multiple":
            found[header] = words.get(value, value)
            continue
        chosen = value.split() if value else []
        if variant.several != "details" or variant.api:
            found[header] = " ".join(words[each] for each in chosen)
        if variant.several != "summary":
            found |= {
                f"{header}/{word}": ("1" if code in chosen else "0") if value else "" for code, word in words.items()
            }
    if variant.central:
        return found | {"meta-instanceID": f"uuid:{number}", "KEY": f"uuid:{number}", "FormVersion": "1"}
    return found | {
        "_id": str(number),
        "_uuid": f"u-{number}",
        "_submission_time": "2026-08-20T07:32:01",
        "__version__": "v",
    }


def _fields(survey: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    groups: list[Line] = []
    for line in survey:
        if line.type == "begin_group":
            groups.append(line)
        elif line.type == "end_group":
            groups.pop()
        else:
            yield line, list(groups)


def values_of(blank: Blank, reports: Mapping[str, Submission]) -> dict[str, str]:
    """Name of a field → what a collector keeps for it."""
    first = next(iter(reports.values()))
    found = {
        FORM: stamp(blank.checklists),
        "start": "2026-08-20T10:31:00.000+05:00",
        "end": "2026-08-20T10:47:00.000+05:00",
    }
    stated = {name: getattr(first, name, None) for name in FIELDS}
    stated |= {"arrived": first.start, "left": first.end, "outcome": first.outcome.value}
    for name, value in stated.items():
        if name in ("arrived", "left") and isinstance(value, datetime):
            found[name] = f"{value:%H:%M}:00.000+05:00"
        elif value is not None:
            found[name] = str(value)
    for checklist in blank.checklists:
        submission, name = reports[checklist.checklist], before(checklist, blank.checklists)
        for item, answer in submission.answers.items():
            if answer != NOT_ASKED:
                out = answer in outside(checklist.items_by_id[item]) if isinstance(answer, str) else False
                found[name + item + (OUT if out else "")] = _kept(answer)
        found |= {name + item + COMMENT: text for item, text in submission.comments.items()}
        found |= {name + item + PHOTO: text for item, text in submission.evidence.items()}
    return found


def _kept(answer: Any) -> str:
    if isinstance(answer, tuple):
        return " ".join(answer) or "none"
    if isinstance(answer, datetime):
        return answer.isoformat(timespec="milliseconds")
    return f"{answer:f}" if isinstance(answer, Decimal) else str(answer)
