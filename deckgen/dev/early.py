"""`python -m deckgen.dev.early NAME`: start one of deckgen's processes before its servers are ready.

The process imports its modules while the servers are prepared. Then it reads its settings from stdin, a
JSON object in one line, and goes on as that process.
"""

import gc
import importlib
import json
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from deckgen.dev.processes import spawned
from deckgen.orchestrator.works import WORKS

LOADED = {
    "orchestrator": ("deckgen.orchestrator.app", "deckgen.http.server"),
    "api": ("deckgen.web.app", "deckgen.http.server"),
    "worker": ("arq.cli", "deckgen.worker.arq_settings"),
}
PROGRAMS = {
    "orchestrator": ["deckgen.orchestrator"],
    "api": ["deckgen.api"],
    "worker": ["arq", "deckgen.worker_settings.WorkerSettings"],
}


def start(name: str, log: Path, descriptors: Sequence[int]) -> subprocess.Popen[bytes]:
    """Start the process, which waits until `tell` gives it its settings."""
    with log.open("ab") as output:
        command = [sys.executable, "-m", "deckgen.dev.early", name]
        return spawned(command, os.environ, output.fileno(), descriptors, stdin=subprocess.PIPE)


def tell(process: subprocess.Popen[bytes], environment: Mapping[str, str]) -> None:
    """Give the process its settings. Whoever watches it notices if it has ended."""
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(json.dumps(dict(environment)).encode() + b"\n")


def main(name: str) -> None:
    gc.disable()  # imports leave no garbage
    if name == "orchestrator":
        from deckgen.bounded import fork_server

        fork_server.start(WORKS)  # which loads for longest
    for module in LOADED[name]:
        importlib.import_module(module)
    gc.freeze()
    gc.enable()
    settings = sys.stdin.readline()
    if not settings:
        sys.exit("The process that started this one has ended.")
    os.environ.update(json.loads(settings))
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    sys.argv = PROGRAMS[name]
    runpy.run_module(PROGRAMS[name][0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
