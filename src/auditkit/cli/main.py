"""The program `auditkit`: all its commands under one roof, and no traceback whatever happens."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from auditkit import __version__
from auditkit.cli import foreign, programmes, showing, standards, submissions
from auditkit.cli.screen import COULD_NOT

app = typer.Typer(
    name="auditkit",
    help="Service standards as checklists, mystery visits in, exact and traceable branch reports out.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (programmes, showing, submissions, foreign, standards):
    group.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"auditkit {__version__}")
        raise typer.Exit


@app.callback()
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
        app()
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); that is no fault of anybody's.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as fault:
        where = f" ({fault.filename})" if fault.filename else ""
        _give_up(f"auditkit could not read or write{where}: {fault.strerror or fault}")
    except Exception as fault:  # noqa: BLE001  the last line of defence: nobody sees a traceback
        what = " ".join(f"{type(fault).__name__}: {fault}".split())[:300]
        _give_up(f"auditkit met a fault of its own: {what}. Please report it with the file.")


def _give_up(sentence: str) -> None:
    if os.environ.get("AUDITKIT_TRACEBACK"):
        raise  # noqa: PLE0704  called inside `except` only
    print(sentence, file=sys.stderr)  # noqa: T201
    sys.exit(COULD_NOT)


if __name__ == "__main__":
    main()
