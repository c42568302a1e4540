"""`python -m tests.faults.sabotage WHAT worker|api`: a process in which something is made to go wrong.

Either a safety mechanism is switched off, and the tests of faults have to go red with it, because
otherwise they would not notice if it were missing. Or the process kills itself at an exact moment.
"""

import os
import re
import runpy
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from arq.cli import cli

from deckgen.config.settings import load_settings
from deckgen.domain.errors import OutageError, RetryableError
from deckgen.domain.job_kinds.generate import GenerateRequest
from deckgen.queue import service
from deckgen.queue.pool import DeliveryPool
from deckgen.redis import retrying_connection
from deckgen.store import admission, queries
from deckgen.store.leases import Lease
from deckgen.worker import attempt, orchestrator_client, reconcile
from deckgen.worker.orchestrator_gate import OrchestratorGate
from deckgen.worker.runtime import HeldJob
from tests.faults.orchestrator import POISON

FOLDER = "FAULT_FOLDER"  # variable: where the processes of a fleet may leave files
FENCE = re.compile(r"lease_token = (:|held\.)lease_token")


def no_reconciler() -> None:
    reconcile.reconcile_once = nothing


def no_checkpoints() -> None:
    """Whoever takes a job over finds nothing of what was done."""
    of = Lease.of
    Lease.of = lambda row: replace(of(row), checkpoints={})  # type: ignore[method-assign]


def no_fence() -> None:
    """Whoever once had the lease may write."""
    without = Path(os.environ[FOLDER], f"sql-{os.getpid()}")
    shutil.copytree(queries.SQL, without)
    for file in (without / "queries").glob("*.sql"):
        file.write_text(FENCE.sub(r"lease_token >= \1lease_token", file.read_text()))
    queries.SQL = without


async def nothing(*_: Any, **__: Any) -> None:
    """Does nothing, and finds nothing."""


def poison() -> None:
    """Some jobs kill the worker that runs them."""
    execute = orchestrator_client.OrchestratorClient.execute

    async def deadly(self: Any, step: Any, request: Any, **options: Any) -> Any:
        if request.deck_id.startswith(POISON):
            os.kill(os.getpid(), signal.SIGKILL)
        return await execute(self, step, request, **options)

    orchestrator_client.OrchestratorClient.execute = deadly  # type: ignore[method-assign]


def outages_count() -> None:
    """An orchestrator that is away uses the attempts of the jobs, and nobody asks before a claim."""

    def counted(error: OutageError, job: HeldJob) -> attempt.AttemptOutcome:
        own = RetryableError(error.message, code=error.code)
        return attempt._judge(own, own, job.lease, load_settings())

    attempt._outage = counted
    OrchestratorGate.is_open = True  # type: ignore[assignment, method-assign]


def refusals_are_fatal() -> None:
    """What Redis refuses is an error like any other."""
    vars(retrying_connection).update(REFUSALS=(), REFUSES=re.compile("(?!)"))
    DeliveryPool._living = lambda *_: nullcontext()  # type: ignore[method-assign,assignment]


def dying_api() -> None:
    """The API dies once for each deck that is called like one of three moments of a request."""
    _die_after(admission, "accept", "before-commit")
    admission.accept = in_a_transaction(admission.accept)  # type: ignore[assignment]
    _die_after(service, "accept", "after-commit")
    _die_after(service.AsyncOrchestrator, "submit", "after-enqueue")


def _die_after(owner: Any, name: str, moment: str) -> None:
    call: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def deadly(*args: Any, **options: Any) -> Any:
        result = await call(*args, **options)
        request = next(one for one in args if isinstance(one, GenerateRequest))
        if request.deck_id == moment:
            _die_once(moment)
        return result

    setattr(owner, name, deadly)


def in_a_transaction(call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """What `call` writes is there, and not yet committed, when it returns."""

    async def inside(database: Any, *args: Any, **options: Any) -> Any:
        async with database.acquire() as connection:
            return await call(connection, *args, **options)

    return inside


def _die_once(moment: str) -> None:
    died = Path(os.environ[FOLDER], moment)
    if not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)


SABOTAGES = {
    "reconciler": no_reconciler,
    "checkpoints": no_checkpoints,
    "fence": no_fence,
    "poison": poison,
    "dying-api": dying_api,
    "outages": outages_count,
    "refusals": refusals_are_fatal,
}


def main(what: str, kind: str) -> None:
    SABOTAGES[what]()
    if kind == "worker":
        sys.argv = ["arq", "deckgen.worker_settings.WorkerSettings"]
        cli()
    else:
        runpy.run_module("deckgen.api", run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
