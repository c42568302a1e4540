"""Streams of events, read as a client reads them."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx

from tests.patience import PATIENCE_SECONDS


async def events(
    api: httpx.AsyncClient, job_id: str, *, after: int | None = None
) -> AsyncGenerator[dict[str, Any], None]:
    """The fields of each event, as they come; ends with the stream."""
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    async with (
        asyncio.timeout(PATIENCE_SECONDS),  # heartbeats would keep alive what waits in vain
        api.stream("GET", f"/api/ai/jobs/{job_id}/events", headers=headers) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, Any] = {}
        async for line in response.aiter_lines():
            name, _, value = line.partition(": ")
            if line and name:
                fields[name] = value
            elif fields:
                yield fields
                fields = {}
