"""The inputs of a step, each checked when it is read."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from deckgen.domain.briefs import Brief
from deckgen.domain.contract_3 import FindingsOfContract3
from deckgen.domain.datasets import Source
from deckgen.domain.documents import BaseDocument
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.findings import Findings
from deckgen.domain.language.choosing import in_language
from deckgen.domain.language.languages import ENGLISH
from deckgen.domain.requests import parse
from deckgen.domain.step_contract import StepRequest
from deckgen.domain.steps import ANSWERING, CONTRACT, Step

T = TypeVar("T", bound=BaseDocument)


@dataclass(frozen=True)
class Inputs:
    """The inputs of a step; `path` is the uploaded file, `contract` the caller's version."""

    request: StepRequest
    path: Path | None = None
    contract: int = CONTRACT

    @property
    def brief(self) -> Brief:
        """The brief; for callers of the last contract, who know no decks in other languages, one that
        asks for English.
        """
        asked = self.request.brief
        return asked if self.contract >= ANSWERING else in_language(asked, ENGLISH)

    def source(self) -> Source | None:
        return self.result_of(Source, Step.PROFILE)

    def findings(self) -> Findings | None:
        if self.contract >= ANSWERING:
            return self.result_of(Findings, Step.FACTS)
        found = self.result_of(FindingsOfContract3, Step.FACTS)
        return found.now() if found else None

    def result_of(self, kind: type[T], step: Step) -> T | None:
        """Returns the result of an earlier step, if there was one."""
        value = self.request.inputs.get(step)
        return None if value is None else parse(kind, value)

    def required(self, kind: type[T], step: Step) -> T:
        """Returns the result of an earlier step; InvalidRequest without it."""
        result = self.result_of(kind, step)
        if result is None:
            raise InvalidRequest(f"This step needs the result of the step {step}.")
        return result
