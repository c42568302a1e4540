"""What the tests of connections to Redis share."""

from collections.abc import Callable

from deckgen.queue.pool import WAKE, DeliveryPool

NewPool = Callable[..., DeliveryPool]  # of the settings in the environment given


async def wait_for_token(pool: DeliveryPool) -> None:
    """As an idle worker does."""
    while not await pool.execute_command("BLPOP", WAKE, 2):  # type: ignore[no-untyped-call]
        pass
