"""When a survey tool asks a question: our conditions as its expressions.

A condition that hangs on a required answer that is still blank neither holds nor fails: the question waits. So every
condition is written twice, as what makes it hold for sure and as what makes it fail for sure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from auditkit.forms.conditions import AnyCondition
from auditkit.forms.failing import Span, failing_answers, failing_spans
from auditkit.forms.layout import FormRow
from auditkit.intake.survey_names import OUT, outside
from auditkit.model.checklist import Checklist
from auditkit.model.conditions import All, AnyOf, Not, Test
from auditkit.model.items import AnyItem, Choice, Multi, NumberItem, Scale, YesNo
from auditkit.model.visit import NEVER, NOT_APPLICABLE, NOT_OBSERVED

_STATES = (NOT_APPLICABLE, NOT_OBSERVED, NEVER)
NEVER_TRUE = "false()"


class Logic:
    """The expressions of one checklist; `name` gives an item's field."""

    def __init__(
        self, checklist: Checklist, rows: Mapping[str, FormRow], name: Callable[[str], str], *, positions: bool
    ) -> None:
        self._checklist, self._rows, self._name, self._positions = checklist, rows, name, positions

    def asked(self, row: FormRow) -> str:
        """Empty: always."""
        parts = [self._holds(each) for each in row.conditions]
        if row.positions and self._positions:
            here = [f"${{position}} = {quoted(each)}" for each in row.positions]
            parts.append(_any(["${position} = ''", *here]))
        return _all(parts) if parts else ""

    def fails(self, item: AnyItem) -> str:
        """The answers that are not met; empty where a form cannot tell."""
        field = f"${{{self._name(item.id)}}}"
        if isinstance(item, (YesNo, Choice)):
            return _any([f"{field} = {quoted(each)}" for each in failing_answers(item, self._checklist)] or [""])
        if isinstance(item, (NumberItem, Scale)):
            spans = [_inside(field, span) for span in failing_spans(item, self._checklist)]
            number = f"{field} != '' and " if isinstance(item, NumberItem) else _no_state(field, item)
            return f"{number}{_any(spans)}" if spans else ""
        return ""

    def answered(self, item: AnyItem) -> str:
        """Whether it has an answer of its own or an 'outside' one."""
        given = f"${{{self._name(item.id)}}} != ''"
        return _any([given, f"${{{self._name(item.id)}{OUT}}} != ''"]) if outside(item) else given

    def _holds(self, condition: AnyCondition) -> str:
        match condition:
            case All():
                return _all([self._holds(each) for each in condition.all])
            case AnyOf():
                return _any([self._holds(each) for each in condition.any])
            case Not():
                return self._fails(condition.not_)
            case Test():
                row, told = self._told(condition)
                return NEVER_TRUE if row is None else _all([*self._chain(row), told])

    def _fails(self, condition: AnyCondition) -> str:
        match condition:
            case All():
                return _any([self._fails(each) for each in condition.all])
            case AnyOf():
                return _all([self._fails(each) for each in condition.any])
            case Not():
                return self._holds(condition.not_)
            case Test():
                row, told = self._told(condition)
                if row is None:
                    return "true()"
                item = self._checklist.items_by_id[condition.item]
                known = [self.answered(item)] if row.required else []
                asked = self._chain(row)
                other = _all([*known, f"not({told})"])
                return _any([*(f"not({each})" for each in asked), other]) if asked else other

    def _chain(self, row: FormRow) -> list[str]:
        asked = self.asked(row)
        return [asked] if asked else []

    def _told(self, test: Test) -> tuple[FormRow | None, str]:
        row = self._rows.get(test.item)
        if row is None:
            return None, ""
        parts = []
        if test.is_ is not None:
            parts.append(self._is(test.item, test.is_))
        if test.in_ is not None:
            parts.append(_any([self._is(test.item, each) for each in test.in_]))
        field = f"${{{self._name(test.item)}}}"
        if test.includes is not None:
            parts.append(f"selected({field}, {quoted(test.includes)})")
        if test.at_least is not None or test.at_most is not None:
            parts.append(f"{field} != ''")
            parts += [f"not(selected({field}, {quoted(each)}))" for each in self._states(test.item)]
        parts += [f"{field} >= {test.at_least}"] if test.at_least is not None else []
        parts += [f"{field} <= {test.at_most}"] if test.at_most is not None else []
        return row, _all(parts or [NEVER_TRUE])

    def _states(self, item: str) -> tuple[str, ...]:
        found = self._checklist.items_by_id[item]
        return (NOT_APPLICABLE, NOT_OBSERVED) if isinstance(found, Scale) else ()

    def _is(self, item: str, wanted: str) -> str:
        found, field = self._checklist.items_by_id[item], f"${{{self._name(item)}}}"
        if outside(found):
            if wanted in _STATES:
                return f"${{{self._name(item)}{OUT}}} = {quoted(wanted)}"
            return f"{field} != '' and {field} = {wanted}" if _is_number(wanted) else NEVER_TRUE
        if isinstance(found, Multi):
            return f"selected({field}, {quoted(wanted)}) and count-selected({field}) = 1"
        return f"{field} = {quoted(wanted)}"


def quoted(text: str) -> str:
    """A text in an expression; one that holds both kinds of marks is put together."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in text.split("'")) + ")"


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def _no_state(field: str, item: AnyItem) -> str:
    states = [NOT_APPLICABLE] * item.not_applicable + [NOT_OBSERVED] * item.not_observed
    return f"{field} != '' and " + "".join(f"{field} != {quoted(each)} and " for each in states)


def _inside(field: str, span: Span) -> str:
    bounds = []
    if span.above is not None:
        bounds.append(f"{field} {'>=' if span.bottom else '>'} {float(span.above):g}")
    if span.up_to is not None:
        bounds.append(f"{field} <= {float(span.up_to):g}")
    return _all(bounds or ["true()"])


def _all(parts: list[str]) -> str:
    found = [each for each in dict.fromkeys(parts) if each and each != "true()"]
    return " and ".join(found if len(found) == 1 else [f"({each})" for each in found]) if found else "true()"


def _any(parts: list[str]) -> str:
    found = [each for each in dict.fromkeys(parts) if each]
    if not found:
        return ""
    return found[0] if len(found) == 1 else "(" + " or ".join(f"({each})" for each in found) + ")"
