"""What a kind of job is: a row in deckgen/domain/job_kinds, and a run in deckgen/worker/kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deckgen.domain.documents import Model
from deckgen.domain.requests import JobRequest
from deckgen.domain.steps import Step


def _no_parameters(request: Any) -> Model | None:
    return None


def _all_of_it(request: JobRequest) -> dict[str, Any]:
    return request.model_dump(mode="json")


def _any_deck(request: Any, deck: dict[str, Any] | None) -> None:
    """Every deck will do."""


@dataclass(frozen=True)
class JobKind:
    """One kind of job: its route, its operation in the OpenAPI document and its columns follow.

    `request` is what a client asks for, whole; `body` is what is posted of it: the other fields stand
    in `path`. `plan` gives the steps in order, with how far the job is after each in percent, for
    (has a table, has a model). `parameters` is what its run is given beside the brief and the table.
    """

    name: str
    path: str
    description: str
    request: type[JobRequest]
    body: type[JobRequest]
    example: dict[str, Any]
    plan: Callable[[bool, bool], dict[Step, int]]
    parameters: Callable[[Any], Model | None] = _no_parameters
    # It is about a deck that there is: that one is locked out for others, and stays if the job fails.
    changes_deck: bool = False
    # Raises what is wrong with a request for the deck that there is now, None if there is none.
    check: Callable[[Any, dict[str, Any] | None], None] = _any_deck
    # What tells one request from another with the same Idempotency-Key, beside the table.
    identity: Callable[[Any], dict[str, Any]] = _all_of_it
    takes_table: bool = False  # as JSON or multipart/form-data
