"""The client of the HTTP API, against answers written here."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from deckgen.client.http import Client, GenerationFailed
from deckgen.domain.errors import DeckgenError, InvalidRequest, Unavailable
from deckgen.domain.jobs import Job

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


def test_follow_tells_every_look_until_the_end() -> None:
    """Whoever follows a job sees each of its states and gets the completed job."""
    states = ("waiting", "active", "completed")
    client, _ = answering(*(httpx.Response(200, json=job(state)) for state in states))
    seen: list[Job] = []
    with client:
        assert client.follow("j1", seen.append).status == "completed"
    assert [one.status for one in seen] == list(states)


def test_follow_says_why_there_is_no_deck() -> None:
    """A failed job is an error with the API's own message and code."""
    failed = job("failed", error={"code": "unreadable_data", "message": "The file is empty."})
    client, _ = answering(httpx.Response(200, json=failed))
    with client, pytest.raises(GenerationFailed, match=r"The file is empty\.") as caught:
        client.follow("j1")
    assert caught.value.code == "unreadable_data"


def test_follow_ends_with_a_cancelled_job() -> None:
    """A job that somebody cancelled is an error too: there is no deck."""
    client, _ = answering(httpx.Response(200, json=job("cancelled")))
    with client, pytest.raises(GenerationFailed, match="cancelled"):
        client.follow("j1")


def test_problem_is_told_in_the_words_of_the_api() -> None:
    """What a problem+json says in detail, with its code, is the error."""
    problem = {"title": "Invalid", "detail": "priority: is too high", "code": "invalid_request"}
    client, _ = answering(httpx.Response(400, json=problem))
    with client, pytest.raises(DeckgenError, match="priority: is too high") as caught:
        client.job("j1")
    assert caught.value.code == "invalid_request"


@pytest.mark.parametrize("body", ["<html>", "[]", "{}"])
def test_other_answers_are_told_by_their_status(body: str) -> None:
    """A proxy's page is no problem+json, so its status line is the error."""
    client, _ = answering(httpx.Response(502, text=body))
    with client, pytest.raises(DeckgenError, match="http://localhost/api/ai/jobs/j1 answered 502"):
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
    ("name", "path"), [("d.pptx", "/api/presentations/d1.pptx"), ("d.html", "/decks/d1")]
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
