"""The data of each kind of event, as clients are told of it."""

from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, RootModel, ValidationInfo, create_model, field_validator
from pydantic.alias_generators import to_pascal

from deckgen.domain.documents import BaseDocument
from deckgen.domain.events import TERMINAL, Event
from deckgen.domain.job_warnings import JobWarning
from deckgen.domain.jobs import JobError, ModelWork


class NoData(BaseDocument):
    """The kind says all."""


class AttemptStarted(BaseDocument):
    attempt: int = Field(description="The number of the attempt, from 1")


class StepCompleted(BaseDocument):
    step: str = Field(description="The name of the step")
    part: str | None = Field(default=None, description="The slide, of a step for each slide")
    seconds: float = Field(description="How long it took")


class JobDelayed(JobError):
    delay_seconds: float = Field(description="Until it is tried again")
    attempt: int = Field(description="How many attempts were used")


class JobReclaimed(BaseDocument):
    worker: str = Field(description="The id of the one that fell silent")


class PriorityChanged(BaseDocument):
    priority: int = Field(ge=1, le=10)


class DeckCompleted(BaseDocument):
    model: ModelWork | None = Field(default=None, description="The share that a model wrote")
    warnings: list[JobWarning] = Field(default=[], description="What to know of the deck")


class JobFailed(JobError):
    worker: str | None = Field(default=None, description="The last one that fell silent")


DATA: dict[str, type[BaseDocument]] = {
    "job.accepted": NoData,
    "job.started": AttemptStarted,
    "step.completed": StepCompleted,
    "draft.ready": NoData,
    "job.delayed": JobDelayed,
    "job.released": NoData,
    "job.reclaimed": JobReclaimed,
    "job.priority_changed": PriorityChanged,
    "job.redriven": NoData,
    "job.completed": DeckCompleted,
    "job.failed": JobFailed,
    "job.cancelled": NoData,
}

EventData = (
    NoData
    | AttemptStarted
    | StepCompleted
    | JobDelayed
    | JobReclaimed
    | PriorityChanged
    | DeckCompleted
    | JobFailed
)


class JobEvent(BaseDocument):
    """An event as a client reads it; of a kind that a later version tells, `data` stays JSON."""

    number: int
    kind: str
    data: EventData | dict[str, Any]
    created_at: datetime

    @field_validator("data", mode="plain")
    @classmethod
    def by_its_kind(cls, data: Any, told: ValidationInfo) -> Any:
        """Returns the data as its kind says; members that a later version adds are left out."""
        model = DATA.get(told.data.get("kind", ""))
        return data if model is None else model.model_validate(data, extra="ignore")

    @property
    def is_terminal(self) -> bool:
        """True if the job ended with it; a retry may continue the job all the same."""
        return self.kind in TERMINAL


@cache
def told_event() -> type[RootModel[Any]]:
    """Returns the model of an event of any kind, told apart by `kind`."""
    models = [_model(kind, data) for kind, data in DATA.items()]
    union: Any = models[0]
    for model in models[1:]:
        union |= model
    told = Annotated[union, Field(discriminator="kind")]
    return create_model("JobEvent", __base__=RootModel[told], __doc__="One event of a job.")


def _model(kind: str, data: type[BaseDocument]) -> type[Event]:
    name = f"{to_pascal(kind.replace('.', '_'))}Event"
    fields: dict[str, Any] = {"kind": (Literal[kind], ...), "data": (data, ...)}
    return create_model(name, __base__=Event, __doc__=f"The event {kind}.", **fields)
