"""What Sentry is told: jobs that have failed for good, and bugs.

Events are put together here, out of what is known to hold no data and no secrets: classes of errors,
frames without variables, ids, codes and numbers. None of the SDK's integrations is used, since they add
queries, requests and log lines, and the client is our own: another one in the same process is not ours.
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
FLUSH_SECONDS = 1.5  # how much later a process ends, at most, because Sentry does not answer
# Of what a log line says, this is told with its bug.
TOLD = ("event", "logger", "method", "path", "step", "attempt", "jobId", "deckId")


@dataclass(frozen=True)
class FailedJob:
    """`error` is the last attempt's; `earlier` are the attempts before it; `context` has no data."""

    job_id: str
    deck_id: str
    user_id: str
    code: str
    error: BaseException
    earlier: Sequence[Attempt]
    context: Mapping[str, Any]


class Reports:
    """Without a client nothing is told. Telling takes no time: a thread sends, and may lose events."""

    def __init__(self, client: "Client | None" = None, process: str = "") -> None:
        self._client, self._process = client, process

    @classmethod
    def connect(cls, settings: Settings, process: str) -> Self:
        """To SENTRY_DSN, if that is set; what is not sent yet is sent when the process ends."""
        if settings.sentry_dsn is None:
            return cls()
        # Imported late: most processes have no DSN, and it takes as long as all the rest.
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
        """One event; call it once the failure is committed."""
        event = self._event(job.error, handled=True)
        event["tags"] |= {"jobType": JOB_TYPE, "deckId": job.deck_id, "userId": job.user_id}
        event["extra"] = {"jobId": job.job_id, "context": dict(job.context)}
        # The same code path raises the errors of the orchestrator, whatever they are.
        event["fingerprint"] = ["{{ default }}", job.code]
        event["breadcrumbs"] = {"values": [_breadcrumb(one) for one in job.earlier]}
        self._send(event)

    def bug(self, error: BaseException, said: Mapping[str, Any]) -> None:
        """One event; `said` is the log line that goes with it."""
        event = self._event(error, handled=False)
        event["extra"] = {name: str(said[name]) for name in TOLD if name in said}
        self._send(event)

    def _event(self, error: BaseException, *, handled: bool) -> dict[str, Any]:
        if self._client is None:
            return {"tags": {}}
        from sentry_sdk.utils import event_from_exception

        mechanism = {"type": "deckgen", "handled": handled}
        event, _ = event_from_exception(error, self._client.options, mechanism)
        values = event["exception"]["values"]
        for one in values:
            one["value"] = ""
        values[-1]["value"] = describe(error)
        return {**event, "tags": {"process": self._process}}

    def _send(self, event: "Event | dict[str, Any]") -> None:
        if self._client is not None:
            self._client.capture_event(event)  # type: ignore[arg-type]


def _breadcrumb(attempt: Attempt) -> dict[str, Any]:
    """An attempt that was not the last one."""
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
