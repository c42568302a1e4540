"""The state of a worker process while it runs."""

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from deckgen.config.settings import Settings
from deckgen.domain.step_contract import StepResponse
from deckgen.domain.steps import Step
from deckgen.observability.sentry import Reports
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.event_notifier import EventNotifier
from deckgen.queue.pool import DeliveryPool, create_pool
from deckgen.redis.refusals import REDIS_AWAY
from deckgen.runtime.single_flight import SingleFlight
from deckgen.store.leases import Lease
from deckgen.store.pool import Database
from deckgen.worker.database_outages import DatabaseOutages
from deckgen.worker.leadership import Leadership
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.orchestrator_gate import OrchestratorGate
from deckgen.worker.shared_writes import SharedWrites
from deckgen.worker.signing import Signer

RENEWALS_A_LEASE = 3
WAKE_SECONDS = 1.0
SHARED_SECONDS = 10.0  # short: the orchestrator may become another version, or get another model


def new_worker_id() -> str:
    """Returns host and process, for people, and a random part, as process numbers come back."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"


@dataclass
class HeldJob:
    """A job that this worker holds; `step` is the one in work, or the last one that was.

    The lease was valid at `lease_sure_at`, by the monotonic clock, and for its seconds from then on.
    The job has brought down a server `crashes` times in a row, without a step finished in between.
    """

    lease: Lease
    delivery_id: str
    task: "asyncio.Task[None]"
    lease_sure_at: float
    crashes: int = 0
    step: Step | None = None
    is_reporting: bool = False  # its outcome is being written down
    began: float = field(default_factory=time.monotonic)


@dataclass
class Runtime:
    settings: Settings
    database: Database
    delivery: DeliveryPool
    dispatcher: Dispatcher
    orchestrator: OrchestratorClient
    reports: Reports = field(default_factory=Reports)
    # Jobs about one table at the same time share its reading, which ends if all of them are cancelled.
    steps_in_flight: SingleFlight[StepResponse] = field(
        default_factory=lambda: SingleFlight(SHARED_SECONDS, alone=False)
    )
    probe_pool: DeliveryPool = field(init=False)  # does not retry, so a probe is answered at once
    notifier: EventNotifier = field(init=False)
    signer: Signer = field(init=False)
    gate: OrchestratorGate = field(init=False)
    database_outages: DatabaseOutages = field(init=False)
    leadership: Leadership = field(init=False)
    shared_writes: SharedWrites = field(init=False)
    worker_id: str = field(default_factory=new_worker_id)
    draining: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    held_jobs: dict[str, HeldJob] = field(default_factory=dict)  # by delivery id: a job can come back
    delivering: set["asyncio.Task[None]"] = field(default_factory=set)
    background: list["asyncio.Task[None]"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.probe_pool = create_pool(self.settings, retries=0)
        self.notifier = EventNotifier(self.delivery)
        self.signer = Signer(self.settings, self.database.service)
        self.gate = OrchestratorGate(self.orchestrator.ready, self._wake)
        self.shared_writes = SharedWrites(self.database, self.worker_id, self.settings.lease_seconds)
        self.leadership = Leadership(self.database.service, self.worker_id)
        # A shorter break lets no lease run out that is renewed in time.
        self.database_outages = DatabaseOutages(
            self.settings.lease_seconds * (1 - 1 / RENEWALS_A_LEASE)
        )

    async def _wake(self) -> None:
        """Look at once for jobs that were passed over; without Redis there are none."""
        with contextlib.suppress(*REDIS_AWAY):
            async with asyncio.timeout(WAKE_SECONDS):
                await self.delivery.wake()

    @contextmanager
    def holding(self, lease: Lease, delivery_id: str, lease_sure_at: float) -> Iterator[HeldJob]:
        """Have the lease renewed while the block runs; its task is cancelled if the lease is lost."""
        task = asyncio.current_task()
        assert task is not None
        job = self.held_jobs[delivery_id] = HeldJob(
            lease, delivery_id, task, lease_sure_at, lease.crashes
        )
        try:
            yield job
        finally:
            del self.held_jobs[delivery_id]

    @contextmanager
    def posting(self) -> Iterator[None]:
        """Mark the running task as a delivery, for which a drain waits only briefly."""
        task = asyncio.current_task()
        assert task is not None
        self.delivering.add(task)
        try:
            yield
        finally:
            self.delivering.discard(task)
