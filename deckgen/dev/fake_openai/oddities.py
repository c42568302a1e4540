"""Answers in the odd forms of compatible servers and gateways, sound or not; all are billed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from deckgen.dev.fake_openai.silences import reset

Document = dict[str, Any]

PAGE = "<!doctype html><html><body><h1>Please sign in</h1></body></html>"
PIECE = b" " * 65536


def null_message(document: Document) -> Document:
    return _with_choice(document, message=None)


def null_choices(document: Document) -> Document:
    return document | {"choices": None}


def content_parts(document: Document) -> Document:
    text = _message(document)["content"]
    parts = [{"type": "text", "text": piece} for piece in (text[:9], text[9:])]
    return _with_message(document, content=parts)


def only_thoughts(document: Document) -> Document:
    return _with_message(document, content=None, reasoning_content="Let me think.")


def tool_call(document: Document) -> Document:
    call = {"id": "call_1", "type": "function", "function": {"name": "answer", "arguments": "{}"}}
    return _with_message(document, content=None, tool_calls=[call])


def error_inside(document: Document) -> Document:
    return {"error": {"message": "Provider returned error", "code": 502}}


def odd_finish(document: Document) -> Document:
    return _with_choice(document, finish_reason="eos_token")


def no_usage(document: Document) -> Document:
    return {name: value for name, value in document.items() if name != "usage"}


def usage_in_strings(document: Document) -> Document:
    usage = document["usage"]
    return document | {"usage": {name: str(usage[name]) for name in usage if name.endswith("_tokens")}}


def fractional_usage(document: Document) -> Document:
    counts = {name: document["usage"][name] + 0.5 for name in ("prompt_tokens", "completion_tokens")}
    return document | {"usage": counts}


def negative_usage(document: Document) -> Document:
    return document | {"usage": {"prompt_tokens": -5, "completion_tokens": 10**15}}


# The text of these answers is as it should be.
READABLE: dict[str, Callable[[Document], Document]] = {
    "content_parts": content_parts,
    "odd_finish": odd_finish,
    "no_usage": no_usage,
    "usage_in_strings": usage_in_strings,
    "fractional_usage": fractional_usage,
    "negative_usage": negative_usage,
}
# These answers hold no text.
UNREADABLE: dict[str, Callable[[Document], Document]] = {
    "null_message": null_message,
    "null_choices": null_choices,
    "only_thoughts": only_thoughts,
    "tool_call": tool_call,
    "error_inside": error_inside,
}
# These never reach the client as an answer.
BROKEN = ("html_page", "cut_body", "endless_body", "gateway_timeout")
ODDITIES = (*READABLE, *UNREADABLE, *BROKEN)
STATUS = {"gateway_timeout": 504}  # the others have 200


async def odd_response(
    request: Request, document: Document, fault: str, headers: dict[str, str]
) -> Response:
    """Returns the answer in the form that the fault names."""
    if fault == "html_page":
        return HTMLResponse(PAGE, headers=headers)
    if fault == "gateway_timeout":
        return HTMLResponse(PAGE, STATUS[fault], headers)
    if fault == "endless_body":
        return StreamingResponse(_endless(), 200, headers, "application/json")
    if fault == "cut_body":
        return StreamingResponse(_cut(request, document), 200, headers, "application/json")
    return JSONResponse((READABLE | UNREADABLE)[fault](document), 200, headers)


async def _endless() -> AsyncIterator[bytes]:
    while True:
        yield PIECE
        await asyncio.sleep(0)


async def _cut(request: Request, document: Document) -> AsyncIterator[bytes]:
    body = json.dumps(document).encode()
    yield body[: len(body) // 2]
    reset(request)


def _message(document: Document) -> Document:
    message: Document = document["choices"][0]["message"]
    return message


def _with_choice(document: Document, **changes: Any) -> Document:
    return document | {"choices": [choice | changes for choice in document["choices"]]}


def _with_message(document: Document, **changes: Any) -> Document:
    return _with_choice(document, message=_message(document) | changes)
