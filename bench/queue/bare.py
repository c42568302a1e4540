"""`python -m bench.queue.bare PORT`: one route that makes the rows of a request, no more."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deckgen.config.settings import load_settings
from deckgen.domain.access import LOCAL_TENANT
from deckgen.http.server import serve
from deckgen.store import pool as store

DECK = """
INSERT INTO presentations (id, user_id, status) VALUES ($1, $2, 'queued')
ON CONFLICT (tenant_id, id) DO UPDATE SET status = 'queued', updated_at = now()
"""
JOB = """
WITH job AS (
  INSERT INTO jobs (deck_id, user_id, context, max_attempts, last_event) VALUES ($1, $2, $3, 3, 1)
  RETURNING id
), event AS (
  INSERT INTO job_events (job_id, number, kind) SELECT id, 1, 'job.accepted' FROM job
)
SELECT id FROM job
"""


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    database = await store.open_database(load_settings().database_url.get_secret_value())
    app.state.pool = database.of(LOCAL_TENANT)
    yield
    await database.close()


async def generate(request: Request) -> Response:
    """No checks, no limits, no estimate, no dispatch."""
    body = await request.json()
    deck, user = body["deckId"], body["userId"]
    async with request.app.state.pool.acquire() as connection:
        await connection.execute(DECK, deck, user)
        job_id = await connection.fetchval(JOB, deck, user, body["context"])
    return JSONResponse({"jobId": str(job_id)}, status_code=202)


def ready(request: Request) -> Response:
    return JSONResponse({})


ROUTES = [
    Route("/api/ai/generate-async", generate, methods=["POST"]),
    Route("/readyz", ready),
]

if __name__ == "__main__":
    serve(
        Starlette(routes=ROUTES, lifespan=lifespan), load_settings(), name="bare", port=int(sys.argv[1])
    )
