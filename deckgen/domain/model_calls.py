"""Calls to a model: what one took, what several took together, and what a request allows."""

import operator
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from deckgen.domain.documents import Model

Cost = Annotated[float, Field(ge=0, description="In US dollars")]
MOST_TOKENS = 10**9  # of one call: what is more is no count

MOST_ALLOWED = 10**12  # by a request: JSON readers keep no whole number beyond 2 ** 53 exactly


class Call(Model):
    """One call that is paid for, as the provider counted it; `cost` is null for a model without a known
    price. Cached tokens are part of those that went in. An `estimated` call was not counted, or perhaps
    not even made to its end: its tokens are the most that it can have taken.
    """

    model: str
    tokens_in: int = Field(ge=0, le=MOST_TOKENS)
    tokens_cached: int = Field(ge=0, le=MOST_TOKENS)
    tokens_out: int = Field(ge=0, le=MOST_TOKENS)
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


class CallOfStep(Model):
    """What was paid for one step of a deck; `slide` is null for its storyline. `seconds` are in the
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
        description="The most that it can have taken: it was not counted",
    )


class Usage(Model):
    """What a deck or a job cost in calls to a model; all zero where only the offline engine worked.

    `cost` leaves out the calls to models without a known price. `estimated` are those of the calls that
    the provider did not count, or did not answer: they are booked with the most that they can take.
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


class ModelPolicy(Model):
    """What a request allows the model. A limit that is reached stops the upgrading, not the deck."""

    max_tokens: Annotated[int, Field(ge=0, le=MOST_ALLOWED, strict=True)] | None = Field(
        default=None,
        description="Tokens, in and out, that the model may take for this deck; 0: the offline engine "
        "alone makes it",
    )
    max_cost: Annotated[float, Field(ge=0, le=MOST_ALLOWED)] | None = Field(
        default=None, description="US dollars that the model may cost; needs a model with a known price"
    )
    on_model_failure: OnModelFailure = Field(
        default=OnModelFailure.DRAFT,
        description="While the model can't be reached: `draft` takes the slides of the draft, `retry` "
        "waits for it. What no time heals, such as a wrong key, is never waited for",
    )


class UpperBound(Model):
    """What a call takes at most; `cost` is null for a model without a known price."""

    tokens: int = Field(ge=0)
    cost: Cost | None


class DayOfUser(Model):
    """What one user's decks took of one model on one day (UTC); `unpriced` counts the calls without a
    known price, which `cost` leaves out, and `estimated` those booked with the most that they can take.
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


class Account(Model):
    """What was paid for calls to models, by day and user; removed jobs count all the same."""

    days: list[DayOfUser]
