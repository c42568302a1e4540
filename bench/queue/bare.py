"""`python -m bench.queue.bare PORT`: one route that makes the rows of a request, no more."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deckgen.http.server import serve
from deckgen.settings import load_settings
from deckgen.store import jobs, presentations
from deckgen.store import pool as store


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.pool = await store.create_pool(load_settings().database_url.get_secret_value())
    yield
    await app.state.pool.close()


async def generate(request: Request) -> Response:
    """No checks, no limits, no estimate, no dispatch."""
    body = await request.json()
    async with store.transaction(request.app.state.pool) as connection:
        await presentations.queue(connection, deck_id=body["deckId"], user_id=body["userId"])
        job_id = await jobs.insert(
            connection,
            deck_id=body["deckId"],
            user_id=body["userId"],
            priority=5,
            context=body["context"],
            dataset_sha256=None,
            dataset_name=None,
            max_attempts=3,
            webhook_url=None,
        )
    return JSONResponse({"jobId": job_id}, status_code=202)


def ready(request: Request) -> Response:
    return JSONResponse({})


ROUTES = [
    Route("/api/ai/generate-async", generate, methods=["POST"]),
    Route("/readyz", ready),
]

if __name__ == "__main__":
    serve(Starlette(routes=ROUTES, lifespan=lifespan), load_settings(), port=int(sys.argv[1]))
