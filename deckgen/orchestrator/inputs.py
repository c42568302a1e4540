"""What a step is given, checked as it is asked for."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from deckgen.domain.datasets import Source
from deckgen.domain.documents import Model
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.insights import Findings
from deckgen.domain.requests import parse
from deckgen.domain.step_contract import StepRequest
from deckgen.domain.steps import Step

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
