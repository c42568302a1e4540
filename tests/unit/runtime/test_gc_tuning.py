"""The garbage collector of a process that serves."""

import subprocess
import sys

PROCESS = "import gc, deckgen.orchestrator.app, deckgen.runtime.gc_tuning as g; g.collect_rarely(); {}"


def test_what_there_is_already_is_not_looked_at() -> None:
    """Modules with their functions, most of what a process holds, are left to no collection."""
    counted = _run("print(len(gc.get_objects()) < gc.get_freeze_count())")
    assert counted.stdout == "True\n"


def test_a_process_ends_in_silence() -> None:
    """No binding finds at the end that something of its own is left, which it would print."""
    assert _run("").stderr == ""


def _run(then: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", PROCESS.format(then)]
    return subprocess.run(command, capture_output=True, text=True, check=True)
