"""deckgen's own processes, started and stopped together: orchestrator, API and worker."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from deckgen.config.settings import Settings, overriding
from deckgen.dev.processes import LOOPBACK, Running, free_port, spawned, tail
from deckgen.domain.errors import Unavailable

COMMANDS = {
    "orchestrator": [sys.executable, "-m", "deckgen.orchestrator"],
    "api": [sys.executable, "-m", "deckgen.api"],
    "worker": [str(Path(sys.executable).parent / "arq"), "deckgen.worker_settings.WorkerSettings"],
}
FAKE_MODEL = [sys.executable, "-m", "deckgen.dev.fake_openai"]
READY_SECONDS = 180.0  # for a process that hangs; one that ends is noticed at once
GRACE_SECONDS = 5.0  # to close everything after the time for the drain


def network(port: int | None = None, orchestrator_port: int | None = None) -> dict[str, str]:
    """Returns settings with which the processes listen on these or free ports and find each other."""
    orchestrator = free_port(orchestrator_port)
    return {
        "HOST": LOOPBACK,
        "PORT": str(port or free_port()),
        "ORCHESTRATOR_PORT": str(orchestrator),
        "ORCHESTRATOR_URL": f"http://{LOOPBACK}:{orchestrator}",
        "AUTO_START_WORKER": "false",
    }


class Stack:
    """The three processes, each with a log in `logs`; `environment` comes over the caller's own.

    Start it from a thread that lives at least as long: where the kernel can do it, the processes get
    SIGTERM when that thread ends, even if it is killed. All inherit `descriptors`.
    """

    def __init__(
        self, environment: Mapping[str, str], logs: Path, descriptors: Sequence[int] = ()
    ) -> None:
        self.environment = network() | dict(environment)
        self.logs, self.descriptors = logs, tuple(descriptors)
        self.url = f"http://{LOOPBACK}:{self.environment['PORT']}"
        self.processes: dict[str, Running] = {}

    def __enter__(self) -> Self:
        try:
            self.start()
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        for name in COMMANDS:
            self.start_one(name)

    def start_one(self, name: str) -> None:
        """Start a process, or start it again after its end."""
        with self.log(name).open("ab") as log:
            self.processes[name] = spawn(name, self.environment, log.fileno(), self.descriptors)

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Block until API and orchestrator answer; Unavailable names the process that does not."""
        deadline = time.monotonic() + seconds
        urls = {"orchestrator": self.environment["ORCHESTRATOR_URL"], "api": self.url}
        # The environment may name a proxy, which can't reach this machine's loopback.
        with httpx.Client(trust_env=False, timeout=5) as client:
            for name, url in urls.items():
                while not is_ready(client, url):
                    self.check()
                    if time.monotonic() > deadline:
                        raise Unavailable(
                            f"The {name} was not ready after {seconds:g} s.{self._log_end(name)}"
                        )
                    time.sleep(0.05)
        self.check()

    def check(self) -> None:
        """Unavailable if one of the processes has ended, with the last lines of its log."""
        for name, process in self.processes.items():
            if (code := process.poll()) is not None:
                raise Unavailable(f"The {name} ended with exit code {code}.{self._log_end(name)}")

    def stop(self) -> dict[str, int]:
        """Drain all processes, killing those that are too slow; returns the exit codes by name."""
        return stop_all(self.processes, self.drain_seconds)

    @property
    def drain_seconds(self) -> float:
        return float(
            self.environment.get("DRAIN_SECONDS", Settings.model_fields["drain_seconds"].default)
        )

    def _log_end(self, name: str) -> str:
        lines = tail(self.log(name))
        return f" Its log ends with:\n{lines}" if lines else ""


def spawn(
    name: str, environment: Mapping[str, str], output: int, descriptors: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start one of deckgen's processes, which writes to the descriptor `output`."""
    return run(COMMANDS[name], environment, output, descriptors)


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    output: int,
    descriptors: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a process; `environment` comes over the caller's environment."""
    return spawned(command, {**os.environ, **overriding(environment)}, output, descriptors)


def stop_all(processes: Mapping[str, Running], drain_seconds: float) -> dict[str, int]:
    """Send SIGTERM to all at once, and SIGKILL after the drain; returns the exit codes by name."""
    for process in processes.values():
        process.terminate()
    deadline = time.monotonic() + drain_seconds + GRACE_SECONDS
    codes = {}
    for name, process in processes.items():
        try:
            codes[name] = process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            codes[name] = process.wait()
    return codes


def is_ready(client: httpx.Client, url: str) -> bool:
    """True if the process at `url` says that it can do its work."""
    try:
        return client.get(f"{url}/readyz").is_success
    except httpx.TransportError:
        return False
