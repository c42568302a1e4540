"""Which engine executes a step. The offline engine needs nothing but the data."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deckgen.domain.contract import StepRequest
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.insights import Findings
from deckgen.domain.model import Model
from deckgen.domain.requests import parse
from deckgen.domain.steps import Step
from deckgen.orchestrator import analyst


@dataclass(frozen=True)
class Inputs:
    """What a step is given; `path` is the uploaded file."""

    request: StepRequest
    path: Path | None

    def source(self) -> Source | None:
        value = self.request.inputs.get(Step.PROFILE)
        return None if value is None else parse(Source, value)

    def findings(self) -> Findings | None:
        value = self.request.inputs.get(Step.FACTS)
        return None if value is None else parse(Findings, value)


Execute = Callable[[Inputs], Model]


def profile(inputs: Inputs) -> Model:
    if inputs.path is None or inputs.request.dataset is None:
        raise InvalidRequest("The step profile needs a dataset.")
    return analyst.profile(inputs.path, inputs.request.dataset, inputs.request.brief)


def facts(inputs: Inputs) -> Model:
    source = inputs.source()
    if inputs.path is None or source is None:
        raise InvalidRequest("The step facts needs a dataset and the result of the step profile.")
    return analyst.find(inputs.path, source, inputs.request.brief)


def draft(inputs: Inputs) -> Model:
    return analyst.draft(inputs.request.brief, inputs.source(), inputs.findings())


def assemble(inputs: Inputs) -> Model:
    if Step.DRAFT not in inputs.request.inputs:
        raise InvalidRequest("The step assemble needs the result of the step draft.")
    return analyst.assemble(
        inputs.request.brief,
        inputs.source(),
        inputs.findings(),
        parse(Draft, inputs.request.inputs[Step.DRAFT]),
        inputs.path,
    )


OFFLINE: dict[Step, Execute] = {
    Step.PROFILE: profile,
    Step.FACTS: facts,
    Step.DRAFT: draft,
    Step.ASSEMBLE: assemble,
}
