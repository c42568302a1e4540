"""The steps of the model engine in the test's own process, at the strict stand-in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from redis.asyncio import Redis

from deckgen.config.settings import Settings
from deckgen.dev.fake_openai import FakeOpenAI
from deckgen.domain.model_steps import StorylineResult
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.orchestrator.model.provider import Provider
from deckgen.orchestrator.model.steps import ModelSteps
from deckgen.redis.connections import connection_pool
from tests.serving import serving
from tests.unit.orchestrator.analyst.engine import Run


@asynccontextmanager
async def model_steps(settings: Settings, fake: FakeOpenAI) -> AsyncIterator[ModelSteps]:
    async with (
        serving(fake.app()) as url,
        Redis.from_pool(connection_pool(settings, retries=0)) as redis,
    ):
        own = {"openai_base_url": f"{url}/v1", "openai_api_key": SecretStr(fake.key)}
        provider = Provider(settings.model_copy(update=own), redis, Metrics(CollectorRegistry()))
        yield ModelSteps(provider)
        await provider.close()


async def told(steps: ModelSteps, run: Run) -> StorylineResult:
    """The storyline of a run's draft."""
    draft = steps.announce(run.draft, run.brief, run.source, run.findings)
    telling, _ = await steps.storyline(run.brief, run.source, draft, "storyline")
    return telling
