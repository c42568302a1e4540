"""The client of the HTTP API, against answers written here."""

import json
from inspect import signature
from pathlib import Path
from typing import Any

import httpx
import pytest

from deckgen.client.answers import AnswerNotUnderstood, GenerationFailed
from deckgen.client.awaited import AsyncClient
from deckgen.client.http import Client
from deckgen.domain.errors import (
    Conflict,
    DeckgenError,
    FieldError,
    InvalidRequest,
    NotFound,
    StepError,
    TooManyJobs,
    Unavailable,
)
from deckgen.domain.finding import Action
from deckgen.domain.jobs import Job
from deckgen.http.problems import STATUS, from_error
from tests.decks import sample_deck

OF_REQUESTS = [(kind, status) for kind, status in STATUS if not issubclass(kind, StepError)]
SUBMITTED = {
    "jobId": "j1",
    "deckId": "d1",
    "status": "waiting",
    "estimatedTime": "a few seconds",
    "estimatedSeconds": 3,
    "statusUrl": "/api/ai/jobs/j1",
    "deckUrl": "/decks/d1",
}


def job(status: str, **other: Any) -> dict[str, Any]:
    """A job in the API's words."""
    times = dict.fromkeys(("startedAt", "finishedAt", "runAfter"))
    progress = {"percent": 0, "steps": []}
    ids = {"jobId": "j1", "deckId": "d1", "userId": "u1"}
    counts = {"priority": 5, "attempts": 1, "maxAttempts": 3, "createdAt": "2026-01-01T00:00:00Z"}
    state: dict[str, Any] = {"status": status, "progress": progress, "error": None, "history": []}
    return {**ids, **counts, **times, **state, **other}


def answering(*answers: httpx.Response) -> tuple[Client, list[httpx.Request]]:
    """A client whose requests get these answers in turn, and the list of what it asked."""
    asked: list[httpx.Request] = []
    remaining = iter(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        asked.append(request)
        return next(remaining)

    return Client("http://localhost", transport=httpx.MockTransport(answer)), asked


def test_submit_sends_the_file_with_its_name(tmp_path: Path) -> None:
    """The request is multipart with the fields as text and the table as a file of its own name."""
    csv = tmp_path / "sales.csv"
    csv.write_text("a,b\n1,2\n")
    client, asked = answering(httpx.Response(202, json=SUBMITTED))
    with client:
        assert client.submit(csv, "Why?", deck_id="d1", user_id="u1", priority=7).job_id == "j1"
    assert asked[0].headers["content-type"].startswith("multipart/form-data")
    body = asked[0].content.decode()
    assert 'name="csvData"; filename="sales.csv"' in body
    assert 'name="priority"\r\n\r\n7\r\n' in body
    assert '{"businessContext": "Why?"}' in body


def test_submit_sends_what_else_the_brief_says() -> None:
    """Further fields go into the brief under their names; those that are None are left out."""
    client, asked = answering(httpx.Response(202, json=SUBMITTED))
    context = {"slideCount": 6, "industry": None}
    with client:
        client.submit(None, "Why?", deck_id="d1", user_id="u1", context=context)
    assert '{"businessContext": "Why?", "slideCount": 6}' in asked[0].content.decode()


def test_submit_without_data_is_multipart_too() -> None:
    """A brief alone is sent in the same form, without a file."""
    client, asked = answering(httpx.Response(202, json=SUBMITTED))
    with client:
        client.submit(None, "Why?", deck_id="d1", user_id="u1")
    assert asked[0].headers["content-type"].startswith("multipart/form-data")
    assert "csvData" not in asked[0].content.decode()


def test_wait_tells_every_look_until_the_end() -> None:
    """Whoever waits for a job sees each of its states and gets the completed job."""
    states = ("waiting", "active", "completed")
    client, _ = answering(*(httpx.Response(200, json=job(state)) for state in states))
    seen: list[Job] = []
    with client:
        assert client.wait("j1", seen.append).status == "completed"
    assert [one.status for one in seen] == list(states)


def test_wait_says_why_there_is_no_deck() -> None:
    """A failed job is an error with the API's own message and code."""
    failed = job("failed", error={"code": "unreadable_data", "message": "The file is empty."})
    client, _ = answering(httpx.Response(200, json=failed))
    with client, pytest.raises(GenerationFailed, match=r"The file is empty\.") as caught:
        client.wait("j1")
    assert caught.value.code == "unreadable_data"


def test_wait_ends_with_a_cancelled_job() -> None:
    """A job that somebody cancelled is an error too: there is no deck."""
    client, _ = answering(httpx.Response(200, json=job("cancelled")))
    with client, pytest.raises(GenerationFailed, match="cancelled"):
        client.wait("j1")


def test_problem_is_told_in_the_words_of_the_api() -> None:
    """What a problem+json says in detail, with its code, is the error; each wrong field is named."""
    errors = [{"field": "priority", "message": "is too high"}]
    problem = {"detail": "priority: is too high", "code": "invalid_request", "errors": errors}
    client, _ = answering(httpx.Response(422, json=problem))
    with client, pytest.raises(InvalidRequest, match="priority: is too high") as caught:
        client.job("j1")
    assert (caught.value.code, caught.value.status) == ("invalid_request", 422)
    assert caught.value.errors == (FieldError("priority", "is too high"),)


@pytest.mark.parametrize(("kind", "status"), OF_REQUESTS)
def test_an_error_is_of_the_class_that_the_server_has_raised(
    kind: type[DeckgenError], status: int
) -> None:
    """So a program excepts the same whether it asks over HTTP or calls deckgen itself."""
    raised = from_error(kind("No.", code="queue_full" if kind is TooManyJobs else None))
    headers = {"Retry-After": "7"} if status in (429, 503) else {}
    client, _ = answering(httpx.Response(status, content=bytes(raised.body), headers=headers))
    with client, pytest.raises(DeckgenError, match=r"No\.") as caught:
        client.job("j1")
    assert type(caught.value) is kind
    assert caught.value.status == status
    assert caught.value.retry_after == (7 if headers else None)


@pytest.mark.parametrize(
    "body", ["<html>", "[]", "{}", '{"detail": ["No."]}', '{"detail": "No.", "errors": 3}', "\udcff"]
)
def test_other_answers_are_told_by_their_status(body: str) -> None:
    """A proxy's page is no problem+json, so its status line is the error."""
    client, _ = answering(httpx.Response(502, content=body.encode(errors="surrogateescape")))
    with client, pytest.raises(Unavailable, match="http://localhost/api/ai/jobs/j1 answered 502"):
        client.job("j1")


def test_nobody_at_the_address() -> None:
    """An address where nothing listens is named."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    client = Client("http://localhost:1/", transport=httpx.MockTransport(refuse))
    with client, pytest.raises(Unavailable, match="No deckgen answers at http://localhost:1 "):
        client.job("j1")


def test_deck_is_saved_readable_and_in_a_fixed_order(tmp_path: Path) -> None:
    """deck.json is the deck alone, with sorted keys, so two of them can be compared by line."""
    client, _ = answering(httpx.Response(200, json={"deckId": "d1", "deck": {"b": "é", "a": 1}}))
    with client:
        client.download("d1", tmp_path / "new" / "deck.json")
    text = (tmp_path / "new" / "deck.json").read_text(encoding="utf-8")
    assert text == '{\n  "a": 1,\n  "b": "é"\n}\n'
    assert json.loads(text) == {"a": 1, "b": "é"}


@pytest.mark.parametrize(
    ("name", "path"),
    [("d.pptx", "/api/presentations/d1.pptx"), ("d.html", "/api/presentations/d1.html")],
)
def test_ending_says_what_is_downloaded(tmp_path: Path, name: str, path: str) -> None:
    """The file is, byte by byte, what the API gives for its ending."""
    client, asked = answering(httpx.Response(200, content=b"\x00content"))
    with client:
        client.download("d1", tmp_path / name)
    assert asked[0].url.path == path
    assert (tmp_path / name).read_bytes() == b"\x00content"


def test_files_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    """A table that can't be read and a folder that can't be written are errors in words."""
    client, _ = answering(httpx.Response(200, content=b""))
    with client:
        with pytest.raises(InvalidRequest, match=r"Can't read .*none\.csv: No such file"):
            client.submit(tmp_path / "none.csv", "", deck_id="d1", user_id="u1")
        (tmp_path / "file").touch()
        with pytest.raises(InvalidRequest, match=r"Can't write .*d\.html"):
            client.download("d1", tmp_path / "file" / "d.html")


def test_bytes_are_a_file_too() -> None:
    """A table that is no file has the name that is given to it; all other fields go along."""
    client, asked = answering(httpx.Response(202, json=SUBMITTED))
    with client:
        client.submit(
            b"a,b\n1,2\n",
            "Why?",
            table_name="sales.csv",
            theme="clear",
            template="acme@2",
            policy={"maxCost": 1.5, "maxTokens": None},
            idempotency_key="k1",
        )
    body = asked[0].content.decode()
    assert 'filename="sales.csv"' in body
    assert '{"businessContext": "Why?", "theme": "clear", "template": "acme@2"}' in body
    assert 'name="maxCost"\r\n\r\n1.5\r\n' in body
    assert "maxTokens" not in body
    assert 'name="deckId"' in body  # a new one
    assert asked[0].headers["idempotency-key"] == "k1"


def test_an_unhealthy_queue_is_an_answer() -> None:
    """503 comes with the status of the queue, and is an error only when it does not."""
    status = {"healthy": False, "jobs": {}, "reasons": ["No worker runs."]}
    problem = {"detail": "PostgreSQL is away.", "code": "database_unavailable"}
    type_ = {"Content-Type": "application/problem+json"}
    client, _ = answering(
        httpx.Response(503, json=status), httpx.Response(503, json=problem, headers=type_)
    )
    with client:
        assert client.queue_status().reasons == ["No worker runs."]
        with pytest.raises(Unavailable, match="PostgreSQL is away"):
            client.queue_status()


def told(**documents: Any) -> httpx.Response:
    """What the API tells of a deck."""
    times = {"createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}
    state = {"status": "completed", "jobId": None, "errorMessage": None, "completedAt": None}
    return httpx.Response(
        200, json={"deckId": "d1", "userId": "u1", "deck": None, **times, **state, **documents}
    )


def test_what_a_later_version_adds_is_left_out() -> None:
    """Members that this client does not know are no error, neither in a deck nor around it."""
    later = sample_deck().to_json() | {"mood": "good"}
    later["slides"][0] |= {"mood": "good"}
    client, _ = answering(told(deck=later, mood="good"))
    with client:
        assert client.deck("d1") == sample_deck()


def test_a_deck_that_is_not_there_yet() -> None:
    """It is a conflict, as in the API's own words, and no None on which a program stumbles."""
    client, _ = answering(told())
    with client, pytest.raises(Conflict) as caught:
        client.deck("d1")
    assert caught.value.code == "deck_not_completed"


def test_an_answer_that_is_none() -> None:
    """Something else at the address, which answers 200, is an error of deckgen's too."""
    client, _ = answering(httpx.Response(200, text="<html>"), httpx.Response(200, json={"a": 1}))
    with client:
        for _ in range(2):
            with pytest.raises(AnswerNotUnderstood, match="http://localhost/api/ai/jobs/j1"):
                client.job("j1")


def test_an_address_that_is_none() -> None:
    """It is refused before anything is asked."""
    for address in ("http://[", "http://localhost:port"):
        with pytest.raises(InvalidRequest, match="is no address"):
            Client(address)


def test_ids_stay_within_their_part_of_a_path() -> None:
    """An id with a slash names no other request."""
    client, asked = answering(*(httpx.Response(404) for _ in range(2)))
    with client:
        for ask in (client.job, client.deck):
            with pytest.raises(NotFound):
                ask("a/../b?c")
    assert {each.url.raw_path.rpartition(b"/")[2] for each in asked} == {b"a%2F..%2Fb%3Fc"}


def test_waiting_outlasts_a_restart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that answered, and then is away for less than the client's patience, is waited for."""
    monkeypatch.setattr("deckgen.client.streams.FIRST_PAUSE", 0.0)
    away = httpx.Response(503, json={"detail": "The server stops.", "code": "service_stopping"})
    seen: list[Job] = []
    client, _ = answering(
        httpx.Response(200, json=job("active")), away, httpx.Response(200, json=job("completed"))
    )
    with client:
        client.wait("j1", seen.append)
    assert [each.status for each in seen] == ["active", "active", "completed"]
    client, _ = answering(away)
    with client, pytest.raises(Unavailable, match="The server stops"):
        client.wait("j1")  # it has never answered


def test_the_two_clients_have_the_same_methods() -> None:
    """Whoever knows one knows the other, down to the names and defaults of parameters."""
    names = {name for name in vars(Client) if not name.startswith("_")}
    assert names == {name for name in vars(AsyncClient) if not name.startswith("_")}
    for name in names:
        one, other = getattr(Client, name), getattr(AsyncClient, name)
        assert [*signature(one).parameters.values()][1:] == [*signature(other).parameters.values()][1:]
        assert one.__doc__ == other.__doc__


async def test_what_is_awaited_is_the_same(tmp_path: Path) -> None:
    """The other client sends the same requests, and reads the same answers and errors."""
    file = tmp_path / "sales.csv"
    file.write_text("a,b\n1,2\n")
    problem = {"detail": "There is no job.", "code": "job_not_found"}
    answers = iter(
        [
            httpx.Response(202, json=SUBMITTED),
            httpx.Response(200, json=job("waiting")),
            httpx.Response(200, json=job("completed")),
            httpx.Response(200, content=b"\x00"),
            httpx.Response(404, json=problem),
        ]
    )
    async with AsyncClient(
        "http://x", transport=httpx.MockTransport(lambda _: next(answers))
    ) as client:
        assert (await client.submit(file, "Why?")).job_id == "j1"
        assert (await client.wait("j1")).status == "completed"
        await client.download("d1", tmp_path / "deck.pptx")
        with pytest.raises(NotFound, match="There is no job"):
            await client.change_job(Action.RETRY, "j1")
    assert (tmp_path / "deck.pptx").read_bytes() == b"\x00"
