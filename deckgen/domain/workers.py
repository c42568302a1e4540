"""Workers as an operator sees them: who is there, and what each does."""

from datetime import datetime

from pydantic import Field

from deckgen.domain.documents import BaseDocument


class RunningJob(BaseDocument):
    """A job that a worker has now; whose it is remains with its tenant."""

    job_id: str
    kind: str
    attempt: int = Field(description="The number of the attempt, from 1")
    since: datetime = Field(description="When the attempt began")
    step: str | None = Field(
        default=None, description="The step that it is at; null if it is not known"
    )
    step_since: datetime | None = Field(
        default=None, description="When its last step was saved, or the attempt began"
    )
    done: int | None = Field(default=None, description="Slides that are written, of those to write")
    of: int | None = None


class Worker(BaseDocument):
    """A worker that lives. Times are UTC."""

    worker_id: str
    concurrency: int = Field(description="The number of jobs that it runs at a time")
    started_at: datetime
    seen_at: datetime = Field(description="When it last said that it lives")
    reason: str = Field(description="Why it takes no job just now; empty if it does")
    jobs: list[RunningJob] = Field(description="What it does, the longest first")


class WorkerList(BaseDocument):
    workers: list[Worker] = Field(description="The workers that live, the oldest first")
