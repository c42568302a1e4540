"""Keys of the API for tests, and the header that carries one."""

from deckgen.domain.access import Scope
from deckgen.domain.api_keys import NewKey
from deckgen.queue.service import AsyncOrchestrator


async def new_key(decks: AsyncOrchestrator, *scopes: Scope, user_id: str | None = None) -> str:
    """A key of the tenant whose decks these are; without scopes it has all that it may have."""
    possible = set(Scope) - ({Scope.TENANT} if user_id else set())
    wanted = NewKey(name="test", scopes=frozenset(scopes or possible), user_id=user_id)
    return (await decks.keys.create(wanted)).key


def with_key(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
