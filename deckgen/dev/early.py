"""`python -m deckgen.dev.early NAME`: one of deckgen's processes, begun before its servers are there.

It loads what it is made of while they are prepared. Then it is told its settings, as a JSON object in a
line of stdin, and is that process from there on.
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
    """Begin with it; `tell` has to follow."""
    with log.open("ab") as output:
        command = [sys.executable, "-m", "deckgen.dev.early", name]
        return spawned(command, os.environ, output.fileno(), descriptors, stdin=subprocess.PIPE)


def tell(process: subprocess.Popen[bytes], environment: Mapping[str, str]) -> None:
    """The settings with which it is to go on; if it has ended, that is found out elsewhere."""
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(json.dumps(dict(environment)).encode() + b"\n")


def main(name: str) -> None:
    gc.disable()  # nothing that is loaded is garbage
    for module in LOADED[name]:
        importlib.import_module(module)
    gc.freeze()
    gc.enable()
    told = sys.stdin.readline()
    if not told:
        sys.exit("Whoever started this is gone.")
    os.environ.update(json.loads(told))
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    sys.argv = PROGRAMS[name]
    runpy.run_module(PROGRAMS[name][0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
