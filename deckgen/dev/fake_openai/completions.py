"""The answer to a request as OpenAI's `chat.completion`: choices, usage, and what was cut off."""

import json
import secrets
import time
from dataclasses import dataclass
from random import Random
from typing import Any

from deckgen.dev.fake_openai import answers, faults, prompts, tokens
from deckgen.dev.fake_openai.requests import ChatRequest, ObjectFormat, SchemaFormat, text_of

REFUSAL = "I'm sorry, I can't help with that."
# Tokens that a model thinks with before it answers, by its effort; of OpenAI's bound they are a part.
THOUGHT = {
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
    """What the model said to a prompt, before it is put into an envelope, and how long it thought."""

    content: str | None
    finish_reason: str = "stop"
    refusal: str | None = None
    thought: int = 0


def prompt_tokens(request: ChatRequest) -> list[str]:
    """The prompt as the model reads it: a schema comes before the messages, as OpenAI documents it."""
    parts = [json.dumps(request.schema_wanted)] if request.schema_wanted else []
    parts += [f"{message.role}\n{text_of(message)}" for message in request.messages]
    return [token for part in parts for token in tokens.split(part)]


def generate(request: ChatRequest, seed: int, fault: str | None) -> Generated:
    """The same for the same request, seed and fault."""
    if fault == "refusal":
        return Generated(None, refusal=REFUSAL)
    random = Random(f"{seed} {request.messages}")  # noqa: S311 - repeatable is what is wanted
    written = _written(request, random, fault)
    if fault in ("truncation", "content_filter"):
        half = tokens.cut(written, len(tokens.split(written)) // 2)
        return Generated(half, "length" if fault == "truncation" else fault)
    thought = THOUGHT[request.reasoning_effort or "medium"] if request.reasons else 0
    most = request.max_completion_tokens or request.max_tokens or thought + len(written)
    cut = tokens.cut(written, max(0, most - thought))
    return Generated(cut, "stop" if cut == written else "length", thought=min(thought, most))


def _written(request: ChatRequest, random: Random, fault: str | None) -> str:
    if not isinstance(request.response_format, ObjectFormat | SchemaFormat):
        return "text"
    prompt = prompts.read(request.messages)
    return faults.spoilt(answers.sound(prompt, request.schema_wanted, random), prompt, fault)


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
    said = generated.content if generated.refusal is None else generated.refusal
    out = (generated.thought + len(tokens.split(said or ""))) * (request.n or 1)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": out,
        "total_tokens": prompt + out,
        "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0},
        "completion_tokens_details": {
            "reasoning_tokens": generated.thought,
            "audio_tokens": 0,
            "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    }
