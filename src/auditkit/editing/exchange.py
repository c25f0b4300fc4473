"""Several files exchanged as one: where the program is stopped in the middle, the next call finishes what was begun."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from auditkit.whole import ENDING, part_of, write_whole


def exchange(plan: Path, new: Mapping[Path, str], kept: Sequence[tuple[Path, Path]]) -> None:
    """Keep what is there under other names, then put the new texts in its place; all in the folder of `plan`."""
    for path, text in new.items():
        part_of(path).write_text(text, encoding="utf-8")
    what = {"kept": [[a.name, b.name] for a, b in kept], "new": [[part_of(path).name, path.name] for path in new]}
    # From here on it is decided.
    write_whole(plan, json.dumps(what).encode(), lasting=True)
    finish(plan)


def finish(plan: Path) -> None:
    """Do what a plan says and is not done yet; without one, nothing."""
    try:
        what = json.loads(plan.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    for name, other in what["kept"]:
        # A copy, so that the definition is there at every moment.
        if not plan.with_name(other).exists():
            write_whole(plan.with_name(other), plan.with_name(name).read_bytes())
    for part, name in what["new"]:
        if plan.with_name(part).exists():
            plan.with_name(part).replace(plan.with_name(name))
    plan.unlink()


def plan_of(home: Path) -> Path:
    """Where the plan of a definition's exchange lies."""
    return home.with_name(f"{home.stem}.exchange{ENDING}")
