"""`deckgen dev`, with stand-ins for the processes that it supervises."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from deckgen.dev import locks, servers
from deckgen.dev.processes import free_port
from deckgen.dev.stack import COMMANDS
from tests.patience import PATIENCE_SECONDS

FAKE = Path(__file__).parent / "fake_process.py"
DRIVER = f"""
import sys
from pathlib import Path
from deckgen.dev import stack, supervisor
from deckgen.dev.screen import sentences
for name in stack.COMMANDS:
    stack.COMMANDS[name] = [sys.executable, {str(FAKE)!r}, name]
with sentences():
    supervisor.main(watched=[Path("code")])
"""
Running = subprocess.Popen[str]


# The worker says where it would ask the model.
ASKING = """
import os, signal
print(os.environ["OPENAI_BASE_URL"], os.environ["OPENAI_API_KEY"], flush=True)
signal.pause()
"""
MODEL_DRIVER = f"""
import sys
from pathlib import Path
from deckgen.dev import stack, supervisor
for name in stack.COMMANDS:
    stack.COMMANDS[name] = [sys.executable, {str(FAKE)!r}, name]
stack.COMMANDS["worker"] = [sys.executable, "-c", {ASKING!r}]
supervisor.main(watched=[Path("code")], fake_model=True)
"""


@contextmanager
def supervisor(folder: Path, driver: str = DRIVER, **environment: str) -> Iterator[Running]:
    (folder / "code").mkdir(exist_ok=True)
    environment = {"PORT": str(free_port()), "ORCHESTRATOR_PORT": str(free_port()), **environment}
    with subprocess.Popen(
        [sys.executable, "-c", driver],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate()


def await_lines(process: Running, *wanted: str) -> list[str]:
    """Read the log until all that is wanted was in it, in whatever order; the lines with it."""
    assert process.stdout
    missing, found = set(wanted), []
    while missing:
        line = process.stdout.readline()
        assert line, f"the log ended without {missing}"
        found += [line for words in missing if words in line]
        missing = {words for words in missing if words not in line}
    return found


def await_start(process: Running) -> None:
    """Until the API is ready and every process knows its signals."""
    await_lines(process, "Ready at http://localhost:", *(f"{name} started" for name in COMMANDS))


def process_ids(folder: Path) -> dict[str, int]:
    ids: dict[str, int] = json.loads((folder / ".deckgen" / "stack.json").read_text())
    return ids


def await_end_of_stack(folder: Path) -> None:
    """Until none of the supervised processes is left: each of them holds this lock."""
    with locks.exclusive(folder / ".deckgen" / "stack.lock"):
        pass


def test_ctrl_c_drains_and_stops_everything(tmp_path: Path, environment: dict[str, str]) -> None:
    """Every process drains, the exit code is 0, and an impatient second Ctrl-C changes nothing."""
    with supervisor(tmp_path, **environment) as process:
        await_start(process)
        process.send_signal(signal.SIGINT)
        await_lines(process, "Draining")
        process.send_signal(signal.SIGINT)
        # Not communicate(), which loses what was read ahead.
        assert process.stdout
        log = process.stdout.read()
        assert process.wait() == 0
        assert log.count("drained") == len(COMMANDS)
    await_end_of_stack(tmp_path)


def test_process_that_dies_is_started_again(tmp_path: Path, environment: dict[str, str]) -> None:
    """A killed process is named, and another one takes its place."""
    with supervisor(tmp_path, **environment) as process:
        await_lines(process, "worker started")
        os.kill(process_ids(tmp_path)["worker"], signal.SIGKILL)
        await_lines(process, "The worker ended with exit code -9; starting it again")
        await_lines(process, "worker started")


def test_change_of_the_code_restarts_the_processes(tmp_path: Path, environment: dict[str, str]) -> None:
    """All processes drain and start anew when a watched file changes."""
    with supervisor(tmp_path, **environment) as process:
        await_start(process)
        before = process_ids(tmp_path)
        (tmp_path / "code" / "jobs.py").write_text("changed = True")
        await_lines(process, "code/jobs.py changed", *(f"{name} drained" for name in COMMANDS))
        await_lines(process, *(f"{name} started" for name in COMMANDS))
        assert set(process_ids(tmp_path).values()).isdisjoint(before.values())


@pytest.mark.skipif(sys.platform != "linux", reason="stdout of the killed run is not read to its end")
def test_start_after_a_killed_supervisor(tmp_path: Path) -> None:
    """After kill -9 of the supervisor the next start, on the same port and data, works."""
    port = str(free_port())
    with supervisor(tmp_path, PORT=port) as process:
        await_start(process)
        process.kill()
    with supervisor(tmp_path, PORT=port) as process:
        await_start(process)
    await_end_of_stack(tmp_path)
    servers.wait_until_stopped(tmp_path / ".deckgen")


def test_stand_in_for_the_model(tmp_path: Path, environment: dict[str, str]) -> None:
    """It is one more process, which knows the model that is asked for, and all are told where it is."""
    environment |= {"OPENAI_MODEL": "a-model", "OPENAI_API_KEY": "a-true-key"}
    with supervisor(tmp_path, MODEL_DRIVER, **environment) as process:
        lines = await_lines(process, "Uvicorn running", "/v1 sk-fake")
        url, key = next(line.split()[1:] for line in lines if line.startswith("worker"))
        answer = httpx.get(
            f"{url}/models", headers={"Authorization": f"Bearer {key}"}, timeout=PATIENCE_SECONDS
        )
        assert [model["id"] for model in answer.json()["data"]] == ["a-model"]
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, timeout=PATIENCE_SECONDS)
    await_end_of_stack(tmp_path)


def test_taken_port_is_said(tmp_path: Path) -> None:
    """One sentence and exit code 1, before anything is started."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with supervisor(tmp_path, PORT=port) as process:
            _, errors = process.communicate()
    sentence = (
        f"deckgen: Port {port} is taken: end the program that listens there, "
        "or set PORT to another port.\n"
    )
    assert (process.returncode, errors) == (1, sentence)
    assert not (tmp_path / ".deckgen" / "postgres").exists()


def test_second_supervisor_of_a_folder_is_refused(tmp_path: Path, environment: dict[str, str]) -> None:
    """Two of them would end each other's processes."""
    with supervisor(tmp_path, **environment) as first:
        await_start(first)
        with supervisor(tmp_path, **environment) as second:
            _, errors = second.communicate()
        assert second.returncode == 1
        assert "is already running with the data in" in errors
        assert first.poll() is None
