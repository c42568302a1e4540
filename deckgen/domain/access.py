"""Who makes a request, and what they may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from deckgen.domain.documents import is_id
from deckgen.domain.errors import FieldError, InvalidRequest, NotAllowed

# Whose the rows are that stand in no tenant's name, and all that there were before there were tenants.
# Its keys are the operator's: they alone pause the queue, which is everybody's.
LOCAL_TENANT = "local"


class Scope(StrEnum):
    """A right that a key has; none of them includes another."""

    READ = "decks:read"
    WRITE = "decks:write"
    JOBS = "jobs:admin"
    TENANT = "tenant:admin"


@dataclass(frozen=True)
class Caller:
    """Who asks: a tenant, and a user of it if the caller is bound to one.

    `name` is what the audit calls them: `key:3f9aZk2P`, `proxy:ann`, `server`.
    """

    tenant: str = LOCAL_TENANT
    user_id: str | None = None
    name: str = "server"
    scopes: frozenset[Scope] = frozenset(Scope)

    def __post_init__(self) -> None:
        users = [] if self.user_id is None else [self.user_id]  # "" would stand for all users
        ids = {"tenant": [self.tenant], "userId": users, "name": self.name.split(":", 1)}
        # They become parts of statements.
        wrong = [name for name, parts in ids.items() if not all(map(is_id, parts))]
        if wrong:
            raise InvalidRequest.of(*(FieldError(name, "must be an id") for name in wrong))

    def require(self, scope: Scope) -> None:
        """Raise NotAllowed unless the caller has this scope; no user of a tenant is its admin."""
        if scope not in self.scopes:
            raise NotAllowed(
                f"This needs a key with the scope {scope}; yours has {_listed(self.scopes)}."
            )
        if scope is Scope.TENANT and self.user_id is not None:
            raise NotAllowed(f"This needs a key that is bound to nobody; yours is {self.user_id}'s.")

    def require_user(self, user_id: str) -> None:
        """Raise NotAllowed if the caller is bound to another user."""
        if self.user_id not in (None, user_id):
            raise NotAllowed(
                f"Your key is bound to the user {self.user_id}. Send that as userId, or use a key that "
                "is bound to nobody.",
                code="user_not_allowed",
            )

    def require_operator(self) -> None:
        """Raise NotAllowed for a tenant of many: what is everybody's is the operator's."""
        if self.tenant != LOCAL_TENANT or self.user_id is not None:
            raise NotAllowed(
                "The queue is that of all tenants. Only a key of the tenant "
                f"{LOCAL_TENANT} that is bound to nobody may do that.",
                code="operator_only",
            )


def _listed(scopes: Iterable[Scope]) -> str:
    return ", ".join(sorted(scopes)) or "none"
