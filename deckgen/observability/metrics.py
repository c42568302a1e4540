"""What a process counts for Prometheus since its start; docs/operations.md says what it means.

Every label has few values: none holds an id, a name or a path that somebody else has chosen, and what
is not known is `other`. So no client makes a series of its own.
"""

from collections.abc import Container
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Histogram, Info
from prometheus_client.process_collector import ProcessCollector

from deckgen.domain.errors import DeckgenError
from deckgen.domain.outages import OUTAGE_CODES

OTHER, NONE = "other", "none"
BUG, OF_THE_REQUEST = "bug", "request"  # causes of failures that are no outage's
METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})

PROCESS = CollectorRegistry()
ProcessCollector(registry=PROCESS)
Info("deckgen_build", "The release that runs", registry=PROCESS).info({"version": version("deckgen")})

http_requests = Counter(
    "deckgen_http_requests",
    "Requests by the template of their route; status is `none` if the client had left",
    ["route", "method", "status"],
    registry=PROCESS,
)
http_seconds = Histogram(
    "deckgen_http_request_seconds",
    "Time of requests until the whole answer was sent; streams of events are left out",
    ["route", "method"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=PROCESS,
)
job_waiting = Histogram(
    "deckgen_job_waiting_seconds",
    "Time of a job from its acceptance to its first start",
    ["kind"],
    buckets=(0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600),
    registry=PROCESS,
)
job_running = Histogram(
    "deckgen_job_running_seconds",
    "Time of an attempt at a job, from its start to its outcome",
    ["kind", "outcome"],
    buckets=(0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600),
    registry=PROCESS,
)
job_attempts = Counter(
    "deckgen_job_attempts",
    "Attempts at jobs by their outcome, and by the code of the outage that caused it",
    ["outcome", "cause"],
    registry=PROCESS,
)
steps = Histogram(
    "deckgen_step_seconds",
    "Time of a step as the worker sees it; saved steps are not run again, and not counted",
    ["step", "outcome"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120),
    registry=PROCESS,
)
executed_steps = Histogram(
    "deckgen_orchestrator_step_seconds",
    "Time of a step in the orchestrator; an answer that is repeated is not counted",
    ["step", "outcome"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120),
    registry=PROCESS,
)
webhooks = Counter(
    "deckgen_webhook_deliveries",
    "Attempts to deliver a webhook by what follows: it is over, or tried again later",
    ["outcome"],
    registry=PROCESS,
)
webhook_seconds = Histogram(
    "deckgen_webhook_delivery_seconds",
    "Time of an attempt to deliver a webhook, by the receiver's answer",
    ["answer"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
    registry=PROCESS,
)
# An alert about what should never happen needs a zero to rise from.
for _outcome in ("delivered", "delayed", "given_up"):
    webhooks.labels(_outcome)
job_attempts.labels("reclaimed", "worker_crashed")


def one_of(value: str, known: Container[str]) -> str:
    """Returns a label's value: what is not known gets no series of its own."""
    return value if value in known else OTHER


def cause_of(code: str | None) -> str:
    """Returns the cause of an outcome: the outage's code, a bug, or the request, which has many."""
    if code is None:
        return NONE
    if code == DeckgenError.code:
        return BUG
    return code if code in OUTAGE_CODES else OF_THE_REQUEST
