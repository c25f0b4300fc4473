"""The network's page of a programme whose tables are there, as a run leaves it at its end."""

import sys
from pathlib import Path

from auditkit.definitions.programme import load_programme
from auditkit.results.store import Store
from auditkit.run.publish import Beside, prepare_page
from auditkit.run.ready import inputs_of, key_of
from auditkit.run.waves import in_order


def page(folder: Path) -> None:
    """Keep it: the 500 workbooks that a run writes beside it take longer than all the rest."""
    home, problems = load_programme(folder)
    if home is None:
        raise SystemExit(f"the benchmark's programme has faults: {problems}")
    store = Store(folder / ".auditkit" / "results")
    waves = [wave for wave in in_order(home) if wave in store.waves]
    key = key_of(folder, inputs_of(folder))
    prepare_page(store.files(waves), home, waves[-1], Beside(None, {}), key)


if __name__ == "__main__":
    page(Path(sys.argv[1]))
