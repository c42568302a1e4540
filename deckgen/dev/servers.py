"""The servers that development and tests use if none are configured, shared by all users of a folder.

    with servers.running(Path(".deckgen")) as environment:
        ...  # DATABASE_URL, REDIS_HOST, REDIS_PORT, REDIS_PASSWORD

Each server has a keeper, which is a separate process (see keeper.py). The first user starts it, all
share it, and it ends with the last user, however that one ends.
"""

import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deckgen.bounded.folders import in_memory, own_folder
from deckgen.dev import locks
from deckgen.dev.embedded import START_SECONDS, Access
from deckgen.dev.keeper import READY, SERVERS, read_record
from deckgen.dev.processes import tail
from deckgen.domain.errors import Unavailable

DATA_DIR = Path(".deckgen")


@dataclass(frozen=True)
class RunningServers:
    """The settings of servers; a process that inherits `descriptors` keeps them running."""

    environment: dict[str, str]
    descriptors: tuple[int, ...]


@contextmanager
def running(data_dir: Path = DATA_DIR, *, fast: bool = False) -> Iterator[dict[str, str]]:
    """Run both servers with the data in `data_dir`; yields the settings by which they are found.

    It blocks for a second at the first start. `fast` gives up durability, for tests; it counts only for
    the user who starts the servers. Unavailable says why a server could not be started.
    """
    with using(data_dir, fast=fast) as servers:
        yield servers.environment


@contextmanager
def temporary(*, fast: bool = True) -> Iterator[RunningServers]:
    """Run both servers in a new folder, which is removed when they are stopped."""
    with starting_in_temporary_folder(fast=fast) as starting:
        yield starting.wait_ready()


@contextmanager
def starting_in_temporary_folder(*, fast: bool = True) -> Iterator["StartingServers"]:
    """Start both servers as `temporary` does, without waiting until they are ready."""
    with own_folder(in_memory() if fast else None) as folder:
        try:
            with ExitStack() as stack:
                yield StartingServers(folder, tuple(SERVERS), fast=fast, until=stack)
        finally:
            wait_until_stopped(folder)


def wait_until_stopped(data_dir: Path) -> None:
    """Wait until nobody uses the servers any more and they have ended."""
    for name in SERVERS:
        home = _home(data_dir, name)
        # A keeper that is still starting holds only the first of these.
        with locks.exclusive(home / "start.lock"), locks.exclusive(home / "keeper.lock"):
            pass


@contextmanager
def using(
    data_dir: Path = DATA_DIR, names: Sequence[str] = tuple(SERVERS), *, fast: bool = False
) -> Iterator[RunningServers]:
    """Run some of the servers as `running` does; yields the descriptors that keep them running too."""
    with ExitStack() as stack:
        yield StartingServers(data_dir, names, fast=fast, until=stack).wait_ready()


class StartingServers:
    """Servers that start at the same time; `descriptors` as in RunningServers."""

    def __init__(self, data_dir: Path, names: Sequence[str], *, fast: bool, until: ExitStack) -> None:
        """Start the servers, and use them until `until` closes."""
        homes = {name: _home(data_dir.absolute(), name) for name in names}
        # They are held before the keepers are looked at: a keeper that lives then will not end.
        self.descriptors = tuple(_in_use(home, until) for home in homes.values())
        self._waits = {
            name: _start_keeper(name, home, until, fast=fast) for name, home in homes.items()
        }
        self._homes = homes

    def environment(self, name: str) -> dict[str, str]:
        """Wait for one server; returns its settings, or raises Unavailable if it can't start."""
        self._waits[name]()
        record = read_record(self._homes[name])
        assert record is not None, "a keeper that is ready has written its record"
        return SERVERS[name].environment(Access(record.port, record.password))

    def wait_ready(self) -> RunningServers:
        """Wait for all servers."""
        environment: dict[str, str] = {}
        for name in self._homes:
            environment |= self.environment(name)
        return RunningServers(environment, self.descriptors)


def _in_use(home: Path, until: ExitStack) -> int:
    descriptor = locks.open_lock(home / "in-use.lock")
    until.callback(os.close, descriptor)
    locks.lock_shared(descriptor)
    return descriptor


def _home(data_dir: Path, name: str) -> Path:
    home = data_dir / name
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        (home / "in-use.lock").touch(0o600)
    except OSError as error:
        raise Unavailable(f"Can't keep data in {data_dir}: {error.strerror}.") from error
    return home


def _start_keeper(name: str, home: Path, until: ExitStack, *, fast: bool) -> Callable[[], None]:
    """Start a keeper unless there is one; returns a function that waits until it is ready.

    The keeper inherits `start.lock` and releases it when it is ready: others wait until then.
    """
    with locks.exclusive(home / "start.lock") as start_lock:
        if locks.is_held(home / "keeper.lock"):
            return lambda: None
        speed = "fast" if fast else "safe"
        command = [sys.executable, "-m", "deckgen.dev.keeper", name, str(home), speed, str(start_lock)]
        with (home / "keeper.log").open("wb") as log:
            keeper = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                pass_fds=(start_lock,),
                start_new_session=True,  # a Ctrl-C in the terminal does not reach it
            )
    until.enter_context(keeper)
    return partial(_await_ready, name, home, keeper)


def _await_ready(name: str, home: Path, keeper: subprocess.Popen[bytes]) -> None:
    answer = _answer(keeper)
    if answer != READY:
        log_end = tail(home / "server.log") or tail(home / "keeper.log")
        raise Unavailable(
            f"{answer or f'The embedded {name} could not be started.'}\n{log_end}".strip()
        )


def _answer(keeper: subprocess.Popen[bytes]) -> str:
    """Returns the keeper's words on stdout, empty if it ends or is silent for too long."""
    assert keeper.stdout is not None
    readable, _, _ = select.select([keeper.stdout], [], [], 2 * START_SECONDS)
    return os.read(keeper.stdout.fileno(), 4096).decode() if readable else ""
