"""Starting and ending processes so that none, nor its files, outlives the one that started it."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

LOOPBACK = "127.0.0.1"
# Below those that systems give to outgoing connections: such a port could be gone before it is used.
PORTS = range(10_000, 32_000)
# Asked for early: tempfile tries the folder out with a file, which a signal at that moment would leave.
TEMPORARY = tempfile.gettempdir()


def ended_with_parent(sign: signal.Signals) -> list[str]:
    """A command prefix: the process gets `sign` when the thread that started it ends, even by kill -9.

    Empty where the kernel knows no such thing (macOS); there, who starts next has to end leftovers.
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
    """A process that is drained when the thread that started it ends, and writes to `output`.

    It has a session of its own: a Ctrl-C in the terminal is for whoever started it.
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


def free_port(wanted: int | None = None) -> int:
    """`wanted` if nobody listens there, otherwise any free port of the loopback interface."""
    if wanted is not None and is_free(wanted):
        return wanted
    while not is_free(port := secrets.choice(PORTS)):
        pass
    return port


def is_free(port: int) -> bool:
    with socket.socket() as listener:
        # Without it a port stays taken for a minute after its last connection.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is removed with all that is in it.

    It is named before it is made: tempfile's own way leaves it behind if a signal ends the process
    between the two.
    """
    folder = Path(TEMPORARY, f"deckgen-{secrets.token_hex(8)}")
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tail(path: Path, lines: int = 5) -> str:
    """The last lines of a log, to be shown in an error."""
    try:
        text = path.read_text(errors="replace")
    except OSError:
        return ""
    return "\n".join(text.strip().splitlines()[-lines:])


def stop(process: subprocess.Popen[bytes], sign: signal.Signals, seconds: float) -> int:
    """End `process` by `sign`, by SIGKILL if it is still there after `seconds`; its exit code."""
    process.send_signal(sign)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def command_line(pid: int) -> str:
    """How the process was called, empty if there is none."""
    proc = Path(f"/proc/{pid}/cmdline")
    if sys.platform == "linux":
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout


def end_leftover(pid: int, mark: str, sign: signal.Signals) -> None:
    """Send `sign` to the process if its command line holds `mark`, that is, if it is ours."""
    if mark in command_line(pid):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
