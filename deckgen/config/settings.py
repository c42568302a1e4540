"""Every setting of deckgen, and the only place that reads the environment.

Values come from the process environment, then `.env.local`, then `.env` of the current directory; in
each of them the name with the prefix DECKGEN_ wins over the one without.
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import (
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from deckgen.config import checks, variables
from deckgen.config.access_settings import AccessSettings
from deckgen.config.door_settings import DoorSettings
from deckgen.config.model_settings import ModelSettings
from deckgen.config.preview_settings import PreviewSettings
from deckgen.config.server_settings import Port, ServerSettings
from deckgen.config.trace_settings import TraceSettings
from deckgen.domain.net.addresses import AllowedHosts
from deckgen.domain.net.hosts import is_loopback

ENV_FILES = (".env.local", ".env")  # the first one wins
Retained = Annotated[int, Field(ge=0)] | Literal["all"]


class SettingsError(Exception):
    """A setting is misspelt or can't be used; the message names it and says what is expected."""


class Variables(PydanticBaseSettingsSource):
    """The source of settings that reads each from the strongest variable that sets it."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        variable = read_variables().get(field_name)
        return variable and variable.value, field_name, False

    def __call__(self) -> dict[str, Any]:
        return {name: variable.value for name, variable in read_variables().items()}


class Settings(
    AccessSettings, DoorSettings, ModelSettings, PreviewSettings, ServerSettings, TraceSettings
):
    """All settings. Their variables are in capitals; docs/settings.md is made from this class."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True)
    _notices: tuple[variables.Notice, ...] = PrivateAttr(())

    host: str = Field("127.0.0.1", description="Address on which the servers listen")
    port: Port = Field(3000, description="Port of the API")
    orchestrator_port: Port = Field(3001, description="Port of the orchestrator")
    worker_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="Port on which a worker answers /healthz, /readyz and /metrics; 0 for none",
    )

    queue_concurrency: int = Field(2, ge=1, le=1000, description="Jobs that one worker runs at a time")
    auto_start_worker: bool = Field(
        True, description="The API runs a worker inside itself (for development: false in production)"
    )
    user_concurrency: int = Field(
        4, ge=1, description="Jobs of one user that are handed to the workers at a time"
    )
    max_queued_per_user: int = Field(
        2_000, ge=1, description="Waiting jobs of one user, above which requests are answered with 429"
    )
    max_queue_depth: int = Field(
        200_000, ge=1, description="Waiting jobs of all users, above which requests get 429"
    )
    health_max_error_rate: float = Field(
        0.5, ge=0, le=1, description="Fraction of failed jobs above which the queue is not healthy"
    )
    health_max_active: int = Field(10_000, ge=0, description="Active jobs above which it is not")
    health_max_depth: int = Field(100_000, ge=0, description="Waiting jobs above which it is not")
    health_max_waiting_seconds: float = Field(
        900, ge=0, description="Age of the oldest waiting job above which it is not"
    )
    max_attempts: int = Field(3, ge=1, le=20, description="Executions of a job before it fails")
    retry_base_seconds: float = Field(2, gt=0, description="First backoff; doubles with each attempt")
    retry_max_seconds: float = Field(300, gt=0, description="Longest backoff")
    lease_seconds: float = Field(
        5, ge=1, description="A worker that is silent for this long has lost its jobs"
    )
    drain_seconds: float = Field(30, gt=0, description="How long SIGTERM waits for steps in flight")
    reconcile_seconds: float = Field(
        1, gt=0, description="How often a worker picks up what others left"
    )
    step_timeout_seconds: float = Field(120, gt=0, description="Longest call of one step")

    query_timeout_seconds: float = Field(
        30,
        gt=0,
        description="Longest query over an uploaded table; reading it may take four times as long",
    )

    table_processes: int = Field(
        4,
        ge=1,
        description="Processes of one orchestrator that work on tables at a time; two more "
        "do the work without tables",
    )
    table_memory_bytes: int = Field(
        3_000_000_000, ge=1_000_000_000, description="Memory (address space) of each of these processes"
    )

    max_csv_bytes: int = Field(
        50_000_000,
        ge=1,
        description="Largest uploaded file, whatever its kind, before it is compressed",
    )

    export_cache_dir: Path = Field(
        Path("~/.cache/deckgen/exports"),
        description="Folder in which the API keeps rendered pages and PowerPoint files; several "
        "processes may share it, and nobody else may be able to write there. `deckgen dev` uses one "
        "beside its data",
    )
    export_cache_bytes: int = Field(
        500_000_000,
        ge=0,
        description="Largest total of these files: those that nobody has read for the longest time "
        "go first; 0 keeps none",
    )

    retain_completed: Retained = Field(
        50, description="Completed jobs of a user that are kept whole: `0` keeps none, `all` keeps each"
    )
    retain_failed: Retained = Field(
        100, description="Failed jobs of a user that are kept whole, and as many cancelled ones"
    )
    retain_days: Retained = Field(
        30,
        description="Days after which nothing of a job is kept but its deck; `all` keeps jobs for ever",
    )

    retain_outage_days: Retained = Field(
        30,
        description="Days for which jobs that infrastructure failed are kept whole, unless somebody "
        "retried or dismissed them or their deck was completed since; then as other failed jobs",
    )

    webhook_secret: SecretStr | None = Field(
        None,
        description="Signs for the webhookUrl of requests of the tenant local: `whsec_` and 24 to 64 "
        "random bytes in base64. Without it, those requests are refused",
    )
    webhook_allowed_hosts: str = Field(
        "",
        description="Host names, IP addresses and CIDR blocks, separated by commas, that webhooks may "
        "reach although they are private or loopback",
    )

    deck_signing_key: SecretStr | None = Field(
        None,
        description="Signs decks: 32 random bytes in base64 (`openssl rand -base64 32`), the same for "
        "all workers; only they need it. Without it a key is made once and kept in PostgreSQL",
    )

    sentry_dsn: SecretStr | None = Field(
        None, description="The Sentry to which failed jobs and bugs are reported, without any data"
    )
    sentry_environment: str = Field(
        "production", min_length=1, description="Environment under which Sentry lists them"
    )
    log_format: str = Field("text", pattern="^(text|json)$", description="text or json")
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR"
    )

    @property
    def auth_is_off(self) -> bool:
        """True if requests need no key, which is so by default where nobody else can make any."""
        if self.auth is None:
            return is_loopback(self.host) and self.auth_proxy_secret is None
        return self.auth == "off"

    @property
    def notices(self) -> tuple[variables.Notice, ...]:
        """Notices of variables, which a process logs as soon as it can."""
        return self._notices

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, Variables(settings_cls)

    @field_validator("sentry_dsn")
    @classmethod
    def is_dsn(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            checks.check_dsn(value.get_secret_value())
        return value

    @field_validator("webhook_secret")
    @classmethod
    def signs(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            checks.check_secret(value.get_secret_value())
        return value

    @field_validator("deck_signing_key")
    @classmethod
    def signs_decks(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            checks.check_signing_key(value.get_secret_value())
        return value

    @field_validator("webhook_allowed_hosts")
    @classmethod
    def lists_hosts(cls, value: str) -> str:
        AllowedHosts.parse(value)
        return value


@cache
def load_settings() -> Settings:
    """Read and check the settings once; raises SettingsError with a sentence if one is wrong."""
    notices = _refuse_misspelt()
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        reason = first["msg"].removeprefix("Value error, ")
        message = f"The settings can't be used together: {reason}."
        if first["loc"]:
            message = f"The setting {str(first['loc'][0]).upper()} can't be used: {reason}."
        raise SettingsError(variables.as_written(message, read_variables())) from None
    settings._notices = notices
    return settings


def variable_of(name: str) -> str:
    """Returns the variable that sets a setting, or would, for people who have to change it."""
    variable = read_variables().get(name)
    return variable.name if variable else name.upper()


def overriding(environment: Mapping[str, str]) -> dict[str, str]:
    """Returns the variables, with settings under the prefix too, for a process that inherits others."""
    prefixed = {
        variables.PREFIX + name: value
        for name, value in environment.items()
        if name.lower() in Settings.model_fields
    }
    return {**environment, **prefixed}


def read_variables() -> dict[str, variables.Variable]:
    """Returns the variable that sets each setting, by the setting's name, if one does."""
    return variables.set_by(Settings.model_fields, _sources())


def _refuse_misspelt() -> tuple[variables.Notice, ...]:
    """Raise SettingsError for a near miss that is meant for us; returns notices of the others."""
    notices: dict[variables.Notice, None] = {}
    for source in _sources():
        for notice in variables.notices(Settings.model_fields, source):
            if variables.is_for_us(notice, source):
                raise SettingsError(
                    f"The setting {notice.variable} is not known: did you mean {notice.meant}?"
                )
            notices[notice] = None
    return tuple(notices)


def _sources() -> list[variables.VariableSource]:
    """Returns the environment and the files, the strongest first."""
    files = [file for file in ENV_FILES if Path(file).is_file()]
    return [variables.environment(os.environ), *(variables.file(_read(file)) for file in files)]


def _read(file: str) -> dict[str, str | None]:
    try:
        return dotenv_values(file)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"The file {file} can't be read: {reason}.") from None
