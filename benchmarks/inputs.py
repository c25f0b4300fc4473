"""The files that are measured: a programme folder with a workbook a visit, each filled by dice."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.checklist import NAME, WAVE, branch_rows, checklist_data, programme_data, put_yaml
from benchmarks.filled_form import FormWriter
from benchmarks.measuring import auditkit, cpu_of

VISITS_A_BRANCH = 10


class Programme:
    """A programme folder whose every branch was visited so many times in each wave, each visit a workbook.

    `inbox` is the folder of the last wave; `visits` is the number of visits of a branch in a wave.
    """

    def __init__(
        self, folder: Path, branches: int, *, visits: int = VISITS_A_BRANCH, waves: Sequence[str] = (WAVE,)
    ) -> None:
        self.folder = folder
        self.visits = visits
        self.inboxes = [folder / "visits" / wave for wave in waves]
        self.inbox = self.inboxes[-1]
        definition = folder / "checklists" / NAME / "checklist.yaml"
        definition.parent.mkdir(parents=True)
        put_yaml(definition, checklist_data())
        put_yaml(folder / "programme.yaml", programme_data(waves))
        (folder / "branches.csv").write_text(branch_rows(branches), encoding="utf-8")
        self.writer = FormWriter(definition, folder)
        self._next = 0
        for inbox in self.inboxes:
            inbox.mkdir(parents=True)
            self._fill(inbox, branches * visits, lambda place: place // visits)

    def _fill(self, inbox: Path, count: int, branch: Callable[[int], int]) -> None:
        for place in range(count):
            self.writer.write(inbox, self._next, branch(place), wave=inbox.name)
            self._next += 1

    def change(self, edition: int) -> None:
        """Other answers in one of the workbooks."""
        self.writer.write(self.inbox, edition, edition // self.visits, edition=edition)

    def arrive(self, count: int) -> None:
        """So many workbooks more in the last wave, each about another branch."""
        self._fill(self.inbox, count, lambda place: place)

    def run(self) -> float:
        """CPU seconds of a run."""
        return cpu_of(auditkit("run"), cwd=self.folder)

    def forget(self) -> None:
        """As before the first run."""
        for name in (".auditkit", "reports"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
