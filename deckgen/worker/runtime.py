"""What a worker process holds while it runs."""

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
from deckgen.store.pool import Pool
from deckgen.worker.answering import Answering
from deckgen.worker.gate import Gate
from deckgen.worker.leading import Leading
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.signing import Signer
from deckgen.worker.together import Together

RENEWALS_A_LEASE = 3
WAKE_SECONDS = 1.0
SHARED_SECONDS = 10.0  # not for long: the orchestrator may be another version, or have another model


def new_worker_id() -> str:
    """Host and process for people, and a random part: process numbers come back."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"


@dataclass
class Held:
    """A job that this worker is working on; `step` is the one in work, or the last one that was.

    The lease held at `sure_at`, by the monotonic clock, and for its seconds from then on. `crashes` is
    how often in a row the job has brought down a server, without a step finished in between.
    """

    lease: Lease
    delivery_id: str
    task: "asyncio.Task[None]"
    sure_at: float
    crashes: int = 0
    step: Step | None = None
    began: float = field(default_factory=time.monotonic)


@dataclass
class Runtime:
    settings: Settings
    database: Pool
    delivery: DeliveryPool
    dispatcher: Dispatcher
    orchestrator: OrchestratorClient
    reports: Reports = field(default_factory=Reports)
    # Jobs about one table at the same time have it read and understood once; if all of them are
    # cancelled, nobody has it.
    recent: SingleFlight[StepResponse] = field(
        default_factory=lambda: SingleFlight(SHARED_SECONDS, alone=False)
    )
    probing: DeliveryPool = field(init=False)  # tells at once what Redis says
    notifier: EventNotifier = field(init=False)
    signer: Signer = field(init=False)
    gate: Gate = field(init=False)
    answering: Answering = field(init=False)
    leading: Leading = field(init=False)
    together: Together = field(init=False)
    worker_id: str = field(default_factory=new_worker_id)
    draining: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    held: dict[str, Held] = field(default_factory=dict)  # by delivery id: a job can come back
    delivering: set["asyncio.Task[None]"] = field(default_factory=set)
    background: list["asyncio.Task[None]"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.probing = create_pool(self.settings, retries=0)
        self.notifier = EventNotifier(self.delivery)
        self.signer = Signer(self.settings, self.database)
        self.gate = Gate(self.orchestrator.ready, self._wake)
        self.together = Together(self.database, self.worker_id, self.settings.lease_seconds)
        self.leading = Leading(self.database, self.worker_id)
        # A shorter break alone lets no lease run out that is renewed in time.
        self.answering = Answering(self.settings.lease_seconds * (1 - 1 / RENEWALS_A_LEASE))

    async def _wake(self) -> None:
        """Look at once for what was passed over; without Redis there is nothing to look at."""
        with contextlib.suppress(*REDIS_AWAY):
            async with asyncio.timeout(WAKE_SECONDS):
                await self.delivery.wake()

    @contextmanager
    def holding(self, lease: Lease, delivery_id: str, sure_at: float) -> Iterator[Held]:
        """While inside, the lease is renewed, and the running task is cancelled if it is lost."""
        task = asyncio.current_task()
        assert task is not None
        held = self.held[delivery_id] = Held(lease, delivery_id, task, sure_at, lease.crashes)
        try:
            yield held
        finally:
            del self.held[delivery_id]

    @contextmanager
    def posting(self) -> Iterator[None]:
        """While inside, the running task is one that the drain does not wait for to its end."""
        task = asyncio.current_task()
        assert task is not None
        self.delivering.add(task)
        try:
            yield
        finally:
            self.delivering.discard(task)
