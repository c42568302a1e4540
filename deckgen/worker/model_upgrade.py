"""The upgrade of a draft by a model: its storyline, then all slides at once, with one repair each.

No failure of the model costs the deck: a slide that it did not write is the draft's.
"""

import asyncio
import contextlib
from itertools import count
from typing import Any

from deckgen.domain.errors import RetryableError, StepError
from deckgen.domain.model_calls import OnModelFailure, UpperBound
from deckgen.domain.model_steps import SlideOutcome, UpgradeResult
from deckgen.domain.step_contract import MODEL_AWAY, MODEL_FOR_GOOD, MODEL_RATE_LIMITED
from deckgen.domain.steps import Step
from deckgen.worker.budget import Budget
from deckgen.worker.checkpointed_steps import CheckpointedSteps, Inputs, all_of

OVER_BUDGET = "The request's limit (maxTokens, maxCost) leaves no room for it."
REFUSED = "What the model wrote was refused: "
NO_ANSWER = "The model gave no usable answer: "
NO_STORYLINE = "The deck keeps the draft's title and order of slides: "
MAX_PROBLEMS = 3
MAX_LOST = 2  # calls for the same result that get no answer
MAX_LOST_WAITING = 10  # such calls of a job that waits in between: each may be paid for
MAX_REST_SECONDS = 60.0
MAX_ROUNDS = 20  # rounds in which our limits leave no room: many minutes


class LeftToTheDraft(Exception):
    """The model does not write this part; the message says why."""


class WaitForModel(Exception):
    """The job waits until the model can be reached again."""

    def __init__(self, error: RetryableError) -> None:
        super().__init__(error.message)
        self.error = error


class ModelUpgrade:
    """The calls of one job to the model, within its budget and SLIDE_CONCURRENCY."""

    def __init__(self, steps: CheckpointedSteps) -> None:
        self._steps = steps
        self._budget = Budget(steps.lease.policy, lambda: steps.paid)
        self._slots = asyncio.Semaphore(steps.runtime.settings.slide_concurrency)

    async def improve(self, sources: Inputs, draft: Any) -> UpgradeResult:
        """Returns what the model makes of a draft; each call builds on the results in `sources`."""
        upper_bound = UpperBound.model_validate(draft["upgrade"]["most"])
        try:
            storyline = await self._run_again_if_lost(
                Step.STORYLINE, sources | {Step.DRAFT: draft}, "", upper_bound
            )
        except LeftToTheDraft as left:
            return UpgradeResult(outline=None, reason=str(left))
        problem = storyline.get("problem")
        written = [self.write(sources, storyline, intent) for intent in storyline["intents"]]
        outcomes = await all_of(*written)
        names = [intent["slide"]["id"] for intent in storyline["intents"]]
        return UpgradeResult(
            outline=storyline["outline"],
            outcomes=dict(zip(names, outcomes, strict=True)),
            reason=NO_STORYLINE + problem if problem else "",
        )

    async def write(self, sources: Inputs, storyline: Any, intent: Any) -> SlideOutcome:
        """Returns one slide as the model wrote it, or why it is the draft's."""
        part = intent["slide"]["id"]
        inputs = sources | {Step.STORYLINE: {"shared": storyline["shared"], "intent": intent}}
        attempts = 0
        try:
            upper_bound = UpperBound.model_validate(intent["most"])
            written = await self._run_again_if_lost(Step.SLIDE, inputs, part, upper_bound)
            attempts = _answers(written)
            if attempts and written["slide"] is None:
                inputs[Step.SLIDE] = written
                upper_bound = UpperBound.model_validate(written["most"])
                written = await self._run_again_if_lost(Step.REPAIR, inputs, part, upper_bound)
                attempts += _answers(written)
        except LeftToTheDraft as left:
            return SlideOutcome(slide=None, attempts=attempts, reason=str(left))
        return SlideOutcome(slide=written["slide"], attempts=attempts, reason=_reason(written))

    async def _run_again_if_lost(
        self, step: Step, inputs: Inputs, part: str, upper_bound: UpperBound
    ) -> Any:
        """Returns the result of a step, which runs again if its call got no answer.

        Each call may be paid for, so each is a step of its own, within the budget. LeftToTheDraft if
        there is no result.
        """
        result = None
        for lost in count():
            again = inputs | {step: lost} if lost else inputs
            is_old = self._steps.is_done(step, again, part)
            try:
                result = await self._ask(step, again, part, upper_bound)
            except LeftToTheDraft:
                if result is None:
                    raise
                return result
            if not result.get("lost"):
                return result
            waits = self._waits()
            if lost + 1 >= (MAX_LOST_WAITING if waits else MAX_LOST):
                return result
            if waits and not is_old:
                raise WaitForModel(RetryableError(_problems(result), code=MODEL_AWAY))
        raise AssertionError("an endless count ends")

    async def _ask(self, step: Step, inputs: Inputs, part: str, upper_bound: UpperBound) -> Any:
        """Returns the result of a step that calls the model; LeftToTheDraft if there is none."""
        if self._steps.is_done(step, inputs, part):
            return await self._steps.run(step, inputs, part)
        async with self._budget.room(upper_bound) as fits, self._slots:
            if not fits:
                raise LeftToTheDraft(OVER_BUDGET)
            for rounds_left in reversed(range(MAX_ROUNDS)):
                try:
                    return await self._steps.run(step, inputs, part)
                except StepError as error:
                    if error.code != MODEL_RATE_LIMITED or not rounds_left:
                        raise self._meaning_of(error) from error
                    await self._rest(error)
        raise AssertionError("the last round raises")

    async def _rest(self, error: StepError) -> None:
        """Wait as long as the error asks for, but no longer than the worker lives."""
        requested_wait = error.retry_after if isinstance(error, RetryableError) else None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(
                self._steps.runtime.draining.wait(), min(requested_wait or 0, MAX_REST_SECONDS)
            )

    def _meaning_of(self, error: StepError) -> Exception:
        """Returns the exception that an error of a call means for the job."""
        if error.code in MODEL_FOR_GOOD:
            return LeftToTheDraft(error.message)
        if error.code in (MODEL_AWAY, MODEL_RATE_LIMITED) and isinstance(error, RetryableError):
            return WaitForModel(error) if self._waits() else LeftToTheDraft(error.message)
        return error

    def _waits(self) -> bool:
        """True if the job is to wait while the model is away."""
        lease = self._steps.lease
        patience = self._steps.runtime.settings.model_patience_seconds
        return lease.policy.on_model_failure is OnModelFailure.RETRY and lease.age < patience


def _answers(written: Any) -> int:
    return 0 if written.get("lost") else 1


def _reason(written: Any) -> str:
    """Returns why a slide is the draft's; "" if it is not."""
    if written["slide"]:
        return ""
    if written.get("lost"):
        return _problems(written)
    return (REFUSED if written["answer"] else NO_ANSWER) + _problems(written)


def _problems(result: Any) -> str:
    return result.get("problem") or "; ".join(result.get("problems", [])[:MAX_PROBLEMS])
