"""Files that somebody names, without a programme around them: read, checked, scored, shown, explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditkit.intake.inbox import Decided, Fate, Incoming, settle
from auditkit.intake.reading import FileReading, read_file
from auditkit.problems import Problem, has_errors
from auditkit.results.keys import submission_hash
from auditkit.run.files import FileOutcome, Job, file_parts, score_files
from auditkit.run.incoming import incoming_of, keys_of, reports_of

if TYPE_CHECKING:
    from auditkit.analysis.network_shapes import NetworkFigures
    from auditkit.analysis.shapes import BranchFigures, Context

WAVE = "all"
"""The wave of files that come without a programme."""
Step = Callable[[], None]


def read_submissions(
    paths: Sequence[Path | str], *, checklists: Sequence[str] = (), columns: Path | str | None = None
) -> list[FileReading]:
    """What files hold, one reading a submission, with their problems; `checklists`: ids or paths.

    Raises ValueError where a definition or the mapping itself can't be used, with its problems as the second argument.
    """
    from auditkit.run.inputs import Shelf, load_columns

    shelf = Shelf([Path("checklists")])
    problems: list[Problem] = []
    for name in checklists:
        problems += shelf.name(name)[1]
    mapping, more = load_columns(Path(columns), list(shelf.named.values())) if columns is not None else (None, ())
    if has_errors((*problems, *more)):
        raise ValueError("a definition or mapping can't be used", (*problems, *more))
    return [read_file(Path(path), shelf, columns=mapping) for path in paths]


class Summary(NamedTuple):
    """What came in and what became of it; the sum is checked."""

    files: int
    fates: dict[Fate, int]
    problems: tuple[Problem, ...]

    @property
    def received(self) -> int:
        """All submissions, and files that gave none."""
        return sum(self.fates.values())


def _summary(
    files: int, keys: Sequence[Incoming], decided: Mapping[str, Decided], problems: Sequence[Problem]
) -> Summary:
    counted = dict.fromkeys(Fate, 0)
    for each in decided.values():
        counted[each.fate] += 1
    if sum(counted.values()) != len(keys):
        raise AssertionError("a submission has no fate, or two")
    return Summary(files, counted, tuple(problems))


# -- check ---------------------------------------------------------------------------------------------------------


def check_files(
    job: Job, paths: Sequence[Path], step: Step = lambda: None, look: Callable[[FileOutcome], None] = lambda _: None
) -> Summary:
    """Every problem of these files, and what would become of each; `look` is shown every file as it was read."""
    incoming: list[Incoming] = []
    problems: list[Problem] = []
    for path in paths:
        for outcome in file_parts(job, path):
            incoming += incoming_from(outcome, job)
            problems += _problems(outcome)
            look(outcome)
        step()
    return _summary(len(paths), incoming, settle(incoming), problems)


def incoming_from(outcome: FileOutcome, job: Job) -> list[Incoming]:
    """What decides on the fates of a file's submissions."""
    reports = reports_of(outcome)
    found = []
    for key, each in zip(keys_of(reports, outcome), reports, strict=True):
        submission = each.submission
        if submission is None:
            found.append(Incoming(key, outcome.file, sha256=outcome.sha256, readable=False))
        else:
            checklist = job.checklists.get(submission.checklist, submission.version)
            answers = each.received or submission_hash(submission)
            found.append(incoming_of(key, each, checklist, answers, outcome))
    return found


def _problems(outcome: FileOutcome) -> list[Problem]:
    return [*outcome.problems, *(problem for scored in outcome.scored for problem in scored.problems)]


# -- score ---------------------------------------------------------------------------------------------------------


_Told = tuple[list[Incoming], list[str | None], list[Problem]]


def _told(job: Job, every_item: bool, outcome: FileOutcome) -> _Told:  # noqa: FBT001  bound by `partial`
    """What a worker gives for one file: keys, the JSON of every scored visit, problems."""
    from auditkit.reports.visit_json import visit_json

    texts: list[str | None] = []
    for each in outcome.scored:
        checklist = None
        if each.submission is not None and each.score is not None:
            checklist = job.checklists.get(each.submission.checklist, each.submission.version)
        if checklist is None or each.submission is None or each.score is None:
            texts.append(None)
        else:
            texts.append(visit_json(each.submission, each.score, checklist, every_item=every_item))
    return incoming_from(outcome, job), texts, _problems(outcome)


def score_as_json(
    job: Job,
    paths: Sequence[Path],
    out: Callable[[str], None],
    language: str,
    *,
    every_item: bool = False,
    processes: int | None = None,
) -> Summary:
    """Print one JSON document: `visits`, `not_scored`, `problems`, `counts`."""
    from auditkit.reports.as_json import problem_record
    from auditkit.reports.visit_json import dumped

    incoming: list[Incoming] = []
    texts: list[str | None] = []
    problems: list[Problem] = []
    give = partial(_told, job, every_item)
    for _, (keys, made, found) in score_files(job, paths, give, processes=processes):
        incoming += keys
        texts += made or [None] * len(keys)
        problems += found
    decided = settle(incoming)
    summary = _summary(len(paths), incoming, decided, problems)
    out('{"visits":[')
    for lines in _lines_of_visits(incoming, texts, decided):
        out(lines)
    rest = [
        {
            "file": key.file,
            "visit": key.visit_id,
            "fate": decided[key.key].fate.value,
            "reason": decided[key.key].reason,
        }
        for key, text in zip(incoming, texts, strict=True)
        if text is None
    ]
    counts = {"files": summary.files, "received": summary.received, **{f.value: n for f, n in summary.fates.items()}}
    shown = [problem_record(each, language) for each in problems]
    out(f'],"not_scored":{dumped(rest)},"problems":{dumped(shown)},"counts":{dumped(counts)}}}')
    return summary


_LINES = 500
"""Visits printed at once: each time the output is flushed, which costs more than to write the line of a visit."""


def _lines_of_visits(
    incoming: Sequence[Incoming], texts: Sequence[str | None], decided: Mapping[str, Decided]
) -> Iterator[str]:
    """The scored visits with their fates, a line each, hundreds of lines at a time; all but the first after a comma."""
    from auditkit.reports.visit_json import with_fate

    lines: list[str] = []
    comma = ""
    for key, text in zip(incoming, texts, strict=True):
        if text is not None:
            fate, reason = decided[key.key]
            lines.append(comma + with_fate(text, fate.value, reason))
            comma = ","
            if len(lines) == _LINES:
                yield "\n".join(lines)
                lines.clear()
    if lines:
        yield "\n".join(lines)


@dataclass(frozen=True)
class ScoredFiles:
    """Scored files as the reports take them."""

    summary: Summary
    branches: tuple[BranchFigures, ...]
    network: NetworkFigures
    context: Context


def score_and_analyse(
    job: Job, paths: Sequence[Path], *, processes: int | None = None, step: Step = lambda: None
) -> ScoredFiles:
    """The figures of all branches and of the network that these files report."""
    from auditkit.analysis.branches import branch_figures
    from auditkit.analysis.contexts import context_for
    from auditkit.analysis.network import network_figures
    from auditkit.audience.copies import quality_copy
    from auditkit.run.reckoned import reckoned
    from auditkit.run.rows import Giving

    giving = Giving(job.checklists, WAVE)
    with reckoned(job, giving, paths, processes=processes, step=step) as made:
        context = context_for(made.tables, job.checklists, None, job.branches)
        audience = quality_copy(context)
        return ScoredFiles(
            _summary(len(paths), made.incoming, made.decided, made.problems),
            tuple(branch_figures(made.tables, context, WAVE, audience=audience)),
            network_figures(made.tables, context, WAVE, audience=audience),
            context,
        )


def write_workbooks(scored: ScoredFiles, folder: Path, language: str) -> Iterator[Path]:
    """A workbook a branch and one of the network; names are made safe for any file system."""
    from auditkit.reports.excel import write_branch, write_network
    from auditkit.run.names import safe_names

    folder.mkdir(parents=True, exist_ok=True)
    names = safe_names([figures.branch.code for figures in scored.branches])
    for figures in scored.branches:
        path = folder / f"{names[figures.branch.code]}.xlsx"
        write_branch(figures, path, language, scored.context)
        yield path
    write_network(scored.network, folder / "_network.xlsx", language, scored.context)
    yield folder / "_network.xlsx"
