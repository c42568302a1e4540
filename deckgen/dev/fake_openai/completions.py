"""The answer to a request as OpenAI's `chat.completion`, with choices, usage and limits of tokens."""

import json
import secrets
import time
from dataclasses import dataclass
from random import Random
from typing import Any

from deckgen.dev.fake_openai import answers, faults, prompts, tokens
from deckgen.dev.fake_openai.requests import ChatRequest, ObjectFormat, SchemaFormat, text_of

REFUSAL = "I'm sorry, I can't help with that."
# The tokens with which a model thinks before it answers, by its effort. OpenAI's limit includes them.
THINKING_TOKENS = {
    "none": 0,
    "minimal": 50,
    "low": 300,
    "medium": 900,
    "high": 3000,
    "xhigh": 6000,
    "max": 9000,
}


@dataclass(frozen=True)
class Generated:
    """The words of the model, before they are put into an envelope, and the tokens of its thinking."""

    content: str | None
    finish_reason: str = "stop"
    refusal: str | None = None
    thinking_tokens: int = 0


def prompt_tokens(request: ChatRequest) -> list[str]:
    """Returns the prompt as the model reads it: a schema first, as OpenAI documents, then messages."""
    parts = [json.dumps(request.answer_schema)] if request.answer_schema else []
    parts += [f"{message.role}\n{text_of(message)}" for message in request.messages]
    return [token for part in parts for token in tokens.split(part)]


def generate(request: ChatRequest, seed: int, fault: str | None) -> Generated:
    """Returns an answer, which is the same for the same request, seed and fault."""
    if fault == "refusal":
        return Generated(None, refusal=REFUSAL)
    random = Random(f"{seed} {request.messages}")  # noqa: S311 - it has to be repeatable
    written = _written(request, random, fault)
    if fault in ("truncation", "content_filter"):
        half = tokens.cut(written, len(tokens.split(written)) // 2)
        return Generated(half, "length" if fault == "truncation" else fault)
    thinking = THINKING_TOKENS[request.reasoning_effort or "medium"] if request.reasons else 0
    limit = request.max_completion_tokens or request.max_tokens or thinking + len(written)
    content = tokens.cut(written, max(0, limit - thinking))
    finish_reason = "stop" if content == written else "length"
    return Generated(content, finish_reason, thinking_tokens=min(thinking, limit))


def _written(request: ChatRequest, random: Random, fault: str | None) -> str:
    if not isinstance(request.response_format, ObjectFormat | SchemaFormat):
        return "text"
    prompt = prompts.read(request.messages)
    return faults.spoilt(answers.sound(prompt, request.answer_schema, random), prompt, fault)


def completion(
    request: ChatRequest, generated: Generated, usage: dict[str, Any], fault: str | None
) -> dict[str, Any]:
    message: dict[str, Any] = {
        "role": "assistant",
        "content": generated.content,
        "refusal": generated.refusal,
        "annotations": [],
    }
    choice = {"message": message, "logprobs": None, "finish_reason": generated.finish_reason}
    number = 0 if fault == "empty_choices" else request.n or 1
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": request.model,
        "choices": [{"index": index, **choice} for index in range(number)],
        "usage": usage,
        "service_tier": "default",
        "system_fingerprint": "fp_fake",
    }


def usage_of(request: ChatRequest, generated: Generated, prompt: int, cached: int) -> dict[str, Any]:
    text = generated.content if generated.refusal is None else generated.refusal
    completion_tokens = (generated.thinking_tokens + len(tokens.split(text or ""))) * (request.n or 1)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion_tokens,
        "total_tokens": prompt + completion_tokens,
        "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0},
        "completion_tokens_details": {
            "reasoning_tokens": generated.thinking_tokens,
            "audio_tokens": 0,
            "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    }
