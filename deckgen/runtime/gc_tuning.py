"""The garbage collector, tuned for a process that serves.

The objects of its libraries never become garbage, and nearly all that a request makes is freed by its
reference count.
"""

import atexit
import gc

# With Python's own thresholds (700, 10, 10) a worker and an orchestrator spent a twentieth of their
# time on collections that found nothing.
THRESHOLDS = (20_000, 50, 100)


def collect_rarely() -> None:
    """Keep the objects that exist by now out of all later collections, and collect more rarely.

    All is given back before the process ends: bindings such as DuckDB's count what is left at the very
    end, and complain.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    atexit.register(gc.unfreeze)
