"""A deckgen put together inside the test: client, worker's runtime, stand-in orchestrator."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from deckgen.config.settings import Settings, load_settings
from deckgen.domain.webhook_endpoints import EndpointWithSecret
from deckgen.queue.dispatch import Dispatcher
from deckgen.queue.pool import DeliveryPool, create_pool
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from deckgen.worker.database_outages import DatabaseOutages
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.databases import OwnDatabase, opened
from tests.endpoints import add
from tests.patience import PATIENCE_SECONDS
from tests.pools import NewPool
from tests.receiver import SECRET, Receiver
from tests.serving import serving
from tests.stand_in import StandIn
from tests.upgrades import submit


@pytest.fixture
def settings(configured: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Backoffs of milliseconds: a retry is due as soon as it is looked for. Webhooks to loopback. A
    preview has the time that a busy machine takes.
    """
    monkeypatch.setenv("RETRY_BASE_SECONDS", "0.001")
    monkeypatch.setenv("LEASE_SECONDS", "1")
    monkeypatch.setenv("PREVIEW_SECONDS", str(PATIENCE_SECONDS))
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "127.0.0.1")
    return load_settings()


@pytest.fixture
async def decks(settings: Settings) -> AsyncIterator[AsyncOrchestrator]:
    async with AsyncOrchestrator(settings) as orchestrator:
        yield orchestrator


@pytest.fixture
async def job_id(decks: AsyncOrchestrator) -> str:
    """A job about a small table, which waits."""
    return await submit(decks)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[OwnDatabase]:
    url, cache = settings.database_url.get_secret_value(), settings.database_statement_cache
    async with opened(url, statement_cache=cache) as own:
        yield own


@pytest.fixture
async def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture
async def new_runtime(
    settings: Settings, database: OwnDatabase, stand_in: StandIn
) -> AsyncIterator[Callable[[], Runtime]]:
    """Makes the runtime of one more worker that calls the stand-in orchestrator."""
    made: list[Runtime] = []
    async with serving(stand_in.app()) as url:

        def new() -> Runtime:
            delivery, share = create_pool(settings, retries=1), settings.user_concurrency
            runtime = Runtime(
                settings=settings,
                database=database,
                delivery=delivery,
                dispatcher=Dispatcher(database.service, delivery, user_concurrency=share),
                orchestrator=OrchestratorClient(url, timeout=PATIENCE_SECONDS, connections=10),
            )
            runtime.database_outages = DatabaseOutages(PATIENCE_SECONDS)  # a busy machine is no break
            made.append(runtime)
            return runtime

        yield new
        for runtime in made:
            await runtime.notifier.close()
            await runtime.orchestrator.close()
            await runtime.delivery.aclose()


@pytest.fixture
async def runtime(new_runtime: Callable[[], Runtime]) -> Runtime:
    return new_runtime()


@pytest.fixture
async def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def webhook_url(receiver: Receiver) -> AsyncIterator[str]:
    """Where the receiver listens; the query is a secret of the user's."""
    async with serving(receiver.app()) as address:
        yield f"{address}/hook?token=t0k3n"


@pytest.fixture
async def second() -> Receiver:
    """Another receiver, at an endpoint of the tenant's."""
    return Receiver()


@pytest.fixture
async def endpoint_url(second: Receiver) -> AsyncIterator[str]:
    async with serving(second.app()) as address:
        yield f"{address}/all?token=t0k3n"


@pytest.fixture
async def endpoint(decks: AsyncOrchestrator, second: Receiver, endpoint_url: str) -> EndpointWithSecret:
    return await add(decks, second, endpoint_url)


@pytest.fixture
async def ended_id(decks: AsyncOrchestrator, webhook_url: str) -> str:
    """A cancelled job, whose end is its event 2 and is to be told to the receiver."""
    brief = {"businessContext": "How are sales?"}
    one = await decks.enqueue_presentation_generation("d", "u", brief, webhook_url=webhook_url)
    await decks.cancel_job(one.job_id)
    return one.job_id


@pytest.fixture
async def api_url(settings: Settings) -> AsyncIterator[str]:
    """The HTTP API on a real socket, with small bounds."""
    bounded = settings.model_copy(update={"max_csv_bytes": 100_000})
    async with serving(create_app(bounded)) as address:
        yield address


@pytest.fixture
async def api(api_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with patient(api_url) as client:
        yield client


@pytest.fixture
async def new_pool() -> AsyncIterator[NewPool]:
    """Makes a pool with the settings in the environment given."""
    made: list[DeliveryPool] = []

    def new(environment: dict[str, str], retries: int = 60) -> DeliveryPool:
        settings = Settings.model_validate({name.lower(): value for name, value in environment.items()})
        made.append(create_pool(settings, retries=retries))
        return made[-1]

    yield new
    for pool in made:
        await pool.aclose()
