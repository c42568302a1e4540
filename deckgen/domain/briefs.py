"""The brief: what the reader wants to know. The API calls it `context`, as its users always have."""

from typing import Annotated, Literal

from pydantic import Field

from deckgen.domain.model import Model, PlainText


class Brief(Model):
    """`business_context` is the question or the occasion in the user's own words."""

    business_context: Annotated[PlainText, Field(max_length=4000)] = ""
    industry: Annotated[PlainText, Field(max_length=200)] = ""
    audience: Annotated[PlainText, Field(max_length=200)] = ""
    urgency: Literal["low", "medium", "high", "critical"] = "medium"
