"""The garbage collector of a process that serves: what its libraries are made of is never garbage, and
of what a request makes nearly all goes by its reference count.
"""

import atexit
import gc
import sys

# Objects made before a look at the youngest, and looks before one at the older. With Python's own 700,
# 10, 10 a twentieth of a worker's and an orchestrator's time went into looks that found nothing.
THRESHOLDS = (20_000, 50, 100)
COUNTING = frozenset({"duckdb"})  # bindings that complain of what is left


def collect_rarely() -> None:
    """From now on no collection walks through what there is already, and there are fewer of them.

    Before the process ends, all is given back if something counts what is left at the very end.
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
