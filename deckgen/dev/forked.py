"""API and worker of a deckgen for one deck, forked from the process that asks for it.

The three need nearly the same modules, whose loading takes most of a start: so they are loaded once. A
forked process is a process of its own all the same, and goes on as the program that it is named for.
"""

import ctypes
import gc
import importlib
import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

LOADED = (
    "deckgen.web.app",
    "deckgen.http.server",
    "arq.cli",
    "deckgen.worker.arq_settings",
)
# The API loads them while the job runs: they draw the deck, and its reader waits.
DRAWING = (
    "deckgen.export.html.page",
    "deckgen.export.pptx.document",
    "deckgen.export.pdf.document",
)
PROGRAMS = {
    "api": ["deckgen.api"],
    "worker": ["arq", "deckgen.worker_settings.WorkerSettings"],
}
_SIGNAL_AT_PARENTS_END = 1  # PR_SET_PDEATHSIG of prctl(2)


def load() -> None:
    """Load what the processes need. No thread may have been started: it would be missing in them."""
    gc.disable()  # imports leave no garbage
    for module in LOADED:
        importlib.import_module(module)
    gc.freeze()
    gc.enable()


class Forked:
    """A forked process, with the words in which `subprocess` tells of one; it writes to `log`."""

    def __init__(self, name: str, environment: Mapping[str, str], log: Path) -> None:
        fork = multiprocessing.get_context("fork")
        self._process = fork.Process(target=_go_on, args=(name, environment, log, os.getpid()))
        self._process.start()
        assert self._process.pid is not None, "it was started"
        self.pid = self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            assert timeout is not None, "it would have been waited for"
            raise subprocess.TimeoutExpired(str(self._process.name), timeout)
        return self._process.exitcode

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _go_on(name: str, environment: Mapping[str, str], log: Path, parent: int) -> None:
    """Be the program from here on, as if it had been started with this environment."""
    from deckgen.config.settings import load_settings

    _leave(parent)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor in (1, 2):
        os.dup2(output, descriptor)
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115 - open until the process ends
    os.environ.update({**environment, "PYTHONUNBUFFERED": "1"})
    load_settings.cache_clear()
    if name == "api":
        threading.Thread(target=_get_ready_to_draw, daemon=True).start()
    sys.argv = PROGRAMS[name]
    runpy.run_module(PROGRAMS[name][0], run_name="__main__", alter_sys=True)


def _get_ready_to_draw() -> None:
    for module in DRAWING:
        importlib.import_module(module)
    from deckgen.export.charts.vega import start_engine

    start_engine()


def _leave(parent: int) -> None:
    """Be a process in a session of its own, that drains when its parent ends, as `spawned` ones are."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SIGNAL_AT_PARENTS_END, int(signal.SIGTERM))
        if os.getppid() != parent:
            sys.exit("The process that started this one has ended.")
