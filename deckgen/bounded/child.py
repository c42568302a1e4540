"""What a child process does: it bounds itself, works, and answers with bytes or an error in JSON."""

import contextlib
import importlib
import json
import os
import resource
import select
import signal
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tblib import Traceback

from deckgen.domain import errors
from deckgen.domain.errors import DeckgenError, FieldError, InvalidRequest, UnreadableData

RESULT, ERROR = b"r", b"e"
FILE_BYTES = 2_500_000_000  # a table that is kept for the next steps may have 2 GB
GRACE = 5  # seconds of the processor after which there is no reason given any more
PRIORITY = 10  # lower than that of the processes that answer requests


@dataclass(frozen=True)
class Bounds:
    """Of one child; `seconds` are of the wall clock and of the processor, memory is address space."""

    seconds: float
    memory_bytes: int
    file_bytes: int = FILE_BYTES

    def apply(self) -> None:
        """Bound this process in a way that it can't take back; the kernel ends it beyond them."""
        for what, most in (
            (resource.RLIMIT_AS, self.memory_bytes),
            (resource.RLIMIT_FSIZE, self.file_bytes),
            (resource.RLIMIT_CORE, 0),
        ):
            _limit(what, most, most)
        seconds = int(self.seconds) + 1
        _limit(resource.RLIMIT_CPU, seconds, seconds + GRACE)  # SIGXCPU, which tells why
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        os.nice(PRIORITY)


def _limit(what: int, soft: int, hard: int) -> None:
    """What the system permits may be less already, and can't be raised."""
    permitted = resource.getrlimit(what)[1]
    if permitted != resource.RLIM_INFINITY:
        soft, hard = min(soft, permitted), min(hard, permitted)
    resource.setrlimit(what, (soft, hard))


@dataclass(frozen=True)
class Work:
    """The function `name` of a module, which is called with bounds, folder and `arguments`."""

    module: str
    name: str
    arguments: tuple[Any, ...]


def main(answers: Connection, bounds: Bounds, scratch: Path, work: Work) -> None:
    """Do the work and send what comes of it; temporary files go into `scratch`.

    Tables are kept for later calls in the folder that `scratch` lies in.
    """
    # Whoever stops the service ends the parent, which ends its children when it is done.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.setpgid(0, 0)  # so that what it starts itself can be killed with it
    tempfile.tempdir = str(scratch)
    threading.Thread(target=_end_with_the_parent, args=(answers,), daemon=True).start()
    bounds.apply()
    answers.send_bytes(_answer(bounds, scratch.parent, work))


def _answer(bounds: Bounds, folder: Path, work: Work) -> bytes:
    try:
        function: Callable[..., bytes] = getattr(importlib.import_module(work.module), work.name)
        return RESULT + function(bounds, folder, *work.arguments)
    except DeckgenError as error:
        return ERROR + json.dumps(_told(error)).encode()
    except MemoryError:
        return ERROR + json.dumps(_told(out_of_memory())).encode()
    except Exception as error:
        return ERROR + json.dumps(_bug(error)).encode()


def _end_with_the_parent(answers: Connection) -> None:
    """The other end of the pipe is closed when nobody waits any more, be it by kill -9."""
    poll = select.poll()
    poll.register(answers.fileno(), 0)
    poll.poll()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(0, signal.SIGKILL)


def out_of_memory() -> UnreadableData:
    return UnreadableData(
        "The table does not fit into memory. Upload fewer rows or columns, or have TABLE_MEMORY_BYTES "
        "raised.",
        code="out_of_memory",
    )


def _told(error: DeckgenError) -> dict[str, Any]:
    fields = [asdict(one) for one in error.errors] if isinstance(error, InvalidRequest) else []
    return {
        "kind": type(error).__name__,
        "message": error.message,
        "code": error.code,
        "errors": fields,
        "retry_after": getattr(error, "retry_after", None),
    }


def _bug(error: Exception) -> dict[str, Any]:
    """Its class and its frames, as the log shows them; not its message, which may quote data."""
    return {"bug": type(error).__qualname__, "frames": Traceback(error.__traceback__).as_dict()}


def read(answer: bytes) -> bytes:
    """The bytes that a child answered with, or its error, raised."""
    if answer[:1] == RESULT:
        return answer[1:]
    raise _error(json.loads(answer[1:]))


def _error(said: dict[str, Any]) -> Exception:
    if "bug" in said:
        kind: type[Exception] = type(said["bug"], (Exception,), {"__module__": "child"})
        return kind().with_traceback(Traceback.from_dict(said["frames"]).as_traceback())
    known = getattr(errors, said["kind"])
    error: DeckgenError = known(said["message"], code=said["code"])
    if isinstance(error, InvalidRequest):
        error.errors = tuple(FieldError(**one) for one in said["errors"])
    elif said["retry_after"] is not None:
        error.retry_after = said["retry_after"]  # type: ignore[attr-defined] # those that have one
    return error
