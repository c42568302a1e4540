"""The servers that development and tests use when none are configured, shared by all who use a folder.

    with servers.running(Path(".deckgen")) as environment:
        ...  # DATABASE_URL, REDIS_HOST, REDIS_PORT, REDIS_PASSWORD

Each server has a keeper, a process of its own (see keeper.py). The first user starts it, all share it,
and it ends with the last user, whatever way that one ends.
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

from deckgen.dev import locks
from deckgen.dev.embedded import START_SECONDS, Access
from deckgen.dev.keeper import READY, SERVERS, read_record
from deckgen.dev.processes import tail, temporary_folder
from deckgen.domain.errors import Unavailable

DATA_DIR = Path(".deckgen")


@dataclass(frozen=True)
class Use:
    """`descriptors`: who inherits them is a user too, and keeps the servers running."""

    environment: dict[str, str]
    descriptors: tuple[int, ...]


@contextmanager
def running(data_dir: Path = DATA_DIR, *, fast: bool = False) -> Iterator[dict[str, str]]:
    """Both servers, with what is in `data_dir`; yields the settings by which they are found.

    It blocks for a second at the first start. `fast` gives up durability, for tests; it counts only for
    who starts the servers. Unavailable says why a server could not be started.
    """
    with using(data_dir, fast=fast) as use:
        yield use.environment


@contextmanager
def temporary(*, fast: bool = True) -> Iterator[Use]:
    """Both servers with a folder of their own, which is removed when they are stopped."""
    with starting_in_temporary_folder(fast=fast) as starting:
        yield starting.use()


@contextmanager
def starting_in_temporary_folder(*, fast: bool = True) -> Iterator["Starting"]:
    """As `temporary`, without waiting until they are ready."""
    with temporary_folder() as folder:
        try:
            with ExitStack() as stack:
                yield Starting(folder, tuple(SERVERS), fast=fast, until=stack)
        finally:
            wait_until_stopped(folder)


def wait_until_stopped(data_dir: Path) -> None:
    """Wait until nobody uses the servers any more and they have ended."""
    for name in SERVERS:
        home = _home(data_dir, name)
        # A keeper that is only starting holds the first of the two.
        with locks.exclusive(home / "start.lock"), locks.exclusive(home / "keeper.lock"):
            pass


@contextmanager
def using(
    data_dir: Path = DATA_DIR, names: Sequence[str] = tuple(SERVERS), *, fast: bool = False
) -> Iterator[Use]:
    """As `running`, for some of the servers, and with the descriptors that keep them running."""
    with ExitStack() as stack:
        yield Starting(data_dir, names, fast=fast, until=stack).use()


class Starting:
    """Servers that start at the same time; `descriptors` as in Use."""

    def __init__(self, data_dir: Path, names: Sequence[str], *, fast: bool, until: ExitStack) -> None:
        """They are used until the end of `until`."""
        homes = {name: _home(data_dir.absolute(), name) for name in names}
        # Held before the look at the keepers: from here on a keeper that lives will not end.
        self.descriptors = tuple(_in_use(home, until) for home in homes.values())
        self._waits = {
            name: _start_keeper(name, home, until, fast=fast) for name, home in homes.items()
        }
        self._homes = homes

    def environment(self, name: str) -> dict[str, str]:
        """Wait for one of them; the settings by which it is found. Unavailable if it can't start."""
        self._waits[name]()
        record = read_record(self._homes[name])
        assert record is not None, "a keeper that is ready has written its record"
        return SERVERS[name].environment(Access(record.port, record.password))

    def use(self) -> Use:
        """Wait for all."""
        environment: dict[str, str] = {}
        for name in self._homes:
            environment |= self.environment(name)
        return Use(environment, self.descriptors)


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
    """Unless there is one; what is returned waits until it is ready.

    The keeper inherits `start.lock` and lets go of it when it is ready: others wait until then.
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
                start_new_session=True,  # so that a Ctrl-C in the terminal does not reach it
            )
    until.enter_context(keeper)
    return partial(_await_ready, name, home, keeper)


def _await_ready(name: str, home: Path, keeper: subprocess.Popen[bytes]) -> None:
    answer = _answer(keeper)
    if answer != READY:
        last = tail(home / "server.log") or tail(home / "keeper.log")
        raise Unavailable(f"{answer or f'The embedded {name} could not be started.'}\n{last}".strip())


def _answer(keeper: subprocess.Popen[bytes]) -> str:
    """What the keeper says on stdout, empty if it ends or is silent for too long."""
    assert keeper.stdout is not None
    readable, _, _ = select.select([keeper.stdout], [], [], 2 * START_SECONDS)
    return os.read(keeper.stdout.fileno(), 4096).decode() if readable else ""
