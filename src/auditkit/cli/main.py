"""The program `auditkit`: all its commands under one roof, and no traceback whatever happens."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated

import typer

from auditkit import __version__
from auditkit.cli.screen import COULD_NOT

GROUPS = {
    "programmes": ("run", "init", "demo"),
    "following": ("plan", "status"),
    "deciding": ("decide",),
    "reviewing": ("review", "take"),
    "releasing": ("release", "replay", "casefile"),
    "purging": ("purge",),
    "showing": ("show",),
    "submissions": ("check", "score", "explain"),
    "foreign": ("verify", "map"),
    "forms": ("form", "brief"),
    "returning": ("returns", "evidence"),
    "filling": ("fill",),
    "trials": ("trial",),
    "books": ("standard",),
    "editing": ("new", "import", "export"),
    "standards": ("lint", "diff", "schema", "problem"),
}
"""Module → its commands, in the order of the help."""


def application(command: str | None = "") -> typer.Typer:
    """The program; with the name of a command only the group that it is in, since the others cost start-up.

    `None`: nobody named one. Commands have their names and first lines then, and cannot be called: to make all their
    options takes as long as to load the library that makes them.
    """
    app = typer.Typer(
        name="auditkit",
        help="Service standards as checklists, mystery visits in, exact and traceable branch reports out.",
        rich_markup_mode=None,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_all)
    for name in [group for group, commands in GROUPS.items() if command in commands] or GROUPS:
        import_module(f"auditkit.cli.{name}").add_to(app)
    for each in app.registered_commands if command is None else ():
        each.callback = _without_options(each.callback)
    for group in app.registered_groups if command is None else ():
        if group.typer_instance is not None:
            group.typer_instance.registered_commands.clear()
    return app


def _without_options(command: Callable[..., object] | None) -> Callable[[], None]:
    def told() -> None:
        pass

    told.__name__ = getattr(command, "__name__", "")
    told.__doc__ = command.__doc__
    return told


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"auditkit {__version__}")
        raise typer.Exit


def _all(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run a command; a fault of ours ends in one sentence and exit code 2, the traceback only where it is asked for."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        application(next((word for word in sys.argv[1:] if not word.startswith("-")), None))()
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); that is no fault of anybody's.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT)
    except OSError as fault:
        _refused(fault)
    except Exception as fault:  # noqa: BLE001  the last line of defence: nobody sees a traceback
        what = " ".join(f"{type(fault).__name__}: {fault}".split())[:300]
        _give_up(f"auditkit met a fault of its own: {what}. Please report it with the file.")
    finally:
        # What is left goes with the process: to look through it once more takes as long as to read some forms.
        gc.freeze()


def _refused(fault: OSError) -> None:
    if os.environ.get("AUDITKIT_TRACEBACK"):
        raise  # noqa: PLE0704  called inside `except` only
    from auditkit.cli.screen import show_problems, spoken
    from auditkit.run.disk import refused

    show_problems([refused(fault)], spoken(None))
    sys.exit(COULD_NOT)


def _give_up(sentence: str) -> None:
    if os.environ.get("AUDITKIT_TRACEBACK"):
        raise  # noqa: PLE0704  called inside `except` only
    print(sentence, file=sys.stderr)  # noqa: T201
    sys.exit(COULD_NOT)


if __name__ == "__main__":
    main()
