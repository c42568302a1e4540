"""Settings of access: who may ask the API, and by what it knows them."""

from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from deckgen.config import checks
from deckgen.domain.access import Scope

HEADER = "^[A-Za-z][A-Za-z0-9-]{0,63}$"


class AccessSettings(BaseSettings):
    """A part of Settings, all but one of the API alone; docs/access.md explains them."""

    auth: Literal["off", "keys"] | None = Field(
        None,
        description="`keys`: each request needs one (`deckgen keys create`). `off`: everybody on this "
        "machine may do everything, which is the default while HOST is loopback, and refused elsewhere",
    )
    auth_proxy_secret: SecretStr | None = Field(
        None,
        description="Secret of 32 characters or more that a proxy with a login of its own sends as "
        "Deckgen-Proxy-Secret; its users need no keys",
    )
    auth_proxy_header: str = Field(
        "X-Forwarded-User", pattern=HEADER, description="Header in which the proxy sends the user's id"
    )
    auth_proxy_tenant_header: str | None = Field(
        None,
        pattern=HEADER,
        description="Header in which it sends the user's tenant; without it there is one tenant",
    )
    auth_proxy_scopes: str = Field(
        f"{Scope.READ},{Scope.WRITE}", description="What the proxy's users may do, separated by commas"
    )

    session_hours: int = Field(
        12, ge=1, le=8_760, description="Hours after which who signed in on the pages signs in again"
    )

    metrics_token: SecretStr | None = Field(
        None,
        description="Secret of 32 characters or more that Prometheus sends to read /metrics of APIs, "
        "workers and orchestrators. Without it, who asks from the same machine may read them",
    )

    key_requests_per_minute: int = Field(
        300_000, ge=1, description="Requests of one key to one API in a minute; the next one gets 429"
    )
    key_bytes_in_flight: int = Field(
        500_000_000,
        ge=1,
        description="Bodies of one key's requests to one API that are not answered yet",
    )
    key_listeners: int = Field(
        500, ge=1, description="Streams of events that one key has open at one API"
    )
    key_previews: int = Field(
        2,
        ge=1,
        description="Previews, questions and uploaded templates of one key that one API has in flight",
    )
    key_jobs_waiting: int = Field(
        50_000, ge=1, description="Waiting jobs that one key asked for; the next request gets 429"
    )

    @property
    def proxy_scopes(self) -> frozenset[Scope]:
        """The scopes of the proxy's users."""
        return frozenset(Scope(scope.strip()) for scope in self.auth_proxy_scopes.split(","))

    @field_validator("auth_proxy_secret", "metrics_token")
    @classmethod
    def can_be_sent_in_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            checks.check_token(value.get_secret_value())
        return value

    @field_validator("auth_proxy_scopes")
    @classmethod
    def lists_scopes(cls, value: str) -> str:
        possible = {Scope.READ, Scope.WRITE, Scope.JOBS}
        if unknown := {scope.strip() for scope in value.split(",")} - possible:
            raise ValueError(f"{min(unknown)!r} is none of {', '.join(sorted(possible))}")
        return value
