"""The stack of processes, with stand-ins for the processes themselves."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckgen.dev import locks, stack
from deckgen.dev.stack import Stack
from deckgen.domain.errors import Unavailable
from tests.patience import PATIENCE_SECONDS

FAKE = Path(__file__).parent / "fake_process.py"


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in stack.COMMANDS:
        monkeypatch.setitem(stack.COMMANDS, name, [sys.executable, str(FAKE), name])


def await_start(logs: Path) -> None:
    """Until every process has said that it has started, by then it knows its signals."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not all("started" in (logs / f"{name}.log").read_text() for name in stack.COMMANDS):
        assert time.monotonic() < deadline, "not all processes started"
        time.sleep(0.01)


def test_stack_drains_all_its_processes(tmp_path: Path) -> None:
    """When it is stopped every process has had SIGTERM and has ended by itself."""
    with Stack({}, tmp_path) as running:
        await_start(tmp_path)
        assert all(process.poll() is None for process in running.processes.values())
    assert running.stop() == {"orchestrator": 0, "api": 0, "worker": 0}
    assert all(running.log(name).read_text().endswith("drained\n") for name in stack.COMMANDS)


def test_process_that_ends_is_named(tmp_path: Path) -> None:
    """A start that fails says which process ended and what it said last, and leaves none running."""
    broken = Stack({"FAKE_MODE": "die"}, tmp_path)
    with pytest.raises(Unavailable, match=r"orchestrator ended with exit code 1.*\n.*nothing to do"):
        broken.__enter__()
    assert all(process.returncode is not None for process in broken.processes.values())


def test_process_that_does_not_drain_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopping ends when the time to drain is over, whatever a process does."""
    monkeypatch.setattr(stack, "GRACE_SECONDS", 0.0)
    with Stack({"FAKE_MODE": "deaf", "DRAIN_SECONDS": "0.1"}, tmp_path) as running:
        await_start(tmp_path)
    assert {process.returncode for process in running.processes.values()} == {-signal.SIGKILL}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next start ends what is left")
def test_processes_end_with_a_killed_starter(tmp_path: Path) -> None:
    """kill -9 of who started the stack drains its processes all the same."""
    lock = tmp_path / "stack.lock"
    code = (
        "import sys; from pathlib import Path; from deckgen.dev import locks, stack\n"
        f"for name in stack.COMMANDS: stack.COMMANDS[name] = [sys.executable, {str(FAKE)!r}, name]\n"
        f"lock = locks.open_lock(Path({str(lock)!r})); locks.lock_exclusive(lock)\n"
        f"running = stack.Stack({{}}, Path({str(tmp_path)!r}), [lock]).__enter__()\n"
        "print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as starter:
        assert starter.stdout
        assert starter.stdout.readline() == b"ready\n"
        await_start(tmp_path)
        starter.kill()
    with locks.exclusive(lock):  # which every process of the stack holds
        logs = [(tmp_path / f"{name}.log").read_text() for name in stack.COMMANDS]
    assert all(log.endswith("drained\n") for log in logs)
