"""Realistic figures for the reports' tests: a small programme, scored here by the plainest of sums."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from auditkit.analysis.certainty import Interval, ItemChange, Noise, PairedChange, Source, Standings
from auditkit.analysis.network_shapes import (
    FileProblem,
    HeatmapRow,
    ItemFigure,
    NetworkFigures,
    NotAccepted,
    Quality,
    RankingRow,
    RegionFigure,
)
from auditkit.analysis.shapes import (
    BranchFigures,
    ChecklistFigure,
    Context,
    FindingFigure,
    ItemLine,
    Mean,
    SectionFigure,
    TrendPoint,
    VisitFigure,
)
from auditkit.figures import rounded
from auditkit.model.checklist import Checklist, Verdict
from auditkit.model.judging import Severity
from auditkit.model.programme import Branch, Programme
from auditkit.model.visit import Outcome, State

LONG_RU = (
    "Сотрудник приветствует клиента первым, называет своё имя и наименование организации и предлагает помощь "
    "в течение тридцати секунд после того, как клиент вошёл в операционный зал"
)
LONG_PL = (
    "Czy pracownik jako pierwszy powitał klienta, przedstawił się imieniem i nazwiskiem oraz zaproponował pomoc "
    "w ciągu trzydziestu sekund od wejścia klienta do sali obsługi, także wtedy, gdy obsługiwał kogoś innego"
)
LONG_BRANCH = {
    "ru": "Специализированное отделение по обслуживанию малого и среднего предпринимательства «Павлодар-Северный»",
    "pl": "Oddział Specjalistyczny do spraw Obsługi Małych i Średnich Przedsiębiorstw Szczecin-Świerczewo",
    "en": "Abay Avenue",
}


def item(id_: str, en: str, ru: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "text": {"en": en, "ru": ru, "pl": more.pop("pl", en)}, **more}


def checklist(version: str = "2.0.0") -> Checklist:
    return Checklist.model_validate(
        {
            "checklist": "phone-etiquette",
            "version": version,
            "title": {"en": "Phone etiquette", "ru": "Телефонный этикет", "pl": "Kultura rozmów telefonicznych"},
            "in_force_from": date(2026, 2, 1),
            "min_coverage": 60,
            "source_hash": "9f2c" * 16,
            "responsible": [{"name": "A. Example", "role": "project head"}],
            "grades": [
                {
                    "grade": "excellent",
                    "title": {"en": "Excellent", "ru": "Отлично"},
                    "at_least": 90,
                    "verdict": "pass",
                    "no_critical_failed": True,
                },
                {
                    "grade": "good",
                    "title": {"en": "Good", "ru": "Хорошо"},
                    "at_least": 75,
                    "verdict": "pass",
                    "each_section_at_least": 50,
                },
                {"grade": "weak", "title": {"en": "Needs work", "ru": "Требует работы"}, "verdict": "fail"},
            ],
            "sections": [
                {
                    "id": "greeting",
                    "title": {"en": "Greeting", "ru": "Приветствие"},
                    "weight": 20,
                    "items": [
                        item(
                            "rings",
                            "How many times did it ring before somebody answered?",
                            "Сколько гудков прозвучало до ответа?",
                            kind="number",
                            unit={"en": "rings", "ru": "гудков", "pl": "sygnałów"},
                            bands=[{"up_to": 3, "credit": 1}, {"up_to": 5, "credit": "0.5"}, {"credit": 0}],
                        ),
                        item(
                            "greets",
                            "Does the employee greet the customer first and say the name of the organisation?",
                            LONG_RU,
                            pl=LONG_PL,
                            trains=["greeting-basics"],
                        ),
                        item("names", "Does the employee give their name?", "Называет ли сотрудник своё имя?"),
                    ],
                },
                {
                    "id": "talk",
                    "title": {"en": "Leading the talk", "ru": "Ведение разговора"},
                    "weight": 50,
                    "items": [
                        item(
                            "listens",
                            "Does the employee let the customer finish?",
                            "Даёт ли сотрудник клиенту договорить?",
                            weight=2,
                        ),
                        item(
                            "clear",
                            "Are the explanations clear and free of jargon?",
                            "Понятны ли объяснения, без профессионального жаргона?",
                            kind="choice",
                            options=[
                                {"id": "all", "text": {"en": "all of them", "ru": "все"}, "credit": 1},
                                {"id": "some", "text": {"en": "some of them", "ru": "частично"}, "credit": "0.5"},
                                {"id": "none_clear", "text": {"en": "none", "ru": "нет"}, "credit": 0},
                            ],
                        ),
                        item(
                            "hold",
                            "Does the employee ask before putting the call on hold?",
                            "Спрашивает ли сотрудник разрешения перед переводом в режим ожидания?",
                            not_applicable=True,
                        ),
                        item(
                            "data",
                            "Does the employee keep other customers' data to themselves?",
                            "Сохраняет ли сотрудник в тайне данные других клиентов?",
                            critical="fail",
                            severity="critical",
                            anchors={
                                "met": {
                                    "en": "nothing about other customers is said",
                                    "ru": "о других клиентах ничего не сказано",
                                }
                            },
                        ),
                    ],
                },
                {
                    "id": "closing",
                    "title": {"en": "Closing", "ru": "Завершение"},
                    "weight": 30,
                    "items": [
                        item(
                            "sums_up",
                            "Does the employee sum up what was agreed?",
                            "Подводит ли сотрудник итог договорённостей?",
                            severity="major",
                        ),
                        item(
                            "thanks",
                            "Does the employee thank the customer and say goodbye?",
                            "Благодарит ли сотрудник клиента и прощается ли?",
                        ),
                    ],
                },
            ],
        }
    )


def premises() -> Checklist:
    def one(at: int) -> dict[str, Any]:
        return item(
            f"p{at}",
            f"Is place {at} of the premises clean, lit and free of clutter?",
            f"Чисто ли, светло ли и свободно ли от лишних предметов место {at}?",
        )

    return Checklist.model_validate(
        {
            "checklist": "premises",
            "version": "1.1.0",
            "title": {"en": "Premises", "ru": "Помещение", "pl": "Lokal"},
            "source_hash": "ab12" * 16,
            "sections": [
                {
                    "id": "outside",
                    "title": {"en": "Outside", "ru": "Снаружи"},
                    "items": [one(at) for at in range(1, 21)],
                },
                {"id": "inside", "title": {"en": "Inside", "ru": "Внутри"}, "items": [one(at) for at in range(21, 41)]},
            ],
        }
    )


def programme() -> Programme:
    return Programme.model_validate(
        {
            "programme": "acme",
            "name": {"en": "Acme service 2026", "ru": "Сервис Acme 2026"},
            "country": "KZ",
            "waves": [
                {
                    "id": "2026-Q1",
                    "title": {"en": "Spring 2026", "ru": "Весна 2026"},
                    "from": "2026-01-10",
                    "to": "2026-03-31",
                },
                {"id": "2026-Q2", "from": "2026-04-01", "to": "2026-06-30"},
                {
                    "id": "2026-Q3",
                    "title": {"en": "Autumn 2026", "ru": "Осень 2026"},
                    "from": "2026-07-01",
                    "to": "2026-09-30",
                },
            ],
            "checklists": [{"checklist": "phone-etiquette", "weight": 2}, {"checklist": "premises", "weight": 1}],
            "grades": [
                {"grade": "good", "title": {"en": "Good", "ru": "Хорошо"}, "at_least": 80, "verdict": "pass"},
                {"grade": "weak", "title": {"en": "Needs work", "ru": "Требует работы"}, "verdict": "fail"},
            ],
        }
    )


@functools.cache
def context() -> Context:
    plan = programme()
    lists = (checklist(), premises())
    return Context(plan, plan.waves, {}, {(each.checklist, each.version): each for each in lists})


def mean(value: object, n: int = 1) -> Mean:
    exact = Fraction(str(value))
    return Mean(exact, rounded(exact, 1), n)


NOTHING = Mean(None, None, 0)
_CREDITS = {
    "yes": Fraction(1),
    "no": Fraction(0),
    "all": Fraction(1),
    "some": Fraction(1, 2),
    "none_clear": Fraction(0),
    "2": Fraction(1),
    "4": Fraction(1, 2),
    "7": Fraction(0),
}


def visit(of: Checklist, visit_id: str, answers: dict[str, str], comments: dict[str, str] | None = None) -> VisitFigure:
    """A visit in which everything that is not named was answered well."""
    lines: list[ItemLine] = []
    for section, each in of.walk_items():
        good = {"rings": "2", "clear": "all"}.get(each.id, "yes")
        answer = answers.get(each.id, good)
        state = State(answer) if answer in ("not_applicable", "not_observed") else State.SCORED
        credit = _CREDITS.get(answer, Fraction(0))
        weight = Fraction(each.weight) if state is State.SCORED else Fraction(0)
        met = None if state is not State.SCORED else {0: "not_met", 1: "met"}.get(credit, "partly_met")  # type: ignore[call-overload]
        lines.append(
            ItemLine(
                each,
                section.id,
                of.numbers[each.id],
                state,
                met,
                answer,
                (comments or {}).get(each.id, ""),
                weight * credit,
                weight,
                Fraction(0),
                f"{visit_id}.xlsx[Form!D{len(lines) + 4}]",
            )
        )
    return _summed(of, visit_id, lines)


def _summed(of: Checklist, visit_id: str, lines: list[ItemLine]) -> VisitFigure:
    weights = {s.id: Fraction(1 if of.pools_items else s.weight or 1) for s in of.sections}
    possible: dict[str, Fraction] = {}
    for line in lines:
        key = "" if of.pools_items else line.section
        possible[key] = possible.get(key, Fraction(0)) + line.possible
    whole = sum((weights[key] for key, part in possible.items() if key and part), Fraction(0)) or Fraction(1)
    done = []
    for line in lines:
        key = "" if of.pools_items else line.section
        share = (weights[key] if key else whole) / whole
        lost = share * (line.possible - line.earned) / possible[key] * 100 if possible[key] else Fraction(0)
        done.append(replace(line, lost=lost))
    score = 100 - sum((line.lost for line in done), Fraction(0))
    failed = any(line.item.critical and line.met == "not_met" for line in done)
    grade = ("excellent" if score >= 90 and not failed else "good" if score >= 75 else "weak") if of.grades else None
    verdict = (Verdict.FAIL if failed or grade == "weak" else Verdict.PASS) if of.grades else None
    return VisitFigure(
        visit_id,
        "r" + visit_id,
        of.checklist,
        of.version,
        date(2026, 8, 14),
        "morning",
        False,
        Outcome.DONE,
        "",
        score,
        rounded(score, 1),
        grade,
        verdict,
        False,
        Fraction(1),
        Fraction(0),
        "accepted",
        f"visits/2026-Q3/{visit_id}.xlsx",
        tuple(done),
        (),
    )


def _section_figures(of: Checklist, visits: list[VisitFigure]) -> tuple[SectionFigure, ...]:
    found = []
    for at, section in enumerate(of.sections):
        lines = [line for each in visits for line in each.items if line.section == section.id]
        value = sum((line.earned for line in lines), Fraction(0)) / sum((line.possible for line in lines), Fraction(0))
        found.append(
            SectionFigure(
                of.checklist,
                of.version,
                section.id,
                mean(value * 100, len(visits)),
                mean(70 + 5 * at, 2),
                mean(81 + at, 24),
            )
        )
    return tuple(found)


def _checklist_figure(of: Checklist, visits: list[VisitFigure]) -> ChecklistFigure:
    scores = [each.score for each in visits if each.score is not None]
    now = mean(sum(scores, Fraction(0)) / len(scores), len(scores))
    trend = (
        TrendPoint("2026-Q1", mean("71.2", 2), "1.4.0"),
        TrendPoint("2026-Q2", mean("78.4", 2), "1.4.0"),
        TrendPoint("2026-Q3", now, of.version),
    )
    grade, verdict = ("good", Verdict.FAIL) if of.grades else (None, None)
    return ChecklistFigure(
        of.checklist,
        of.version,
        now,
        grade,
        verdict,
        1 if of.grades else 0,
        len(visits) + 1,
        1 if of.grades else 0,
        mean("78.4", 2),
        mean("82.15", 24),
        _section_figures(of, visits),
        trend,
        (),
    )


def _findings(of: Checklist, visits: list[VisitFigure]) -> list[FindingFigure]:
    found = []
    for _, each in of.walk_items():
        lines = [(v, line) for v in visits for line in v.items if line.item is each and line.state is State.SCORED]
        missed = [(v, line) for v, line in lines if line.met != "met"]
        if not missed:
            continue
        last_visit, last = missed[-1]
        lost = sum((line.lost for _, line in missed), Fraction(0)) / len(visits)
        found.append(
            FindingFigure(
                of.checklist,
                of.version,
                each,
                of.numbers[each.id],
                len(missed),
                len(lines),
                last.answer,
                last.comment,
                last_visit.visit_id,
                last.place,
                each.severity,
                bool(each.critical),
                lost,
                ("2026-Q2",) if each.id == "sums_up" else (),
            )
        )
    return sorted(found, key=lambda one: (not one.critical, -one.lost, one.number))


@functools.cache
def branch_figures(language: str = "en", premises_visits: int = 2) -> BranchFigures:
    phone, rooms = checklist(), premises()
    calls = [
        visit(
            phone,
            "K7-Q3-0412",
            {"names": "no", "data": "no", "rings": "4", "hold": "not_applicable"},
            {
                "data": "=She told me that Mr. Smith owes 300,000 and has not paid since May",
                "names": "No name was given.",
            },
        ),
        visit(
            phone,
            "K7-Q3-0413",
            {"sums_up": "no", "clear": "some", "hold": "not_observed"},
            {"sums_up": "The call ended suddenly; I had to ask twice what happens next and by when."},
        ),
    ]
    rooms_seen = [visit(rooms, f"K7-Q3-05{at:02}", {"p3": "no", f"p{at + 4}": "no"}) for at in range(premises_visits)]
    lists = (
        _checklist_figure(context().checklists["phone-etiquette", "2.0.0"], calls),
        _checklist_figure(context().checklists["premises", "1.1.0"], rooms_seen),
    )
    silent = replace(
        calls[0],
        visit_id="K7-Q3-0414",
        outcome=Outcome.NO_ANSWER,
        score=None,
        shown=None,
        grade=None,
        verdict=Verdict.FAIL,
        items=(),
        file="visits/2026-Q3/calls.csv",
    )
    best = tuple(
        FindingFigure(
            phone.checklist,
            phone.version,
            phone.items_by_id[key],
            phone.numbers[key],
            0,
            2,
            "yes",
            "",
            "K7-Q3-0413",
            "",
            Severity.MINOR,
            False,
            Fraction(0),
            (),
        )
        for key in ("greets", "listens", "thanks")
    )
    value = (lists[0].mean.value or 0) * Fraction(2, 3) + (lists[1].mean.value or 0) * Fraction(1, 3)
    trend = (
        TrendPoint("2026-Q1", mean("73.3", 4), "1"),
        TrendPoint("2026-Q2", mean("79.0", 4), "1"),
        TrendPoint("2026-Q3", mean(value, 4), "2"),
    )
    plan = programme()
    place = Branch(code="B07", name=LONG_BRANCH.get(language, "Abay Avenue"), region="North", city="Pavlodar")
    return BranchFigures(
        place,
        plan.waves[2],
        mean(value, 4),
        True,
        "good",
        Verdict.PASS,
        mean("79.0", 4),
        mean("82.4", 48),
        trend,
        lists,
        tuple(_findings(phone, calls) + _findings(rooms, rooms_seen)),
        best,
        (*calls, silent, *rooms_seen),
    )


_CHANGES = {
    0: ItemChange(11, 9, 1, Decimal("0.021484"), Decimal("0.042968"), beyond=True),
    1: ItemChange(11, 0, 9, Decimal("0.003906"), Decimal("0.007812"), beyond=True),
    2: ItemChange(11, 3, 2, Decimal(1), Decimal(1), beyond=False),
}


def carried(figures: NetworkFigures) -> NetworkFigures:
    """The same with everything that n visits can carry."""
    low, high = Decimal("60.5"), Decimal("88.0")
    return replace(
        figures,
        ranking=tuple(
            replace(
                row,
                interval=Interval(low, high, Decimal("6.8"), Decimal(20)) if row.index.n else None,
                group=1 + ((row.index.value or 0) < 80) if row.index.n and row.index_complete else None,
                beyond=row.branch.code == "B08" if row.before else None,
                critical_unseen=None if row.critical_failed or not row.index.n else Decimal("0.95"),
            )
            for row in figures.ranking
        ),
        noises=(
            Noise("phone-etiquette", 2, Fraction(92), 24, Source.WAVE),
            Noise("premises", 1, None, 0, Source.NEVER_TWICE),
        ),
        items=tuple(replace(each, change=_CHANGES.get(at)) for at, each in enumerate(figures.items)),
        standings=Standings(Decimal("0.3449"), Decimal("7.2"), 2, 2, ()),
        change=PairedChange(11, 8, 2, Decimal("2.3"), Fraction(37, 1024)),
    )


@functools.cache
def network_figures(branches: int = 12, language: str = "en") -> NetworkFigures:
    one = branch_figures(language)
    names = [f"Branch {chr(65 + at % 26)}{at}" for at in range(branches)]
    names[1] = LONG_BRANCH.get(language, names[1]) if language != "en" else names[1]
    places = [
        Branch(code=f"B{at:02}", name=name, region=("North", "South", "")[at % 3]) for at, name in enumerate(names)
    ]
    ranking = tuple(
        RankingRow(
            place,
            mean(Decimal(62) + 3 * at, 4) if at != 5 else NOTHING,
            at != 3,
            "good" if at > 6 else "weak",
            Verdict.PASS if at > 6 else Verdict.FAIL,
            (("phone-etiquette", mean(60 + 3 * at, 2)), ("premises", mean(64 + 3 * at, 2) if at != 5 else NOTHING)),
            int(at == 2),
            int(at == 4),
            mean(70 + at, 4) if at else None,
        )
        for at, place in enumerate(places)
    )
    columns = (
        ("phone-etiquette", "2.0.0", "greeting"),
        ("phone-etiquette", "2.0.0", "talk"),
        ("phone-etiquette", "2.0.0", "closing"),
        ("premises", "1.1.0", "outside"),
        ("premises", "1.1.0", "inside"),
    )
    heat = tuple(
        HeatmapRow(place, tuple(mean(45 + (7 * at + 11 * col) % 55, 2) if (at + col) % 9 else None for col in range(5)))
        for at, place in enumerate(places)
    )
    items = tuple(
        ItemFigure(
            of.checklist,
            of.version,
            each,
            section.id,
            of.numbers[each.id],
            24,
            24 - at % 20,
            at % 20 // 2,
            at % 20 - at % 20 // 2,
            2,
            1,
            Fraction(at, 3),
        )
        for of in (checklist(), premises())
        for at, (section, each) in enumerate(of.walk_items())
    )
    regions = tuple(
        RegionFigure(region, wave, mean(70 + 3 * at + len(region), 8), 4)
        for region in ("North", "South", "")
        for at, wave in enumerate(("2026-Q1", "2026-Q2", "2026-Q3"))
    )
    quality = Quality(
        53,
        (
            ("accepted", 48),
            ("held", 0),
            ("returned", 1),
            ("excluded", 0),
            ("duplicate", 1),
            ("not_carried_out", 1),
            ("unreadable", 2),
        ),
        (FileProblem("F104", "error", "visits/2026-Q3/broken.xlsx", "broken.xlsx", (), "unreadable"),),
        (
            NotAccepted("visits/2026-Q3/broken.xlsx", "", "unreadable", "", "", ""),
            NotAccepted(
                "visits/2026-Q3/K7-Q3-0499 (1).xlsx",
                "K7-Q3-0499",
                "duplicate",
                "duplicate_of visits/2026-Q3/K7-Q3-0499.xlsx",
                "desk",
                "1.0.0",
            ),
        ),
    )
    return NetworkFigures(
        one.wave,
        mean("82.4", 48),
        mean("80.1", 46),
        one.index_trend,
        one.checklists,
        ranking,
        columns,
        heat,
        tuple(sorted(items, key=lambda each: -each.lost)),
        regions,
        quality,
        "visits",
        (),
    )
