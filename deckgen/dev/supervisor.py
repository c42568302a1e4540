"""`deckgen dev`: everything in one terminal, restarted when the code changes, ended by Ctrl-C.

The data stay in .deckgen/, beside those of the servers and the locks.
"""

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import watchfiles
from rich.console import Console
from rich.text import Text

import deckgen
from deckgen.config.settings import Settings, load_settings, variable_of
from deckgen.dev.alone import Remember, alone
from deckgen.dev.processes import LOOPBACK, free_port, is_free
from deckgen.dev.servers import DATA_DIR
from deckgen.dev.stack import COMMANDS, FAKE_MODEL, is_ready, network, run, stop_all
from deckgen.dev.with_servers import migrate_now, migrated
from deckgen.domain.errors import Unavailable
from deckgen.domain.visible import visible
from deckgen.store.migrate import MigrationError
from deckgen.store.queries import SQL

WATCHED = (Path(deckgen.__file__).parent, SQL)
COLOURS = {
    "dev": "bold",
    "orchestrator": "magenta",
    "api": "cyan",
    "worker": "green",
    "model": "yellow",
}
FAKE_KEY, FAKE_LATENCY_SECONDS = "sk-fake", 1
BACKOFF_SECONDS = (0.5, 1.0, 2.0, 5.0)
STEADY_SECONDS = 10.0  # after so long a process has recovered, and its backoff starts anew
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Died:
    """A process has ended."""

    name: str
    process: subprocess.Popen[bytes]


@dataclass(frozen=True)
class Retry:
    """The backoff of a process is over."""

    name: str


@dataclass(frozen=True)
class Changed:
    """A file of the code has changed."""

    path: str


class Stop:
    """A signal has asked for the end."""


class Supervisor:
    """Runs processes by name. Only the main thread starts them, because they end with their thread.

    `remember` gets the process ids after every start.
    """

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        environment: Mapping[str, str],
        descriptors: Sequence[int],
        remember: Remember,
        watched: Sequence[Path],
    ) -> None:
        self.commands, self.environment, self.descriptors = commands, environment, descriptors
        self.remember, self.watched = remember, watched
        self.console = Console(soft_wrap=True, highlight=False)
        self.events: queue.SimpleQueue[Died | Retry | Changed | Stop] = queue.SimpleQueue()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.started: dict[str, float] = {}
        self.failures = dict.fromkeys(commands, 0)
        self.readers: list[threading.Thread] = []

    def run(self) -> None:
        """Run everything until a signal comes, then drain and stop it."""
        for signum in SIGNALS:
            signal.signal(signum, lambda *_: self.events.put(Stop()))
        _in_background(self._watch_files)
        self._start_all()
        _in_background(self._announce)
        while not isinstance(event := self.events.get(), Stop):
            self._handle(event)
        self.say("dev", "Draining: jobs in progress finish their step …")
        self._stop_all()
        self.say("dev", "Stopped.")

    def say(self, name: str, line: str) -> None:
        self.console.print(Text.assemble((f"{name:<12} ", COLOURS[name]), visible(line)))

    def _handle(self, event: Died | Retry | Changed) -> None:
        match event:
            case Died(name, process) if self.processes[name] is process:
                self._back_off(name, process.wait())
            case Retry(name) if self.processes[name].poll() is not None:
                self._start(name)
            case Changed(path):
                self._reload(path)

    def _back_off(self, name: str, code: int) -> None:
        if time.monotonic() - self.started[name] > STEADY_SECONDS:
            self.failures[name] = 0
        seconds = BACKOFF_SECONDS[min(self.failures[name], len(BACKOFF_SECONDS) - 1)]
        self.failures[name] += 1
        self.say("dev", f"The {name} ended with exit code {code}; starting it again in {seconds:g} s.")
        timer = threading.Timer(seconds, self.events.put, (Retry(name),))
        timer.daemon = True
        timer.start()

    def _reload(self, path: str) -> None:
        self.say("dev", f"{os.path.relpath(path)} changed: restarting.")
        try:
            migrate_now(self.environment["DATABASE_URL"])
        except (MigrationError, asyncpg.PostgresError, OSError) as error:
            self.say("dev", f"The migration failed, so nothing was restarted: {error}")
            return
        self._stop_all()
        self.failures = dict.fromkeys(self.commands, 0)
        self._start_all()

    def _start_all(self) -> None:
        for name in self.commands:
            self._start(name)

    def _start(self, name: str) -> None:
        readable, writable = os.pipe()
        # The stand-in for a model has no data, so nobody has to wait for its end.
        descriptors = self.descriptors if name in COMMANDS else ()
        process = run(self.commands[name], self.environment, writable, descriptors)
        os.close(writable)
        self.processes[name], self.started[name] = process, time.monotonic()
        self.remember({name: self.processes[name].pid for name in COMMANDS if name in self.processes})
        self.readers.append(_in_background(self._read, name, readable))
        _in_background(self._wait, Died(name, process))

    def _stop_all(self) -> None:
        stop_all(self.processes, float(self.environment["DRAIN_SECONDS"]))
        for reader in self.readers:
            reader.join(1)
        self.readers.clear()

    def _read(self, name: str, readable: int) -> None:
        with open(readable, errors="replace") as lines:
            for line in lines:
                self.say(name, line.rstrip("\n"))

    def _wait(self, died: Died) -> None:
        died.process.wait()
        self.events.put(died)

    def _watch_files(self) -> None:
        for changes in watchfiles.watch(*self.watched):
            self.events.put(Changed(min(path for _, path in changes)))

    def _announce(self) -> None:
        url = f"http://{LOOPBACK}:{self.environment['PORT']}"
        with httpx.Client(trust_env=False, timeout=5) as client:
            while not is_ready(client, url):
                time.sleep(0.2)
        self.say("dev", f"Ready at http://localhost:{self.environment['PORT']}")


def main(
    data_dir: Path = DATA_DIR, watched: Sequence[Path] = WATCHED, *, fake_model: bool = False
) -> None:
    """Run until a signal comes; raises Unavailable if it can't begin.

    With `fake_model` a stand-in is the language model, whatever the settings say.
    """
    settings = load_settings()
    model, model_environment = _fake_model(settings) if fake_model else ({}, {})
    with alone(data_dir.absolute(), settings.drain_seconds) as (stack_lock, remember):
        if not is_free(settings.port):
            raise Unavailable(
                f"Port {settings.port} is taken: end the program that listens there, or set "
                f"{variable_of('port')} to another port."
            )
        with migrated(data_dir) as servers:
            environment = network(settings.port, settings.orchestrator_port) | {
                "HOST": settings.host,
                "DATABASE_URL": settings.database_url.get_secret_value(),
                "DRAIN_SECONDS": str(settings.drain_seconds),
                "EXPORT_CACHE_DIR": str(_export_cache(settings, data_dir)),
                **servers.environment,
                **model_environment,
            }
            descriptors = (*servers.descriptors, stack_lock)
            Supervisor(COMMANDS | model, environment, descriptors, remember, watched).run()


def _export_cache(settings: Settings, data_dir: Path) -> Path:
    is_set = "export_cache_dir" in settings.model_fields_set
    return settings.export_cache_dir if is_set else data_dir.absolute() / "exports"


def _fake_model(settings: Settings) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Returns the stand-in's command by its name, and the settings by which deckgen finds it."""
    port = str(free_port())
    options = {
        "--port": port,
        "--key": FAKE_KEY,
        "--model": settings.openai_model,
        "--latency": str(FAKE_LATENCY_SECONDS),
    }
    command = [*FAKE_MODEL, *(argument for option in options.items() for argument in option)]
    environment = {"OPENAI_BASE_URL": f"http://{LOOPBACK}:{port}/v1", "OPENAI_API_KEY": FAKE_KEY}
    return {"model": command}, environment


def _in_background(target: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=target, args=arguments, daemon=True)
    thread.start()
    return thread
