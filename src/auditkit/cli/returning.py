"""What goes back to shoppers: marked copies of their own forms."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.cli.forms import KINDS
from auditkit.cli.screen import out, stop

if TYPE_CHECKING:
    from auditkit.run.files import FileOutcome, Job
    from auditkit.run.marking import Marked

RETURNED = tuple(name for name in KINDS if name in ("workbook", "page"))
"""Kinds of form that hold remarks beside the questions."""


class Copies:
    """Writes a marked copy of every report that must go back, and says so."""

    def __init__(self, job: Job, folder: Path, to: str, language: str, *, force: bool) -> None:
        if to not in RETURNED:
            stop(f"--to {to}: a marked copy is one of {', '.join(RETURNED)}")
        if folder.exists() and not folder.is_dir():
            stop(f"--mark {folder}: this is a file; name the folder for the copies")
        self._job, self._folder, self._kind = job, folder, KINDS[to]
        self._language, self._force = language, force
        self.marked: list[Marked] = []

    def look(self, outcome: FileOutcome) -> None:
        """Take a file as it was read."""
        from auditkit.run.marking import mark

        write = getattr(import_module(f"auditkit.forms.{self._kind.module}"), self._kind.function)
        self.marked += mark(
            outcome,
            self._job.checklists,
            self._folder,
            write,
            ending=self._kind.endings[0],
            language=self._language,
            force=self._force,
        )

    def tell(self) -> None:
        """Which copies were written, and which were not, with the reason."""
        from auditkit.locales import say

        written = [each for each in self.marked if each.path is not None]
        for each in self.marked:
            if each.path is not None:
                out(say(self._language, "cli.marked", path=each.path, n=len(each.remarks)))
            else:
                out(say(self._language, f"cli.mark_{each.why}", file=each.file, visit=each.visit_id))
        if written:
            out(say(self._language, "cli.marked_sum", n=len(written), folder=self._folder))
        elif not self.marked:
            out(say(self._language, "cli.mark_none"))
