"""The garbage collector, tuned for a process that serves.

The objects of its libraries never become garbage, and nearly all that a request makes is freed by its
reference count.
"""

import atexit
import gc
import sys

# With Python's own thresholds (700, 10, 10) a worker and an orchestrator spent a twentieth of their
# time on collections that found nothing.
THRESHOLDS = (20_000, 50, 100)
COUNTING = frozenset({"duckdb"})  # bindings that complain of objects that are left


def collect_rarely() -> None:
    """Keep the objects that exist by now out of all later collections, and collect more rarely.

    All is given back before the process ends if a binding counts what is left at the very end.
    """
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    atexit.register(_give_back)


def _give_back() -> None:
    """Not otherwise: to take apart all that is loaded takes a third of a second."""
    if not COUNTING.isdisjoint(sys.modules):
        gc.unfreeze()
