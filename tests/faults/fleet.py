"""APIs, workers and the stand-in orchestrator as real processes that can be killed one by one."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import httpx

from deckgen.dev import stack
from deckgen.dev.processes import LOOPBACK, ended_with_parent, free_port, tail
from tests.faults.orchestrator import MOOD_FILE
from tests.faults.sabotage import FOLDER
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
# Short leases and backoffs; three attempts, as by default.
QUICK = {
    "QUEUE_CONCURRENCY": "4",
    "USER_CONCURRENCY": "8",
    "LEASE_SECONDS": "2",
    "RECONCILE_SECONDS": "0.3",
    "RETRY_BASE_SECONDS": "0.02",
    "RETRY_MAX_SECONDS": "0.2",
    "STEP_TIMEOUT_SECONDS": "3",
    # Every checkpoint is counted.
    "RETAIN_COMPLETED": "all",
    "RETAIN_FAILED": "all",
}


class Fleet:
    """Every process may be killed, stopped or frozen, and is started again under the same name."""

    def __init__(
        self,
        environment: Mapping[str, str],
        folder: Path,
        *,
        workers: int = 2,
        apis: int = 1,
        seed: int = 7,
        sabotage: Mapping[str, str] | None = None,
        orchestrator: str = "",
    ) -> None:
        """`sabotage` says what is made to go wrong in the processes of a kind."""
        self.folder, self.seed, self.sabotage = folder, seed, dict(sabotage or {})
        self.ledger_file = folder / "ledger.jsonl"
        self.orchestrator = orchestrator
        self.environment = {
            **os.environ,
            **stack.network(),
            **QUICK,
            **environment,
            "PYTHONPATH": str(ROOT),
            FOLDER: str(folder),
        }
        self.workers = [f"worker-{number}" for number in range(workers)]
        self.ports = {f"api-{number}": str(free_port()) for number in range(apis)}
        self.urls = [f"http://{LOOPBACK}:{port}" for port in self.ports.values()]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.exit_codes: list[int] = []
        self.faults: Counter[str] = Counter()
        self._next_url = itertools.cycle(self.urls)
        self._started_at: dict[str, int] = {}

    def __enter__(self) -> Self:
        try:
            for name in ("orchestrator", *self.ports, *self.workers):
                self.start(name)
            self._wait_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _wait_ready(self) -> None:
        with httpx.Client(timeout=PATIENCE_SECONDS) as client:
            for url in (self.environment["ORCHESTRATOR_URL"], *self.urls):
                while not stack.is_ready(client, url):
                    for name, process in self.processes.items():
                        assert process.poll() is None, tail(self.log(name))
                    time.sleep(0.02)

    def __exit__(self, *_: object) -> None:
        stack.stop_all(self.processes, 10)

    def url(self) -> str:
        """The address of one of the APIs, of each in its turn."""
        return next(self._next_url)

    def start(self, name: str) -> None:
        with self.log(name).open("ab") as log:
            self._started_at[name] = log.tell()
            self.processes[name] = subprocess.Popen(
                [*ended_with_parent(signal.SIGTERM), *self._command(name)],
                env=self.environment | ({"PORT": self.ports[name]} if name in self.ports else {}),
                stdout=log,
                stderr=log,
                cwd=ROOT,
            )

    def _command(self, name: str) -> list[str]:
        kind = name.partition("-")[0]
        if kind == "orchestrator":
            port = self.environment["ORCHESTRATOR_PORT"]
            arguments = [port, str(self.ledger_file), str(self.seed), self.orchestrator]
            return [sys.executable, "-m", "tests.faults.orchestrator", *arguments]
        if kind in self.sabotage:
            return [sys.executable, "-m", "tests.faults.sabotage", self.sabotage[kind], kind]
        return stack.COMMANDS[kind]

    def kill(self, name: str) -> None:
        """kill -9, and start it again."""
        self._end(name, signal.SIGKILL)

    def roll(self, name: str) -> None:
        """SIGTERM as in a deploy, once it is up; wait for the drain, start the next."""
        while b"worker.started" not in self.log(name).read_bytes()[self._started_at[name] :]:
            assert self.processes[name].poll() is None
            time.sleep(0.02)
        self.exit_codes.append(self._end(name, signal.SIGTERM))

    def befall(self, mood: str, seconds: float) -> None:
        """Something that the orchestrator does to all its callers, for a while."""
        file = self.folder / MOOD_FILE
        file.write_text(mood)
        time.sleep(seconds)
        file.unlink()

    def away(self, name: str, seconds: float) -> None:
        """kill -9, and start it again after a while."""
        process = self.processes[name]
        process.kill()
        process.wait()
        time.sleep(seconds)
        self.start(name)

    def freeze(self, name: str, seconds: float) -> None:
        """SIGSTOP, and SIGCONT after a while."""
        self.processes[name].send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.processes[name].send_signal(signal.SIGCONT)

    def revive(self) -> int:
        """Start again what has died by itself; how many these were."""
        dead = [name for name, process in self.processes.items() if process.poll() is not None]
        for name in dead:
            self.start(name)
        return len(dead)

    def _end(self, name: str, number: signal.Signals) -> int:
        process = self.processes[name]
        process.send_signal(number)
        code = process.wait()
        self.start(name)
        return code

    def log(self, name: str) -> Path:
        """The output of a process, and of those that had its name before."""
        return self.folder / f"{name}.log"

    def ledger(self, kind: str) -> list[tuple[str, float]]:
        """(key, time) of each call, or of each execution that was paid for."""
        # There is none if every worker was killed before its first call.
        written = self.ledger_file.read_text() if self.ledger_file.exists() else ""
        lines = [json.loads(line) for line in written.splitlines()]
        return [(line["key"], line["at"]) for line in lines if line["kind"] == kind]
