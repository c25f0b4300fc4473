"""What the last run of a programme found, for commands that show it without running again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditkit.definitions.programme import ProgrammeFolder
from auditkit.problems import Place, Problem, Severity, declare, nearest, problem
from auditkit.results.store import Store
from auditkit.run.moved import behind
from auditkit.run.state import load_memory
from auditkit.run.waves import in_order, unknown_wave

if TYPE_CHECKING:
    from auditkit.analysis.network_shapes import NetworkFigures
    from auditkit.analysis.shapes import BranchFigures, Context
    from auditkit.results.engine import Tables

NOTHING_YET = declare(
    "R210",
    Severity.ERROR,
    finds="A programme, or a wave of it, without results.",
    why="Only what a run has scored can be shown.",
    mend="Run `auditkit run` in the programme's folder first.",
)
NO_BRANCH = declare(
    "R211",
    Severity.ERROR,
    finds="A branch code that neither branches.csv nor any visit of the wave has.",
    why="There is nothing to show.",
    mend="Use the code as it stands in branches.csv.",
)


@dataclass(frozen=True)
class Shown:
    """The results of one wave, and of those before it."""

    home: ProgrammeFolder
    store: Store
    wave: str
    waves: tuple[str, ...]
    """With results, up to this one, by date."""

    def network(self, *, visits: bool = True) -> tuple[NetworkFigures, Context]:
        """The network's figures, as the QA lead may see them; `visits`: whether every visit is among them."""
        from auditkit.analysis.network import network_figures
        from auditkit.audience.copies import quality_copy

        with self.store.open(self.waves) as tables:
            context = self._context(tables)
            audience = quality_copy(context)
            return network_figures(tables, context, self.wave, audience=audience, visits=visits), context

    def branch(self, code: str) -> tuple[BranchFigures, Context] | None:
        """One branch's figures; `None` where nobody knows it."""
        from auditkit.analysis.branches import branch_figures, visited_branches
        from auditkit.audience.copies import quality_copy

        with self.store.open(self.waves) as tables:
            if code not in self.home.branches and code not in visited_branches(tables, self.wave):
                return None
            context = self._context(tables)
            figures = next(branch_figures(tables, context, self.wave, [code], audience=quality_copy(context)))
            return figures, context

    def _context(self, tables: Tables) -> Context:
        from dataclasses import replace

        from auditkit.analysis.contexts import context_for
        from auditkit.run.release.standing import publication_of

        home = self.home
        context = context_for(tables, home.library, home.programme, home.branches, home.history)
        return replace(context, publication=publication_of(home, self.wave))

    def no_branch(self, code: str) -> Problem:
        """What to say of a code that nobody knows."""
        known = nearest(code, self.home.branches) or ", ".join(sorted(self.home.branches)[:12])
        return problem(NO_BRANCH, Place("branches.csv"), code, known=known)

    def problems(self) -> tuple[Problem, ...]:
        """Everything that was wrong with the files of the wave."""
        memory = load_memory(self.home.folder / ".auditkit", self.wave).memory
        return tuple(each for name in sorted(memory) for each in memory[name].problems)


def last_results(home: ProgrammeFolder, wave: str | None) -> tuple[Shown | None, list[Problem]]:
    """The results of a wave, by default the latest that has any; warns where files changed since."""
    waves = in_order(home)
    if wave is not None and (unknown := unknown_wave(home, wave)) is not None:
        return None, [unknown]
    store = Store(home.folder / ".auditkit" / "results")
    there = [each for each in waves if each in store.waves]
    if not there or (wave is not None and wave not in there):
        return None, [problem(NOTHING_YET, Place("visits"), wave or home.folder.name)]
    chosen = wave or there[-1]
    return Shown(home, store, chosen, tuple(there[: there.index(chosen) + 1])), behind(home.folder, waves)
