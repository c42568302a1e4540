"""Settings of previews: table models that are asked for before there is a deck, and questions."""

from pydantic import Field
from pydantic_settings import BaseSettings


class PreviewSettings(BaseSettings):
    """A part of Settings; docs/columns.md says what a preview is, docs/http-api.md what is asked."""

    preview_seconds: float = Field(
        5,
        gt=0,
        description="Time of a preview or a question, after which it answers with what it has; reading "
        "the table has to be done by then",
    )
    preview_processes: int = Field(
        2,
        ge=1,
        description="Processes of one orchestrator that preview tables and answer questions at a time",
    )
    max_previews: int = Field(
        8,
        ge=1,
        description="Previews, questions and uploaded templates that one API has in flight; "
        "the next one gets 429",
    )
