"""Every URL of the API."""

from starlette.routing import BaseRoute, Route

from deckgen.domain.job_kinds import job_kinds
from deckgen.export.format import Use
from deckgen.export.formats import formats
from deckgen.web import events, finding, health, jobs, keys, openapi, presentations, usage


def routes() -> list[BaseRoute]:
    """Returns all routes; those of a deck's forms come first, as an id may hold dots."""
    forms = [
        Route(each.path, presentations.form(each), name=each.name)
        for each in formats()
        if each.use is not Use.FIELD
    ]
    requests = [
        Route(each.path, jobs.request_of(each), name=each.name, methods=["POST"])
        for each in job_kinds().values()
    ]
    return [*forms, *requests, *ROUTES]


ROUTES: list[BaseRoute] = [
    Route("/", presentations.root),
    Route("/api/ai/jobs", finding.find),
    Route("/api/ai/jobs/retry", finding.retry_many, methods=["POST"]),
    Route("/api/ai/jobs/cancel", finding.cancel_many, methods=["POST"]),
    Route("/api/ai/jobs/dismiss", finding.dismiss_many, methods=["POST"]),
    Route("/api/ai/jobs/{job_id}", jobs.job),
    Route("/api/ai/jobs/{job_id}", jobs.change, methods=["PATCH"]),
    Route("/api/ai/jobs/{job_id}/cancel", jobs.cancel, methods=["POST"]),
    Route("/api/ai/jobs/{job_id}/retry", jobs.retry, methods=["POST"]),
    Route("/api/ai/jobs/{job_id}/dismiss", jobs.dismiss, methods=["POST"]),
    Route("/api/ai/jobs/{job_id}/events", events.stream),
    Route("/api/ai/queue/pause", jobs.pause, methods=["POST"]),
    Route("/api/ai/queue/resume", jobs.resume, methods=["POST"]),
    Route("/api/ai/queue-status", jobs.queue_status),
    Route("/api/ai/usage", usage.usage),
    Route("/api/presentations/{deck_id}/verify", presentations.verify, methods=["POST"]),
    Route("/api/presentations/{deck_id}/versions", presentations.versions),
    Route("/api/presentations/{deck_id}/versions/{number}", presentations.version),
    Route("/api/presentations/{deck_id}", presentations.presentation),
    Route("/.well-known/deckgen-keys", keys.signing_keys),
    Route("/docs", openapi.docs),
    Route("/openapi.json", openapi.document),
    Route("/healthz", health.healthz),
    Route("/readyz", health.readyz),
]
