"""Settings of the door: the limits of what clients send, and the names under which they ask."""

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from deckgen.domain.net.hosts import ServedHosts


class DoorSettings(BaseSettings):
    """A part of Settings, each for one process; docs/door.md says what they cost."""

    allowed_hosts: str = Field(
        "",
        description="Names under which the API is reached, beside localhost and loopback addresses, "
        "separated by commas: `deckgen.internal`, `*.example.com`, or `*` for every name",
    )
    max_header_bytes: int = Field(
        32_768, ge=1_024, description="Longest request line with its headers; a longer one gets 431"
    )
    header_timeout_seconds: float = Field(
        10,
        gt=0,
        description="Longest time from a connection's start to complete headers; then it gets 408",
    )
    keep_alive_seconds: int = Field(5, ge=1, description="How long an idle connection is kept")
    max_connections: int = Field(
        2_000,
        ge=1,
        description="Open connections, streams of events among them; the next one gets 503",
    )
    max_pipelined_requests: int = Field(
        32, ge=1, description="Requests of one connection that wait for an answer; the rest is dropped"
    )
    body_timeout_seconds: float = Field(
        30, gt=0, description="Longest silence in the middle of a request's body"
    )
    response_timeout_seconds: float = Field(
        30, gt=0, description="How long a client may read nothing of its answer; then it is cut off"
    )
    min_bytes_per_second: int = Field(
        1_000,
        ge=1,
        description="Lowest rate at which a client sends a body (after twice BODY_TIMEOUT_SECONDS) and "
        "reads an answer (in each RESPONSE_TIMEOUT_SECONDS)",
    )
    max_body_bytes_in_flight: int = Field(
        1_000_000_000,
        ge=1,
        description="Bodies of all requests to one API that are not answered yet; further ones get 503",
    )

    @field_validator("allowed_hosts")
    @classmethod
    def lists_served_hosts(cls, value: str) -> str:
        ServedHosts.parse(value)
        return value
