"""Let the model improve a draft: its storyline, then all slides at once, each repaired once at most.

Nothing that goes wrong with the model costs the deck: a slide that it did not write is the draft's.
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
from deckgen.worker.checkpointed_steps import Inputs, Walk, all_of

OVER_BUDGET = "The limit of the request (maxTokens, maxCost) leaves no room for it."
REFUSED = "What the model wrote was refused: "
NO_ANSWER = "The model gave no answer that can be used: "
NO_STORYLINE = "The order of the slides and the title of the deck are the draft's: "
MAX_SAID = 3
MAX_LOST = 2  # calls for the same that get no answer
MAX_LOST_WAITING = 10  # of a job that waits for the model in between: each may be paid for
MAX_REST_SECONDS = 60.0
MAX_ROUNDS = 20  # rounds in which our limits leave no room: many minutes


class LeftToTheDraft(Exception):
    """The model does not write this; the message says why."""


class WaitForModel(Exception):
    """The job waits until the model can be reached again."""

    def __init__(self, error: RetryableError) -> None:
        super().__init__(error.message)
        self.error = error


class Upgrading:
    """The calls of one job to the model, within its budget, so many of them at a time."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._budget = Budget(walk.lease.policy, lambda: walk.paid)
        self._slots = asyncio.Semaphore(walk.runtime.settings.slide_concurrency)

    async def tell(self, given: Inputs, draft: Any) -> UpgradeResult:
        """What the model makes of a draft; `given` are the results that each call builds on."""
        most = UpperBound.model_validate(draft["upgrade"]["most"])
        try:
            telling = await self._answered(Step.STORYLINE, given | {Step.DRAFT: draft}, "", most)
        except LeftToTheDraft as why:
            return UpgradeResult(outline=None, reason=str(why))
        problem = telling.get("problem")
        written = [self.write(given, telling, intent) for intent in telling["intents"]]
        outcomes = await all_of(*written)
        names = [intent["slide"]["id"] for intent in telling["intents"]]
        return UpgradeResult(
            outline=telling["outline"],
            outcomes=dict(zip(names, outcomes, strict=True)),
            reason=NO_STORYLINE + problem if problem else "",
        )

    async def write(self, given: Inputs, telling: Any, intent: Any) -> SlideOutcome:
        """One slide."""
        part = intent["slide"]["id"]
        inputs = given | {Step.STORYLINE: {"shared": telling["shared"], "intent": intent}}
        attempts = 0
        try:
            most = UpperBound.model_validate(intent["most"])
            written = await self._answered(Step.SLIDE, inputs, part, most)
            attempts = _answers(written)
            if attempts and written["slide"] is None:
                inputs[Step.SLIDE] = written
                most = UpperBound.model_validate(written["most"])
                written = await self._answered(Step.REPAIR, inputs, part, most)
                attempts += _answers(written)
        except LeftToTheDraft as why:
            return SlideOutcome(slide=None, attempts=attempts, reason=str(why))
        return SlideOutcome(slide=written["slide"], attempts=attempts, reason=_reason(written))

    async def _answered(self, step: Step, inputs: Inputs, part: str, most: UpperBound) -> Any:
        """The result of a step, which is made again if its call got no answer: each may be paid for, so
        each is a step of its own, within the budget. LeftToTheDraft if there is none.
        """
        result = None
        for lost in count():
            again = inputs | {step: lost} if lost else inputs
            is_old = self._walk.is_done(step, again, part)
            try:
                result = await self._ask(step, again, part, most)
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

    async def _ask(self, step: Step, inputs: Inputs, part: str, most: UpperBound) -> Any:
        """The result of a step that calls the model. LeftToTheDraft if there is none."""
        if self._walk.is_done(step, inputs, part):
            return await self._walk.run(step, inputs, part)
        async with self._budget.room(most) as fits, self._slots:
            if not fits:
                raise LeftToTheDraft(OVER_BUDGET)
            for again in reversed(range(MAX_ROUNDS)):
                try:
                    return await self._walk.run(step, inputs, part)
                except StepError as error:
                    if error.code != MODEL_RATE_LIMITED or not again:
                        raise self._judged(error) from error
                    await self._rest(error)
        raise AssertionError("the last round raises")

    async def _rest(self, error: StepError) -> None:
        """As long as is asked for, but no longer than the worker lives."""
        asked = error.retry_after if isinstance(error, RetryableError) else None
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(
                self._walk.runtime.draining.wait(), min(asked or 0, MAX_REST_SECONDS)
            )

    def _judged(self, error: StepError) -> Exception:
        """What an error of a call means for the job."""
        if error.code in MODEL_FOR_GOOD:
            return LeftToTheDraft(error.message)
        if error.code in (MODEL_AWAY, MODEL_RATE_LIMITED) and isinstance(error, RetryableError):
            return WaitForModel(error) if self._waits() else LeftToTheDraft(error.message)
        return error

    def _waits(self) -> bool:
        """Whether the job is to wait while the model is away."""
        lease = self._walk.lease
        patience = self._walk.runtime.settings.model_patience_seconds
        return lease.policy.on_model_failure is OnModelFailure.RETRY and lease.age < patience


def _answers(written: Any) -> int:
    return 0 if written.get("lost") else 1


def _reason(written: Any) -> str:
    """Why a slide is the draft's; "" if it is not."""
    if written["slide"]:
        return ""
    if written.get("lost"):
        return _problems(written)
    return (REFUSED if written["answer"] else NO_ANSWER) + _problems(written)


def _problems(result: Any) -> str:
    return result.get("problem") or "; ".join(result.get("problems", [])[:MAX_SAID])
