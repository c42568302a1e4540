"""`python -m bench.queue.stand_in PORT`: an orchestrator whose steps take as long as they are told.

`PUT /seconds` sets how long, by step (`{"draft": 0.05}`, else they answer at once);
`GET /calls` has for every call job, step, begin, end (by the wall clock) and
whether the caller hung up before the end.
"""

import asyncio
import json
import sys
import time
from typing import Any

from starlette.types import Receive, Scope, Send

from deckgen.config.settings import load_settings
from deckgen.http.server import serve

seconds: dict[str, float] = {}
calls: list[dict[str, Any]] = []


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Bare ASGI: what it costs is not to be seen in the figures."""
    if scope["type"] != "http":
        return
    body = await _read(receive)
    match scope["path"].split("/")[1:]:
        case ["steps", step]:
            key = dict(scope["headers"])[b"idempotency-key"].decode()
            if await _work(key.partition(":")[0], step, receive):
                await _answer(send, {"result": {"made": step}})
        case ["seconds"]:
            seconds.clear()
            seconds.update(json.loads(body))
            await _answer(send, {})
        case ["calls"]:
            await _answer(send, calls)
        case _:
            await _answer(send, {})


async def _work(job_id: str, step: str, receive: Receive) -> bool:
    """Take the step's time; False if the caller hangs up meanwhile."""
    call = {"job": job_id, "step": step, "began": time.time(), "ended": None, "dropped": False}
    calls.append(call)
    if wanted := seconds.get(step, 0):
        gone = asyncio.ensure_future(receive())  # the next message is http.disconnect
        done, _ = await asyncio.wait({gone}, timeout=wanted)
        gone.cancel()
        call["dropped"] = bool(done)
    call["ended"] = time.time()
    return not call["dropped"]


async def _read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _answer(send: Send, value: Any) -> None:
    body = json.dumps(value).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    serve(app, load_settings(), name="stand-in", port=int(sys.argv[1]))
