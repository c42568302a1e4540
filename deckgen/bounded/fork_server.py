"""The process from which children are forked, with all that they need loaded already.

There is one for a process that has children. It loads for longer than everything else, so this module
needs next to nothing itself: who starts it early lets it load side by side with the rest.
"""

import contextlib
import multiprocessing
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from multiprocessing import forkserver
from types import ModuleType

from deckgen.bounded.prepared import MARK

CONTEXT = multiprocessing.get_context("forkserver")
# One for all sets of children: a start changes state of the whole process, and tends all its children.
LOCK = threading.Lock()
LONGEST_FOLDER = 70  # leaves room for the names below it


def start(works: str) -> None:
    """Start the server, unless it runs; it goes on loading the module `works` meanwhile.

    Another module is loaded by each child that needs it.
    """
    with LOCK:
        ensure(works)


def ensure(works: str) -> None:
    """Do what `start` does, by one who holds the lock."""
    CONTEXT.set_forkserver_preload(["deckgen.bounded.prepared", works, "deckgen.bounded.loaded"])
    usual = tempfile.gettempdir()
    # The path of its socket has at most 108 bytes.
    tempfile.tempdir = usual if len(usual) < LONGEST_FOLDER else "/tmp"  # noqa: S108 - made private
    os.environ[MARK] = "1"
    try:
        with no_main_module():
            forkserver.ensure_running()
    finally:
        del os.environ[MARK]
        tempfile.tempdir = usual


@contextlib.contextmanager
def no_main_module() -> Iterator[None]:
    """Hide the running program from children, which would import all of it each time, for nothing."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
