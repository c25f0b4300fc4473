"""A whole programme: its folder read, scored, stored and reported, of which only what changed is done again."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path

from auditkit import __version__
from auditkit.definitions.programme import ProgrammeFolder, drafts_of, load_programme
from auditkit.problems import Place, Problem, Severity, declare, problem
from auditkit.results.store import Store
from auditkit.run.alone import NO_LOCKS, RUNS, alone
from auditkit.run.crew import Crew
from auditkit.run.discovery import Paths, find_visits
from auditkit.run.files import score_files
from auditkit.run.holding import Holding
from auditkit.run.jobs import job_of, mappings_of
from auditkit.run.pool import ALONE_BELOW, processes_to_use
from auditkit.run.ready import inputs_of
from auditkit.run.report import RunReport
from auditkit.run.reports import fate_counts, publish
from auditkit.run.rows import Giving, file_rows
from auditkit.run.state import Kept, digest, load_memory, save_memory
from auditkit.run.wave import Current, WaveState, compare, known_fates
from auditkit.run.waves import in_order, unknown_wave
from auditkit.scoring import ENGINE

NO_VISITS = declare(
    "R206",
    Severity.ERROR,
    finds="A programme without a single file in visits/WAVE/.",
    why="There is nothing to score yet.",
    mend="Put what shoppers sent into the folder of its wave.",
)
NO_ROOM = declare(
    "R207",
    Severity.ERROR,
    finds="A programme's folder into which results cannot be written.",
    why="What is known of every file is kept in .auditkit/ beside programme.yaml, reports in reports/.",
    mend="Make the folder writable, or copy it to where it is; make room on the disk.",
)


_BATCH = "batch-"
Progress = Callable[[str, int, int], None]
"""(`visits` or `reports`, how many are done, of how many)."""


def run(
    folder: Path | str,
    *,
    wave: str | None = None,
    processes: int | None = None,
    language: str | None = None,
    progress: Progress | None = None,
    today: date | None = None,
    draft: bool = True,
) -> RunReport:
    """Bring results and reports of a programme up to date.

    `wave`: the one to report, by default the latest with files. `language`: of all reports; by default the branch's
    own, else the programme's. `today`: days after it are refused as days of a visit; `None`: no day is. `draft`:
    whether checklists that are not approved yet may be used.
    """
    read = inputs_of(Path(folder))
    home, problems = load_programme(folder)
    if home is None:
        return RunReport(done=False, problems=problems)
    waves = in_order(home)
    if wave is not None and (unknown := unknown_wave(home, wave)) is not None:
        return RunReport(done=False, problems=(*problems, unknown), language=home.programme.language)
    if not draft and (refused := drafts_of(home)):
        return RunReport(done=False, problems=(*problems, *refused), language=home.programme.language)
    try:
        with alone(home.folder / ".auditkit") as locked, _seldom_collecting():
            if not locked and os.access(home.folder / ".auditkit" / RUNS, os.W_OK):
                problems = (*problems, problem(NO_LOCKS, Place(".auditkit"), home.folder.name))
            _swept(home.folder / ".auditkit", alone=locked)
            one = _Run(home, problems, processes, progress or _silent, today, read)
            with one.crew:
                return one.all(waves, wave, language)
    except OSError as error:
        place = Place(str(error.filename or home.folder.as_posix()))
        return RunReport(done=False, problems=(*problems, problem(NO_ROOM, place, error.strerror or str(error))))


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Few of a run's many records lie in circles: looking for those all the time is a tenth of its work."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


class _Run:
    """One run: the folder, what is remembered of it, and the results on disk."""

    def __init__(
        self,
        home: ProgrammeFolder,
        problems: Sequence[Problem],
        processes: int | None,
        progress: Progress,
        today: date | None,
        read: str = "",
    ) -> None:
        self.home = home
        self.inputs = read
        self.problems = list(problems)
        self.processes = processes
        self.crew = Crew(processes_to_use(processes))
        self.progress = progress
        self.private = home.folder / ".auditkit"
        self.store = Store(self.private / "results")
        self.mappings, found = mappings_of(home)
        self.problems += found
        self.job = job_of(home, self.mappings, today)
        holding = self.job.holding or Holding()
        self.proving = holding.proving
        planned = digest(sorted((*key, *days) for key, days in holding.windows.items()))
        self._inputs = cache(lambda mapping: digest((home.sha256, mapping, planned, ENGINE, __version__)))
        review_all = home.programme.rules.review == "all"
        self.current = Current(
            self._inputs_of, cache(self._definition), home.calendar.sha256, review_all, home.decisions, self.proving
        )
        self.read = 0

    def all(self, waves: Sequence[str], asked: str | None, language: str | None) -> RunReport:
        """Results of every wave, reports of one."""
        states = self._update(waves)
        with_files = [wave for wave in waves if states[wave].memory]
        if not with_files:
            place = Place("visits")
            found = (*self.problems, problem(NO_VISITS, place, self.home.folder.name))
            return RunReport(done=False, problems=found, language=self.home.programme.language)
        wave = asked or with_files[-1]
        fates = {each: states[each].fates() for each in with_files}
        until = [each for each in waves[: waves.index(wave) + 1] if each in fates]
        known = {each: (states[each].memory, fates[each]) for each in until}
        published = publish(self.home, self.store, wave, known, language, self.crew, self.progress, inputs=self.inputs)
        counts = fate_counts(fates.get(wave, {}).values())
        return RunReport(
            done=True,
            problems=(*self.problems, *_problems(states[wave]), *self._said(states[wave]), *published.problems),
            wave=wave,
            folder=self.home.folder / "reports" / wave,
            language=self.home.programme.language,
            fates=counts,
            files=sum(len(states[each].memory) for each in waves),
            read=self.read,
            written=published.written,
            kept=published.kept,
            removed=published.removed,
            scores=published.scores,
        )

    def _said(self, state: WaveState) -> list[Problem]:
        """Decisions that find no report, and published scores that have moved."""
        from auditkit.run.deciding import gone
        from auditkit.run.purging.standing import of_wave

        reports = (light.incoming for each in state.memory.values() for light in each.lights)
        found = list(gone(self.home, state.wave, reports))
        found += of_wave(self.home, state.wave, state.kept)
        if (self.home.folder / "releases").is_dir():
            from auditkit.analysis.asking import ask
            from auditkit.run.release.manifest import Scored, damaged
            from auditkit.run.release.replaying import moved_since

            with self.store.open([state.wave]) as tables:
                now = {each.key: each for row in ask(tables, "published", wave=state.wave) for each in [Scored(*row)]}
            found += [*damaged(self.home.folder, state.wave), *moved_since(self.home, state.wave, now)]
        return found

    def _inputs_of(self, name: str) -> str:
        from fnmatch import fnmatch

        return self._inputs(next((each.sha256 for each in self.mappings if fnmatch(name, each.glob)), ""))

    def _definition(self, checklist: str, version: str) -> str:
        found = self.home.library.get(checklist, version)
        return found.source_hash if found is not None else ""

    def _update(self, waves: Sequence[str]) -> dict[str, WaveState]:
        """Read what changed, wave by wave; results are on disk before anything is remembered."""
        if not self.store.waves:
            # A first run is a large one; what is started now is smaller than after a million files were listed.
            self.crew.start()
        found, problems = find_visits(self.home.folder, waves)
        self.problems += problems
        states = {}
        for wave in waves:
            remembered = load_memory(self.private, wave) if wave in self.store.waves or not found[wave] else Kept({})
            states[wave] = compare(self.home.folder, wave, found.pop(wave), remembered, self.current)
        total = sum(len(state.changed) for state in states.values())
        if total >= ALONE_BELOW:
            self.crew.start()
        for state in states.values():
            if state.is_new:
                self._read(state, total)
            elif state.touched:
                self._remember(state)
        return states

    def _read(self, state: WaveState, total: int) -> None:
        from auditkit.results.batch import Batch, write_fates
        from auditkit.run.sizes import cuts_of, expected_items

        home = self.home
        giving = Giving(home.library, None, home.sha256, home.calendar.sha256, home.decisions, self.proving)
        by_name = {each.name: each for each in state.changed}
        cuts = cuts_of(sorted(home.branches), expected_items(home, state.changed))
        # A million of these would fill the memory: they go as soon as the files are read.
        state.changed.clear()
        paths = Paths(self.home.folder, list(by_name))
        with _scratch(self.private) as folder:
            with Batch(folder, cuts) as batch:
                for _, rows in score_files(self.job, paths, partial(file_rows, giving), processes=self.processes):
                    batch.add(rows.texts, rows.items)
                    state.take(by_name[rows.file], rows, self.current.inputs_of(rows.file))
                    self.read += not rows.part
                    self.progress("visits", self.read, total)
            del by_name, paths
            write_fates(folder, known_fates(state.fates()))
            self.crew.call(_store, self.store.folder, state.wave, folder if state.memory else None)
        self.store.reload()
        self._remember(state)

    def _remember(self, state: WaveState) -> None:
        save_memory(self.private, state.wave, state.memory, self.home.decisions.of_wave(state.wave))


def _store(folder: Path, wave: str, batch: Path | None) -> None:
    """Bring the results of a wave up to date; without a batch they are dropped."""
    store = Store(folder)
    if batch is None:
        store.drop(wave)
    else:
        store.update(wave, batch)
    store.commit()


def _swept(private: Path, *, alone: bool) -> None:
    """Take away what a run that was killed had begun; only where nobody else can be at work in it."""
    for each in private.glob(f"{_BATCH}*") if alone else ():
        shutil.rmtree(each, ignore_errors=True)


@contextmanager
def _scratch(private: Path) -> Iterator[Path]:
    """A folder on the same disk that is gone afterwards."""
    private.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=_BATCH, dir=private))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _problems(state: WaveState) -> list[Problem]:
    return [each for name in sorted(state.memory) for each in state.memory[name].problems]
