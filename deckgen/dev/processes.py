"""Start and end processes so that none outlives the one that started it."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

LOOPBACK = "127.0.0.1"
# Systems use the ports above for outgoing connections, so one of them could be gone before it is used.
PORTS = range(10_000, 32_000)


class Running(Protocol):
    """A process of ours, as `subprocess.Popen` is one."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, sig: int) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


def ended_with_parent(sign: signal.Signals) -> list[str]:
    """Returns a command prefix: the process gets `sign` when the thread that started it ends, however.

    It is empty where the kernel can't do this (macOS); there the next start has to end leftovers.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", sign.name.removeprefix("SIG"), "--"] if setpriv else []


def spawned(
    command: Sequence[str],
    environment: Mapping[str, str],
    output: int,
    descriptors: Sequence[int] = (),
    stdin: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """Start a process that drains when the thread that started it ends, and writes to `output`.

    It has its own session, so that a Ctrl-C in the terminal reaches only the process that started it.
    """
    return subprocess.Popen(
        [*ended_with_parent(signal.SIGTERM), *command],
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdin=stdin,
        stdout=output,
        stderr=output,
        pass_fds=tuple(descriptors),
        start_new_session=True,
    )


def free_port(preferred: int | None = None) -> int:
    """Returns `preferred` if nobody listens there, else any free port of the loopback interface."""
    if preferred is not None and is_free(preferred):
        return preferred
    while not is_free(port := secrets.choice(PORTS)):
        pass
    return port


def is_free(port: int) -> bool:
    """True if nobody listens on the port of the loopback interface."""
    with socket.socket() as listener:
        # Without this option a port stays taken for a minute after its last connection.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def tail(path: Path, lines: int = 5) -> str:
    """Returns the last lines of a log, for an error message; empty if it can't be read."""
    try:
        text = path.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.strip().splitlines()[-lines:])


def stop(process: subprocess.Popen[bytes], sign: signal.Signals, seconds: float) -> int:
    """End `process` by `sign`, or by SIGKILL after `seconds`; returns its exit code."""
    process.send_signal(sign)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def command_line(pid: int) -> str:
    """Returns the command line of the process, empty if there is no such process."""
    proc = Path(f"/proc/{pid}/cmdline")
    if sys.platform == "linux":
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout


def end_leftover(pid: int, mark: str, sign: signal.Signals) -> None:
    """Send `sign` to the process if its command line holds `mark`, which shows that it is ours."""
    if mark in command_line(pid):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
