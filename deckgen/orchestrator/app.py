"""The orchestrator's HTTP service: one endpoint a step, described in deckgen/domain/contract.py."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from functools import partial

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from structlog.contextvars import bound_contextvars

from deckgen.domain.calls import Call
from deckgen.domain.contract import StepRequest, StepResponse
from deckgen.domain.decks import Deck, Verification
from deckgen.domain.errors import DeckgenError, InvalidRequest
from deckgen.domain.model import Model, canonical_json
from deckgen.domain.requests import parse
from deckgen.domain.steps import CALLS_MODEL, Step
from deckgen.http import bodies, problems
from deckgen.observability.logs import get_logger
from deckgen.orchestrator import analyst
from deckgen.orchestrator.analyst import limits
from deckgen.orchestrator.answers import Answer, Answers
from deckgen.orchestrator.datasets import unpacked
from deckgen.orchestrator.engines import Engines, Inputs
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.orchestrator.model.provider import Provider
from deckgen.orchestrator.model.steps import ModelSteps
from deckgen.queue.connections import connection_pool
from deckgen.settings import Settings

log = get_logger(__name__)

MAX_PART_BYTES = 100_000_000
READ_TIMEOUT = 30.0
IN_TIME = 0.9
SMALL_BYTES = 50_000  # read sooner than a thread has begun with it
REDIS_RETRIES = 1


def create_app(settings: Settings) -> Starlette:
    """The application; CPU work runs in threads, as many at a time as asyncio's executor has."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with Redis.from_pool(connection_pool(settings, retries=REDIS_RETRIES)) as redis:
            app.state.answers = Answers(redis)
            async with _model(settings, redis, app.state.registry) as model:
                app.state.engines = Engines(model)
                yield

    app = Starlette(
        routes=[
            Route("/steps/{step}", execute, methods=["POST"]),
            Route("/verify", verify, methods=["POST"]),
            Route("/metrics", metrics),
            Route("/healthz", health),
            Route("/readyz", health),
        ],
        exception_handlers=problems.HANDLERS,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.registry = CollectorRegistry()
    return app


async def execute(request: Request) -> Response:
    """POST /steps/{step}: a StepResponse; problem+json with `retryable` if there is no result.

    The header Idempotency-Key is required: the same key gets the same answer, executed once.
    """
    step = _step(request.path_params["step"])
    key = request.headers.get("idempotency-key")
    if not key:
        raise InvalidRequest("Send the header Idempotency-Key.", code="idempotency_key_missing")
    async with bodies.read_form(_bounded(request), max_part_bytes=MAX_PART_BYTES) as form:
        work = partial(_work, request.app, step, key, form)
        body = await request.app.state.answers.once(key, work)
    return Response(body, media_type="application/json")


async def _work(app: Starlette, step: Step, key: str, form: FormData) -> Answer:
    engines: Engines = app.state.engines
    request = await _step_request(form)
    began = time.monotonic()
    with bound_contextvars(jobId=request.job_id, deckId=request.deck_id, step=step):
        try:
            if step in CALLS_MODEL:
                answer = _encoded(*await engines.write(step, Inputs(request), key))
            else:
                offline = partial(_offline, app.state.settings, engines, step, request, form)
                answer = await asyncio.to_thread(offline)
        except DeckgenError as error:
            log.warning("step.refused", code=error.code)
            raise
        except Exception as error:
            log.exception("step.bug")
            raise DeckgenError(problems.BUG) from error
        log.info("step.executed", seconds=round(time.monotonic() - began, 3))
        return answer


def _offline(
    settings: Settings, engines: Engines, step: Step, request: StepRequest, form: FormData
) -> Answer:
    max_bytes = min(request.dataset.bytes, settings.max_csv_bytes) if request.dataset else 0
    with _limited(settings), unpacked(form.get("dataset"), max_bytes) as path:
        return _encoded(engines.execute(step, Inputs(request, path)))


def _encoded(result: Model, call: Call | None = None) -> Answer:
    return Answer(canonical_json(StepResponse(result=result, call=call).to_json()), call)


@asynccontextmanager
async def _model(
    settings: Settings, redis: Redis, registry: CollectorRegistry
) -> AsyncIterator[ModelSteps | None]:
    """The model engine, if a model is configured."""
    if settings.openai_api_key is None and settings.openai_base_url is None:
        yield None
        return
    provider = Provider(settings, redis, Metrics(registry))
    try:
        yield ModelSteps(provider)
    finally:
        await provider.close()


async def verify(request: Request) -> Response:
    """POST /verify: a Verification of the part `deck` (JSON) over the part `dataset` (gzip), if any."""
    async with bodies.read_form(_bounded(request), max_part_bytes=MAX_PART_BYTES) as form:
        verification = await asyncio.to_thread(_verify, request.app.state.settings, form)
    return JSONResponse(verification.to_json())


def _verify(settings: Settings, form: FormData) -> Verification:
    part = form.get("deck")
    if not isinstance(part, UploadFile):
        raise InvalidRequest("The part `deck` is missing.")
    dataset = form.get("dataset")
    with _limited(settings), unpacked(dataset, settings.max_csv_bytes) as path:
        return analyst.verify(parse(Deck, orjson.loads(part.file.read())), path)


def _limited(settings: Settings) -> AbstractContextManager[None]:
    """All queries of a call end before the caller gives up, so that it is told why."""
    return limits.within(settings.query_timeout_seconds, IN_TIME * settings.step_timeout_seconds)


def _bounded(request: Request) -> Request:
    settings: Settings = request.app.state.settings
    return bodies.bounded(
        request, max_bytes=settings.max_csv_bytes + 2 * MAX_PART_BYTES, timeout=READ_TIMEOUT
    )


def _step(name: str) -> Step:
    try:
        return Step(name)
    except ValueError:
        raise InvalidRequest(f"There is no step {name!r}.", code="unknown_step") from None


async def _step_request(form: FormData) -> StepRequest:
    part = form.get("request")
    if not isinstance(part, UploadFile):
        raise InvalidRequest("The part `request` is missing.")
    if part.size is not None and part.size <= SMALL_BYTES:
        return _read_request(part)
    return await asyncio.to_thread(_read_request, part)


def _read_request(part: UploadFile) -> StepRequest:
    return parse(StepRequest, orjson.loads(part.file.read()))


async def metrics(request: Request) -> Response:
    """GET /metrics: calls to the model, their tokens, costs and latency, for Prometheus."""
    return Response(generate_latest(request.app.state.registry), media_type=CONTENT_TYPE_LATEST)


async def health(request: Request) -> Response:
    """GET /healthz and /readyz: it has no state, so it is ready when it answers."""
    return JSONResponse({"status": "ok"})
