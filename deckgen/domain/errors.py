"""The expected errors, each with a code for machines and a message for people.

DeckgenError
├── InvalidRequest        the caller must change the request
│   └── TooLarge          ... by making it smaller
├── Unauthenticated       nobody knows who asks
├── NotAllowed            it is known who asks, and that they may not
├── NotFound              no such job or deck, or it is another's
├── Conflict              the request contradicts what is stored
├── TooManyJobs           come back when some are done
├── TooManyRequests       come back a little later
├── Unavailable           try the same request again later
└── StepError             one execution of a step did not give a result
    ├── PermanentError    the same input will fail again: not retried
    │   └── UnreadableData    ... because the uploaded table can't be read
    └── RetryableError    another attempt may succeed
        └── OutageError   ... and this one was not the job's fault: it is not counted
            └── BrokenCallError    ... unless it was the job that brought the server down
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class FieldError:
    """One thing that is wrong with one field; `field` is a dotted path such as `context.urgency`."""

    field: str
    message: str


class DeckgenError(Exception):
    """`code` is stable and meant for machines; `message` says what was wrong and what to do.

    `status` is the HTTP status, if a server answered with the error. `retry_after` is the delay, in
    seconds, after which the same may be tried again, if that is known.
    """

    code = "internal_error"
    status: int | None = None
    retry_after: float | None = None

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code


class InvalidRequest(DeckgenError):
    code = "invalid_request"

    def __init__(
        self, message: str, *, code: str | None = None, errors: tuple[FieldError, ...] = ()
    ) -> None:
        super().__init__(message, code=code)
        self.errors = errors

    @classmethod
    def of(cls, *errors: FieldError, code: str | None = None) -> Self:
        """Returns the error that names every wrong field; the message quotes the first three."""
        summary = "; ".join(f"{error.field}: {error.message}" for error in errors[:3])
        return cls(f"The request is not valid. {summary}.", errors=errors, code=code)


class TooLarge(InvalidRequest):
    code = "too_large"


class Unauthenticated(DeckgenError):
    code = "key_missing"


class NotAllowed(DeckgenError):
    code = "scope_missing"


class NotFound(DeckgenError):
    code = "not_found"


class Conflict(DeckgenError):
    """`members` are further ones of the problem, by their names in JSON."""

    code = "conflict"

    def __init__(
        self, message: str, *, code: str | None = None, members: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.members = dict(members or {})


class TooManyJobs(DeckgenError):
    code = "too_many_jobs"

    def __init__(self, message: str, *, code: str | None = None, retry_after: float = 30.0) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class TooManyRequests(DeckgenError):
    code = "too_many_requests"

    def __init__(self, message: str, *, code: str | None = None, retry_after: float = 5.0) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class Unavailable(DeckgenError):
    code = "unavailable"

    def __init__(self, message: str, *, code: str | None = None, retry_after: float = 5.0) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class StepError(DeckgenError):
    """`status` is the orchestrator's HTTP status, if it answered without a result."""

    code = "step_failed"


class PermanentError(StepError):
    code = "step_failed_permanently"


class UnreadableData(PermanentError):
    code = "unreadable_data"


class RetryableError(StepError):
    """`retry_after` is the delay, in seconds, that the other side asked for, if any."""

    code = "step_failed_temporarily"

    def __init__(
        self, message: str, *, code: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.retry_after = retry_after


class OutageError(RetryableError):
    """The other side could not take the call; the caller waits and tries again on its own."""

    code = "orchestrator_unreachable"


class BrokenCallError(OutageError):
    """The other side took the call, and stopped before its answer was complete."""

    code = "orchestrator_broke_down"
