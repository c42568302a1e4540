"""What a measuring process is held to, and what it reports; it runs in the peer's environment too."""

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

MOST = 12_000_000_000  # bytes: a measurement must not take the machine along


def bound() -> None:
    """More than MOST bytes of address space are refused from now on."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))


def peak() -> int:
    """The most bytes that were resident so far (Linux). getrusage would count the parent's as well."""
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return 1024 * int(found[1])


def report(work: Callable[[], float]) -> None:
    """Do the work, which says how long a part of it took, and print what it cost as JSON."""
    began, used = time.perf_counter(), time.process_time()
    part = work()
    measured = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "part": part,
        "peak": peak(),
    }
    sys.stdout.write(json.dumps(measured) + "\n")
