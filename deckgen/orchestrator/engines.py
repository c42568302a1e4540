"""The engines that execute steps: the offline one in a process of its own, and a language model.

The offline engine needs nothing but the data; the model's needs a provider, and words the findings of
the offline engine.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from deckgen.bounded.children import Children
from deckgen.config.settings import Settings
from deckgen.domain.contract_3 import slide_of
from deckgen.domain.decks import Draft
from deckgen.domain.documents import BaseDocument, canonical_json
from deckgen.domain.errors import NotFound, PermanentError
from deckgen.domain.model_calls import Call
from deckgen.domain.model_steps import Assignment, DraftForModel, RevisionOf, SlideResult
from deckgen.domain.requests import parse
from deckgen.domain.step_contract import MODEL_MISSING, NOT_HELD, StepRequest, StepResponse
from deckgen.domain.steps import ANSWERING, CALLS_MODEL, CONTRACT, Step
from deckgen.orchestrator.answers import StepAnswer
from deckgen.orchestrator.datasets import Part, unpacked
from deckgen.orchestrator.held_files import HeldFile, HeldFiles
from deckgen.orchestrator.inputs import Inputs

if TYPE_CHECKING:
    from deckgen.orchestrator.model.steps import ModelSteps


class Engines:
    """The engines. Without `model` the draft is the deck. Steps that read no table run in
    `light_children`, so that slow tables don't delay them.
    """

    def __init__(
        self,
        children: Children,
        light_children: Children,
        model: "ModelSteps | None",
        files: HeldFiles,
        settings: Settings,
    ) -> None:
        self._children, self._light_children = children, light_children
        self._model, self._files, self._settings = model, files, settings

    async def execute(
        self,
        step: Step,
        request: StepRequest,
        dataset: Part | HeldFile,
        key: str,
        *,
        contract: int = CONTRACT,
        patience: float | None = None,
    ) -> StepAnswer:
        """Returns the StepResponse of a step, as JSON, with the call that was paid for it.

        `dataset` is the part with the compressed file, if the step reads it, or says that it is held.
        RetryableError if no process was free within `patience` seconds.
        """
        inputs = Inputs(request, contract=contract)
        if step in CALLS_MODEL:
            result, call = await self._write(step, inputs, key)
            return _encoded(_served(result, contract), call)
        if step is Step.REVISE:
            revision = inputs.required(RevisionOf, Step.REVISE)
            return _encoded(await asyncio.to_thread(self._required_model().revise, revision))
        children = self._light_children if dataset is None else self._children
        offline = partial(self._offline, children, step, contract, request, dataset)
        body = await children.run(offline, patience=patience)
        if step is Step.DRAFT and self._model is not None:
            return _encoded(await asyncio.to_thread(self._announced, body, inputs))
        return StepAnswer(body)

    def _offline(
        self,
        children: Children,
        step: Step,
        contract: int,
        request: StepRequest,
        dataset: Part | HeldFile,
    ) -> bytes:
        with self._file(request, dataset) as path:
            seconds = self._settings.query_timeout_seconds
            return children.call("execute", seconds, step, contract, request, path)

    @contextmanager
    def _file(self, request: StepRequest, dataset: Part | HeldFile) -> Iterator[Path | None]:
        """The table's file: held, or sent along, and then held for the next steps."""
        if isinstance(dataset, HeldFile):
            with self._files.opened(dataset.sha256) as path:
                if path is None:
                    raise not_held()
                yield path
            return
        announced = request.dataset.bytes if request.dataset else 0
        with unpacked(dataset, min(announced, self._settings.max_csv_bytes)) as path:
            if path and request.dataset:
                self._files.keep(path, request.dataset.sha256)
            yield path

    def _announced(self, body: bytes, inputs: Inputs) -> DraftForModel:
        draft = parse(Draft, orjson.loads(body)["result"])
        return self._required_model().announce(
            draft, inputs.brief, inputs.source(), inputs.findings(), asked=inputs.request.brief
        )

    async def _write(self, step: Step, inputs: Inputs, call_id: str) -> tuple[BaseDocument, Call]:
        """Returns the result of a step that calls the model, with the call that was paid for it."""
        brief, source, model = inputs.brief, inputs.source(), self._required_model()
        if step is Step.STORYLINE:
            draft = inputs.required(DraftForModel, Step.DRAFT)
            return await model.storyline(brief, source, draft, call_id)
        refused = inputs.required(SlideResult, Step.SLIDE) if step is Step.REPAIR else None
        assignment = inputs.required(Assignment, Step.STORYLINE)
        return await model.slide(brief, source, assignment, refused, call_id)

    def _required_model(self) -> "ModelSteps":
        if self._model is None:
            raise PermanentError(
                "No language model is configured. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server "
                "of your own, where the orchestrator runs.",
                code=MODEL_MISSING,
            )
        return self._model


def not_held() -> NotFound:
    return NotFound("This table is not held here. Send its file.", code=NOT_HELD)


def _served(result: BaseDocument, contract: int) -> BaseDocument:
    """Returns a result as the caller has it: its slide is paid for, and must not be refused."""
    if contract >= ANSWERING or not isinstance(result, SlideResult) or result.slide is None:
        return result
    return result.model_copy(update={"slide": slide_of(result.slide)})


def _encoded(result: BaseDocument, call: Call | None = None) -> StepAnswer:
    return StepAnswer(canonical_json(StepResponse(result=result, call=call).to_json()), call)
