"""The orchestrator's HTTP service: an endpoint for each step, see deckgen/domain/step_contract.py."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from structlog.contextvars import bound_contextvars

from deckgen.bounded import fork_server
from deckgen.bounded.child import Bounds
from deckgen.bounded.children import running
from deckgen.bounded.folders import own_folder
from deckgen.config.settings import Settings
from deckgen.domain.errors import Conflict, DeckgenError, InvalidRequest
from deckgen.domain.requests import parse_json
from deckgen.domain.step_contract import (
    CONTRACT_HEADER,
    DATASET_HEADER,
    NOT_SERVED_CONTRACT,
    StepRequest,
)
from deckgen.domain.steps import SERVED_CONTRACTS, UNWRITTEN_CONTRACT, Step
from deckgen.http import metrics as door
from deckgen.http import problems
from deckgen.http.doors import Doors
from deckgen.http.intake import Intake
from deckgen.http.observing import METRICS_PATH, Observed
from deckgen.http.token import RequiredToken
from deckgen.observability.logs import get_logger
from deckgen.observability.metrics import executed_steps
from deckgen.orchestrator import (
    edits,
    preview_calls,
    previews,
    refreshing,
    table_files,
    templates,
    verifications,
    works,
)
from deckgen.orchestrator.answers import Answers, StepAnswer
from deckgen.orchestrator.datasets import READ_TIMEOUT, Part, read_form
from deckgen.orchestrator.engines import Engines, not_held
from deckgen.orchestrator.held_files import HeldFile, HeldFiles
from deckgen.redis.connections import connection_pool

if TYPE_CHECKING:
    from deckgen.orchestrator.model.steps import ModelSteps

log = get_logger(__name__)

SMALL_BYTES = 50_000  # read faster than a thread could begin
REDIS_RETRIES = 1
OTHER_PROCESSES = 2  # for steps that read no table, which are quick
WAITING = 0.25  # of a step's longest time, for a free process
OF_A_STEP = 0.95  # of its longest time, so that the caller gets a reason before it gives up


def create_app(settings: Settings) -> Starlette:
    """Returns the application; all work on tables runs in separate processes."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with Redis.from_pool(connection_pool(settings, retries=REDIS_RETRIES)) as redis:
            app.state.answers = Answers(redis)
            fork_server.start(works.WORKS)  # it loads them in the meantime
            bounds = Bounds(OF_A_STEP * settings.step_timeout_seconds, settings.table_memory_bytes)
            short = Bounds(
                settings.preview_seconds + preview_calls.ANSWERING, settings.table_memory_bytes
            )
            with (
                running(settings.table_processes, bounds, works.WORKS) as children,
                running(OTHER_PROCESSES, bounds, works.WORKS) as light_children,
                # Processes of their own, so that no preview keeps a job waiting.
                running(settings.preview_processes, short, works.WORKS) as app.state.previews,
                own_folder() as folder,
            ):
                app.state.children, app.state.files = children, HeldFiles(folder)
                app.state.folder = folder
                async with _model(settings, redis, app.state.registry) as model:
                    app.state.engines = Engines(
                        children, light_children, model, app.state.files, settings
                    )
                    yield

    app = Starlette(
        routes=[
            Route("/steps/{step}", execute, methods=["POST"]),
            Route("/held/steps/{step}", execute_held, methods=["POST"]),
            Route("/verify", verifications.verify, methods=["POST"]),
            Route("/verify/presentation", verifications.verify_presentation, methods=["POST"]),
            Route("/refresh", refreshing.refresh, methods=["POST"]),
            Route("/refresh/seal", refreshing.seal, methods=["POST"]),
            Route("/templates", templates.read, methods=["POST"]),
            Route("/preview", previews.preview, methods=["POST"]),
            Route("/ask", previews.ask, methods=["POST"]),
            Route("/edits", edits.edit, methods=["POST"]),
            Route("/tables/{name}", table_files.table, methods=["POST"]),
            Route(METRICS_PATH, metrics),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
        ],
        middleware=[
            Middleware(Observed),
            Middleware(RequiredToken, settings.orchestrator_token, settings.metrics_token),
            # There is no max_bytes: a worker would count a refused step as an attempt of its job.
            Middleware(
                Intake,
                grace_seconds=2 * READ_TIMEOUT,
                bytes_a_second=settings.min_bytes_per_second,
                max_bytes=None,
            ),
            # Workers may call it under any name of their network, and no browser belongs here.
            Middleware(Doors, hosts=None),
        ],
        exception_handlers=problems.HANDLERS,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.registry = CollectorRegistry()
    return app


async def execute_held(request: Request) -> Response:
    """POST /held/steps/{step}: the same for a file that is held here; else 404 `dataset_not_held`."""
    files: HeldFiles = request.app.state.files
    sha256 = request.headers.get(DATASET_HEADER, "")
    if not files.holds(sha256):
        raise not_held()
    return await execute(request, HeldFile(sha256))


async def execute(request: Request, held: HeldFile | None = None) -> Response:
    """POST /steps/{step}: a StepResponse; problem+json with `retryable` if there is no result.

    The header Idempotency-Key is required: the same key gets the same answer, executed once.
    """
    step = _step(request.path_params["step"])
    contract = _contract(request)
    key = request.headers.get("idempotency-key")
    if not key:
        raise InvalidRequest("Send the header Idempotency-Key.", code="idempotency_key_missing")
    async with read_form(request) as form:
        dataset = held or form.get("dataset")
        work = partial(_work, request.app, step, contract, key, form, dataset, _patience(request))
        body = await request.app.state.answers.once(key, work)
    sha256 = request.headers.get(DATASET_HEADER, "")
    holds = request.app.state.files.holds(sha256)
    return Response(
        body, media_type="application/json", headers={DATASET_HEADER: sha256} if holds else None
    )


def _patience(request: Request) -> float | None:
    """Returns the seconds that a call may wait for a process: the caller's time is for the work.

    A caller that sends no version, as before 0.3.0, would count the refusal as an attempt of the job.
    """
    if CONTRACT_HEADER not in request.headers:
        return None
    settings: Settings = request.app.state.settings
    return WAITING * settings.step_timeout_seconds


async def _work(
    app: Starlette,
    step: Step,
    contract: int,
    key: str,
    form: FormData,
    dataset: Part | HeldFile,
    patience: float | None,
) -> StepAnswer:
    engines: Engines = app.state.engines
    request = await _step_request(form)
    began = time.monotonic()
    with bound_contextvars(jobId=request.job_id, deckId=request.deck_id, step=step):
        try:
            answer = await engines.execute(
                step, request, dataset, key, contract=contract, patience=patience
            )
        except DeckgenError as error:
            _count(step, "refused", began)
            log.warning("step.refused", code=error.code)
            raise
        except Exception as error:
            _count(step, "bug", began)
            log.exception("step.bug")
            raise DeckgenError(problems.BUG) from error
        log.info("step.executed", seconds=_count(step, "executed", began))
        return answer


def _count(step: Step, outcome: str, began: float) -> float:
    """Returns the seconds of a step, which are counted."""
    seconds = time.monotonic() - began
    executed_steps.labels(step, outcome).observe(seconds)
    return round(seconds, 3)


@asynccontextmanager
async def _model(
    settings: Settings, redis: Redis, registry: CollectorRegistry
) -> AsyncIterator["ModelSteps | None"]:
    """Provide the model engine, if a model is configured."""
    if settings.openai_api_key is None and settings.openai_base_url is None:
        yield None
        return
    # The imports are late, so that nothing of it is loaded without a model.
    from deckgen.orchestrator.model.metrics import Metrics
    from deckgen.orchestrator.model.provider import Provider
    from deckgen.orchestrator.model.steps import ModelSteps

    provider = Provider(settings, redis, Metrics(registry))
    try:
        yield ModelSteps(provider)
    finally:
        await provider.close()


def _contract(request: Request) -> int:
    """Returns the caller's version; Conflict if it is not served here, though perhaps elsewhere."""
    contract = request.headers.get(CONTRACT_HEADER, str(UNWRITTEN_CONTRACT))
    if contract not in map(str, SERVED_CONTRACTS):
        raise Conflict(
            f"Steps of version {contract[:20]} are not served here. Start the orchestrators of a "
            "release before its workers.",
            code=NOT_SERVED_CONTRACT,
        )
    return int(contract)


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
    return parse_json(StepRequest, part.file.read())


async def metrics(request: Request) -> Response:
    """GET /metrics: steps, and calls to the model with tokens and costs, for Prometheus."""
    settings = request.app.state.settings
    if settings.orchestrator_token is None:  # with it, whoever is here has shown one
        door.require_reader(request, settings.metrics_token)
    return door.answer(request, request.app.state.registry)


async def healthz(request: Request) -> Response:
    """GET /healthz: the process lives."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """GET /readyz: it has no state, so it is ready when it answers, for steps of these versions."""
    return JSONResponse({"status": "ok", "contracts": SERVED_CONTRACTS})
