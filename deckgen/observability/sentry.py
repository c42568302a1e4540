"""The reports to Sentry: jobs that have failed for good, and bugs.

Events are made here of parts that hold no data and no secrets: classes of errors, frames without
variables, ids, codes and numbers. The SDK's integrations are not used, since they add queries, requests
and log lines. The client is our own, so another one in the same process stays untouched.
"""

import atexit
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Self

from deckgen.config.settings import Settings
from deckgen.domain.jobs import Attempt
from deckgen.observability.traces import describe

if TYPE_CHECKING:
    from sentry_sdk import Client
    from sentry_sdk.types import Event

JOB_TYPE = "presentation-generation"
FLUSH_SECONDS = 1.5  # the longest that a process waits for Sentry at its end
# These fields of a log line go along with its bug.
LOG_FIELDS = ("event", "logger", "method", "path", "step", "attempt", "requestId", "jobId", "deckId")


@dataclass(frozen=True)
class FailedJob:
    """A job that failed for good, with its `earlier` attempts; `context` holds no data."""

    job_id: str
    deck_id: str
    user_id: str
    code: str
    error: BaseException
    earlier: Sequence[Attempt]
    context: Mapping[str, Any]


class Reports:
    """Reports by a client, or none without one. A thread sends them, and may lose events."""

    def __init__(self, client: "Client | None" = None, process: str = "") -> None:
        self._client, self._process = client, process

    @classmethod
    def connect(cls, settings: Settings, process: str) -> Self:
        """Returns reports to SENTRY_DSN, if set; the last ones are sent when the process ends."""
        if settings.sentry_dsn is None:
            return cls()
        # It is imported late: most processes have no DSN, and it takes as long as all other imports.
        from sentry_sdk import Client

        client = Client(
            settings.sentry_dsn.get_secret_value(),
            release=f"deckgen@{version('deckgen')}",
            environment=settings.sentry_environment,
            default_integrations=False,
            auto_enabling_integrations=False,
            include_local_variables=False,
            max_request_body_size="never",
            auto_session_tracking=False,
            send_client_reports=False,
            enable_backpressure_handling=False,
            spotlight=False,
        )
        atexit.register(client.close, timeout=FLUSH_SECONDS)
        return cls(client, process)

    @property
    def are_sent(self) -> bool:
        return self._client is not None

    def failed_job(self, job: FailedJob) -> None:
        """Report a failed job; call it once the failure is committed."""
        event = self._event(job.error, handled=True)
        event["tags"] |= {"jobType": JOB_TYPE, "deckId": job.deck_id, "userId": job.user_id}
        event["extra"] = {"jobId": job.job_id, "context": dict(job.context)}
        # One code path raises all errors of the orchestrator, so the code tells them apart.
        event["fingerprint"] = ["{{ default }}", job.code]
        event["breadcrumbs"] = {"values": [_breadcrumb(attempt) for attempt in job.earlier]}
        self._send(event)

    def bug(self, error: BaseException, log_line: Mapping[str, Any]) -> None:
        """Report a bug, with the log line that goes with it."""
        event = self._event(error, handled=False)
        event["extra"] = {name: str(log_line[name]) for name in LOG_FIELDS if name in log_line}
        self._send(event)

    def _event(self, error: BaseException, *, handled: bool) -> dict[str, Any]:
        if self._client is None:
            return {"tags": {}}
        from sentry_sdk.utils import event_from_exception

        mechanism = {"type": "deckgen", "handled": handled}
        event, _ = event_from_exception(error, self._client.options, mechanism)
        values = event["exception"]["values"]
        for exception in values:
            exception["value"] = ""
        values[-1]["value"] = describe(error)
        return {**event, "tags": {"process": self._process}}

    def _send(self, event: "Event | dict[str, Any]") -> None:
        if self._client is not None:
            self._client.capture_event(event)  # type: ignore[arg-type]


def _breadcrumb(attempt: Attempt) -> dict[str, Any]:
    """Returns the breadcrumb of an attempt that was not the last one."""
    code = attempt.error.code if attempt.error else None
    ended = attempt.ended_at or attempt.started_at
    return {
        "type": "error",
        "category": "job.attempt",
        "level": "warning",
        "message": f"Attempt {attempt.number}: {attempt.outcome or 'unknown'}",
        "timestamp": ended.timestamp(),
        "data": {
            "attempt": attempt.number,
            "outcome": attempt.outcome,
            "errorCode": code,
            "workerId": attempt.worker_id,
            "seconds": round((ended - attempt.started_at).total_seconds(), 3),
        },
    }
