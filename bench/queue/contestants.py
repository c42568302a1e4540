"""The queues that are compared: how each one's worker is started and fed."""

import json
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.queue.figures import until
from bench.queue.ground import ROOT, Ground

PEERS = Path(__file__).parent / "peers"
BIN, PEERS_BIN = Path(sys.executable).parent, ROOT / ".venv-bench" / "bin"
RECORD = struct.Struct("<qq")
DECKGEN, BULLMQ, POLLING = "deckgen's pool", "BullMQ", "arq, polling every 10 ms"


@dataclass(frozen=True)
class Contestant:
    """`worker` and `client` are command lines; each has a Redis database of its own, `db`."""

    name: str
    worker: Sequence[str]
    client: Sequence[str]
    db: int

    def environment(self, ground: Ground, stamps: Path, slots: int) -> dict[str, str]:
        return {
            **ground.environment,
            "REDIS_DB": str(self.db),
            "REDIS_URL": ground.redis_url(self.db),
            "STAMPS": str(stamps),
            "SLOTS": str(slots),
            "QUEUE_CONCURRENCY": str(slots),
        }


def contestants() -> list[Contestant]:
    """deckgen first; without Node there is no BullMQ."""
    arq, module = str(BIN / "arq"), "bench.queue.peers.{}_stock"
    own, arq_client = (
        [sys.executable, "-m", name] for name in ("bench.queue.pool_only", module.format("arq"))
    )
    found = [
        Contestant(DECKGEN, [arq, "bench.queue.pool_only.WorkerSettings"], own, 1),
        Contestant("arq, defaults", [arq, f"{module.format('arq')}.WorkerSettings"], arq_client, 2),
        Contestant(POLLING, [arq, f"{module.format('arq')}.Polling"], arq_client, 3),
        _in_python("SAQ", "saq", [f"{module.format('saq')}.settings"], 4),
        _in_python("streaq", "streaq", ["run", f"{module.format('streaq')}:worker"], 5),
    ]
    if not missing_node():
        node = ["node", str(PEERS / "bullmq.mjs")]
        found.append(Contestant(BULLMQ, [*node, "worker"], node, 6))
    return found


def _in_python(name: str, command: str, arguments: list[str], db: int) -> Contestant:
    client = [str(PEERS_BIN / "python"), "-m", f"bench.queue.peers.{command}_stock"]
    return Contestant(name, [str(PEERS_BIN / command), *arguments], client, db)


@cache
def missing_node() -> str:
    """Why there is no BullMQ, empty if there is: its packages are fetched at the first use."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "Node is missing"
    wanted = json.loads((PEERS / "package.json").read_text())["dependencies"]
    if all(installed(name) == version for name, version in wanted.items()):
        return ""
    # Without a lock: npm leaves out what a mirror lacks for other platforms, and then refuses the lock.
    options = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(["npm", "install", *options], cwd=PEERS, timeout=120, check=False)
    return "npm could not install BullMQ" if done.returncode else ""


def installed(package: str) -> str | None:
    """The version of a package of Node's that is there."""
    try:
        return json.loads((PEERS / "node_modules" / package / "package.json").read_text())["version"]
    except OSError:
        return None


def versions() -> dict[str, str]:
    """What is compared, by name."""
    pattern = r"^({})==(\S+)"
    locked = {}
    for lock, names in (("requirements", "arq|redis"), ("requirements-bench", "saq|streaq")):
        text = (ROOT / f"{lock}.lock").read_text()
        locked |= dict(re.findall(pattern.format(names), text, re.MULTILINE))
    return locked | {"BullMQ": installed("bullmq") or missing_node()}


class Trial:
    """One queue, emptied, with its stamps and workers."""

    def __init__(self, ground: Ground, contestant: Contestant, *, slots: int) -> None:
        self._ground, self.contestant = ground, contestant
        self._name = re.sub(r"\W+", "-", contestant.name)
        self._stamps = ground.folder / f"{self._name}.stamps"
        self._stamps.unlink(missing_ok=True)
        with ground.redis(contestant.db) as client:
            client.flushdb()  # also of what a killed worker has left
        self._environment = contestant.environment(ground, self._stamps, slots)
        self.workers: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        worker = self._ground.start(self._name, self.contestant.worker, self._environment)
        self.workers.append(worker)
        return worker

    def stop(self) -> None:
        """kill -9: nothing of the worker is needed any more, and some take their time."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.workers.clear()

    async def feed(self, *arguments: str) -> None:
        """Run the client to its end."""
        command = [*self.contestant.client, *arguments]
        client = self._ground.start(f"{self._name}-client", command, self._environment)

        async def ended() -> bool:
            return client.poll() is not None

        try:
            await until(ended, f"end of the client of {self.contestant.name}", 60)
        finally:
            client.kill()
        if client.wait():
            raise RuntimeError(f"The client of {self.contestant.name} failed.")

    def stamps(self) -> list[tuple[int, int]]:
        """(sent, began) of every job so far, in nanoseconds."""
        content = self._stamps.read_bytes() if self._stamps.exists() else b""
        return list(RECORD.iter_unpack(content[: len(content) // RECORD.size * RECORD.size]))

    async def done(self, count: int, seconds: float = 60) -> list[tuple[int, int]]:
        """Wait until `count` jobs have begun since the start of the trial."""

        async def enough() -> bool:
            size = self._stamps.stat().st_size if self._stamps.exists() else 0
            return size >= count * RECORD.size

        await until(enough, f"{self.contestant.name}: {count} jobs", seconds)
        return self.stamps()
