"""The end of a process that was told to end, or does not end by itself."""

import os
import signal
import threading
from time import monotonic

ECHO_SECONDS = 1.0


class Ending:
    """The first signal begins the end, which may take `seconds`; a second one ends the process at once.

    A program that signals a process and its whole group, as `timeout` does, signals it twice: a signal
    within a second of the first one is taken for its echo.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began: float | None = None

    def begins(self, number: int) -> bool:
        """True if this is the first signal; call it in the main thread."""
        if self._began is None:
            self._began = monotonic()
            end_after(self._seconds)
            return True
        if monotonic() - self._began > ECHO_SECONDS:
            end_now(number)
        return False


def end_now(number: int) -> None:
    """End the process by the signal, as if nobody handled it; call it in the main thread."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def end_after(seconds: float) -> None:
    """End the process after `seconds`, whatever it does by then, with an exit status of 1."""
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()
