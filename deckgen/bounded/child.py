"""A child process: it bounds itself, works, and answers with bytes or an error in JSON."""

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
GRACE = 5  # seconds of the processor after which it is killed without a reason
PRIORITY = 10  # lower than that of the processes that answer requests


@dataclass(frozen=True)
class Bounds:
    """The bounds of one child: `seconds` of wall clock and processor, memory as address space."""

    seconds: float
    memory_bytes: int
    file_bytes: int = FILE_BYTES

    def apply(self) -> None:
        """Bound this process irrevocably; the kernel ends it beyond the bounds."""
        for kind, limit in (
            (resource.RLIMIT_AS, self.memory_bytes),
            (resource.RLIMIT_FSIZE, self.file_bytes),
            (resource.RLIMIT_CORE, 0),
        ):
            _limit(kind, limit, limit)
        seconds = int(self.seconds) + 1
        _limit(resource.RLIMIT_CPU, seconds, seconds + GRACE)  # SIGXCPU, which tells why
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        os.nice(PRIORITY)


def _limit(kind: int, soft: int, hard: int) -> None:
    """Set a limit, or the system's own where that is lower, since it can't be raised."""
    permitted = resource.getrlimit(kind)[1]
    if permitted != resource.RLIM_INFINITY:
        soft, hard = min(soft, permitted), min(hard, permitted)
    resource.setrlimit(kind, (soft, hard))


@dataclass(frozen=True)
class Work:
    """A call of the function `name` of a module, with bounds, folder and `arguments`."""

    module: str
    name: str
    arguments: tuple[Any, ...]


def main(answers: Connection, bounds: Bounds, scratch: Path, work: Work) -> None:
    """Do the work and send its result; temporary files go into `scratch`.

    Tables are kept for later calls in the parent folder of `scratch`.
    """
    # A signal that stops the service is for the parent, which ends its children when it is done.
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
        return ERROR + json.dumps(_error_document(error)).encode()
    except MemoryError:
        return ERROR + json.dumps(_error_document(out_of_memory())).encode()
    except Exception as error:
        return ERROR + json.dumps(_bug(error)).encode()


def _end_with_the_parent(answers: Connection) -> None:
    """End the process group when the pipe's other end is closed, even by kill -9 of the parent."""
    poll = select.poll()
    poll.register(answers.fileno(), 0)
    poll.poll()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(0, signal.SIGKILL)


def out_of_memory() -> UnreadableData:
    return UnreadableData(
        "The table does not fit into memory. Upload fewer rows or columns, or ask the operator to "
        "raise TABLE_MEMORY_BYTES.",
        code="out_of_memory",
    )


def _error_document(error: DeckgenError) -> dict[str, Any]:
    fields = [asdict(field) for field in error.errors] if isinstance(error, InvalidRequest) else []
    return {
        "kind": type(error).__name__,
        "message": error.message,
        "code": error.code,
        "errors": fields,
        "retry_after": getattr(error, "retry_after", None),
    }


def _bug(error: Exception) -> dict[str, Any]:
    """Returns a bug's class and frames for the log, without its message, which may quote data."""
    return {"bug": type(error).__qualname__, "frames": Traceback(error.__traceback__).as_dict()}


def read(answer: bytes) -> bytes:
    """Returns the bytes that a child answered with, or raises its error."""
    if answer[:1] == RESULT:
        return answer[1:]
    raise _error(json.loads(answer[1:]))


def _error(document: dict[str, Any]) -> Exception:
    if "bug" in document:
        kind: type[Exception] = type(document["bug"], (Exception,), {"__module__": "child"})
        return kind().with_traceback(Traceback.from_dict(document["frames"]).as_traceback())
    error_class = getattr(errors, document["kind"])
    error: DeckgenError = error_class(document["message"], code=document["code"])
    if isinstance(error, InvalidRequest):
        error.errors = tuple(FieldError(**field) for field in document["errors"])
    elif document["retry_after"] is not None:
        error.retry_after = document["retry_after"]
    return error
