"""A client of the HTTP API whose answers are awaited."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any, Concatenate, Self

import httpx

from deckgen.client import calls
from deckgen.client.answers import reaching
from deckgen.client.calls import Call
from deckgen.client.connection import AWAY, PATIENCE_SECONDS, Connection, P, T, described, save
from deckgen.client.streams import EventStream, Looks, Patience, untold
from deckgen.domain.event_data import JobEvent
from deckgen.domain.jobs import Job


def _awaited(
    call: Callable[P, Call[T]],
) -> "Callable[Concatenate[AsyncClient, P], Coroutine[Any, Any, T]]":
    async def method(client: "AsyncClient", /, *args: P.args, **kwargs: P.kwargs) -> T:
        # It may read a file, for which the event loop does not wait.
        return await client.send(await asyncio.to_thread(call, *args, **kwargs))

    return described(method, call)


class AsyncClient(Connection):
    """The same client for programs of asyncio: what returns there is awaited here."""

    def __init__(
        self,
        base_url: str,
        key: str | None = None,
        *,
        patience: float = PATIENCE_SECONDS,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        super().__init__(base_url, patience)
        self._http = httpx.AsyncClient(**self.options(key), transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.aclose()

    async def send(self, call: Call[T]) -> T:
        """Send a request, and read its answer."""
        with reaching(self.base_url):
            answer = await self._http.request(call.method, call.path, **call.options)
        return call.answered(answer)

    submit = _awaited(calls.submit)
    preview = _awaited(calls.preview)
    job = _awaited(calls.job)
    change_job = _awaited(calls.change_job)
    find_jobs = _awaited(calls.find_jobs)
    preview_change = _awaited(calls.preview_change)
    change_jobs = _awaited(calls.change_jobs)
    queue_status = _awaited(calls.queue_status)
    workers = _awaited(calls.workers)
    presentation = _awaited(calls.presentation)
    deck = _awaited(calls.deck)
    export = _awaited(calls.export)
    table_as_read = _awaited(calls.table_as_read)
    ask = _awaited(calls.ask)
    edit = _awaited(calls.edit)
    check_edit = _awaited(calls.check_edit)
    versions = _awaited(calls.versions)
    compare_versions = _awaited(calls.compare_versions)
    verify = _awaited(calls.verify)
    verify_file = _awaited(calls.verify_file)
    share = _awaited(calls.share)
    shares = _awaited(calls.shares)
    revoke_share = _awaited(calls.revoke_share)
    delete = _awaited(calls.delete)
    put_template = _awaited(calls.put_template)

    async def events(self, job_id: str, after: int = 0) -> AsyncIterator[JobEvent]:
        """Yield what happens to a job after the event of a number, until its end.

        It goes on where it was after the connection was lost.
        """
        stream = EventStream(job_id, after, Patience(self.patience))
        while not stream.is_over:
            lost = None
            try:
                with reaching(self.base_url):
                    async with self._http.stream(**self.streaming(job_id, stream)) as answer:
                        if not answer.is_success:
                            await answer.aread()
                        stream.opened(answer)
                        async for line in answer.aiter_lines():
                            if event := stream.heard(line):
                                yield event
            except AWAY as error:
                lost = error
            if lost or not stream.is_over:
                await asyncio.sleep(stream.pause(lost))

    async def wait(self, job_id: str, on_progress: Callable[[Job], None] = untold) -> Job:
        """Wait for the job's end, passing each state to `on_progress`; raises GenerationFailed."""
        looks = Looks(Patience(self.patience), on_progress)
        while True:
            lost = None
            try:
                job = await self.job(job_id)
            except AWAY as error:
                lost = error
            else:
                if looks.seen(job):
                    return job
            await asyncio.sleep(looks.pause(lost))

    async def download(
        self, deck_id: str, path: Path, *, theme: str | None = None, template: str | None = None
    ) -> None:
        """Save the deck as `path`, whose ending (.json, .pptx, .pdf, .html) is that of its form."""
        content = await self.export(deck_id, path.suffix, theme=theme, template=template)
        await asyncio.to_thread(save, content, path)
