"""Find jobs, and what is done to many of them at once."""

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

from deckgen.domain.documents import Id, Model, PlainText, content_hash
from deckgen.domain.jobs import JobError, JobStatus, KindName

MAX_LISTED = 200
DURATION = re.compile(r"(\d{1,5})([smhdw])", re.ASCII)
YEARS = range(1970, 3000)
CODE = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _several(value: Any) -> Any:
    """One text or several, each of which may hold several with commas."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        return value
    return [part.strip() for text in texts for part in text.split(",")]


def _since(value: Any) -> Any:
    if isinstance(value, datetime | timedelta):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if found := DURATION.fullmatch(text):
        return timedelta(**{UNITS[found[2]]: int(found[1])})
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        when = datetime.min.replace(tzinfo=UTC)
    if when.year not in YEARS:
        raise ValueError("must be a time such as 2026-01-31T12:00:00Z, or a duration: 24h, 7d")
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _is_code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise ValueError("must be a code such as internal_error")
    return value


def _has_a_word(value: str) -> str:
    if not any(letter.isalnum() for letter in value):
        raise ValueError("must have a word to look for")
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


class JobFilter(Model):
    """Which jobs: all that is given must hold."""

    status: Statuses | None = Field(default=None, description="One of these")
    code: Codes | None = Field(default=None, description="One of these codes of the error")
    user: Id | None = None
    deck: Id | None = None
    q: Words | None = Field(
        default=None, description="Words of the brief or the error: all of them, or their beginnings"
    )
    since: Since | None = Field(
        default=None, description="Requested since then: a time, or `24h`, `7d`"
    )

    @property
    def given(self) -> list[str]:
        """The names of what is given."""
        return [name for name in JobFilter.model_fields if getattr(self, name) is not None]

    @property
    def since_time(self) -> datetime | None:
        return datetime.now(UTC) - self.since if isinstance(self.since, timedelta) else self.since

    @property
    def digest(self) -> str:
        """Equal for equal filters."""
        return content_hash(self.model_dump(mode="json", include=set(self.given)))[:16]


class FindRequest(JobFilter):
    """A page of jobs; `cursor` is the `nextCursor` of the one before."""

    cursor: Annotated[str, Field(max_length=200)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_LISTED)] = 50


class JobBrief(Model):
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
    run_after: datetime | None = Field(description="When a delayed job runs again")
    dismissed_at: datetime | None = Field(
        description="Since when nothing is to be done about its failure"
    )
    error: JobError | None = Field(description="Of the last attempt")
    brief: str | None = Field(description="Its first words; null once they are not kept any more")


class FoundJobs(Model):
    jobs: list[JobBrief] = Field(description="The newest first")
    next_cursor: str | None = Field(description="Of the next page; null on the last one")


class Action(StrEnum):
    RETRY = "retry"
    CANCEL = "cancel"
    DISMISS = "dismiss"

    @property
    def statuses(self) -> tuple[JobStatus, ...]:
        """Of the jobs that it can be done to."""
        if self is Action.CANCEL:
            return (JobStatus.WAITING, JobStatus.DELAYED, JobStatus.ACTIVE)
        return (JobStatus.FAILED,)


class ManyRequest(JobFilter):
    """What is to be done to which jobs: first with `dryRun`, then with the `count` that it tells."""

    all: Annotated[bool, Field(strict=True)] = Field(
        default=False, description="Instead of a filter: whatever it can be done to"
    )
    dry_run: Annotated[bool, Field(strict=True)] = Field(
        default=False, description="Say how many jobs it would be done to, and change nothing"
    )
    count: Annotated[int, Field(ge=0, strict=True)] | None = Field(
        default=None, description="How many jobs must match; needed unless it is a dry run"
    )

    @model_validator(mode="after")
    def says_what_is_meant(self) -> Self:
        if not self.given and not self.all:
            raise ValueError(
                'give a filter (status, code, user, deck, q, since), or "all": true to mean all jobs'
            )
        if self.given and self.all:
            raise ValueError(f'give either "all" or a filter, not both: {", ".join(self.given)}')
        if self.count is None and not self.dry_run:
            raise ValueError('give the count of jobs that must match; "dryRun": true tells it')
        return self


class Preview(Model):
    """The answer to a dry run."""

    count: int = Field(description="How many jobs match now")
    jobs: list[JobBrief] = Field(description="The newest of them")


class Changed(Model):
    """What was done to the jobs that matched: to each once, or not for a reason."""

    matched: int
    changed: int
    skipped: int
    reasons: Mapping[str, int] = Field(
        description="How many jobs were skipped, by the code of the reason"
    )


class ManyAnswer(RootModel[Preview | Changed]):
    """A preview for a dry run, else what was done."""
