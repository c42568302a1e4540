"""The steps of one attempt: each comes from its checkpoint, or is executed and saved at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from deckgen.domain.access import LOCAL_TENANT
from deckgen.domain.documents import content_hash
from deckgen.domain.errors import OutageError
from deckgen.domain.model_calls import CallOfStep
from deckgen.domain.step_contract import ALL_BUSY, StepRequest, StepResponse
from deckgen.domain.steps import OF_ANY_JOB, READS_DATASET, Step, step_key
from deckgen.observability import metrics, tracing
from deckgen.observability.logs import get_logger
from deckgen.store import datasets
from deckgen.store.away import durably
from deckgen.store.leases import Checkpoint, LeaseLostError
from deckgen.worker.lease_keeper import ensure_lease
from deckgen.worker.runtime import HeldJob, Runtime

log = get_logger(__name__)

Inputs = dict[Step, Any]
T = TypeVar("T")


class DrainedError(Exception):
    """The worker is draining, and the steps in flight are saved."""


class CheckpointedSteps:
    """Every finished step of a job by its key, from earlier attempts too."""

    def __init__(self, runtime: Runtime, job: HeldJob) -> None:
        self.runtime, self.job, self.lease = runtime, job, job.lease
        self.database = runtime.database.of(job.lease.tenant_id)
        self._saved = dict(self.lease.checkpoints)
        self._dataset: asyncio.Task[bytes] | None = None

    async def run(self, step: Step, inputs: Inputs, part: str = "") -> Any:
        """Returns the result of a step; DrainedError if it is not done and the worker drains."""
        key = self._key(step, inputs, part)
        if key not in self._saved:
            if self.runtime.draining.is_set():
                raise DrainedError
            await self._execute(step, inputs, part, key)
        return self._saved[key].result

    def is_done(self, step: Step, inputs: Inputs, part: str = "") -> bool:
        return self._key(step, inputs, part) in self._saved

    @property
    def paid(self) -> list[CallOfStep]:
        """Every call to a model that this job has paid for, in the order of steps and slides."""
        checkpoints = [saved for saved in self._saved.values() if saved.call]
        checkpoints.sort(key=lambda saved: (list(Step).index(saved.step), len(saved.part), saved.part))
        return [_paid(saved) for saved in checkpoints]

    def _key(self, step: Step, inputs: Inputs, part: str) -> str:
        dataset = self.lease.dataset.to_json() if self.lease.dataset else None
        results = {source.value: result for source, result in inputs.items()}
        parameters = [self.lease.brief.to_json(), dataset, content_hash(results)]
        if self.lease.tenant_id != LOCAL_TENANT:  # whose keys are as they were before there were others
            parameters.append(self.lease.tenant_id)
        return step_key(self.lease.job_id, step, part, parameters, self.lease.contract)

    async def _execute(self, step: Step, inputs: Inputs, part: str, key: str) -> None:
        """Call the orchestrator, and save its answer before anything else happens."""
        self.job.step = step
        started = time.monotonic()
        call = partial(self._call, step, inputs, key)
        outcome = "failed"
        try:
            response = await (self._share(key, call) if step in OF_ANY_JOB else call())
            outcome = "completed"
        finally:
            elapsed = time.monotonic() - started
            metrics.steps.labels(step, outcome).observe(elapsed)
        seconds = round(elapsed, 4)
        checkpoint = Checkpoint(step, part, response.result, response.call)
        await self.runtime.shared_writes.save_step(self.lease, key, checkpoint, seconds=seconds)
        self._saved[key] = checkpoint
        self.job.crashes = 0
        log.info("step.completed", step=step, **({"part": part} if part else {}), seconds=seconds)
        self.runtime.notifier.tell(self.lease.job_id)

    async def _share(self, key: str, call: Callable[[], Awaitable[StepResponse]]) -> StepResponse:
        """Returns a result that jobs share: one asks for it, or another if that loses its lease."""
        content = key.partition(":")[2]  # without the job: the step and all that its result depends on
        while True:
            try:
                return await self.runtime.steps_in_flight.once(content, call)
            except LeaseLostError:
                await ensure_lease(self.runtime, self.job)

    async def _call(self, step: Step, inputs: Inputs, key: str) -> StepResponse:
        lease = self.lease
        load = self._load if step in READS_DATASET and lease.dataset else None
        request = StepRequest(
            job_id=lease.job_id,
            deck_id=lease.deck_id,
            brief=lease.brief,
            dataset=lease.dataset,
            inputs=inputs,
            calls=self.paid if step in (Step.FINISH, Step.REPLACE) else [],
        )
        before = partial(ensure_lease, self.runtime, self.job)
        try:
            with tracing.span(f"step {step}", "client"):
                response = await self.runtime.orchestrator.execute(
                    step, request, key=key, contract=lease.contract, load=load, before=before
                )
        except OutageError as outage:
            if outage.code != ALL_BUSY:  # a busy orchestrator serves, if not this call
                self.runtime.gate.close(outage.message)
            raise
        self.runtime.gate.passed()
        return response

    async def _load(self) -> bytes:
        """Returns the uploaded file, compressed; it is read once for all steps."""
        assert self.lease.dataset is not None
        if self._dataset is None:
            loading = durably(datasets.load_gzip, self.database, self.lease.dataset.sha256)
            self._dataset = asyncio.ensure_future(loading)
        return await self._dataset


def _paid(saved: Checkpoint) -> CallOfStep:
    assert saved.call is not None
    call = saved.call.model_dump(exclude={"seconds"})
    return CallOfStep(step=saved.step, slide=saved.part or None, **call)


async def all_of(*awaitables: Awaitable[T]) -> list[T]:
    """Returns the results of what goes on at the same time.

    If one fails, the others are waited for all the same, because they are paid for; then the error that
    matters most is raised.
    """
    results = await asyncio.gather(*awaitables, return_exceptions=True)
    errors = [result for result in results if isinstance(result, BaseException)]
    if errors:
        raise min(errors, key=_weight)
    return [result for result in results if not isinstance(result, BaseException)]


def _weight(error: BaseException) -> int:
    """Returns the rank of an error: a lost lease ends everything, a drain is no failure."""
    return 0 if isinstance(error, LeaseLostError) else 1 if isinstance(error, DrainedError) else 2
