"""The form as an XLSForm for KoboToolbox, ODK Central and whatever reads them: one form for any number of visits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from auditkit.forms.blank import Blank, CannotWrite
from auditkit.forms.layout import FormRow, anchors_of, not_reviewed, rows_of
from auditkit.forms.survey.checks import faults_of
from auditkit.forms.survey.logic import Logic, quoted
from auditkit.forms.survey.sheets import Line, Option, Survey, Words, tongue, write_sheets
from auditkit.intake.spelling_words import plain_word
from auditkit.intake.survey_fields import step_words
from auditkit.intake.survey_names import COMMENT, FORM, LABELS, OUT, PHOTO, Question, before, label, outside, stamp
from auditkit.locales import LANGUAGES, say
from auditkit.model.checklist import Checklist, positions_of
from auditkit.model.items import AnyItem, Choice, Multi, NumberItem, Scale, YesNo
from auditkit.model.judging import Asked
from auditkit.model.visit import NO, NOT_APPLICABLE, NOT_OBSERVED, YES, Outcome

_FREE = {
    "number": "decimal",
    "timestamp": "dateTime",
    "photo": "image",
    "receipt": "image",
    "audio": "audio",
    "file": "file",
}
"""Kind of an item without a list of answers → type of the field."""


def write_xlsform(blank: Blank, path: Path) -> None:
    """Write the form; raises `CannotWrite` where a survey tool would misread it."""
    made = survey_of(blank)
    faults = faults_of(made.survey, made.choices)
    if faults:
        raise CannotWrite("; ".join(faults))
    write_sheets(made, path)


def survey_of(blank: Blank) -> Survey:
    """The form of these checklists; a visit code makes it the form of that visit alone."""
    writer = _Writer(blank)
    lines = [*writer.head(), *(line for each in blank.checklists for line in writer.checklist(each))]
    names = "_".join(each.checklist for each in blank.checklists)
    own = re.sub(r"\W+", "_", blank.visit_id)
    versions = "_".join(f"{each.version}-{each.source_hash[:8]}" for each in blank.checklists)
    title = " + ".join(each.title.said(blank.language) for each in blank.checklists)
    settings = {
        "form_title": f"{title} {blank.visit_id}".strip(),
        "form_id": re.sub(r"[^\w-]+", "_", "_".join(part for part in ("auditkit", names, own) if part))[:64],
        "version": versions,
        "default_language": tongue(blank.language),
    }
    return Survey(lines, writer.choices(), settings)


def _words(key: str, **facts: object) -> Words:
    return tuple(say(language, key, **facts) for language in LANGUAGES)


def _titled(checklist: Checklist, language: str) -> str:
    """The title, and where nobody has read the translation, that too."""
    title, remark = checklist.title.said(language), not_reviewed(checklist, language)
    return f"{title} ({remark})" if remark else title


class _Writer:
    def __init__(self, blank: Blank) -> None:
        self._blank = blank
        self._several = len(blank.checklists) > 1
        self._lists: dict[str, tuple[tuple[str, Words], ...]] = {}
        self._positions = positions_of(blank.checklists) if blank.employees != "none" else {}

    def choices(self) -> list[Option]:
        """All lists, each once."""
        return [Option(name, value, words) for name, rows in self._lists.items() for value, words in rows]

    # -- the visit ----------------------------------------------------------------------------------------------

    def head(self) -> Iterator[Line]:
        """What every report says of itself, and the fields of the visit."""
        blank = self._blank
        yield Line("start", "start")
        yield Line("end", "end")
        yield Line("calculate", FORM, calculation=quoted(stamp(blank.checklists)))
        yield Line("begin_group", "visit", _words("forms.cover"), appearance="field-list")
        known = {"visit_id": blank.visit_id, "wave": blank.wave or "", "branch": blank.branch or ""}
        known |= {"shopper": blank.shopper or ""}
        for name, value in known.items():
            fixed = "yes" if value and name in ("visit_id", "wave") else ""
            needed = "yes" if name == "branch" else ""
            if value or name != "wave":
                yield self._field("text", name, default=value, readonly=fixed, required=needed)
        yield self._field("date", "visit_date", required="yes", default="today()")
        yield self._field("time", "arrived")
        yield self._field("time", "left")
        outcomes = tuple((each.value, _words(f"forms.outcome_{each.value}")) for each in Outcome)
        yield self._field(self._one_of("outcome", outcomes), "outcome", required="yes", default=Outcome.DONE.value)
        for name in ("attempts", "customers_waiting", "staff_on_duty"):
            yield self._field("integer", name, constraint=". >= 0 and . < 100000")
        yield self._field("decimal", "minutes_to_first_contact", constraint=". >= 0")
        if self._positions:
            titles = self._positions.items()
            people = tuple((name, tuple(title.said(language) for language in LANGUAGES)) for name, title in titles)
            yield self._field(self._one_of("position", people), "position")
        if blank.employees == "named":
            yield self._field("text", "employee")
        yield Line("end_group", "visit")

    def _field(self, type_: str, name: str, **more: str) -> Line:
        told = _words("survey.not_possible") if more.get("constraint") else ()
        return Line(type_, name, _words(LABELS[name]), constraint_message=told, **more)  # type: ignore[arg-type]

    # -- the checklists -----------------------------------------------------------------------------------------

    def checklist(self, checklist: Checklist) -> Iterator[Line]:
        """A group a checklist with a group a section; nothing is asked of a visit that was not carried out."""
        shown = [rows_of(checklist, language, self._blank.seen_by) for language in LANGUAGES]
        rows = [tuple(each[at] for each in shown) for at in range(len(shown[0]))]
        by_key = {row[0].key: row[0] for row in rows if row[0].kind == "item"}
        name = before(checklist, self._blank.checklists)
        logic = Logic(checklist, by_key, lambda item: name + item, positions=bool(self._positions))
        title = tuple(_titled(checklist, language) for language in LANGUAGES)
        done = f"${{outcome}} = '{Outcome.DONE.value}'"
        yield Line("begin_group", f"part__{checklist.checklist}", title, relevant=done)
        open_: list[str] = []
        for at, row in enumerate(rows):
            first = row[0]
            if first.kind == "section":
                level = first.number.count(".")
                while len(open_) > level:
                    yield Line("end_group", open_.pop())
                open_.append(f"{name}section__{len(open_)}_{at}")
                said = tuple(f"{each.number} {each.text}" for each in row)
                after = rows[at + 1][0] if at + 1 < len(rows) else None
                plain = after is not None and after.kind != "section"
                leaf = plain and not _holds_sections(rows, at)
                look = "field-list" if leaf else ""
                yield Line("begin_group", open_[-1], said, relevant=logic.asked(first), appearance=look)
            elif first.kind == "item":
                yield from self._item(checklist, checklist.items_by_id[first.key], first, logic)
        while open_:
            yield Line("end_group", open_.pop())
        yield Line("end_group", f"part__{checklist.checklist}")

    def _item(self, checklist: Checklist, item: AnyItem, row: FormRow, logic: Logic) -> Iterator[Line]:
        name = before(checklist, self._blank.checklists) + item.id
        ask = self._asker(checklist, item)
        asked, needed = logic.asked(row), "yes" if row.required else ""
        hint = tuple(_hint(item, checklist, language) for language in LANGUAGES)
        line = Line(self._type(item, name), name, ask(""), hint if any(hint) else (), relevant=asked)
        out = outside(item)
        line = line._replace(required="" if out else needed, required_message=_words("survey.needed") if needed else ())
        yield self._bounded(line, item)
        if out:
            blank = f"${{{name}}} = ''"
            rows = tuple((each, tuple(plain_word(each, language) for language in LANGUAGES)) for each in out)
            relevant = f"({asked}) and {blank}" if asked else blank
            kind = self._one_of("out_" + "_".join(out), rows)
            yield Line(
                kind, name + OUT, ask(OUT), required=needed, required_message=line.required_message, relevant=relevant
            )
        yield from self._beside(item, name, ask, asked, logic)

    def _asker(self, checklist: Checklist, item: AnyItem) -> Callable[[str], Words]:
        def words(part: str) -> Words:
            question = Question(checklist, item, part, "")
            return tuple(label(question, self._blank.checklists, language) for language in LANGUAGES)

        return words

    def _beside(
        self, item: AnyItem, name: str, ask: Callable[[str], Words], asked: str, logic: Logic
    ) -> Iterator[Line]:
        """Comment and file: asked for where the answer needs them, offered where it may."""
        fails, given = logic.fails(item), logic.answered(item)
        for part, rule in ((COMMENT, item.comment), (PHOTO, item.evidence)):
            must = rule.when is Asked.ALWAYS or (rule.when is Asked.NOT_MET and bool(fails))
            if part == PHOTO and rule.when is Asked.NEVER:
                continue
            when = given if rule.when is Asked.ALWAYS or not fails else fails
            relevant = f"({asked}) and ({when})" if asked else when
            needed = "yes" if must else ""
            line = Line("text", name + part, ask(part), required=needed, relevant=relevant)
            if part == PHOTO:
                kind = {"photo": "image", "receipt": "image", "audio": "audio"}.get(item.evidence.kind, "file")
                line = line._replace(type=kind, parameters="max-pixels=1600" if kind == "image" else "")
            elif item.comment.at_least and must:
                least = item.comment.at_least
                line = line._replace(
                    constraint=f"string-length(normalize-space(.)) >= {least}",
                    constraint_message=_words("forms.comment_least", least=least),
                    appearance="multiline",
                )
            else:
                line = line._replace(appearance="multiline")
            yield line._replace(required_message=_words("survey.needed") if must else ())

    # -- kinds of answer ----------------------------------------------------------------------------------------

    def _type(self, item: AnyItem, name: str) -> str:
        match item:
            case YesNo():
                own = [(each, tuple(plain_word(each, language) for language in LANGUAGES)) for each in (YES, NO)]
                states = [word for word, _ in _states(item)]
                return self._one_of("_".join(["yes_no", *states]), (*own, *_states(item)))
            case Choice():
                return self._one_of(name, (*_options(item), *_states(item)))
            case Multi():
                none = ("none", tuple(plain_word("none", language) for language in LANGUAGES))
                return self._one_of(name, (*_options(item), none, *_states(item))).replace("_one", "_multiple", 1)
            case Scale():
                steps = tuple((str(step), step_words(item, step)) for step in range(item.min, item.max + 1))
                return self._one_of(name, (*steps, *_states(item)))
            case _:
                return _FREE.get(item.kind, "text")

    def _one_of(self, name: str, rows: tuple[tuple[str, Words], ...]) -> str:
        self._lists[name] = rows
        return f"select_one {name}"

    def _bounded(self, line: Line, item: AnyItem) -> Line:
        if isinstance(item, NumberItem):
            bounds = [f". >= {item.lowest}"] if item.lowest is not None else []
            bounds += [f". <= {item.highest}"] if item.highest is not None else []
            told = _words("survey.not_possible") if bounds else ()
            return line._replace(constraint=" and ".join(bounds), constraint_message=told)
        if isinstance(item, Multi):
            alone = ["none", *(word for word, _ in _states(item))]
            said = " or ".join(f"selected(., '{each}')" for each in alone)
            told = _words("survey.alone")
            return line._replace(constraint=f"not(({said}) and count-selected(.) > 1)", constraint_message=told)
        return line


def _holds_sections(rows: Sequence[tuple[FormRow, ...]], at: int) -> bool:
    level = rows[at][0].number.count(".")
    for row in rows[at + 1 :]:
        if row[0].kind == "section":
            return row[0].number.count(".") > level
    return False


def _options(item: Choice | Multi) -> tuple[tuple[str, Words], ...]:
    return tuple((o.id, tuple(o.text.said(language) for language in LANGUAGES)) for o in item.options)


def _states(item: AnyItem) -> tuple[tuple[str, Words], ...]:
    own = [NOT_APPLICABLE] if item.not_applicable else []
    own += [NOT_OBSERVED] if item.not_observed and item.scored else []
    return tuple((each, tuple(plain_word(each, language) for language in LANGUAGES)) for each in own)


def _hint(item: AnyItem, checklist: Checklist, language: str) -> str:
    parts = [item.guidance.said(language)] if item.guidance is not None else []
    parts += anchors_of(item, checklist, language)
    if isinstance(item, NumberItem):
        parts.append(say(language, "forms.unit", unit=item.unit.said(language)))
    return "\n".join(parts)
