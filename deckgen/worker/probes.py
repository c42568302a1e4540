"""The probes /healthz and /readyz of a worker, and its /metrics, on WORKER_PORT."""

import asyncio
import socket
import sys

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deckgen.config.settings import Settings
from deckgen.http import metrics as door
from deckgen.http import problems
from deckgen.http.limits import ServerLimits
from deckgen.http.observing import METRICS_PATH, Observed
from deckgen.http.server import GuestServer, config
from deckgen.queue.health import why_not_delivered, why_not_stored
from deckgen.worker.runtime import Runtime

SILENT_SECONDS = 60.0  # arq says every ten seconds that its worker lives


def listen(settings: Settings) -> socket.socket:
    """Take the port now: if another process has it, the worker ends with a sentence."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.worker_port), family=family)
    except OSError as error:
        sys.exit(
            f"The worker can't listen on {settings.host}:{settings.worker_port}: {error.strerror}. "
            "Give each worker of a machine a WORKER_PORT of its own."
        )


async def serve_probes(runtime: Runtime, listener: socket.socket) -> None:
    """Answer until the task is cancelled."""
    server = GuestServer(config(app(runtime), ServerLimits.of(runtime.settings), lifespan="off"))
    try:
        await server.serve(sockets=[listener])
    finally:
        await runtime.probe_pool.aclose()
        listener.close()


def app(runtime: Runtime) -> Starlette:
    """Returns the application; its answers are about `runtime` at the moment."""

    async def healthz(request: Request) -> Response:
        if runtime.delivery.silent_seconds > SILENT_SECONDS:
            return problems.problem(
                503, "worker_silent", "The worker no longer looks for jobs. Restart it."
            )
        return JSONResponse({"status": "ok"})

    async def readyz(request: Request) -> Response:
        if reasons := await reasons_against(runtime):
            return problems.problem(
                503, "not_ready", " ".join(reasons), reasons=reasons, retryable=True
            )
        return JSONResponse({"status": "ok"})

    async def metrics(request: Request) -> Response:
        door.require_reader(request, runtime.settings.metrics_token)
        return door.answer(request)

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route(METRICS_PATH, metrics),
        ],
        middleware=[Middleware(Observed)],
        exception_handlers=problems.HANDLERS,
    )


async def reasons_against(runtime: Runtime) -> list[str]:
    """Returns sentences that say why this worker is not ready; none if it is."""
    draining = ["The worker is draining."] if runtime.draining.is_set() else []
    gate = [] if runtime.gate.is_open else [runtime.gate.reason]
    stored, delivered = await asyncio.gather(
        why_not_stored(runtime.database.service), why_not_delivered(runtime.probe_pool)
    )
    return [*draining, *stored, *delivered, *gate]
