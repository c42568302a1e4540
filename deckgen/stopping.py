"""The end of a process that does not come to its end by itself."""

import os
import signal
import threading


def end_now(number: int) -> None:
    """As if nobody had ever handled the signal; to be called in the main thread."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def end_after(seconds: float) -> None:
    """End the process, whatever it does by then; who waits for it sees that it did not end well."""
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()
