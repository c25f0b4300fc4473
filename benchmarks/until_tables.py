"""A run of a programme as far as its tables: all is read, checked, scored, settled and stored, no report written."""

import gc
import sys
from datetime import date
from pathlib import Path

from auditkit.definitions.programme import load_programme
from auditkit.run.programme import _Run, _silent


def tables(folder: Path) -> int:
    """Submissions with a fate."""
    gc.set_threshold(200_000, 20, 100)  # as a run does
    home, problems = load_programme(folder)
    if home is None:
        raise SystemExit(f"the benchmark's programme has faults: {problems}")
    # Reports take longer than all the rest; what a run does before them has no other name.
    one = _Run(home, problems, None, _silent, date.today())  # noqa: DTZ011
    with one.crew:
        waves = [each.id for each in home.programme.waves]
        return sum(len(state.fates()) for state in one._update(waves).values())  # noqa: SLF001


if __name__ == "__main__":
    print(tables(Path(sys.argv[1])))
