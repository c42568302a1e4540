"""Settings of the model engine: the language model, the way it is asked, and its limits."""

from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings


class ModelSettings(BaseSettings):
    """A part of Settings; docs/model.md explains each."""

    openai_api_key: SecretStr | None = Field(
        None,
        description="Key of the language model that improves decks; only the orchestrator needs it. "
        "Without it and OPENAI_BASE_URL the offline engine works alone",
    )
    openai_base_url: HttpUrl | None = Field(
        None, description="An OpenAI-compatible server, instead of OpenAI's own"
    )
    openai_model: str = Field("gpt-4.1-mini", min_length=1, description="The model to ask")
    openai_temperature: float | None = Field(
        None, ge=0, le=2, description="How freely it chooses its words; without it the provider decides"
    )
    openai_reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh"] | None = (
        Field(None, description="How long a reasoning model thinks; without it the provider decides")
    )
    openai_reasoning_tokens: int | None = Field(
        None,
        ge=0,
        description="Tokens that a model may use to think, beside those of its answer; without it 4000 "
        "for OpenAI's reasoning models (o1, o3, o4, gpt-5), and 0 for others",
    )
    openai_rpm: int | None = Field(
        None, ge=1, description="Requests to a model per minute, from all processes together"
    )
    openai_tpm: int | None = Field(
        None, ge=1, description="Tokens per minute, in and out, from all processes together"
    )
    openai_concurrency: int = Field(
        100, ge=1, description="Calls to the model that one orchestrator has in flight at a time"
    )
    openai_timeout_seconds: float = Field(45, gt=0, description="Longest single call to the model")
    openai_prices: Path | None = Field(
        None, description="File of prices (TOML) instead of those that come with deckgen"
    )
    slide_concurrency: int = Field(
        12, ge=1, le=100, description="Slides of one job that are written at the same time"
    )
    model_patience_seconds: float = Field(
        86_400,
        ge=0,
        description="How long a job with onModelFailure `retry` waits for the model at most",
    )
