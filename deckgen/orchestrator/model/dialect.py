"""The dialect of a server: compatible ones support less than OpenAI's, and refuse the rest."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deckgen.orchestrator.model import prompts
from deckgen.orchestrator.model.call_outcomes import CallFailed, CallOutcome
from deckgen.orchestrator.model.prompts import ChatMessage
from deckgen.orchestrator.model.response_schemas import Shape

SCHEMA, OBJECT, TEXT = "json_schema", "json_object", "text"
OPENAI, OTHERS = "max_completion_tokens", "max_tokens"
_SAYS_NO = (400, 404, 415, 422, 500, 501)
_ABOUT_FORMATS = ("response_format", SCHEMA, OBJECT, "structured output", "guided_json", "json mode")
# Such words complain about a number, not about its name.
_VALUE = re.compile(
    r"\b(?:min|max)imum\b|too (?:large|high|small|low)|at (?:most|least)|(?:less|greater) than"
)
_ABOUT_ROLES = (
    "system role",
    "role 'system'",
    'role "system"',
    "must alternate",
    "roles are supported",
)


@dataclass(frozen=True)
class Dialect:
    """The features that a server accepts: the first of `formats` and of `limits` is used.

    Each refusal removes one, so that refusals come to an end.
    """

    formats: tuple[str, ...] = (SCHEMA, OBJECT, TEXT)
    limits: tuple[str, ...] = (OPENAI, OTHERS)
    refused: frozenset[str] = frozenset()  # parameters that can be left out
    has_system: bool = True

    def request(
        self,
        messages: Sequence[ChatMessage],
        shape: Shape,
        *,
        out: int,
        parameters: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Returns the body of a call, without its model."""
        schema = shape.schema
        json_schema = {"name": shape.name, "strict": True, "schema": schema}
        formats: dict[str, dict[str, Any]] = {
            SCHEMA: {"response_format": {"type": SCHEMA, SCHEMA: json_schema}},
            OBJECT: {"response_format": {"type": OBJECT}},
            TEXT: {},
        }
        if self.formats[0] != SCHEMA:
            schema_text = prompts.text("schema").replace("SCHEMA", prompts.block("schema", schema))
            messages = [*messages, ChatMessage(role="user", content=schema_text)]
        return {
            "messages": self._alternating(messages),
            **formats[self.formats[0]],
            self.limits[0]: out,
            **self.accepted(parameters),
        }

    def accepted(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Returns the parameters that this server accepts."""
        return {name: value for name, value in parameters.items() if name not in self.refused}

    def after(self, error: CallFailed, parameters: Mapping[str, Any]) -> "Dialect":
        """Returns the dialect after a refusal; the same if it is about nothing that can be left out."""
        if error.status not in _SAYS_NO or error.outcome in (
            CallOutcome.CONTEXT,
            CallOutcome.NO_BALANCE,
        ):
            return self
        text = error.provider_text
        dialect = self
        if len(self.limits) > 1 and self.limits[0] in text and not _VALUE.search(text):
            dialect = replace(dialect, limits=self.limits[1:])
        if len(self.formats) > 1 and any(words in text for words in _ABOUT_FORMATS):
            # Servers without schemas often know only the older limit, and ignore the other.
            limits = tuple(sorted(dialect.limits, key=lambda name: name != OTHERS))
            dialect = replace(dialect, formats=self.formats[1:], limits=limits)
        if self.has_system and any(words in text for words in _ABOUT_ROLES):
            dialect = replace(dialect, has_system=False)
        refused = {name for name in parameters if name in text}
        return replace(dialect, refused=dialect.refused | refused)

    def _alternating(self, messages: Sequence[ChatMessage]) -> list[ChatMessage]:
        """Returns the messages with neighbours of one role merged, which some servers require."""
        merged: list[ChatMessage] = []
        for message in messages:
            role = message["role"] if self.has_system or message["role"] != "system" else "user"
            if merged and merged[-1]["role"] == role:
                content = f"{merged[-1]['content']}\n\n{message['content']}"
                merged[-1] = ChatMessage(role=role, content=content)
            else:
                merged.append(ChatMessage(role=role, content=message["content"]))
        return merged
