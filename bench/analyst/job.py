"""Whole jobs over HTTP, from before the POST until the status is completed; everything is real.

It starts a stack, says so, and for each line (a table and a brief, as JSON) it says in a line how long
the job took, of processors too, how long its POST, and each step as the worker sees it. The code of
version 0.1.0 is measured by this file too.
"""

import contextlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.queue.ground import ground
from deckgen.dev.stack import Stack

LOOK_SECONDS = 0.01

try:
    from deckgen.client import http, streams

    streams.FIRST_LOOK = streams.LONGEST_LOOK = LOOK_SECONDS
    wait = http.Client.wait
except ImportError:  # their names in version 0.1.0
    from deckgen import client as http  # type: ignore[no-redef]

    http.POLL_SECONDS = LOOK_SECONDS
    wait = http.Client.follow

TICKS = os.sysconf("SC_CLK_TCK")


def serve() -> None:
    with (
        ground(quick=False) as on,
        Stack(on.environment, on.folder) as stack,
        http.Client(stack.url) as api,
    ):
        _say("ready")
        for line in sys.stdin:
            table, brief = json.loads(line)
            used = _used(stack)
            took = _took(api, Path(table), brief)
            _say(took | {"cpu": _used(stack) - used})


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _took(api: http.Client, table: Path, brief: str) -> dict[str, Any]:
    began = time.perf_counter()
    submitted = api.submit(table, brief, deck_id=f"deck-{uuid4()}", user_id="bench")
    post = time.perf_counter() - began
    job = wait(api, submitted.job_id)
    took = time.perf_counter() - began
    steps = {step.name.value: step.seconds or 0.0 for step in job.progress.steps}
    return {"job": took, "post": post, "steps": steps}


def _used(stack: Stack) -> float:
    """Seconds of processors of deckgen's processes and all below them, ended ones too (Linux)."""
    fields = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields[int(path.parent.name)] = path.read_text().rpartition(")")[2].split()
    family = {process.pid for process in stack.processes.values()}
    for pid in sorted(fields):
        if int(fields[pid][1]) in family:
            family.add(pid)
    return sum(int(ticks) for pid in family for ticks in fields[pid][11:15]) / TICKS


if __name__ == "__main__":
    serve()
