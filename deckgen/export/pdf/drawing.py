"""Pages of a PDF, drawn in a process of their own for each file.

What draws them panics at what it does not expect, and a process in which it has panicked draws nothing
any more: that must not be the one that answers everybody's requests.
"""

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Timer

SECONDS = 120.0  # with the processor shared by others
CHILD = (sys.executable, "-P", "-m", "deckgen.export.pdf.child")
# What it takes to find Python's modules and the machine's fonts, and none of the service's secrets.
KEPT_VARIABLES = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


class NotDrawn(RuntimeError):
    """The process that draws pages has ended without them."""


def pages(svgs: Iterable[str], font: str) -> list[bytes]:
    """Returns each slide, set in a font, as a PDF of one page; NotDrawn if its process fails, which
    hurts no other. It draws a slide while the next one is made.
    """
    try:
        with ThreadPoolExecutor(1) as reader, _child() as child:
            assert child.stdin is not None
            assert child.stdout is not None
            drawn = reader.submit(child.stdout.read)
            for line in (font, *svgs):
                child.stdin.write(json.dumps(line).encode() + b"\n")
                child.stdin.flush()
            child.stdin.close()
            found = [b64decode(line) for line in drawn.result().splitlines()]
    except BrokenPipeError as error:
        raise NotDrawn(
            "The pages of a PDF were not drawn: the process ended before its input"
        ) from error
    if child.returncode:
        raise NotDrawn(f"The pages of a PDF were not drawn: the process ended with {child.returncode}")
    return found


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    """Run the process that draws, and end it if it takes too long, or if its input can't be made."""
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    with subprocess.Popen(  # noqa: S603 - a module of our own; what the deck says is its input
        CHILD,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        clock = Timer(SECONDS, child.kill)
        clock.start()
        try:
            yield child
            child.wait()
        finally:
            clock.cancel()
            child.kill()
