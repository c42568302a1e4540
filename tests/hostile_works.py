"""What foreign tables may make of the process that reads them, each as a function for a child."""

import ctypes
import gc
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from deckgen.bounded.child import Bounds
from deckgen.domain.errors import FieldError, InvalidRequest, RetryableError, TooLarge
from deckgen.domain.step_contract import StepRequest
from deckgen.domain.steps import Step


def answer(bounds: Bounds, folder: Path, text: bytes) -> bytes:
    return text


def wait(bounds: Bounds, folder: Path, started: Path) -> bytes:
    started.write_text(str(os.getpid()))
    time.sleep(600)
    return b"late"


def hold_the_lock(bounds: Bounds, folder: Path, started: Path) -> bytes:
    """A regular expression that never lets another thread run."""
    started.write_text(str(os.getpid()))
    re.match(r"(a+)+$", "a" * 60 + "b")
    return b"late"


def freeze(bounds: Bounds, folder: Path) -> bytes:
    """No signal but SIGKILL ends a process that is stopped."""
    os.kill(os.getpid(), signal.SIGSTOP)
    return b"late"


def start_another(bounds: Bounds, folder: Path, started: Path) -> bytes:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    started.write_text(str(process.pid))
    return str(process.wait()).encode()


def fill_memory(bounds: Bounds, folder: Path) -> bytes:
    return bytes(2 * bounds.memory_bytes)


def fill_the_disk(bounds: Bounds, folder: Path) -> bytes:
    with tempfile.TemporaryFile() as file:
        file.truncate(bounds.file_bytes + 1)
    return b"too much"


def leave_a_file(bounds: Bounds, folder: Path) -> bytes:
    tempfile.mkdtemp()
    Path(tempfile.mkstemp()[1]).write_bytes(b"left")
    os.kill(os.getpid(), signal.SIGKILL)
    return b"never"


def crash(bounds: Bounds, folder: Path) -> bytes:
    return ctypes.string_at(0)


def say_secrets(bounds: Bounds, folder: Path) -> bytes:
    return repr(dict(os.environ)).encode()


def refuse(bounds: Bounds, folder: Path, which: str) -> bytes:
    wrong = (FieldError("columns", "are too many"),)
    errors = {
        "fields": InvalidRequest("Wrong.", errors=wrong),
        "large": TooLarge("Large.", code="dataset_too_large"),
        "later": RetryableError("Later.", retry_after=7),
    }
    raise errors[which]


def bug(bounds: Bounds, folder: Path) -> bytes:
    return bytes({"cell": b"Zanzibar"}["Zanzibar"])


def send_half(bounds: Bounds, folder: Path) -> bytes:
    """An answer that is announced, and cut off by the end of its process."""
    (answers,) = (one for one in gc.get_objects() if isinstance(one, Connection))
    os.write(answers.fileno(), (1_000).to_bytes(4) + b"r")
    os.kill(os.getpid(), signal.SIGKILL)
    return b"never"


def execute(
    bounds: Bounds,
    folder: Path,
    seconds: float,
    step: Step,
    contract: int,
    request: StepRequest,
    path: Path | None,
) -> bytes:
    """A step: with a table it takes for ever, and says so in the folder; without one it is done."""
    if path is not None:
        (folder / "started").write_text(str(os.getpid()))
        time.sleep(600)
    return b'{"result": null}'
