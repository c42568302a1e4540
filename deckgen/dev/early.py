"""`python -m deckgen.dev.early`: start the orchestrator before its servers are ready.

It imports its modules, and has its server of children import theirs, which takes longest of all, while
the servers are prepared. Then it reads its settings from stdin, a JSON object in one line, and goes on.
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

from deckgen.bounded import fork_server
from deckgen.dev.processes import spawned
from deckgen.orchestrator.works import WORKS

LOADED = ("deckgen.orchestrator.app", "deckgen.http.server")
PROGRAM = "deckgen.orchestrator"


def start(log: Path, descriptors: Sequence[int]) -> subprocess.Popen[bytes]:
    """Start the process, which waits until `tell` gives it its settings."""
    with log.open("ab") as output:
        command = [sys.executable, "-m", "deckgen.dev.early"]
        return spawned(command, os.environ, output.fileno(), descriptors, stdin=subprocess.PIPE)


def tell(process: subprocess.Popen[bytes], environment: Mapping[str, str]) -> None:
    """Give the process its settings. Whoever watches it notices if it has ended."""
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(json.dumps(dict(environment)).encode() + b"\n")


def main() -> None:
    gc.disable()  # imports leave no garbage
    fork_server.start(WORKS)
    for module in LOADED:
        importlib.import_module(module)
    gc.freeze()
    gc.enable()
    settings = sys.stdin.readline()
    if not settings:
        sys.exit("The process that started this one has ended.")
    os.environ.update(json.loads(settings))
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    sys.argv = [PROGRAM]
    runpy.run_module(PROGRAM, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
