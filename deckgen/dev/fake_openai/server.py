"""The stand-in itself: routes, keys, faults by chance or by script, and the ledger."""

import asyncio
import secrets
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from deckgen.dev.fake_openai import completions, requests, tokens
from deckgen.dev.fake_openai.faults import FAULTS, REFUSALS, SILENCES, SOUND
from deckgen.dev.fake_openai.ledger import Entry
from deckgen.dev.fake_openai.oddities import BROKEN, ODDITIES, STATUS, odd_response
from deckgen.dev.fake_openai.refusals import Refused
from deckgen.dev.fake_openai.silences import WithTransport, silence

# llama.cpp's Python server answers a schema with this error.
NO_SCHEMAS = Refused(
    500,
    "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': \"Input should be "
    "'text' or 'json_object'\", 'input': 'json_schema'}]",
    kind="internal_server_error",
)


@dataclass
class FakeOpenAI:
    """The stand-in. Everything but the seed may be changed while it runs.

    A call takes `latency` seconds, `jitter` more or less. `script` names the faults of the next calls,
    one each; after them, `faults` gives each fault's probability. `in_flight` counts the calls
    that wait for their answer.
    """

    latency: float = 0.0
    jitter: float = 0.0
    seed: int = 0
    key: str = "sk-fake"
    models: tuple[str, ...] = ("gpt-4.1-mini", "gpt-4.1", "o4-mini")
    faults: dict[str, float] = field(default_factory=dict)
    script: list[str] = field(default_factory=list)
    retry_after: float = 1
    json_object_only: bool = False
    ledger_path: Path | None = None
    ledger: list[Entry] = field(default_factory=list, init=False)
    in_flight: int = field(default=0, init=False)
    most_in_flight: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - it has to be repeatable
        self._cache = tokens.Cache()
        self._changed = asyncio.Condition()

    def app(self) -> ASGIApp:
        routes = [
            Route("/v1/chat/completions", self._complete, methods=["POST"]),
            Route("/v1/models", self._list_models),
            Route("/ledger", self._show_ledger),
        ]
        refusals = {Refused: self._refuse, HTTPException: _refuse_url}
        return WithTransport(Starlette(routes=routes, exception_handlers=refusals))

    async def until(self, entries: int = 0, *, in_flight: int = 0) -> list[Entry]:
        """Wait for so many entries in the ledger and so many calls in flight; returns the ledger."""
        async with self._changed:
            await self._changed.wait_for(
                lambda: len(self.ledger) >= entries and self.in_flight >= in_flight
            )
        return self.ledger

    async def _complete(self, request: Request) -> Response:
        entry = Entry(
            request.headers.get("x-client-request-id"),
            None,
            "text",
            None,
            traceparent=request.headers.get("traceparent"),
        )
        try:
            self._check_key(request)
            body = requests.parsed(await request.body())
            entry = replace(entry, model=str(body.get("model")))
            chat = requests.checked(body, self.models)
            entry = replace(entry, kind=chat.kind)
            if self.json_object_only and chat.answer_schema is not None:
                raise replace(NO_SCHEMAS)
            entry = replace(entry, fault=self._next_fault())
            if entry.fault in REFUSALS:
                raise replace(REFUSALS[entry.fault])
        except Refused as error:
            await self._write(request, replace(entry, status=error.status))
            raise
        return await self._answer(request, chat, entry)

    async def _answer(self, request: Request, chat: requests.ChatRequest, entry: Entry) -> Response:
        if entry.fault in SILENCES:
            await self._write(None, replace(entry, status=200 if entry.fault == "drip" else None))
            return await silence(request, entry.fault)
        await self._take_time()
        completion = self._completion(chat, entry.fault)
        usage = completion["usage"]
        await self._write(
            request if entry.fault not in BROKEN else None,
            replace(
                entry,
                status=STATUS.get(entry.fault or "", 200),
                prompt_tokens=usage["prompt_tokens"],
                cached_tokens=usage["prompt_tokens_details"]["cached_tokens"],
                completion_tokens=usage["completion_tokens"],
                billed=True,
            ),
        )
        if entry.fault in ODDITIES:
            return await odd_response(request, completion, str(entry.fault), _headers())
        return _json_response(completion)

    async def _take_time(self) -> None:
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        await self._notify()
        try:
            await asyncio.sleep(self.latency + self._random.uniform(-self.jitter, self.jitter))
        finally:
            self.in_flight -= 1

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _completion(self, chat: requests.ChatRequest, fault: str | None) -> dict[str, Any]:
        prompt = completions.prompt_tokens(chat)
        cached = self._cache.cached(chat.model, prompt)
        generated = completions.generate(chat, self.seed, fault)
        self._cache.remember(chat.model, prompt)
        usage = completions.usage_of(chat, generated, len(prompt), cached)
        return completions.completion(chat, generated, usage, fault)

    def _next_fault(self) -> str | None:
        """Returns the script's next fault, or one by chance; None if all goes well."""
        sound = max(0.0, 1 - sum(self.faults.values()))
        chance = self._random.choices([*self.faults, SOUND], [*self.faults.values(), sound])[0]
        name = self.script.pop(0) if self.script else chance
        if name not in (*FAULTS, SOUND):
            raise ValueError(f"There is no fault {name}: {', '.join(FAULTS)}")
        return None if name == SOUND else name

    async def _write(self, request: Request | None, entry: Entry) -> None:
        """Write an entry into the ledger, just before `request` is answered, or None is."""
        delivered = request is not None and not await request.is_disconnected()
        entry = replace(entry, delivered=delivered)
        if self.ledger_path:
            entry.append_to(self.ledger_path)
        self.ledger.append(entry)
        await self._notify()

    def _check_key(self, request: Request) -> None:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not key:
            raise Refused(401, "You didn't provide an API key in an Authorization header (Bearer).")
        if not secrets.compare_digest(key.encode(), self.key.encode()):
            shown = f"{key[:3]}{'*' * 8}{key[-4:]}"
            raise Refused(401, f"Incorrect API key provided: {shown}.", "invalid_api_key")

    async def _list_models(self, request: Request) -> Response:
        self._check_key(request)
        fields = {"object": "model", "created": int(time.time()), "owned_by": "openai"}
        models = [{"id": name, **fields} for name in self.models]
        return _json_response({"object": "list", "data": models})

    async def _show_ledger(self, request: Request) -> Response:
        return JSONResponse([asdict(entry) for entry in self.ledger])

    async def _refuse(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        headers = {"Retry-After": f"{self.retry_after:g}"} if error.status == 429 else {}
        return _json_response(error.body(), error.status, headers)


async def _refuse_url(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    refused = Refused(error.status_code, f"Invalid URL ({request.method} {request.url.path})")
    return _json_response(refused.body(), error.status_code)


def _json_response(
    body: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    return JSONResponse(body, status, _headers() | (headers or {}))


def _headers() -> dict[str, str]:
    return {"x-request-id": f"req_{secrets.token_hex(16)}"}
