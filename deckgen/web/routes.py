"""Every URL of the API."""

from starlette.routing import BaseRoute, Route

from deckgen.web import health, jobs, openapi, presentations

ROUTES: list[BaseRoute] = [
    Route("/", presentations.root),
    Route("/api/ai/generate-async", jobs.generate, methods=["POST"]),
    Route("/api/ai/jobs/{job_id}", jobs.job),
    Route("/api/ai/queue-status", jobs.queue_status),
    Route("/api/presentations/{deck_id}.pptx", presentations.pptx),
    Route("/api/presentations/{deck_id}", presentations.presentation),
    Route("/decks/{deck_id}", presentations.page),
    Route("/docs", openapi.docs),
    Route("/openapi.json", openapi.document),
    Route("/healthz", health.healthz),
    Route("/readyz", health.readyz),
]
