"""The answers of steps, which the orchestrator keeps in Redis for an hour: they quote tables."""

from collections.abc import Sequence

from redis.asyncio import Redis

KEEP_SECONDS = 3600


def answer_name(key: str) -> str:
    """Returns the name in Redis of the answer to the step with this Idempotency-Key."""
    return f"deckgen:answer:{key}"


async def forget_answers(redis: Redis, keys: Sequence[str]) -> None:
    """Remove the answers of these steps."""
    async with redis.pipeline(transaction=False) as pipe:
        for key in keys:
            pipe.unlink(answer_name(key))
        await pipe.execute()
