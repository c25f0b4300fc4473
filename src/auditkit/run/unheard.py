"""Ctrl-C is for the process that answers for the whole; those that it starts do not hear it, and end with it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PR_SET_PDEATHSIG = 1


@contextmanager
def unheard() -> Iterator[None]:
    """What is started in this block does not hear Ctrl-C, from its first moment on; we hear it at the end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield  # a system on which nothing is inherited: see `deaf`
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def deaf() -> None:
    """This process does not hear it any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_with_parent() -> None:
    """A worker whose parent was killed would wait for its next piece for ever: it ends too."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        # Without a thread: where there is a second one, nobody may fork.
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent.pid:
            os._exit(1)  # it was quicker
    else:
        threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()
