"""A client of the HTTP API that waits for each answer."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Concatenate, Self

import httpx

from deckgen.client import calls
from deckgen.client.answers import reaching
from deckgen.client.calls import Call
from deckgen.client.connection import AWAY, PATIENCE_SECONDS, Connection, P, T, described, save
from deckgen.client.streams import EventStream, Looks, Patience, untold
from deckgen.domain.event_data import JobEvent
from deckgen.domain.jobs import Job


def _sent(call: Callable[P, Call[T]]) -> "Callable[Concatenate[Client, P], T]":
    def method(client: "Client", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return client.send(call(*args, **kwargs))

    return described(method, call)


class Client(Connection):
    """A client of the API at `base_url`; all errors, of the connection too, are DeckgenErrors.

    `key` is one of `deckgen keys create`: it says whose decks these are, and is sent with each request.
    While a job is followed or waited for, the server may be away for `patience` seconds.
    """

    def __init__(
        self,
        base_url: str,
        key: str | None = None,
        *,
        patience: float = PATIENCE_SECONDS,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        super().__init__(base_url, patience)
        self._http = httpx.Client(**self.options(key), transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def send(self, call: Call[T]) -> T:
        """Send a request, and read its answer."""
        with reaching(self.base_url):
            answer = self._http.request(call.method, call.path, **call.options)
        return call.answered(answer)

    submit = _sent(calls.submit)
    preview = _sent(calls.preview)
    job = _sent(calls.job)
    change_job = _sent(calls.change_job)
    find_jobs = _sent(calls.find_jobs)
    preview_change = _sent(calls.preview_change)
    change_jobs = _sent(calls.change_jobs)
    queue_status = _sent(calls.queue_status)
    workers = _sent(calls.workers)
    presentation = _sent(calls.presentation)
    deck = _sent(calls.deck)
    export = _sent(calls.export)
    table_as_read = _sent(calls.table_as_read)
    ask = _sent(calls.ask)
    edit = _sent(calls.edit)
    check_edit = _sent(calls.check_edit)
    versions = _sent(calls.versions)
    compare_versions = _sent(calls.compare_versions)
    verify = _sent(calls.verify)
    verify_file = _sent(calls.verify_file)
    share = _sent(calls.share)
    shares = _sent(calls.shares)
    revoke_share = _sent(calls.revoke_share)
    delete = _sent(calls.delete)
    put_template = _sent(calls.put_template)

    def events(self, job_id: str, after: int = 0) -> Iterator[JobEvent]:
        """Yield what happens to a job after the event of a number, until its end.

        It goes on where it was after the connection was lost.
        """
        stream = EventStream(job_id, after, Patience(self.patience))
        while not stream.is_over:
            lost = None
            try:
                with (
                    reaching(self.base_url),
                    self._http.stream(**self.streaming(job_id, stream)) as answer,
                ):
                    if not answer.is_success:
                        answer.read()
                    stream.opened(answer)
                    for line in answer.iter_lines():
                        if event := stream.heard(line):
                            yield event
            except AWAY as error:
                lost = error
            if lost or not stream.is_over:
                time.sleep(stream.pause(lost))

    def wait(self, job_id: str, on_progress: Callable[[Job], None] = untold) -> Job:
        """Wait for the job's end, passing each state to `on_progress`; raises GenerationFailed."""
        looks = Looks(Patience(self.patience), on_progress)
        while True:
            lost = None
            try:
                job = self.job(job_id)
            except AWAY as error:
                lost = error
            else:
                if looks.seen(job):
                    return job
            time.sleep(looks.pause(lost))

    def download(
        self, deck_id: str, path: Path, *, theme: str | None = None, template: str | None = None
    ) -> None:
        """Save the deck as `path`, whose ending (.json, .pptx, .pdf, .html) is that of its form."""
        save(self.export(deck_id, path.suffix, theme=theme, template=template), path)
