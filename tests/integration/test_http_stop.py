"""Servers that are told to end while something hangs."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from deckgen.dev.processes import free_port
from deckgen.runtime.stopping import ECHO_SECONDS
from tests.patience import PATIENCE_SECONDS

HANGS = """
import sys, time
from starlette.applications import Starlette
from deckgen.http import server
from deckgen.config.settings import load_settings

@server.contextlib.asynccontextmanager
async def lifespan(app):
    yield
    print("hangs", flush=True)
    time.sleep(3600)

server.SHUTDOWN_SECONDS, server.CLOSE_SECONDS = 0, 0
settings = load_settings().model_copy(update={"drain_seconds": float(sys.argv[2])})
server.serve(Starlette(lifespan=lifespan), settings, name="api", port=int(sys.argv[1]))
"""


@contextmanager
def hanging(seconds: float) -> Iterator["subprocess.Popen[bytes]"]:
    """A server whose shutdown never ends, told to end."""
    command = [sys.executable, "-c", HANGS, str(free_port()), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            said(process, b"Uvicorn running")
            process.send_signal(signal.SIGTERM)
            said(process, b"hangs")
            yield process
        finally:
            process.kill()


def said(process: "subprocess.Popen[bytes]", words: bytes) -> None:
    assert process.stdout is not None
    while words not in process.stdout.readline():
        assert process.poll() is None


def test_a_shutdown_has_a_limit() -> None:
    """Whatever hangs, the process is over after its time, and says that it did not end well."""
    with hanging(0.5) as process:
        assert process.wait(PATIENCE_SECONDS) == 1


def test_the_second_sigterm() -> None:
    """Who does not want to wait for that need not."""
    with hanging(3600) as process:
        time.sleep(ECHO_SECONDS)  # until then it is the first one's echo
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == -signal.SIGTERM
