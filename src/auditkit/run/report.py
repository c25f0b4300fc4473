"""What a run did, for the command that started it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from auditkit.problems import Problem, has_errors


@dataclass(frozen=True)
class RunReport:
    """The outcome of one run over a programme's folder."""

    done: bool
    """Whether it could be carried out at all; if not, `problems` say why."""
    problems: tuple[Problem, ...]
    """All that stand in the programme and in the files of the wave, read now or before."""
    wave: str = ""
    """The wave reported."""
    folder: Path = Path()
    """Where its reports lie."""
    language: str = ""
    """The programme's."""
    fates: tuple[tuple[str, int], ...] = ()
    """Every fate with its number of submissions in the wave, zeros included."""
    files: int = 0
    """In all waves."""
    read: int = 0
    """Files that were new or changed."""
    written: tuple[Path, ...] = ()
    kept: int = 0
    """Reports that stayed as they were."""
    removed: tuple[Path, ...] = ()
    """Reports of branches that nothing is known of any more."""
    scores: tuple[tuple[str, Decimal | None], ...] = field(default=())
    """Branch code → index as shown, by code."""

    @property
    def received(self) -> int:
        """Submissions and unreadable files of the wave: the sum of all fates."""
        return sum(count for _, count in self.fates)

    def below(self, bound: Decimal) -> list[tuple[str, Decimal]]:
        """Branches whose index, as shown, is under the bound; those without one are not among them."""
        return [(code, shown) for code, shown in self.scores if shown is not None and shown < bound]

    def exit_code(self, fail_under: Decimal | None = None) -> int:
        """0 fine; 1 done but there are problems or a branch is below the mark; 2 could not do it."""
        if not self.done:
            return 2
        low = fail_under is not None and bool(self.below(fail_under))
        return 1 if low or has_errors(self.problems) else 0

    def as_json(self, language: str) -> str:
        """What came in and what became of it, what was written, every branch's index, problems."""
        from auditkit.reports.as_json import dumped, problem_record

        return dumped({
            "done": self.done,
            "wave": self.wave,
            "received": self.received,
            "fates": dict(self.fates),
            "files": self.files,
            "read": self.read,
            "written": [path.as_posix() for path in self.written],
            "kept": self.kept,
            "removed": [path.as_posix() for path in self.removed],
            "scores": {code: None if shown is None else str(shown) for code, shown in self.scores},
            "problems": [problem_record(each, language) for each in self.problems],
        })  # fmt: skip
