"""Settings of the servers that deckgen needs: their addresses, and the connections to them."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, HttpUrl, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings

from deckgen.config import checks, redis_checks

Port = Annotated[int, Field(ge=1, le=65535)]


class ServerSettings(BaseSettings):
    """A part of Settings; docs/redis.md explains those of Redis."""

    database_url: SecretStr = Field(
        SecretStr("postgresql://localhost:5432/deckgen"),
        description="PostgreSQL, which holds all jobs and decks",
    )
    database_pool_size: int = Field(
        10, ge=2, le=1000, description="Connections of one process to PostgreSQL, at most"
    )
    database_statement_cache: int = Field(
        100,
        ge=0,
        description="Prepared statements that each connection keeps; 0 for a PgBouncer in transaction "
        "mode",
    )
    redis_host: str = Field("localhost", description="Redis or Valkey, which delivers the jobs")
    redis_port: Port = Field(6379, description="Port of Redis")
    redis_username: str | None = Field(None, description="User of Redis, if its ACL has any")
    redis_password: SecretStr | None = Field(None, description="Password of Redis")
    redis_db: int = Field(0, ge=0, description="Number of the Redis database (1 in tests)")
    redis_tls: bool = Field(False, description="Use TLS (rediss) to Redis and to its sentinels")
    redis_tls_ca: Path | None = Field(
        None,
        description="File of the CA that signed Redis's certificate; else the system's are trusted",
    )
    redis_tls_cert: Path | None = Field(
        None, description="File of a certificate of our own, if Redis asks its clients for one"
    )
    redis_tls_key: Path | None = Field(None, description="File of its private key, without a password")
    redis_sentinels: str = Field(
        "",
        description="Sentinels that say where Redis is, instead of REDIS_HOST and REDIS_PORT: "
        "`host:port,host:port`",
    )
    redis_sentinel_master: str = Field(
        "mymaster", min_length=1, description="The sentinels' name of the master"
    )
    redis_sentinel_password: SecretStr | None = Field(
        None, description="Password of the sentinels, if they have one"
    )
    redis_cluster: bool = Field(
        False,
        description="Redis is a cluster: all keys lie in one slot, and its master is followed",
    )
    redis_cluster_nodes: str = Field(
        "",
        description="Nodes of the cluster that say where the others are, instead of REDIS_HOST and "
        "REDIS_PORT: `host:port,host:port`",
    )
    redis_cluster_tag: str = Field(
        "deckgen",
        pattern=r"^[A-Za-z0-9_.-]+$",
        description="Hash tag of all keys in the cluster: one for each queue, as REDIS_DB is 0",
    )
    orchestrator_url: HttpUrl = Field(
        HttpUrl("http://127.0.0.1:3001"), description="Where the worker reaches the orchestrator"
    )
    orchestrator_token: SecretStr | None = Field(
        None,
        description="Secret of 32 characters or more that the orchestrator asks of workers and APIs. "
        "One that listens beyond loopback needs it",
    )

    @field_validator("database_url")
    @classmethod
    def is_postgres(cls, value: SecretStr) -> SecretStr:
        checks.check_postgres(value.get_secret_value())
        return value

    @field_validator("orchestrator_token")
    @classmethod
    def can_be_sent(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            checks.check_token(value.get_secret_value())
        return value

    @field_validator("redis_host")
    @classmethod
    def is_host(cls, value: str) -> str:
        redis_checks.check_host(value)
        return value

    @field_validator("redis_sentinels", "redis_cluster_nodes")
    @classmethod
    def lists_endpoints(cls, value: str) -> str:
        redis_checks.check_endpoints(value)
        return value

    @field_validator("redis_tls_ca")
    @classmethod
    def holds_certificates(cls, value: Path | None) -> Path | None:
        if value is not None:
            redis_checks.check_ca(value)
        return value

    @model_validator(mode="after")
    def redis_can_be_reached(self) -> Self:
        redis_checks.check_together(dict(self), self.model_fields_set)
        return self
