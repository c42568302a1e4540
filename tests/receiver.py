"""A receiver of webhooks that is strict: it verifies every signature and keeps what it accepts."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deckgen.domain.jobs import Delivery
from deckgen.queue.service import AsyncOrchestrator

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Answer = Callable[[], Awaitable[Response]]


@dataclass
class Receiver:
    """`answers` holds what to answer first; then it answers with 204."""

    secret: str = SECRET
    bodies: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    cookies: list[dict[str, str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    called: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def types(self) -> list[str]:
        return [body["type"] for body in self.bodies]

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._receive, methods=["POST"])])

    async def _receive(self, request: Request) -> Response:
        raw = await request.body()
        # Raises, and so answers with 500, unless the signature is right and of these five minutes.
        body = Webhook(self.secret).verify(raw, dict(request.headers))
        assert request.headers["content-type"] == "application/json"
        self.raw.append(raw)
        self.bodies.append(body)
        self.ids.append(request.headers["webhook-id"])
        self.signatures.append(request.headers["webhook-signature"])
        self.targets.append(request.url.path + "?" + request.url.query)
        self.cookies.append(request.cookies)
        self.called.set()
        return await self.answers.pop(0)() if self.answers else Response(status_code=204)


async def only_delivery(decks: AsyncOrchestrator, job_id: str) -> Delivery:
    """The one delivery of a job, as the API shows it."""
    job = await decks.get_job_status(job_id)
    assert job.webhook is not None
    (one,) = job.webhook.deliveries
    return one
