"""Whether a programme has a wave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditkit.problems import Place, Problem, Severity, declare, nearest, problem

if TYPE_CHECKING:
    from auditkit.definitions.programme import ProgrammeFolder

UNKNOWN_WAVE = declare(
    "R205",
    Severity.ERROR,
    finds="The name of a wave that the programme does not have.",
    why="There is nothing to report on.",
    mend="Name one of the waves of programme.yaml.",
)


def in_order(home: ProgrammeFolder) -> list[str]:
    """The programme's waves by date."""
    return [each.id for each in sorted(home.programme.waves, key=lambda each: each.from_)]


def unknown_wave(home: ProgrammeFolder, wave: str) -> Problem | None:
    """What to say of a wave that the programme does not have; `None` where it has it."""
    waves = [each.id for each in home.programme.waves]
    if wave in waves:
        return None
    return problem(UNKNOWN_WAVE, Place("programme.yaml"), wave, known=nearest(wave, waves) or ", ".join(waves))
