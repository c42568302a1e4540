"""Finding jobs, and acting on many of them at once."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    RootModel,
    WithJsonSchema,
    model_validator,
)

from deckgen.domain.documents import BaseDocument, Id, PlainText, content_hash
from deckgen.domain.jobs import JobError, JobStatus, KindName
from deckgen.domain.requests import Priority

MAX_LISTED = 200
DURATION = re.compile(r"(\d{1,5})([smhdw])", re.ASCII)
YEARS = range(1970, 3000)
CODE = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _several(value: Any) -> Any:
    """Returns the values of one text or several, each of which may hold several with commas."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        return value
    return [part.strip() for text in texts for part in text.split(",")]


def _since(value: Any) -> Any:
    if isinstance(value, datetime | timedelta):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if match := DURATION.fullmatch(text):
        return timedelta(**{UNITS[match[2]]: int(match[1])})
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = datetime.min.replace(tzinfo=UTC)
    if time.year not in YEARS:
        raise ValueError("must be a time such as 2026-01-31T12:00:00Z, or a duration: 24h, 7d")
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _is_code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise ValueError("must be a code such as internal_error")
    return value


def _has_a_word(value: str) -> str:
    if not any(letter.isalnum() for letter in value):
        raise ValueError("must hold at least one letter or digit")
    return value


Code = Annotated[str, AfterValidator(_is_code)]
Statuses = Annotated[
    tuple[JobStatus, ...], BeforeValidator(_several), Field(min_length=1, max_length=20)
]
Codes = Annotated[tuple[Code, ...], BeforeValidator(_several), Field(min_length=1, max_length=20)]
Since = Annotated[
    timedelta | datetime,
    BeforeValidator(_since),
    WithJsonSchema({"type": "string", "examples": ["24h"]}),
]
Words = Annotated[PlainText, Field(max_length=200), AfterValidator(_has_a_word)]


class JobFilter(BaseDocument):
    """A choice of jobs: every given condition must hold."""

    status: Statuses | None = Field(default=None, description="One of these statuses")
    code: Codes | None = Field(default=None, description="One of these error codes")
    user: Id | None = None
    deck: Id | None = None
    q: Words | None = Field(
        default=None, description="Words of the brief or the error message, whole or their beginnings"
    )
    since: Since | None = Field(
        default=None, description="Requested since this time, or within `24h`, `7d` and the like"
    )

    @property
    def given_fields(self) -> list[str]:
        """The names of the fields that have a value."""
        return [name for name in JobFilter.model_fields if getattr(self, name) is not None]

    @property
    def since_time(self) -> datetime | None:
        return datetime.now(UTC) - self.since if isinstance(self.since, timedelta) else self.since

    @property
    def digest(self) -> str:
        """A hash that is equal for equal filters."""
        return content_hash(self.model_dump(mode="json", include=set(self.given_fields)))[:16]


class FindRequest(JobFilter):
    """A page of jobs; `cursor` is the `nextCursor` of the page before."""

    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LISTED)] = 50


class JobBrief(BaseDocument):
    """A job in a list. Times are UTC."""

    job_id: str
    deck_id: str
    user_id: str
    kind: KindName
    status: JobStatus
    priority: int
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    run_after: datetime | None = Field(description="The time at which a delayed job runs again")
    dismissed_at: datetime | None = Field(
        description="The time since which its failure needs no attention"
    )
    error: JobError | None = Field(description="The error of the last attempt")
    brief: str | None = Field(description="Its first words; null once they are no longer kept")


class FoundJobs(BaseDocument):
    jobs: list[JobBrief] = Field(description="The jobs, newest first")
    next_cursor: str | None = Field(description="The cursor of the next page; null on the last one")


class Action(StrEnum):
    RETRY = "retry"
    CANCEL = "cancel"
    DISMISS = "dismiss"
    PRIORITY = "priority"

    @property
    def statuses(self) -> tuple[JobStatus, ...]:
        """The statuses of jobs that the action applies to."""
        match self:
            case Action.CANCEL:
                return (JobStatus.WAITING, JobStatus.DELAYED, JobStatus.ACTIVE)
            case Action.PRIORITY:
                return (JobStatus.WAITING, JobStatus.DELAYED)
            case _:
                return (JobStatus.FAILED,)


class ManyRequest(JobFilter):
    """An action on many jobs: send it with `dryRun` first, then with the `count` from that answer."""

    all: Annotated[bool, Field(strict=True)] = Field(
        default=False, description="Instead of a filter: all jobs that the action applies to"
    )
    dry_run: Annotated[bool, Field(strict=True)] = Field(
        default=False, description="Only count the jobs that would be changed"
    )
    count: Annotated[int, Field(ge=0, strict=True)] | None = Field(
        default=None, description="The number of jobs that must match; required unless it is a dry run"
    )

    @model_validator(mode="after")
    def says_what_is_meant(self) -> Self:
        if not self.given_fields and not self.all:
            raise ValueError(
                'give a filter (status, code, user, deck, q, since), or "all": true to mean all jobs'
            )
        if self.given_fields and self.all:
            raise ValueError(f'give either "all" or a filter, not both: {", ".join(self.given_fields)}')
        if self.count is None and not self.dry_run:
            raise ValueError('give the count of jobs that must match; a "dryRun": true returns it')
        return self


class PriorityManyRequest(ManyRequest):
    """A new priority for many jobs: counted and confirmed like any other action."""

    priority: Priority | None = Field(
        default=None, description="1 to 10, higher is more urgent; required unless it is a dry run"
    )

    @model_validator(mode="after")
    def says_which_priority(self) -> Self:
        if self.priority is None and not self.dry_run:
            raise ValueError("give the priority, 1 to 10")
        return self


class Preview(BaseDocument):
    """The answer to a dry run."""

    count: int = Field(description="The number of jobs that match now")
    jobs: list[JobBrief] = Field(description="The newest of these jobs")


class BulkResult(BaseDocument):
    """The result for the jobs that matched: each was changed once, or skipped for a reason."""

    matched: int
    changed: int
    skipped: int
    reasons: Mapping[str, int] = Field(
        description="The number of skipped jobs, by the code of the reason"
    )


class ManyAnswer(RootModel[Preview | BulkResult]):
    """A preview for a dry run, otherwise the result."""
