"""Where the program begins: from here on Ctrl-C ends in one sentence, also while the rest is still being loaded."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

_MOMENT = 0.02
"""Seconds in which such a callback has ended."""
INTERRUPTED = 130
"""How a shell counts a program that was stopped by Ctrl-C."""


def main() -> None:
    """Run the command that the words behind `auditkit` name."""
    sys.unraisablehook = unraised
    try:
        from auditkit.cli.main import main as program

        program()
    except KeyboardInterrupt:
        stopped()
    except SystemExit as left:
        if is_interrupt(left):
            stopped()
        raise


def unraised(what: sys.UnraisableHookArgs) -> None:
    """Ctrl-C that came where nothing can be raised (inside a library's callback) comes once more in a moment."""
    if not issubclass(what.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(what)
        return
    import signal
    import threading

    # To the main thread itself, since only then what it waits for is left.
    tell = getattr(signal, "pthread_kill", lambda _, sign: signal.raise_signal(sign))
    timer = threading.Timer(_MOMENT, tell, (threading.main_thread().ident, signal.SIGINT))
    timer.daemon = True
    timer.start()


def is_interrupt(left: SystemExit) -> bool:
    """Whether Ctrl-C was its cause; a command that had its own word for that says so with `from None`."""
    fault: BaseException | None = left
    while fault is not None and not isinstance(fault, KeyboardInterrupt):
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return fault is not None


def stopped() -> NoReturn:
    """Say that nothing half-written is left, and leave."""
    import signal

    # Once more would be a traceback in the middle of this sentence.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from auditkit.cli.screen import spoken
    from auditkit.locales import say

    print("\n" + say(spoken(None), "cli.interrupted"), file=sys.stderr, flush=True)  # noqa: T201
    with suppress(OSError):
        sys.stdout.flush()
    # All that had to be closed is closed. Python itself may end by the signal, as if nobody had heard it.
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
