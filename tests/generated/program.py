"""What somebody does with a client that was generated in Python: from a table to files, and to a link.

Started with the server's address, a key, a table and the secret of webhooks. It is compiled with
`mypy --strict` beside the client.
"""

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TypeVar
from uuid import UUID

from client import AuthenticatedClient, Client
from client.api.decks import get_deck, get_pdf, get_pptx, request_deck
from client.api.jobs import find_jobs, get_job, retry_jobs
from client.api.share_links import create_share, get_shared_pdf
from client.models.brief import Brief
from client.models.bulk_result import BulkResult
from client.models.created_share_link import CreatedShareLink
from client.models.deck import Deck
from client.models.error_code import ErrorCode
from client.models.find_jobs_status_item import FindJobsStatusItem
from client.models.found_jobs import FoundJobs
from client.models.generate_request import GenerateRequest
from client.models.generate_request_as_a_form import GenerateRequestAsAForm
from client.models.job_completed_event import JobCompletedEvent
from client.models.job_error import JobError
from client.models.many_request import ManyRequest
from client.models.new_share_link import NewShareLink
from client.models.presentation import Presentation
from client.models.preview import Preview
from client.models.problem import Problem
from client.models.source import Source
from client.models.submitted import Submitted
from client.types import File
from standardwebhooks import Webhook

T = TypeVar("T")
BRIEF = Brief(business_context="How did newspaper revenue develop?")


def main(url: str, key: str, table: Path, secret: str) -> None:
    # A stream of events is silent for up to 15 seconds.
    client = AuthenticatedClient(url, key, timeout=None)
    with Receiver(secret) as receiver:
        as_json(client, table, receiver.url)
        assert receiver.told() == "job.completed"
    as_form(client, table)
    files(client)
    link(client, Client(url))
    many(client)
    unknown(client)
    sys.stdout.write("all done\n")


def as_json(client: AuthenticatedClient, table: Path, webhook_url: str) -> None:
    text = table.read_text()
    body = GenerateRequest("python-json", "ann", context=BRIEF, csv_data=text, webhook_url=webhook_url)
    submitted = the(Submitted, request_deck.sync(client=client, body=body))
    *_, last = events(client, submitted)
    assert not JobCompletedEvent.from_dict(last).data.warnings
    read = the(Presentation, get_deck.sync(submitted.deck_id, client=client))
    assert the(Deck, read.deck).facts[0].sql


def as_form(client: AuthenticatedClient, table: Path) -> None:
    with table.open("rb") as file:
        upload = File(file, table.name, "text/csv")
        body = GenerateRequestAsAForm(
            "python-form", "ann", context=BRIEF, csv_data=upload, priority=7, max_tokens=0
        )
        submitted = the(Submitted, request_deck.sync(client=client, body=body))
    assert [*events(client, submitted)][-1]["kind"] == "job.completed"
    read = the(Presentation, get_deck.sync("python-form", client=client))
    assert the(Source, the(Deck, read.deck).source).name == table.name


def files(client: AuthenticatedClient) -> None:
    assert the(File, get_pptx.sync("python-form", client=client)).payload.read(2) == b"PK"
    assert the(File, get_pdf.sync("python-form", client=client)).payload.read(5) == b"%PDF-"
    # What the client has already is not sent again.
    first = get_pdf.sync_detailed("python-form", client=client)
    again = get_pdf.sync_detailed("python-form", client=client, if_none_match=first.headers["ETag"])
    assert again.status_code == 304


def link(client: AuthenticatedClient, stranger: Client) -> None:
    created = create_share.sync("python-form", client=client, body=NewShareLink(expires_in_days=1))
    token = the(CreatedShareLink, created).url.rpartition("/")[2]
    assert the(File, get_shared_pdf.sync(token, client=stranger)).payload.read(5) == b"%PDF-"


def many(client: AuthenticatedClient) -> None:
    """A table that can't be read fails its job, which is found and retried with all of its kind."""
    broken = GenerateRequest(
        "python-broken", "ann", csv_data="a,b\n" + "1,2\n" * 20_000 + "\x00\x01" * 75_000
    )
    submitted = the(Submitted, request_deck.sync(client=client, body=broken))
    assert [*events(client, submitted)][-1]["kind"] == "job.failed"
    found = find_jobs.sync(client=client, status=[FindJobsStatusItem.FAILED], user="ann")
    (job,) = [one for one in the(FoundJobs, found).jobs if one.deck_id == "python-broken"]
    code = [str(job.error.code) if job.error else ""]
    wanted = ManyRequest(deck="python-broken", code=code, dry_run=True)
    count = the(Preview, retry_jobs.sync(client=client, body=wanted)).count
    wanted = ManyRequest(deck="python-broken", code=code, count=count)
    assert the(BulkResult, retry_jobs.sync(client=client, body=wanted)).changed == 1


def unknown(client: AuthenticatedClient) -> None:
    problem = the(Problem, get_job.sync(UUID(int=0), client=client))
    assert problem.code is ErrorCode.JOB_NOT_FOUND
    page = client.get_httpx_client().get(problem.type_)
    assert page.status_code == 200
    # A later release may answer with a code that this client does not know.
    assert Problem.from_dict(problem.to_dict() | {"code": "of_tomorrow"}).code == "of_tomorrow"
    assert JobError.from_dict({"code": "of_tomorrow", "message": "Later."}).code == "of_tomorrow"


def events(client: AuthenticatedClient, submitted: Submitted) -> Iterator[dict[str, object]]:
    """Yield each event; the generator has no streams, so its connection is read here."""
    with client.get_httpx_client().stream("GET", f"{submitted.status_url}/events") as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


class Receiver:
    """A receiver of webhooks that believes only what is signed."""

    def __init__(self, secret: str) -> None:
        self.types = list[str]()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(handler) -> None:  # noqa: N805 - the receiver is called self here
                body = handler.rfile.read(int(handler.headers["Content-Length"]))
                event = Webhook(secret).verify(body, dict(handler.headers.items()))
                self.types.append(event["type"])
                handler.send_response(204)
                handler.end_headers()

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = Thread(target=self._server.handle_request)

    def told(self) -> str:
        self._thread.join()
        return self.types[0]

    def __enter__(self) -> "Receiver":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()


def the(kind: type[T], value: object) -> T:
    assert isinstance(value, kind), value
    return value


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
