"""A kind of job: its row in deckgen/domain/job_kinds; its run is in deckgen/worker/kinds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deckgen.domain.documents import BaseDocument
from deckgen.domain.requests import JobRequest
from deckgen.domain.steps import Step


def _no_parameters(request: Any) -> BaseDocument | None:
    return None


def _all_of_it(request: JobRequest) -> dict[str, Any]:
    return request.model_dump(mode="json")


def _any_deck(request: Any, deck: dict[str, Any] | None) -> None:
    """Accept every deck."""


@dataclass(frozen=True)
class JobKind:
    """One kind of job: its route, its operation in the OpenAPI document and its columns follow.

    `request` is the whole request of a client; `body` is the part that is posted, while the other
    fields are in `path`. `plan` gives the steps in order, with the percent after each, for (has a
    table, has a model). `parameters` are for its run, beside the brief and the table.
    """

    name: str
    path: str
    description: str
    request: type[JobRequest]
    body: type[JobRequest]
    example: dict[str, Any]
    plan: Callable[[bool, bool], dict[Step, int]]
    parameters: Callable[[Any], BaseDocument | None] = _no_parameters
    # It is about an existing deck, which is locked for others, and stays if the job fails.
    changes_deck: bool = False
    # Raises an error if the request does not fit the present deck, None if there is none.
    check: Callable[[Any, dict[str, Any] | None], None] = _any_deck
    # The identity of a request among those with the same Idempotency-Key, beside the table.
    identity: Callable[[Any], dict[str, Any]] = _all_of_it
    takes_table: bool = False  # as JSON or multipart/form-data
