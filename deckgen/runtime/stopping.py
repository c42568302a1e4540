"""The end of a process that was told to end, or does not come to its end by itself."""

import os
import signal
import threading
from time import monotonic

ECHO_SECONDS = 1.0


class Ending:
    """The first signal begins the end, which has `most` seconds; a second one ends the process at once.

    Whoever tells a process and its whole group, as `timeout` does, tells it twice: what comes within a
    second is the first one's echo.
    """

    def __init__(self, most: float) -> None:
        self._most = most
        self._began: float | None = None

    def begins(self, number: int) -> bool:
        """Whether this is the first signal; to be called in the main thread."""
        if self._began is None:
            self._began = monotonic()
            end_after(self._most)
            return True
        if monotonic() - self._began > ECHO_SECONDS:
            end_now(number)
        return False


def end_now(number: int) -> None:
    """As if nobody had ever handled the signal; to be called in the main thread."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def end_after(seconds: float) -> None:
    """End the process, whatever it does by then; who waits for it sees that it did not end well."""
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()
