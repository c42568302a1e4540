"""The keys of the HTTP API: their form, and what is told of them."""

import hashlib
import re
import secrets
import string
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from deckgen.domain.access import Caller, Scope
from deckgen.domain.documents import BaseDocument, Id, PlainText

PREFIX = "dg_live_"
ID_LETTERS, SECRET_LETTERS = 8, 43  # the second are 256 bits
LETTERS = string.ascii_letters + string.digits
FORM = re.compile(f"{PREFIX}([A-Za-z0-9]{{{ID_LETTERS}}})_[A-Za-z0-9]{{{SECRET_LETTERS}}}", re.ASCII)
MAX_DAYS = 3_650
EXAMPLE = f"{PREFIX}3f9aZk2P_…"


@dataclass(frozen=True)
class Secret:
    """A whole key, which is shown once; only its id and its hash are kept."""

    id: str
    text: str

    @classmethod
    def new(cls) -> Self:
        key_id = _random(ID_LETTERS)
        return cls(key_id, f"{PREFIX}{key_id}_{_random(SECRET_LETTERS)}")

    @property
    def sha256(self) -> bytes:
        """The hash of 256 random bits: nobody finds them by trying, so a quick one is enough."""
        return sha256_of(self.text)


def sha256_of(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def is_well_formed(text: str) -> bool:
    """True if a key can have this form."""
    return FORM.fullmatch(text) is not None


class NewKey(BaseDocument):
    """The body of a request for a key."""

    name: Annotated[PlainText, Field(min_length=1, max_length=100)] = Field(
        description="What the key is for, as lists and the audit show it"
    )
    scopes: Annotated[frozenset[Scope], Field(min_length=1)] = Field(
        default=frozenset({Scope.READ, Scope.WRITE}), description="What the key may do"
    )
    user_id: Id | None = Field(
        default=None, description="The only user for whom it may act; without one it acts for all"
    )
    expires_in_days: Annotated[int, Field(ge=1, le=MAX_DAYS)] | None = Field(
        default=None, description="Days after which it lets nobody in; without them it does not expire"
    )

    @model_validator(mode="after")
    def admin_is_nobody(self) -> Self:
        if self.user_id is not None and Scope.TENANT in self.scopes:
            raise ValueError(f"a key that is bound to a user can't have the scope {Scope.TENANT}")
        return self

    @property
    def expires_at(self) -> datetime | None:
        days = self.expires_in_days
        return datetime.now(UTC) + timedelta(days=days) if days is not None else None


class Key(BaseDocument):
    """A key as lists show it. Times are UTC."""

    key_id: str
    prefix: str = Field(description="How the key begins, by which its owner knows it")
    name: str
    scopes: list[Scope]
    user_id: Id | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="Within a minute")
    revoked_at: datetime | None


class KeyList(BaseDocument):
    keys: list[Key] = Field(description="The keys of the tenant, the latest first")


class CreatedKey(Key):
    """A new key with the key itself, which is not kept and can't be shown again."""

    key: str


def caller_of(key_id: str, tenant: str, scopes: list[str], user_id: str | None) -> Caller:
    """Returns who asks with this key."""
    return Caller(tenant, user_id, f"key:{key_id}", frozenset(Scope(scope) for scope in scopes))


def _random(letters: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(letters))
