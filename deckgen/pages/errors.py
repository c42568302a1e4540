"""Errors as pages: what a program is told as problem+json, a browser shows, with the same status."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckgen.http import problems
from deckgen.http.problems import Problem
from deckgen.pages import security
from deckgen.pages.language import Language, language_of, wants_page
from deckgen.pages.shell import page

NOT_YET, LOOK_AGAIN_SECONDS = "deck_not_completed", "3"
KEPT = ("retry-after", "www-authenticate", "ratelimit", "ratelimit-policy", "allow", "x-request-id")


class ErrorPages:
    """Shows problems to browsers, whoever answers with one: the doors, a route of the API, a page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not wants_page(Request(scope)):
            await self._app(scope, receive, send)
            return
        started: Message | None = None
        body = bytearray()

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start" and _is_problem(message):
                started = message
            elif started is None:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    shown = _shown(Request(scope), bytes(body), Headers(raw=started["headers"]))
                    await shown(scope, receive, send)

        await self._app(scope, receive, sending)


async def on_bug(request: Request, error: Exception) -> Response:
    """Answer an error that nobody expected, outside of everything else."""
    answer = await problems.on_bug(request, error)
    if not wants_page(request):
        return answer
    return _shown(request, bytes(answer.body), Headers(raw=answer.raw_headers))


def _is_problem(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return kind.startswith(Problem.media_type)


def _shown(request: Request, body: bytes, headers: Headers) -> Response:
    """Returns the page of a problem, with its status and the headers that say something of it."""
    problem = json.loads(body)
    language, wait = language_of(request), headers.get("retry-after", "")
    is_for_a_while = problem["status"] == HTTPStatus.SERVICE_UNAVAILABLE
    if problem["code"] == NOT_YET:
        is_for_a_while, wait = True, LOOK_AGAIN_SECONDS
    answer = page(
        request,
        "errors/problem.html",
        status=problem["status"],
        problem=problem,
        heading=_words(language, problem, "title"),
        advice=_words(language, problem, "advice"),
        wait=wait,
        # What is away for a while is asked for again, without a change being made twice.
        reload=wait if is_for_a_while and request.method == "GET" else "",
    )
    said: MutableHeaders = answer.headers
    said.update({name: headers[name] for name in KEPT if name in headers})
    said.update(security.HEADERS)
    return answer


def _words(language: Language, problem: Mapping[str, Any], part: str) -> str:
    """Returns the words for a code, else for its status, else for any error."""
    names = (problem["code"], problem["status"], "any")
    keys = [f"error.{name}.{part}" for name in names]
    return language.says(next(key for key in keys if language.knows(key)))
