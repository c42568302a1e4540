"""How a server wants to be asked: compatible ones know less than OpenAI's, and say so one by one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from deckgen.orchestrator.model import prompts
from deckgen.orchestrator.model.call_outcomes import CallFailed, Outcome
from deckgen.orchestrator.model.prompts import Message
from deckgen.orchestrator.model.response_schemas import Shape

SCHEMA, OBJECT, TEXT = "json_schema", "json_object", "text"
OPENAI, OTHERS = "max_completion_tokens", "max_tokens"
_SAYS_NO = (400, 404, 415, 422, 500, 501)
_ABOUT_FORMATS = ("response_format", SCHEMA, OBJECT, "structured output", "guided_json", "json mode")
# What is wrong with a number, whatever its name.
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
    """What a server is known to take: the first of `formats` and of `limits` is used.

    Each refusal leaves less of it, so that there is an end to them.
    """

    formats: tuple[str, ...] = (SCHEMA, OBJECT, TEXT)
    limits: tuple[str, ...] = (OPENAI, OTHERS)
    refused: frozenset[str] = frozenset()  # parameters that can be left out
    has_system: bool = True

    def request(
        self,
        messages: Sequence[Message],
        shape: type[Shape],
        *,
        out: int,
        parameters: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The body of a call, but for its model."""
        schema = _schema(shape)
        wanted = {"name": shape.__name__, "strict": True, "schema": schema}
        formats: dict[str, dict[str, Any]] = {
            SCHEMA: {"response_format": {"type": SCHEMA, SCHEMA: wanted}},
            OBJECT: {"response_format": {"type": OBJECT}},
            TEXT: {},
        }
        if self.formats[0] != SCHEMA:
            said = prompts.text("schema").replace("SCHEMA", prompts.block("schema", schema))
            messages = [*messages, Message(role="user", content=said)]
        return {
            "messages": self._alternating(messages),
            **formats[self.formats[0]],
            self.limits[0]: out,
            **self.known(parameters),
        }

    def known(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Those that this server takes."""
        return {name: value for name, value in parameters.items() if name not in self.refused}

    def after(self, error: CallFailed, parameters: Mapping[str, Any]) -> "Dialect":
        """What is left after a refusal; the same if it is about nothing that can be left out."""
        if error.status not in _SAYS_NO or error.outcome in (Outcome.CONTEXT, Outcome.NO_BALANCE):
            return self
        said = error.said
        dialect = self
        if len(self.limits) > 1 and self.limits[0] in said and not _VALUE.search(said):
            dialect = replace(dialect, limits=self.limits[1:])
        if len(self.formats) > 1 and any(words in said for words in _ABOUT_FORMATS):
            # Servers that know no schemas often know only the older limit, and pass over the other.
            limits = tuple(sorted(dialect.limits, key=lambda name: name != OTHERS))
            dialect = replace(dialect, formats=self.formats[1:], limits=limits)
        if self.has_system and any(words in said for words in _ABOUT_ROLES):
            dialect = replace(dialect, has_system=False)
        named = {name for name in parameters if name in said}
        return replace(dialect, refused=dialect.refused | named)

    def _alternating(self, messages: Sequence[Message]) -> list[Message]:
        """Not two in a row of the same role, which some servers refuse."""
        merged: list[Message] = []
        for one in messages:
            role = one["role"] if self.has_system or one["role"] != "system" else "user"
            if merged and merged[-1]["role"] == role:
                content = f"{merged[-1]['content']}\n\n{one['content']}"
                merged[-1] = Message(role=role, content=content)
            else:
                merged.append(Message(role=role, content=one["content"]))
        return merged


@cache
def _schema(shape: type[Shape]) -> dict[str, Any]:
    return shape.model_json_schema()
