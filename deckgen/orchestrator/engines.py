"""Which engine executes a step. The offline engine needs nothing but the data; the model's needs a
provider, and finds words for what the offline engine found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from deckgen.domain.calls import Call, Usage
from deckgen.domain.contract import MODEL_MISSING, StepRequest
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Deck, Slide
from deckgen.domain.errors import InvalidRequest, PermanentError
from deckgen.domain.insights import Findings
from deckgen.domain.model import Model
from deckgen.domain.requests import parse
from deckgen.domain.steps import CALLS_MODEL, Step
from deckgen.domain.writing import Assignment, DraftForModel, RevisionOf, SlideResult, UpgradeResult
from deckgen.orchestrator import analyst
from deckgen.orchestrator.model import finishing
from deckgen.orchestrator.model.steps import ModelSteps

T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Inputs:
    """What a step is given; `path` is the uploaded file."""

    request: StepRequest
    path: Path | None = None

    def source(self) -> Source | None:
        return self.found(Source, Step.PROFILE)

    def findings(self) -> Findings | None:
        return self.found(Findings, Step.FACTS)

    def found(self, kind: type[T], step: Step) -> T | None:
        """The result of an earlier step, if there was one."""
        value = self.request.inputs.get(step)
        return None if value is None else parse(kind, value)

    def needed(self, kind: type[T], step: Step) -> T:
        """The result of an earlier step; InvalidRequest without it."""
        found = self.found(kind, step)
        if found is None:
            raise InvalidRequest(f"This step needs the result of the step {step}.")
        return found


def profile(inputs: Inputs) -> Model:
    if inputs.path is None or inputs.request.dataset is None:
        raise InvalidRequest("The step profile needs a dataset.")
    return analyst.profile(inputs.path, inputs.request.dataset, inputs.request.brief)


def facts(inputs: Inputs) -> Model:
    source = inputs.source()
    if inputs.path is None or source is None:
        raise InvalidRequest("The step facts needs a dataset and the result of the step profile.")
    return analyst.find(inputs.path, source, inputs.request.brief)


def assemble(inputs: Inputs) -> Model:
    """The draft as a deck, with the facts that a model may cite in it, if one is to improve it."""
    draft = inputs.needed(DraftForModel, Step.DRAFT)
    citable = draft.upgrade.facts.values() if draft.upgrade else []
    also = {fact.id for facts in citable for fact in facts}
    brief, source, findings = inputs.request.brief, inputs.source(), inputs.findings()
    return analyst.assemble(brief, source, findings, draft, inputs.path, also=also)


def finish(inputs: Inputs) -> Model:
    draft = inputs.needed(Deck, Step.ASSEMBLE)
    told = inputs.needed(UpgradeResult, Step.STORYLINE)
    return finishing.finish(draft, told, Usage.of(inputs.request.calls))


def replace(inputs: Inputs) -> Model:
    wanted = inputs.needed(RevisionOf, Step.REVISE)
    slide = inputs.needed(Slide, Step.SLIDE)
    return finishing.replace(wanted.deck, slide, Usage.of(inputs.request.calls), inputs.path)


class Engines:
    """Without `model` the draft is the deck."""

    def __init__(self, model: ModelSteps | None) -> None:
        self._model = model
        self._offline: dict[Step, Callable[[Inputs], Model]] = {
            Step.PROFILE: profile,
            Step.FACTS: facts,
            Step.DRAFT: self._draft,
            Step.ASSEMBLE: assemble,
            Step.FINISH: finish,
            Step.REVISE: self._revise,
            Step.REPLACE: replace,
        }

    def execute(self, step: Step, inputs: Inputs) -> Model:
        """A step that calls no model; CPU-bound, to be run in a thread."""
        return self._offline[step](inputs)

    async def write(self, step: Step, inputs: Inputs, call_id: str) -> tuple[Model, Call]:
        """A step that calls the model, with the call that was paid for it."""
        assert step in CALLS_MODEL
        brief, source, model = inputs.request.brief, inputs.source(), self._needed()
        if step is Step.STORYLINE:
            draft = inputs.needed(DraftForModel, Step.DRAFT)
            return await model.storyline(brief, source, draft, call_id)
        refused = inputs.needed(SlideResult, Step.SLIDE) if step is Step.REPAIR else None
        assignment = inputs.needed(Assignment, Step.STORYLINE)
        return await model.slide(brief, source, assignment, refused, call_id)

    def _draft(self, inputs: Inputs) -> Model:
        brief, source, findings = inputs.request.brief, inputs.source(), inputs.findings()
        draft = analyst.draft(brief, source, findings)
        return self._model.announce(draft, brief, source, findings) if self._model else draft

    def _revise(self, inputs: Inputs) -> Model:
        return self._needed().revise(inputs.needed(RevisionOf, Step.REVISE))

    def _needed(self) -> ModelSteps:
        if self._model is None:
            raise PermanentError(
                "No language model is configured. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server "
                "of your own, where the orchestrator runs.",
                code=MODEL_MISSING,
            )
        return self._model
