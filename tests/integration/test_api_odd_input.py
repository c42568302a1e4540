"""What nobody means to send: ids, numbers and empty fields that could be errors of the server's."""

from typing import Any

import httpx
import pytest

from tests.asked import REQUEST, assert_problem
from tests.databases import OwnDatabase

ODD_IDS = [
    "%00",
    "a%00b",
    "a%0Ab",
    "%FF",
    "%C0%AF",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "x" * 200,
    "{3f2504e0-4f89-11d3-9a0c-0305e82c3301}",
    "urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301%0A",
    "%D9%A1" * 32,
    "9" * 5_000,
]


@pytest.mark.parametrize("odd", ODD_IDS, ids=lambda odd: odd[:50])
async def test_an_id_that_can_be_none(api: httpx.AsyncClient, odd: str) -> None:
    """Whatever stands in a URL where an id or a number is expected is not there, and no error."""
    job, deck, slides = (
        f"/api/ai/jobs/{odd}",
        f"/api/presentations/{odd}",
        "/api/presentations/d/slides",
    )
    revision = {"userId": "u", "instruction": "Plainer"}
    answers = [
        (await api.get(job), "job_not_found"),
        (await api.get(f"{job}/events"), "job_not_found"),
        (await api.post(f"{job}/cancel"), "job_not_found"),
        (await api.post(f"{job}/retry"), "job_not_found"),
        (await api.patch(job, json={"priority": 1}), "job_not_found"),
        (await api.get(deck), "deck_not_found"),
        (await api.get(f"{deck}.pptx"), "deck_not_found"),
        (await api.get(f"/decks/{odd}"), "deck_not_found"),
        (await api.post(f"{deck}/verify"), "deck_not_found"),
        (await api.get(f"{deck}/versions"), "deck_not_found"),
        (await api.get(f"/api/presentations/d/versions/{odd}"), "version_not_found"),
        (await api.post(f"{deck}/slides/s/revise", json=revision), "deck_not_found"),
    ]
    if not odd.isalnum():
        answers += [(await api.post(f"{slides}/{odd}/revise", json=revision), "slide_not_found")]
    for response, code in answers:
        assert_problem(response, 404, code)


@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 19, "-1", "1e9", "\u00b2", "0x1", ""])
async def test_a_last_event_that_is_none(api: httpx.AsyncClient, number: str) -> None:
    """Whatever is no number of an event is refused as that."""
    job = (await api.post("/api/ai/generate-async", json=REQUEST)).json()["jobId"]
    headers = [(b"Last-Event-ID", number.encode("latin-1"))]
    response = await api.get(f"/api/ai/jobs/{job}/events", headers=headers)
    assert_problem(response, 400, "invalid_last_event_id")


@pytest.mark.parametrize(
    "query", ["userId=%00", "userId=", "from=%00", "to=%D9%A1", "from=99999-01-01"]
)
async def test_a_query_that_is_none(api: httpx.AsyncClient, query: str) -> None:
    """What can't be looked for is refused with its name."""
    assert_problem(await api.get(f"/api/ai/usage?{query}"), 422, "invalid_request")


async def test_empty_fields_are_absent(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """What a page sends for fields without text and files that were not chosen is passed over."""
    fields = {"deckId": "d", "userId": "u", "context": '{"businessContext": "Hi"}'}
    empty = dict.fromkeys(["priority", "webhookUrl", "maxTokens", "maxCost", "csvName"], "")
    for more in (
        empty | {"csvData": ""},
        {"maxTokens": "null", "maxCost": "null", "webhookUrl": "null"},
    ):
        parts: dict[str, Any] = {name: (None, value) for name, value in (fields | more).items()}
        assert (await api.post("/api/ai/generate-async", files=parts)).status_code == 202
    unchosen = MULTIPART + b'name="csvData"; filename=""\r\n\r\n\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = await api.post("/api/ai/generate-async", content=unchosen, headers=headers)
    assert response.status_code == 202
    assert await database.fetchval("SELECT count(*) FROM datasets") == 0
    chosen = unchosen.replace(b'filename=""', b'filename="empty.csv"')
    response = await api.post("/api/ai/generate-async", content=chosen, headers=headers)
    assert_problem(response, 422, "empty_csv")


MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="deckId"\r\n\r\nd\r\n'
    b'--x\r\nContent-Disposition: form-data; name="userId"\r\n\r\nu\r\n'
    b'--x\r\nContent-Disposition: form-data; name="context"\r\n\r\n{"businessContext": "Hi"}\r\n'
    b"--x\r\nContent-Disposition: form-data; "
)
