"""`python -m tests.faults.sabotage WHAT`: a worker with one safety mechanism switched off.

The tests of faults have to go red with it: otherwise they would not notice if it were missing.
"""

import sys
from typing import Any

from arq.cli import cli

from deckgen.store import steps
from deckgen.worker import reconcile


async def nothing(*_: Any, **__: Any) -> None:
    """Does nothing, and finds nothing."""


def main(what: str) -> None:
    if what == "reconciler":
        reconcile.reconcile_once = nothing
    elif what == "checkpoints":
        steps.saved = nothing
    sys.argv = ["arq", "deckgen.worker_settings.WorkerSettings"]
    cli()


if __name__ == "__main__":
    main(sys.argv[1])
