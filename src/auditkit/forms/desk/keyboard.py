"""Keys and lines from whoever fills a form in the terminal: a single key where the terminal gives one, else a line."""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import Any

COMMANDS = frozenset("bsqcw?")
"""Keys that mean the same at every question, in every language."""
_RUSSIAN = dict(zip("иыйтсчямц", "bsqncxzvw", strict=True)) | {",": "?", ".": "?", "/": "?"}
_KAZAKH = _RUSSIAN | dict(zip('"әіңғ,.үұқ', "1234567890", strict=True)) | {"№": "?"}
LAYOUTS = MappingProxyType({"ru": _RUSSIAN, "kk": _KAZAKH})
"""Language → what stands on the same key where a Latin letter is meant; Kazakh has letters where others have digits."""


class Closed(Exception):  # noqa: N818  no error: somebody has gone
    """Nobody is there any more: the end of the input, or a terminal that was closed."""


def meant(typed: str, language: str) -> str:
    """One sign as the Latin key that it lies on; anything longer as it is."""
    text = typed.strip()
    return LAYOUTS.get(language, _RUSSIAN).get(text.casefold(), text.casefold()) if len(text) == 1 else text


class Keyboard:
    """Where replies come from."""

    def __init__(self) -> None:
        self.by_key = sys.stdin.isatty() and sys.stdout.isatty() and _reader() is not None
        if not self.by_key and hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")

    def key(self) -> str:
        """One key that stands for a sign, or Enter; arrows and the like do nothing. Raises `Closed`."""
        read = _reader()
        while True:
            pressed = read() if read is not None else self.line("")
            if pressed in ("\x04", "\x1a"):
                raise Closed
            if pressed in ("\r", "\n") or (pressed and pressed.isprintable()):
                return pressed

    def line(self, prompt: str) -> str:
        """A line. Raises `Closed`."""
        if self.by_key:
            _editing()
        try:
            typed = input(prompt)
        except EOFError:
            raise Closed from None
        except UnicodeDecodeError:
            return ""
        if not sys.stdin.isatty():
            print(typed)  # noqa: T201  a terminal shows what is typed, a pipe does not
        return typed


def _editing() -> None:
    """Arrow keys within a line, where this Python has them."""
    import contextlib

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  it changes `input`


def _reader() -> Any:
    """What reads a single key on this system; `None` where nothing does."""
    try:
        import termios  # noqa: F401
    except ImportError:
        return _windows_key if sys.platform == "win32" else None
    return _posix_key


def _pass_over(at: int) -> None:
    """The rest of what an arrow or function key sends (`ESC [ A`), and nothing of what was typed behind it."""
    import os
    import select

    sign = b"["
    while sign in b"[O;0123456789" and select.select([at], [], [], 0.02)[0]:
        sign = os.read(at, 1)


def _posix_key() -> str:
    import os
    import termios
    import tty

    at = sys.stdin.fileno()
    before = termios.tcgetattr(at)
    try:
        # What was typed ahead stays: somebody who knows the form is faster than the screen.
        tty.setcbreak(at, termios.TCSADRAIN)
        first = os.read(at, 1)
        if not first:
            raise Closed
        if first == b"\x1b":
            _pass_over(at)
            return ""
        more = 3 if first >= b"\xf0" else 2 if first >= b"\xe0" else 1 if first >= b"\xc0" else 0
        return (first + b"".join(os.read(at, 1) for _ in range(more))).decode("utf-8", "replace")
    except OSError:
        raise Closed from None
    finally:
        import contextlib

        with contextlib.suppress(termios.error):
            termios.tcsetattr(at, termios.TCSADRAIN, before)


def _windows_key() -> str:
    import importlib

    msvcrt: Any = importlib.import_module("msvcrt")
    pressed = str(msvcrt.getwch())
    if pressed == "\x03":
        raise KeyboardInterrupt
    if pressed in ("\x00", "\xe0"):
        msvcrt.getwch()
        return ""
    return pressed
