"""Which engine executes a step: the offline one in a process of its own, or a language model.

The offline engine needs nothing but the data; the model's needs a provider, and finds words for what
the offline engine found.
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
from deckgen.domain.decks import Draft
from deckgen.domain.documents import Model, canonical_json
from deckgen.domain.errors import NotFound, PermanentError
from deckgen.domain.model_calls import Call
from deckgen.domain.model_steps import Assignment, DraftForModel, RevisionOf, SlideResult
from deckgen.domain.requests import parse
from deckgen.domain.step_contract import MODEL_MISSING, NOT_HELD, StepRequest, StepResponse
from deckgen.domain.steps import CALLS_MODEL, Step
from deckgen.orchestrator.answers import Answer
from deckgen.orchestrator.datasets import Part, unpacked
from deckgen.orchestrator.held_files import Held, HeldFiles
from deckgen.orchestrator.inputs import Inputs

if TYPE_CHECKING:
    from deckgen.orchestrator.model.steps import ModelSteps


class Engines:
    """Without `model` the draft is the deck. Steps that read no table run in `others`, so that slow
    tables hold none of them up.
    """

    def __init__(
        self,
        children: Children,
        others: Children,
        model: "ModelSteps | None",
        files: HeldFiles,
        settings: Settings,
    ) -> None:
        self._children, self._others = children, others
        self._model, self._files, self._settings = model, files, settings

    async def execute(
        self,
        step: Step,
        request: StepRequest,
        dataset: Part | Held,
        key: str,
        *,
        patience: float | None = None,
    ) -> Answer:
        """The StepResponse of a step, as JSON, with the call that was paid for it.

        `dataset` is the part with the compressed file, if the step reads it, or says that it is held.
        RetryableError if no process was free for it within `patience` seconds.
        """
        inputs = Inputs(request)
        if step in CALLS_MODEL:
            return _encoded(*await self._write(step, inputs, key))
        if step is Step.REVISE:
            wanted = inputs.needed(RevisionOf, Step.REVISE)
            return _encoded(await asyncio.to_thread(self._needed().revise, wanted))
        children = self._others if dataset is None else self._children
        offline = partial(self._offline, children, step, request, dataset)
        body = await children.run(offline, patience=patience)
        if step is Step.DRAFT and self._model is not None:
            return _encoded(await asyncio.to_thread(self._announced, body, inputs))
        return Answer(body)

    def _offline(
        self, children: Children, step: Step, request: StepRequest, dataset: Part | Held
    ) -> bytes:
        with self._file(request, dataset) as path:
            seconds = self._settings.query_timeout_seconds
            return children.call("execute", seconds, step, request, path)

    @contextmanager
    def _file(self, request: StepRequest, dataset: Part | Held) -> Iterator[Path | None]:
        """The table's file: held, or sent along, and then held for the next steps."""
        if isinstance(dataset, Held):
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
        request = inputs.request
        return self._needed().announce(draft, request.brief, inputs.source(), inputs.findings())

    async def _write(self, step: Step, inputs: Inputs, call_id: str) -> tuple[Model, Call]:
        """A step that calls the model, with the call that was paid for it."""
        brief, source, model = inputs.request.brief, inputs.source(), self._needed()
        if step is Step.STORYLINE:
            draft = inputs.needed(DraftForModel, Step.DRAFT)
            return await model.storyline(brief, source, draft, call_id)
        refused = inputs.needed(SlideResult, Step.SLIDE) if step is Step.REPAIR else None
        assignment = inputs.needed(Assignment, Step.STORYLINE)
        return await model.slide(brief, source, assignment, refused, call_id)

    def _needed(self) -> "ModelSteps":
        if self._model is None:
            raise PermanentError(
                "No language model is configured. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server "
                "of your own, where the orchestrator runs.",
                code=MODEL_MISSING,
            )
        return self._model


def not_held() -> NotFound:
    return NotFound("This table is not held here: send its file along.", code=NOT_HELD)


def _encoded(result: Model, call: Call | None = None) -> Answer:
    return Answer(canonical_json(StepResponse(result=result, call=call).to_json()), call)
