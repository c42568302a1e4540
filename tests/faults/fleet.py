"""An API, workers and the stand-in orchestrator as real processes that can be killed one by one."""

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import httpx

from deckgen.dev import stack
from deckgen.dev.processes import ended_with_parent

ROOT = Path(__file__).parents[2]


class Fleet:
    """Every process has SIGKILL or SIGTERM coming, and is started again under the same name."""

    def __init__(
        self,
        environment: Mapping[str, str],
        folder: Path,
        *,
        workers: int,
        seed: int,
        sabotage: str = "",
    ) -> None:
        """`sabotage` names a safety mechanism that is switched off."""
        self.folder, self.seed, self.sabotage = folder, seed, sabotage
        self.ledger_file = folder / "ledger.jsonl"
        self.environment = {**stack.network(), **environment, "PYTHONPATH": str(ROOT)}
        self.port = self.environment["ORCHESTRATOR_PORT"]
        self.url = f"http://127.0.0.1:{self.environment['PORT']}"
        self.workers = [f"worker-{number}" for number in range(workers)]
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.exit_codes: list[int] = []
        self._started_at: dict[str, int] = {}

    def __enter__(self) -> Self:
        for name in ("orchestrator", "api", *self.workers):
            self.start(name)
        urls = (self.environment["ORCHESTRATOR_URL"], self.url)
        with httpx.Client() as client:
            while not all(stack.is_ready(client, url) for url in urls):
                assert all(process.poll() is None for process in self.processes.values())
        return self

    def __exit__(self, *_: object) -> None:
        stack.stop_all(self.processes, 10)

    def start(self, name: str) -> None:
        kind = name.partition("-")[0]
        command = stack.COMMANDS[kind]
        if kind == "orchestrator":
            arguments = [self.port, str(self.ledger_file), str(self.seed), self.sabotage]
            command = [sys.executable, "-m", "tests.faults.orchestrator", *arguments]
        elif kind == "worker" and self.sabotage:
            command = [sys.executable, "-m", "tests.faults.sabotage", self.sabotage]
        with self._log(name).open("ab") as log:
            self._started_at[name] = log.tell()
            self.processes[name] = subprocess.Popen(
                [*ended_with_parent(signal.SIGTERM), *command],
                env=self.environment,
                stdout=log,
                stderr=log,
                cwd=ROOT,
            )

    def kill(self, name: str) -> None:
        """kill -9, and start it again."""
        self._end(name, signal.SIGKILL)

    def roll(self, name: str) -> None:
        """SIGTERM as in a deploy, once it is up; wait for the drain, start the next."""
        while b"worker.started" not in self._log(name).read_bytes()[self._started_at[name] :]:
            assert self.processes[name].poll() is None
        self.exit_codes.append(self._end(name, signal.SIGTERM))

    def _end(self, name: str, number: signal.Signals) -> int:
        process = self.processes[name]
        process.send_signal(number)
        code = process.wait()
        self.start(name)
        return code

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def ledger(self, kind: str) -> list[tuple[str, float]]:
        """(key, time) of each call, or of each execution that was paid for."""
        lines = [json.loads(line) for line in self.ledger_file.read_text().splitlines()]
        return [(line["key"], line["at"]) for line in lines if line["kind"] == kind]

    def paid(self) -> Counter[str]:
        """How often each step's key was executed."""
        return Counter(key for key, _ in self.ledger("paid"))
