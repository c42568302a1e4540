"""A whole deckgen for a figure: API, workers and the stand-in orchestrator, each a process."""

import os
import pstats
import signal
import subprocess
import sys
from io import StringIO
from typing import Any, Self

from bench.queue.client import Connection, brief
from bench.queue.figures import until
from bench.queue.ground import Ground
from deckgen.dev import stack

POST = "/api/ai/generate-async"
STOP_SECONDS = 5.0


class Fleet:
    """Use as `async with`. `settings` are deckgen's, in the environment's capitals; else its defaults,
    but for logs in JSON as in production.

    With PROFILE in the environment the processes that it names (api, worker) run under cProfile.
    """

    def __init__(self, ground: Ground, *, workers: int = 1, **settings: str) -> None:
        self._ground, self._workers = ground, workers
        self.environment = stack.network() | ground.environment | {"LOG_FORMAT": "json"} | settings
        self.url = f"http://127.0.0.1:{self.environment['PORT']}"
        self.workers: dict[int, subprocess.Popen[bytes]] = {}
        self._others: dict[str, subprocess.Popen[bytes]] = {}

    async def __aenter__(self) -> Self:
        await self._ground.empty()
        port = self.environment["ORCHESTRATOR_PORT"]
        stand_in = [sys.executable, "-m", "bench.queue.stand_in", port]
        self._others = {
            "stand-in": self._ground.start("stand-in", stand_in, self.environment),
            "api": self._ground.start("api", self._command("api"), self.environment),
        }
        try:
            self.api = await until(lambda: connected(self.url), "start of the API")
            self.stand_in = await until(
                lambda: connected(self.environment["ORCHESTRATOR_URL"]), "start of the stand-in"
            )
            for _ in range(self._workers):
                await self.start_worker()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        workers = {str(pid): worker for pid, worker in self.workers.items()}
        stack.stop_all(workers | self._others, STOP_SECONDS)
        for profile in self._ground.folder.glob("*.prof"):
            sys.stderr.write(_hottest(str(profile)))
            profile.unlink()

    def _command(self, name: str) -> list[str]:
        command = stack.COMMANDS[name]
        if name not in os.environ.get("PROFILE", ""):
            return command
        arguments = command[1:] if command[0] == sys.executable else command
        output = str(self._ground.folder / f"{name}.prof")
        return [sys.executable, "-m", "cProfile", "-o", output, *arguments]

    async def start_worker(self) -> subprocess.Popen[bytes]:
        """One more worker, which is ready when this returns."""
        worker = self._ground.start("worker", self._command("worker"), self.environment)
        self.workers[worker.pid] = worker
        await until(lambda: self._beats(worker.pid), "start of a worker")
        return worker

    async def _beats(self, pid: int) -> bool:
        async with self._ground.database() as connection:
            seen = "SELECT EXISTS (SELECT FROM workers WHERE id LIKE '%:' || $1::int || ':%')"
            return await connection.fetchval(seen, pid)

    @property
    def api_pid(self) -> int:
        return self._others["api"].pid

    def kill(self, pid: int, sign: signal.Signals) -> int:
        """Send `sign` to a worker of ours, wait for its end; the exit code."""
        worker = self.workers.pop(pid)
        worker.send_signal(sign)
        return worker.wait(60)

    async def takes(self, **seconds: float) -> None:
        """How long steps take from now on, by step."""
        await self.stand_in.request("PUT", "/seconds", seconds)

    async def calls(self) -> list[dict[str, Any]]:
        return (await self.stand_in.request("GET", "/calls"))[1]

    async def post(self, deck: str, user: str) -> str:
        """The id of a new job."""
        status, answer = await self.api.request("POST", POST, brief(deck, user))
        if status != 202:
            raise RuntimeError(f"The request was answered with {status}: {answer}")
        return answer["jobId"]


async def connected(url: str) -> Connection | None:
    try:
        connection = await Connection(url).open()
    except OSError:
        return None
    status, _ = await connection.request("GET", "/readyz")
    return connection if status == 200 else None


def _hottest(profile: str) -> str:
    """The functions that took the most time themselves, and ours with all that they call."""
    text = StringIO()
    stats = pstats.Stats(profile, stream=text)
    stats.sort_stats("tottime").print_stats(20)
    stats.sort_stats("cumtime").print_stats("/deckgen/|arq/|httpx/_client|asyncpg/pool", 25)
    return text.getvalue()
