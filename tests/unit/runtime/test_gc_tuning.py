"""The garbage collector of a process that serves."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROCESS = "import gc, deckgen.orchestrator.{}, deckgen.runtime.gc_tuning as g; g.collect_rarely(); {}"


def test_what_there_is_already_is_not_looked_at() -> None:
    """Modules with their functions, most of what a process holds, are left to no collection."""
    counted = _run("app", "print(len(gc.get_objects()) < gc.get_freeze_count())")
    assert counted.stdout == "True\n"


@pytest.mark.parametrize("loaded", ["app", "offline"])
def test_a_process_ends_in_silence(loaded: str) -> None:
    """No binding finds at the end that something of its own is left, which it would print."""
    assert _run(loaded, "").stderr == ""


def _run(loaded: str, then: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", PROCESS.format(loaded, then)]
    return subprocess.run(command, capture_output=True, text=True, check=True)
