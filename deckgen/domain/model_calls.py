"""Calls to a model: the usage of one, of several together, and the limits that a request sets."""

import operator
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from deckgen.domain.documents import BaseDocument

Cost = Annotated[float, Field(ge=0, description="In US dollars")]
MAX_CALL_TOKENS = 10**9  # of one call: a larger count is an error

MAX_ALLOWANCE = 10**12  # of a request: JSON readers keep no whole number beyond 2 ** 53 exactly


class Call(BaseDocument):
    """One paid call, as the provider counted it; `cost` is null for a model without a known price.

    Cached tokens are part of the input tokens. An `estimated` call was not counted, or perhaps not even
    completed: its tokens are the most that it can have used.
    """

    model: str
    tokens_in: int = Field(ge=0, le=MAX_CALL_TOKENS)
    tokens_cached: int = Field(ge=0, le=MAX_CALL_TOKENS)
    tokens_out: int = Field(ge=0, le=MAX_CALL_TOKENS)
    cost: Cost | None
    seconds: float = Field(ge=0)
    estimated: bool = Field(default=False, exclude_if=operator.not_)  # version 0.1.0 does not know it

    @model_validator(mode="after")
    def _cached_went_in(self) -> Self:
        if self.tokens_cached > self.tokens_in:
            raise ValueError("more tokens were cached than went in")
        return self

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out


class CallOfStep(BaseDocument):
    """The call paid for one step of a deck; `slide` is null for its storyline. `seconds` are in the
    account of a job only: equal answers give equal decks, however long they took.
    """

    step: str
    slide: str | None
    model: str
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    cost: Cost | None
    seconds: float | None = None
    estimated: bool = Field(
        default=False,
        exclude_if=operator.not_,
        description="The tokens are the most that it can have used: it was not counted",
    )


class Usage(BaseDocument):
    """The cost of a deck or a job in calls to a model; all zero if only the offline engine worked.

    `cost` leaves out the calls to models without a known price. `estimated` counts the calls that the
    provider did not count, or did not answer: they are booked with the most that they can have used.
    """

    calls: int = 0
    estimated: int = Field(default=0, exclude_if=operator.not_)
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    cost: Cost = 0.0
    by_step: list[CallOfStep] = []

    @classmethod
    def of(cls, calls: Iterable[CallOfStep]) -> "Usage":
        listed = list(calls)
        return cls(
            calls=len(listed),
            estimated=sum(call.estimated for call in listed),
            tokens_in=sum(call.tokens_in for call in listed),
            tokens_cached=sum(call.tokens_cached for call in listed),
            tokens_out=sum(call.tokens_out for call in listed),
            cost=round(sum(call.cost or 0.0 for call in listed), 6),
            by_step=listed,
        )


class OnModelFailure(StrEnum):
    DRAFT = "draft"  # the slides that the model did not write are those of the draft
    RETRY = "retry"  # wait for the model, and only after MODEL_PATIENCE_SECONDS take the draft's


class ModelPolicy(BaseDocument):
    """The limits that a request sets for the model. Reaching one stops the upgrade, not the deck."""

    max_tokens: Annotated[int, Field(ge=0, le=MAX_ALLOWANCE, strict=True)] | None = Field(
        default=None,
        description="Input and output tokens that the model may use for this deck; with 0 the offline "
        "engine alone makes it",
    )
    max_cost: Annotated[float, Field(ge=0, le=MAX_ALLOWANCE)] | None = Field(
        default=None, description="US dollars that the model may cost; needs a model with a known price"
    )
    on_model_failure: OnModelFailure = Field(
        default=OnModelFailure.DRAFT,
        description="While the model can't be reached, `draft` takes the draft's slides and `retry` "
        "waits. Lasting problems, such as a wrong key, are never waited for",
    )


class UpperBound(BaseDocument):
    """The most that a call can use; `cost` is null for a model without a known price."""

    tokens: int = Field(ge=0)
    cost: Cost | None


class DayOfUser(BaseDocument):
    """The usage of one model by one user's decks on one day (UTC).

    `unpriced` counts the calls without a known price, which `cost` leaves out, and `estimated` those
    booked with the most that they can have used.
    """

    day: date
    user_id: str
    model: str
    calls: int
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    cost: Cost
    unpriced: int
    estimated: int
    mean_seconds: float


class Account(BaseDocument):
    """The usage of models by day and user; removed jobs are included."""

    days: list[DayOfUser]
