"""Requests for a completion, and the reasons for which OpenAI refuses one."""

import json
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from deckgen.dev.fake_openai.refusals import Refused, refusal
from deckgen.dev.fake_openai.strict_schemas import check_strict

# OpenAI knows these parameters, but this stand-in does not play them.
NOT_PLAYED = (
    *("stream", "stream_options", "tools", "tool_choice", "parallel_tool_calls", "functions"),
    *("function_call", "audio", "modalities", "logprobs", "top_logprobs", "prediction", "stop"),
    *("web_search_options", "moderation", "prompt_cache_options"),
)
REASONING = ("o1", "o3", "o4", "gpt-5")  # models called so think before they answer
UNPARSABLE = (
    "We could not parse the JSON body of your request. "
    "(The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)"
)


class Strict(BaseModel):
    """A document without unknown members, and without values that only look like the right type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class TextPart(Strict):
    type: Literal["text"]
    text: str


Content = Annotated[
    Annotated[str, Tag("text")] | Annotated[list[TextPart], Tag("parts"), Field(min_length=1)],
    Discriminator(lambda content: "parts" if isinstance(content, list) else "text"),
]


class Instructions(Strict):
    role: Literal["system", "developer"]
    content: Content
    name: str | None = None


class UserMessage(Strict):
    role: Literal["user"]
    content: Content
    name: str | None = None


class AssistantMessage(Strict):
    role: Literal["assistant"]
    content: Content
    name: str | None = None
    refusal: str | None = None


Message = Annotated[Instructions | UserMessage | AssistantMessage, Field(discriminator="role")]


class TextFormat(Strict):
    type: Literal["text"]


class ObjectFormat(Strict):
    type: Literal["json_object"]


class NamedSchema(Strict):
    name: str = Field(pattern="^[a-zA-Z0-9_-]+$", max_length=64)
    description: str | None = None
    json_schema: dict[str, Any] = Field(alias="schema")
    strict: bool | None = None


class SchemaFormat(Strict):
    type: Literal["json_schema"]
    json_schema: NamedSchema


class ChatRequest(Strict):
    """The parameters that are played; those after `response_format` are checked and change nothing."""

    model: str
    messages: list[Message] = Field(min_length=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    max_tokens: int | None = Field(None, ge=1)
    n: int | None = Field(None, ge=1, le=128)
    response_format: TextFormat | ObjectFormat | SchemaFormat | None = Field(None, discriminator="type")
    frequency_penalty: float | None = Field(None, ge=-2, le=2)
    logit_bias: dict[str, int] | None = None
    metadata: dict[str, str] | None = None
    presence_penalty: float | None = Field(None, ge=-2, le=2)
    prompt_cache_key: str | None = None
    prompt_cache_retention: Literal["in_memory", "24h"] | None = None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | None = None
    safety_identifier: str | None = None
    seed: int | None = Field(None, ge=-(2**63), le=2**63 - 1)
    service_tier: Literal["auto", "default", "flex", "scale", "priority", "fast"] | None = None
    store: bool | None = None
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, ge=0, le=1)
    user: str | None = None
    verbosity: Literal["low", "medium", "high"] | None = None

    @property
    def reasons(self) -> bool:
        """True if the model thinks; then it takes neither max_tokens nor a temperature."""
        return self.model.startswith(REASONING)

    @property
    def kind(self) -> str:
        """The name of the schema, or else the type of the answer."""
        form = self.response_format
        if isinstance(form, SchemaFormat):
            return form.json_schema.name
        return form.type if form else "text"

    @property
    def answer_schema(self) -> dict[str, Any] | None:
        """The JSON Schema that the answer has to fit, if there is one."""
        form = self.response_format
        return form.json_schema.json_schema if isinstance(form, SchemaFormat) else None


def text_of(message: Instructions | UserMessage | AssistantMessage) -> str:
    content = message.content
    return content if isinstance(content, str) else "\n".join(part.text for part in content)


def parsed(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refused(400, UNPARSABLE) from None
    if not isinstance(body, dict):
        raise Refused(400, UNPARSABLE)
    return body


def checked(body: dict[str, Any], models: tuple[str, ...]) -> ChatRequest:
    """Returns the request; raises Refused for the first thing that is wrong with it."""
    model = body.get("model")
    if not model:
        raise Refused(400, "you must provide a model parameter")
    if isinstance(model, str) and model not in models:
        message = f"The model `{model}` does not exist or you do not have access to it."
        raise Refused(404, message, "model_not_found")
    for name in NOT_PLAYED:
        if body.get(name):
            message = f"Unsupported parameter: '{name}' is not played by this stand-in."
            raise Refused(400, message, "unsupported_parameter", name)
    played = {name: value for name, value in body.items() if name not in NOT_PLAYED}
    try:
        request = ChatRequest.model_validate(played)
    except ValidationError as error:
        raise refusal(played, error) from None
    _check_together(request)
    return request


def _check_together(request: ChatRequest) -> None:
    _check_model(request)
    form = request.response_format
    if isinstance(form, ObjectFormat) and not any(
        re.search("json", text_of(part), re.IGNORECASE) for part in request.messages
    ):
        message = (
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type "
            "'json_object'."
        )
        raise Refused(400, message, param="messages")
    if isinstance(form, SchemaFormat) and form.json_schema.strict:
        check_strict(form.json_schema.name, form.json_schema.json_schema)


def _check_model(request: ChatRequest) -> None:
    """Refuse what this model does not take, although others do."""
    if request.max_tokens is not None and request.max_completion_tokens is not None:
        message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
        raise Refused(400, message, "invalid_parameter_combination", "max_tokens")
    if not request.reasons:
        if request.reasoning_effort is not None:
            raise Refused(400, "Unrecognized request argument supplied: reasoning_effort")
        return
    if request.max_tokens is not None:
        message = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead."
        )
        raise Refused(400, message, "unsupported_parameter", "max_tokens")
    if request.temperature not in (None, 1):
        message = (
            f"Unsupported value: 'temperature' does not support {request.temperature:g} with this "
            "model. Only the default (1) value is supported."
        )
        raise Refused(400, message, "unsupported_value", "temperature")
