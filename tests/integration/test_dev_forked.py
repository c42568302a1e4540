"""Processes that are forked from the one that asks for a deck, with a stand-in for the program."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deckgen.dev import locks
from tests.patience import PATIENCE_SECONDS

FOLDER = Path(__file__).parent
# The starter is a process of its own, as forks of the tests' own would have none of its threads.
BEGIN = """
import subprocess, sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from deckgen.dev import forked, locks
forked.PROGRAMS["worker"] = ["fake_process", "worker"]
lock = locks.open_lock(Path({lock!r}))
locks.lock_exclusive(lock)
one = forked.Forked("worker", {environment!r}, Path({log!r}))
"""


def starter(folder: Path, then: str, **environment: str) -> "subprocess.Popen[str]":
    """Forks a process that inherits the lock, and goes on with `then` when it has said so."""
    code = BEGIN.format(
        folder=str(FOLDER),
        lock=str(folder / "lock"),
        environment=environment,
        log=str(folder / "log"),
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code + then],
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (folder / "log").exists() or "started" not in (folder / "log").read_text():
        assert process.poll() is None
        assert time.monotonic() < deadline, "it was not started"
        time.sleep(0.01)
    return process


def test_it_is_told_of_as_of_any_process(tmp_path: Path) -> None:
    """It runs, is waited for with a limit, drains at SIGTERM, and leaves its exit code."""
    then = """
sys.stdin.readline()
print(one.poll(), one.returncode)
try:
    one.wait(0)
except subprocess.TimeoutExpired:
    print("runs")
one.terminate()
print(one.wait(), one.poll(), one.returncode)
one.kill()
"""
    with starter(tmp_path, then) as process:
        said, _ = process.communicate("go on\n", PATIENCE_SECONDS)
    assert said == "None None\nruns\n0 0 0\n"
    assert (tmp_path / "log").read_text().endswith("drained\n")


def test_a_deaf_one_is_killed(tmp_path: Path) -> None:
    """By the signal that its exit code names."""
    then = "sys.stdin.readline(); one.terminate(); one.kill(); print(one.wait())"
    with starter(tmp_path, then, FAKE_MODE="deaf") as process:
        said, _ = process.communicate("go on\n", PATIENCE_SECONDS)
    assert said == "-9\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing tells it of its starter's end")
def test_it_ends_with_a_killed_starter(tmp_path: Path) -> None:
    """kill -9 of who started it drains it all the same."""
    with starter(tmp_path, "sys.stdin.read()") as process:
        process.kill()
    with locks.exclusive(tmp_path / "lock"):  # which the forked process holds
        assert (tmp_path / "log").read_text().endswith("drained\n")
