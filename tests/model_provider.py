"""A provider of the model in the test's own process, at the strict stand-in, and what it is asked."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from redis.asyncio import Redis

from deckgen.config.settings import Settings
from deckgen.dev.fake_openai import FakeOpenAI
from deckgen.orchestrator.model import prompts
from deckgen.orchestrator.model.metrics import Metrics
from deckgen.orchestrator.model.prompts import ChatMessage
from deckgen.orchestrator.model.provider import ModelAnswer, Provider
from deckgen.orchestrator.model.response_schemas import SlideAnswer, shape_of
from deckgen.redis.connections import connection_pool
from tests.serving import serving

SLIDE = {"id": "s1", "layout": "chart", "title": "It rose by {{f1}}", "takeaways": ["By {{f1}}"]}
MESSAGES = [
    ChatMessage(role="system", content=prompts.text("rules")),
    ChatMessage(role="user", content=prompts.block("deck-data", {"question": "How?"})),
    ChatMessage(
        role="user", content=prompts.block("slide-data", SLIDE | {"facts": [["f1", "x", "5%"]]})
    ),
]
OUT = 500
Opened = Callable[..., AbstractAsyncContextManager[Provider]]


@asynccontextmanager
async def providers(settings: Settings, fake: FakeOpenAI) -> AsyncIterator[Opened]:
    """What opens a provider at the stand-in, with other settings if some are given."""
    async with (
        serving(fake.app()) as url,
        Redis.from_pool(connection_pool(settings, retries=0)) as redis,
    ):

        @asynccontextmanager
        async def opened(**changes: object) -> AsyncIterator[Provider]:
            own = {"openai_base_url": f"{url}/v1", "openai_api_key": SecretStr(fake.key)}
            changed = settings.model_copy(update=own | changes)
            provider = Provider(changed, redis, Metrics(CollectorRegistry()))
            yield provider
            await provider.close()

        yield opened


async def ask(provider: Provider, out: int = OUT) -> ModelAnswer:
    return await provider.ask(MESSAGES, shape_of(SlideAnswer), out=out, call_id="job:slide.s1:hash")
